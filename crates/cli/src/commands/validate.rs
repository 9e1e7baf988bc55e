//! `chancery validate`: do graphs, or the graph of a store, keep the shapes?
//!
//! Whatever keeps us from an answer is exit code 2, so that 1 says one thing only: the graph does not conform.

use super::open_existing;
use crate::args::{ReportFormat, Validate};
use crate::input::{self, Input};
use crate::output;
use anyhow::{Context, Result};
use chancery_model::DataFiles;
use chancery_pipeline::Pipeline;
use chancery_rdf::GraphFormat;
use chancery_shapes::{Graph, Report, Shapes};
use chancery_store::check_rdf;
use std::borrow::Cow;
use std::fs;
use std::io::{self, Read};
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

pub(super) fn run(files: &DataFiles, command: &Validate) -> Result<ExitCode> {
    match on_big_stack(|| validate(files, command)) {
        Ok(report) => {
            print(&report, command)?;
            Ok(if report.conforms { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Err(error) => {
            output::complain(&error);
            Ok(ExitCode::from(2))
        }
    }
}

/// Parsers recurse; what passes [`check_rdf`] was measured to need less than a fifth of this.
fn on_big_stack<T: Send>(work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, work)?;
        thread.join().unwrap_or_else(|fault| panic::resume_unwind(fault))
    })
}

fn validate(files: &DataFiles, command: &Validate) -> Result<Report> {
    let shapes = match &command.shapes {
        Some(file) => Cow::Owned(read_shapes(file)?),
        None => Cow::Borrowed(Shapes::ours()),
    };
    let graph = match &command.store {
        Some(folder) => graph_of_store(files, folder)?,
        None => graph_of_files(&command.files)?,
    };
    Ok(shapes.validate(&graph))
}

fn read_shapes(file: &Path) -> Result<Shapes> {
    let name = file.display().to_string();
    let bytes = fs::read(file).context(name.clone())?;
    let format = format_of(&name)?;
    check_rdf(&bytes, format).with_context(|| name.clone())?;
    Shapes::parse_as(&bytes, format).context(name)
}

fn graph_of_store(files: &DataFiles, folder: &Path) -> Result<Graph> {
    let pipeline = Pipeline::new(files).map_err(|faults| super::bad_tables(&faults))?;
    let store = open_existing(&pipeline, folder)?;
    Ok(store.snapshot().triples(store.run()).into_iter().collect())
}

/// The files as one graph: a class can stand in another file than its instances.
fn graph_of_files(files: &[PathBuf]) -> Result<Graph> {
    let read = |Input { name, stream }| {
        let mut bytes = Vec::new();
        stream.and_then(|mut stream| stream.read_to_end(&mut bytes)).with_context(|| name.clone())?;
        let format = format_of(&name)?;
        check_rdf(&bytes, format).with_context(|| name.clone())?;
        Graph::parse(&bytes, format).context(name)
    };
    let graphs: Vec<Graph> = input::inputs(files).map(read).collect::<Result<_>>()?;
    Ok(Graph::merged(graphs))
}

/// By the ending of the name; Turtle, of which N-Triples is a part, for standard input.
fn format_of(name: &str) -> Result<GraphFormat> {
    if name == "-" {
        return Ok(GraphFormat::Turtle);
    }
    let ending = Path::new(name).extension().unwrap_or_default().to_string_lossy();
    GraphFormat::from_extension(&ending).with_context(|| {
        let offer = GraphFormat::ALL.map(|format| format!(".{}", format.extension())).join(", ");
        format!("{name}: no graph format is known by this ending; expected one of {offer}")
    })
}

fn print(report: &Report, command: &Validate) -> Result<()> {
    match command.format {
        ReportFormat::Text => output::print(&report.text(command.lang.code())),
        ReportFormat::Json => output::print(&serde_json::to_string_pretty(report)?),
        ReportFormat::Turtle => Ok(report.serialise(GraphFormat::Turtle, io::stdout().lock())?),
    }
}

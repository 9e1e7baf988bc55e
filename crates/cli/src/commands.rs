//! One file a command.

mod backup;
mod check;
mod control;
mod eval;
mod export;
mod extract;
mod ingest;
mod load;
mod query;
mod rebuild;
mod resolve;
mod restore;
mod retract;
pub(crate) mod serve;
mod validate;
mod verify;

use crate::args::{Args, Command, DocumentMetadata};
use crate::input::{self, Input};
use crate::output;
use anyhow::{Result, bail};
use chancery_model::{DataError, Document, Language};
use chancery_pipeline::{Metadata, Pipeline, Rejected, Skipped};
use chancery_store::Store;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs one command.
pub(crate) fn run(args: Args) -> Result<ExitCode> {
    let files = input::data_files(args.data.as_deref())?;
    // None of these needs the tables to be well formed.
    match &args.command {
        Command::Backup(command) => return backup::run(command),
        Command::Restore(command) => return restore::run(command),
        Command::Load(command) => return load::run(command),
        Command::Check => return check::run(&files),
        Command::Validate(command) => return validate::run(&files, command),
        _ => {}
    }
    let pipeline = Pipeline::new(&files).map_err(|faults| bad_tables(&faults))?;
    match args.command {
        Command::Extract(command) => extract::run(&pipeline, command),
        Command::Eval(command) => eval::run(&pipeline, &command),
        Command::Ingest(command) => ingest::run(&pipeline, command),
        Command::Serve(options) => serve::run(pipeline, *options),
        Command::Query(command) => query::run(&pipeline, command),
        Command::Export(command) => export::run(&pipeline, command),
        Command::Resolve(command) => resolve::run(&pipeline, &command),
        Command::Retract(command) => retract::run(&pipeline, command),
        Command::Verify(command) => verify::run(&pipeline, &command),
        Command::Rebuild(command) => rebuild::run(&pipeline, &command),
        Command::Check | Command::Validate(_) | Command::Backup(_) | Command::Restore(_) | Command::Load(_) => {
            unreachable!("run above")
        }
    }
}

fn bad_tables(faults: &[DataError]) -> anyhow::Error {
    let shown: Vec<String> = faults.iter().take(20).map(ToString::to_string).collect();
    anyhow::anyhow!("{} problems in the tables:\n{}\nrun `chancery check` to see all", faults.len(), shown.join("\n"))
}

fn open(pipeline: &Pipeline, folder: &Path) -> Result<Store> {
    let store = Store::open_in_background(folder, pipeline.world().clone(), pipeline.version().to_owned())?;
    if store.rewritten().is_some() {
        output::note(REWRITING);
    }
    let bar = output::count("triples written:");
    store.wait_with(|triples| bar.set_position(triples as u64))?;
    bar.finish_and_clear();
    Ok(store)
}

/// What is told where a store was written by another version.
const REWRITING: &str =
    "the graph of this store is that of another version of program or data: it is written anew from the documents";

/// A store that must be there already.
fn open_existing(pipeline: &Pipeline, folder: &Path) -> Result<Store> {
    if !folder.is_dir() {
        bail!("{}: no store there; make one with `chancery ingest --store {0} FILE`", folder.display());
    }
    open(pipeline, folder)
}

/// Every document of the inputs; what was skipped is reported at once and counted.
fn documents(pipeline: &Pipeline, files: &[PathBuf], metadata: &DocumentMetadata) -> Result<(Vec<Document>, usize)> {
    let mut documents = Vec::new();
    let read = each_document(pipeline, files, metadata, |document| {
        documents.push(document);
        Ok(())
    })?;
    Ok((documents, read.skipped))
}

/// How many documents were read, and how many were not.
#[derive(Clone, Copy, Debug, Default)]
struct Read {
    documents: usize,
    skipped: usize,
}

/// Hands on one document after the other as they are read; what is skipped is reported at once and counted.
fn each_document(
    pipeline: &Pipeline,
    files: &[PathBuf],
    metadata: &DocumentMetadata,
    mut take: impl FnMut(Document) -> Result<()>,
) -> Result<Read> {
    if metadata.id.is_some() && files.len() > 1 {
        bail!("--id names one document, but {} files are given", files.len());
    }
    let metadata = Metadata {
        id: metadata.id.clone(),
        lang: metadata.lang,
        published: metadata.published,
        publisher: metadata.publisher.clone(),
        title: metadata.title.clone(),
    };
    let mut read = Read::default();
    let skip = |read: &mut Read, why: &Skipped| {
        read.skipped += 1;
        output::note(&format!("skipped {why}"));
    };
    for Input { name, stream } in input::inputs(files) {
        let stream = match stream {
            Ok(stream) => stream,
            Err(error) => {
                skip(&mut read, &Skipped::new(&name, 0, error.to_string()));
                continue;
            }
        };
        for result in pipeline.reader().stream(stream, &name, &metadata) {
            match result {
                Ok(document) => {
                    read.documents += 1;
                    take(document)?;
                }
                Err(why) => skip(&mut read, &why),
            }
        }
    }
    Ok(read)
}

/// Tells which documents would break a shape.
fn note_rejected(rejected: &[Rejected]) {
    for document in rejected {
        let reason = document.reason(Language::English).replace('\n', "\n  ");
        output::note(&format!("skipped {}: it would break a shape\n  {reason}", document.id));
    }
}

/// Done, or failed where something was asked for and nothing could be read.
fn exit_code(read: usize, skipped: usize) -> ExitCode {
    if read == 0 && skipped > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

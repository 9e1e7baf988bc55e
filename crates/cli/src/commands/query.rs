//! `chancery query`: SPARQL over a store.

use super::open_existing;
use crate::args::Query;
use crate::output;
use anyhow::{Context, Result, bail};
use chancery_pipeline::Pipeline;
use chancery_store::{QueryForm, QueryOptions, ResultFormat};
use std::io::{self, IsTerminal, Read, Write};
use std::process::ExitCode;
use std::time::Duration;

pub(super) fn run(pipeline: &Pipeline, command: Query) -> Result<ExitCode> {
    let store = open_existing(pipeline, &command.store)?;
    let sparql = if command.sparql == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).context("standard input")?;
        text
    } else {
        command.sparql
    };
    let prepared = store.prepare(&sparql)?;
    let options = QueryOptions { timeout: Duration::from_secs(command.timeout_s), ..QueryOptions::default() };
    let name = command.format.unwrap_or_else(|| default_format(prepared.form()).to_owned());
    if name == "table" {
        let format = ResultFormat::for_name("tsv", prepared.form()).context("a graph is no table")?;
        let tsv = prepared.run(format, &options)?;
        return print_table(&String::from_utf8(tsv)?);
    }
    let Some(format) = ResultFormat::for_name(&name, prepared.form()) else {
        bail!("format {name:?} does not fit this query: {}", offer(prepared.form()));
    };
    let bytes = prepared.run(format, &options)?;
    io::stdout().lock().write_all(&bytes)?;
    Ok(ExitCode::SUCCESS)
}

fn default_format(form: QueryForm) -> &'static str {
    match form {
        QueryForm::Graph => "turtle",
        QueryForm::Select if io::stdout().is_terminal() => "table",
        QueryForm::Select | QueryForm::Ask => "json",
    }
}

fn offer(form: QueryForm) -> &'static str {
    match form {
        QueryForm::Graph => "expected turtle, ntriples, rdfxml, jsonld, nquads or trig",
        QueryForm::Select => "expected json, xml, csv, tsv or table",
        QueryForm::Ask => "expected json or xml",
    }
}

/// Tab-separated results with columns of equal width.
fn print_table(tsv: &str) -> Result<ExitCode> {
    let rows: Vec<Vec<&str>> = tsv.lines().map(|line| line.split('\t').collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        output::print(cells.join("  ").trim_end())?;
    }
    Ok(ExitCode::SUCCESS)
}

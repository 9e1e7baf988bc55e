//! `chancery query`: SPARQL over a store.

use super::open_existing;
use crate::args::Query;
use crate::output;
use anyhow::{Context, Result, bail};
use chancery_pipeline::Pipeline;
use chancery_store::{NamedQuery, QueryForm, QueryOptions, ResultFormat, Table};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Read, Write};
use std::process::ExitCode;
use std::time::Duration;

pub(super) fn run(pipeline: &Pipeline, command: Query) -> Result<ExitCode> {
    let Some(folder) = command.store.as_deref().filter(|_| !command.list) else { return list() };
    let store = open_existing(pipeline, folder)?;
    let named = match &command.named {
        Some(name) => Some((NamedQuery::named(name)?, arguments(&command.words)?)),
        None => None,
    };
    let prepared = match &named {
        Some((query, arguments)) => store.prepare_named(query, arguments)?,
        None => store.prepare(&text(&command.words)?)?,
    };
    if command.explain {
        output::print(&prepared.sparql())?;
        return Ok(ExitCode::SUCCESS);
    }
    let options = QueryOptions { timeout: Duration::from_secs(command.timeout_s), ..QueryOptions::default() };
    let name = command.format.unwrap_or_else(|| default_format(prepared.form()).to_owned());
    if name == "table" {
        print_table(&prepared.table(&options)?)?;
    } else {
        let Some(format) = ResultFormat::for_name(&name, prepared.form()) else {
            bail!("format {name:?} does not fit this query: {}", offer(prepared.form()));
        };
        let bytes = prepared.run(format, &options)?;
        io::stdout().lock().write_all(&bytes)?;
    }
    if let Some((query, arguments)) = &named
        && let Some(offset) = store.next_page(query, arguments, &options)?
    {
        output::note(&format!("there is more: offset={offset} gives the next page, limit=all everything"));
    }
    Ok(ExitCode::SUCCESS)
}

/// The questions that have a name.
fn list() -> Result<ExitCode> {
    for query in NamedQuery::all() {
        output::print(&format!("{}\n  {}. {}", query.name, query.number, query.question))?;
        for parameter in &query.parameters {
            let default = parameter.default().map(|word| format!(" [{word}]")).unwrap_or_default();
            output::print(&format!("  {}={}{default}  {}", parameter.name, parameter.kind, parameter.meaning))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// `actor=KAZ as_of=2025-01-01`.
fn arguments(words: &[String]) -> Result<BTreeMap<String, String>> {
    let mut arguments = BTreeMap::new();
    for word in words {
        let (name, value) = word.split_once('=').with_context(|| format!("{word:?} is not of the form NAME=VALUE"))?;
        if arguments.insert(name.to_owned(), value.to_owned()).is_some() {
            bail!("{name} is given twice");
        }
    }
    Ok(arguments)
}

/// The one query, or what standard input has.
fn text(words: &[String]) -> Result<String> {
    match words {
        [word] if word == "-" => {
            let mut text = String::new();
            io::stdin().lock().read_to_string(&mut text).context("standard input")?;
            Ok(text)
        }
        [word] => Ok(word.clone()),
        _ => bail!("{} queries are given; put one in quotation marks", words.len()),
    }
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

/// Columns of equal width, in compact words.
fn print_table(table: &Table) -> Result<()> {
    let cells =
        |row: &[Option<String>]| row.iter().map(|cell| cell.clone().unwrap_or_default()).collect::<Vec<String>>();
    let mut rows = vec![table.columns.clone()];
    rows.extend(table.rows.iter().map(|row| cells(row)));
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..table.columns.len()).map(width).collect();
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        output::print(cells.join("  ").trim_end())?;
    }
    Ok(())
}

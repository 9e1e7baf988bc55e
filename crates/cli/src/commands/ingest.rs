//! `chancery ingest`: documents into a store.

use super::{documents, exit_code, note_rejected, open};
use crate::args::Ingest;
use crate::output;
use anyhow::Result;
use chancery_pipeline::Pipeline;
use chancery_store::Outcome;
use jiff::Timestamp;
use std::process::ExitCode;

pub(super) fn run(pipeline: &Pipeline, command: Ingest) -> Result<ExitCode> {
    let (documents, skipped) = documents(pipeline, &command.files, &command.metadata)?;
    let store = open(pipeline, &command.store)?;
    let bar = output::progress(documents.len(), "ingesting");
    let report = pipeline.ingest(&store, documents, Timestamp::now(), |done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    note_rejected(&report.rejected);
    let skipped = skipped + report.rejected.len();
    for document in report.documents.iter().filter(|document| document.claims == 0) {
        output::note(&format!("{}: no claim; `chancery extract --explain` says why", document.id));
    }
    output::print(&format!(
        "{} added, {} replaced, {} unchanged, {skipped} skipped; {} claims; revision {}",
        report.count(Outcome::Added),
        report.count(Outcome::Replaced),
        report.count(Outcome::Unchanged),
        report.claims(),
        report.revision
    ))?;
    Ok(exit_code(report.documents.len(), skipped))
}

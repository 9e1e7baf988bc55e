//! `chancery rebuild`: write the graph anew from the documents.

use super::open_existing;
use crate::args::Rebuild;
use crate::output;
use anyhow::Result;
use chancery_pipeline::Pipeline;
use std::process::ExitCode;

pub(super) fn run(pipeline: &Pipeline, command: &Rebuild) -> Result<ExitCode> {
    let store = open_existing(pipeline, &command.store)?;
    let bar = output::count("triples written:");
    store.rebuild(|triples| bar.set_position(triples as u64))?;
    bar.finish_and_clear();
    let snapshot = store.snapshot();
    output::print(&format!("{} documents, {} claims", snapshot.documents.len(), snapshot.claims.len()))?;
    Ok(ExitCode::SUCCESS)
}

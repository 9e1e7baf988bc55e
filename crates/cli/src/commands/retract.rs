//! `chancery retract`: take documents back.

use super::open_existing;
use crate::args::Retract;
use crate::output;
use anyhow::Result;
use chancery_pipeline::Pipeline;
use chancery_store::Outcome;
use jiff::Timestamp;
use std::process::ExitCode;

pub(super) fn run(pipeline: &Pipeline, command: Retract) -> Result<ExitCode> {
    let store = open_existing(pipeline, &command.store)?;
    let receipt = pipeline.retract(&store, command.ids, Timestamp::now())?;
    let mut missing = false;
    for (id, outcome) in &receipt.documents {
        missing |= *outcome == Outcome::NotFound;
        output::print(&format!(
            "{id}: {}",
            if *outcome == Outcome::Retracted { "retracted" } else { "no such document" }
        ))?;
    }
    Ok(if missing { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

//! `chancery check`: tables, lexicons and ontology are well formed.

use crate::output;
use anyhow::Result;
use chancery_model::DataFiles;
use chancery_pipeline::Pipeline;
use std::process::ExitCode;

pub(super) fn run(files: &DataFiles) -> Result<ExitCode> {
    match Pipeline::new(files) {
        Ok(pipeline) => {
            let entities = pipeline.world().entities().count();
            output::print(&format!("{} tables, {entities} entities: no problem found", files.names().count()))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(faults) => {
            for fault in &faults {
                output::print(&fault.to_string())?;
            }
            output::note(&format!("{} problems", faults.len()));
            Ok(ExitCode::FAILURE)
        }
    }
}

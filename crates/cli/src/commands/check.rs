//! `chancery check`: tables, lexicons and ontology are well formed, and the gazetteer says nothing twice or two ways.

use crate::output;
use anyhow::Result;
use chancery_model::DataFiles;
use chancery_pipeline::Pipeline;
use std::process::ExitCode;

pub(super) fn run(files: &DataFiles) -> Result<ExitCode> {
    let (faults, entities) = match Pipeline::new(files) {
        Ok(pipeline) => (pipeline.extractor().check(files), pipeline.world().entities().count()),
        Err(faults) => (faults, 0),
    };
    if faults.is_empty() {
        output::print(&format!("{} tables, {entities} entities: no problem found", files.names().count()))?;
        return Ok(ExitCode::SUCCESS);
    }
    for fault in &faults {
        output::print(&fault.to_string())?;
    }
    output::note(&format!("{} problems", faults.len()));
    Ok(ExitCode::FAILURE)
}

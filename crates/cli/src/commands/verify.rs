//! `chancery verify`: read all of a store, and tell what is wrong with it.

use crate::args::Verify;
use crate::output;
use anyhow::Result;
use chancery_pipeline::Pipeline;
use std::process::ExitCode;

pub(super) fn run(pipeline: &Pipeline, command: &Verify) -> Result<ExitCode> {
    let bar = output::count("");
    let found =
        chancery_store::verify(&command.store, pipeline.world().clone(), pipeline.version(), &mut |what, read| {
            bar.set_message(what);
            bar.set_position(read);
        })?;
    bar.finish_and_clear();
    for problem in &found.problems {
        output::print(problem)?;
    }
    output::print(&format!(
        "{} versions of documents, {} triples, {} named graphs: {}",
        found.versions,
        found.triples,
        found.named_graphs,
        match found.problems.len() {
            0 => "no problem found".to_owned(),
            1 => "1 problem".to_owned(),
            count => format!("{count} problems"),
        }
    ))?;
    Ok(if found.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

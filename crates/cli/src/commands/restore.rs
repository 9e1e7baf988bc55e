//! `chancery restore`: put a backup back as a store.

use crate::args::Restore;
use crate::output;
use anyhow::Result;
use std::process::ExitCode;

pub(super) fn run(command: &Restore) -> Result<ExitCode> {
    let Restore { backup, store } = command;
    chancery_store::restore(backup, store)?;
    output::print(&format!("{}: restored from {}", store.display(), backup.display()))?;
    Ok(ExitCode::SUCCESS)
}

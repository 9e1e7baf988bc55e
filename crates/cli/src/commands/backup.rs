//! `chancery backup`: copy a store, also while it is served.

use super::control;
use crate::args::Backup;
use crate::output;
use anyhow::{Context, Result, bail};
use chancery_store::StoreError;
use std::process::ExitCode;

pub(super) fn run(command: &Backup) -> Result<ExitCode> {
    let Backup { store, target } = command;
    // As the server would see it, which stands in another folder.
    let absolute = std::path::absolute(target).with_context(|| target.display().to_string())?;
    match chancery_store::backup(store, &absolute) {
        Ok(()) => {}
        Err(StoreError::Locked { .. }) if control::is_listening(store) => {
            if let Err(reason) = control::ask_for_backup(store, &absolute)? {
                bail!("the server says: {reason}");
            }
        }
        Err(error) => return Err(error.into()),
    }
    output::print(&format!("{}: a copy of {}; try it with `chancery verify`", target.display(), store.display()))?;
    Ok(ExitCode::SUCCESS)
}

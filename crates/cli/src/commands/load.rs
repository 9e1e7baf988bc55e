//! `chancery load`: N-Quads into a plain dataset.

use crate::args::Load;
use crate::input::inputs;
use crate::output;
use anyhow::{Context, Result};
use chancery_store::Store;
use std::process::ExitCode;

pub(super) fn run(command: &Load) -> Result<ExitCode> {
    let store = Store::open_plain(&command.store)?;
    let mut total = 0;
    for input in inputs(&command.files) {
        let bar = output::count("quads read:");
        let stream = input.stream.with_context(|| input.name.clone())?;
        let loaded = store.load_quads(stream, |quads| bar.set_position(total + quads));
        bar.finish_and_clear();
        total += loaded.with_context(|| format!("{}: nothing of it is loaded", input.name))?;
    }
    output::print(&format!("{total} quads"))?;
    Ok(ExitCode::SUCCESS)
}

//! `cargo xtask test`: format, lints, all Rust tests, the described interface, the pages in a browser.

use crate::serving::Server;
use crate::{cargo, chancery, contract, demo, root, say, setup, target};
use anyhow::{Result, bail};
use std::process::Command;
use std::time::Duration;

const PARTS: [&str; 5] = ["format", "lint", "rust", "contract", "browser"];
/// How long the interface is asked for what it describes; `cargo xtask soak contract` asks longer.
const CONTRACT: Duration = Duration::from_secs(30);

pub(crate) fn run(parts: &[String]) -> Result<()> {
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(&part.as_str())) {
        bail!("unknown part {unknown:?}: expected some of {}", PARTS.join(", "));
    }
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|p| p == part);
    if wanted("format") {
        say("format");
        crate::run(cargo().args(["fmt", "--all", "--check"]))?;
    }
    setup::for_building()?;
    if wanted("lint") {
        say("lints");
        crate::run(cargo().args(["clippy", "--release", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    }
    if wanted("rust") {
        let python = setup::for_readers()?;
        say("Rust tests");
        crate::run(cargo().args(["test", "--release", "--workspace"]).env("CHANCERY_PYTHON", python))?;
    }
    if wanted("contract") {
        contract::check(CONTRACT)?;
    }
    if wanted("browser") {
        browser()?;
    }
    say("all green");
    Ok(())
}

/// Drives the real pages, served by the real program over the sample dispatches.
fn browser() -> Result<()> {
    let chromium = setup::for_browser()?;
    crate::run(cargo().args(["build", "--release", "--package", "chancery-cli"]))?;
    let store = target().join("browser-test.store");
    if store.exists() {
        std::fs::remove_dir_all(&store)?;
    }
    crate::run(Command::new(chancery()).arg("ingest").arg("--store").arg(&store).args(demo::dispatches()?))?;
    say("browser tests");
    let server = Server::start(&store, &[])?;
    let mut node = Command::new("npm");
    node.arg("test").current_dir(root().join("tests/browser"));
    crate::run(node.env("CHANCERY_URL", &server.url).env("CHROMIUM", chromium))
}

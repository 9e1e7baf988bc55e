//! `cargo xtask test`: format, lints, all Rust tests, the pages in a browser.

use crate::{cargo, chancery, demo, root, say, setup, target};
use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const PARTS: [&str; 4] = ["format", "lint", "rust", "browser"];

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
    let server = Server::start(&store)?;
    let mut node = Command::new("npm");
    node.arg("test").current_dir(root().join("tests/browser"));
    crate::run(node.env("CHANCERY_URL", &server.url).env("CHROMIUM", chromium))
}

/// A server on a port of the system's choice, stopped when dropped.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(store: &Path) -> Result<Self> {
        let mut command = Command::new(chancery());
        command.arg("serve").arg("--store").arg(store).args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
        let mut process = command.spawn().context("chancery serve")?;
        let out = process.stdout.take().context("the server's output is ours")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        // The first line of `chancery serve` is the address that it listens on.
        let url = line.trim().to_owned();
        ensure!(url.starts_with("http://"), "chancery serve printed {url:?}; expected its address");
        Ok(Self { process, url })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

//! The program, serving for a test.

use crate::chancery;
use anyhow::{Context, Result, ensure};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server on a port of the system's choice, stopped when dropped.
pub(crate) struct Server {
    process: Child,
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
}

impl Server {
    /// Serves a store, with more options of `chancery serve`.
    pub(crate) fn start(store: &Path, options: &[&OsStr]) -> Result<Self> {
        let mut command = Command::new(chancery());
        command.arg("serve").arg("--store").arg(store).args(["--listen", "127.0.0.1:0"]).args(options);
        let mut process = command.stdout(Stdio::piped()).spawn().context("chancery serve")?;
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

//! The program as a server of its own.

#![allow(clippy::unwrap_used, reason = "a test stops at the first fault")]
#![allow(dead_code, reason = "each test uses a part of it")]

mod client;

pub(crate) use client::Connection;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

/// Runs a command in a folder; it must succeed. What it prints.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_chancery")).args(arguments).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// `chancery serve` over the store `s` of a folder, with the token "abc"; killed when dropped.
pub(crate) struct Server {
    process: Mutex<Child>,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    pub(crate) fn start_with(folder: &Path, arguments: &[&str]) -> Self {
        let token = "test write ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n";
        std::fs::write(folder.join("tokens"), token).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(["serve", "--store", "s", "--listen", "127.0.0.1:0", "--token-file", "tokens"]).args(arguments);
        let mut process = command.current_dir(folder).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap_or_else(|| panic!("no address: {line:?}")).to_owned();
        Self { process: Mutex::new(process), address }
    }

    /// SIGKILL, at once.
    pub(crate) fn kill(&self) {
        let mut process = self.process.lock().unwrap();
        process.kill().ok();
        process.wait().unwrap();
    }

    /// Resident memory in MiB (Linux).
    pub(crate) fn memory(&self) -> u64 {
        let status = format!("/proc/{}/status", self.process.lock().unwrap().id());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

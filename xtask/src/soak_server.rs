//! `cargo xtask soak server`: the server killed a hundred times, attacked, loaded, and asked a million times. What the tests print is written
//! to `tests/soak-server.md`.

use crate::soak::{machine, today};
use crate::{cargo, root, say};
use anyhow::{Result, ensure};
use std::fs;

const ROUNDS: u32 = 100;
const SECONDS: u32 = 60;
const REQUESTS: u32 = 1_000_000;

pub(crate) fn run() -> Result<()> {
    let mut told = String::new();
    // One after the other: each measures.
    for (file, name) in [
        ("crash", "what_was_acknowledged_outlives_a_kill"),
        ("load", "look_ups_go_on_under_attack"),
        ("load", "nothing_is_lost_under_load"),
        ("load", "memory_is_bounded_over_many_requests"),
    ] {
        say(&name.replace('_', " "));
        for line in test(file, name)? {
            told += &format!("- {line}\n");
        }
    }
    let report = format!(
        "# The last soak of the server\n\n`cargo xtask soak server` on {}, {}:\n\n{told}\nEach part runs for {SECONDS} s but the kills and the \
         {REQUESTS} requests. Clients and server share the machine.\n",
        today()?,
        machine()
    );
    fs::write(root().join("tests/soak-server.md"), report)?;
    say("written to tests/soak-server.md");
    Ok(())
}

/// Runs one test; the lines that it prints.
fn test(file: &str, name: &str) -> Result<Vec<String>> {
    let mut command = cargo();
    command.args(["test", "--release", "--package", "chancery-cli", "--test", file, name, "--", "--nocapture"]);
    command.env("CHANCERY_ROUNDS", ROUNDS.to_string());
    command.env("CHANCERY_SECONDS", SECONDS.to_string());
    command.env("CHANCERY_REQUESTS", REQUESTS.to_string());
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "{name}: {said}{}", String::from_utf8_lossy(&output.stderr));
    let is_told = |line: &&str| !line.is_empty() && !line.starts_with("test ") && !line.starts_with("running ");
    Ok(said.lines().filter(is_told).map(str::to_owned).collect())
}

//! The two commands: `cargo xtask demo [FILE…]` and `cargo xtask test`. Both set up what they need.

mod demo;
mod setup;
mod soak;
mod soak_server;
mod stream;
mod test;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const USAGE: &str = "usage:
  cargo xtask demo [FILE…]   build, read the sample dispatches and the files given, serve on loopback
  cargo xtask test [PART…]   all tests; or some of: format lint rust browser
  cargo xtask soak [MINUTES]   read random and broken texts for so long (10), and fuzz where cargo-fuzz is installed
  cargo xtask soak server      kill the server a hundred times, attack it, load it, ask it a million times";

#[expect(clippy::print_stderr, reason = "a development command speaks on standard error")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((command, files)) if command == "demo" => demo::run(files),
        Some((command, parts)) if command == "test" => test::run(parts),
        Some((command, part)) if command == "soak" && part == ["server"] => soak_server::run(),
        Some((command, minutes)) if command == "soak" => soak::run(minutes),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is being done.
#[expect(clippy::print_stderr, reason = "a development command speaks on standard error")]
fn say(text: &str) {
    eprintln!("xtask: {text}");
}

/// The root of the project: cargo says at run time where this package stands, since a target directory may be shared by
/// several checkouts.
fn root() -> &'static Path {
    static ROOT: std::sync::LazyLock<PathBuf> = std::sync::LazyLock::new(|| {
        let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        Path::new(&here).parent().expect("xtask stands in the root").to_owned()
    });
    &ROOT
}

/// Where cargo builds: the caller's choice, else `target`.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The program in the one profile.
fn chancery() -> PathBuf {
    target().join("release/chancery")
}

fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a command to its end.
fn run(command: &mut Command) -> anyhow::Result<()> {
    let shown = format!("{command:?}");
    let status = command.status().map_err(|e| anyhow::anyhow!("{shown}: {e}"))?;
    anyhow::ensure!(status.success(), "{shown}: {status}");
    Ok(())
}

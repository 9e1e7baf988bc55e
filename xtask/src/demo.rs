//! `cargo xtask demo [FILE…]`: build, read the samples and the files given, serve, say what to open.

use crate::{cargo, chancery, root, say, setup, target};
use anyhow::{Context, Result, ensure};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let files: Vec<PathBuf> = arguments.iter().map(PathBuf::from).collect();
    for file in &files {
        ensure!(file.is_file(), "{}: no such file", file.display());
    }
    setup::for_building()?;
    say("building (RocksDB takes about ten minutes the first time)");
    crate::run(cargo().args(["build", "--release", "--package", "chancery-cli"]))?;
    let store = fresh_store()?;
    say("reading the sample dispatches");
    crate::run(Command::new(chancery()).arg("ingest").arg("--store").arg(&store).args(dispatches()?))?;
    for file in &files {
        say(&format!("reading {}", file.display()));
        crate::run(Command::new(chancery()).arg("ingest").arg("--store").arg(&store).arg(file))?;
    }
    serve(&store)
}

/// An empty folder beside the build: each demo begins anew.
fn fresh_store() -> Result<PathBuf> {
    let store = target().join("demo.store");
    if store.exists() {
        std::fs::remove_dir_all(&store).with_context(|| store.display().to_string())?;
    }
    Ok(store)
}

/// The sample dispatches, in the order of their names.
pub(crate) fn dispatches() -> Result<Vec<PathBuf>> {
    let folder = root().join("data/dispatches");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .with_context(|| folder.display().to_string())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    files.sort();
    Ok(files)
}

fn serve(store: &std::path::Path) -> Result<()> {
    let port = (7878..7898).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
    let port = port.context("no free port from 7878 to 7897")?;
    let base = format!("http://127.0.0.1:{port}");
    say(&format!(
        "serving; stop with Ctrl-C
  explorer    {base}/?country=KAZ
  relations   curl {base}/v1/countries/KAZ/relations
  SPARQL      {base}/sparql     REST documentation  {base}/docs"
    ));
    let listen = format!("127.0.0.1:{port}");
    crate::run(Command::new(chancery()).arg("serve").arg("--store").arg(store).args(["--listen", &listen]))
}

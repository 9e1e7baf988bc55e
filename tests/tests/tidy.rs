//! The walls of the house: which of our crates may import which, and which outside code lives only in one of them.
//!
//! The table is ARCHITECTURE.md's. It is checked on the manifests, so that a wrong edge fails before it compiles.

use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Every crate with what it may import of ours.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &["model"]),
    ("fusion", &["model"]),
    ("rdf", &["model"]),
    ("graph", &["model"]),
    ("interchange", &["model"]),
    ("extract", &["model", "text"]),
    ("shapes", &["model", "rdf"]),
    ("store", &["model", "rdf", "fusion"]),
    ("pipeline", &["model", "text", "extract", "fusion", "rdf", "shapes", "store"]),
    ("explorer", &[]),
    (
        "server",
        &[
            "model",
            "text",
            "extract",
            "fusion",
            "rdf",
            "graph",
            "interchange",
            "shapes",
            "store",
            "pipeline",
            "explorer",
        ],
    ),
    (
        "cli",
        &[
            "model",
            "text",
            "extract",
            "fusion",
            "rdf",
            "graph",
            "interchange",
            "shapes",
            "store",
            "pipeline",
            "explorer",
            "server",
        ],
    ),
];

/// Outside code and the only crates that it may stand in.
const LIVES_IN: &[(&str, &[&str])] = &[
    ("oxigraph", &["store"]),
    ("spargebra", &["store"]),
    ("spargeo", &["store"]),
    ("sparopt", &["store"]),
    ("rustix", &["store"]),
    ("redb", &["store"]),
    ("oxrdf", &["rdf", "shapes", "store"]),
    ("oxrdfio", &["rdf", "shapes", "store"]),
    ("oxsdatatypes", &["shapes", "store"]),
    ("petgraph", &["graph"]),
    ("rustworkx-core", &["graph"]),
    ("axum", &["server"]),
    ("tower-http", &["server"]),
    ("utoipa", &["server"]),
    ("tokio", &["server", "cli"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli"]),
    ("indicatif", &["cli"]),
    ("tikv-jemallocator", &["cli"]),
    ("tracing-subscriber", &["cli"]),
    ("icu_calendar", &["text"]),
    ("scraper", &["pipeline"]),
    ("encoding_rs", &["pipeline"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests stand in the root").to_owned()
}

/// Names under `[dependencies]` and `[build-dependencies]` of a crate; dev-dependencies too where asked.
fn dependencies(krate: &str, with_dev: bool) -> Result<BTreeSet<String>> {
    let path = root().join("crates").join(krate).join("Cargo.toml");
    let manifest: toml::Table = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?.parse()?;
    let tables = ["dependencies", "build-dependencies", "dev-dependencies"];
    let tables = tables.iter().filter(|table| with_dev || **table != "dev-dependencies");
    Ok(tables.filter_map(|table| manifest.get(*table)?.as_table()).flat_map(|table| table.keys().cloned()).collect())
}

#[test]
fn imports_go_down_the_table_only() -> Result<()> {
    let mut faults = Vec::new();
    for (krate, allowed) in MAY_IMPORT {
        for dependency in dependencies(krate, true)? {
            if let Some(ours) = dependency.strip_prefix("chancery-")
                && !allowed.contains(&ours)
            {
                faults.push(format!("crates/{krate}/Cargo.toml: {krate} must not import {ours}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

#[test]
fn outside_code_stays_in_its_house() -> Result<()> {
    let homes: BTreeMap<&str, &[&str]> = LIVES_IN.iter().copied().collect();
    let mut faults = Vec::new();
    for (krate, _) in MAY_IMPORT {
        for dependency in dependencies(krate, false)? {
            if let Some(home) = homes.get(dependency.as_str())
                && !home.contains(krate)
            {
                faults.push(format!("crates/{krate}/Cargo.toml: {dependency} lives only in {}", home.join(", ")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

#[test]
fn every_crate_is_in_the_table_and_follows_the_one_lint_table() -> Result<()> {
    let known: BTreeSet<&str> = MAY_IMPORT.iter().map(|(krate, _)| *krate).collect();
    for entry in std::fs::read_dir(root().join("crates"))? {
        let folder = entry?.path();
        let name = folder.file_name().context("a folder has a name")?.to_string_lossy().into_owned();
        assert!(known.contains(name.as_str()), "crates/{name} is not in the import table of tests/tests/tidy.rs");
        let manifest: toml::Table = std::fs::read_to_string(folder.join("Cargo.toml"))?.parse()?;
        let package = manifest["package"]["name"].as_str();
        assert_eq!(
            package,
            Some(format!("chancery-{name}").as_str()),
            "crates/{name}: the package is named after its folder"
        );
        let lints = manifest.get("lints").and_then(|lints| lints.get("workspace")?.as_bool());
        assert_eq!(lints, Some(true), "crates/{name}/Cargo.toml lacks [lints] workspace = true");
    }
    Ok(())
}

/// HTTP clients must not come alive anywhere in the build: the query endpoint never reaches out.
#[test]
fn no_http_client_is_in_the_lock_file() -> Result<()> {
    let lock: toml::Table = std::fs::read_to_string(root().join("Cargo.lock"))?.parse()?;
    let packages = lock["package"].as_array().context("a lock file lists packages")?;
    let names: BTreeSet<&str> = packages.iter().filter_map(|package| package.get("name")?.as_str()).collect();
    for client in ["oxhttp", "reqwest", "ureq", "hyper-tls", "native-tls", "rustls", "openssl"] {
        assert!(!names.contains(client), "{client} is in Cargo.lock: which dependency switches HTTP on?");
    }
    Ok(())
}

/// The engine's sources, as others wrote them but for a few lines.
const ENGINE: &str = "crates/store/oxigraph";

/// A file begins by saying what it is for.
#[test]
fn every_source_file_says_what_it_is_for() -> Result<()> {
    let mut folders = vec![root().join("crates"), root().join("xtask")];
    let mut faults = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                if !path.ends_with("node_modules") && !path.ends_with("dist") && !path.ends_with(ENGINE) {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path)?;
                if !text.starts_with("//!") {
                    faults.push(path.display().to_string());
                }
            }
        }
    }
    assert!(faults.is_empty(), "these files do not begin with //!:\n{}", faults.join("\n"));
    Ok(())
}

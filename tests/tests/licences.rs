//! Licences and origins of all outside code, against `tests/deny.toml`: what cargo-deny checks, where cargo-deny is not installed.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests stand in the root").to_owned()
}

fn policy() -> Result<toml::Table> {
    let path = root().join("tests/deny.toml");
    Ok(std::fs::read_to_string(&path).with_context(|| path.display().to_string())?.parse()?)
}

fn texts(policy: &toml::Table, table: &str, key: &str) -> Result<Vec<String>> {
    let list = policy[table][key].as_array().with_context(|| format!("tests/deny.toml: [{table}] {key}"))?;
    list.iter().map(|text| Ok(text.as_str().context("a text")?.to_owned())).collect()
}

/// Every package of the build on this machine, ours included. Nothing is downloaded.
fn packages() -> Result<Vec<Value>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let said = Command::new("rustc").arg("-vV").output()?;
    let said = String::from_utf8(said.stdout)?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc -vV names the host")?;
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(root())
        .output()?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    Ok(metadata["packages"].as_array().context("packages")?.clone())
}

#[test]
fn every_licence_is_one_that_we_can_keep() -> Result<()> {
    let allowed: Vec<Licensee> = texts(&policy()?, "licenses", "allow")?
        .iter()
        .map(|licence| Licensee::parse(licence).with_context(|| licence.clone()))
        .collect::<Result<_>>()?;
    let may = |expression: &str| -> Result<bool> {
        let parsed = Expression::parse_mode(expression, ParseMode::LAX)?;
        Ok(parsed.evaluate(|requirement| allowed.iter().any(|licensee| licensee.satisfies(requirement))))
    };
    ensure!(!may("GPL-3.0-only")? && !may("MIT AND GPL-3.0-only")? && may("GPL-3.0-only OR MIT")?, "the check checks");
    let packages = packages()?;
    ensure!(packages.len() > 200, "{} packages", packages.len());
    let mut faults = Vec::new();
    for package in &packages {
        let (name, licence) = (package["name"].as_str().context("a name")?, package["license"].as_str());
        match licence {
            Some(licence) if may(licence).with_context(|| format!("{name}: {licence}"))? => {}
            other => faults.push(format!("{name}: {}", other.unwrap_or("no licence is told"))),
        }
    }
    ensure!(faults.is_empty(), "not allowed by tests/deny.toml:\n{}", faults.join("\n"));
    Ok(())
}

/// Stands in the project with its changes: `crates/store/oxigraph`.
const ENGINE: &str = "oxigraph";

#[test]
fn all_outside_code_but_the_engine_is_from_the_registry_and_pinned_by_checksum() -> Result<()> {
    let registries = texts(&policy()?, "sources", "allow-registry")?;
    let lock: toml::Table = std::fs::read_to_string(root().join("Cargo.lock"))?.parse()?;
    let mut faults = Vec::new();
    for package in lock["package"].as_array().context("a lock file lists packages")? {
        let name = package["name"].as_str().context("a name")?;
        let Some(source) = package.get("source").and_then(toml::Value::as_str) else {
            if !name.starts_with("chancery") && name != "xtask" && name != ENGINE {
                faults.push(format!("{name}: from a folder"));
            }
            continue;
        };
        let known = registries.iter().any(|registry| source.strip_prefix("registry+") == Some(registry));
        if !known || package.get("checksum").is_none() {
            faults.push(format!("{name}: {source}"));
        }
    }
    ensure!(faults.is_empty(), "not allowed by tests/deny.toml:\n{}", faults.join("\n"));
    Ok(())
}

//! One network in every form, and graphs that readers of others understand alike.

use crate::{SAMPLES, get, json, root, server};
use anyhow::{Context, Result, ensure};
use axum::http::StatusCode;
use chancery_rdf::GraphFormat;
use chancery_shapes::{Graph, Shapes};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Runs a reader of `tests/readers` with the Python that has its packages.
fn reader(script: &str, arguments: &[&str]) -> Result<String> {
    let python = std::env::var_os("CHANCERY_PYTHON").unwrap_or_else(|| "python3".into());
    let script = root().join("tests/readers").join(script);
    let out = Command::new(python).arg(&script).args(arguments).output().context("Python 3")?;
    ensure!(
        out.status.success(),
        "{}: {}{}",
        script.display(),
        String::from_utf8_lossy(&out.stderr),
        String::from_utf8_lossy(&out.stdout)
    );
    Ok(String::from_utf8(out.stdout)?)
}

fn path(path: &Path) -> Result<&str> {
    path.to_str().context("a path in UTF-8")
}

type Edge = (String, String, String, String);

fn edges(list: &Value, of: impl Fn(&Value) -> Option<Edge>) -> Result<BTreeSet<Edge>> {
    list.as_array().context("a list")?.iter().map(|edge| of(edge).with_context(|| edge.to_string())).collect()
}

#[tokio::test]
async fn every_format_shows_the_same_network() -> Result<()> {
    let server = server()?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let network = json(&server, "/v1/network").await?;
    let expected = edges(&network["links"], |l| {
        Some((text(&l["source"])?, text(&l["target"])?, text(&l["kind"])?, text(&l["status"])?))
    })?;
    let announced = ("KAZ", "agreement:abraham-accords", "party-to", "announced");
    let announced: Edge = (announced.0.into(), announced.1.into(), announced.2.into(), announced.3.into());
    assert!(expected.contains(&announced), "{expected:?}");
    let folder = tempfile::tempdir()?;
    for format in ["gexf", "graphml", "dot", "cytoscape", "node-link", "csv"] {
        let answer = get(&server, &format!("/v1/network?format={format}")).await?;
        assert_eq!(answer.status, StatusCode::OK, "{format}");
        let file = folder.path().join(format);
        std::fs::write(&file, &answer.body)?;
        let read: Value = serde_json::from_str(&reader("read_network.py", &[format, path(&file)?])?)?;
        let found = edges(&read["edges"], |e| Some((text(&e[0])?, text(&e[1])?, text(&e[2])?, text(&e[3])?)))?;
        assert_eq!(found, expected, "{format}");
    }
    Ok(())
}

#[test]
fn every_rdf_format_says_the_same() -> Result<()> {
    let store = &*SAMPLES;
    let folder = tempfile::tempdir()?;
    let mut answers = BTreeSet::new();
    for format in GraphFormat::ALL {
        let file = folder.path().join(format.name());
        let mut out = Vec::new();
        store.dump(format, &mut out)?;
        std::fs::write(&file, out)?;
        answers.insert(reader("read_rdf.py", &[format.name(), path(&file)?])?);
    }
    assert_eq!(answers.len(), 1, "{answers:?}");
    Ok(())
}

#[test]
fn the_graph_keeps_the_shapes() -> Result<()> {
    let file = tempfile::Builder::new().suffix(".ttl").tempfile()?;
    let mut out = Vec::new();
    SAMPLES.dump(GraphFormat::Turtle, &mut out)?;
    std::fs::write(file.path(), out)?;
    let report = Shapes::ours().validate(&Graph::parse(&std::fs::read(file.path())?, GraphFormat::Turtle)?);
    assert!(report.conforms, "{}", report.text("en"));
    reader("check_shapes.py", &[path(&root().join("ontology/shapes.ttl"))?, path(file.path())?])?;
    Ok(())
}

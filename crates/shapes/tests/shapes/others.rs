//! pySHACL, an implementation that is not ours, finds the same in our cases and in the examples of the ontology.
//!
//! `CHANCERY_PYTHON` names a Python with `tests/readers/requirements.txt`; else `python3` has to have it.

use crate::cases::{cases, files, lines};
use chancery_shapes::{Graph, GraphFormat, Shapes};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Runs a script of `tests/readers`.
fn reader(script: &str, arguments: &[PathBuf]) -> String {
    let python = std::env::var_os("CHANCERY_PYTHON").unwrap_or_else(|| "python3".into());
    let script = root().join("tests/readers").join(script);
    let out = Command::new(python).arg(&script).args(arguments).output().expect("Python 3");
    let errors = String::from_utf8_lossy(&out.stderr);
    let out_text = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "{}: {errors}{out_text}", script.display());
    out_text
}

/// What pySHACL finds in each file.
fn theirs(shapes: PathBuf, data: &[PathBuf]) -> BTreeMap<String, Vec<String>> {
    let arguments: Vec<PathBuf> = std::iter::once(shapes).chain(data.iter().cloned()).collect();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut file = String::new();
    for line in reader("validate_shapes.py", &arguments).lines() {
        match line.strip_prefix("# ") {
            Some(name) => {
                file = name.to_owned();
                found.entry(file.clone()).or_default();
            }
            None if line.is_empty() => {}
            None => found.entry(file.clone()).or_default().push(line.to_owned()),
        }
    }
    found.values_mut().for_each(|lines| lines.sort());
    found
}

fn ours(shapes: Option<&Shapes>, file: &Path) -> Vec<String> {
    let text = std::fs::read(file).unwrap();
    let own = || Shapes::parse(&text).unwrap();
    let graph = Graph::parse(&text, GraphFormat::Turtle).unwrap();
    lines(&shapes.cloned().unwrap_or_else(own).validate(&graph))
}

#[test]
fn others_find_the_same_in_our_cases() {
    let cases = cases();
    for (file, theirs) in theirs("-".into(), &cases) {
        assert_eq!(ours(None, Path::new(&file)), theirs, "{file}");
    }
}

#[test]
fn others_find_the_same_in_the_examples() {
    let examples = root().join("ontology/examples");
    let data = [files(examples.join("valid"), "ttl"), files(examples.join("invalid"), "ttl")].concat();
    let theirs = theirs(root().join("ontology/shapes.ttl"), &data);
    assert_eq!(theirs.len(), data.len());
    for (file, theirs) in theirs {
        assert_eq!(ours(Some(Shapes::ours()), Path::new(&file)), theirs, "{file}");
    }
}

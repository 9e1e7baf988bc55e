//! The SPARQL 1.0 and 1.1 tests of the W3C: queries, updates and result formats, run from their manifests on a plain dataset, where a
//! copy stands beside the project in `../shared/conformance/rdf-tests`. Known gaps are in `w3c-gaps.tsv`.

mod answers;
mod manifest;

use answers::Answer;
use chancery_rdf::GraphFormat;
use chancery_store::{GraphTarget, QueryForm, QueryOptions, ResultFormat, Store, StoreError};
use manifest::{Kind, Test, base_of, tests};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::dataset::CanonicalizationAlgorithm;
use oxigraph::model::{Dataset, GraphName, NamedNode};
use oxigraph::sparql::results::QueryResultsFormat;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

const SUITES: &str = "../../../shared/conformance/rdf-tests/sparql";

/// The manifests with the number of their tests.
const MANIFESTS: [(&str, usize); 6] = [
    ("sparql11/manifest-sparql11-query.ttl", 328),
    ("sparql11/manifest-sparql11-update.ttl", 157),
    ("sparql11/manifest-sparql11-results.ttl", 10),
    ("sparql11/syntax-fed/manifest.ttl", 3),
    ("sparql10/manifest-syntax.ttl", 199),
    ("sparql10/manifest-evaluation.ttl", 283),
];

#[test]
fn the_suites_pass_but_for_known_gaps() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(SUITES);
    let Ok(root) = root.canonicalize() else {
        println!("NOT RUN: there is no copy of the W3C SPARQL suites at {}", root.display());
        return;
    };
    let mut gaps = gaps();
    let mut faults = Vec::new();
    for (manifest, count) in MANIFESTS {
        let tests = tests(&root.join(manifest));
        let mut passed = 0;
        for test in &tests {
            match (run(test), gaps.remove(test.name.as_str())) {
                (Ok(()), None) => passed += 1,
                (Ok(()), Some(_)) => faults.push(format!("{} passes: its line in w3c-gaps.tsv has to go", test.name)),
                (Err(_), Some(reason)) => println!("gap {}: {reason}", test.name),
                (Err(error), None) => faults.push(format!("{} fails: {error}", test.name)),
            }
        }
        println!("{manifest}: {passed} of {} passed", tests.len());
        if tests.len() != count {
            faults.push(format!("{manifest} has {} tests, expected {count}", tests.len()));
        }
    }
    faults.extend(gaps.keys().map(|name| format!("w3c-gaps.tsv names {name}, which is no test")));
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn gaps() -> BTreeMap<&'static str, &'static str> {
    let lines = include_str!("../w3c-gaps.tsv").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split_once('\t').expect("a gap has a test and a reason")).collect()
}

/// Nothing where the test passes, else what went wrong.
fn run(test: &Test) -> Result<(), String> {
    match test.kind {
        Kind::QuerySyntax { is_good } => syntax(is_good, prepare(&store(), test).map(drop)),
        Kind::UpdateSyntax { is_good } => syntax(is_good, update(&store(), test)),
        Kind::Query => query(test),
        Kind::CsvResult => csv(test),
        Kind::Update => updated(test),
    }
}

fn store() -> Store {
    Store::plain_in_memory().unwrap()
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn prepare(store: &Store, test: &Test) -> Result<chancery_store::PreparedQuery, StoreError> {
    store.prepare_with_base(&read(&test.request), &base_of(&test.request))
}

fn update(store: &Store, test: &Test) -> Result<(), StoreError> {
    store.update_with_base(&read(&test.request), &base_of(&test.request), &options())
}

fn options() -> QueryOptions {
    QueryOptions { timeout: Duration::from_secs(60), ..QueryOptions::default() }
}

/// What is well formed but refused, or fails when it runs, passed the parser.
fn syntax(is_good: bool, read: Result<(), StoreError>) -> Result<(), String> {
    match (is_good, read) {
        (true, Err(StoreError::Syntax { message, .. })) => Err(message),
        (false, Err(StoreError::Syntax { .. })) | (true, _) => Ok(()),
        (false, _) => Err("it should not be well formed".to_owned()),
    }
}

fn query(test: &Test) -> Result<(), String> {
    let store = filled(test);
    let prepared = prepare(&store, test).map_err(|error| error.to_string())?;
    let format = match prepared.form() {
        QueryForm::Graph => ResultFormat::Graph(GraphFormat::NTriples),
        _ => ResultFormat::Solutions(QueryResultsFormat::Json),
    };
    let bytes = prepared.run(format, &options()).map_err(|error| error.to_string())?;
    let found = Answer::parse(&bytes, format);
    let file = test.result.as_ref().expect("an evaluation has a result");
    found.must_equal(&Answer::read(file), test.is_lax)
}

/// The bytes count, but for the names of blank nodes and the order of the rows.
fn csv(test: &Test) -> Result<(), String> {
    let store = filled(test);
    let prepared = prepare(&store, test).map_err(|error| error.to_string())?;
    let bytes = prepared.run(ResultFormat::Solutions(QueryResultsFormat::Csv), &options());
    let bytes = bytes.map_err(|error| error.to_string())?;
    let cell = |cell: &str| if cell.starts_with("_:") { "_:".to_owned() } else { cell.to_owned() };
    let lines = |text: &str| {
        let mut lines: Vec<Vec<String>> = text.lines().map(|line| line.split(',').map(cell).collect()).collect();
        lines.sort();
        lines
    };
    let (found, expected) = (String::from_utf8(bytes).unwrap(), read(test.result.as_ref().unwrap()));
    if lines(&found) == lines(&expected) { Ok(()) } else { Err(format!("found\n{found}expected\n{expected}")) }
}

fn updated(test: &Test) -> Result<(), String> {
    let store = filled(test);
    update(&store, test).map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    store.dump_dataset(GraphFormat::NQuads, &mut found).unwrap();
    let parser = RdfParser::from_format(RdfFormat::NQuads).for_slice(&found);
    let mut found: Dataset = parser.collect::<Result<_, _>>().unwrap();
    let mut expected = dataset(&test.expected);
    found.canonicalize(CanonicalizationAlgorithm::Unstable);
    expected.canonicalize(CanonicalizationAlgorithm::Unstable);
    if found == expected { Ok(()) } else { Err(format!("found\n{found}expected\n{expected}")) }
}

/// A store with the data of a test.
fn filled(test: &Test) -> Store {
    let store = store();
    for (graph, file) in &test.data {
        let target = graph.clone().map_or(GraphTarget::Default, GraphTarget::Named);
        store.put_graph(&target, ntriples(file), GraphFormat::NTriples, false).unwrap();
    }
    store
}

fn dataset(data: &[(Option<String>, PathBuf)]) -> Dataset {
    let quads = data.iter().flat_map(|(graph, file)| {
        let graph = graph.as_ref().map_or(GraphName::DefaultGraph, |name| NamedNode::new(name).unwrap().into());
        graph_of(file).into_iter().map(move |triple| triple.in_graph(graph.clone()))
    });
    normal(quads)
}

/// Literals as the engine writes them: it keeps numbers by their value.
fn normal(quads: impl Iterator<Item = oxigraph::model::Quad>) -> Dataset {
    let engine = oxigraph::store::Store::new().unwrap();
    engine.extend(quads).unwrap();
    engine.iter().collect::<Result<_, _>>().unwrap()
}

fn graph_of(file: &Path) -> Vec<oxigraph::model::Triple> {
    let extension = file.extension().and_then(|it| it.to_str()).unwrap_or_default();
    let format = RdfFormat::from_extension(extension).unwrap_or_else(|| panic!("{}", file.display()));
    let parser = RdfParser::from_format(format).with_base_iri(base_of(file)).unwrap().rename_blank_nodes();
    let text = std::fs::read(file).unwrap();
    parser.for_slice(&text).map(|quad| quad.unwrap().into()).collect()
}

fn ntriples(file: &Path) -> Vec<u8> {
    graph_of(file).iter().map(|triple| format!("{triple} .\n")).collect::<String>().into_bytes()
}

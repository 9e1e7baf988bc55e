//! The tests of the W3C for the SPARQL Protocol, the Graph Store Protocol and service descriptions, on a plain dataset, where a copy stands
//! beside the project in `../shared/conformance/http`. None of them is known to fail.

#![expect(clippy::print_stderr, reason = "what was run is shown, and what was not")]

use crate::{Answer, PIPELINE, root, send};
use anyhow::{Context, Result, bail, ensure};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use chancery_rdf::GraphFormat;
use chancery_server::{AppState, Tokens, router};
use chancery_store::{GraphTarget, Store};
use oxrdf::graph::CanonicalizationAlgorithm;
use oxrdf::{Graph, NamedNode, NamedNodeRef, TermRef};
use oxrdfio::{RdfFormat, RdfParser};
use serde_json::Value;

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";

/// An empty plain dataset that takes the token "abc".
fn plain(store: &Store) -> Result<Router> {
    let mut state = AppState::new(store.clone(), PIPELINE.clone());
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    state.tokens = Some(Tokens::parse(&format!("test write {hash}"))?);
    Ok(router(state))
}

/// The tests of a file; none where the suite is not there.
fn tests(file: &str) -> Result<Option<Vec<Value>>> {
    let path = root().join("../shared/conformance/http").join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("NOT RUN: there is no {}", path.display());
        return Ok(None);
    };
    Ok(Some(serde_json::from_str(&text).with_context(|| path.display().to_string())?))
}

async fn run_all(file: &str, count: usize) -> Result<()> {
    let Some(tests) = tests(file)? else { return Ok(()) };
    let mut faults = Vec::new();
    for test in &tests {
        if let Err(error) = run(test).await {
            faults.push(format!("{}: {error:#}", test["id"]));
        }
    }
    eprintln!("{file}: {} of {} passed", tests.len() - faults.len(), tests.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(tests.len(), count, "{file} has another number of tests");
    Ok(())
}

#[tokio::test]
async fn the_protocol_suite_passes() -> Result<()> {
    run_all("protocol-tests.json", 34).await
}

#[tokio::test]
async fn the_graph_store_suite_passes() -> Result<()> {
    run_all("gsp-tests.json", 13).await
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

async fn run(test: &Value) -> Result<()> {
    let store = Store::plain_in_memory()?;
    let server = plain(&store)?;
    for graph in list(test, "graphData") {
        let target = GraphTarget::Named(text(graph, "graph").to_owned());
        store.put_graph(&target, text(graph, "ntriples").as_bytes().to_vec(), GraphFormat::NTriples, true)?;
    }
    let mut location = String::new();
    for (at, request) in list(test, "requests").iter().enumerate() {
        let answer = send(&server, request_of(request, &location)?).await?;
        check(&answer, &request["expect"]).with_context(|| {
            let body = String::from_utf8_lossy(&answer.body);
            format!("request {at}: {} {:?} {body}", answer.status, answer.header("content-type"))
        })?;
        if request["expect"]["location"].is_string() {
            location = answer.header("location").to_owned();
            ensure!(!location.is_empty(), "no Location");
        }
    }
    Ok(())
}

/// The addresses of the suite are those of its own service.
fn request_of(request: &Value, location: &str) -> Result<Request<Body>> {
    let path = text(request, "path").replacen("/sparql/", "/sparql", 1).replacen("/gsp", "/graphs", 1);
    let mut built = Request::builder().method(text(request, "method")).uri(path.replace("$LOCATION$", location));
    for header in list(request, "headers") {
        built = built.header(header[0].as_str().unwrap_or_default(), header[1].as_str().unwrap_or_default());
    }
    let built = built.header("authorization", "Bearer abc").header("host", "localhost");
    let content = text(&request["body"], "chars");
    Ok(match text(&request["body"], "encoding") {
        "UTF-16" => {
            let bytes: Vec<u8> = content.encode_utf16().flat_map(u16::to_be_bytes).collect();
            built.body(Body::from([vec![0xFE, 0xFF], bytes].concat()))?
        }
        _ => built.body(Body::from(content.to_owned()))?,
    })
}

fn check(answer: &Answer, expected: &Value) -> Result<()> {
    let status = answer.status.as_str();
    let fits = |pattern: &Value| {
        let pattern = pattern.as_str().unwrap_or_default();
        pattern == status || pattern.strip_suffix("xx").is_some_and(|class| status.starts_with(class))
    };
    ensure!(list(expected, "status").iter().any(fits), "status {status}, expected {}", expected["status"]);
    for header in list(expected, "headers") {
        let name = header[0].as_str().unwrap_or_default();
        ensure!(header[1] == answer.header(name), "{name} is {:?}, expected {}", answer.header(name), header[1]);
    }
    let media_type = answer.header("content-type").split(';').next().unwrap_or_default();
    let results = ["application/sparql-results+json", "application/sparql-results+xml"];
    let right = match text(expected, "format") {
        "" => true,
        "boolean" => results.contains(&media_type),
        "tabular" => results.contains(&media_type) || ["text/csv", "text/tab-separated-values"].contains(&media_type),
        "RDF" => ["application/rdf+xml", "text/turtle", "application/n-triples"].contains(&media_type),
        other => bail!("unknown format {other}"),
    };
    ensure!(right, "{media_type} is no format for {}", expected["format"]);
    if expected["boolean"].is_boolean() {
        ensure!(answer.json()?["boolean"] == expected["boolean"], "not the expected answer");
    }
    if expected["ntriples"].is_array() {
        let lines: Vec<&str> = list(expected, "ntriples").iter().filter_map(Value::as_str).collect();
        let expected = graph(lines.join("\n").as_bytes(), RdfFormat::NTriples)?;
        let found = graph(&answer.body, RdfFormat::from_media_type(media_type).context("RDF")?)?;
        ensure!(found == expected, "not the expected graph");
    }
    Ok(())
}

/// Up to the names of blank nodes.
fn graph(text: &[u8], format: RdfFormat) -> Result<Graph> {
    let mut graph = Graph::new();
    for quad in RdfParser::from_format(format).for_slice(text) {
        graph.insert(quad?.as_ref());
    }
    graph.canonicalize(CanonicalizationAlgorithm::Unstable);
    Ok(graph)
}

/// The three tests of a service description: it is RDF, names the endpoint that it was asked of, and uses the vocabulary as it is meant.
#[tokio::test]
async fn the_service_description_suite_passes() -> Result<()> {
    if let Some(tests) = tests("service-description-tests.json")? {
        let mut ids: Vec<&str> = tests.iter().map(|test| text(test, "id")).collect();
        ids.sort_unstable();
        assert_eq!(ids, ["conforms-to-schema", "has-endpoint-triple", "returns-rdf"]);
    }
    let server = plain(&Store::plain_in_memory()?)?;
    let request = Request::get("/sparql").header("host", "localhost:7878").body(Body::empty())?;
    let answer = send(&server, request).await?;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/turtle; charset=utf-8"));
    let description = graph(&answer.body, RdfFormat::Turtle)?;
    let property = |name: &str| NamedNode::new_unchecked(format!("{SD}{name}"));
    let (endpoint, service) = (property("endpoint"), property("Service"));
    let of_type = oxrdf::vocab::rdf::TYPE;
    let services: Vec<_> = description.subjects_for_predicate_object(of_type, service.as_ref()).collect();
    assert_eq!(services.len(), 1);
    let address = NamedNodeRef::new_unchecked("http://localhost:7878/sparql");
    assert_eq!(description.object_for_subject_predicate(services[0], &endpoint), Some(TermRef::from(address)));
    let known =
        ["endpoint", "supportedLanguage", "feature", "resultFormat", "inputFormat", "defaultDataset", "defaultGraph"];
    for triple in &description {
        let local = triple.predicate.as_str().strip_prefix(SD);
        assert!(triple.predicate == of_type || local.is_some_and(|name| known.contains(&name)), "{triple}");
        let wants_iri = ["endpoint", "supportedLanguage", "feature", "resultFormat", "inputFormat"];
        assert!(!local.is_some_and(|name| wants_iri.contains(&name)) || triple.object.is_named_node(), "{triple}");
    }
    Ok(())
}

//! What other programs rely on, path by path: it is there, and it answers what it promises. The lists here are the project's
//! own copy of its promises; taking a line out is a change that users are told of.

use crate::{Answer, SAMPLES, get, json, own_server, send, server};
use anyhow::{Context, Result, ensure};
use axum::body::Body;
use axum::http::Request;
use serde_json::Value;

/// Reads: the path as the OpenAPI document has it, a question, and where the answer has what it promises.
const READS: &[(&str, &str, &[&str])] = &[
    ("/v1/countries", "/v1/countries", &["/items/0/id", "/total"]),
    ("/v1/countries/{id}", "/v1/countries/KAZ", &["/id", "/label", "/alpha2", "/iri"]),
    ("/v1/countries/{id}/relations", "/v1/countries/KAZ/relations", &["/states/0/status", "/recent_events/0/id"]),
    ("/v1/countries/{id}/events", "/v1/countries/KAZ/events", &["/items/0/type"]),
    ("/v1/countries/{id}/network", "/v1/countries/KAZ/network?depth=1", &["/nodes/0/id", "/links/0/source"]),
    ("/v1/countries/{id}/network", "/v1/countries/KAZ/network?depth=2", &["/nodes/0/id", "/links/0/source"]),
    ("/v1/dyads/{a}/{b}", "/v1/dyads/KAZ/USA", &["/states", "/counts/cooperation", "/event_count"]),
    ("/v1/dyads/{a}/{b}/timeline", "/v1/dyads/KAZ/USA/timeline", &["/items/0/date/precision"]),
    ("/v1/dyads/{a}/{b}/claims", "/v1/dyads/KAZ/USA/claims", &["/items/0/quote"]),
    ("/v1/dyads/{a}/{b}/trend", "/v1/dyads/KAZ/USA/trend", &["/months", "/undated"]),
    ("/v1/actors", "/v1/actors", &["/items/0/id"]),
    ("/v1/actors/{id}", "/v1/actors/USA", &["/entity/id", "/states"]),
    ("/v1/organizations", "/v1/organizations", &["/items/0/id"]),
    ("/v1/organizations/{id}", "/v1/organizations/nato", &["/entity/id", "/states"]),
    ("/v1/organizations/{id}/members", "/v1/organizations/nato/members", &["/items/0/kind"]),
    ("/v1/agreements", "/v1/agreements", &["/items/0/id"]),
    ("/v1/agreements/{id}", "/v1/agreements/abraham-accords", &["/entity/id"]),
    ("/v1/agreements/{id}/parties", "/v1/agreements/abraham-accords/parties", &["/items/0/status"]),
    ("/v1/events", "/v1/events", &["/items/0/claims/0/quote"]),
    ("/v1/events/{id}", "/v1/events/{event}", &["/type", "/status", "/claims/0/id"]),
    ("/v1/events/{id}/claims", "/v1/events/{event}/claims", &["/items/0/quote"]),
    ("/v1/relations/{id}", "/v1/relations/{relation}", &["/kind", "/status", "/holds", "/claims/0/id"]),
    ("/v1/relations/{id}/claims", "/v1/relations/{relation}/claims", &["/items/0/quote"]),
    ("/v1/claims/{id}", "/v1/claims/{claim}", &["/type", "/status", "/quote", "/document/id"]),
    ("/v1/claims/{id}/evidence", "/v1/claims/{claim}/evidence", &["/sentence", "/start", "/end"]),
    ("/v1/documents", "/v1/documents", &["/items/0/version"]),
    ("/v1/documents/{id}", "/v1/documents/{document}", &["/id", "/said"]),
    ("/v1/disputes", "/v1/disputes", &["/items/0/denied_by/0"]),
    ("/v1/promises", "/v1/promises", &["/items/0/outcome"]),
    ("/v1/promises/records", "/v1/promises/records", &["/items/0/kept", "/items/0/hit_rate"]),
    ("/v1/changes", "/v1/changes?since=1960-01-01", &["/items/0/change"]),
    ("/v1/paths", "/v1/paths?from=KAZ&to=USA&max=4", &["/paths", "/from/id"]),
    ("/v1/network", "/v1/network?format=node-link", &["/nodes/0/id", "/manifest/nodes"]),
    ("/v1/network/measures", "/v1/network/measures", &["/items/0/page_rank"]),
    (
        "/v1/resolve",
        "/v1/resolve?name=Kazakhstan&lang=en&context=Kazakhstan%20joined",
        &["/id", "/answers/0/reasons/0/code"],
    ),
    ("/v1/search", "/v1/search?q=kazakhstan", &["/items/0/kind"]),
    ("/openapi.json", "/openapi.json", &["/openapi", "/paths"]),
    ("/healthz", "/healthz", &["/status"]),
    ("/readyz", "/readyz", &["/status", "/revision"]),
];

/// What is no JSON: the question and the beginning of its media type.
const OTHERS: &[(&str, &str)] = &[
    ("/", "text/html"),
    ("/docs/", "text/html"),
    ("/metrics", "application/openmetrics-text"),
    ("/ontology", "text/turtle"),
    ("/sparql", "text/turtle"),
    ("/.well-known/void", "text/turtle"),
    ("/graphs?default", "text/turtle"),
    ("/sparql?query=ASK%20%7B%7D", "application/sparql-results+json"),
    ("/v1/network?format=gexf", "application/gexf+xml"),
    ("/v1/network?format=graphml", "application/graphml+xml"),
    ("/v1/network?format=dot", "text/vnd.graphviz"),
    ("/v1/network?format=cytoscape", "application/vnd.cytoscape+json"),
    ("/v1/network?format=csv", "text/csv"),
    ("/v1/countries.csv", "text/csv"),
    ("/v1/countries.geojson", "application/geo+json"),
    ("/v1/countries/KAZ.ttl", "text/turtle"),
    ("/v1/countries/KAZ.jsonld", "application/ld+json"),
];

/// Filters that lists share, by the lists that have them.
const FILTERS: &[(&str, &[&str])] = &[
    ("/v1/events", &["kind", "with", "status", "sign", "since", "until", "min_sources", "as_of", "as_known", "lang"]),
    (
        "/v1/countries/KAZ/relations",
        &["kind", "with", "status", "sign", "since", "until", "min_sources", "as_of", "as_known", "lang"],
    ),
    (
        "/v1/dyads/KAZ/USA",
        &["kind", "with", "status", "sign", "since", "until", "min_sources", "as_of", "as_known", "lang"],
    ),
    ("/v1/network", &["kind", "status", "sign", "min_sources", "as_of", "as_known", "lang"]),
    ("/v1/promises", &["kind", "with", "status", "since", "until", "as_known", "lang"]),
    ("/v1/disputes", &["kind", "with", "since", "until", "as_known", "lang"]),
];

/// Writes and what is asked with a body: method, path, media type, body, status without a token, with one.
const WRITES: &[(&str, &str, &str, &str, u16, u16)] = &[
    ("POST", "/v1/documents", "application/json", DOCUMENT, 401, 201),
    ("DELETE", "/v1/documents/interface-1", "", "", 401, 204),
    ("POST", "/v1/extract", "application/json", DOCUMENT, 200, 200),
    ("POST", "/v1/validate", "text/turtle", "", 200, 200),
    ("POST", "/sparql", "application/sparql-query", "ASK {}", 200, 200),
    ("POST", "/sparql", "application/sparql-update", UPDATE, 401, 204),
    ("POST", "/update", "application/sparql-update", UPDATE, 401, 204),
    ("PUT", "/graphs?graph=urn:g", "text/turtle", "<urn:a> <urn:b> 1 .", 401, 204),
    ("POST", "/graphs?graph=urn:g", "text/turtle", "<urn:a> <urn:b> 2 .", 401, 204),
    ("PUT", "/graphs/one", "text/turtle", "<urn:a> <urn:b> 1 .", 401, 201),
    ("DELETE", "/graphs?graph=urn:g", "", "", 401, 204),
    ("PUT", "/graphs?default", "text/turtle", "<urn:a> <urn:b> 1 .", 401, 403),
];

const DOCUMENT: &str =
    r#"{"id":"interface-1","lang":"en","published":"2026-01-05","text":"France recalled its ambassador to Mali."}"#;
const UPDATE: &str = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }";

/// A question with ids that the samples have.
fn with_ids(question: &str) -> Result<String> {
    let snapshot = SAMPLES.snapshot();
    let event = snapshot.fusion.events.iter().next().context("an event")?.id.to_string();
    let claim = snapshot.claims.keys().next().context("a claim")?.to_string();
    let document = snapshot.documents.keys().next().context("a document")?.to_string();
    let told = snapshot.fusion.states.iter().find(|state| !state.supported_by.is_empty());
    let relation = told.context("a relation that the news tells")?.id.to_string();
    let question = question.replace("{relation}", &relation);
    Ok(question.replace("{event}", &event).replace("{claim}", &claim).replace("{document}", &document))
}

#[tokio::test]
async fn every_promised_read_is_there() -> Result<()> {
    let server = server()?;
    let described = json(&server, "/openapi.json").await?;
    for (path, question, places) in READS {
        let question = with_ids(question)?;
        ensure!(described["paths"][path]["get"].is_object(), "{path} is not in the OpenAPI document");
        let answer = json(&server, &question).await?;
        for place in *places {
            ensure!(answer.pointer(place).is_some(), "{question}: nothing at {place} in {answer:#}");
        }
    }
    Ok(())
}

/// What is promised is all that there is: a new path is a promise too, and stands in the list.
#[tokio::test]
async fn no_read_is_there_that_is_not_promised() -> Result<()> {
    let described = json(&server()?, "/openapi.json").await?;
    for (path, item) in described["paths"].as_object().context("paths")? {
        let known = READS.iter().any(|(known, ..)| known == path)
            || OTHERS.iter().any(|(known, _)| known.split('?').next() == Some(path))
            || WRITES.iter().any(|(_, known, ..)| known.split('?').next() == Some(path))
            || matches!(path.as_str(), "/graphs/{path}" | "/ontology/{file}");
        ensure!(known || item.get("get").is_none(), "{path} is in no list of promises");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_no_json_has_its_media_type() -> Result<()> {
    let server = server()?;
    for (question, media_type) in OTHERS {
        let answer = get(&server, question).await?;
        assert_eq!(answer.status.as_u16(), 200, "{question}: {}", String::from_utf8_lossy(&answer.body));
        ensure!(answer.header("content-type").starts_with(media_type), "{question}: {}", answer.header("content-type"));
        ensure!(!answer.body.is_empty(), "{question}");
    }
    Ok(())
}

#[tokio::test]
async fn lists_take_the_filters_that_they_promise() -> Result<()> {
    let server = server()?;
    let value = |path: &str, name: &str| match (path, name) {
        ("/v1/countries/KAZ/relations" | "/v1/dyads/KAZ/USA", "kind") => "party-to,diplomatic-relations",
        ("/v1/countries/KAZ/relations" | "/v1/dyads/KAZ/USA", "status") => "announced,in-force",
        (_, "kind") => "meet,visit",
        ("/v1/promises", "status") => "open,kept",
        (_, "status") => "occurred,planned",
        (_, "with") => "USA,org:nato",
        (_, "sign") => "-1",
        (_, "min_sources") => "1",
        (_, "lang") => "ar",
        _ => "2025-11-07",
    };
    for (path, names) in FILTERS {
        for name in *names {
            json(&server, &format!("{path}?{name}={}", value(path, name))).await?;
        }
        let unknown = get(&server, &format!("{path}?colour=red")).await?;
        assert_eq!(unknown.status.as_u16(), 400, "{path}");
        assert_eq!(unknown.json()?["code"], "unknown-parameter", "{path}");
    }
    for code in ["KAZ", "iso2:KZ", "wikidata:Q232", "cow:705"] {
        assert_eq!(json(&server, &format!("/v1/countries/{code}")).await?["id"], "KAZ", "{code}");
    }
    Ok(())
}

async fn ask(server: &axum::Router, line: &(&str, &str, &str, &str, u16, u16), token: Option<&str>) -> Result<Answer> {
    let (method, path, media_type, body, ..) = line;
    let mut request = Request::builder().method(*method).uri(*path);
    if !media_type.is_empty() {
        request = request.header("content-type", *media_type);
    }
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    send(server, request.body(Body::from((*body).to_owned()))?).await
}

#[tokio::test]
async fn writes_need_a_token_and_then_are_done() -> Result<()> {
    let server = own_server()?;
    for line in WRITES {
        let (method, path, media_type, _, without, with) = line;
        let shown = format!("{method} {path} {media_type}");
        let answer = ask(&server, line, None).await?;
        assert_eq!(answer.status.as_u16(), *without, "{shown}: {}", String::from_utf8_lossy(&answer.body));
        let answer = ask(&server, line, Some("abc")).await?;
        assert_eq!(answer.status.as_u16(), *with, "{shown}: {}", String::from_utf8_lossy(&answer.body));
    }
    Ok(())
}

/// Every error is a problem with the fields that programs read.
#[tokio::test]
async fn errors_are_problems() -> Result<()> {
    let server = server()?;
    for (question, status, code) in [
        ("/v1/countries?limit=201", 400, "invalid-parameter"),
        ("/v1/countries/XXX", 404, "not-found"),
        ("/v1/countries.gexf", 406, "not-acceptable"),
        ("/v1/events?since=yesterday", 400, "invalid-parameter"),
        ("/v1/events?colour=red", 400, "unknown-parameter"),
        ("/sparql?query=SELECT", 400, "invalid-query"),
        ("/nowhere", 404, "not-found"),
    ] {
        let answer = get(&server, question).await?;
        assert_eq!(answer.header("content-type"), "application/problem+json", "{question}");
        let problem: Value = answer.json()?;
        assert_eq!((&problem["status"], &problem["code"]), (&status.into(), &code.into()), "{question}");
        for field in ["type", "title", "detail"] {
            ensure!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{question}: {field}");
        }
    }
    Ok(())
}

/// Whatever is read has a validator, and is not sent twice.
#[tokio::test]
async fn reads_are_validated_and_compressed() -> Result<()> {
    let server = server()?;
    for (_, question, _) in READS.iter().filter(|(path, ..)| path.starts_with("/v1/") && *path != "/v1/resolve") {
        let question = with_ids(question)?;
        let first = get(&server, &question).await?;
        let etag = first.header("etag").to_owned();
        ensure!(etag.starts_with("W/\""), "{question}: {etag:?}");
        let again = Request::get(&question).header("if-none-match", &etag).body(Body::empty())?;
        assert_eq!(send(&server, again).await?.status.as_u16(), 304, "{question}");
    }
    for coding in ["gzip", "br"] {
        let request = Request::get("/v1/countries").header("accept-encoding", coding).body(Body::empty())?;
        assert_eq!(send(&server, request).await?.header("content-encoding"), coding);
    }
    Ok(())
}

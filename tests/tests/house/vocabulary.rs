//! `/ontology` for people and programs.

use crate::{get, send, server};
use anyhow::Result;
use axum::body::Body;
use axum::http::{Request, StatusCode};

#[tokio::test]
async fn the_vocabulary_is_a_page_for_people_and_a_graph_for_programs() -> Result<()> {
    let server = server()?;
    let accept = async |accept: &str| {
        send(&server, Request::get("/ontology").header("accept", accept).body(Body::empty())?).await
    };
    for (wanted, given, part) in [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8", "id=\"RelationState\""),
        ("*/*", "text/turtle; charset=utf-8", "dip:RelationState a "),
        ("application/ld+json", "application/ld+json", "\"@context\""),
        ("application/rdf+xml", "application/rdf+xml", "<rdf:RDF"),
        ("application/n-triples", "application/n-triples", "<https://w3id.org/chancery/ontology#Visit>"),
    ] {
        let answer = accept(wanted).await?;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, given), "{wanted}");
        assert!(String::from_utf8(answer.body)?.contains(part), "{wanted}: {part}");
    }
    assert_eq!(accept("image/png").await?.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(get(&server, "/ontology?format=yaml").await?.status, StatusCode::BAD_REQUEST);
    assert_eq!(get(&server, "/ontology?colour=red").await?.status, StatusCode::BAD_REQUEST);
    Ok(())
}

#[tokio::test]
async fn the_page_speaks_the_language_asked_for() -> Result<()> {
    let server = server()?;
    let arabic = get(&server, "/ontology?format=html&lang=ar").await?;
    assert_eq!(arabic.header("content-language"), "ar");
    assert!(String::from_utf8(arabic.body)?.contains("<html lang=\"ar\" dir=\"rtl\">"));
    let request = Request::get("/ontology?format=html").header("accept-language", "fr-CH, fr;q=0.9, en;q=0.8");
    let french = send(&server, request.body(Body::empty())?).await?;
    assert_eq!(french.header("content-language"), "fr");
    assert_eq!(get(&server, "/ontology/page.css").await?.header("content-type"), "text/css; charset=utf-8");
    Ok(())
}

/// JSON-LD answers need nothing but themselves, and say what the other formats say.
#[tokio::test]
async fn json_ld_answers_have_the_names_of_the_context() -> Result<()> {
    let server = server()?;
    let json = get(&server, "/v1/countries/KAZ/relations.jsonld").await?.json()?;
    assert_eq!(json["@context"]["id"], "@id", "{json}");
    let states = json["@graph"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_state = |node: &&serde_json::Value| node["type"] == "RelationState" && node["status"] == "Announced";
    assert!(states.iter().find(is_state).is_some_and(|state| state["kind"] == "PartyTo"), "{json:#}");
    let context = get(&server, "/ontology/context.jsonld").await?;
    assert_eq!(context.header("content-type"), "application/ld+json");
    assert_eq!(context.json()?["@context"]["status"]["@id"], "dip:status");
    Ok(())
}

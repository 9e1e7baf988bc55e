//! The graph as linked data: IRIs that answer, and a description that programs find.

use crate::{SAMPLES, get, json, send, server};
use anyhow::{Context, Result, ensure};
use axum::body::Body;
use axum::http::Request;

async fn redirected(path: &str, accept: &str) -> Result<(u16, String)> {
    let answer = send(&server()?, Request::get(path).header("accept", accept).body(Body::empty())?).await?;
    Ok((answer.status.as_u16(), answer.header("location").to_owned()))
}

/// Every kind of thing that the graph names leads, in every format, to an answer that tells of it.
#[tokio::test]
async fn iris_lead_to_what_tells_of_them() -> Result<()> {
    let server = server()?;
    let snapshot = SAMPLES.snapshot();
    let claim = snapshot.claims.keys().next().context("a claim")?.to_string();
    let event = snapshot.fusion.events.iter().next().context("an event")?.id.to_string();
    let relation = snapshot.fusion.states.iter().next().context("a relation")?.id.to_string();
    let promise = snapshot.fusion.promises.iter().next().context("a promise")?.id.to_string();
    let document = json(&server, "/v1/documents?limit=1").await?["items"][0]["iri"].clone();
    let document = document.as_str().context("an IRI")?.replace("https://w3id.org/chancery/id/", "");
    for name in [
        "state/KAZ".to_owned(),
        "org/nato".to_owned(),
        "agreement/abraham-accords".to_owned(),
        "dyad/KAZ-USA".to_owned(),
        format!("claim/{claim}"),
        format!("evidence/{claim}"),
        format!("event/{event}"),
        format!("relation/{relation}"),
        format!("promise/{promise}"),
        document,
    ] {
        for (accept, media_type) in [
            ("application/json", "application/"),
            ("text/turtle", "text/turtle"),
            ("application/ld+json", "application/ld+json"),
            ("application/n-triples;q=0.9, text/plain;q=0.1", "application/n-triples"),
            ("text/html,application/xhtml+xml,*/*;q=0.8", ""),
        ] {
            let (status, place) = redirected(&format!("/id/{name}"), accept).await?;
            assert_eq!(status, 303, "{name} {accept}");
            let answer = get(&server, &place).await?;
            assert_eq!(answer.status.as_u16(), 200, "{name} {accept}: {place}");
            ensure!(answer.header("content-type").starts_with(media_type), "{name} {accept}: {place}");
            ensure!(!answer.body.is_empty(), "{name} {accept}: {place}");
        }
    }
    assert_eq!(redirected("/id/state/KAZ", "text/html").await?.1, "/?country=KAZ");
    assert_eq!(redirected("/id/state/KAZ", "application/json").await?.1, "/v1/countries/KAZ");
    let links = get(&server, "/id/state/KAZ").await?.header("link").to_owned();
    for word in ["rel=\"alternate\"; type=\"text/turtle\"", "</.well-known/void>; rel=\"describedby\""] {
        ensure!(links.contains(word), "{links}");
    }
    Ok(())
}

#[tokio::test]
async fn what_the_graph_does_not_name_is_not_found() -> Result<()> {
    for name in ["state/XXX", "claim/none", "event/none", "relation/none", "nothing/at-all", "state", "%FF"] {
        assert_eq!(redirected(&format!("/id/{name}"), "application/json").await?.0, 404, "{name}");
    }
    assert_eq!(redirected("/id/state/KAZ", "image/png").await?.0, 406);
    Ok(())
}

#[tokio::test]
async fn the_data_set_is_described() -> Result<()> {
    let server = server()?;
    let request = Request::get("/.well-known/void").header("host", "graph.example.org:81").body(Body::empty())?;
    let answer = send(&server, request).await?;
    assert_eq!(answer.header("content-type"), "text/turtle; charset=utf-8");
    let text = String::from_utf8(answer.body)?;
    for word in ["<http://graph.example.org:81/sparql>", "<http://graph.example.org:81/openapi.json>"] {
        ensure!(text.contains(word), "{word} is not in {text}");
    }
    let request = Request::get("/.well-known/void").header("accept", "application/n-triples").body(Body::empty())?;
    let triples = String::from_utf8(send(&server, request).await?.body)?;
    let claims = SAMPLES.snapshot().claims.len();
    for word in [
        "<http://rdfs.org/ns/void#sparqlEndpoint>".to_owned(),
        "<http://www.w3.org/ns/dcat#DataService>".to_owned(),
        "<http://rdfs.org/ns/void#uriSpace> \"https://w3id.org/chancery/id/\"".to_owned(),
        format!("<http://rdfs.org/ns/void#entities> \"{claims}\"^^<http://www.w3.org/2001/XMLSchema#integer>"),
    ] {
        ensure!(triples.contains(&word), "{word} is not in {triples}");
    }
    ensure!(!triples.contains("_:"), "the same data set is described in the same bytes: {triples}");
    Ok(())
}

#[tokio::test]
async fn the_root_leads_to_what_can_be_asked() -> Result<()> {
    let server = server()?;
    let answer = get(&server, "/").await?;
    let links: Vec<&str> = answer.headers.get_all("link").iter().filter_map(|value| value.to_str().ok()).collect();
    let links = links.join(", ");
    for (place, relation) in
        [("/openapi.json", "service-desc"), ("/docs/", "service-doc"), ("/.well-known/void", "describedby")]
    {
        ensure!(links.contains(&format!("<{place}>; rel=\"{relation}\"")), "{links}");
        assert_eq!(get(&server, place).await?.status.as_u16(), 200, "{place}");
    }
    Ok(())
}

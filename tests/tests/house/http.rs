//! What the server answers, and how it refuses.

use crate::{get, json, own_server, send, server};
use anyhow::Result;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json as value;

/// A query text in a URL.
fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

pub(crate) async fn check_problem(request: Request<Body>, status: u16, code: &str) -> Result<()> {
    let shown = format!("{} {}", request.method(), request.uri());
    let answer = send(&server()?, request).await?;
    assert_eq!(answer.status.as_u16(), status, "{shown}: {}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.header("content-type"), "application/problem+json", "{shown}");
    let problem = answer.json()?;
    assert_eq!((&problem["code"], &problem["status"]), (&code.into(), &status.into()), "{shown}");
    assert_eq!(problem["type"], format!("https://w3id.org/chancery/problems/{code}"));
    assert!(!problem["detail"].as_str().unwrap_or_default().is_empty(), "{shown}");
    Ok(())
}

fn read(path: &str) -> Result<Request<Body>> {
    Ok(Request::get(path).body(Body::empty())?)
}

#[tokio::test]
async fn mistakes_are_named() -> Result<()> {
    for (path, status, code) in [
        ("/v1/countries?colour=red", 400, "unknown-parameter"),
        ("/v1/countries?limit=0", 400, "invalid-parameter"),
        ("/v1/countries?limit=many", 400, "invalid-parameter"),
        ("/v1/countries/XXX", 404, "not-found"),
        ("/v1/countries/org:nato", 404, "not-found"),
        ("/v1/countries/KAZ/relations?kind=friendship", 400, "invalid-parameter"),
        ("/v1/countries/KAZ/relations?as_of=yesterday", 400, "invalid-parameter"),
        ("/v1/countries/KAZ/network?depth=9", 400, "invalid-parameter"),
        ("/v1/claims/none", 404, "not-found"),
        ("/v1/events?status=perhaps", 400, "invalid-parameter"),
        ("/v1/network?format=xls", 400, "invalid-parameter"),
        ("/v1/network?kind=friendship", 400, "invalid-parameter"),
        ("/v1/resolve", 400, "invalid-parameter"),
        ("/v1/resolve?name=x&lang=tlh", 400, "invalid-parameter"),
        ("/v1/resolve?name=x&day=2015", 400, "unknown-parameter"),
        ("/no/such/page", 404, "not-found"),
        ("/sparql?query=SELECT", 400, "invalid-query"),
        ("/sparql?q=x", 400, "unknown-parameter"),
        ("/graphs?graph=urn:none", 404, "not-found"),
        ("/id/state/XXXX", 404, "not-found"),
    ] {
        check_problem(read(path)?, status, code).await?;
    }
    let unacceptable = Request::get("/v1/network").header("accept", "image/png").body(Body::empty())?;
    check_problem(unacceptable, 406, "not-acceptable").await?;
    check_problem(Request::delete("/v1/countries").body(Body::empty())?, 405, "method-not-allowed").await
}

#[tokio::test]
async fn the_query_endpoint_reaches_nowhere() -> Result<()> {
    let query = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }";
    check_problem(read(&format!("/sparql?query={}", escaped(query)))?, 403, "query-refused").await?;
    let load = Request::post("/update")
        .header("content-type", "application/sparql-update")
        .header("authorization", "Bearer abc")
        .body(Body::from("LOAD <http://127.0.0.1:1/> INTO GRAPH <urn:g>"))?;
    check_problem(load, 403, "query-refused").await
}

#[tokio::test]
async fn queries_come_in_three_ways_and_eight_formats() -> Result<()> {
    let server = server()?;
    let select = "SELECT ?s WHERE { ?s a dip:Claim } LIMIT 2";
    let by_form = Request::post("/sparql")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("query={}", escaped(select))))?;
    let by_body =
        Request::post("/sparql").header("content-type", "application/sparql-query").body(Body::from(select))?;
    for request in [read(&format!("/sparql?query={}", escaped(select)))?, by_form, by_body] {
        let answer = send(&server, request).await?;
        assert_eq!(answer.json()?["results"]["bindings"].as_array().map(Vec::len), Some(2));
    }
    let construct = "CONSTRUCT { ?s a dip:Claim } WHERE { ?s a dip:Claim } LIMIT 2";
    for (query, media_type) in [
        (select, "application/sparql-results+json"),
        (select, "application/sparql-results+xml"),
        (select, "text/csv"),
        (select, "text/tab-separated-values"),
        (construct, "text/turtle"),
        (construct, "application/n-triples"),
        (construct, "application/rdf+xml"),
        (construct, "application/ld+json"),
    ] {
        let request = Request::get(format!("/sparql?query={}", escaped(query))).header("accept", media_type);
        let answer = send(&server, request.body(Body::empty())?).await?;
        assert_eq!(answer.status, StatusCode::OK, "{media_type}");
        assert!(answer.header("content-type").starts_with(media_type), "{media_type}");
        assert!(!answer.body.is_empty());
    }
    let description = get(&server, "/sparql").await?;
    assert!(String::from_utf8(description.body)?.contains("sparql-service-description"));
    Ok(())
}

#[tokio::test]
async fn lists_have_pages() -> Result<()> {
    let server = server()?;
    let first = get(&server, "/v1/countries?limit=150").await?;
    assert!(first.header("link").contains("rel=\"next\""));
    let page = first.json()?;
    let next = page["next"].as_str().unwrap_or_default();
    let second = json(&server, &format!("/v1/countries?limit=150&cursor={next}")).await?;
    let count = |page: &serde_json::Value| page["items"].as_array().map_or(0, Vec::len);
    assert_eq!(count(&page) + count(&second), page["total"].as_u64().unwrap_or_default() as usize);
    assert_eq!(second["next"], serde_json::Value::Null);
    check_problem(read(&format!("/v1/events?limit=150&cursor={next}"))?, 400, "invalid-parameter").await
}

#[tokio::test]
async fn countries_go_by_many_codes() -> Result<()> {
    let server = server()?;
    for code in ["KAZ", "iso2:KZ", "wikidata:Q232", "cow:705"] {
        assert_eq!(json(&server, &format!("/v1/countries/{code}")).await?["id"], "KAZ", "{code}");
    }
    Ok(())
}

#[tokio::test]
async fn names_resolve_with_reasons() -> Result<()> {
    let server = server()?;
    let path = format!("/v1/resolve?lang=en&date=2015-07-01&name={}", escaped("the US president"));
    let answer = json(&server, &path).await?;
    assert_eq!((&answer["id"], &answer["answers"][0]["actor"]["id"]), (&"person:barack-obama".into(), &"USA".into()));
    assert!(answer["answers"][0]["reasons"].as_array().is_some_and(|reasons| reasons.len() >= 2), "{answer}");
    let context = escaped("Voters in Atlanta said Georgia was close.");
    let answer = json(&server, &format!("/v1/resolve?lang=en&name=Georgia&context={context}")).await?;
    assert_eq!((&answer["id"], &answer["answers"][0]["id"]), (&value!(null), &"GEO".into()));
    let unknown = json(&server, "/v1/resolve?name=Ruritania").await?;
    assert_eq!((&unknown["id"], &unknown["answers"]), (&value!(null), &value!([])));
    assert_eq!(json(&server, "/v1/countries/PRI").await?["sovereign"], "USA");
    Ok(())
}

#[tokio::test]
async fn a_claim_leads_to_its_words() -> Result<()> {
    let server = server()?;
    let relations = json(&server, "/v1/countries/KAZ/relations").await?;
    let id = relations["states"][0]["claims"][0]["id"].as_str().unwrap_or_default().to_owned();
    let claim = json(&server, &format!("/v1/claims/{id}")).await?;
    assert_eq!(claim, relations["states"][0]["claims"][0]);
    let evidence = json(&server, &format!("/v1/claims/{id}/evidence")).await?;
    assert_eq!(evidence, claim["evidence"]);
    let dyad = json(&server, "/v1/dyads/KAZ/USA").await?;
    assert!(dyad["counts"]["cooperation"].as_u64() > Some(0), "{dyad:#}");
    Ok(())
}

#[tokio::test]
async fn unchanged_answers_are_not_sent_again() -> Result<()> {
    let server = server()?;
    let first = get(&server, "/v1/countries/KAZ").await?;
    let again = Request::get("/v1/countries/KAZ").header("if-none-match", first.header("etag")).body(Body::empty())?;
    let again = send(&server, again).await?;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(first.header("x-content-type-options"), "nosniff");
    assert!(first.header("content-security-policy").contains("default-src 'self'"));
    Ok(())
}

fn post(token: Option<&str>, media_type: &str, body: &str) -> Result<Request<Body>> {
    let request = Request::post("/v1/documents").header("content-type", media_type);
    let request = match token {
        Some(token) => request.header("authorization", format!("Bearer {token}")),
        None => request,
    };
    Ok(request.body(Body::from(body.to_owned()))?)
}

#[tokio::test]
async fn documents_are_written_with_a_token_only() -> Result<()> {
    let server = own_server()?;
    let document = value!({ "id": "new", "lang": "en", "published": "2026-01-05",
        "text": "France recalled its ambassador to Mali on Monday." })
    .to_string();
    check_problem(post(None, "application/json", &document)?, 401, "unauthorized").await?;
    check_problem(post(Some("wrong"), "application/json", &document)?, 401, "unauthorized").await?;
    let answer = send(&server, post(Some("abc"), "application/json", &document)?).await?;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.json()?["documents"][0]["outcome"], "added");
    let said = json(&server, "/v1/documents/new").await?;
    assert_eq!(said["said"][0]["type"], "recall-envoy", "{said:#}");
    let delete = Request::delete("/v1/documents/new").header("authorization", "Bearer abc").body(Body::empty())?;
    assert_eq!(send(&server, delete).await?.status, StatusCode::NO_CONTENT);
    assert_eq!(get(&server, "/v1/documents/new").await?.status, StatusCode::NOT_FOUND);
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_the_rest_goes_in() -> Result<()> {
    let server = own_server()?;
    let lines = "{\"id\":\"good\",\"lang\":\"en\",\"text\":\"France visited Mali.\"}\n{\"id\":\"broken\n";
    let answer = send(&server, post(Some("abc"), "application/x-ndjson", lines)?).await?;
    let report = answer.json()?;
    assert_eq!(
        (&report["documents"][0]["id"], &report["skipped"][0]["line"]),
        (&"good".into(), &2.into()),
        "{report:#}"
    );
    check_problem(post(Some("abc"), "application/json", "[]")?, 400, "invalid-body").await?;
    check_problem(post(Some("abc"), "text/plain", "")?, 422, "nothing-read").await?;
    check_problem(post(Some("abc"), "image/png", "x")?, 415, "unsupported-media-type").await
}

#[tokio::test]
async fn a_dry_run_shows_claims_and_triples_and_stores_nothing() -> Result<()> {
    let server = server()?;
    let before = json(&server, "/v1/documents").await?["total"].clone();
    let body = value!({ "lang": "en", "published": "2026-01-05", "text": "France recalled its ambassador to Mali." });
    let request = |path: &str| {
        Request::post(path.to_owned()).header("content-type", "application/json").body(Body::from(body.to_string()))
    };
    let claims = send(&server, request("/v1/extract")?).await?.json()?;
    assert_eq!(claims["documents"][0]["claims"][0]["status"], "occurred", "{claims:#}");
    let turtle = send(&server, request("/v1/extract?format=turtle")?).await?;
    assert!(String::from_utf8(turtle.body)?.contains("dip:RecallEnvoy"));
    assert_eq!(json(&server, "/v1/documents").await?["total"], before);
    Ok(())
}

#[tokio::test]
async fn the_derived_graph_is_read_only_and_named_graphs_are_not() -> Result<()> {
    let server = own_server()?;
    let update = |text: &str| {
        let request = Request::post("/update").header("content-type", "application/sparql-update");
        request.header("authorization", "Bearer abc").body(Body::from(text.to_owned()))
    };
    check_problem(update("INSERT DATA { <urn:a> <urn:b> 1 }")?, 403, "derived-graph-read-only").await?;
    let named = send(&server, update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")?).await?;
    assert_eq!(named.status, StatusCode::NO_CONTENT);
    let graph = get(&server, "/graphs?graph=urn:g").await?;
    assert!(String::from_utf8(graph.body)?.contains("<urn:b>"));
    Ok(())
}

#[tokio::test]
async fn iris_of_the_graph_answer() -> Result<()> {
    let server = server()?;
    for (accept, place) in [("application/json", "/v1/countries/KAZ"), ("text/html", "/?country=KAZ")] {
        let request = Request::get("/id/state/KAZ").header("accept", accept).body(Body::empty())?;
        let answer = send(&server, request).await?;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, place));
    }
    let request = Request::get("/id/state/KAZ").header("accept", "text/turtle").body(Body::empty())?;
    let place = send(&server, request).await?.header("location").to_owned();
    let turtle = get(&server, &place).await?;
    assert!(String::from_utf8(turtle.body)?.contains("Kazakhstan"), "{place}");
    Ok(())
}

#[tokio::test]
async fn the_openapi_document_names_every_route() -> Result<()> {
    let document = json(&server()?, "/openapi.json").await?;
    for path in [
        "/v1/countries",
        "/v1/countries/{id}",
        "/v1/countries/{id}/relations",
        "/v1/dyads/{a}/{b}",
        "/v1/events",
        "/v1/claims/{id}",
        "/v1/documents",
        "/v1/extract",
        "/v1/validate",
        "/v1/network",
        "/v1/resolve",
        "/healthz",
    ] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    Ok(())
}

#[tokio::test]
async fn the_page_and_its_policy_are_served() -> Result<()> {
    let server = server()?;
    let page = get(&server, "/").await?;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(get(&server, "/healthz").await?.json()?["status"], "ok");
    assert!(get(&server, "/readyz").await?.json()?["claims"].as_u64() > Some(0));
    assert!(String::from_utf8(get(&server, "/ontology").await?.body)?.contains("dip:RelationState"));
    Ok(())
}

//! Who is let in, how often, and what is noted of it.

use crate::{Answer, empty_state, get, send};
use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request, StatusCode};
use chancery_server::{AppState, AuditLog, Hosts, RateLimits, Tokens, router};
use serde_json::Value;
use std::num::NonZeroU32;
use std::sync::Arc;

/// A store of nothing, and the tokens "abc" (write), "def" (read) and "ghi" (admin).
fn empty() -> Result<AppState> {
    let mut state = empty_state()?;
    // Each hash is that of its token: `printf abc | sha256sum`.
    state.tokens = Some(Tokens::parse(
        "ann write ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
         ben read cb8379ac2098aa165029e3938a51da0bcecfc008fd6795f401178647f96c5b34
         cleo admin 50ae61e841fac4e8f9e40baf2ad36ec868922ea48368c18f9535e47db56dd7fb",
    )?);
    Ok(state)
}

/// The same, with one thing changed.
fn empty_with(change: impl FnOnce(&mut AppState)) -> Result<AppState> {
    let mut state = empty()?;
    change(&mut state);
    Ok(state)
}

async fn ask(server: &Router, method: &str, path: &str, headers: &[(&str, &str)]) -> Result<Answer> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(server, request.body(Body::empty())?).await
}

fn code(answer: &Answer) -> Result<String> {
    Ok(answer.json()?["code"].as_str().context("a problem has a code")?.to_owned())
}

#[tokio::test]
async fn roles_may_what_they_may() -> Result<()> {
    let server = router(empty()?);
    for (authorization, status, problem) in [
        (None, 401, "unauthorized"),
        (Some("Bearer wrong"), 401, "unauthorized"),
        (Some("Bearer"), 401, "unauthorized"),
        (Some("Digest abc"), 401, "unauthorized"),
        (Some("Bearer def"), 403, "forbidden"),
        // The password of a browser (x:abc) opens reads only.
        (Some("Basic eDphYmM="), 403, "forbidden"),
        (Some("Bearer abc"), 404, "not-found"),
        (Some("bearer abc"), 404, "not-found"),
        (Some("Bearer ghi"), 404, "not-found"),
    ] {
        let headers: Vec<(&str, &str)> = authorization.map(|value| ("authorization", value)).into_iter().collect();
        let answer = ask(&server, "DELETE", "/v1/documents/none", &headers).await?;
        assert_eq!((answer.status.as_u16(), code(&answer)?.as_str()), (status, problem), "{authorization:?}");
        if status == 401 {
            ensure!(answer.header("www-authenticate").starts_with("Bearer "), "{authorization:?}");
        }
    }
    // A wrong token is told of where none is needed, too.
    assert_eq!(ask(&server, "GET", "/v1/countries", &[("authorization", "Bearer wrong")]).await?.status, 401);
    Ok(())
}

#[tokio::test]
async fn a_token_is_seen_before_the_body_is_read() -> Result<()> {
    let server = router(empty()?);
    let endless = Body::from_stream(tokio_stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let request = Request::post("/v1/documents").header("content-type", "application/json").body(endless)?;
    assert_eq!(send(&server, request).await?.status, StatusCode::UNAUTHORIZED);
    Ok(())
}

#[tokio::test]
async fn a_server_can_be_read_only_or_closed() -> Result<()> {
    let read_only = router(empty_with(|state| state.read_only = true)?);
    let answer = ask(&read_only, "DELETE", "/v1/documents/x", &[("authorization", "Bearer ghi")]).await?;
    assert_eq!((answer.status, code(&answer)?.as_str()), (StatusCode::FORBIDDEN, "writes-disabled"));
    let without = router(empty_with(|state| state.tokens = None)?);
    assert_eq!(code(&ask(&without, "DELETE", "/v1/documents/x", &[]).await?)?, "writes-disabled");
    let closed = router(empty_with(|state| state.reads_need_token = true)?);
    for path in ["/v1/countries", "/sparql", "/", "/openapi.json", "/metrics", "/id/state/KAZ"] {
        assert_eq!(ask(&closed, "GET", path, &[]).await?.status, StatusCode::UNAUTHORIZED, "{path}");
        let let_in = ask(&closed, "GET", path, &[("authorization", "Bearer def")]).await?.status;
        ensure!(let_in.is_success() || let_in.is_redirection(), "{path}: {let_in}");
    }
    for path in ["/healthz", "/readyz"] {
        assert_eq!(ask(&closed, "GET", path, &[]).await?.status, StatusCode::OK, "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn a_name_that_is_not_ours_is_not_answered() -> Result<()> {
    let server = router(empty_with(|state| state.hosts = Hosts::Loopback(vec!["graph.example.org".to_owned()]))?);
    for (host, status) in [
        ("localhost:7878", 200),
        ("127.0.0.1:7878", 200),
        ("graph.example.org", 200),
        ("rebound.example.com", 421),
        ("rebound.example.com:7878", 421),
    ] {
        let answer = ask(&server, "GET", "/healthz", &[("host", host)]).await?;
        assert_eq!(answer.status.as_u16(), status, "{host}");
    }
    Ok(())
}

/// A form on another site can post what it likes, and the browser would send along what it knows.
#[tokio::test]
async fn other_sites_cannot_write() -> Result<()> {
    let server = router(empty()?);
    let token = ("authorization", "Bearer abc");
    let form = ("content-type", "application/x-www-form-urlencoded");
    for (headers, status) in [
        (&[token, form, ("origin", "https://evil.example"), ("host", "localhost:7878")][..], 403),
        (&[token, form, ("sec-fetch-site", "cross-site")], 403),
        (&[token, form, ("origin", "null")], 403),
        (&[form, ("sec-fetch-site", "same-origin")], 401),
        (&[token, form, ("origin", "http://localhost:7878"), ("host", "localhost:7878")], 204),
        (&[token, form], 204),
    ] {
        let mut request = Request::post("/update");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body =
            "update=INSERT%20DATA%20%7B%20GRAPH%20%3Curn%3Ag%3E%20%7B%20%3Curn%3Aa%3E%20%3Curn%3Ab%3E%201%20%7D%20%7D";
        let answer = send(&server, request.body(Body::from(body))?).await?;
        assert_eq!(answer.status.as_u16(), status, "{headers:?}: {}", String::from_utf8_lossy(&answer.body));
    }
    Ok(())
}

#[tokio::test]
async fn pages_of_other_sites_read_only_where_they_are_named() -> Result<()> {
    let origin = ("origin", "https://example.org");
    let shut = ask(&router(empty()?), "GET", "/v1/countries", &[origin]).await?;
    assert_eq!(shut.header("access-control-allow-origin"), "");
    let open = router(empty_with(|state| state.cors_origins = vec![HeaderValue::from_static("https://example.org")])?);
    let let_in = ask(&open, "GET", "/v1/countries", &[origin]).await?;
    assert_eq!(let_in.header("access-control-allow-origin"), "https://example.org");
    assert_eq!(let_in.header("access-control-allow-credentials"), "");
    let other = ask(&open, "GET", "/v1/countries", &[("origin", "https://evil.example")]).await?;
    assert_eq!(other.header("access-control-allow-origin"), "");
    Ok(())
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_again() -> Result<()> {
    let limits = RateLimits::new(NonZeroU32::new(2).context("two")?);
    let server = router(empty_with(|state| state.rate_limits = Some(Arc::new(limits)))?);
    let first = get(&server, "/healthz").await?;
    assert_eq!((first.status.as_u16(), first.header("ratelimit-policy")), (200, "\"default\";q=2;w=60"));
    ensure!(first.header("ratelimit").starts_with("\"default\";r=1;"), "{}", first.header("ratelimit"));
    get(&server, "/healthz").await?;
    let refused = get(&server, "/healthz").await?;
    assert_eq!((refused.status.as_u16(), code(&refused)?.as_str()), (429, "rate-limited"));
    let wait: u64 = refused.header("retry-after").parse()?;
    ensure!((1..=60).contains(&wait), "{wait}");
    // A token has a quota of its own.
    assert_eq!(ask(&server, "GET", "/healthz", &[("authorization", "Bearer def")]).await?.status, StatusCode::OK);
    Ok(())
}

#[tokio::test]
async fn every_answer_has_an_id_and_the_usual_headers() -> Result<()> {
    let server = router(empty()?);
    for path in ["/v1/countries/KAZ", "/v1/countries/XXX", "/", "/docs/", "/metrics", "/nowhere"] {
        let answer = get(&server, path).await?;
        ensure!(answer.header("x-request-id").len() == 36, "{path}: {:?}", answer.header("x-request-id"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        let policy = answer.header("content-security-policy");
        ensure!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{path}: {policy}");
        ensure!(!policy.contains("script-src 'unsafe") && !policy.contains("default-src 'unsafe"), "{path}: {policy}");
    }
    let given = ask(&server, "GET", "/healthz", &[("x-request-id", "trace-7")]).await?;
    assert_eq!(given.header("x-request-id"), "trace-7");
    Ok(())
}

#[tokio::test]
async fn writes_are_noted_and_reads_are_not() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("audit.jsonl");
    let log = Arc::new(AuditLog::open(&path)?);
    let server = router(empty_with(|state| state.audit = Some(log))?);
    ask(&server, "GET", "/v1/countries", &[]).await?;
    ask(&server, "DELETE", "/v1/documents/a", &[("x-request-id", "one")]).await?;
    ask(&server, "DELETE", "/v1/documents/a", &[("x-request-id", "two"), ("authorization", "Bearer abc")]).await?;
    let document = r#"{"id":"a","lang":"en","text":"France visited Mali."}"#;
    let post = Request::post("/v1/documents").header("content-type", "application/json");
    send(&server, post.header("authorization", "Bearer ghi").body(Body::from(document))?).await?;
    let text = std::fs::read_to_string(path)?;
    let lines: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let facts: Vec<(&str, &str, u64)> = lines
        .iter()
        .map(|line| {
            let word = |name: &str| line[name].as_str().unwrap_or("-");
            (word("method"), word("name"), line["status"].as_u64().unwrap_or_default())
        })
        .collect();
    assert_eq!(facts, [("DELETE", "-", 401), ("DELETE", "ann", 404), ("POST", "cleo", 201)], "{text}");
    assert_eq!((&lines[0]["problem"], &lines[2]["revision"]), (&"unauthorized".into(), &1.into()));
    Ok(())
}

#[tokio::test]
async fn what_happens_is_counted() -> Result<()> {
    let server = router(empty()?);
    for path in [
        "/v1/countries/KAZ",
        "/v1/countries/KAZ",
        "/v1/countries/XXX",
        "/nowhere",
        "/sparql?query=ASK%20%7B%7D",
        "/sparql?query=SELECT",
    ] {
        get(&server, path).await?;
    }
    let answer = get(&server, "/metrics").await?;
    ensure!(answer.header("content-type").starts_with("application/openmetrics-text"));
    let text = String::from_utf8(answer.body)?;
    for line in [
        "chancery_requests_total{method=\"GET\",route=\"/v1/countries/{id}\",status=\"200\"} 2",
        "chancery_requests_total{method=\"GET\",route=\"/v1/countries/{id}\",status=\"404\"} 1",
        "chancery_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "chancery_request_duration_seconds_count{route=\"/v1/countries/{id}\"} 3",
        "chancery_problems_total{code=\"not-found\"} 2",
        "chancery_evaluations_total{outcome=\"ok\"} 1",
        "chancery_evaluations_total{outcome=\"invalid-query\"} 1",
        "chancery_answers_total{outcome=\"hit\"} 1",
        "chancery_requests_in_flight 1",
        "chancery_documents 0",
        "# EOF",
    ] {
        ensure!(text.lines().any(|known| known == line), "{line} is not in:\n{text}");
    }
    ensure!(text.contains("chancery_snapshot_age_seconds "), "{text}");
    Ok(())
}

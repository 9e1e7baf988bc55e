//! What an operator meets: a full disk, a store that is still being read.

use crate::{PIPELINE, dispatches, get, send, server_over};
use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use chancery_store::Store;
use jiff::Timestamp;
use std::path::Path;

const DOCUMENT: &str =
    r#"{"id":"one","lang":"en","published":"2026-01-05","text":"France recalled its ambassador to Mali on Monday."}"#;
/// Writes of each kind: method, path, type, body.
const WRITES: [(&str, &str, &str, &str); 4] = [
    ("POST", "/v1/documents", "application/json", DOCUMENT),
    ("POST", "/v1/documents", "application/x-ndjson", DOCUMENT),
    ("POST", "/update", "application/sparql-update", "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"),
    ("PUT", "/graphs?graph=urn:h", "text/turtle", "<urn:a> <urn:b> 1 ."),
];

/// A store of some dispatches.
fn filled(folder: &Path) -> Result<Store> {
    let store = Store::open(folder, PIPELINE.world().clone(), PIPELINE.version().to_owned())?;
    PIPELINE.ingest(&store, dispatches()?.into_iter().take(3).collect(), Timestamp::UNIX_EPOCH, |_| {})?;
    Ok(store)
}

/// Status, code of the problem, and for how many seconds to wait.
async fn outcome(
    server: &Router,
    (method, path, form, body): (&str, &str, &str, &str),
) -> Result<(u16, String, String)> {
    let request = Request::builder().method(method).uri(path).header("authorization", "Bearer abc");
    let answer = send(server, request.header("content-type", form).body(Body::from(body.to_owned()))?).await?;
    let code = answer.json().ok().and_then(|problem| Some(problem.get("code")?.as_str()?.to_owned()));
    Ok((answer.status.as_u16(), code.unwrap_or_default(), answer.header("retry-after").to_owned()))
}

#[tokio::test]
async fn a_full_disk_is_told_and_nothing_is_lost() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let store = filled(folder.path())?;
    let server = server_over(store.clone())?;
    let before = get(&server, "/v1/events").await?.body;
    store.set_disk_reserve(u64::MAX);
    for write in WRITES {
        let (status, code, _) = outcome(&server, write).await?;
        assert_eq!((status, code.as_str()), (507, "storage-full"), "{write:?}");
    }
    assert_eq!(get(&server, "/v1/events").await?.body, before);
    assert_eq!(get(&server, "/graphs?graph=urn:h").await?.status, 404);
    store.set_disk_reserve(0);
    for write in WRITES {
        let (status, code, _) = outcome(&server, write).await?;
        assert!(status < 300, "{write:?}: {status} {code}");
    }
    Ok(())
}

/// A record that nobody can read keeps the store from being read to its end.
fn never_read(folder: &Path) -> Result<Store> {
    const RECORDS: redb::TableDefinition<'_, (&str, u64), &[u8]> = redb::TableDefinition::new("records");
    drop(filled(folder)?);
    let ledger = redb::Database::open(folder.join("ledger.redb"))?;
    let transaction = ledger.begin_write()?;
    transaction.open_table(RECORDS)?.insert(("zzz", 0), b"no record".as_slice())?;
    transaction.commit()?;
    drop(ledger);
    let store = Store::open_in_background(folder, PIPELINE.world().clone(), PIPELINE.version().to_owned())?;
    // Until the thread that reads it has met the record.
    assert!(store.wait_until_loaded().is_err());
    Ok(store)
}

#[tokio::test]
async fn a_store_that_is_still_read_answers_queries_and_says_so() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = server_over(never_read(folder.path())?)?;
    for path in ["/readyz", "/v1/countries/FRA/relations", "/v1/events", "/id/state/FRA"] {
        let answer = outcome(&server, ("GET", path, "", "")).await?;
        assert_eq!(answer, (503, "loading".to_owned(), "5".to_owned()), "{path}");
    }
    let document = outcome(&server, WRITES[0]).await?;
    assert_eq!((document.0, document.1.as_str()), (503, "loading"));
    assert_eq!(get(&server, "/healthz").await?.status, 200);
    let answer = get(&server, "/sparql?query=ASK%7B%3Fs%20a%20dip%3AClaim%7D").await?;
    assert_eq!(answer.json()?["boolean"], true);
    let (status, code, _) = outcome(&server, WRITES[2]).await?;
    assert!(status < 300, "named graphs are written: {status} {code}");
    Ok(())
}

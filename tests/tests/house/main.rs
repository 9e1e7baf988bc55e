//! The whole house at work: the sample dispatches through reading, fusing, storing and serving.
//!
//! One binary, since each that links the store is large.

mod access;
mod conformance;
mod course;
mod explain;
mod exports;
mod hostile;
mod http;
mod interfaces;
mod linked_data;
mod openapi;
mod operations;
mod questions;
mod reads;
mod sockets;
mod story;
mod validation;
mod vocabulary;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use chancery_model::{DataFiles, Document};
use chancery_pipeline::{Metadata, Pipeline};
use chancery_server::{AppState, Tokens, router};
use chancery_store::Store;
use jiff::Timestamp;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

/// Built once: reading the tables takes longer than most tests.
static PIPELINE: LazyLock<Arc<Pipeline>> =
    LazyLock::new(|| Arc::new(Pipeline::new(&DataFiles::embedded()).expect("the tables are well formed")));

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests stand in the root").to_owned()
}

/// The sample dispatches, in the order of their files.
fn dispatches() -> Result<Vec<Document>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root().join("data/dispatches"))?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "jsonl"));
    files.sort();
    let mut documents = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file)?;
        for read in PIPELINE.reader().read(&bytes, &file.display().to_string(), &Metadata::default()) {
            documents.push(read?);
        }
    }
    ensure!(documents.len() >= 60, "{} dispatches", documents.len());
    Ok(documents)
}

fn store_of(documents: Vec<Document>) -> Result<Store> {
    let store = Store::in_memory(PIPELINE.world().clone(), PIPELINE.version().to_owned())?;
    PIPELINE.ingest(&store, documents, Timestamp::UNIX_EPOCH, |_| {})?;
    Ok(store)
}

/// The dispatches in a store that all tests share, built once. Nobody writes to it.
static SAMPLES: LazyLock<Store> =
    LazyLock::new(|| dispatches().and_then(store_of).expect("the dispatches are read and stored"));

/// A server over the store that tests share.
fn server() -> Result<Router> {
    server_over(SAMPLES.clone())
}

/// A server over the dispatches in a store of its own, for tests that write.
fn own_server() -> Result<Router> {
    server_over(store_of(dispatches()?)?)
}

/// A server that takes the token "abc".
fn server_over(store: Store) -> Result<Router> {
    Ok(router(state_over(store)?))
}

/// What a server over a store of nothing begins with.
fn empty_state() -> Result<AppState> {
    state_over(store_of(Vec::new())?)
}

/// The state of a server that takes the token "abc".
fn state_over(store: Store) -> Result<AppState> {
    let mut state = AppState::new(store, PIPELINE.clone());
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    state.tokens = Some(Tokens::parse(&format!("test write {hash}"))?);
    state.clock = || Timestamp::UNIX_EPOCH;
    Ok(state)
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.body).with_context(|| String::from_utf8_lossy(&self.body).into_owned())
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

async fn send(router: &Router, request: Request<Body>) -> Result<Answer> {
    let response = router.clone().oneshot(request).await?;
    let (status, headers) = (response.status(), response.headers().clone());
    Ok(Answer { status, headers, body: to_bytes(response.into_body(), usize::MAX).await?.to_vec() })
}

async fn get(router: &Router, path: &str) -> Result<Answer> {
    send(router, Request::get(path).body(Body::empty())?).await
}

async fn json(router: &Router, path: &str) -> Result<Value> {
    let answer = get(router, path).await?;
    ensure!(answer.status == StatusCode::OK, "{path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
    answer.json()
}

//! `/healthz`: the process answers. `/readyz`: the store does, to look-ups and writes too.

use crate::error::{Code, Problem};
use crate::state::{AppState, blocking};
use axum::extract::State;
use axum::response::Json;
use chancery_store::StoreError;
use serde_json::{Value, json};
use std::sync::Arc;

const LOADING: &str = "the store is being read from its ledger: SPARQL is answered, look-ups and documents are not yet";
const LOADING_BEHIND: &str = "the store is being read from its ledger, to which its graph is then brought up: it was killed before the last documents were in it";
const LOADING_FIRST: &str =
    "the store is being read from its ledger, so that look-ups can be answered; then its graph is written anew";

/// The process answers
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, description = "It lives", body = Value)))]
pub(crate) async fn live() -> Json<Value> {
    Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

/// The store can be read; while it is being read after the start, SPARQL is answered already; while its graph is written anew for another
/// version, look-ups are
#[utoipa::path(get, path = "/readyz", tag = "health", 
    responses((status = 200, description = "It can be asked", body = Value)))]
pub(crate) async fn ready(State(state): State<Arc<AppState>>) -> Result<Json<Value>, Problem> {
    blocking(move || {
        state.store.probe()?;
        let whole = state.store.must_be_whole();
        let Some(snapshot) = state.store.loaded() else {
            let how = match whole {
                Ok(()) => LOADING,
                Err(StoreError::CatchingUp) => LOADING_BEHIND,
                Err(_) => LOADING_FIRST,
            };
            return Err(Problem::new(Code::Loading, how));
        };
        whole?;
        Ok(Json(json!({
            "status": "ok",
            "revision": snapshot.revision,
            "documents": snapshot.documents.len(),
            "claims": snapshot.claims.len(),
        })))
    })
    .await
}

//! `/healthz`: the process answers. `/readyz`: the store does.

use crate::error::Problem;
use crate::state::{AppState, blocking};
use axum::extract::State;
use axum::response::Json;
use serde_json::{Value, json};
use std::sync::Arc;

/// The process answers
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, description = "It lives")))]
pub(crate) async fn live() -> Json<Value> {
    Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

/// The store can be read
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 200, description = "It can be asked")))]
pub(crate) async fn ready(State(state): State<Arc<AppState>>) -> Result<Json<Value>, Problem> {
    blocking(move || {
        state.store.probe()?;
        let snapshot = state.store.snapshot();
        Ok(Json(json!({
            "status": "ok",
            "revision": snapshot.revision,
            "documents": snapshot.documents.len(),
            "claims": snapshot.claims.len(),
        })))
    })
    .await
}

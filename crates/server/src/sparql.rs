//! The SPARQL 1.1 Protocol, its service description, and the Graph Store Protocol.

mod description;
mod graph_store;
pub(crate) mod negotiate;
mod protocol;

use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use chancery_store::MAX_UPLOAD_BYTES;
use std::sync::Arc;

/// A request with some room for the form's escapes; the store has a tighter limit on the text.
const MAX_REQUEST_BYTES: usize = 1 << 20;

pub(crate) fn routes() -> Router<Arc<AppState>> {
    let queries = Router::new()
        .route("/sparql", get(protocol::get).post(protocol::post))
        .route("/update", post(protocol::post_update))
        .layer(DefaultBodyLimit::max(MAX_REQUEST_BYTES));
    let graphs = get(graph_store::get).put(graph_store::put).post(graph_store::post).delete(graph_store::delete);
    let graphs = Router::new()
        .route("/graphs", graphs.clone())
        .route("/graphs/{*path}", graphs)
        .layer(DefaultBodyLimit::max(MAX_UPLOAD_BYTES));
    queries.merge(graphs)
}

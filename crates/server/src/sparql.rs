//! The SPARQL 1.1 Protocol, its service description, and the Graph Store Protocol.

mod description;
mod graph_store;
pub(crate) mod negotiate;
mod protocol;
mod request;

use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use std::sync::Arc;

pub(crate) fn routes() -> Router<Arc<AppState>> {
    let graphs = get(graph_store::get).put(graph_store::put).post(graph_store::post).delete(graph_store::delete);
    // Bodies have limits of their own.
    let graphs = graphs.layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/sparql", get(protocol::get).post(protocol::post))
        .route("/update", post(protocol::post_update))
        .route("/graphs", graphs.clone())
        .route("/graphs/{*path}", graphs)
}

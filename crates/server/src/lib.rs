//! HTTP over a store: REST, the SPARQL protocol, OpenAPI, linked data, the explorer.
//!
//! The only async code. Whatever reads the store runs on threads for blocking work. Reads are open; writes need a token.

mod answer;
mod auth;
mod error;
mod explain;
mod format;
mod headers;
mod linked_data;
mod openapi;
mod pages;
mod parameters;
mod rest;
mod segments;
mod snapshots;
mod sparql;
mod state;
mod texts;
mod view;
mod wire;

pub use auth::{InvalidTokenFile, Role, Tokens};
pub use openapi::document as openapi;
pub use state::{AppState, ServeText};

use axum::Router;
use std::future::Future;
use std::sync::Arc;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// Every route over one store.
pub fn router(state: AppState) -> Router {
    let routes = routes(state);
    // The ending is cut off before a route is looked for.
    Router::new().fallback_service(tower::util::MapRequest::new(routes, format::cut_ending))
}

fn routes(state: AppState) -> Router {
    let state = Arc::new(state);
    let (rest, document) = openapi::routes().split_for_parts();
    rest.merge(sparql::routes())
        .merge(linked_data::routes())
        .merge(pages::routes(document))
        .fallback(pages::explorer)
        .method_not_allowed_fallback(error::method_not_allowed)
        .with_state(state.clone())
        .layer(axum::middleware::from_fn(headers::validate))
        .layer(axum::middleware::from_fn_with_state(state, headers::check_host))
        .layer(axum::middleware::from_fn(headers::add))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(CompressionLayer::new())
}

/// Serves until `shutdown` resolves; requests under way are answered.
///
/// # Errors
/// Where the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(shutdown).await
}

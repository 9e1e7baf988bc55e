//! HTTP over a store: REST, the SPARQL protocol, OpenAPI, linked data, the explorer.
//!
//! The only async code. Whatever reads the store runs on threads for blocking work. Reads are open unless told; writes need a
//! token.

mod access;
mod answer;
mod answers;
mod audit;
mod auth;
mod connections;
mod error;
mod explain;
mod format;
mod headers;
mod limits;
mod linked_data;
mod metrics;
mod observe;
mod openapi;
mod pages;
mod parameters;
mod rest;
mod search;
mod segments;
mod snapshots;
mod sparql;
mod state;
mod texts;
mod view;
mod wire;
mod writer;

pub use access::Hosts;
pub use audit::AuditLog;
pub use auth::{InvalidTokenFile, Role, Tokens};
pub use connections::{ConnectionLimits, serve};
pub use limits::RateLimits;
pub use state::{AppState, ServeText};

use axum::Router;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::IntoResponse;
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// How long nothing of a body may come.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Every route over one store.
pub fn router(state: AppState) -> Router {
    let state = Arc::new(state);
    // The ending is cut off before a route is looked for.
    let routes = tower::util::MapRequest::new(routes(&state), format::cut_ending);
    Router::new()
        .fallback_service(routes)
        .layer(from_fn_with_state(state.clone(), answers::keep))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(RequestBodyTimeoutLayer::new(BODY_TIMEOUT))
        .layer(CsrfLayer::new().with_rejection_response(|_| error::cross_origin().into_response()))
        .layer(cors(&state))
        .layer(from_fn_with_state(state.clone(), access::admit))
        .layer(map_response(error::as_problem))
        .layer(from_fn(headers::add))
        .layer(from_fn_with_state(state, observe::observe))
}

fn routes(state: &Arc<AppState>) -> Router {
    let (rest, _) = openapi::routes().split_for_parts();
    rest.merge(sparql::routes())
        .merge(linked_data::routes())
        .merge(pages::routes())
        .fallback(pages::explorer)
        .method_not_allowed_fallback(error::method_not_allowed)
        .route_layer(from_fn(observe::name_route))
        .with_state(state.clone())
        .layer(from_fn(headers::validate))
        .layer(CompressionLayer::new())
}

/// Pages of these sites may read, without credentials; no site unless told.
fn cors(state: &AppState) -> CorsLayer {
    if state.cors_origins.is_empty() {
        return CorsLayer::new();
    }
    let read = [Method::GET, Method::HEAD];
    CorsLayer::new().allow_origin(AllowOrigin::list(state.cors_origins.clone())).allow_methods(read)
}

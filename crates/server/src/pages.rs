//! The explorer, and the page of the OpenAPI document.

use crate::error::Problem;
use crate::linked_data::DESCRIBED_BY;
use crate::state::AppState;
use axum::Router;
use axum::http::{Method, Uri, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use std::sync::Arc;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Where programs find what can be asked (RFC 8631).
const SERVICE_LINKS: &str =
    "</openapi.json>; rel=\"service-desc\"; type=\"application/json\", </docs/>; rel=\"service-doc\"";

pub(crate) fn routes() -> Router<Arc<AppState>> {
    let docs = SwaggerUi::new("/docs").config(Config::from("/openapi.json"));
    Router::new().merge(docs)
}

/// The pages: everything that is no other route.
pub(crate) async fn explorer(method: Method, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let asset = chancery_explorer::asset(path).filter(|_| matches!(method, Method::GET | Method::HEAD));
    match asset {
        Some(asset) => {
            let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
            let headers = [(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, cache)];
            let links = path.is_empty().then_some([(header::LINK, SERVICE_LINKS), (header::LINK, DESCRIBED_BY)]);
            (headers, links.map(AppendHeaders), asset.bytes).into_response()
        }
        None => Problem::not_found("page or resource", uri.path()).into_response(),
    }
}

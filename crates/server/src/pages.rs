//! The explorer, the ontology, and the page of the OpenAPI document.

use crate::error::Problem;
use crate::state::AppState;
use axum::Router;
use axum::extract::Path;
use axum::http::{Method, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chancery_rdf::ontology;
use std::sync::Arc;
use utoipa_swagger_ui::{Config, SwaggerUi};

const TURTLE: &str = "text/turtle; charset=utf-8";

pub(crate) fn routes() -> Router<Arc<AppState>> {
    let docs = SwaggerUi::new("/docs").config(Config::from("/openapi.json"));
    Router::new()
        .route("/ontology", get(async || ([(header::CONTENT_TYPE, TURTLE)], ontology::DIPLOMACY)))
        .route("/ontology/{file}", get(ontology_file))
        .merge(docs)
}

async fn ontology_file(Path(name): Path<String>) -> Result<Response, Problem> {
    if name == "context.jsonld" {
        return Ok(([(header::CONTENT_TYPE, "application/ld+json")], ontology::CONTEXT).into_response());
    }
    let file = ontology::FILES.iter().find(|(known, _)| *known == name);
    let offer = || ontology::FILES.map(|(known, _)| known).join(", ");
    let (_, text) = file.ok_or_else(|| {
        Problem::new(crate::error::Code::NotFound, format!("no file {name:?}; there are {}, context.jsonld", offer()))
    })?;
    Ok(([(header::CONTENT_TYPE, TURTLE)], *text).into_response())
}

/// The pages: everything that is no other route.
pub(crate) async fn explorer(method: Method, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let asset = chancery_explorer::asset(path).filter(|_| matches!(method, Method::GET | Method::HEAD));
    match asset {
        Some(asset) => {
            let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
            let headers = [(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, cache)];
            (headers, asset.bytes).into_response()
        }
        None => Problem::not_found("page or resource", uri.path()).into_response(),
    }
}

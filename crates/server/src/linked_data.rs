//! `/id/…`: the IRIs of the graph answer. 303 to the page, the JSON, or the triples of what they name.

use crate::error::Problem;
use crate::sparql::negotiate::accepted;
use crate::state::AppState;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chancery_model::EntityKind;
use chancery_rdf::{GraphFormat, IriBase, Resource};
use std::sync::Arc;

const PAGE: &str = "text/html";
const JSON: &str = "application/json";

pub(crate) fn routes() -> Router<Arc<AppState>> {
    Router::new().route("/id/{*path}", get(redirect))
}

async fn redirect(Path(path): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let base = IriBase::default();
    let iri = format!("{}{path}", base.as_str());
    let unknown = || Problem::not_found("resource", &iri);
    let resource = base.parse_str(&iri).ok_or_else(unknown)?;
    let graphs = GraphFormat::ALL.map(GraphFormat::media_type);
    let offer: Vec<&str> = [JSON, PAGE].into_iter().chain(graphs).collect();
    let place = match accepted(&headers, &offer)? {
        PAGE => page(&resource),
        JSON => json(&resource).unwrap_or_else(|| describe(&iri, GraphFormat::JsonLd)),
        media_type => describe(&iri, GraphFormat::from_media_type(media_type).unwrap_or(GraphFormat::Turtle)),
    };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
}

fn page(resource: &Resource) -> String {
    match resource {
        Resource::Entity(id) if id.kind() == EntityKind::State => format!("/?country={id}"),
        _ => json(resource).unwrap_or_else(|| "/".to_owned()),
    }
}

fn json(resource: &Resource) -> Option<String> {
    Some(match resource {
        Resource::Entity(id) => match id.kind() {
            EntityKind::State => format!("/v1/countries/{id}"),
            EntityKind::Org => format!("/v1/organizations/{id}"),
            EntityKind::Agreement => format!("/v1/agreements/{id}"),
            _ => format!("/v1/actors/{id}"),
        },
        Resource::Claim(id) | Resource::Evidence(id) => format!("/v1/claims/{id}"),
        Resource::Event(id) => format!("/v1/events/{id}"),
        Resource::Dyad(a, b) => format!("/v1/dyads/{a}/{b}"),
        _ => return None,
    })
}

fn describe(iri: &str, format: GraphFormat) -> String {
    format!("/sparql?query=DESCRIBE%20%3C{}%3E&format={}", escape(iri), format.name())
}

/// Escapes what a query string may not hold.
fn escape(text: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(byte).collect()
}

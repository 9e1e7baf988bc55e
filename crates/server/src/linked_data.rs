//! `/id/…`: the IRIs of the graph answer. 303 to the page, the JSON, or the triples of what they name. What the data set is
//! stands at `/.well-known/void`.

mod void;

use crate::error::Problem;
use crate::segments::Id;
use crate::sparql::negotiate::accepted;
use crate::state::AppState;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chancery_model::EntityKind;
use chancery_rdf::{GraphFormat, IriBase, Resource};
use chancery_store::Snapshot;
use std::sync::Arc;

const PAGE: &str = "text/html";
const JSON: &str = "application/json";

pub(crate) fn routes() -> Router<Arc<AppState>> {
    Router::new().route("/id/{*path}", get(redirect)).route("/.well-known/void", get(void::get))
}

/// What describes the data set, for the header `Link` (RFC 8288) of what belongs to it.
pub(crate) const DESCRIBED_BY: &str = "</.well-known/void>; rel=\"describedby\"; type=\"text/turtle\"";

async fn redirect(State(state): State<Arc<AppState>>, Id(path): Id, headers: HeaderMap) -> Result<Response, Problem> {
    let base = IriBase::default();
    let iri = format!("{}{path}", base.as_str());
    let unknown = || Problem::not_found("resource", &iri);
    let resource = base.parse_str(&iri).ok_or_else(unknown)?;
    if !is_known(&*state.snapshot()?, &resource) {
        return Err(unknown());
    }
    let graphs = GraphFormat::ALL.map(GraphFormat::media_type);
    let offer: Vec<&str> = [JSON, PAGE].into_iter().chain(graphs).collect();
    let place = place(&resource, &iri, accepted(&headers, &offer)?);
    let links: Vec<String> = [PAGE, JSON, "text/turtle", "application/ld+json"]
        .into_iter()
        .map(|media_type| {
            format!("<{}>; rel=\"alternate\"; type=\"{media_type}\"", self::place(&resource, &iri, media_type))
        })
        .chain([DESCRIBED_BY.to_owned()])
        .collect();
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place), (header::LINK, links.join(", "))]).into_response())
}

/// Whether there is such a thing, as far as the snapshot tells; the rest is left to the graph.
fn is_known(snapshot: &Snapshot, resource: &Resource) -> bool {
    match resource {
        Resource::Entity(id) => {
            snapshot.world.entity(id).is_some()
                || snapshot.states_of(id).next().is_some()
                || snapshot.events_of(id).next().is_some()
        }
        Resource::Claim(id) | Resource::Evidence(id) | Resource::Attribution(id, _) | Resource::Participant(id, _) => {
            snapshot.claims.contains_key(id)
        }
        Resource::Event(id) => snapshot.event(id).is_some(),
        Resource::Relation(id) => snapshot.state(id).is_some(),
        Resource::Dyad(a, b) => [a, b].into_iter().all(|id| snapshot.world.entity(id).is_some()),
        _ => true,
    }
}

/// Where a resource is told of in one media type.
fn place(resource: &Resource, iri: &str, media_type: &str) -> String {
    match media_type {
        PAGE => page(resource).unwrap_or_else(|| describe(iri, GraphFormat::Turtle)),
        JSON => json(resource).unwrap_or_else(|| describe(iri, GraphFormat::JsonLd)),
        other => describe(iri, GraphFormat::from_media_type(other).unwrap_or(GraphFormat::Turtle)),
    }
}

fn page(resource: &Resource) -> Option<String> {
    match resource {
        Resource::Entity(id) if id.kind() == EntityKind::State => Some(format!("/?country={id}")),
        _ => json(resource),
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
        Resource::Relation(id) => format!("/v1/relations/{id}"),
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

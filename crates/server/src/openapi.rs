//! The routes that the OpenAPI document describes, and the document itself.

mod complete;
pub(crate) mod schema;

use crate::error::{Problem, ProblemBody};
use crate::rest;
use crate::state::{AppState, blocking};
use crate::vocabulary;
use axum::extract::State;
use axum::response::Json;
use serde_json::Value;
use std::sync::{Arc, LazyLock};
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Chancery",
        description = "A knowledge graph of diplomatic relations, read from the news. Every edge opens to the sentence \
                       behind it; plans and denials are never shown as facts; who says it, through whom, is kept."
    ),
    components(schemas(ProblemBody)),
    modifiers(&Credentials)
)]
struct Api;

/// How a caller shows who it is.
struct Credentials;

impl Modify for Credentials {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        for (name, scheme) in [("token", HttpAuthScheme::Bearer), ("password", HttpAuthScheme::Basic)] {
            components.add_security_scheme(name, SecurityScheme::Http(Http::new(scheme)));
        }
    }
}

/// Every documented route.
pub(crate) fn routes() -> OpenApiRouter<Arc<AppState>> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(rest::countries::list))
        .routes(routes!(rest::countries::get))
        .routes(routes!(rest::countries::relations))
        .routes(routes!(rest::countries::events))
        .routes(routes!(rest::countries::network))
        .routes(routes!(rest::dyads::get))
        .routes(routes!(rest::dyads::timeline))
        .routes(routes!(rest::dyads::claims))
        .routes(routes!(rest::trend::get))
        .routes(routes!(rest::events::list))
        .routes(routes!(rest::events::get))
        .routes(routes!(rest::claims::of_event))
        .routes(routes!(rest::relations::get))
        .routes(routes!(rest::claims::of_relation))
        .routes(routes!(rest::claims::get))
        .routes(routes!(rest::claims::evidence))
        .routes(routes!(rest::documents::list, rest::ingestion::post))
        .routes(routes!(rest::documents::get, rest::documents::delete))
        .routes(routes!(rest::extract::post))
        .routes(routes!(rest::validate::post))
        .routes(routes!(rest::network::get))
        .routes(routes!(rest::network::measures))
        .routes(routes!(rest::network::paths))
        .routes(routes!(rest::entities::agreements))
        .routes(routes!(rest::entities::agreement))
        .routes(routes!(rest::entities::parties))
        .routes(routes!(rest::entities::organizations))
        .routes(routes!(rest::entities::organization))
        .routes(routes!(rest::entities::organization_members))
        .routes(routes!(rest::entities::actors))
        .routes(routes!(rest::entities::actor))
        .routes(routes!(rest::resolve::get))
        .routes(routes!(rest::search::get))
        .routes(routes!(rest::changes::list))
        .routes(routes!(rest::disputes::list))
        .routes(routes!(rest::promises::list))
        .routes(routes!(rest::promises::records))
        .routes(routes!(vocabulary::vocabulary))
        .routes(routes!(vocabulary::file))
        .routes(routes!(rest::health::live))
        .routes(routes!(rest::health::ready))
        .routes(routes!(crate::metrics::get))
        .routes(routes!(get))
}

/// The document without ids of this store.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| complete::complete(&routes().into_openapi()));

/// This document, with examples that this store answers
#[utoipa::path(get, path = "/openapi.json", tag = "description", responses((status = 200, body = Value)))]
pub(crate) async fn get(State(state): State<Arc<AppState>>) -> Result<Json<Value>, Problem> {
    blocking(move || {
        let snapshot = state.snapshot()?;
        let claim = snapshot.claims.keys().next().map(ToString::to_string);
        let event = snapshot.fusion.events.iter().map(|event| event.id.to_string()).next();
        let document = snapshot.documents.keys().next().map(ToString::to_string);
        // What only the tables say has no claims to show.
        let told = snapshot.fusion.states.iter().find(|state| !state.supported_by.is_empty());
        let relation = told.map(|state| state.id.to_string());
        let ids =
            [("/v1/claims", claim), ("/v1/events", event), ("/v1/relations", relation), ("/v1/documents", document)];
        let known: Vec<(&str, String)> = ids.into_iter().filter_map(|(path, id)| Some((path, id?))).collect();
        let mut document = DOCUMENT.clone();
        complete::with_ids(&mut document, &known);
        Ok(Json(document))
    })
    .await
}

//! The routes that the OpenAPI document describes, and the document itself.

pub(crate) mod schema;

use crate::error::ProblemBody;
use crate::rest;
use crate::state::AppState;
use axum::extract::DefaultBodyLimit;
use std::sync::Arc;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, OpenApiBuilder};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Chancery",
        description = "A knowledge graph of diplomatic relations, read from the news. Every edge opens to the sentence \
                       behind it; plans and denials are never shown as facts; who says it, through whom, is kept."
    ),
    components(schemas(ProblemBody)),
    modifiers(&Bearer)
)]
struct Api;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document.components.get_or_insert_default().add_security_scheme("token", scheme);
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
        .routes(routes!(rest::events::list))
        .routes(routes!(rest::events::get))
        .routes(routes!(rest::claims::get))
        .routes(routes!(rest::claims::evidence))
        .routes(routes!(rest::documents::list, rest::documents::post))
        .routes(routes!(rest::documents::get, rest::documents::delete))
        .routes(routes!(rest::extract::post))
        .routes(routes!(rest::validate::post).layer(DefaultBodyLimit::max(rest::validate::MAX_BODY_BYTES)))
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
        .routes(routes!(rest::disputes::list))
        .routes(routes!(rest::promises::list))
        .routes(routes!(rest::health::live))
        .routes(routes!(rest::health::ready))
}

/// The OpenAPI document with the SPARQL endpoints, which have a standard of their own.
pub fn document() -> Document {
    OpenApiBuilder::from(routes().into_openapi()).build()
}

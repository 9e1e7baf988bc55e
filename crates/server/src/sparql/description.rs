//! The service description of the endpoint (SPARQL 1.1 Service Description).

use super::negotiate::accepted;
use crate::error::Problem;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chancery_rdf::{GraphFormat, ontology, serialise};

const DESCRIPTION: &str = include_str!("description.ttl");

pub(super) fn answer(headers: &HeaderMap) -> Result<Response, Problem> {
    let formats = [
        GraphFormat::Turtle,
        GraphFormat::NTriples,
        GraphFormat::RdfXml,
        GraphFormat::JsonLd,
        GraphFormat::TriG,
        GraphFormat::NQuads,
    ];
    let media_type = accepted(headers, &formats.map(GraphFormat::media_type))?;
    let format = GraphFormat::from_media_type(media_type).unwrap_or(GraphFormat::Turtle);
    let triples = ontology::parse_turtle(DESCRIPTION).map_err(|error| Problem::internal(error.to_string()))?;
    let mut out = Vec::new();
    serialise(&triples, format, &mut out).map_err(|error| Problem::internal(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, format.media_type())], out).into_response())
}

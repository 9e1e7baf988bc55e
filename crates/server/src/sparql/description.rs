//! The service description of the endpoint (SPARQL 1.1 Service Description).

use super::negotiate::accepted;
use super::request::with_charset;
use crate::error::Problem;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chancery_rdf::{GraphFormat, ontology, serialise};

const DESCRIPTION: &str = include_str!("description.ttl");
/// Stands in it for the address under which the endpoint was asked.
const ENDPOINT: &str = "https://w3id.org/chancery/sparql";

pub(super) fn answer(headers: &HeaderMap) -> Result<Response, Problem> {
    let format = format(headers)?;
    let description = DESCRIPTION.replace(ENDPOINT, &endpoint(headers));
    let triples = ontology::parse_turtle(&description).map_err(|error| Problem::internal(error.to_string()))?;
    let mut out = Vec::new();
    serialise(&triples, format, &mut out).map_err(|error| Problem::internal(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, with_charset(format.media_type()))], out).into_response())
}

/// Any format for graphs; Turtle where nothing is said.
pub(super) fn format(headers: &HeaderMap) -> Result<GraphFormat, Problem> {
    let media_type = accepted(headers, &GraphFormat::ALL.map(GraphFormat::media_type))?;
    Ok(GraphFormat::from_media_type(media_type).unwrap_or(GraphFormat::Turtle))
}

/// As the reader knows it, also behind a proxy that tells its scheme; its own name where the reader tells none that can be told again.
pub(super) fn endpoint(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = if text("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    match text("host").filter(|host| !host.is_empty() && host.chars().all(is_host)) {
        Some(host) => format!("{scheme}://{host}/sparql"),
        None => ENDPOINT.to_owned(),
    }
}

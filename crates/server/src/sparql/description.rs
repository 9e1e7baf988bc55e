//! The service description of the endpoint (SPARQL 1.1 Service Description).

use super::negotiate;
use crate::answer;
use crate::error::Problem;
use crate::site;
use axum::http::HeaderMap;
use axum::response::Response;
use chancery_rdf::ontology;

const DESCRIPTION: &str = include_str!("description.ttl");
/// Stands in it for the address under which the endpoint was asked.
const ENDPOINT: &str = "https://w3id.org/chancery/sparql";

pub(super) fn answer(headers: &HeaderMap) -> Result<Response, Problem> {
    let format = negotiate::graph_format(headers)?;
    let description = DESCRIPTION.replace(ENDPOINT, &endpoint(headers));
    let triples = ontology::parse_turtle(&description).map_err(|error| Problem::internal(error.to_string()))?;
    answer::triples(&triples, format)
}

/// As the reader knows it; its own name where the reader tells none.
pub(super) fn endpoint(headers: &HeaderMap) -> String {
    site::address(headers).map_or_else(|| ENDPOINT.to_owned(), |address| format!("{address}/sparql"))
}

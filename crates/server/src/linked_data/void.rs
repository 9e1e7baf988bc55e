//! `/.well-known/void`: what the data set is, how large, and where it is asked (VoID, section 7.2; DCAT 3), in any format of graphs.

use crate::error::Problem;
use crate::site;
use crate::sparql::negotiate::accepted;
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chancery_rdf::{GraphFormat, ontology, serialise};
use chancery_store::Snapshot;
use std::fmt::Write;
use std::sync::Arc;

const DESCRIPTION: &str = include_str!("void.ttl");
/// Stands in it for the address under which we were asked.
const SITE: &str = "https://w3id.org/chancery/site/";
/// What the document says of itself.
const DATASET: &str = "https://w3id.org/chancery/site/.well-known/void#dataset";

pub(super) async fn get(State(state): State<Arc<AppState>>, headers: HeaderMap) -> Result<Response, Problem> {
    // Turtle comes first: it is what a reader gets who asks for nothing.
    let mut offer = GraphFormat::ALL.map(GraphFormat::media_type);
    offer.sort_by_key(|media_type| *media_type != GraphFormat::Turtle.media_type());
    let format = GraphFormat::from_media_type(accepted(&headers, &offer)?).unwrap_or(GraphFormat::Turtle);
    let text = format!("{DESCRIPTION}\n{}", counts(&state.store.snapshot()));
    let text = match site::address(&headers) {
        Some(address) => text.replace(SITE, &format!("{address}/")),
        None => text,
    };
    let triples = ontology::parse_turtle(&text).map_err(|error| Problem::internal(error.to_string()))?;
    let mut out = Vec::new();
    serialise(&triples, format, &mut out).map_err(|error| Problem::internal(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, crate::format::Format::Graph(format).content_type())], out).into_response())
}

/// How many there are of each class that the news fills.
fn counts(snapshot: &Snapshot) -> String {
    let classes = [
        ("Document", snapshot.documents.len()),
        ("Claim", snapshot.claims.len()),
        ("Event", snapshot.fusion.events.iter().count()),
        ("RelationState", snapshot.fusion.states.iter().count()),
        ("Dispute", snapshot.fusion.disputes.iter().count()),
        ("Promise", snapshot.fusion.promises.iter().count()),
    ];
    let mut text = format!("<{DATASET}> dcat:version \"{}\"", snapshot.revision);
    for (class, count) in classes {
        write!(text, " ;\n    void:classPartition [ void:class dip:{class} ; void:entities {count} ]")
            .expect("a text takes what is written");
    }
    text + " .\n"
}

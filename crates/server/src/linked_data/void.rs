//! `/.well-known/void`: what the data set is, how large, and where it is asked (VoID, section 7.2; DCAT 3), in any format of graphs.

use crate::answer;
use crate::error::Problem;
use crate::site;
use crate::sparql::negotiate;
use crate::state::AppState;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chancery_rdf::ontology;
use chancery_store::Snapshot;
use std::fmt::Write;
use std::sync::Arc;

const DESCRIPTION: &str = include_str!("void.ttl");
/// Stands in it for the address under which we were asked.
const SITE: &str = "https://w3id.org/chancery/site/";
/// What the document says of itself.
const DATASET: &str = "https://w3id.org/chancery/site/.well-known/void#dataset";

pub(super) async fn get(State(state): State<Arc<AppState>>, headers: HeaderMap) -> Result<Response, Problem> {
    let format = negotiate::graph_format(&headers)?;
    let text = format!("{DESCRIPTION}\n{}", counts(&*state.snapshot()?));
    let text = match site::address(&headers) {
        Some(address) => text.replace(SITE, &format!("{address}/")),
        None => text,
    };
    let triples = ontology::parse_turtle(&text).map_err(|error| Problem::internal(error.to_string()))?;
    answer::triples(&triples, format)
}

/// How many there are of each class that the news fills.
fn counts(snapshot: &Snapshot) -> String {
    let classes = [
        ("Document", snapshot.documents.len()),
        ("Claim", snapshot.claims.len()),
        ("Event", snapshot.fusion.events.len()),
        ("RelationState", snapshot.fusion.states.len()),
        ("Dispute", snapshot.fusion.disputes.len()),
        ("Promise", snapshot.fusion.promises.len()),
    ];
    let mut text = format!("<{DATASET}> dcat:version \"{}\" .\n", snapshot.revision);
    for (class, count) in classes {
        // Named, so that the same data set is described in the same bytes.
        let part = format!("<{DATASET}-{class}>");
        writeln!(
            text,
            "<{DATASET}> void:classPartition {part} .\n{part} void:class dip:{class} ; void:entities {count} ."
        )
        .expect("a text takes what is written");
    }
    text
}

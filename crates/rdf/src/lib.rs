//! The mapping between the model and RDF 1.1, both ways, and the ontology as data.
//!
//! [`triples`] gives everything we know as one sorted list without repetition and without blank nodes; it is a
//! pure function of its input, whatever the order of the input. [`read_claims`] goes back. One physical copy of
//! each fact: claims point to shared propositions, and the flat edges (`dip:partyTo` …) stand for states in force
//! only. See `ontology/README.md` for what the terms mean.

pub mod claim;
pub mod codebooks;
pub mod context;
pub mod dispute;
pub mod document;
pub mod entity;
pub mod error;
pub mod event;
pub mod event_subtypes;
pub mod event_types;
pub mod format;
mod graph;
pub mod iri;
mod json_ld;
mod naming;
pub mod ontology;
pub mod page;
pub mod promise;
pub mod proposition;
pub mod provenance;
pub mod read;
mod selection;
pub mod state;
pub mod tenure;
pub mod views;
pub mod vocab;

pub use error::{InvalidBase, InvalidLabels, ReadError, UnknownFormat};
pub use event_subtypes::EventSubtype;
pub use format::{GraphFormat, serialise};
pub use iri::{IriBase, Resource};
pub use ontology::label;
pub use oxrdf::Triple;
pub use read::{read_claim_ids, read_claims};
pub use selection::Selection;
pub use vocab::Concept;

use chancery_model::document::DocumentFacts;
use chancery_model::{ClaimId, Dispute, Event, EventId, Promise, RelationState, ReportedClaim, World};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that stands in the default graph.
#[derive(Clone, Copy, Debug)]
pub struct GraphInput<'a> {
    /// Entities, labels, codes, tenures.
    pub world: &'a World,
    /// The live documents.
    pub documents: &'a [Arc<DocumentFacts>],
    /// What they say.
    pub claims: &'a [ReportedClaim],
    /// What happened.
    pub events: &'a [Event],
    /// What holds.
    pub states: &'a [RelationState],
    /// What is denied.
    pub disputes: &'a [Dispute],
    /// What is promised.
    pub promises: &'a [Promise],
    /// The hash of program version and data version that stands in `run/<hash>`.
    pub run: &'a str,
}

/// The whole graph below the default base: sorted, no blank nodes, no repetition.
pub fn triples(input: &GraphInput<'_>) -> Vec<Triple> {
    triples_below(input, &IriBase::default())
}

/// The whole graph below a base of one's own.
pub fn triples_below(input: &GraphInput<'_>, base: &IriBase) -> Vec<Triple> {
    let event_of = event_of_claims(input.events);
    let mut selection = Selection::new(input.world, input.run, newest_day(input.documents));
    selection.documents.extend(input.documents.iter().map(Arc::as_ref));
    selection.claims.extend(input.claims.iter().map(|told| (told, event_of.get(&told.claim.id).copied())));
    selection.events.extend(input.events);
    selection.states.extend(input.states);
    selection.disputes.extend(input.disputes);
    selection.promises.extend(input.promises);
    selection.whole(base)
}

fn event_of_claims(events: &[Event]) -> BTreeMap<&ClaimId, &EventId> {
    events.iter().flat_map(|event| event.claims.iter().map(move |claim| (claim, &event.id))).collect()
}

/// The day of the newest document: by publication; where no document has one, by recording.
fn newest_day(documents: &[Arc<DocumentFacts>]) -> Option<Date> {
    let published = documents.iter().filter_map(|document| document.published).max();
    let recorded = || documents.iter().map(|document| document.recorded).max();
    published.or_else(|| recorded().map(|time| TimeZone::UTC.to_datetime(time).date()))
}

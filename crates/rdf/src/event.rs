//! An event: one happening, as `dip:Event`, `sem:Event` and the class of its type.
//!
//! It carries `dip:dyad` for every unordered pair of its actors, where it has at most
//! [`crate::proposition::MOST_PARTIES`] parties: a look-up of two states is then one step, and a summit of sixty
//! does not become 1,770 pairs.
//!
//! Who takes part and where are also told in the terms of SEM, which stand on events alone: `dip:source` and its like stand on the
//! claims too, and a busy actor is in several times as many claims as events.

use crate::event_subtypes::EventSubtype;
use crate::graph::{Graph, HAPPENED};
use crate::proposition::{MOST_PARTIES, pairs};
use crate::vocab;
use crate::vocab::Concept;
use chancery_model::{EntityId, Event, EventId};
use oxrdf::NamedNode;

/// Tells an event.
pub(crate) fn map(graph: &mut Graph<'_>, event: &Event) {
    let source: Vec<_> = event.source.iter().map(|id| graph.entity(id)).collect();
    let target: Vec<_> = event.target.iter().map(|id| graph.entity(id)).collect();
    let agreement = event.agreement.as_ref().map(|id| graph.entity(id));
    let place = event.place.as_ref().map(|id| graph.entity(id));
    let parties = event.parties();
    let dyads = map_dyads(graph, &parties);
    let actors: Vec<_> = parties.iter().filter(|id| id.is_actor()).map(|id| graph.entity(id)).collect();
    let row = event.event_type.row();
    let iri = graph.base().event(&event.id);
    let mut about = graph.about(iri);
    about
        .is_a(event.event_type.concept())
        .is_a(vocab::EVENT)
        .is_a(vocab::SEM_EVENT)
        .link(vocab::EVENT_TYPE, event.event_type.concept())
        .links(vocab::SOURCE, source)
        .links(vocab::TARGET, target)
        .links(vocab::AGREEMENT, agreement)
        .links(vocab::PLACE, place.clone())
        .links(vocab::SEM_HAS_ACTOR, actors)
        .links(vocab::SEM_HAS_PLACE, place)
        .links(vocab::DYAD, dyads)
        .link(vocab::STATUS, event.status.concept())
        .links(vocab::TOPIC, event.topic.map(Concept::concept))
        .date(&HAPPENED, event.date)
        .text(vocab::DATE_PRECISION, event.date.precision().as_str())
        .text(vocab::PLOVER, row.plover)
        .text(vocab::CAMEO, row.cameo)
        .decimal(vocab::WEIGHT, row.weight)
        .integer(vocab::DOCUMENT_COUNT, event.documents.len())
        .integer(vocab::INDEPENDENT_ORIGINS, event.origins);
    if let Some(subtype) = &event.subtype {
        let concept = EventSubtype::of(event.event_type, subtype).map(EventSubtype::concept);
        about.text(vocab::SUBTYPE, subtype).links(vocab::EVENT_SUBTYPE, concept);
    }
}

/// Tells that two events belong to one occasion, as seen from the first.
pub(crate) fn map_occasion(graph: &mut Graph<'_>, event: &EventId, other: &EventId) {
    let base = graph.base();
    graph.about(base.event(event)).link(vocab::SAME_OCCASION_AS, base.event(other));
}

/// Tells the pairs among the actors of a sorted list of parties, and gives their IRIs.
pub(crate) fn map_dyads(graph: &mut Graph<'_>, parties: &[EntityId]) -> Vec<NamedNode> {
    if parties.len() > MOST_PARTIES {
        return Vec::new();
    }
    let actors: Vec<_> = parties.iter().filter(|id| id.is_actor()).cloned().collect();
    pairs(&actors).into_iter().map(|(a, b)| map_dyad(graph, a, b)).collect()
}

fn map_dyad(graph: &mut Graph<'_>, a: &EntityId, b: &EntityId) -> NamedNode {
    let iri = graph.base().dyad(a, b);
    let members = [graph.entity(a), graph.entity(b)];
    graph.about(iri.clone()).is_a(vocab::DYAD_CLASS).links(vocab::MEMBER, members);
    iri
}

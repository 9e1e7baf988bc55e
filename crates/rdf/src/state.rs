//! A relation state, and the flat edge that stands for it while it is in force.
//!
//! A flat edge (`state:KAZ dip:partyTo agreement:…`) is written only where the state is in force, has no known
//! end, and does not begin after the newest document; for `party-to` also only where the party is bound
//! (no stage, `in-force` or `withdrawing`). Announced, suspended, ended and abandoned states have none.

use crate::event::map_dyads;
use crate::graph::{DateProperties, Graph};
use crate::provenance::part;
use crate::vocab;
use crate::vocab::Concept;
use chancery_model::{EntityId, Phase, RelationState, StateKind, StateOrigin, StateStatus, TreatyStage};
use jiff::civil::Date;

const STATUS_SINCE: DateProperties = DateProperties {
    at: vocab::STATUS_SINCE,
    not_before: vocab::STATUS_SINCE_NOT_BEFORE,
    not_after: vocab::STATUS_SINCE_NOT_AFTER,
};

/// When it began to hold.
pub(crate) const VALID_FROM: DateProperties = DateProperties {
    at: vocab::VALID_FROM,
    not_before: vocab::VALID_FROM_NOT_BEFORE,
    not_after: vocab::VALID_FROM_NOT_AFTER,
};

/// When it ceased to hold (exclusive).
pub(crate) const VALID_UNTIL: DateProperties = DateProperties {
    at: vocab::VALID_UNTIL,
    not_before: vocab::VALID_UNTIL_NOT_BEFORE,
    not_after: vocab::VALID_UNTIL_NOT_AFTER,
};

/// Tells a state, and its flat edges where it has some. `newest` is the day of the newest document.
pub(crate) fn map(graph: &mut Graph<'_>, state: &RelationState, newest: Option<Date>) {
    map_content(graph, state);
    map_support(graph, state);
    for (phase, number) in state.phases.iter().zip(1..) {
        map_phase(graph, state, phase, number);
    }
    for (subject, object) in flat_edges(state, newest) {
        let (subject, object) = (graph.entity(subject), graph.entity(object));
        if let Some(property) = vocab::flat_edge(state.kind) {
            graph.about(subject).link(property, object);
        }
    }
}

fn map_content(graph: &mut Graph<'_>, state: &RelationState) {
    let parties: Vec<_> = state.parties.iter().map(|id| graph.entity(id)).collect();
    let counterpart = state.counterpart.as_ref().map(|id| graph.entity(id));
    let adversaries: Vec<_> = state.adversaries().iter().map(|id| graph.entity(id)).collect();
    let agreement = state.agreement.as_ref().map(|id| graph.entity(id));
    let dyads = map_dyads(graph, &state.members());
    let iri = graph.base().relation(&state.id);
    let mut about = graph.about(iri);
    about
        .is_a(vocab::RELATION_STATE)
        .link(vocab::KIND, state.kind.concept())
        .links(vocab::PARTY, parties)
        .links(vocab::COUNTERPART, counterpart)
        .links(vocab::ADVERSARY, adversaries)
        .links(vocab::AGREEMENT, agreement)
        .links(vocab::DYAD, dyads)
        .link(vocab::STATUS, state.status.concept())
        .links(vocab::STAGE, state.stage.map(Concept::concept))
        .links(vocab::TOPIC, state.topic.map(Concept::concept))
        .date(&STATUS_SINCE, state.status_since)
        .date(&VALID_FROM, state.valid_from)
        .date(&VALID_UNTIL, state.valid_until)
        .integer(vocab::SIGN, state.kind.sign())
        .decimal(vocab::WEIGHT, state.kind.weight());
    if let Some(level) = &state.level {
        about.text(vocab::LEVEL, level);
    }
    if let Some(party) = &state.succession {
        let party = graph.entity(party);
        graph.about(graph.base().relation(&state.id)).link(vocab::ENDED_WITH, party);
    }
}

/// Tells a stretch of a state's life, a part of the state.
fn map_phase(graph: &mut Graph<'_>, state: &RelationState, phase: &Phase, number: usize) {
    let base = graph.base();
    let relation = base.relation(&state.id);
    let iri = part(&relation, &format!("phase-{number}"));
    graph.about(relation).link(vocab::PHASE, iri.clone());
    let mut about = graph.about(iri);
    about
        .is_a(vocab::PHASE_CLASS)
        .integer(vocab::STEP, number)
        .link(vocab::STATUS, phase.status.concept())
        .links(vocab::STAGE, phase.stage.map(Concept::concept))
        .date(&STATUS_SINCE, phase.since)
        .links(vocab::BEGUN_BY, phase.by.as_ref().map(|event| base.event(event)));
    if let Some(level) = &phase.level {
        about.text(vocab::LEVEL, level);
    }
}

fn map_support(graph: &mut Graph<'_>, state: &RelationState) {
    let base = graph.base();
    graph
        .about(base.relation(&state.id))
        .links(vocab::OPENED_BY, state.opened_by.iter().map(|id| base.event(id)))
        .links(vocab::CLOSED_BY, state.closed_by.iter().map(|id| base.event(id)))
        .links(vocab::FOLLOWED_BY, state.followed_by.as_ref().map(|id| base.relation(id)))
        .links(vocab::SUPPORTED_BY, state.supported_by.iter().map(|id| base.claim(id)))
        .links(vocab::DISPUTED_BY, state.disputed_by.iter().map(|id| base.claim(id)))
        .day(vocab::LAST_SUPPORTED, state.last_supported)
        .times(vocab::LAST_RECORDED, state.last_recorded)
        .integer(vocab::DOCUMENT_COUNT, state.documents.len())
        .integer(vocab::INDEPENDENT_ORIGINS, state.origins)
        .text(vocab::ORIGIN, origin_word(&state.origin));
}

/// `news` or `reference:<table>`.
pub fn origin_word(origin: &StateOrigin) -> String {
    match origin {
        StateOrigin::News => "news".to_owned(),
        StateOrigin::Reference(table) => format!("reference:{table}"),
    }
}

/// Subject and object of each flat edge of a state; none where it is not surely in force.
pub fn flat_edges(state: &RelationState, newest: Option<Date>) -> Vec<(&EntityId, &EntityId)> {
    if vocab::flat_edge(state.kind).is_none() || !is_in_force(state, newest) {
        return Vec::new();
    }
    let parties = state.parties.iter();
    if state.kind.is_symmetric() {
        return parties.flat_map(|a| state.parties.iter().map(move |b| (a, b))).filter(|(a, b)| a != b).collect();
    }
    let object = if state.kind == StateKind::PartyTo { &state.agreement } else { &state.counterpart };
    parties.zip(std::iter::repeat(object)).filter_map(|(party, object)| Some((party, object.as_ref()?))).collect()
}

fn is_in_force(state: &RelationState, newest: Option<Date>) -> bool {
    let begins_later = state.valid_from.not_before().zip(newest).is_some_and(|(begin, newest)| begin > newest);
    let bound = matches!(state.stage, None | Some(TreatyStage::InForce | TreatyStage::Withdrawing));
    state.status == StateStatus::InForce && state.valid_until.is_unknown() && !begins_later && bound
}

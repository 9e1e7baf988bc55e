//! A claim: what one document says, with its proposition, its words, its voices and its participants.

use crate::event_subtypes::EventSubtype;
use crate::graph::{Graph, HAPPENED};
use crate::provenance::{map_attribution, map_evidence};
use crate::vocab::Concept;
use crate::{naming, proposition, vocab};
use chancery_model::{Claim, ClaimId, EventId, Participant, ReportedClaim};
use oxrdf::NamedNode;

/// Tells a claim and everything that hangs on it alone.
pub(crate) fn map(graph: &mut Graph<'_>, reported: &ReportedClaim, event: Option<&EventId>, run: &str) {
    let claim = &reported.claim;
    let document = &reported.document;
    map_content(graph, claim);
    let asserted: Vec<_> =
        proposition::propositions(claim).iter().map(|asserted| proposition::map(graph, asserted)).collect();
    let namings = naming::map(graph, reported);
    let evidence = map_evidence(graph, &claim.id, &document.id, &claim.evidence);
    let attribution: Vec<_> = claim
        .attribution
        .iter()
        .zip(1..)
        .map(|(step, number)| map_attribution(graph, &claim.id, number, step))
        .collect();
    let participants: Vec<_> = claim
        .participants
        .iter()
        .zip(1..)
        .map(|(part, place)| map_participant(graph, &claim.id, place, part))
        .collect();
    let base = graph.base();
    graph
        .about(base.claim(&claim.id))
        .links(vocab::ASSERTS, asserted)
        .links(vocab::NAMING, namings)
        .links(vocab::ABOUT, event.map(|event| base.event(event)))
        .link(vocab::EVIDENCE, evidence)
        .links(vocab::ATTRIBUTION, attribution)
        .links(vocab::PARTICIPANT, participants)
        .link(vocab::PROV_WAS_DERIVED_FROM, base.document(&document.id))
        .link(vocab::PROV_WAS_GENERATED_BY, base.run(run))
        .time(vocab::RECORDED_FROM, document.recorded);
}

fn map_content(graph: &mut Graph<'_>, claim: &Claim) {
    let source: Vec<_> = claim.source.iter().map(|id| graph.entity(id)).collect();
    let target: Vec<_> = claim.target.iter().map(|id| graph.entity(id)).collect();
    let agreement = claim.agreement.as_ref().map(|id| graph.entity(id));
    let place = claim.place.as_ref().map(|id| graph.entity(id));
    let iri = graph.base().claim(&claim.id);
    let mut about = graph.about(iri);
    about
        .is_a(vocab::CLAIM)
        .link(vocab::EVENT_TYPE, claim.event_type.concept())
        .links(vocab::SOURCE, source)
        .links(vocab::TARGET, target)
        .links(vocab::AGREEMENT, agreement)
        .links(vocab::PLACE, place)
        .link(vocab::STATUS, claim.status.concept())
        .links(vocab::TOPIC, claim.topic.map(Concept::concept))
        .date(&HAPPENED, claim.date)
        .text(vocab::DATE_PRECISION, claim.date.precision().as_str())
        .decimal(vocab::CONFIDENCE, claim.confidence)
        .text(vocab::RULE, &claim.rule);
    if let Some(subtype) = &claim.subtype {
        let concept = EventSubtype::of(claim.event_type, subtype).map(EventSubtype::concept);
        about.text(vocab::SUBTYPE, subtype).links(vocab::EVENT_SUBTYPE, concept);
    }
}

fn map_participant(graph: &mut Graph<'_>, claim: &ClaimId, place: usize, part: &Participant) -> NamedNode {
    let iri = graph.base().participant(claim, place);
    let actor = graph.entity(&part.id);
    let person = part.person.as_ref().map(|id| graph.entity(id));
    let office = part.office.as_ref().map(|office| graph.base().office(office));
    let mut about = graph.about(iri.clone());
    about
        .is_a(vocab::PARTICIPATION)
        .integer(vocab::STEP, place)
        .link(vocab::PARTICIPATING_ACTOR, actor)
        .link(vocab::ROLE, part.role.concept())
        .text(vocab::SURFACE, &part.surface)
        .links(vocab::ACTING_PERSON, person)
        .links(vocab::OFFICE, office);
    if let Some(level) = &part.level {
        about.text(vocab::LEVEL, level);
    }
    if let Some(span) = part.span {
        about.integer(vocab::OA_START, span.start).integer(vocab::OA_END, span.end);
    }
    iri
}

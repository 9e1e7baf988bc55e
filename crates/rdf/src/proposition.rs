//! What is said, apart from who says it and how sure: subject, relation, object, shared by all claims that say it.
//!
//! The relation is a property named after the event type (`visit` → `dip:visit`); `join-agreement` gives
//! `dip:memberOf` where the object is an organisation and `dip:partyTo` otherwise. Which things are related:
//!
//! - **directed types**: every source with every target; without a target, with the agreement; without either,
//!   the source alone; without a source, the target alone as object;
//! - **symmetric types about an agreement**: every party with the agreement;
//! - **other symmetric types**: every unordered pair of parties, the smaller id first; a single party, and each
//!   party of a gathering of more than [`MOST_PARTIES`], stands alone, since a summit is not many dyads.
//!
//! The status belongs to the claim: a denial and an affirmation assert one and the same proposition.

use crate::graph::Graph;
use crate::vocab;
use chancery_model::hash::content_hash;
use chancery_model::{Claim, EntityId, EntityKind, EventType};
use oxrdf::NamedNode;
use std::collections::BTreeSet;

/// Above this number of parties nothing is told of their pairs.
pub const MOST_PARTIES: usize = 12;

/// Subject, relation, object. At least one of subject and object is there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proposition {
    /// Who does it.
    pub subject: Option<EntityId>,
    /// What is done.
    pub relation: NamedNode,
    /// To whom or what.
    pub object: Option<EntityId>,
}

impl Proposition {
    /// The hash of the content, for `proposition/<hash>`.
    pub fn hash(&self) -> String {
        let id = |entity: &Option<EntityId>| entity.as_ref().map(|id| id.to_string()).unwrap_or_default();
        content_hash(["proposition", &id(&self.subject), self.relation.as_str(), &id(&self.object)])
    }
}

/// The propositions that a claim asserts, sorted; empty only where the claim names nobody.
pub fn propositions(claim: &Claim) -> Vec<Proposition> {
    let pairs = if claim.event_type.is_symmetric() { symmetric(claim) } else { directed(claim) };
    let named: BTreeSet<_> = pairs.into_iter().filter(|(a, b)| a.is_some() || b.is_some()).collect();
    named
        .into_iter()
        .map(|(subject, object)| {
            let relation = relation(claim.event_type, object.as_ref());
            Proposition { subject, relation, object }
        })
        .collect()
}

type Pair = (Option<EntityId>, Option<EntityId>);

fn directed(claim: &Claim) -> Vec<Pair> {
    let objects = if claim.target.is_empty() { claim.agreement.as_slice() } else { &claim.target };
    related(&claim.source, objects)
}

fn symmetric(claim: &Claim) -> Vec<Pair> {
    let parties = claim.parties();
    match &claim.agreement {
        Some(agreement) => related(&parties, std::slice::from_ref(agreement)),
        None if parties.len() == 1 || parties.len() > MOST_PARTIES => related(&parties, &[]),
        None => pairs(&parties).into_iter().map(|(a, b)| (Some(a.clone()), Some(b.clone()))).collect(),
    }
}

/// Every unordered pair of a sorted list, each in the order of the list.
pub(crate) fn pairs(sorted: &[EntityId]) -> Vec<(&EntityId, &EntityId)> {
    sorted.iter().enumerate().flat_map(|(i, a)| sorted[i + 1..].iter().map(move |b| (a, b))).collect()
}

/// Every subject with every object; an empty side stands for one unknown.
fn related(subjects: &[EntityId], objects: &[EntityId]) -> Vec<Pair> {
    let subjects = or_unknown(subjects);
    let objects = or_unknown(objects);
    subjects.iter().flat_map(|s| objects.iter().map(move |o| (s.clone(), o.clone()))).collect()
}

fn or_unknown(ids: &[EntityId]) -> Vec<Option<EntityId>> {
    if ids.is_empty() { vec![None] } else { ids.iter().cloned().map(Some).collect() }
}

fn relation(event_type: EventType, object: Option<&EntityId>) -> NamedNode {
    let joins = event_type.name() == "join-agreement";
    match object.map(EntityId::kind) {
        Some(EntityKind::Org) if joins => vocab::MEMBER_OF.into_owned(),
        _ => vocab::relation(event_type),
    }
}

/// Tells a proposition and gives its IRI.
pub(crate) fn map(graph: &mut Graph<'_>, proposition: &Proposition) -> NamedNode {
    let iri = graph.base().proposition(&proposition.hash());
    let subject = proposition.subject.as_ref().map(|id| graph.entity(id));
    let object = proposition.object.as_ref().map(|id| graph.entity(id));
    graph
        .about(iri.clone())
        .is_a(vocab::PROPOSITION)
        .link(vocab::RELATION, proposition.relation.clone())
        .links(vocab::SUBJECT, subject)
        .links(vocab::OBJECT, object);
    iri
}

//! Everything that is live, in memory, with indexes: what look-ups read.

use crate::ledger::StoredVersion;
use chancery_fusion::{Fusion, fuse};
use chancery_model::{
    ClaimId, DocumentFacts, EntityId, Event, EventId, RelationState, ReportedClaim, StateId, StateOrigin, World,
};
use chancery_rdf::GraphInput;
use oxigraph::model::Triple;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The graph at one revision. Immutable; readers keep it as long as they like.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Counts commits.
    pub revision: u64,
    /// What names resolve with.
    pub world: Arc<World>,
    /// Live documents by key, without texts.
    pub documents: BTreeMap<String, Arc<DocumentFacts>>,
    /// What they say.
    pub claims: BTreeMap<ClaimId, ReportedClaim>,
    /// What follows from it.
    pub fusion: Fusion,
    index: Index,
}

/// Positions in the lists of the fusion, and claims by document in the order of their words.
#[derive(Clone, Debug, Default)]
struct Index {
    states: BTreeMap<EntityId, Vec<usize>>,
    events: BTreeMap<EntityId, Vec<usize>>,
    event_of_claim: BTreeMap<ClaimId, usize>,
    claims_of_document: BTreeMap<String, Vec<ClaimId>>,
}

impl Snapshot {
    /// The snapshot of these live versions.
    pub(crate) fn new(revision: u64, world: Arc<World>, live: &BTreeMap<String, StoredVersion>) -> Self {
        let empty = Self {
            revision: 0,
            world,
            documents: BTreeMap::new(),
            claims: BTreeMap::new(),
            fusion: Fusion::default(),
            index: Index::default(),
        };
        empty.with(revision, live.iter().map(|(key, version)| (key.as_str(), Some(version))))
    }

    /// The snapshot after these documents came to stand as given; one without a version goes.
    pub(crate) fn with<'a>(
        &self,
        revision: u64,
        touched: impl Iterator<Item = (&'a str, Option<&'a StoredVersion>)>,
    ) -> Self {
        let (mut documents, mut claims) = (self.documents.clone(), self.claims.clone());
        for (key, version) in touched {
            documents.remove(key);
            for claim in self.index.claims_of_document.get(key).into_iter().flatten() {
                claims.remove(claim);
            }
            if let Some(version) = version {
                add(key, version, &mut documents, &mut claims);
            }
        }
        let reported: Vec<ReportedClaim> = claims.values().cloned().collect();
        let fusion = fuse(&reported, &self.world);
        let index = Index::of(&fusion, &claims);
        Self { revision, world: self.world.clone(), documents, claims, fusion, index }
    }

    /// States that an entity is in: as party, counterpart or agreement.
    pub fn states_of<'a>(&'a self, id: &EntityId) -> impl Iterator<Item = &'a RelationState> + use<'a> {
        self.index.states.get(id).into_iter().flatten().map(|&at| &self.fusion.states[at])
    }

    /// Events that an entity is in: as source, target or agreement.
    pub fn events_of<'a>(&'a self, id: &EntityId) -> impl Iterator<Item = &'a Event> + use<'a> {
        self.index.events.get(id).into_iter().flatten().map(|&at| &self.fusion.events[at])
    }

    /// One event.
    pub fn event(&self, id: &EventId) -> Option<&Event> {
        let at = self.fusion.events.binary_search_by(|event| event.id.cmp(id)).ok()?;
        Some(&self.fusion.events[at])
    }

    /// The event that a claim is about.
    pub fn event_of(&self, claim: &ClaimId) -> Option<&Event> {
        self.index.event_of_claim.get(claim).map(|&at| &self.fusion.events[at])
    }

    /// One state.
    pub fn state(&self, id: &StateId) -> Option<&RelationState> {
        let at = self.fusion.states.binary_search_by(|state| state.id.cmp(id)).ok()?;
        Some(&self.fusion.states[at])
    }

    /// The claims of one document, in the order of its words.
    pub fn claims_of_document(&self, key: &str) -> Vec<&ReportedClaim> {
        let ids = self.index.claims_of_document.get(key).into_iter().flatten();
        ids.filter_map(|id| self.claims.get(id)).collect()
    }

    /// Whether news, not only a reference table, speaks for a state.
    pub fn is_news(state: &RelationState) -> bool {
        state.origin == StateOrigin::News || !state.supported_by.is_empty()
    }

    /// The whole graph of this snapshot: sorted, no blank nodes.
    pub fn triples(&self, run: &str) -> Vec<Triple> {
        let documents: Vec<Arc<DocumentFacts>> = self.documents.values().cloned().collect();
        let claims: Vec<ReportedClaim> = self.claims.values().cloned().collect();
        chancery_rdf::triples(&GraphInput {
            world: &self.world,
            documents: &documents,
            claims: &claims,
            events: &self.fusion.events,
            states: &self.fusion.states,
            disputes: &self.fusion.disputes,
            promises: &self.fusion.promises,
            run,
        })
    }
}

fn add(
    key: &str,
    version: &StoredVersion,
    documents: &mut BTreeMap<String, Arc<DocumentFacts>>,
    claims: &mut BTreeMap<ClaimId, ReportedClaim>,
) {
    let facts = Arc::new(version.facts());
    documents.insert(key.to_owned(), facts.clone());
    for claim in &version.claims {
        claims.insert(claim.id.clone(), ReportedClaim { claim: claim.clone(), document: facts.clone() });
    }
}

impl Index {
    fn of(fusion: &Fusion, claims: &BTreeMap<ClaimId, ReportedClaim>) -> Self {
        let mut index = Self::default();
        for (at, state) in fusion.states.iter().enumerate() {
            let members = state.members().into_iter().chain(state.agreement.clone());
            note(&mut index.states, members.collect(), at);
        }
        for (at, event) in fusion.events.iter().enumerate() {
            let members = event.parties().into_iter().chain(event.agreement.clone());
            note(&mut index.events, members.collect(), at);
            index.event_of_claim.extend(event.claims.iter().map(|claim| (claim.clone(), at)));
        }
        let mut reported: Vec<&ReportedClaim> = claims.values().collect();
        reported.sort_by_key(|reported| (reported.claim.evidence.field, reported.claim.evidence.span));
        for ReportedClaim { claim, document } in reported {
            index.claims_of_document.entry(document.id.clone()).or_default().push(claim.id.clone());
        }
        index
    }
}

fn note(index: &mut BTreeMap<EntityId, Vec<usize>>, mut members: Vec<EntityId>, at: usize) {
    members.sort();
    members.dedup();
    for member in members {
        index.entry(member).or_default().push(at);
    }
}

//! Everything that is live, in memory, with indexes: what look-ups read.
//!
//! All of it is persistent: the next snapshot shares with the one before whatever a commit does not touch, so that a commit
//! costs what it names, and readers keep what they hold.

use crate::ledger::Record;
use chancery_fusion::{Changed, Fusion, FusionChange};
use chancery_model::{
    ClaimId, DocumentFacts, EntityId, Event, EventId, RelationState, ReportedClaim, StateId, StateOrigin, StateStatus,
    World,
};
use chancery_rdf::proposition::MOST_PARTIES;
use chancery_rdf::{IriBase, Selection};
use imbl::ordmap::DiffItem;
use imbl::{OrdMap, OrdSet};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use oxigraph::model::Triple;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Live documents by key, without texts. Clones share.
pub type Documents = OrdMap<Arc<str>, Arc<DocumentFacts>>;

/// The graph at one revision. Immutable; readers keep it as long as they like.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Counts commits.
    pub revision: u64,
    /// What names resolve with.
    pub world: Arc<World>,
    /// What is live.
    pub documents: Documents,
    /// What they say.
    pub claims: OrdMap<ClaimId, ReportedClaim>,
    /// What follows from it.
    pub fusion: Fusion,
    index: Index,
}

/// By the last possible day, the newest first, events without a day last; then by id.
type EventOrder = (Reverse<Option<Date>>, EventId);

/// What look-ups need beside ids.
#[derive(Clone, Debug, Default)]
struct Index {
    states: OrdMap<(EntityId, StateId), Arc<RelationState>>,
    events: OrdMap<(EntityId, EventOrder), Arc<Event>>,
    /// Events of at most [`MOST_PARTIES`] parties by each pair of these, the smaller id first.
    dyads: OrdMap<(EntityId, EntityId, EventOrder), Arc<Event>>,
    /// Events of more parties, by each.
    gatherings: OrdMap<(EntityId, EventOrder), Arc<Event>>,
    event_of_claim: OrdMap<ClaimId, EventId>,
    /// In the order of the words.
    claims_of_document: OrdMap<Arc<str>, Arc<[ClaimId]>>,
    published: OrdSet<(Date, Arc<str>)>,
    recorded: OrdSet<(Timestamp, Arc<str>)>,
    /// States in force by the first day on which they can have begun: such a day can lie ahead.
    beginning: OrdSet<(Date, StateId)>,
}

/// A snapshot, and what makes it differ from the one before.
pub(crate) struct Step {
    pub(crate) after: Snapshot,
    /// Documents that came, went or changed, as they were and as they are.
    pub(crate) documents: Vec<Changed<DocumentFacts>>,
    pub(crate) removed: Vec<ReportedClaim>,
    pub(crate) added: Vec<ReportedClaim>,
    pub(crate) fusion: FusionChange,
    /// States whose beginning the newest day has reached, or no longer reaches.
    pub(crate) reached: Vec<StateId>,
    /// Claims that tell another event than before, though they stay.
    pub(crate) retold: Vec<ClaimId>,
}

impl Snapshot {
    /// The snapshot of no documents.
    pub(crate) fn empty(world: Arc<World>) -> Self {
        let fusion = Fusion::new(world.clone());
        let mut index = Index::default();
        fusion.states.shared_iter().for_each(|state| index.add_state(state));
        Self { revision: 0, world, documents: OrdMap::new(), claims: OrdMap::new(), fusion, index }
    }

    /// The snapshot of these live versions.
    pub(crate) fn of(revision: u64, world: Arc<World>, live: Vec<Record>) -> Self {
        Self::empty(world).step(revision, live.into_iter().map(|record| (record.facts.id.clone(), Some(record)))).after
    }

    /// The snapshot after these documents came to stand as given; one without a record goes.
    pub(crate) fn step(&self, revision: u64, touched: impl IntoIterator<Item = (Arc<str>, Option<Record>)>) -> Step {
        let mut after = self.clone();
        after.revision = revision;
        let (mut documents, mut removed, mut added) = (Vec::new(), Vec::new(), Vec::new());
        for (key, record) in touched {
            let old = after.take_document(&key, &mut removed);
            let new = record.map(|record| after.put_document(key, record, &mut added));
            documents.push(Changed { old, new });
        }
        let reached = after.reached_since(self.newest());
        let fusion = after.fusion.change(&removed, &added, after.newest());
        let retold = after.follow(&fusion, &removed, &added);
        Step { after, documents, removed, added, fusion, reached, retold }
    }

    fn take_document(&mut self, key: &Arc<str>, removed: &mut Vec<ReportedClaim>) -> Option<Arc<DocumentFacts>> {
        let old = self.documents.remove(key)?;
        let claims = self.index.claims_of_document.remove(key);
        removed.extend(claims.iter().flat_map(|ids| ids.iter()).filter_map(|id| self.claims.remove(id)));
        self.index.recorded.remove(&(old.recorded, key.clone()));
        old.published.map(|day| self.index.published.remove(&(day, key.clone())));
        Some(old)
    }

    fn put_document(&mut self, key: Arc<str>, record: Record, added: &mut Vec<ReportedClaim>) -> Arc<DocumentFacts> {
        let facts = record.facts;
        let mut claims = record.claims;
        claims.sort_by_key(|claim| (claim.evidence.field, claim.evidence.span, claim.id.clone()));
        let reported = claims.iter().map(|claim| ReportedClaim { claim: claim.clone(), document: facts.clone() });
        for told in reported {
            self.claims.insert(told.claim.id.clone(), told.clone());
            added.push(told);
        }
        let ids = claims.iter().map(|claim| claim.id.clone()).collect();
        self.index.claims_of_document.insert(key.clone(), ids);
        self.index.recorded.insert((facts.recorded, key.clone()));
        facts.published.map(|day| self.index.published.insert((day, key.clone())));
        self.documents.insert(key, facts.clone());
        facts
    }

    /// Brings the indexes to where the fusion is, and gives the claims that tell another event than before.
    fn follow(&mut self, change: &FusionChange, removed: &[ReportedClaim], added: &[ReportedClaim]) -> Vec<ClaimId> {
        for Changed { old, new } in &change.states {
            old.iter().for_each(|state| self.index.remove_state(state));
            new.iter().for_each(|state| self.index.add_state(state));
        }
        // A claim of a document that changed around it is there again, and its event need not have changed.
        for told in removed.iter().filter(|told| !self.claims.contains_key(&told.claim.id)) {
            self.index.event_of_claim.remove(&told.claim.id);
        }
        for event in change.events.iter().filter_map(|changed| changed.old.as_ref()) {
            self.index.remove_event(event);
        }
        let mut retold = BTreeMap::new();
        for event in change.events.iter().filter_map(|changed| changed.new.as_ref()) {
            self.index.add_event(event);
            for claim in &event.claims {
                if self.index.event_of_claim.get(claim) != Some(&event.id) {
                    self.index.event_of_claim.insert(claim.clone(), event.id.clone());
                    retold.insert(claim.clone(), ());
                }
            }
        }
        added.iter().for_each(|told| {
            retold.remove(&told.claim.id);
        });
        retold.into_keys().collect()
    }

    /// The day of the newest document, by publication; where no document has such a day, by recording.
    pub fn newest(&self) -> Option<Date> {
        let published = self.index.published.get_max().map(|(day, _)| *day);
        let recorded = || self.index.recorded.get_max().map(|(time, _)| TimeZone::UTC.to_datetime(*time).date());
        published.or_else(recorded)
    }

    /// States in force that begin between the newest day and another. Without a newest day each counts as begun.
    fn reached_since(&self, before: Option<Date>) -> Vec<StateId> {
        let day = |newest: Option<Date>| newest.unwrap_or(Date::MAX);
        let (now, before) = (day(self.newest()), day(before));
        if now == before {
            return Vec::new();
        }
        let start = (now.min(before), StateId::from(""));
        let beginning = self.index.beginning.range(start..).take_while(|(day, _)| *day <= now.max(before));
        beginning.map(|(_, state)| state.clone()).collect()
    }

    /// States that an entity is in: as party, counterpart or agreement. By id.
    pub fn states_of<'a>(&'a self, id: &EntityId) -> impl Iterator<Item = &'a RelationState> + use<'a> {
        let (id, start) = (id.clone(), (id.clone(), StateId::from("")));
        self.index.states.range(start..).take_while(move |((who, _), _)| *who == id).map(|(_, state)| state.as_ref())
    }

    /// Events that an entity is in: as source, target or agreement. The newest first; those without a day come last.
    pub fn events_of<'a>(&'a self, id: &EntityId) -> impl Iterator<Item = &'a Event> + use<'a> {
        events_of(&self.index.events, id)
    }

    /// Events in which two actors take part together. The newest first; those without a day come last.
    pub fn events_between(&self, a: &EntityId, b: &EntityId) -> Vec<&Event> {
        let (a, b) = if a <= b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
        let start = (a.clone(), b.clone(), (Reverse(Some(Date::MAX)), EventId::from("")));
        let dyad = self.index.dyads.range(start..).take_while(|((x, y, _), _)| (x, y) == (&a, &b));
        let gatherings = events_of(&self.index.gatherings, &a).filter(|event| event.parties().contains(&b));
        let mut events: Vec<&Event> = dyad.map(|(_, event)| event.as_ref()).chain(gatherings).collect();
        events.sort_by_cached_key(|event| order(event));
        events
    }

    /// One event.
    pub fn event(&self, id: &EventId) -> Option<&Event> {
        self.fusion.events.get(&id.0)
    }

    /// The event that a claim is about.
    pub fn event_of(&self, claim: &ClaimId) -> Option<&Event> {
        self.event(self.index.event_of_claim.get(claim)?)
    }

    /// One state.
    pub fn state(&self, id: &StateId) -> Option<&RelationState> {
        self.fusion.states.get(&id.0)
    }

    /// Keys of the documents that came, went or changed since these, sorted. Cost: that of the differences.
    pub fn documents_changed_since<'a>(&'a self, before: &'a Documents) -> impl Iterator<Item = &'a Arc<str>> {
        before.diff(&self.documents).map(|difference| match difference {
            DiffItem::Add(key, _) | DiffItem::Remove(key, _) | DiffItem::Update { new: (key, _), .. } => key,
        })
    }

    /// The claims of one document, in the order of its words.
    pub fn claims_of_document(&self, key: &str) -> Vec<&ReportedClaim> {
        let ids = self.index.claims_of_document.get(key).into_iter().flat_map(|ids| ids.iter());
        ids.filter_map(|id| self.claims.get(id)).collect()
    }

    /// Live documents in the order in which the store came to know them, from `since` on.
    pub fn recorded_since(&self, since: Timestamp) -> impl Iterator<Item = &DocumentFacts> {
        let documents = self.index.recorded.range((since, Arc::from(""))..);
        documents.filter_map(|(_, key)| self.documents.get(key)).map(Arc::as_ref)
    }

    /// Whether news, not only a reference table, speaks for a state.
    pub fn is_news(state: &RelationState) -> bool {
        state.origin == StateOrigin::News || !state.supported_by.is_empty()
    }

    /// The whole graph of this snapshot: sorted, no blank nodes.
    pub fn triples(&self, run: &str) -> Vec<Triple> {
        self.everything(run).whole(&IriBase::default())
    }

    /// What the whole graph tells of, beside the reference tables.
    pub(crate) fn everything<'a>(&'a self, run: &'a str) -> Selection<'a> {
        let mut all = Selection::new(&self.world, run, self.newest());
        all.documents.extend(self.documents.values().map(Arc::as_ref));
        all.claims.extend(self.claims.iter().map(|(id, told)| (told, self.index.event_of_claim.get(id))));
        all.events.extend(self.fusion.events.iter());
        all.states.extend(self.fusion.states.iter());
        all.disputes.extend(self.fusion.disputes.iter());
        all.promises.extend(self.fusion.promises.iter());
        all.occasions.extend(self.fusion.occasions());
        all.records.extend(self.fusion.records.iter());
        all
    }

    /// The event that a claim of this snapshot tells.
    pub(crate) fn event_id_of(&self, claim: &ClaimId) -> Option<&EventId> {
        self.index.event_of_claim.get(claim)
    }
}

fn events_of<'a>(
    index: &'a OrdMap<(EntityId, EventOrder), Arc<Event>>,
    id: &EntityId,
) -> impl Iterator<Item = &'a Event> + use<'a> {
    let (id, start) = (id.clone(), (id.clone(), (Reverse(Some(Date::MAX)), EventId::from(""))));
    index.range(start..).take_while(move |((who, _), _)| *who == id).map(|(_, event)| event.as_ref())
}

fn order(event: &Event) -> EventOrder {
    (Reverse(event.date.not_after().or(event.date.not_before())), event.id.clone())
}

impl Index {
    fn add_state(&mut self, state: &Arc<RelationState>) {
        for member in members(state) {
            self.states.insert((member, state.id.clone()), state.clone());
        }
        begins(state).map(|day| self.beginning.insert((day, state.id.clone())));
    }

    fn remove_state(&mut self, state: &RelationState) {
        for member in members(state) {
            self.states.remove(&(member, state.id.clone()));
        }
        begins(state).map(|day| self.beginning.remove(&(day, state.id.clone())));
    }

    fn add_event(&mut self, event: &Arc<Event>) {
        let order = order(event);
        for id in named(event) {
            self.events.insert((id, order.clone()), event.clone());
        }
        let parties = event.parties();
        if parties.len() > MOST_PARTIES {
            for party in parties {
                self.gatherings.insert((party, order.clone()), event.clone());
            }
        } else {
            for (a, b) in pairs(&parties) {
                self.dyads.insert((a.clone(), b.clone(), order.clone()), event.clone());
            }
        }
    }

    fn remove_event(&mut self, event: &Event) {
        let order = order(event);
        for id in named(event) {
            self.events.remove(&(id, order.clone()));
        }
        let parties = event.parties();
        if parties.len() > MOST_PARTIES {
            for party in parties {
                self.gatherings.remove(&(party, order.clone()));
            }
        } else {
            for (a, b) in pairs(&parties) {
                self.dyads.remove(&(a.clone(), b.clone(), order.clone()));
            }
        }
    }
}

fn begins(state: &RelationState) -> Option<Date> {
    state.valid_from.not_before().filter(|_| state.status == StateStatus::InForce)
}

/// Parties, counterpart and agreement, each once.
fn members(state: &RelationState) -> Vec<EntityId> {
    once_each(state.members(), &state.agreement)
}

/// Sources, targets and agreement, each once.
fn named(event: &Event) -> Vec<EntityId> {
    once_each(event.parties(), &event.agreement)
}

fn once_each(mut ids: Vec<EntityId>, agreement: &Option<EntityId>) -> Vec<EntityId> {
    ids.extend(agreement.clone());
    ids.sort();
    ids.dedup();
    ids
}

/// Every unordered pair of a sorted list.
fn pairs(ids: &[EntityId]) -> impl Iterator<Item = (&EntityId, &EntityId)> {
    ids.iter().enumerate().flat_map(move |(at, a)| ids[at + 1..].iter().map(move |b| (a, b)))
}

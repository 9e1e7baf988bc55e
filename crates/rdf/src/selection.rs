//! The part of the graph that tells of a few resources: the same triples as in the whole graph, of these alone.

use crate::graph::Graph;
use crate::{IriBase, claim, dispute, document, entity, event, promise, provenance, state, tenure};
use chancery_model::{
    Dispute, DocumentFacts, EntityId, Event, EventId, Promise, PromiseTally, RecordHolder, RelationState,
    ReportedClaim, World,
};
use jiff::civil::Date;
use oxrdf::Triple;
use std::iter;

/// Things that are told of in one part of the whole graph.
const PART: usize = 4_096;

/// What to tell of. Lists may be in any order and hold a thing twice.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    /// What entities are described with.
    pub world: &'a World,
    /// The hash of program version and data version.
    pub run: &'a str,
    /// The day of the newest document of the whole graph: flat edges depend on it.
    pub newest: Option<Date>,
    /// Entities with labels and codes.
    pub entities: Vec<&'a EntityId>,
    /// Documents.
    pub documents: Vec<&'a DocumentFacts>,
    /// Claims, each with the event that it tells.
    pub claims: Vec<(&'a ReportedClaim, Option<&'a EventId>)>,
    /// Events.
    pub events: Vec<&'a Event>,
    /// Relation states.
    pub states: Vec<&'a RelationState>,
    /// Disputes.
    pub disputes: Vec<&'a Dispute>,
    /// Promises.
    pub promises: Vec<&'a Promise>,
    /// Events of one occasion, each pair as seen from the first.
    pub occasions: Vec<(&'a EventId, &'a EventId)>,
    /// Records of promises.
    pub records: Vec<(&'a RecordHolder, &'a PromiseTally)>,
}

impl<'a> Selection<'a> {
    /// Nothing as yet.
    pub fn new(world: &'a World, run: &'a str, newest: Option<Date>) -> Self {
        Self {
            world,
            run,
            newest,
            entities: Vec::new(),
            documents: Vec::new(),
            claims: Vec::new(),
            events: Vec::new(),
            states: Vec::new(),
            disputes: Vec::new(),
            promises: Vec::new(),
            occasions: Vec::new(),
            records: Vec::new(),
        }
    }

    /// The triples, sorted and without repetition. Entities that are only named get their class and their names.
    pub fn triples(&self) -> Vec<Triple> {
        let base = IriBase::default();
        let mut graph = Graph::new(&base);
        if !self.claims.is_empty() {
            provenance::map_run(&mut graph, self.run);
        }
        self.map(&mut graph);
        entity::map_some(&mut graph, self.world, &self.entities);
        graph.finish()
    }

    /// The triples as they stand in the whole graph, where the run and the entities of the reference tables stand by themselves:
    /// of these nothing is told, and of other entities their class.
    pub fn part(&self) -> Vec<Triple> {
        let base = IriBase::default();
        let mut graph = Graph::new(&base);
        self.map(&mut graph);
        entity::map_unknown(&mut graph, self.world);
        graph.finish()
    }

    /// The whole graph below a base: the triples, the run, and everything of the reference tables.
    pub fn whole(&self, base: &IriBase) -> Vec<Triple> {
        let mut graph = Graph::new(base);
        provenance::map_run(&mut graph, self.run);
        self.map(&mut graph);
        for tenure in self.world.tenures() {
            tenure::map(&mut graph, tenure, self.world.office_level(&tenure.office));
        }
        entity::map_all(&mut graph, self.world);
        graph.finish()
    }

    /// The whole graph in parts that fit in memory: first what stands by itself, the run and the reference tables. A triple can be in
    /// several.
    pub fn parts(&self) -> impl Iterator<Item = Vec<Triple>> {
        let nothing = || Self::new(self.world, self.run, self.newest);
        let tables = iter::once_with(move || nothing().whole(&IriBase::default()));
        let documents = self.documents.chunks(PART).map(move |some| Self { documents: some.to_vec(), ..nothing() });
        let claims = self.claims.chunks(PART).map(move |some| Self { claims: some.to_vec(), ..nothing() });
        let events = self.events.chunks(PART).map(move |some| Self { events: some.to_vec(), ..nothing() });
        let states = self.states.chunks(PART).map(move |some| Self { states: some.to_vec(), ..nothing() });
        let disputes = self.disputes.chunks(PART).map(move |some| Self { disputes: some.to_vec(), ..nothing() });
        let promises = self.promises.chunks(PART).map(move |some| Self { promises: some.to_vec(), ..nothing() });
        let occasions = self.occasions.chunks(PART).map(move |some| Self { occasions: some.to_vec(), ..nothing() });
        let records = self.records.chunks(PART).map(move |some| Self { records: some.to_vec(), ..nothing() });
        let parts = documents.chain(claims).chain(events).chain(states).chain(disputes).chain(promises);
        tables.chain(parts.chain(occasions).chain(records).map(|selection| selection.part()))
    }

    fn map(&self, graph: &mut Graph<'_>) {
        for document in &self.documents {
            document::map(graph, document);
        }
        for (reported, event) in &self.claims {
            claim::map(graph, reported, *event, self.run);
        }
        for event in &self.events {
            event::map(graph, event);
        }
        for state in &self.states {
            state::map(graph, state, self.newest);
        }
        for dispute in &self.disputes {
            dispute::map(graph, dispute);
        }
        for promise in &self.promises {
            promise::map(graph, promise);
        }
        for (event, other) in &self.occasions {
            event::map_occasion(graph, event, other);
        }
        for (holder, tally) in &self.records {
            promise::map_record(graph, holder, tally);
        }
    }
}

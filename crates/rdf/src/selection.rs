//! The part of the graph that tells of a few resources: the same triples as in the whole graph, of these alone.

use crate::graph::Graph;
use crate::{IriBase, claim, dispute, document, entity, event, promise, provenance, state};
use chancery_model::{Dispute, DocumentFacts, EntityId, Event, EventId, Promise, RelationState, ReportedClaim, World};
use jiff::civil::Date;
use oxrdf::Triple;

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
        }
    }

    /// The triples, sorted and without repetition. Entities that are only named get their class and their names.
    pub fn triples(&self) -> Vec<Triple> {
        let base = IriBase::default();
        let mut graph = Graph::new(&base);
        for document in &self.documents {
            document::map(&mut graph, document);
        }
        if !self.claims.is_empty() {
            provenance::map_run(&mut graph, self.run);
        }
        for (reported, event) in &self.claims {
            claim::map(&mut graph, reported, *event, self.run);
        }
        for event in &self.events {
            event::map(&mut graph, event);
        }
        for state in &self.states {
            state::map(&mut graph, state, self.newest);
        }
        for dispute in &self.disputes {
            dispute::map(&mut graph, dispute);
        }
        for promise in &self.promises {
            promise::map(&mut graph, promise);
        }
        entity::map_some(&mut graph, self.world, &self.entities);
        graph.finish()
    }
}

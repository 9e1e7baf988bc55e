//! What a commit makes of the default graph, found from what it touches alone.
//!
//! The touched things are told as they were and as they are; the difference is the change. Some triples are told by many
//! things at once (what a proposition says, the members of a dyad, the class of an entity that stands in no table, a flat
//! edge): they go only with the last that tells them, which the graph on disk and the snapshot know.

use crate::StoreError;
use crate::flusher::Written;
use crate::snapshot::{Snapshot, Step};
use crate::store::Inner;
use chancery_fusion::Changed;
use chancery_model::EntityId;
use chancery_rdf::state::flat_edges;
use chancery_rdf::vocab::{self, Concept};
use chancery_rdf::{IriBase, Resource, Selection};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{
    GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef, Triple,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// What a change set makes of the default graph: shown to a check before anything is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphChange {
    removed: Vec<Triple>,
    added: Vec<Triple>,
    /// All that is told of the touched things after the change.
    told: Vec<Triple>,
    /// Nodes that lost or gained something, or point to one that is no more.
    subjects: Vec<Term>,
    /// What the checks of these nodes need beside `told`.
    around: Vec<Triple>,
}

impl GraphChange {
    pub(crate) fn new(removed: Vec<Triple>, added: Vec<Triple>, told: Vec<Triple>) -> Self {
        Self { removed, added, told, subjects: Vec::new(), around: Vec::new() }
    }

    /// Triples that go.
    pub fn removed(&self) -> &[Triple] {
        &self.removed
    }

    /// Triples that come.
    pub fn added(&self) -> &[Triple] {
        &self.added
    }

    /// How much is written for it. What goes is scattered over many nodes: nobody passes over all of it.
    pub(crate) fn written(&self) -> Written {
        Written { quads: (self.removed.len() + self.added.len()) as u64, removed: 0 }
    }

    /// The part of the graph after the change that validating [`GraphChange::subjects`] needs: everything that is told of them,
    /// the classes of the nodes to which they point, and flat edges to them. Not sorted; a triple may stand twice.
    pub fn triples(&self) -> impl Iterator<Item = &Triple> {
        self.told.iter().chain(&self.around)
    }

    /// The nodes that a check has to look at, each once, sorted by their text: those of which a triple comes or goes, and those
    /// that point to a node that is no more.
    pub fn subjects(&self) -> &[Term] {
        &self.subjects
    }
}

impl Inner {
    /// What a step makes of the graph.
    pub(crate) fn change(&self, before: &Snapshot, step: &Step) -> Result<GraphChange, StoreError> {
        let (old, new) = (side(before, step, &self.run, Side::Old), side(&step.after, step, &self.run, Side::New));
        let (was, is): (FxHashSet<&Triple>, FxHashSet<&Triple>) = (old.iter().collect(), new.iter().collect());
        let gone: Vec<&Triple> = old.iter().filter(|triple| !is.contains(triple)).collect();
        let come: Vec<&Triple> = new.iter().filter(|triple| !was.contains(triple)).collect();
        let shared =
            Shared { inner: self, after: &step.after, gone: gone.iter().copied().collect(), base: IriBase::default() };
        let removed = gone
            .iter()
            .filter_map(|triple| shared.still_told(triple).map(|told| (!told).then(|| (*triple).clone())).transpose());
        let removed = removed.collect::<Result<_, _>>()?;
        let mut known = KnownNodes::default();
        let added = come.iter().filter_map(|triple| {
            let known = shared.known_before(triple, &mut known);
            known.map(|known| (!known).then(|| (*triple).clone())).transpose()
        });
        let added = added.collect::<Result<_, _>>()?;
        Ok(GraphChange::new(removed, added, new))
    }

    /// Finds what a check of the change has to look at.
    pub(crate) fn look_around(&self, change: &mut GraphChange, after: &Snapshot) -> Result<(), StoreError> {
        let mut surroundings = Surroundings::new(self, change, after);
        surroundings.look()?;
        let Surroundings { focus, around, .. } = surroundings;
        change.subjects = focus.into_values().map(Term::from).collect();
        change.around = around;
        Ok(())
    }

    fn default_graph<'q>(
        &self,
        subject: Option<NamedOrBlankNodeRef<'q>>,
        predicate: Option<NamedNodeRef<'q>>,
        object: Option<TermRef<'q>>,
    ) -> impl Iterator<Item = Result<Triple, StoreError>> + use<> {
        let quads = self.graph.quads_for_pattern(subject, predicate, object, Some(GraphNameRef::DefaultGraph));
        quads.map(|quad| quad.map(Triple::from).map_err(StoreError::from))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Old,
    New,
}

/// What is told of the touched things on one side of a step.
fn side(snapshot: &Snapshot, step: &Step, run: &str, side: Side) -> Vec<Triple> {
    let claims = if side == Side::Old { &step.removed } else { &step.added };
    let retold = step.retold.iter().filter_map(|id| snapshot.claims.get(id));
    let reached = step.reached.iter().filter_map(|id| snapshot.state(id));
    let change = &step.fusion;
    let mut part = Selection::new(&snapshot.world, run, snapshot.newest());
    part.documents.extend(step.documents.iter().filter_map(|changed| pick(changed, side)));
    part.claims.extend(claims.iter().chain(retold).map(|told| (told, snapshot.event_id_of(&told.claim.id))));
    part.events.extend(change.events.iter().filter_map(|changed| pick(changed, side)));
    part.states.extend(change.states.iter().filter_map(|changed| pick(changed, side)).chain(reached));
    part.disputes.extend(change.disputes.iter().filter_map(|changed| pick(changed, side)));
    part.promises.extend(change.promises.iter().filter_map(|changed| pick(changed, side)));
    for event in &change.occasions {
        part.occasions.extend(snapshot.fusion.occasion_of(event).map(|other| (event, &other.id)));
    }
    let tallies: Vec<_> = change.records.iter().map(|holder| (holder, snapshot.fusion.records.of(holder))).collect();
    part.records.extend(tallies.iter().filter(|(_, tally)| tally.total() > 0).map(|(holder, tally)| (*holder, tally)));
    part.part()
}

fn pick<T>(changed: &Changed<T>, side: Side) -> Option<&T> {
    if side == Side::Old { changed.old.as_deref() } else { changed.new.as_deref() }
}

/// Tells whether a triple that many things tell is told by an untouched one.
struct Shared<'a> {
    inner: &'a Inner,
    after: &'a Snapshot,
    gone: FxHashSet<&'a Triple>,
    base: IriBase,
}

/// Propositions, namings and dyads, of which all or nothing is told, and whether they were before.
type KnownNodes<'a> = FxHashMap<&'a NamedNode, bool>;

impl Shared<'_> {
    /// Whether a triple that the touched things no longer tell stays all the same.
    fn still_told(&self, triple: &Triple) -> Result<bool, StoreError> {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { return Ok(false) };
        match self.base.parse(subject.as_ref()) {
            Some(Resource::Proposition(_)) => self.is_named(subject, Some(vocab::ASSERTS)),
            Some(Resource::Naming(_)) => self.is_named(subject, Some(vocab::NAMING)),
            Some(Resource::Dyad(..)) => self.is_named(subject, Some(vocab::DYAD)),
            Some(Resource::Entity(id)) if triple.predicate == rdf::TYPE => {
                Ok(self.after.world.entity(&id).is_some() || self.is_named(subject, None)?)
            }
            Some(Resource::Entity(id)) => Ok(self.has_edge(&id, triple)),
            _ => Ok(false),
        }
    }

    /// Whether a node is named by something that stays.
    fn is_named(&self, node: &NamedNode, property: Option<NamedNodeRef<'_>>) -> Result<bool, StoreError> {
        for triple in self.inner.default_graph(None, property, Some(node.as_ref().into())) {
            if !self.gone.contains(&triple?) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a state of the snapshot has this flat edge.
    fn has_edge(&self, id: &EntityId, triple: &Triple) -> bool {
        let Term::NamedNode(object) = &triple.object else { return false };
        let Some(object) = self.base.parse_entity(object.as_ref()) else { return false };
        let newest = self.after.newest();
        self.after.states_of(id).any(|state| {
            vocab::flat_edge(state.kind).is_some_and(|property| property == triple.predicate)
                && flat_edges(state, newest).contains(&(id, &object))
        })
    }

    /// Whether a triple that is new for the touched things was there before.
    fn known_before<'t>(&self, triple: &'t Triple, nodes: &mut KnownNodes<'t>) -> Result<bool, StoreError> {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { return Ok(false) };
        let is_there = || Ok(self.inner.graph.contains(triple.as_ref().in_graph(GraphNameRef::DefaultGraph))?);
        match self.base.parse(subject.as_ref()) {
            Some(Resource::Proposition(_) | Resource::Naming(_) | Resource::Dyad(..)) => match nodes.get(subject) {
                Some(known) => Ok(*known),
                None => {
                    let known = is_there()?;
                    nodes.insert(subject, known);
                    Ok(known)
                }
            },
            Some(Resource::Entity(_)) => is_there(),
            _ => Ok(false),
        }
    }
}

/// Gathers what a check needs to see.
struct Surroundings<'a> {
    inner: &'a Inner,
    after: &'a Snapshot,
    base: IriBase,
    removed: FxHashSet<&'a Triple>,
    added: FxHashMap<&'a NamedOrBlankNode, Vec<&'a Triple>>,
    told: &'a [Triple],
    focus: BTreeMap<String, NamedOrBlankNode>,
    around: Vec<Triple>,
}

impl<'a> Surroundings<'a> {
    fn new(inner: &'a Inner, change: &'a GraphChange, after: &'a Snapshot) -> Self {
        let subjects = change.removed.iter().chain(&change.added).map(|triple| &triple.subject);
        let subjects: FxHashSet<&NamedOrBlankNode> = subjects.collect();
        let focus = subjects.into_iter().map(|subject| (subject.to_string(), subject.clone())).collect();
        let mut added: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for triple in &change.added {
            added.entry(&triple.subject).or_default().push(triple);
        }
        let removed = change.removed.iter().collect();
        Self { inner, after, base: IriBase::default(), removed, added, told: &change.told, focus, around: Vec::new() }
    }

    fn look(&mut self) -> Result<(), StoreError> {
        let whole: FxHashSet<&NamedOrBlankNode> =
            self.told.iter().filter(|triple| triple.predicate == rdf::TYPE).map(|triple| &triple.subject).collect();
        let focus: Vec<NamedOrBlankNode> = self.focus.values().cloned().collect();
        for subject in &focus {
            match self.resource(subject) {
                // Of entities the touched things tell edges and classes only.
                Some(Resource::Entity(id)) => self.look_at_entity(subject, &id)?,
                _ if whole.contains(subject) => {}
                // Of an event whose occasion alone changed they tell the links; of what is no more, nothing.
                _ if self.describe(subject)? => {}
                _ => self.look_at_those_who_name(subject)?,
            }
        }
        self.look_at_classes()
    }

    fn resource(&self, node: &NamedOrBlankNode) -> Option<Resource> {
        match node {
            NamedOrBlankNode::NamedNode(node) => self.base.parse(node.as_ref()),
            NamedOrBlankNode::BlankNode(_) => None,
        }
    }

    fn look_at_entity(&mut self, subject: &NamedOrBlankNode, id: &EntityId) -> Result<(), StoreError> {
        self.describe(subject)?;
        // Flat edges of symmetric kinds go both ways.
        for state in self.after.states_of(id).filter(|state| state.kind.is_symmetric()) {
            let Some(property) = vocab::flat_edge(state.kind) else { continue };
            for (one, other) in flat_edges(state, self.after.newest()).into_iter().filter(|(_, other)| *other == id) {
                self.around.push(Triple::new(self.base.entity(one), property, self.base.entity(other)));
            }
        }
        Ok(())
    }

    /// Nodes that point to one of which nothing is told any longer.
    fn look_at_those_who_name(&mut self, node: &NamedOrBlankNode) -> Result<(), StoreError> {
        let mut naming = Vec::new();
        for triple in self.inner.default_graph(None, None, Some(Term::from(node.clone()).as_ref())) {
            let triple = triple?;
            if !self.removed.contains(&triple) {
                naming.push(triple.subject);
            }
        }
        for subject in naming {
            self.describe(&subject)?;
            self.focus.insert(subject.to_string(), subject);
        }
        Ok(())
    }

    /// Everything of a node as it will be. Tells whether there is anything.
    fn describe(&mut self, node: &NamedOrBlankNode) -> Result<bool, StoreError> {
        let before = self.around.len();
        for triple in self.inner.default_graph(Some(node.as_ref()), None, None) {
            let triple = triple?;
            if !self.removed.contains(&triple) {
                self.around.push(triple);
            }
        }
        let added = self.added.get(node).into_iter().flatten();
        self.around.extend(added.map(|triple| (*triple).clone()));
        Ok(self.around.len() > before)
    }

    /// The classes of the nodes that are pointed to.
    fn look_at_classes(&mut self) -> Result<(), StoreError> {
        let all = || self.told.iter().chain(&self.around);
        let typed: FxHashSet<&NamedOrBlankNode> =
            all().filter(|triple| triple.predicate == rdf::TYPE).map(|triple| &triple.subject).collect();
        let objects: BTreeSet<&NamedNode> = all()
            .filter(|triple| triple.predicate != rdf::TYPE)
            .filter_map(|triple| if let Term::NamedNode(node) = &triple.object { Some(node) } else { None })
            .filter(|node| node.as_str().starts_with(self.base.as_str()))
            .filter(|node| !typed.contains(&NamedOrBlankNode::from((*node).clone())))
            .collect();
        let mut classes = Vec::new();
        for node in objects {
            self.classes(node, &mut classes)?;
        }
        self.around.extend(classes);
        Ok(())
    }

    /// The classes of an untouched node: of claims, events, states and entities the snapshot knows them.
    fn classes(&self, node: &NamedNode, into: &mut Vec<Triple>) -> Result<(), StoreError> {
        let mut is_a = |class: NamedNode| into.push(Triple::new(node.clone(), rdf::TYPE, class));
        match self.base.parse(node.as_ref()) {
            Some(Resource::Claim(id)) if self.after.claims.contains_key(&id) => is_a(vocab::CLAIM.into_owned()),
            Some(Resource::Event(id)) => {
                if let Some(event) = self.after.event(&id) {
                    is_a(event.event_type.concept());
                    is_a(vocab::EVENT.into_owned());
                    is_a(vocab::SEM_EVENT.into_owned());
                }
            }
            Some(Resource::Relation(id)) if self.after.state(&id).is_some() => is_a(vocab::RELATION_STATE.into_owned()),
            Some(Resource::Entity(id)) => {
                is_a(vocab::entity_class(id.kind()).into_owned());
                if id.is_actor() {
                    is_a(vocab::ACTOR.into_owned());
                }
            }
            Some(Resource::Claim(_) | Resource::Relation(_)) | None => {}
            Some(_) => {
                let subject = NamedOrBlankNodeRef::from(node.as_ref());
                for triple in self.inner.default_graph(Some(subject), Some(rdf::TYPE), None) {
                    let triple = triple?;
                    if !self.removed.contains(&triple) {
                        into.push(triple);
                    }
                }
            }
        }
        Ok(())
    }
}

//! One validation: focus nodes, the shapes they are checked against, and what is found.
//!
//! Everything is numbers until the report is made: terms that only the shapes name are numbered after those of the graph.

mod constraints;
mod focus;
mod found;
mod values;

use crate::component::Component;
use crate::graph::{Graph, Id};
use crate::path;
use crate::report::Report;
use crate::shape::{Constant, Shape, ShapeId};
use crate::shapes::{Limits, Shapes};
use found::{Found, FoundPath};
use oxrdf::Term;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// A validation under way.
pub(crate) struct Validator<'a> {
    pub(crate) graph: &'a Graph,
    shapes: &'a Shapes,
    /// The constants of the shapes as terms of the graph, or beyond them.
    constants: Vec<Id>,
    /// Terms that the graph does not have.
    beyond: Vec<Term>,
    /// Whether a node has a shape, once that is known.
    known: FxHashMap<(ShapeId, Id), bool>,
    /// A class and all below it.
    sub_classes: FxHashMap<Id, Rc<FxHashSet<Id>>>,
    results: Vec<Found>,
    limits: Limits,
    steps: u64,
    complete: bool,
}

/// A node that is checked against a shape, and the values that the path of the shape leads to.
struct Focus<'s> {
    node: Id,
    id: ShapeId,
    shape: &'s Shape,
    values: Vec<Id>,
}

impl<'a> Validator<'a> {
    pub(crate) fn new(shapes: &'a Shapes, graph: &'a Graph, limits: Limits) -> Self {
        let mut validator = Self {
            graph,
            shapes,
            constants: Vec::with_capacity(shapes.constants.len()),
            beyond: Vec::new(),
            known: FxHashMap::default(),
            sub_classes: FxHashMap::default(),
            results: Vec::new(),
            limits,
            steps: 0,
            complete: true,
        };
        validator.constants = shapes.constants.iter().map(|term| validator.number(term)).collect();
        validator
    }

    /// The number of a term, in the graph or beyond it. Each term is asked for once.
    fn number(&mut self, term: &Term) -> Id {
        self.graph.id(term).unwrap_or_else(|| {
            self.beyond.push(term.clone());
            let number = self.graph.term_count() + self.beyond.len() - 1;
            Id(u32::try_from(number).expect("graph and shapes have fewer than 2^32 terms"))
        })
    }

    fn term(&self, id: Id) -> &Term {
        match (id.0 as usize).checked_sub(self.graph.term_count()) {
            Some(place) => &self.beyond[place],
            None => self.graph.term(id),
        }
    }

    pub(crate) fn constant(&self, constant: Constant) -> Id {
        self.constants[constant.0 as usize]
    }

    /// Counts work that is done.
    pub(crate) fn spend(&mut self, steps: usize) {
        self.steps = self.steps.saturating_add(steps as u64);
    }

    /// Whether more may be done; if not, the report will not be complete.
    pub(crate) fn has_steps(&mut self) -> bool {
        self.complete &= self.steps <= self.limits.steps;
        self.complete
    }

    /// Validates every target of every shape.
    pub(crate) fn validate_targets(&mut self) {
        for id in self.shapes.ids() {
            for node in self.targets(self.shapes.shape(id)) {
                self.check_target(id, node);
            }
        }
    }

    /// Validates nodes against the shapes that have them as targets.
    pub(crate) fn validate_nodes(&mut self, nodes: impl Iterator<Item = Term>) {
        let nodes: FxHashSet<Term> = nodes.collect();
        let mut nodes: Vec<Id> = nodes.iter().map(|node| self.known_number(node)).collect();
        nodes.sort_unstable();
        for id in self.shapes.ids() {
            let targets = self.targets(self.shapes.shape(id));
            for node in nodes.iter().filter(|node| targets.contains(node)) {
                self.check_target(id, *node);
            }
        }
    }

    /// The number of a node that the shapes may name as well.
    fn known_number(&mut self, node: &Term) -> Id {
        if let Some(id) = self.graph.id(node) {
            return id;
        }
        match self.shapes.constants.iter().position(|term| term == node) {
            Some(place) => self.constants[place],
            None => self.number(node),
        }
    }

    fn check_target(&mut self, id: ShapeId, node: Id) {
        let mut found = Vec::new();
        self.check(id, node, &mut found);
        let room = self.limits.results.saturating_sub(self.results.len());
        self.complete &= found.len() <= room;
        self.results.extend(found.into_iter().take(room));
    }

    /// Whether a node has a shape.
    fn has_shape(&mut self, node: Id, id: ShapeId) -> bool {
        match self.known.get(&(id, node)) {
            Some(known) => *known,
            None => {
                let mut found = Vec::new();
                self.check(id, node, &mut found);
                found.is_empty()
            }
        }
    }

    /// Checks a node against a shape, and adds what it breaks.
    fn check(&mut self, id: ShapeId, node: Id, found: &mut Vec<Found>) {
        let shape = self.shapes.shape(id);
        if shape.deactivated || self.known.get(&(id, node)) == Some(&true) || !self.has_steps() {
            return;
        }
        if found.len() > self.limits.results {
            self.complete = false;
            return;
        }
        let before = found.len();
        let values = match &shape.path {
            Some(path) => path::values(self, path, node),
            None => vec![node],
        };
        self.spend(1 + values.len());
        let focus = Focus { node, id, shape, values };
        for constraint in &shape.constraints {
            self.check_constraint(&focus, constraint, found);
        }
        if shape.is_shared {
            self.known.insert((id, node), found.len() == before);
        }
    }

    /// The report: terms instead of numbers, sorted.
    pub(crate) fn into_report(mut self) -> Report {
        let found = std::mem::take(&mut self.results);
        let mut results: Vec<_> = found.iter().map(|found| self.result(found)).collect();
        results.sort_by_cached_key(|result| result.sort_key());
        Report { conforms: results.is_empty() && self.complete, complete: self.complete, results }
    }
}

impl Focus<'_> {
    /// A result of this shape on this node.
    fn found(&self, component: Component, value: Option<Id>) -> Found {
        let path = if self.shape.path.is_some() { FoundPath::OfShape } else { FoundPath::None };
        Found { node: self.node, shape: self.id, path, value, component, details: Vec::new() }
    }
}

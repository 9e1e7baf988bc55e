//! Constraints that need the graph or other shapes: classes, pairs of properties, logic, shapes in shapes.

use super::found::{Found, FoundPath};
use super::{Focus, Validator};
use crate::component::Component;
use crate::graph::Id;
use crate::shape::{Constant, Constraint, Qualified, ShapeId};
use crate::value;
use oxrdf::Term;
use rustc_hash::FxHashSet;
use std::cmp::Ordering;

impl Validator<'_> {
    /// Checks one constraint of a shape on one node.
    pub(super) fn check_constraint(&mut self, focus: &Focus<'_>, constraint: &Constraint, found: &mut Vec<Found>) {
        match constraint {
            Constraint::Class(class) => {
                let class = self.constant(*class);
                self.each(focus, Component::Class, found, |this, value| this.is_instance(value, class));
            }
            Constraint::Not(shape) => {
                self.each(focus, Component::Not, found, |this, value| !this.has_shape(value, *shape));
            }
            Constraint::And(shapes) => {
                self.each(focus, Component::And, found, |this, value| {
                    shapes.iter().all(|shape| this.has_shape(value, *shape))
                });
            }
            Constraint::Or(shapes) => {
                self.each(focus, Component::Or, found, |this, value| {
                    shapes.iter().any(|shape| this.has_shape(value, *shape))
                });
            }
            Constraint::Xone(shapes) => {
                self.each(focus, Component::Xone, found, |this, value| {
                    shapes.iter().filter(|shape| this.has_shape(value, **shape)).count() == 1
                });
            }
            Constraint::Node(shape) => self.check_node(focus, *shape, found),
            Constraint::Property(shape) => {
                for value in &focus.values {
                    self.check(*shape, *value, found);
                }
            }
            Constraint::Qualified(qualified) => self.check_qualified(focus, qualified, found),
            Constraint::Closed(allowed) => self.check_closed(focus, allowed, found),
            Constraint::Equals(property) => self.check_equals(focus, *property, found),
            Constraint::Disjoint(property) => {
                let others = self.objects(focus.node, *property);
                self.each(focus, Component::Disjoint, found, |_, value| !others.contains(&value));
            }
            Constraint::LessThan(property) => {
                self.check_order(focus, *property, Component::LessThan, Ordering::is_lt, found);
            }
            Constraint::LessThanOrEquals(property) => {
                self.check_order(focus, *property, Component::LessThanOrEquals, Ordering::is_le, found);
            }
            of_values => self.check_values(focus, of_values, found),
        }
    }

    /// Adds a result for each value for which something does not hold.
    pub(super) fn each(
        &mut self,
        focus: &Focus<'_>,
        component: Component,
        found: &mut Vec<Found>,
        mut holds: impl FnMut(&mut Self, Id) -> bool,
    ) {
        for value in &focus.values {
            if !holds(self, *value) {
                found.push(focus.found(component, Some(*value)));
            }
        }
    }

    fn check_node(&mut self, focus: &Focus<'_>, shape: ShapeId, found: &mut Vec<Found>) {
        for value in &focus.values {
            let mut details = Vec::new();
            self.check(shape, *value, &mut details);
            if !details.is_empty() {
                found.push(Found { details, ..focus.found(Component::Node, Some(*value)) });
            }
        }
    }

    fn check_qualified(&mut self, focus: &Focus<'_>, qualified: &Qualified, found: &mut Vec<Found>) {
        let has = |this: &mut Self, value: Id| {
            this.has_shape(value, qualified.shape)
                && !qualified.siblings.iter().any(|sibling| this.has_shape(value, *sibling))
        };
        let count = focus.values.iter().filter(|value| has(self, **value)).count() as u64;
        if qualified.min.is_some_and(|min| count < min) {
            found.push(focus.found(Component::QualifiedMinCount, None));
        }
        if qualified.max.is_some_and(|max| count > max) {
            found.push(focus.found(Component::QualifiedMaxCount, None));
        }
    }

    fn check_closed(&mut self, focus: &Focus<'_>, allowed: &[Constant], found: &mut Vec<Found>) {
        let allowed: FxHashSet<Id> = allowed.iter().map(|property| self.constant(*property)).collect();
        for value in &focus.values {
            for (property, object) in self.graph.outgoing(*value).filter(|(property, _)| !allowed.contains(property)) {
                let path = FoundPath::Property(property);
                found.push(Found { path, ..focus.found(Component::Closed, Some(object)) });
            }
        }
    }

    fn check_equals(&mut self, focus: &Focus<'_>, property: Constant, found: &mut Vec<Found>) {
        let others = self.objects(focus.node, property);
        let values: FxHashSet<Id> = focus.values.iter().copied().collect();
        let mut unequal: Vec<Id> = values.symmetric_difference(&others).copied().collect();
        unequal.sort_unstable();
        found.extend(unequal.into_iter().map(|value| focus.found(Component::Equals, Some(value))));
    }

    /// One result for each pair that is not in the order, as the recommendation says.
    fn check_order(
        &mut self,
        focus: &Focus<'_>,
        property: Constant,
        component: Component,
        in_order: fn(Ordering) -> bool,
        found: &mut Vec<Found>,
    ) {
        let others: Vec<Id> = self.graph.objects(focus.node, self.constant(property)).collect();
        self.spend(focus.values.len().saturating_mul(others.len()));
        for value in &focus.values {
            for other in &others {
                if !self.order(*value, *other).is_some_and(in_order) && found.len() <= self.limits.results {
                    found.push(focus.found(component, Some(*value)));
                }
            }
        }
    }

    fn order(&self, a: Id, b: Id) -> Option<Ordering> {
        match (self.term(a), self.term(b)) {
            (Term::Literal(a), Term::Literal(b)) => value::compare(a, b),
            _ => None,
        }
    }

    fn objects(&self, node: Id, property: Constant) -> FxHashSet<Id> {
        self.graph.objects(node, self.constant(property)).collect()
    }
}

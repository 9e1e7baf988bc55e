//! Collects triples: a small language for saying things about one resource at a time.

use crate::IriBase;
use crate::vocab;
use chancery_model::{EntityId, EventDate, Language};
use jiff::Timestamp;
use jiff::civil::Date;
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Triples under construction, and the entities they name.
pub(crate) struct Graph<'a> {
    base: &'a IriBase,
    triples: Vec<Triple>,
    named: BTreeSet<EntityId>,
}

impl<'a> Graph<'a> {
    pub(crate) fn new(base: &'a IriBase) -> Self {
        Self { base, triples: Vec::new(), named: BTreeSet::new() }
    }

    pub(crate) fn base(&self) -> &'a IriBase {
        self.base
    }

    /// The IRI of an entity; the graph will say at least what class it has.
    pub(crate) fn entity(&mut self, id: &EntityId) -> NamedNode {
        if !self.named.contains(id) {
            self.named.insert(id.clone());
        }
        self.base.entity(id)
    }

    /// Entities that were named so far.
    pub(crate) fn named(&self) -> &BTreeSet<EntityId> {
        &self.named
    }

    /// Starts or goes on to tell about one resource.
    pub(crate) fn about(&mut self, subject: NamedNode) -> Description<'_> {
        Description { subject, triples: &mut self.triples }
    }

    /// All triples, sorted and without repetition.
    pub(crate) fn finish(mut self) -> Vec<Triple> {
        self.triples.sort_unstable_by(compare);
        self.triples.dedup();
        self.triples
    }
}

/// What is said about one resource.
pub(crate) struct Description<'g> {
    subject: NamedNode,
    triples: &'g mut Vec<Triple>,
}

/// The properties that tell when: the date itself, and its bounds.
pub(crate) struct DateProperties {
    pub(crate) at: NamedNodeRef<'static>,
    pub(crate) not_before: NamedNodeRef<'static>,
    pub(crate) not_after: NamedNodeRef<'static>,
}

/// When an event happened.
pub(crate) const HAPPENED: DateProperties =
    DateProperties { at: vocab::DATE, not_before: vocab::DATE_NOT_BEFORE, not_after: vocab::DATE_NOT_AFTER };

impl Description<'_> {
    pub(crate) fn is_a(&mut self, class: impl Into<NamedNode>) -> &mut Self {
        self.link(rdf::TYPE, class)
    }

    pub(crate) fn link(&mut self, property: NamedNodeRef<'_>, object: impl Into<NamedNode>) -> &mut Self {
        self.add(property, object.into())
    }

    pub(crate) fn links(
        &mut self,
        property: NamedNodeRef<'_>,
        objects: impl IntoIterator<Item = NamedNode>,
    ) -> &mut Self {
        for object in objects {
            self.add(property, object);
        }
        self
    }

    pub(crate) fn text(&mut self, property: NamedNodeRef<'_>, text: impl Into<String>) -> &mut Self {
        self.add(property, Literal::new_simple_literal(text))
    }

    pub(crate) fn tagged(&mut self, property: NamedNodeRef<'_>, text: &str, language: Language) -> &mut Self {
        self.add(property, Literal::new_language_tagged_literal_unchecked(text, language.code()))
    }

    pub(crate) fn integer(&mut self, property: NamedNodeRef<'_>, number: impl ToString) -> &mut Self {
        self.typed(property, number.to_string(), xsd::INTEGER)
    }

    /// In the canonical form of XSD 1.1 (`7`, not `7.0`), the one that stores give back.
    pub(crate) fn decimal(&mut self, property: NamedNodeRef<'_>, number: f64) -> &mut Self {
        self.typed(property, number.to_string(), xsd::DECIMAL)
    }

    pub(crate) fn day(&mut self, property: NamedNodeRef<'_>, day: Option<Date>) -> &mut Self {
        match day {
            Some(day) => self.typed(property, day.to_string(), xsd::DATE),
            None => self,
        }
    }

    pub(crate) fn time(&mut self, property: NamedNodeRef<'_>, time: Timestamp) -> &mut Self {
        self.typed(property, time.to_string(), xsd::DATE_TIME)
    }

    /// A time that may be unknown.
    pub(crate) fn times(&mut self, property: NamedNodeRef<'_>, time: Option<Timestamp>) -> &mut Self {
        match time {
            Some(time) => self.time(property, time),
            None => self,
        }
    }

    /// A date as exact as it is known (day, month, year), and its bounds as days. Unknown dates say nothing.
    pub(crate) fn date(&mut self, properties: &DateProperties, date: EventDate) -> &mut Self {
        if let Some(iso) = date.iso() {
            let datatype = match iso.len() {
                10 => xsd::DATE,
                7 => xsd::G_YEAR_MONTH,
                _ => xsd::G_YEAR,
            };
            self.typed(properties.at, iso, datatype);
        }
        self.day(properties.not_before, date.not_before()).day(properties.not_after, date.not_after())
    }

    pub(crate) fn typed(&mut self, property: NamedNodeRef<'_>, value: String, datatype: NamedNodeRef<'_>) -> &mut Self {
        self.add(property, Literal::new_typed_literal(value, datatype))
    }

    fn add(&mut self, property: NamedNodeRef<'_>, object: impl Into<Term>) -> &mut Self {
        self.triples.push(Triple::new(self.subject.clone(), property, object));
        self
    }
}

/// By subject, predicate and object; IRIs before literals.
fn compare(a: &Triple, b: &Triple) -> Ordering {
    let subjects = subject(a).cmp(subject(b));
    subjects.then_with(|| a.predicate.cmp(&b.predicate)).then_with(|| object(a).cmp(&object(b)))
}

fn subject(triple: &Triple) -> &str {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

fn object(triple: &Triple) -> (u8, &str, &str, &str) {
    match &triple.object {
        Term::NamedNode(node) => (0, node.as_str(), "", ""),
        Term::BlankNode(node) => (1, node.as_str(), "", ""),
        Term::Literal(literal) => {
            (2, literal.value(), literal.datatype().as_str(), literal.language().unwrap_or_default())
        }
    }
}

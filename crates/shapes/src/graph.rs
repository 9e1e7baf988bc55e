//! A graph in memory: terms as numbers, triples in two sorted lists, so that validation compares numbers only.
//!
//! `oxrdf::Graph` keeps six ordered trees and looks each term up by its text; a validator asks two questions, the
//! objects of a subject and a property, and the subjects of a property and an object, and asks them very often.

use crate::ShapesError;
use chancery_rdf::GraphFormat;
use oxrdf::{BlankNode, NamedNode, NamedOrBlankNode, Term, Triple};
use oxrdfio::{RdfParseError, RdfParser};
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// The number of a term in a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id(pub(crate) u32);

/// A set of triples, indexed for validation.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    terms: Vec<Arc<Term>>,
    ids: FxHashMap<Arc<Term>, Id>,
    /// Subject, property, object.
    by_subject: Vec<[Id; 3]>,
    /// Property, object, subject.
    by_property: Vec<[Id; 3]>,
}

impl Graph {
    /// Reads a graph in a format. Named graphs are refused, since shapes speak of one graph.
    ///
    /// # Errors
    /// [`ShapesError::Syntax`] where the text is not well formed or has named graphs.
    pub fn parse(bytes: &[u8], format: GraphFormat) -> Result<Self, ShapesError> {
        Self::parse_within(bytes, format, usize::MAX)
    }

    /// Reads a graph of at most so many triples, for text from outside: a few bytes of Turtle are a triple, and a
    /// triple in memory is many bytes.
    ///
    /// # Errors
    /// [`ShapesError::TooManyTriples`] as soon as there are more; else as [`Graph::parse`].
    pub fn parse_within(bytes: &[u8], format: GraphFormat, limit: usize) -> Result<Self, ShapesError> {
        let mut graph = Self::default();
        for triple in triples(bytes, format) {
            if graph.by_subject.len() == limit {
                return Err(ShapesError::TooManyTriples { limit });
            }
            graph.add(triple?);
        }
        Ok(graph.sorted())
    }

    /// The merge of graphs: blank nodes of different graphs stay different, whatever their labels.
    pub fn merged(mut graphs: Vec<Self>) -> Self {
        let mut merged = match graphs.len() {
            1 => return graphs.remove(0),
            _ => Self::default(),
        };
        for graph in &graphs {
            let mut names = BlankNames { first: merged.terms.len(), ..BlankNames::default() };
            for (subject, property, object) in graph.triples() {
                let [subject, property, object] = [subject, property, object].map(|id| {
                    let term = names.rename_term(graph.term(id).clone());
                    merged.intern(term)
                });
                merged.by_subject.push([subject, property, object]);
            }
        }
        merged.sorted()
    }

    /// How many triples there are.
    pub fn len(&self) -> usize {
        self.by_subject.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_subject.is_empty()
    }

    /// These nodes and the nodes that point to them: what to validate anew when these have changed, since a shape
    /// asks a node for its own properties and for the class of its values.
    pub fn touched_by<'t>(&self, nodes: impl IntoIterator<Item = &'t Term>) -> Vec<Term> {
        let changed: Vec<&Term> = nodes.into_iter().collect();
        let ids: BTreeSet<Id> = changed.iter().filter_map(|node| self.id(node)).collect();
        let pointing =
            self.by_subject.iter().filter(|[_, _, object]| ids.contains(object)).map(|[subject, ..]| *subject);
        let touched: BTreeSet<Id> = pointing.chain(ids.iter().copied()).collect();
        // A node that has gone from the graph altogether can still be the target of a shape.
        let gone = changed.into_iter().filter(|node| self.id(node).is_none()).cloned();
        touched.into_iter().map(|id| self.term(id).clone()).chain(gone).collect()
    }

    pub(crate) fn id(&self, term: &Term) -> Option<Id> {
        self.ids.get(term).copied()
    }

    pub(crate) fn term(&self, id: Id) -> &Term {
        &self.terms[id.0 as usize]
    }

    /// How many terms there are; numbers from here on are free.
    pub(crate) fn term_count(&self) -> usize {
        self.terms.len()
    }

    /// The objects of a subject and a property, ascending.
    pub(crate) fn objects(&self, subject: Id, property: Id) -> impl Iterator<Item = Id> + '_ {
        range(&self.by_subject, &[subject, property]).iter().map(|[_, _, object]| *object)
    }

    /// The subjects of a property and an object, ascending.
    pub(crate) fn subjects(&self, property: Id, object: Id) -> impl Iterator<Item = Id> + '_ {
        range(&self.by_property, &[property, object]).iter().map(|[_, _, subject]| *subject)
    }

    /// Properties and objects of a subject.
    pub(crate) fn outgoing(&self, subject: Id) -> impl Iterator<Item = (Id, Id)> + '_ {
        range(&self.by_subject, &[subject]).iter().map(|[_, property, object]| (*property, *object))
    }

    /// Subjects and objects of a property.
    pub(crate) fn pairs(&self, property: Id) -> impl Iterator<Item = (Id, Id)> + '_ {
        range(&self.by_property, &[property]).iter().map(|[_, object, subject]| (*subject, *object))
    }

    /// All triples, by subject.
    pub(crate) fn triples(&self) -> impl Iterator<Item = (Id, Id, Id)> + '_ {
        self.by_subject.iter().map(|[subject, property, object]| (*subject, *property, *object))
    }

    fn add(&mut self, triple: Triple) {
        let subject = self.intern(triple.subject.into());
        let property = self.intern(triple.predicate.into());
        let object = self.intern(triple.object);
        self.by_subject.push([subject, property, object]);
    }

    /// The same without a copy of what is known: each subject is that of many triples in a row, and there are few properties.
    fn add_all<'t>(&mut self, triples: impl Iterator<Item = &'t Triple>) {
        let mut properties: FxHashMap<&NamedNode, Id> = FxHashMap::default();
        let mut last: Option<(&NamedOrBlankNode, Id)> = None;
        for Triple { subject, predicate, object } in triples {
            let subject_id = match last {
                Some((known, id)) if known == subject => id,
                _ => self.intern(subject.clone().into()),
            };
            last = Some((subject, subject_id));
            let property = *properties.entry(predicate).or_insert_with(|| self.intern(predicate.clone().into()));
            let object = self.id(object).unwrap_or_else(|| self.intern(object.clone()));
            self.by_subject.push([subject_id, property, object]);
        }
    }

    /// Both lists, once every triple is there.
    fn sorted(mut self) -> Self {
        self.by_subject.sort_unstable();
        self.by_subject.dedup();
        self.by_property = self.by_subject.iter().map(|[s, p, o]| [*p, *o, *s]).collect();
        self.by_property.sort_unstable();
        self
    }

    fn intern(&mut self, term: Term) -> Id {
        if let Some(id) = self.ids.get(&term) {
            return *id;
        }
        let id = Id(u32::try_from(self.terms.len()).expect("a graph in memory has fewer than 2^32 terms"));
        let term = Arc::new(term);
        self.terms.push(Arc::clone(&term));
        self.ids.insert(term, id);
        id
    }
}

impl FromIterator<Triple> for Graph {
    fn from_iter<T: IntoIterator<Item = Triple>>(triples: T) -> Self {
        let mut graph = Self::default();
        triples.into_iter().for_each(|triple| graph.add(triple));
        graph.sorted()
    }
}

impl<'t> FromIterator<&'t Triple> for Graph {
    fn from_iter<T: IntoIterator<Item = &'t Triple>>(triples: T) -> Self {
        let mut graph = Self::default();
        graph.add_all(triples.into_iter());
        graph.sorted()
    }
}

/// The rows of a sorted list that begin with these numbers.
fn range<'r>(rows: &'r [[Id; 3]], front: &[Id]) -> &'r [[Id; 3]] {
    let rest = &rows[rows.partition_point(|row| row[..front.len()] < *front)..];
    &rest[..rest.partition_point(|row| row[..front.len()] == *front)]
}

/// Triples in the order of the text, with blank nodes named by that order: the same text gives the same names.
pub(crate) fn read(bytes: &[u8], format: GraphFormat) -> Result<Vec<Triple>, ShapesError> {
    triples(bytes, format).collect()
}

fn triples(bytes: &[u8], format: GraphFormat) -> impl Iterator<Item = Result<Triple, ShapesError>> {
    let parser = RdfParser::from_format(format.rdf_format()).without_named_graphs();
    let mut names = BlankNames::default();
    parser.for_slice(bytes).map(move |quad| Ok(names.rename(quad.map_err(RdfParseError::from)?.into())))
}

/// New names for blank nodes: the reader gives those in brackets a random one.
#[derive(Default)]
struct BlankNames {
    first: usize,
    names: HashMap<String, BlankNode>,
}

impl BlankNames {
    fn rename(&mut self, triple: Triple) -> Triple {
        let subject = match triple.subject {
            NamedOrBlankNode::BlankNode(node) => self.of(&node).into(),
            named => named,
        };
        Triple::new(subject, triple.predicate, self.rename_term(triple.object))
    }

    fn rename_term(&mut self, term: Term) -> Term {
        match term {
            Term::BlankNode(node) => self.of(&node).into(),
            other => other,
        }
    }

    fn of(&mut self, node: &BlankNode) -> BlankNode {
        let next = self.first + self.names.len();
        let name = || BlankNode::new_unchecked(format!("b{next}"));
        self.names.entry(node.as_str().to_owned()).or_insert_with(name).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph() -> Graph {
        Graph::parse(b"<urn:a> <urn:p> <urn:b>, <urn:c> . <urn:b> <urn:p> <urn:c> .", GraphFormat::Turtle).unwrap()
    }

    fn id(graph: &Graph, iri: &str) -> Id {
        graph.id(&oxrdf::NamedNode::new(iri).unwrap().into()).unwrap()
    }

    #[test]
    fn both_directions_are_found() {
        let graph = graph();
        let [a, b, c, p] = ["urn:a", "urn:b", "urn:c", "urn:p"].map(|iri| id(&graph, iri));
        assert_eq!(graph.objects(a, p).collect::<Vec<_>>(), [b, c]);
        assert_eq!(graph.subjects(p, c).collect::<Vec<_>>(), [a, b]);
        assert_eq!(graph.outgoing(c).count(), 0);
        assert_eq!(graph.pairs(p).count(), 3);
    }

    #[test]
    fn a_change_touches_those_who_point_to_it() {
        let graph = graph();
        let b: Term = oxrdf::NamedNode::new("urn:b").unwrap().into();
        let touched: Vec<String> = graph.touched_by([&b]).iter().map(ToString::to_string).collect();
        assert_eq!(touched, ["<urn:a>", "<urn:b>"]);
    }

    #[test]
    fn blank_nodes_of_merged_graphs_stay_apart() {
        let parse = |text: &str| Graph::parse(text.as_bytes(), GraphFormat::Turtle).unwrap();
        let graphs = [parse("_:x <urn:p> _:y, 1 . <urn:a> <urn:p> 1 ."), parse("_:x <urn:p> [ <urn:p> _:x ] .")];
        let merged = Graph::merged(graphs.to_vec());
        let blank = merged.terms.iter().filter(|term| matches!(***term, Term::BlankNode(_))).count();
        assert_eq!((merged.len(), blank), (5, 4));
        assert_eq!(Graph::merged(vec![graphs[0].clone(), graphs[0].clone()]).len(), 5);
    }

    #[test]
    fn triples_have_a_limit() {
        let text = b"<urn:a> <urn:p> 1, 2, 3 .";
        assert_eq!(Graph::parse_within(text, GraphFormat::Turtle, 3).unwrap().len(), 3);
        let refused = Graph::parse_within(text, GraphFormat::Turtle, 2);
        assert!(matches!(refused, Err(ShapesError::TooManyTriples { limit: 2 })));
    }

    #[test]
    fn named_graphs_are_refused() {
        let quads = b"<urn:a> <urn:p> <urn:b> <urn:g> .";
        assert!(matches!(Graph::parse(quads, GraphFormat::NQuads), Err(ShapesError::Syntax(_))));
    }
}

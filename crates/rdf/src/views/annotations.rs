//! RDF 1.2 Turtle: `claim:c rdf:reifies <<( state:A dip:visit state:B )>>`. Nothing is asserted by being quoted, so that a plan or a
//! denial is told without being a fact. A relation in force reifies its flat edges, which stand in the graph too.
//!
//! Propositions become quoted triples and are no nodes any more, but for those of which one side is unknown.

use super::{Losses, is_flat_edge, links, node, resource, subject, told_of};
use crate::format::{self, GraphFormat};
use crate::iri::{IriBase, Resource};
use crate::vocab;
use oxrdf::{NamedNode, Triple};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

const REIFIES: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies";

pub(super) fn write(triples: &[Triple], base: &IriBase, mut out: impl io::Write) -> io::Result<Losses> {
    let propositions = told_of(triples, base, |resource| matches!(resource, Resource::Proposition(_)));
    let quoted: BTreeMap<&str, Quoted<'_>> =
        propositions.iter().filter_map(|(iri, about)| Some((*iri, Quoted::of(about)?))).collect();
    let stays = |triple: &&Triple| {
        let iri = match (resource(triple, base), triple.predicate == vocab::ASSERTS) {
            (Some(Resource::Proposition(_)), _) => subject(triple),
            (_, true) => node(triple),
            _ => None,
        };
        iri.is_none_or(|iri| !quoted.contains_key(iri.as_str()))
    };
    format::serialise_below(triples.iter().filter(stays), GraphFormat::Turtle, base, &mut out)?;
    for (claim, proposition) in links(triples, vocab::ASSERTS) {
        if let Some(quoted) = quoted.get(proposition.as_str()) {
            quoted.write(claim, &mut out)?;
        }
    }
    for (relation, edge) in edges(triples, base) {
        edge.write(relation, &mut out)?;
    }
    out.flush()?;
    let nodes = propositions.len() - quoted.len();
    Ok(if nodes == 0 {
        Losses::new()
    } else {
        Losses::from([("propositions with an unknown side, kept as nodes", nodes)])
    })
}

/// A triple that is talked about.
struct Quoted<'t> {
    subject: &'t NamedNode,
    relation: &'t NamedNode,
    object: &'t NamedNode,
}

impl<'t> Quoted<'t> {
    fn of(about: &[&'t Triple]) -> Option<Self> {
        let value = |property| about.iter().find(|triple| triple.predicate == property).and_then(|triple| node(triple));
        Some(Self { subject: value(vocab::SUBJECT)?, relation: value(vocab::RELATION)?, object: value(vocab::OBJECT)? })
    }

    fn write(&self, reifier: &NamedNode, out: &mut impl io::Write) -> io::Result<()> {
        writeln!(out, "{reifier} <{REIFIES}> <<( {} {} {} )>> .", self.subject, self.relation, self.object)
    }
}

/// The flat edges that stand in the graph, each with the relations that they stand for.
fn edges<'t>(triples: &'t [Triple], base: &IriBase) -> Vec<(&'t NamedNode, Quoted<'t>)> {
    let mut members: BTreeMap<&NamedNode, BTreeSet<&NamedNode>> = BTreeMap::new();
    for property in [vocab::PARTY, vocab::COUNTERPART, vocab::AGREEMENT] {
        for (relation, member) in links(triples, property) {
            members.entry(relation).or_default().insert(member);
        }
    }
    let in_force: BTreeSet<&NamedNode> = links(triples, vocab::STATUS)
        .filter(|(_, status)| status.as_str().ends_with("#InForce"))
        .map(|(relation, _)| relation)
        .collect();
    let mut relations: BTreeMap<(&NamedNode, &NamedNode), Vec<&NamedNode>> = BTreeMap::new();
    for (relation, kind) in links(triples, vocab::KIND) {
        let is_relation = matches!(base.parse(relation.as_ref()), Some(Resource::Relation(_)));
        for member in members.get(relation).into_iter().flatten().filter(|_| is_relation && in_force.contains(relation))
        {
            relations.entry((*member, kind)).or_default().push(relation);
        }
    }
    let kinds: BTreeMap<NamedNode, NamedNode> = chancery_model::StateKind::ALL
        .iter()
        .filter_map(|kind| Some((vocab::flat_edge(*kind)?.into_owned(), vocab::Concept::concept(*kind))))
        .collect();
    let mut edges = Vec::new();
    for triple in triples.iter().filter(|triple| is_flat_edge(&triple.predicate)) {
        let (Some(subject), Some(object), Some(kind)) = (subject(triple), node(triple), kinds.get(&triple.predicate))
        else {
            continue;
        };
        let of_subject = relations.get(&(subject, kind)).into_iter().flatten();
        for relation in of_subject.filter(|relation| members[*relation].contains(object)) {
            edges.push((*relation, Quoted { subject, relation: &triple.predicate, object }));
        }
    }
    edges
}

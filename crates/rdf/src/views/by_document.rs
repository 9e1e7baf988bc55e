//! A named graph for each document, named by its IRI: the document and what it says. A proposition or a naming stands in the graph of
//! each document that has it. Events, relations, entities and all else stand in the default graph.

use super::{Losses, claim_of, is_shared, links, quad, resource, subject};
use crate::iri::{IriBase, Resource};
use crate::vocab;
use chancery_model::ClaimId;
use oxrdf::{GraphName, NamedNode, Quad, Triple};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn quads(triples: &[Triple], base: &IriBase) -> (Vec<Quad>, Losses) {
    let claim = |iri: &NamedNode| match base.parse(iri.as_ref()) {
        Some(Resource::Claim(id)) => Some(id),
        _ => None,
    };
    let document_of: BTreeMap<ClaimId, &NamedNode> = links(triples, vocab::PROV_WAS_DERIVED_FROM)
        .filter_map(|(iri, document)| Some((claim(iri)?, document)))
        .collect();
    let mut talked_of: BTreeMap<&NamedNode, BTreeSet<&NamedNode>> = BTreeMap::new();
    for (iri, shared) in links(triples, vocab::ASSERTS).chain(links(triples, vocab::NAMING)) {
        let document = claim(iri).and_then(|claim| document_of.get(&claim));
        talked_of.entry(shared).or_default().extend(document);
    }
    let mut quads = Vec::new();
    for triple in triples {
        let of_claim = claim_of(triple, base).and_then(|claim| document_of.get(&claim));
        match (resource(triple, base), subject(triple), of_claim) {
            (_, _, Some(document)) => quads.push(quad(triple, (*document).clone())),
            (Some(Resource::Document(_)), Some(document), _) => quads.push(quad(triple, document.clone())),
            (Some(told), Some(iri), _) if is_shared(&told) => {
                let documents = talked_of.get(iri).into_iter().flatten();
                quads.extend(documents.map(|document| quad(triple, (*document).clone())));
            }
            _ => quads.push(quad(triple, GraphName::DefaultGraph)),
        }
    }
    quads.sort_by_cached_key(|quad| quad.graph_name.to_string());
    let repeated = talked_of.values().filter(|documents| documents.len() > 1).count();
    let losses = if repeated == 0 {
        Losses::new()
    } else {
        Losses::from([("propositions and namings that stand in several graphs", repeated)])
    };
    (quads, losses)
}

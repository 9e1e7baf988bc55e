//! A nanopublication for each claim (nanopub.net, guidelines of 2015): the head, what the claim says, where that comes from, and
//! when it was recorded. They are fragments of the claim: `claim/…#nanopublication`, `#head`, `#assertion`, `#provenance`, `#info`.
//!
//! The assertion is the claim with its status and its propositions, never the bare statement: a plan is published as a plan.

use super::{Losses, beside_claims, claim_of, is_shared, links, node, quad, resource, told_of};
use crate::iri::{IriBase, Resource};
use crate::provenance::part;
use crate::vocab;
use oxrdf::vocab::rdf;
use oxrdf::{NamedNode, NamedNodeRef, Quad, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};

const NP: &str = "http://www.nanopub.org/nschema#";
const GENERATED_AT: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#generatedAtTime");
const ATTRIBUTED_TO: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#wasAttributedTo");

pub(super) fn quads(triples: &[Triple], base: &IriBase) -> (Vec<Quad>, Losses) {
    let shared = told_of(triples, base, is_shared);
    let documents = told_of(triples, base, |resource| matches!(resource, Resource::Document(_)));
    let mut claims: BTreeMap<_, Vec<&Triple>> = BTreeMap::new();
    for triple in triples {
        if let Some(claim) = claim_of(triple, base) {
            claims.entry(claim).or_default().push(triple);
        }
    }
    let mut quads = Vec::new();
    for (claim, about) in &claims {
        let claim = base.claim(claim);
        let graph = |name| part(&claim, name);
        let publication = graph("nanopublication");
        let np = |local: &str| NamedNode::new_unchecked(format!("{NP}{local}"));
        let mut add = |subject: &NamedNode, property: NamedNode, object: Term, name: &str| {
            quads.push(Quad::new(subject.clone(), property, object, part(&claim, name)));
        };
        add(&publication, rdf::TYPE.into_owned(), np("Nanopublication").into(), "head");
        add(&publication, np("hasAssertion"), graph("assertion").into(), "head");
        add(&publication, np("hasProvenance"), graph("provenance").into(), "head");
        add(&publication, np("hasPublicationInfo"), graph("info").into(), "head");
        add(&publication, ATTRIBUTED_TO.into_owned(), vocab::CHANCERY.into(), "info");
        for triple in about {
            match &triple.predicate {
                time if *time == vocab::RECORDED_FROM => {
                    add(&publication, GENERATED_AT.into_owned(), triple.object.clone(), "info");
                }
                origin if *origin == vocab::PROV_WAS_DERIVED_FROM || *origin == vocab::PROV_WAS_GENERATED_BY => {
                    add(&graph("assertion"), origin.clone(), triple.object.clone(), "provenance");
                }
                _ => {}
            }
        }
        let name = |triple: &Triple| if is_provenance(triple, base) { "provenance" } else { "assertion" };
        quads.extend(about.iter().map(|triple| quad(triple, graph(name(triple)))));
        for (property, name) in [(vocab::ASSERTS, "assertion"), (vocab::NAMING, "provenance")] {
            let named = about.iter().filter(|triple| triple.predicate == property).filter_map(|triple| node(triple));
            let told = named.filter_map(|named| shared.get(named.as_str())).flatten();
            quads.extend(told.map(|triple| quad(triple, graph(name))));
        }
        let origin = about.iter().filter(|triple| triple.predicate == vocab::PROV_WAS_DERIVED_FROM);
        let origin: BTreeSet<&NamedNode> = origin.filter_map(|triple| node(triple)).collect();
        for triple in origin.into_iter().filter_map(|document| documents.get(document.as_str())).flatten() {
            quads.push(quad(triple, graph("provenance")));
        }
    }
    let mut losses = beside_claims(triples, base);
    let silent =
        documents.len() - links(triples, vocab::PROV_WAS_DERIVED_FROM).map(|(_, to)| to).collect::<BTreeSet<_>>().len();
    if silent > 0 {
        losses.insert("documents without a claim", silent);
    }
    (quads, losses)
}

/// Whether a triple of a claim tells where it comes from rather than what it says.
fn is_provenance(triple: &Triple, base: &IriBase) -> bool {
    let properties = [
        vocab::ATTRIBUTION,
        vocab::EVIDENCE,
        vocab::NAMING,
        vocab::PROV_WAS_DERIVED_FROM,
        vocab::PROV_WAS_GENERATED_BY,
        vocab::RECORDED_FROM,
        vocab::RULE,
        vocab::CONFIDENCE,
    ];
    match resource(triple, base) {
        Some(Resource::Evidence(_) | Resource::Attribution(..)) => true,
        _ => properties.iter().any(|property| triple.predicate == *property),
    }
}

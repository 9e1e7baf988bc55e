//! With which words an outlet names an actor, in a language: shared by all claims of its documents that name it so, so that
//! how often each outlet uses which words is counted over them, not over every participation.

use crate::graph::Graph;
use crate::vocab;
use chancery_model::hash::content_hash;
use chancery_model::{EntityId, ReportedClaim};
use oxrdf::NamedNode;
use std::collections::BTreeSet;

/// An actor, the outlet and the language, and the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Naming<'a> {
    actor: &'a EntityId,
    publisher: &'a str,
    language: &'static str,
    words: &'a str,
}

impl Naming<'_> {
    fn hash(&self) -> String {
        content_hash(["naming", &self.actor.to_string(), self.publisher, self.language, self.words])
    }
}

/// Tells how a claim names those who take part, and gives the IRIs; none where nobody is known to have published it.
pub(crate) fn map(graph: &mut Graph<'_>, reported: &ReportedClaim) -> Vec<NamedNode> {
    let Some(publisher) = &reported.document.publisher else { return Vec::new() };
    let language = reported.document.lang.code();
    let parts = reported.claim.participants.iter();
    let namings: BTreeSet<Naming<'_>> =
        parts.map(|part| Naming { actor: &part.id, publisher, language, words: &part.surface }).collect();
    namings.into_iter().map(|naming| map_naming(graph, &naming)).collect()
}

fn map_naming(graph: &mut Graph<'_>, naming: &Naming<'_>) -> NamedNode {
    let iri = graph.base().naming(&naming.hash());
    let actor = graph.entity(naming.actor);
    graph
        .about(iri.clone())
        .is_a(vocab::NAMING_CLASS)
        .link(vocab::NAMED, actor)
        .text(vocab::PUBLISHER_NAME, naming.publisher)
        .text(vocab::SCHEMA_IN_LANGUAGE, naming.language)
        .text(vocab::SURFACE, naming.words);
    iri
}

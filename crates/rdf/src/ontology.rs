//! The ontology as data: the files of `ontology/`, their triples, and the labels of the closed lists.

use crate::vocab;
use crate::vocab::Concept;
use chancery_model::Language;
use oxrdf::vocab::rdfs;
use oxrdf::{NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxrdfio::{RdfFormat, RdfParseError, RdfParser};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Classes, properties and closed lists.
pub const DIPLOMACY: &str = include_str!("../../../ontology/diplomacy.ttl");
/// The fifty event types, generated; see [`crate::event_types`].
pub const EVENT_TYPES: &str = include_str!("../../../ontology/event-types.ttl");
/// What a well-formed graph looks like, in SHACL Core.
pub const SHAPES: &str = include_str!("../../../ontology/shapes.ttl");
/// How our terms relate to those of others.
pub const ALIGNMENTS: &str = include_str!("../../../ontology/alignments.ttl");
/// A JSON-LD context for our terms.
pub const CONTEXT: &str = include_str!("../../../ontology/context.jsonld");

/// The Turtle files with their names, for those who serve or check them.
pub const FILES: [(&str, &str); 4] = [
    ("diplomacy.ttl", DIPLOMACY),
    ("event-types.ttl", EVENT_TYPES),
    ("shapes.ttl", SHAPES),
    ("alignments.ttl", ALIGNMENTS),
];

/// Reads Turtle.
///
/// # Errors
/// Where it is not well formed; the error says line and column.
pub fn parse_turtle(text: &str) -> Result<Vec<Triple>, RdfParseError> {
    let parser = RdfParser::from_format(RdfFormat::Turtle).without_named_graphs();
    parser.for_slice(text).map(|quad| quad.map(Triple::from).map_err(RdfParseError::from)).collect()
}

/// Classes, properties, lists and event types.
pub fn triples() -> &'static [Triple] {
    &TRIPLES
}

static TRIPLES: LazyLock<Vec<Triple>> = LazyLock::new(|| {
    let files = [DIPLOMACY, EVENT_TYPES];
    files.into_iter().flat_map(|file| parse_turtle(file).expect("the tests read the embedded ontology")).collect()
});

static LABELS: LazyLock<BTreeMap<(&'static str, &'static str), &'static str>> =
    LazyLock::new(|| triples().iter().filter_map(labelled).collect());

fn labelled(triple: &'static Triple) -> Option<((&'static str, &'static str), &'static str)> {
    match (&triple.subject, &triple.object) {
        (NamedOrBlankNode::NamedNode(term), Term::Literal(label)) if triple.predicate == rdfs::LABEL => {
            Some(((term.as_str(), label.language()?), label.value()))
        }
        _ => None,
    }
}

/// The label of a word of a closed list: status, kind, stage, topic, role, voice, outcome, event type.
///
/// In the language asked for, else in English.
///
/// ```
/// use chancery_model::{Language, StateStatus};
/// assert_eq!(chancery_rdf::label(StateStatus::InForce, Language::English), "in force");
/// ```
pub fn label(word: impl Concept, language: Language) -> &'static str {
    label_of(word.concept().as_ref(), language).unwrap_or_default()
}

/// The label of any term of the ontology, in the language asked for, else in English.
pub fn label_of(term: NamedNodeRef<'_>, language: Language) -> Option<&'static str> {
    let find = |language: Language| LABELS.get(&(term.as_str(), language.code())).copied();
    find(language).or_else(|| find(Language::English))
}

static NOTATIONS: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| triples().iter().filter_map(noted).collect());

fn noted(triple: &'static Triple) -> Option<(&'static str, &'static str)> {
    match (&triple.subject, &triple.object) {
        (NamedOrBlankNode::NamedNode(term), Term::Literal(word)) if triple.predicate == vocab::SKOS_NOTATION => {
            Some((term.as_str(), word.value()))
        }
        _ => None,
    }
}

/// The word of a closed list that a term stands for: `in-force`, `sign-agreement`.
pub fn notation_of(term: NamedNodeRef<'_>) -> Option<&'static str> {
    NOTATIONS.get(term.as_str()).copied()
}

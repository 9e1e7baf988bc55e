//! The JSON-LD context: plain names for all classes, properties and words of the lists, made from the ontology. The file
//! `ontology/context.jsonld` is [`document`]; [`crate::json_ld`] writes with the entries that it needs.
//!
//! A property whose values are things is coerced to IRIs, one whose values are words of a list to the vocabulary
//! (`"status": "Planned"`), one whose values have one datatype to that datatype.

use crate::format::VOCABULARY_PREFIXES;
use crate::{ontology, vocab};
use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{NamedNodeRef, NamedOrBlankNode, Term, Triple};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

/// How the values of a property are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coercion {
    /// As they are: texts alone are strings.
    None,
    /// A thing by its IRI.
    Iri,
    /// A word of a list by its name.
    Word,
    /// A text in a language, as a map from languages.
    Language,
    /// A literal of one datatype.
    Datatype(&'static str),
}

/// A name and what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The IRI.
    pub(crate) iri: &'static str,
    /// How its values are written.
    pub(crate) coercion: Coercion,
}

impl Entry {
    /// Whether the name says by itself what it stands for: a term of ours whose values are written as they are.
    pub(crate) fn is_bare(&self) -> bool {
        self.coercion == Coercion::None && self.iri.starts_with(vocab::DIP)
    }
}

/// Names of terms that we reuse. Where a name is one of ours, theirs is written with a prefix (`w3org:role`).
const REUSED: &[(NamedNodeRef<'static>, Coercion)] = &[
    (rdfs::LABEL, Coercion::Language),
    (rdfs::COMMENT, Coercion::Language),
    (rdfs::SUB_CLASS_OF, Coercion::Iri),
    (rdfs::DOMAIN, Coercion::Iri),
    (rdfs::RANGE, Coercion::Iri),
    (vocab::IS_DEFINED_BY, Coercion::Iri),
    (vocab::GEO_AS_WKT, Coercion::Datatype("http://www.opengis.net/ont/geosparql#wktLiteral")),
    (vocab::GEO_GEOMETRY, Coercion::None),
    (vocab::GEO_HAS_GEOMETRY, Coercion::Iri),
    (vocab::OA_END, Coercion::Datatype(INTEGER)),
    (vocab::OA_EXACT, Coercion::None),
    (vocab::OA_HAS_SELECTOR, Coercion::Iri),
    (vocab::OA_HAS_SOURCE, Coercion::Iri),
    (vocab::OA_SPECIFIC_RESOURCE, Coercion::None),
    (vocab::OA_START, Coercion::Datatype(INTEGER)),
    (vocab::OA_TEXT_POSITION_SELECTOR, Coercion::None),
    (vocab::OA_TEXT_QUOTE_SELECTOR, Coercion::None),
    (vocab::ORG_MEMBERSHIP, Coercion::None),
    (vocab::ORG_ORGANIZATION, Coercion::Iri),
    (vocab::PROV_ACTIVITY, Coercion::None),
    (vocab::PROV_WAS_ASSOCIATED_WITH, Coercion::Iri),
    (vocab::PROV_WAS_DERIVED_FROM, Coercion::Iri),
    (vocab::PROV_WAS_GENERATED_BY, Coercion::Iri),
    (vocab::SCHEMA_DATE_PUBLISHED, Coercion::Datatype("http://www.w3.org/2001/XMLSchema#date")),
    (vocab::SCHEMA_HEADLINE, Coercion::None),
    (vocab::SCHEMA_IDENTIFIER, Coercion::None),
    (vocab::SCHEMA_IN_LANGUAGE, Coercion::None),
    (vocab::SCHEMA_LATITUDE, Coercion::Datatype(DECIMAL)),
    (vocab::SCHEMA_LONGITUDE, Coercion::Datatype(DECIMAL)),
    (vocab::SCHEMA_NEWS_ARTICLE, Coercion::None),
    (vocab::SCHEMA_SAME_AS, Coercion::Iri),
    (vocab::SKOS_ALT_LABEL, Coercion::Language),
    (vocab::SKOS_BROADER, Coercion::Iri),
    (vocab::SKOS_DEFINITION, Coercion::Language),
    (vocab::SKOS_IN_SCHEME, Coercion::Iri),
    (vocab::SKOS_NOTATION, Coercion::None),
    (vocab::SKOS_PREF_LABEL, Coercion::Language),
];

const INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";
const DECIMAL: &str = "http://www.w3.org/2001/XMLSchema#decimal";
const OBJECT_PROPERTY: &str = "http://www.w3.org/2002/07/owl#ObjectProperty";
const CONCEPT: &str = "http://www.w3.org/2004/02/skos/core#Concept";

/// All names.
pub(crate) static ENTRIES: LazyLock<BTreeMap<&'static str, Entry>> = LazyLock::new(entries);

/// The name of an IRI that has one.
pub(crate) static NAMES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| ENTRIES.iter().map(|(name, entry)| (entry.iri, *name)).collect());

/// The whole context as a document.
pub fn document() -> String {
    let mut context = head();
    for (name, entry) in ENTRIES.iter() {
        context.insert((*name).to_owned(), definition(entry));
    }
    let mut lines: Vec<String> = Vec::new();
    for (name, value) in &context {
        lines.push(format!("  {}: {value}", Value::from(name.as_str())));
    }
    format!("{{\"@context\": {{\n{}\n}}}}\n", lines.join(",\n"))
}

/// The part of the context that these names and prefixes need.
pub(crate) fn part(names: &BTreeSet<&'static str>, prefixes: &BTreeSet<&'static str>) -> Value {
    let mut context = head();
    context.retain(|name, _| name.starts_with('@') || ["id", "type"].contains(&name.as_str()));
    for name in names {
        let mut value = definition(&ENTRIES[name]);
        // A part has few prefixes: IRIs are whole.
        match &mut value {
            Value::String(iri) => ENTRIES[name].iri.clone_into(iri),
            value => value["@id"] = ENTRIES[name].iri.into(),
        }
        if let Coercion::Datatype(datatype) = ENTRIES[name].coercion {
            value["@type"] = datatype.into();
        }
        context.insert((*name).to_owned(), value);
    }
    for (name, iri) in VOCABULARY_PREFIXES.iter().filter(|(name, _)| prefixes.contains(name)) {
        context.insert((*name).to_owned(), (*iri).into());
    }
    Value::Object(context)
}

/// Version, aliases of keywords, prefixes.
fn head() -> Map<String, Value> {
    let mut head = Map::new();
    head.insert("@version".to_owned(), json!(1.1));
    head.insert("@vocab".to_owned(), vocab::DIP.into());
    head.insert("id".to_owned(), "@id".into());
    head.insert("type".to_owned(), "@type".into());
    for (name, iri) in VOCABULARY_PREFIXES {
        head.insert((*name).to_owned(), (*iri).into());
    }
    head
}

fn definition(entry: &Entry) -> Value {
    let iri = short(entry.iri);
    match entry.coercion {
        Coercion::None => iri.into(),
        Coercion::Iri => json!({"@id": iri, "@type": "@id"}),
        Coercion::Word => json!({"@id": iri, "@type": "@vocab"}),
        Coercion::Language => json!({"@id": iri, "@container": "@language"}),
        Coercion::Datatype(datatype) => json!({"@id": iri, "@type": short(datatype)}),
    }
}

/// `http://schema.org/headline` → `schema:headline`.
fn short(iri: &str) -> String {
    match prefixed(iri) {
        Some((prefix, local)) => format!("{prefix}:{local}"),
        None => iri.to_owned(),
    }
}

/// Prefix and local name of an IRI of a vocabulary that we reuse.
pub(crate) fn prefixed(iri: &str) -> Option<(&'static str, &str)> {
    let split = |(prefix, namespace): &(&'static str, &str)| Some((*prefix, iri.strip_prefix(namespace)?));
    VOCABULARY_PREFIXES.iter().filter_map(split).find(|(_, local)| !local.is_empty())
}

fn entries() -> BTreeMap<&'static str, Entry> {
    let reused = REUSED.iter().map(|(term, coercion)| {
        let local = prefixed(term.as_str()).map_or(term.as_str(), |(_, local)| local);
        (local, Entry { iri: term.as_str(), coercion: *coercion })
    });
    let mut entries: BTreeMap<&'static str, Entry> = reused.collect();
    let words = words_of_lists();
    for (iri, about) in &by_subject() {
        if let Some(local) = iri.strip_prefix(vocab::DIP) {
            entries.insert(local, Entry { iri, coercion: coercion(about, &words) });
        }
    }
    entries
}

/// What the ontology says of each of its terms.
fn by_subject() -> BTreeMap<&'static str, Vec<&'static Triple>> {
    let mut subjects: BTreeMap<&str, Vec<&Triple>> = BTreeMap::new();
    for triple in ontology::triples() {
        if let NamedOrBlankNode::NamedNode(subject) = &triple.subject {
            subjects.entry(subject.as_str()).or_default().push(triple);
        }
    }
    subjects
}

/// The classes whose members are words of lists.
fn words_of_lists() -> BTreeSet<&'static str> {
    let words = ontology::triples().iter().filter(|triple| triple.predicate == rdfs::SUB_CLASS_OF);
    let words = words.filter(|triple| matches!(&triple.object, Term::NamedNode(class) if class.as_str() == CONCEPT));
    let mut words: BTreeSet<&str> = words
        .filter_map(|triple| match &triple.subject {
            NamedOrBlankNode::NamedNode(class) => Some(class.as_str()),
            NamedOrBlankNode::BlankNode(_) => None,
        })
        .collect();
    words.extend([CONCEPT, rdf::PROPERTY.as_str()]);
    words
}

fn coercion(about: &[&'static Triple], words: &BTreeSet<&str>) -> Coercion {
    let value = |property: NamedNodeRef<'_>, wanted: Option<&str>| {
        about.iter().filter(|triple| triple.predicate == property).find_map(|triple| match &triple.object {
            Term::NamedNode(node) if wanted.is_none_or(|wanted| wanted == node.as_str()) => Some(node.as_str()),
            _ => None,
        })
    };
    let range = value(rdfs::RANGE, None);
    match (value(rdf::TYPE, Some(OBJECT_PROPERTY)), range) {
        (Some(_), Some(range)) if words.contains(range) => Coercion::Word,
        (Some(_), _) => Coercion::Iri,
        (None, Some(range)) if range != xsd::STRING.as_str() && range != rdfs::LITERAL.as_str() => {
            Coercion::Datatype(range)
        }
        (None, _) => Coercion::None,
    }
}

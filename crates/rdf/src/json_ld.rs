//! JSON-LD with the names of our context: `{"id": …, "type": "Claim", "status": "Planned"}`. The part of the context that the
//! names need stands in the document, so that it is read without asking anybody for it.
//!
//! Triples of one subject that stand together become one object. Texts in languages become maps, integers numbers; what a name
//! does not fit (a literal of another datatype) is written in full.

use crate::context::{self, Coercion, ENTRIES, NAMES};
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::io;

/// Names and prefixes that a document needs.
#[derive(Default)]
struct Used {
    names: BTreeSet<&'static str>,
    prefixes: BTreeSet<&'static str>,
}

/// Writes a document.
///
/// # Errors
/// Where the writer fails.
pub(crate) fn write(triples: &[&Triple], mut out: impl io::Write) -> io::Result<()> {
    let mut used = Used::default();
    for triple in triples {
        used.note(triple);
    }
    write!(out, "{{\"@context\": {},\n\"@graph\": [", context::part(&used.names, &used.prefixes))?;
    for (place, node) in triples.chunk_by(|a, b| a.subject == b.subject).enumerate() {
        out.write_all(if place == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut out, &object(node))?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()
}

impl Used {
    fn note(&mut self, triple: &Triple) {
        let fitting = fitting(triple);
        match &triple.object {
            Term::NamedNode(class) if triple.predicate == rdf::TYPE => return self.note_name(class.as_str()),
            Term::NamedNode(word) if matches!(fitting, Some((_, Coercion::Word))) => self.note_name(word.as_str()),
            _ => {}
        }
        match fitting {
            Some(_) => self.note_name(triple.predicate.as_str()),
            None => self.note_prefix(triple.predicate.as_str()),
        }
    }

    /// A bare name of our own needs no entry: the vocabulary gives it.
    fn note_name(&mut self, iri: &str) {
        match NAMES.get(iri) {
            Some(name) if ENTRIES[name].is_bare() => {}
            Some(name) => drop(self.names.insert(name)),
            None => self.note_prefix(iri),
        }
    }

    fn note_prefix(&mut self, iri: &str) {
        self.prefixes.extend(context::prefixed(iri).map(|(prefix, _)| prefix));
    }
}

/// What is said of one subject.
fn object(triples: &[&Triple]) -> Value {
    let mut object = Map::new();
    let id = match &triples[0].subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    };
    object.insert("id".to_owned(), id.into());
    for triple in triples {
        match (&triple.object, fitting(triple)) {
            (Term::NamedNode(class), _) if triple.predicate == rdf::TYPE => {
                add(&mut object, "type", in_vocabulary(class.as_ref()).into());
            }
            (Term::Literal(literal), Some((name, Coercion::Language))) => {
                let map = object.entry(name).or_insert_with(|| json!({}));
                if let Value::Object(map) = map {
                    add(map, literal.language().unwrap_or_default(), literal.value().into());
                }
            }
            (value, Some((name, coercion))) => add(&mut object, name, short(value, coercion)),
            (value, None) => add(&mut object, &full_name(triple.predicate.as_ref()), in_full(value)),
        }
    }
    Value::Object(object)
}

/// One value, or a list of several.
fn add(object: &mut Map<String, Value>, name: &str, value: Value) {
    match object.get_mut(name) {
        None => drop(object.insert(name.to_owned(), value)),
        Some(Value::Array(values)) => values.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
    }
}

/// The name of the property, where the value is of the kind that the name stands for.
fn fitting(triple: &Triple) -> Option<(&'static str, Coercion)> {
    let name = *NAMES.get(triple.predicate.as_str())?;
    let coercion = ENTRIES[name].coercion;
    let fits = match (&triple.object, coercion) {
        (Term::Literal(literal), Coercion::Language) => literal.language().is_some(),
        (Term::Literal(literal), Coercion::Datatype(datatype)) => literal.datatype().as_str() == datatype,
        (Term::Literal(_), Coercion::None) => true,
        (Term::Literal(_), Coercion::Iri | Coercion::Word) => false,
        (Term::NamedNode(_) | Term::BlankNode(_), Coercion::Iri) => true,
        (Term::NamedNode(_), Coercion::Word) => true,
        (Term::NamedNode(_) | Term::BlankNode(_), _) => false,
    };
    fits.then_some((name, coercion))
}

fn short(value: &Term, coercion: Coercion) -> Value {
    match (value, coercion) {
        (Term::NamedNode(node), Coercion::Word) => in_vocabulary(node.as_ref()).into(),
        (Term::NamedNode(node), _) => node.as_str().into(),
        (Term::BlankNode(node), _) => node.to_string().into(),
        (Term::Literal(literal), Coercion::Datatype(_)) => number(literal).unwrap_or_else(|| literal.value().into()),
        (Term::Literal(literal), _) if literal.datatype() == xsd::STRING => literal.value().into(),
        (Term::Literal(_), _) => in_full(value),
    }
}

/// An integer that a number of JSON gives back as it is written.
fn number(literal: &Literal) -> Option<Value> {
    let number: i64 = literal.value().parse().ok().filter(|_| literal.datatype() == xsd::INTEGER)?;
    (number.unsigned_abs() < 1 << 53 && number.to_string() == literal.value()).then(|| number.into())
}

/// A class or a word of a list, relative to the vocabulary.
fn in_vocabulary(node: NamedNodeRef<'_>) -> String {
    NAMES.get(node.as_str()).map_or_else(|| full_name(node), |name| (*name).to_owned())
}

/// With a prefix where there is one, else the IRI.
fn full_name(node: NamedNodeRef<'_>) -> String {
    match context::prefixed(node.as_str()) {
        Some((prefix, local)) => format!("{prefix}:{local}"),
        None => node.as_str().to_owned(),
    }
}

fn in_full(value: &Term) -> Value {
    match value {
        Term::NamedNode(node) => json!({"@id": node.as_str()}),
        Term::BlankNode(node) => json!({"@id": node.to_string()}),
        Term::Literal(literal) => match (literal.language(), literal.datatype()) {
            (Some(language), _) => json!({"@value": literal.value(), "@language": language}),
            (None, xsd::STRING) => json!({"@value": literal.value()}),
            (None, datatype) => json!({"@value": literal.value(), "@type": datatype.as_str()}),
        },
    }
}

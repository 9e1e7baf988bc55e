//! What a validation found, as plain values; [`Report::triples`] says the same as `sh:ValidationReport`.
//!
//! As JSON an IRI is its text, a blank node is `_:` and its label, a literal is as in N-Triples, a path as in SPARQL.
//! [`Report::text`] is for people.

mod text;
mod triples;

use crate::component::Component;
use crate::vocab::{local, sh};
use oxrdf::{NamedNode, Term};
use serde::{Serialize, Serializer};
use std::fmt;

/// The outcome of a validation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether the data conform: everything was looked at, and there is no result of any severity.
    pub conforms: bool,
    /// Whether everything was looked at; not so where a limit of [`crate::Limits`] was reached.
    pub complete: bool,
    /// What was found, sorted by focus node, path and shape.
    pub results: Vec<ValidationResult>,
}

/// One constraint that one node breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValidationResult {
    /// The node that was validated.
    #[serde(serialize_with = "plain")]
    pub focus_node: Term,
    /// What leads from it to the value, for property shapes and closed shapes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<ResultPath>,
    /// The value that breaks the constraint, where it is one value.
    #[serde(serialize_with = "plain_option", skip_serializing_if = "Option::is_none")]
    pub value: Option<Term>,
    /// The shape whose constraint is broken; property shapes are mostly blank nodes.
    #[serde(serialize_with = "plain")]
    pub source_shape: Term,
    /// The IRI of that shape, or of the shape around it.
    #[serde(serialize_with = "plain_iri", skip_serializing_if = "Option::is_none")]
    pub named_shape: Option<NamedNode>,
    /// The component whose constraint is broken.
    pub constraint_component: Component,
    /// How bad that is.
    pub severity: Severity,
    /// The messages of the shape; where it has none, ours in Arabic and English.
    pub messages: Vec<Message>,
    /// Why a value does not have the shape that `sh:node` asks for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<ValidationResult>,
}

/// A message, and its language where it is tagged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Message {
    /// The language tag, lower case.
    #[serde(rename = "lang", skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The words.
    pub text: String,
}

/// `sh:severity`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// `sh:Violation`, which holds where a shape says nothing.
    Violation,
    /// `sh:Warning`.
    Warning,
    /// `sh:Info`.
    Info,
    /// A severity of one's own.
    Other(NamedNode),
}

/// The path of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResultPath {
    /// A property.
    Property(NamedNode),
    /// `^path`.
    Inverse(Box<ResultPath>),
    /// `a/b`.
    Sequence(Vec<ResultPath>),
    /// `a|b`.
    Alternative(Vec<ResultPath>),
    /// `path*`.
    ZeroOrMore(Box<ResultPath>),
    /// `path+`.
    OneOrMore(Box<ResultPath>),
    /// `path?`.
    ZeroOrOne(Box<ResultPath>),
}

impl Report {
    /// The results of the severity `sh:Violation`: those for which a change is rejected.
    pub fn violations(&self) -> impl Iterator<Item = &ValidationResult> {
        self.results.iter().filter(|result| result.severity == Severity::Violation)
    }
}

impl ValidationResult {
    /// The message in a language; else in English, else the first.
    pub fn message(&self, language: &str) -> &str {
        let tagged = |tag: &str| {
            let mut messages = self.messages.iter();
            messages.find(|message| message.language.as_deref() == Some(tag))
        };
        let message = tagged(language).or_else(|| tagged("en")).or_else(|| self.messages.first());
        message.map(|message| message.text.as_str()).unwrap_or_default()
    }

    /// What results are sorted by.
    pub(crate) fn sort_key(&self) -> impl Ord + use<> {
        let path = self.path.as_ref().map(ToString::to_string);
        let value = self.value.as_ref().map(ToString::to_string);
        (self.focus_node.to_string(), path, self.source_shape.to_string(), self.constraint_component, value)
    }
}

impl Message {
    pub(crate) fn tagged(language: &str, text: &str) -> Self {
        Self { language: Some(language.to_owned()), text: text.to_owned() }
    }
}

impl Severity {
    /// From its IRI.
    pub fn from_iri(iri: NamedNode) -> Self {
        match local(iri.as_ref()) {
            Some("Violation") => Self::Violation,
            Some("Warning") => Self::Warning,
            Some("Info") => Self::Info,
            _ => Self::Other(iri),
        }
    }

    /// Its IRI.
    pub fn iri(&self) -> NamedNode {
        match self {
            Self::Violation => sh("Violation"),
            Self::Warning => sh("Warning"),
            Self::Info => sh("Info"),
            Self::Other(iri) => iri.clone(),
        }
    }
}

impl fmt::Display for Severity {
    /// `violation`, `warning`, `info`, or an IRI.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Violation => "violation",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Other(iri) => iri.as_str(),
        })
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Component {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.iri().as_str())
    }
}

impl Serialize for ResultPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&plain_path(self))
    }
}

impl fmt::Display for ResultPath {
    /// As SPARQL writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property(property) => property.fmt(f),
            Self::Inverse(path) => write!(f, "^{path}"),
            Self::Sequence(parts) => joined(f, parts, "/"),
            Self::Alternative(paths) => joined(f, paths, "|"),
            Self::ZeroOrMore(path) => write!(f, "({path})*"),
            Self::OneOrMore(path) => write!(f, "({path})+"),
            Self::ZeroOrOne(path) => write!(f, "({path})?"),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, paths: &[ResultPath], sign: &str) -> fmt::Result {
    let paths: Vec<String> = paths.iter().map(ToString::to_string).collect();
    write!(f, "({})", paths.join(sign))
}

/// A term as JSON has it.
pub fn plain_term(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        term => term.to_string(),
    }
}

/// A path as JSON has it.
pub fn plain_path(path: &ResultPath) -> String {
    match path {
        ResultPath::Property(property) => property.as_str().to_owned(),
        path => path.to_string(),
    }
}

fn plain<S: Serializer>(term: &Term, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&plain_term(term))
}

fn plain_option<S: Serializer>(term: &Option<Term>, serializer: S) -> Result<S::Ok, S::Error> {
    match term {
        Some(term) => plain(term, serializer),
        None => serializer.serialize_none(),
    }
}

fn plain_iri<S: Serializer>(iri: &Option<NamedNode>, serializer: S) -> Result<S::Ok, S::Error> {
    iri.as_ref().map(NamedNode::as_str).serialize(serializer)
}

//! One term on the page: name, definition, what it has to do with other terms, labels.

use super::words::word;
use super::{direction, escape};
use crate::{context, ontology, vocab};
use chancery_model::Language;
use oxrdf::{NamedOrBlankNode, Term, Triple};
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const OWL: &str = "http://www.w3.org/2002/07/owl#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const DCTERMS: &str = "http://purl.org/dc/terms/";
const ONTOLOGY: &str = "https://w3id.org/chancery/ontology";

/// Which end of a triple the term is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Subject,
    Object,
}

/// The rows of a term: the word before it, the property, and which end the term is.
const ROWS: &[(&str, &str, &str, End)] = &[
    ("sub-class-of", RDFS, "subClassOf", End::Subject),
    ("super-class-of", RDFS, "subClassOf", End::Object),
    ("sub-property-of", RDFS, "subPropertyOf", End::Subject),
    ("domain", RDFS, "domain", End::Subject),
    ("range", RDFS, "range", End::Subject),
    ("in-domain-of", RDFS, "domain", End::Object),
    ("in-range-of", RDFS, "range", End::Object),
    ("inverse-of", OWL, "inverseOf", End::Subject),
    ("scheme", SKOS, "inScheme", End::Subject),
    ("narrower", SKOS, "inScheme", End::Object),
    ("notation", SKOS, "notation", End::Subject),
    ("broader", SKOS, "broader", End::Subject),
    ("narrower", SKOS, "broader", End::Object),
    ("relation", vocab::DIP, "assertedRelation", End::Subject),
    ("relation-of", vocab::DIP, "assertedRelation", End::Object),
    ("weight", vocab::DIP, "weight", End::Subject),
    ("symmetric", vocab::DIP, "symmetric", End::Subject),
    ("window", vocab::DIP, "windowDays", End::Subject),
    ("effect", vocab::DIP, "effect", End::Subject),
    ("plover", vocab::DIP, "plover", End::Subject),
    ("cameo", vocab::DIP, "cameo", End::Subject),
    ("broad-match", SKOS, "broadMatch", End::Subject),
    ("close-match", SKOS, "closeMatch", End::Subject),
    ("related-match", SKOS, "relatedMatch", End::Subject),
    ("see-also", RDFS, "seeAlso", End::Subject),
    ("note", SKOS, "note", End::Subject),
];

/// The kinds of term, by their class.
const KINDS: &[(&str, &str, &str)] = &[
    ("class", OWL, "Class"),
    ("object-property", OWL, "ObjectProperty"),
    ("datatype-property", OWL, "DatatypeProperty"),
    ("symmetric-property", OWL, "SymmetricProperty"),
    ("concept-scheme", SKOS, "ConceptScheme"),
    ("concept", SKOS, "Concept"),
];

/// Everything that is said of our terms, by either end.
pub(super) struct Index {
    order: Vec<&'static str>,
    about: HashMap<String, Vec<Triple>>,
    to: HashMap<String, Vec<Triple>>,
}

impl Index {
    /// The ontology, its event types, and its alignments.
    pub(super) fn of_the_ontology() -> Self {
        let others = [ontology::ALIGNMENTS, ontology::CODEBOOKS];
        let others = others.into_iter().flat_map(|text| ontology::parse_turtle(text).unwrap_or_default());
        let (mut about, mut to) = (HashMap::<String, Vec<Triple>>::new(), HashMap::<String, Vec<Triple>>::new());
        for triple in ontology::triples().iter().cloned().chain(others) {
            if let NamedOrBlankNode::NamedNode(subject) = &triple.subject {
                about.entry(subject.as_str().to_owned()).or_default().push(triple.clone());
            }
            if let Term::NamedNode(object) = &triple.object {
                to.entry(object.as_str().to_owned()).or_default().push(triple.clone());
            }
        }
        Self { order: order(), about, to }
    }

    /// Our terms in the order of the files.
    pub(super) fn terms(&self) -> impl Iterator<Item = &'static str> {
        self.order.iter().copied()
    }

    pub(super) fn title(&self, language: Language) -> &str {
        self.text(ONTOLOGY, &format!("{DCTERMS}title"), language).map_or("Chancery", |(text, _)| text)
    }

    pub(super) fn description(&self, language: Language) -> &str {
        self.text(ONTOLOGY, &format!("{DCTERMS}description"), language).map_or("", |(text, _)| text)
    }

    pub(super) fn version(&self) -> &str {
        self.plain(ONTOLOGY, &format!("{OWL}versionInfo"))
    }

    pub(super) fn licence(&self) -> &str {
        self.plain(ONTOLOGY, &format!("{DCTERMS}rights"))
    }

    pub(super) fn is_class(&self, term: &str) -> bool {
        self.is_a(term, OWL, "Class")
    }

    pub(super) fn is_event_type(&self, term: &str) -> bool {
        self.is_a(term, vocab::DIP, "EventType") || self.is_a(term, vocab::DIP, "EventSubtype")
    }

    pub(super) fn is_property(&self, term: &str) -> bool {
        self.is_a(term, OWL, "ObjectProperty") || self.is_a(term, OWL, "DatatypeProperty")
    }

    /// A property that only propositions use.
    pub(super) fn is_relation_alone(&self, term: &str) -> bool {
        let asserted = |triple: &Triple| triple.predicate == vocab::ASSERTED_RELATION;
        let said = |local: &str| self.values(term, &format!("{RDFS}{local}"), End::Subject).next().is_some();
        self.to.get(term).is_some_and(|triples| triples.iter().any(asserted)) && !said("range") && !said("domain")
    }

    pub(super) fn is_word_or_list(&self, term: &str) -> bool {
        self.is_a(term, SKOS, "Concept") || self.is_a(term, SKOS, "ConceptScheme")
    }

    fn is_a(&self, term: &str, namespace: &str, class: &str) -> bool {
        self.values(term, &format!("{RDF}type"), End::Subject)
            .any(|value| matches!(value, Value::Node(node) if node.strip_prefix(namespace) == Some(class)))
    }

    /// The section of a term.
    pub(super) fn write(&self, out: &mut String, term: &str, language: Language) {
        let local = local(term);
        let _ = write!(
            out,
            "<section class=\"term\" id=\"{local}\">\n<h3><a href=\"#{local}\">{}</a> <code dir=\"ltr\">dip:{local}</code></h3>\n",
            escape(self.label(term, language).0)
        );
        if let Some((text, given)) = self.definition(term, language) {
            let _ = writeln!(out, "<p class=\"definition\"{}>{}</p>", marks(given, language), escape(text));
        }
        out.push_str("<dl>\n");
        self.write_kind(out, term, language);
        for (name, namespace, property, end) in ROWS {
            let values: Vec<String> = self
                .values(term, &format!("{namespace}{property}"), *end)
                .map(|value| self.value(value, language))
                .collect();
            if !values.is_empty() {
                let cells: String = values.iter().map(|value| format!("<span>{value}</span>")).collect();
                let _ = writeln!(out, "<dt>{}</dt><dd>{cells}</dd>", word(name, language));
            }
        }
        out.push_str("</dl>\n");
        self.write_labels(out, term, language);
        out.push_str("</section>\n");
    }

    fn write_kind(&self, out: &mut String, term: &str, language: Language) {
        let kinds = KINDS.iter().filter(|(_, namespace, class)| self.is_a(term, namespace, class));
        let kinds: Vec<&str> = kinds.map(|(name, _, _)| word(name, language)).collect();
        if !kinds.is_empty() {
            let comma = if language == Language::Arabic { "، " } else { ", " };
            let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", word("kind", language), kinds.join(comma));
        }
    }

    /// The labels of all languages, the other definition beside its label.
    fn write_labels(&self, out: &mut String, term: &str, language: Language) {
        let _ = writeln!(out, "<ul class=\"labels\" aria-label=\"{}\">", word("labels", language));
        for other in Language::ALL {
            let (label, given) = self.label(term, other);
            if given != other {
                continue;
            }
            let definition = self.definition(term, other).filter(|(_, given)| *given == other && other != language);
            let definition = definition.map(|(text, _)| format!(" — {}", escape(text))).unwrap_or_default();
            let wide = if definition.is_empty() { "" } else { " class=\"wide\"" };
            let (code, direction) = (other.code(), direction(other));
            let _ = writeln!(
                out,
                "<li{wide} lang=\"{code}\" dir=\"{direction}\"><code>{code}</code><span>{}{definition}</span></li>",
                escape(label)
            );
        }
        out.push_str("</ul>\n");
    }

    /// A link to a term of ours by its label.
    pub(super) fn link(&self, term: &str, language: Language) -> String {
        format!("<a href=\"#{}\">{}</a>", local(term), escape(self.label(term, language).0))
    }

    fn value(&self, value: Value<'_>, language: Language) -> String {
        match value {
            Value::Node(node) if self.about.contains_key(node) && node.starts_with(vocab::DIP) => {
                self.link(node, language)
            }
            Value::Node(node) => {
                let name = context::prefixed(node).map_or_else(|| node.to_owned(), |(p, local)| format!("{p}:{local}"));
                format!("<a href=\"{}\"><code dir=\"ltr\">{}</code></a>", escape(node), escape(&name))
            }
            Value::Text(text, given) => {
                let marks = given.map(|given| marks(given, language)).unwrap_or_default();
                format!("<span{marks}>{}</span>", escape(text))
            }
        }
    }

    /// The values of a property, or the terms whose value the term is, each once.
    fn values<'i>(&'i self, term: &str, property: &str, end: End) -> impl Iterator<Item = Value<'i>> + use<'i> {
        let triples = if end == End::Subject { self.about.get(term) } else { self.to.get(term) };
        let property = property.to_owned();
        let mut seen = HashSet::new();
        triples
            .into_iter()
            .flatten()
            .filter(move |triple| triple.predicate.as_str() == property)
            .filter_map(move |triple| Value::of(triple, end))
            .filter(move |value| seen.insert(value.text()))
    }

    fn label(&self, term: &str, language: Language) -> (&str, Language) {
        self.text(term, &format!("{RDFS}label"), language).unwrap_or(("", language))
    }

    fn definition(&self, term: &str, language: Language) -> Option<(&str, Language)> {
        let of = |local: String| self.text(term, &local, language);
        of(format!("{RDFS}comment")).or_else(|| of(format!("{SKOS}definition")))
    }

    /// A text in the language, else in English, and in which of the two it is.
    fn text(&self, term: &str, property: &str, language: Language) -> Option<(&str, Language)> {
        let find = |wanted: Language| {
            let triples = self.about.get(term)?.iter().filter(|triple| triple.predicate.as_str() == property);
            triples.filter_map(|triple| tagged(&triple.object, wanted)).next().map(|text| (text, wanted))
        };
        find(language).or_else(|| find(Language::English))
    }

    fn plain(&self, term: &str, property: &str) -> &str {
        let triples = self.about.get(term).into_iter().flatten();
        let literal =
            triples.filter(|triple| triple.predicate.as_str() == property).find_map(|triple| match &triple.object {
                Term::Literal(literal) => Some(literal.value()),
                _ => None,
            });
        literal.unwrap_or_default()
    }
}

/// The other end of a triple.
#[derive(Clone, Copy)]
enum Value<'i> {
    Node(&'i str),
    Text(&'i str, Option<Language>),
}

impl<'i> Value<'i> {
    fn of(triple: &'i Triple, end: End) -> Option<Self> {
        match (end, &triple.subject, &triple.object) {
            (End::Object, NamedOrBlankNode::NamedNode(node), _) | (End::Subject, _, Term::NamedNode(node)) => {
                Some(Self::Node(node.as_str()))
            }
            (End::Subject, _, Term::Literal(literal)) => {
                Some(Self::Text(literal.value(), literal.language().and_then(|code| code.parse().ok())))
            }
            _ => None,
        }
    }

    fn text(self) -> &'i str {
        match self {
            Self::Node(text) | Self::Text(text, _) => text,
        }
    }
}

fn tagged(term: &Term, language: Language) -> Option<&str> {
    match term {
        Term::Literal(literal) if literal.language() == Some(language.code()) => Some(literal.value()),
        _ => None,
    }
}

/// The attributes of a text that is not in the language of the page.
fn marks(given: Language, language: Language) -> String {
    if given == language {
        return String::new();
    }
    format!(" lang=\"{}\" dir=\"{}\"", given.code(), direction(given))
}

fn local(term: &str) -> &str {
    term.strip_prefix(vocab::DIP).unwrap_or(term)
}

/// Our terms, each where the files first declare it.
fn order() -> Vec<&'static str> {
    let mut seen = HashSet::new();
    let declared = ontology::triples().iter().filter(|triple| triple.predicate == vocab::IS_DEFINED_BY);
    let subjects = declared.filter_map(|triple| match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
        NamedOrBlankNode::BlankNode(_) => None,
    });
    subjects.filter(|term| seen.insert(*term)).collect()
}

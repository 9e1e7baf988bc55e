//! A report as RDF: `sh:ValidationReport` with its results, paths written out as SHACL writes them.

use super::{Message, Report, ResultPath, ValidationResult};
use crate::vocab::{SH, sh};
use chancery_rdf::{GraphFormat, IriBase, format};
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{BlankNode, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use std::io;

impl Report {
    /// The report as triples. Its own blank nodes have names that no node of the results has.
    pub fn triples(&self) -> Vec<Triple> {
        let mut writer = Writer { prefix: free_prefix(&self.results), count: 0, triples: Vec::new() };
        let report = writer.blank();
        let conforms = Literal::new_typed_literal(self.conforms.to_string(), xsd::BOOLEAN);
        writer.add(&report, rdf::TYPE, sh("ValidationReport"));
        writer.add(&report, sh("conforms").as_ref(), conforms);
        for result in &self.results {
            let node = writer.result(result);
            writer.add(&report, sh("result").as_ref(), node);
        }
        writer.triples
    }

    /// Writes the report in a format, with the prefixes of our graphs and `sh`.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn serialise(&self, format: GraphFormat, writer: impl io::Write) -> io::Result<()> {
        let serializer = format::serializer(format, &IriBase::default()).and_then(|it| it.with_prefix("sh", SH));
        let mut serializer = serializer.map_err(io::Error::other)?.for_writer(writer);
        for triple in &self.triples() {
            serializer.serialize_triple(triple)?;
        }
        serializer.finish()?.flush()
    }
}

struct Writer {
    prefix: String,
    count: usize,
    triples: Vec<Triple>,
}

impl Writer {
    fn blank(&mut self) -> BlankNode {
        self.count += 1;
        BlankNode::new_unchecked(format!("{}{}", self.prefix, self.count))
    }

    fn add(&mut self, subject: &BlankNode, property: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.triples.push(Triple::new(NamedOrBlankNode::from(subject.clone()), property, object));
    }

    fn result(&mut self, result: &ValidationResult) -> BlankNode {
        let node = self.blank();
        self.add(&node, rdf::TYPE, sh("ValidationResult"));
        self.add(&node, sh("focusNode").as_ref(), result.focus_node.clone());
        if let Some(path) = &result.path {
            let path = self.path(path);
            self.add(&node, sh("resultPath").as_ref(), path);
        }
        if let Some(value) = &result.value {
            self.add(&node, sh("value").as_ref(), value.clone());
        }
        self.add(&node, sh("sourceShape").as_ref(), result.source_shape.clone());
        self.add(&node, sh("sourceConstraintComponent").as_ref(), result.constraint_component.iri());
        self.add(&node, sh("resultSeverity").as_ref(), result.severity.iri());
        for message in &result.messages {
            self.add(&node, sh("resultMessage").as_ref(), literal(message));
        }
        for detail in &result.details {
            let detail = self.result(detail);
            self.add(&node, sh("detail").as_ref(), detail);
        }
        node
    }

    fn path(&mut self, path: &ResultPath) -> Term {
        match path {
            ResultPath::Property(property) => property.clone().into(),
            ResultPath::Sequence(parts) => self.list(parts),
            ResultPath::Alternative(paths) => {
                let list = self.list(paths);
                self.wrapped("alternativePath", list)
            }
            ResultPath::Inverse(path) => self.wrapped_path("inversePath", path),
            ResultPath::ZeroOrMore(path) => self.wrapped_path("zeroOrMorePath", path),
            ResultPath::OneOrMore(path) => self.wrapped_path("oneOrMorePath", path),
            ResultPath::ZeroOrOne(path) => self.wrapped_path("zeroOrOnePath", path),
        }
    }

    fn wrapped_path(&mut self, kind: &str, path: &ResultPath) -> Term {
        let path = self.path(path);
        self.wrapped(kind, path)
    }

    fn wrapped(&mut self, kind: &str, object: Term) -> Term {
        let node = self.blank();
        self.add(&node, sh(kind).as_ref(), object);
        node.into()
    }

    fn list(&mut self, paths: &[ResultPath]) -> Term {
        let members: Vec<Term> = paths.iter().map(|path| self.path(path)).collect();
        members.into_iter().rev().fold(NamedNode::from(rdf::NIL).into(), |rest: Term, member| {
            let node = self.blank();
            self.add(&node, rdf::FIRST, member);
            self.add(&node, rdf::REST, rest);
            node.into()
        })
    }
}

fn literal(message: &Message) -> Literal {
    match &message.language {
        Some(language) => Literal::new_language_tagged_literal_unchecked(&message.text, language),
        None => Literal::new_simple_literal(&message.text),
    }
}

/// The beginning of names that no blank node of the results has.
fn free_prefix(results: &[ValidationResult]) -> String {
    let mut prefix = "r".to_owned();
    while results.iter().any(|result| names_blank(result, &prefix)) {
        prefix.push('r');
    }
    prefix
}

fn names_blank(result: &ValidationResult, prefix: &str) -> bool {
    let terms = [Some(&result.focus_node), result.value.as_ref(), Some(&result.source_shape)];
    let taken = |term: &Term| matches!(term, Term::BlankNode(node) if node.as_str().starts_with(prefix));
    terms.into_iter().flatten().any(taken) || result.details.iter().any(|detail| names_blank(detail, prefix))
}

//! Manifests of the W3C test suites.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, Triple};
use std::path::{Path, PathBuf};

const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const QT: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
const UT: &str = "http://www.w3.org/2009/sparql/tests/test-update#";

/// What a test asks for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    QuerySyntax { is_good: bool },
    UpdateSyntax { is_good: bool },
    Query,
    CsvResult,
    Update,
}

/// A graph, or the default graph, and the file with its triples.
pub(super) type Data = Vec<(Option<String>, PathBuf)>;

#[derive(Clone, Debug)]
pub(super) struct Test {
    /// Suite, folder and local name: `sparql11/bind/bind01`.
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) request: PathBuf,
    pub(super) data: Data,
    /// Whether rows of the result may stand less often.
    pub(super) is_lax: bool,
    /// The result of a query.
    pub(super) result: Option<PathBuf>,
    /// The dataset after an update.
    pub(super) expected: Data,
}

/// Where a file would stand on the web; it is its own base.
pub(super) fn base_of(file: &Path) -> String {
    format!("file://{}", file.display())
}

/// All tests below a manifest, in its order.
pub(super) fn tests(manifest: &Path) -> Vec<Test> {
    let graph = Manifest::read(manifest);
    let root = graph.subject_of(rdf::TYPE, &iri(MF, "Manifest"));
    let mut found = Vec::new();
    for head in graph.all(&root, &iri(MF, "include")) {
        found.extend(graph.list(head).iter().flat_map(|file| tests(&file_of(file))));
    }
    for head in graph.all(&root, &iri(MF, "entries")) {
        found.extend(graph.list(head).iter().map(|test| graph.test(manifest, test)));
    }
    found
}

/// The files that a query names as its dataset.
fn named_in(query: &Path) -> Data {
    let text = std::fs::read_to_string(query).unwrap();
    let words: Vec<&str> = text.split_whitespace().collect();
    let after_from = words.windows(3).filter(|it| it[0].eq_ignore_ascii_case("FROM"));
    let name = |it: &[&str]| if it[1].eq_ignore_ascii_case("NAMED") { it[2].to_owned() } else { it[1].to_owned() };
    let mut names: Vec<String> = after_from.map(name).collect();
    names.sort();
    names.dedup();
    let file = |name: &String| query.with_file_name(name.trim_start_matches('<').split('>').next().unwrap());
    names.iter().map(file).map(|file| (Some(base_of(&file)), file)).collect()
}

struct Manifest(Graph);

impl Manifest {
    fn read(file: &Path) -> Self {
        let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(base_of(file)).unwrap();
        let text = std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        Self(parser.for_slice(&text).map(|quad| Triple::from(quad.unwrap())).collect())
    }

    fn test(&self, manifest: &Path, test: &Term) -> Test {
        let class = self.the(test, &rdf::TYPE.into_owned());
        let action = self.the(test, &iri(MF, "action"));
        let result = self.all(test, &iri(MF, "result")).pop();
        let is_lax = !self.all(test, &iri(MF, "resultCardinality")).is_empty();
        let kind = match local(&class).as_str() {
            "PositiveSyntaxTest" | "PositiveSyntaxTest11" => Kind::QuerySyntax { is_good: true },
            "NegativeSyntaxTest" | "NegativeSyntaxTest11" => Kind::QuerySyntax { is_good: false },
            "PositiveUpdateSyntaxTest11" => Kind::UpdateSyntax { is_good: true },
            "NegativeUpdateSyntaxTest11" => Kind::UpdateSyntax { is_good: false },
            "QueryEvaluationTest" => Kind::Query,
            "CSVResultFormatTest" => Kind::CsvResult,
            "UpdateEvaluationTest" => Kind::Update,
            other => panic!("{test}: {other}"),
        };
        let request = match (kind, &action) {
            (Kind::Update, _) => file_of(&self.the(&action, &iri(UT, "request"))),
            (_, Term::NamedNode(_)) => file_of(&action),
            _ => file_of(&self.the(&action, &iri(QT, "query"))),
        };
        let (mut data, result, expected) = match kind {
            Kind::Update => (self.data(&action, UT), None, result.map(|it| self.data(&it, UT)).unwrap_or_default()),
            _ => (self.data(&action, QT), result.as_ref().map(file_of), Vec::new()),
        };
        if data.is_empty() && matches!(kind, Kind::Query) {
            data = named_in(&request);
        }
        let folder = manifest.parent().unwrap();
        let place = [folder.parent().unwrap(), folder].map(|it| it.file_name().unwrap().to_string_lossy());
        Test { name: format!("{}/{}", place.join("/"), local(test)), kind, request, data, is_lax, result, expected }
    }

    fn data(&self, of: &Term, namespace: &str) -> Data {
        if !matches!(of, Term::BlankNode(_)) {
            return Vec::new();
        }
        let default = self.all(of, &iri(namespace, "data")).into_iter().map(|file| (None, file_of(&file)));
        let named = self.all(of, &iri(namespace, "graphData")).into_iter().map(|graph| match &graph {
            Term::NamedNode(file) => (Some(file.as_str().to_owned()), file_of(&graph)),
            _ => {
                let name = match self.the(&graph, &rdfs::LABEL.into_owned()) {
                    Term::Literal(name) => name.value().to_owned(),
                    other => panic!("{other} is no name of a graph"),
                };
                (Some(name), file_of(&self.the(&graph, &iri(namespace, "graph"))))
            }
        });
        default.chain(named).collect()
    }

    fn subject_of(&self, property: NamedNodeRef<'_>, object: &NamedNode) -> Term {
        let subject = self.0.subject_for_predicate_object(property, object.as_ref());
        subject.expect("a manifest says that it is one").into_owned().into()
    }

    fn all(&self, subject: &Term, property: &NamedNode) -> Vec<Term> {
        let subject = node(subject);
        self.0.objects_for_subject_predicate(subject.as_ref(), property.as_ref()).map(TermRef::into_owned).collect()
    }

    fn the(&self, subject: &Term, property: &NamedNode) -> Term {
        self.all(subject, property).pop().unwrap_or_else(|| panic!("{subject} has no {property}"))
    }

    fn list(&self, head: Term) -> Vec<Term> {
        let (mut members, mut rest) = (Vec::new(), head);
        while rest != Term::from(rdf::NIL.into_owned()) {
            members.push(self.the(&rest, &rdf::FIRST.into_owned()));
            rest = self.the(&rest, &rdf::REST.into_owned());
        }
        members
    }
}

fn iri(namespace: &str, local: &str) -> NamedNode {
    NamedNode::new(format!("{namespace}{local}")).unwrap()
}

fn node(term: &Term) -> NamedOrBlankNode {
    match term {
        Term::NamedNode(node) => node.clone().into(),
        Term::BlankNode(node) => node.clone().into(),
        Term::Literal(literal) => panic!("{literal} is no node"),
    }
}

fn local(term: &Term) -> String {
    let text = term.to_string();
    text.trim_end_matches('>').rsplit(['#', '/']).next().unwrap_or_default().to_owned()
}

fn file_of(term: &Term) -> PathBuf {
    match term {
        Term::NamedNode(iri) => PathBuf::from(iri.as_str().strip_prefix("file://").unwrap()),
        other => panic!("{other} is no file"),
    }
}

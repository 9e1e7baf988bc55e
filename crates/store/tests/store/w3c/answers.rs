//! Answers to queries, compared up to the names of blank nodes.

use super::{graph_of, normal};
use chancery_store::ResultFormat;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::dataset::CanonicalizationAlgorithm;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{BlankNode, Dataset, Graph, GraphName, Literal, NamedNode, Term, Triple};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use std::collections::BTreeMap;
use std::path::Path;

const RS: &str = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";

pub(super) enum Answer {
    Boolean(bool),
    Solutions { variables: Vec<String>, rows: Vec<Row>, is_ordered: bool },
    Graph(Vec<Triple>),
}

type Row = BTreeMap<String, Term>;

impl Answer {
    pub(super) fn parse(bytes: &[u8], format: ResultFormat) -> Self {
        match format {
            ResultFormat::Solutions(format) => Self::parse_results(bytes, format),
            ResultFormat::Graph(_) => {
                let parser = RdfParser::from_format(RdfFormat::NTriples).for_slice(bytes);
                Self::Graph(parser.map(|quad| quad.unwrap().into()).collect())
            }
        }
    }

    /// The expected answer in a file.
    pub(super) fn read(file: &Path) -> Self {
        let extension = file.extension().and_then(|it| it.to_str()).unwrap_or_default();
        if let Some(format) = QueryResultsFormat::from_extension(extension) {
            return Self::parse_results(&std::fs::read(file).unwrap(), format);
        }
        let triples = graph_of(file);
        let graph: Graph = triples.iter().collect();
        let class = NamedNode::new(format!("{RS}ResultSet")).unwrap();
        match graph.subject_for_predicate_object(rdf::TYPE, class.as_ref()) {
            Some(root) => Self::from_graph(&graph, &Term::from(root.into_owned())),
            None => Self::Graph(triples),
        }
    }

    fn parse_results(bytes: &[u8], format: QueryResultsFormat) -> Self {
        match QueryResultsParser::from_format(format).for_slice(bytes).unwrap() {
            SliceQueryResultsParserOutput::Boolean(value) => Self::Boolean(value),
            SliceQueryResultsParserOutput::Solutions(solutions) => {
                let variables = solutions.variables().iter().map(|it| it.as_str().to_owned()).collect();
                let row = |row: oxigraph::sparql::QuerySolution| {
                    row.iter().map(|(variable, term)| (variable.as_str().to_owned(), value(term))).collect()
                };
                let rows = solutions.map(|solution| row(solution.unwrap())).collect();
                Self::Solutions { variables, rows, is_ordered: false }
            }
        }
    }

    /// Solutions in the vocabulary of result sets.
    fn from_graph(graph: &Graph, root: &Term) -> Self {
        let all = |subject: &Term, property: &str| -> Vec<Term> {
            let triples = graph.iter().filter(|triple| Term::from(triple.subject.into_owned()) == *subject);
            let property = format!("{RS}{property}");
            triples.filter(|it| it.predicate.as_str() == property).map(|it| it.object.into_owned()).collect()
        };
        if let Some(Term::Literal(value)) = all(root, "boolean").first() {
            return Self::Boolean(value.value() == "true");
        }
        let mut rows: Vec<(Option<i64>, Row)> = Vec::new();
        for solution in all(root, "solution") {
            let bindings = all(&solution, "binding").into_iter().map(|binding| {
                let variable = text(&all(&binding, "variable")[0]);
                (variable, value(&all(&binding, "value")[0]))
            });
            let index = all(&solution, "index").first().and_then(|index| text(index).parse().ok());
            rows.push((index, bindings.collect()));
        }
        let is_ordered = !rows.is_empty() && rows.iter().all(|(index, _)| index.is_some());
        rows.sort_by_key(|(index, _)| *index);
        let variables = all(root, "resultVariable").iter().map(text).collect();
        Self::Solutions { variables, rows: rows.into_iter().map(|(_, row)| row).collect(), is_ordered }
    }

    /// `is_lax`: each row at least once and at most as often as expected.
    pub(super) fn must_equal(&self, expected: &Self, is_lax: bool) -> Result<(), String> {
        match (self, expected) {
            (Self::Boolean(found), Self::Boolean(expected)) if found == expected => Ok(()),
            (Self::Graph(found), Self::Graph(expected)) => {
                let (found, expected) = (canonical(found), canonical(expected));
                if found == expected { Ok(()) } else { Err(format!("found\n{found}expected\n{expected}")) }
            }
            (
                Self::Solutions { variables, rows, .. },
                Self::Solutions { variables: expected_variables, rows: expected, is_ordered },
            ) => {
                let sorted = |variables: &[String]| {
                    let mut variables = variables.to_vec();
                    variables.sort();
                    variables
                };
                if sorted(variables) != sorted(expected_variables) {
                    return Err(format!("variables {variables:?}, expected {expected_variables:?}"));
                }
                let same = match (is_lax, is_ordered) {
                    (true, _) => each_of(expected, rows) && each_of(rows, expected) && rows.len() <= expected.len(),
                    (false, true) => rows.len() == expected.len() && in_order(rows, expected),
                    (false, false) => in_any_order(rows, expected),
                };
                if same { Ok(()) } else { Err(format!("found\n{rows:#?}\nexpected\n{expected:#?}")) }
            }
            (Self::Boolean(found), _) => Err(format!("found {found}")),
            _ => Err("another form of answer".to_owned()),
        }
    }
}

fn text(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => panic!("{other} is no literal"),
    }
}

/// A term as the engine writes it.
fn value(term: &Term) -> Term {
    let Term::Literal(literal) = term else { return term.clone() };
    if literal.datatype() == xsd::STRING || literal.language().is_some() {
        return term.clone();
    }
    let any = NamedNode::new_unchecked("urn:any");
    let triple = Triple::new(BlankNode::default(), any, Literal::clone(literal));
    normal([triple.in_graph(GraphName::DefaultGraph)].into_iter()).iter().next().unwrap().object.into_owned()
}

fn canonical(triples: &[Triple]) -> Dataset {
    let mut dataset = normal(triples.iter().map(|triple| triple.clone().in_graph(GraphName::DefaultGraph)));
    dataset.canonicalize(CanonicalizationAlgorithm::Unstable);
    dataset
}

/// Names of blank nodes here and there that mean the same.
#[derive(Clone, Default)]
struct Same(BTreeMap<String, String>);

impl Same {
    /// With what two rows being equal says; none where they are not.
    fn with(&self, found: &Row, expected: &Row) -> Option<Self> {
        let mut same = self.clone();
        let equal = found.len() == expected.len()
            && found.iter().all(|(variable, value)| match (value, expected.get(variable)) {
                (Term::BlankNode(a), Some(Term::BlankNode(b))) => same.note(a.as_str(), b.as_str()),
                (a, b) => Some(a) == b,
            });
        equal.then_some(same)
    }

    fn note(&mut self, found: &str, expected: &str) -> bool {
        match self.0.get(found) {
            Some(known) => known == expected,
            None if self.0.values().any(|known| known == expected) => false,
            None => {
                self.0.insert(found.to_owned(), expected.to_owned());
                true
            }
        }
    }
}

fn each_of(these: &[Row], those: &[Row]) -> bool {
    these.iter().all(|row| those.contains(row))
}

fn in_order(found: &[Row], expected: &[Row]) -> bool {
    let mut same = Some(Same::default());
    for (found, expected) in found.iter().zip(expected) {
        same = same.and_then(|same| same.with(found, expected));
    }
    same.is_some()
}

fn in_any_order(found: &[Row], expected: &[Row]) -> bool {
    match_rest(found, &mut expected.iter().collect(), &Same::default())
}

/// Tries each expected row for the first found one, and goes back where that leads nowhere.
fn match_rest(found: &[Row], expected: &mut Vec<&Row>, same: &Same) -> bool {
    let Some((first, rest)) = found.split_first() else { return expected.is_empty() };
    for at in 0..expected.len() {
        if let Some(more) = same.with(first, expected[at]) {
            let taken = expected.swap_remove(at);
            if match_rest(rest, expected, &more) {
                return true;
            }
            expected.push(taken);
            let last = expected.len() - 1;
            expected.swap(at, last);
        }
    }
    false
}

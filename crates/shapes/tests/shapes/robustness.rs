//! Shapes and data made to hurt: no panic, no endless work, no overflow of the stack.

use chancery_shapes::{Graph, GraphFormat, Limits, Shapes};
use std::fmt::Write;

const PREFIXES: &str = "@prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";

fn graph(turtle: &str) -> Graph {
    Graph::parse(format!("{PREFIXES}{turtle}").as_bytes(), GraphFormat::Turtle).unwrap()
}

fn shapes(turtle: &str) -> Shapes {
    Shapes::parse(format!("{PREFIXES}{turtle}").as_bytes()).unwrap()
}

/// Each shape asks five times for the next: looked at anew each time, that would be 5 to the 20th.
#[test]
fn a_shape_is_looked_at_once_for_a_node() {
    let mut text = "ex:S0 sh:targetNode ex:a .\n".to_owned();
    for it in 0..20 {
        writeln!(text, "ex:S{it} sh:and ( ex:S{0} ex:S{0} ) ; sh:not [ sh:not ex:S{0} ] .", it + 1).unwrap();
        writeln!(text, "ex:S{it} sh:property [ sh:path ex:p ; sh:property ex:P{it} ], ex:P{it} .").unwrap();
        writeln!(text, "ex:P{it} sh:path ex:p ; sh:node ex:S{} .", it + 1).unwrap();
    }
    let report = shapes(&text).validate(&graph("ex:a ex:p ex:a ."));
    assert!(report.conforms && report.complete);
}

/// A limit ends what is too much, and the report says so rather than that all is well.
#[test]
fn a_report_that_is_cut_short_does_not_conform() {
    let mut data = String::new();
    for it in 0..300 {
        writeln!(data, "ex:n{it} ex:next ex:n{} .", (it + 1) % 300).unwrap();
    }
    let shapes = shapes(
        "ex:S sh:targetSubjectsOf ex:next ; sh:property [ sh:path [ sh:zeroOrMorePath ex:next ] ; sh:maxCount 300 ] .",
    );
    let whole = shapes.validate(&graph(&data));
    assert!(whole.conforms && whole.complete);
    let cut = shapes.validate_within(&graph(&data), Limits { steps: 1000, results: 10 });
    assert!(!cut.conforms && !cut.complete);
}

#[test]
fn results_have_a_limit() {
    let shapes = shapes("ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:maxCount 0 ] .");
    let data: String = (0..50).map(|it| format!("ex:n{it} ex:p 1 .\n")).collect();
    let cut = shapes.validate_within(&graph(&data), Limits { steps: 10_000, results: 7 });
    assert_eq!((cut.results.len(), cut.complete), (7, false));
    assert!(shapes.validate(&graph(&data)).complete);
}

#[test]
fn a_long_chain_of_data_is_followed() {
    let data: String = (0..20_000).map(|it| format!("ex:n{it} ex:next ex:n{} .\n", it + 1)).collect();
    let shapes =
        shapes("ex:S sh:targetNode ex:n0 ; sh:property [ sh:path [ sh:oneOrMorePath ex:next ] ; sh:minCount 20000 ] .");
    assert!(shapes.validate(&graph(&data)).conforms);
}

/// Classes in a circle, lists in a circle, shapes as data, literals of every broken kind.
#[test]
fn strange_graphs_do_no_harm() {
    let data = graph(
        "ex:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:A, ex:B . ex:a a ex:A ; ex:p ex:a, [], 1, -0.0, 1e999,
            \"x\"^^xsd:integer, \"\"^^xsd:date, \"99999999999999999-01-01\"^^xsd:date, \"-P99999999999999999999Y\"^^xsd:duration,
            \"NaN\"^^xsd:double, \"\\u0000\", \"\\U0010FFFF\"@x-y, \"\"^^ex:unknown .",
    );
    let shapes = shapes(
        "ex:S sh:targetClass ex:B ; sh:closed true ; sh:property [ sh:path ex:p ; sh:minInclusive 0 ; sh:maxExclusive \"x\" ;
            sh:minExclusive \"2020-01-01\"^^xsd:date ; sh:maxInclusive \"P1D\"^^xsd:duration ; sh:pattern \".\" ; sh:minLength 1 ;
            sh:languageIn ( \"*\" ) ; sh:uniqueLang true ; sh:lessThan ex:p ; sh:equals ex:p ; sh:disjoint ex:p ; sh:class ex:B ;
            sh:qualifiedValueShape [ sh:datatype xsd:double ] ; sh:qualifiedMaxCount 99999999999999999999999999 ] .",
    );
    let report = shapes.validate(&data);
    assert!(report.complete && !report.conforms);
    assert!(!report.triples().is_empty() && serde_json::to_string(&report).is_ok());
}

/// Every cut and every flipped byte of our own shapes is either read or refused.
#[test]
fn damaged_shapes_are_read_or_refused() {
    let text = chancery_rdf::ontology::SHAPES.as_bytes();
    let data = graph("ex:a a ex:A .");
    let mut read = 0;
    for place in (0..text.len()).step_by(97) {
        let mut damaged = text.to_vec();
        damaged[place] = b"x:[]().;\"@^ 0"[place % 13];
        for bytes in [&text[..place], &damaged[..]] {
            if let Ok(shapes) = Shapes::parse(bytes) {
                shapes.validate(&data);
                read += 1;
            }
        }
    }
    assert!(read > 0);
}

#[test]
fn deep_brackets_do_not_overflow() {
    let deep =
        format!("{PREFIXES} ex:S sh:not {}{} .", "[ sh:not ".repeat(20_000), "ex:A".to_owned() + &" ]".repeat(20_000));
    assert!(Shapes::parse(deep.as_bytes()).is_err());
    assert!(Graph::parse(deep.as_bytes(), GraphFormat::Turtle).is_ok());
}

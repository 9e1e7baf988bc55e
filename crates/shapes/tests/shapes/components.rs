//! Every component of SHACL Core, every kind of target and path, on graphs of our own: `cases/*.ttl`.

use crate::cases::{cases, lines};
use chancery_shapes::{Graph, GraphFormat, Report, Shapes};
use std::collections::BTreeSet;

fn validate(turtle: &[u8]) -> Report {
    Shapes::parse(turtle).unwrap().validate(&Graph::parse(turtle, GraphFormat::Turtle).unwrap())
}

#[test]
fn each_case_gives_what_it_says() {
    let cases = cases();
    assert!(cases.len() > 30, "only {} cases", cases.len());
    for file in cases {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut expected: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# gives: ")).collect();
        expected.sort_unstable();
        let report = validate(text.as_bytes());
        assert_eq!(lines(&report), expected, "{}", file.display());
        assert_eq!(report.conforms, expected.is_empty(), "{}", file.display());
    }
}

#[test]
fn every_component_has_a_case() {
    let given: BTreeSet<String> = cases()
        .iter()
        .flat_map(|file| lines(&validate(&std::fs::read(file).unwrap())))
        .map(|line| line.split(" | ").nth(2).unwrap().to_owned())
        .collect();
    let all = "And Class Closed Datatype Disjoint Equals HasValue In LanguageIn LessThan LessThanOrEquals MaxCount \
        MaxExclusive MaxInclusive MaxLength MinCount MinExclusive MinInclusive MinLength Node NodeKind Not Or Pattern \
        QualifiedMaxCount QualifiedMinCount UniqueLang Xone";
    assert_eq!(given, all.split(' ').map(str::to_owned).collect());
}

/// Validating the targets one by one says the same as validating them all.
#[test]
fn nodes_one_by_one_give_the_same() {
    for file in cases() {
        let text = std::fs::read(&file).unwrap();
        let (shapes, data) = (Shapes::parse(&text).unwrap(), Graph::parse(&text, GraphFormat::Turtle).unwrap());
        let whole = shapes.validate(&data);
        let mut nodes: Vec<_> = whole.results.iter().map(|result| result.focus_node.clone()).collect();
        nodes.dedup();
        // The results of a nested property shape belong to another focus node than the target.
        if !file.ends_with("property.ttl") {
            assert_eq!(shapes.validate_nodes(&data, nodes), whole, "{}", file.display());
        }
        assert!(shapes.validate_nodes(&data, Vec::<oxrdf::NamedNode>::new()).conforms);
    }
}

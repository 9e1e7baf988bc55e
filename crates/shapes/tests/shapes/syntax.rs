//! Shapes that are not well formed are refused, and the error names the shape.

use chancery_shapes::{IllFormedShape, Shapes, ShapesError};

const PREFIXES: &str = "@prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";

fn faults(shapes: &str) -> Vec<IllFormedShape> {
    match Shapes::parse(format!("{PREFIXES}{shapes}").as_bytes()) {
        Err(ShapesError::IllFormed(faults)) => faults,
        Err(error) => panic!("{shapes}: {error}"),
        Ok(_) => Vec::new(),
    }
}

/// The body of a shape `ex:S`, and a part of what is said of it.
#[track_caller]
fn check(body: &str, expected: &str) {
    let faults = faults(&format!("ex:S {body} ."));
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|it| it.contains("https://example.org/S") && it.contains(expected)), "{body}: {said:?}");
}

#[test]
fn parameters_have_the_values_that_they_may_have() {
    check("sh:class \"State\"", "sh:class is \"State\", which is no IRI");
    check("sh:datatype ex:a, ex:b", "has more than one sh:datatype");
    check("sh:nodeKind sh:Iri", "sh:nodeKind is sh:Iri, which is none of the six kinds");
    check("sh:minLength \"2\"", "sh:minLength is \"2\", which is no xsd:integer");
    check("sh:minLength -1", "no xsd:integer from 0 on");
    check("sh:minInclusive ex:one", "which is no literal");
    check("sh:closed \"yes\"", "which is no xsd:boolean");
    check("sh:pattern \"(\"", "cannot be used");
    check("sh:pattern \"a\" ; sh:flags \"g\"", "none of s, m, i, x, q");
    check("sh:in ex:a", "sh:in is no well-formed list");
    check("sh:or ( \"a\" )", "which is no shape");
    check("sh:node \"a\"", "which is no shape");
    check("sh:equals \"a\"", "which is no IRI");
    check("sh:severity \"bad\" ; sh:minLength 1", "sh:severity");
    check("sh:message 7 ; sh:minLength 1", "which is no text");
    check("sh:targetNode [] ; sh:minLength 1", "sh:targetNode is a blank node");
    check("sh:targetClass \"a\" ; sh:minLength 1", "sh:targetClass");
    check("sh:deactivated 1 ; sh:minLength 1", "no xsd:boolean");
    check("sh:closed true ; sh:ignoredProperties ( \"a\" )", "sh:ignoredProperties");
}

#[test]
fn node_shapes_and_property_shapes_are_kept_apart() {
    check("a sh:NodeShape ; sh:minCount 1", "is a node shape with sh:minCount");
    check("a sh:NodeShape ; sh:path ex:p", "is a sh:NodeShape with a sh:path");
    check("a sh:PropertyShape", "is a sh:PropertyShape without a sh:path");
    check("sh:property [ sh:minCount 1 ]", "which has no sh:path");
    check("sh:node [ sh:path ex:p ]", "sh:node is a property shape");
    check("sh:path ex:p, ex:q ; sh:minCount 1", "has more than one sh:path");
}

#[test]
fn paths_are_well_formed() {
    check("sh:path \"p\" ; sh:minCount 1", "which is no path");
    check("sh:path [] ; sh:minCount 1", "not exactly one path");
    check("sh:path ( ex:p ) ; sh:minCount 1", "fewer than two paths");
    check("sh:path [ sh:inversePath ex:p ; sh:zeroOrMorePath ex:p ] ; sh:minCount 1", "not exactly one path");
    check("sh:path _:p ; sh:minCount 1 . _:p sh:inversePath _:p", "more than 16 paths in each other");
    check("sh:path _:l ; sh:minCount 1 . _:l rdf:first ex:p ; rdf:rest _:l", "no well-formed list");
}

#[test]
fn a_shape_without_an_iri_is_told_by_the_shape_around_it_and_its_path() {
    check(
        "sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:minCount \"1\" ]",
        "https://example.org/S, at the path ^<https://example.org/p>: sh:minCount",
    );
}

#[test]
fn all_faults_are_told_at_once() {
    let faults = faults("ex:A sh:class 1 . ex:B sh:minLength 1.5 . ex:C sh:node ex:B . ex:D sh:minLength 1 .");
    let shapes: Vec<&str> = faults.iter().map(|fault| fault.shape.as_str()).collect();
    assert_eq!(shapes, ["https://example.org/A", "https://example.org/B"]);
}

#[test]
fn shapes_that_refer_to_themselves_are_refused() {
    check("sh:node ex:S", "refers to itself");
    check("sh:not [ sh:property [ sh:path ex:p ; sh:node ex:S ] ]", "refers to itself");
    check("sh:or ( ex:A ex:B ) . ex:A sh:and ( ex:S ) . ex:B sh:minLength 1", "refers to itself");
    assert_eq!(faults("ex:S sh:and ( ex:A ex:A ) ; sh:node ex:A . ex:A sh:minLength 1 ."), []);
}

#[test]
fn what_is_not_in_shacl_core_is_refused() {
    check("sh:sparql [ sh:select \"SELECT\" ] ; sh:minLength 1", "sh:sparql, which is not in SHACL Core");
    check("sh:entailment ex:owl", "sh:entailment asks for");
}

#[test]
fn shapes_in_each_other_have_a_depth() {
    let chain = |order: &mut dyn Iterator<Item = usize>| -> String {
        order.map(|it| format!("ex:S{it} sh:node ex:S{} .\n", it + 1)).collect()
    };
    assert_eq!(faults(&chain(&mut (0..50))), []);
    for text in [chain(&mut (0..5000)), chain(&mut (0..5000).rev())] {
        assert!(faults(&text).iter().any(|fault| fault.reason.contains("more than 64")));
    }
}

#[test]
fn text_that_is_not_turtle_says_where() {
    let error = Shapes::parse(b"@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:a> sh:minCount").unwrap_err();
    assert!(matches!(error, ShapesError::Syntax(_)) && error.to_string().contains("line 2"), "{error}");
}

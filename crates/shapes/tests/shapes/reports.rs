//! What a report says, as plain values, as JSON and as RDF.

use chancery_shapes::{Graph, GraphFormat, Report, Severity, Shapes};
use oxrdf::Triple;

const SHAPES: &str = r#"
    @prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
    ex:Claim a sh:NodeShape ; sh:targetClass ex:Claim ; sh:node ex:Dated ;
        sh:property [ sh:path ex:evidence ; sh:minCount 1 ; sh:message "no claim without evidence"@en, "لا ادعاء بلا دليل"@ar ] ;
        sh:property [ sh:path ( ex:source ex:name ) ; sh:minCount 1 ; sh:severity sh:Info ] ;
        sh:property [ sh:path ex:rule ; sh:maxLength 3 ; sh:severity ex:Style ; sh:message "a short rule" ] .
    ex:Dated a sh:NodeShape ; sh:property [ sh:path ex:date ; sh:minCount 1 ; sh:severity sh:Warning ] .
"#;
const DATA: &str = r#"
    @prefix ex: <https://example.org/> .
    ex:c a ex:Claim ; ex:rule "long" ; ex:source _:r . _:r ex:nick "KAZ" .
"#;

fn report() -> Report {
    let data = Graph::parse(DATA.as_bytes(), GraphFormat::Turtle).unwrap();
    Shapes::parse(SHAPES.as_bytes()).unwrap().validate(&data)
}

#[test]
fn a_result_speaks_the_language_asked_for() {
    let report = report();
    let evidence = report.violations().find(|result| result.message("en") == "no claim without evidence").unwrap();
    assert_eq!(evidence.message("ar"), "لا ادعاء بلا دليل");
    assert_eq!(evidence.message("fr"), "no claim without evidence", "English where there is no other");
    let rule = report.results.iter().find(|result| matches!(result.severity, Severity::Other(_))).unwrap();
    assert_eq!(rule.message("ar"), "a short rule", "what there is where there is no English");
    let source = report.results.iter().find(|result| result.severity == Severity::Info).unwrap();
    assert_eq!(source.message("ar"), "القيم أقل من المطلوب", "our words where the shape has none");
}

#[test]
fn the_reason_of_a_failed_node_stands_in_its_details() {
    let report = report();
    let node = report.results.iter().find(|result| !result.details.is_empty()).unwrap();
    assert_eq!(node.severity, Severity::Violation);
    assert_eq!(node.details[0].severity, Severity::Warning);
    assert_eq!(node.details[0].path.as_ref().unwrap().to_string(), "<https://example.org/date>");
}

#[test]
fn json_is_plain() {
    let json = serde_json::to_value(report()).unwrap();
    assert_eq!(json["conforms"], false);
    assert_eq!(json["complete"], true);
    assert_eq!(json["results"].as_array().unwrap().len(), 4);
    let rule = json["results"].as_array().unwrap().iter().find(|it| it["path"] == "https://example.org/rule").unwrap();
    assert_eq!(rule["focus_node"], "https://example.org/c");
    assert_eq!(rule["value"], "\"long\"");
    assert_eq!(rule["named_shape"], "https://example.org/Claim");
    assert_eq!(rule["constraint_component"], "http://www.w3.org/ns/shacl#MaxLengthConstraintComponent");
    assert_eq!(rule["severity"], "https://example.org/Style");
    assert_eq!(rule["messages"], serde_json::json!([{"text": "a short rule"}]));
    let info = json["results"].as_array().unwrap().iter().find(|it| it["severity"] == "info").unwrap();
    assert_eq!(info["path"], "(<https://example.org/source>/<https://example.org/name>)");
}

#[test]
fn text_is_one_line_a_result() {
    let report = report();
    let english = report.text("en");
    let lines: Vec<&str> = english.lines().collect();
    assert_eq!((lines[0], lines.len()), ("does not conform; results: 4", 6), "{english}");
    let evidence = "<https://example.org/c>: no claim without evidence \
        (path <https://example.org/evidence>, shape <https://example.org/Claim>)";
    assert!(lines.contains(&evidence), "{english}");
    assert!(
        lines.iter().any(|line| line.starts_with("  <https://example.org/c>: ")),
        "details are indented: {english}"
    );
    assert!(english.contains("[info]") && english.contains("value \"long\""), "{english}");
    let arabic = report.text("ar");
    assert!(arabic.contains("لا ادعاء بلا دليل (المسار <https://example.org/evidence>، الشكل"), "{arabic}");
    let nothing = Graph::default();
    assert_eq!(Shapes::parse(SHAPES.as_bytes()).unwrap().validate(&nothing).text("ar"), "مطابق");
}

#[test]
fn the_report_is_written_in_every_format() {
    let report = report();
    for format in GraphFormat::ALL {
        let mut bytes = Vec::new();
        report.serialise(format, &mut bytes).unwrap();
        assert_eq!(Graph::parse(&bytes, format).unwrap().len(), report.triples().len(), "{format}");
    }
    let mut turtle = Vec::new();
    report.serialise(GraphFormat::Turtle, &mut turtle).unwrap();
    assert!(String::from_utf8(turtle).unwrap().contains("a sh:ValidationReport"));
}

#[test]
fn the_same_input_gives_the_same_report() {
    assert_eq!(report(), report());
    assert_eq!(report().triples(), report().triples());
}

/// SHACL's own words for reports hold for ours.
#[test]
fn the_report_in_rdf_is_well_formed() {
    let shapes = r#"
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix s: <https://example.org/shapes#> .
        s:Report a sh:NodeShape ; sh:targetClass sh:ValidationReport ;
            sh:property [ sh:path sh:conforms ; sh:datatype xsd:boolean ; sh:hasValue false ; sh:maxCount 1 ] ;
            sh:property [ sh:path sh:result ; sh:class sh:ValidationResult ; sh:minCount 4 ; sh:maxCount 4 ] .
        s:Result a sh:NodeShape ; sh:targetClass sh:ValidationResult ; sh:closed true ;
            sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ;
            sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ;
            sh:property [ sh:path sh:resultPath ; sh:nodeKind sh:BlankNodeOrIRI ; sh:maxCount 1 ] ;
            sh:property [ sh:path sh:value ; sh:maxCount 1 ] ;
            sh:property [ sh:path sh:sourceShape ; sh:nodeKind sh:BlankNodeOrIRI ; sh:minCount 1 ; sh:maxCount 1 ] ;
            sh:property [ sh:path sh:sourceConstraintComponent ; sh:nodeKind sh:IRI ; sh:minCount 1 ; sh:maxCount 1 ] ;
            sh:property [ sh:path sh:resultSeverity ; sh:nodeKind sh:IRI ; sh:minCount 1 ; sh:maxCount 1 ] ;
            sh:property [ sh:path sh:resultMessage ; sh:nodeKind sh:Literal ; sh:minCount 1 ; sh:uniqueLang true ] ;
            sh:property [ sh:path sh:detail ; sh:class sh:ValidationResult ] .
    "#;
    let triples: Vec<Triple> = report().triples();
    let checked = Shapes::parse(shapes.as_bytes()).unwrap().validate(&triples.iter().collect());
    assert!(checked.conforms, "{:#?}", checked.results);
}

//! What queries answer, in which formats, and the named queries.

use crate::sample::*;
use chancery_model::{StateKind, StateStatus, Status};
use chancery_store::{QueryDatasetChoice, QueryForm, QueryOptions, ResultFormat, StoreError};

#[test]
fn the_relations_of_a_state() {
    let store = store();
    put(&store, vec![accession(), relations()]);
    let relations = store.relations_of(&id("FRA")).unwrap();
    assert_eq!(relations.len(), 1);
    let relation = &relations[0];
    assert_eq!((relation.kind, relation.status), (StateKind::DiplomaticRelations, StateStatus::InForce));
    assert_eq!(relation.other, Some(id("FJI")));
    assert_eq!(relation.status_since.as_deref(), Some("2025-11-08"));
    let relation = store.relations_of(&id("KAZ")).unwrap().remove(0);
    assert_eq!((relation.other, relation.agreement), (None, Some(id("agreement:abraham-accords"))));
    assert!(store.relations_of(&id("PER")).unwrap().is_empty());
}

#[test]
fn the_words_behind_a_relation() {
    let store = store();
    put(&store, vec![relations(), denial()]);
    let snapshot = store.snapshot();
    let state = snapshot.states_of(&id("FRA")).next().unwrap();
    let quotations = store.claims_behind(&state.id).unwrap();
    let mut told: Vec<_> =
        quotations.iter().map(|q| (q.denies, q.status, q.quote.as_str(), q.document.as_str())).collect();
    told.sort();
    assert_eq!(
        told,
        [
            (false, Status::Occurred, "France and Fiji opened diplomatic relations.", "d2"),
            (true, Status::Denied, "Fiji denies that it opened relations with France.", "d3"),
        ]
    );
    assert_eq!(quotations[0].publisher.as_deref(), Some("The Courier"));
    assert!(quotations[0].published.is_some());
}

#[test]
fn every_format_of_every_form() {
    let store = store();
    put(&store, vec![relations()]);
    let forms = [
        ("SELECT ?s { ?s a dip:Claim }", QueryForm::Select, 4),
        ("ASK { ?s a dip:Claim }", QueryForm::Ask, 4),
        ("CONSTRUCT WHERE { ?s a dip:Claim }", QueryForm::Graph, 6),
        ("DESCRIBE state:FRA", QueryForm::Graph, 6),
    ];
    for (sparql, form, formats) in forms {
        let prepared = store.prepare(sparql).unwrap();
        assert_eq!(prepared.form(), form);
        let offer = ResultFormat::offer(form);
        assert_eq!(offer.len(), formats);
        for format in offer {
            let bytes = prepared.clone().run(format, &QueryOptions::default()).unwrap();
            assert!(!bytes.is_empty(), "{sparql} as {}", format.name());
        }
    }
    let prepared = store.prepare("ASK {}").unwrap();
    let turtle = ResultFormat::for_name("turtle", QueryForm::Graph).unwrap();
    assert!(matches!(prepared.run(turtle, &QueryOptions::default()), Err(StoreError::Evaluation(_))));
}

#[test]
fn a_constructed_graph_is_written_with_our_prefixes_and_without_repetition() {
    let store = store();
    put(&store, vec![relations()]);
    let turtle =
        run(&store, "CONSTRUCT { state:FRA a dip:State } WHERE { ?s ?p ?o }", "turtle", &QueryOptions::default());
    let turtle = turtle.unwrap();
    assert!(turtle.contains("state:FRA a dip:State"), "{turtle}");
    assert_eq!(turtle.matches("dip:State").count(), 1);
}

#[test]
fn an_error_of_syntax_says_where() {
    let store = store();
    match store.prepare("SELECT ?s\nWHERE { ?s ?p }").unwrap_err() {
        StoreError::Syntax { message, line: Some(2), column: Some(column) } => {
            assert!(column > 8 && message.contains("line 2") && message.contains("expected"), "{column}: {message}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_base_resolves_relative_iris() {
    let store = store();
    let select = |base: &str| store.prepare_with_base("SELECT (<x> AS ?iri) {}", base);
    let csv = ResultFormat::for_name("csv", QueryForm::Select).unwrap();
    let answer = select("http://example.org/a/").unwrap().run(csv, &QueryOptions::default()).unwrap();
    assert!(String::from_utf8(answer).unwrap().contains("http://example.org/a/x"));
    assert!(matches!(select("no base"), Err(StoreError::InvalidIri { .. })));
}

#[test]
fn the_dataset_of_the_protocol() {
    let store = store();
    put(&store, vec![relations()]);
    let insert = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } GRAPH <urn:h> { <urn:a> <urn:b> 2 } }";
    store.update(insert, &QueryOptions::default()).unwrap();
    let over = |default: &[&str], named: &[&str], sparql: &str| {
        let owned = |iris: &[&str]| iris.iter().map(|iri| (*iri).to_owned()).collect();
        let dataset = QueryDatasetChoice { default_graphs: owned(default), named_graphs: owned(named) };
        run(&store, sparql, "csv", &QueryOptions { dataset, ..QueryOptions::default() })
            .map(|csv| csv.lines().skip(1).collect::<Vec<_>>().join(" "))
    };
    let values = "SELECT ?o { <urn:a> <urn:b> ?o } ORDER BY ?o";
    assert_eq!(over(&[], &[], values).unwrap(), "", "users' graphs are not in the default graph");
    assert_eq!(over(&["urn:g"], &[], values).unwrap(), "1");
    assert_eq!(over(&["urn:g", "urn:h"], &[], values).unwrap(), "1 2");
    assert_eq!(over(&[], &["urn:h"], "SELECT ?g { GRAPH ?g { ?s ?p ?o } }").unwrap(), "urn:h");
    assert_eq!(over(&[], &["urn:h"], "SELECT ?s { ?s ?p ?o }").unwrap(), "");
    assert!(matches!(over(&["not an iri"], &[], values), Err(StoreError::InvalidIri { .. })));
}

#[test]
fn the_store_keeps_its_own_graph_to_itself() {
    let store = store();
    put(&store, vec![relations()]);
    assert!(select(&store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").is_empty());
    assert!(select(&store, "SELECT ?g { GRAPH ?g {} }").is_empty());
    assert!(store.named_graphs().unwrap().is_empty());
    let copy = "INSERT { GRAPH <urn:copy> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }";
    store.update(copy, &QueryOptions::default()).unwrap();
    assert!(select(&store, "SELECT ?s { GRAPH <urn:copy> { ?s ?p ?o } }").is_empty());
    let refused = store.update("INSERT DATA { GRAPH <urn:chancery:meta> { <a:a> <a:b> 1 } }", &QueryOptions::default());
    assert!(matches!(refused, Err(StoreError::Refused { .. })));
}

//! Named graphs of users: updates and the Graph Store Protocol; the default graph is derived.

use crate::sample::*;
use chancery_rdf::GraphFormat;
use chancery_store::{GraphTarget, MAX_UPLOAD_BYTES, QueryDatasetChoice, QueryOptions, Store, StoreError};
use std::collections::BTreeSet;

fn named(iri: &str) -> GraphTarget {
    GraphTarget::Named(iri.to_owned())
}

fn upload(store: &Store, iri: &str, body: &str, format: GraphFormat, replace: bool) -> Result<bool, StoreError> {
    store.put_graph(&named(iri), body.as_bytes().to_vec(), format, replace)
}

fn ntriples(store: &Store, iri: &str) -> String {
    String::from_utf8(store.graph(&named(iri), GraphFormat::NTriples).unwrap()).unwrap()
}

#[test]
fn no_update_reaches_the_derived_graph() {
    let store = store();
    put(&store, vec![relations()]);
    let before = nquads(&store);
    for update in [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
        "WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o } ; CLEAR DEFAULT",
        "CLEAR DEFAULT",
        "CLEAR ALL",
        "DROP ALL",
        "DROP DEFAULT",
        "COPY <urn:g> TO DEFAULT",
        "ADD <urn:g> TO DEFAULT",
        "MOVE <urn:g> TO DEFAULT",
        "MOVE DEFAULT TO <urn:g>",
    ] {
        let refused = store.update(update, &QueryOptions::default());
        assert!(matches!(refused, Err(StoreError::DerivedGraphReadOnly)), "{update}: {refused:?}");
    }
    let target = GraphTarget::Default;
    let body = b"<urn:a> <urn:b> <urn:c> .".to_vec();
    for replace in [false, true] {
        let refused = store.put_graph(&target, body.clone(), GraphFormat::Turtle, replace);
        assert!(matches!(refused, Err(StoreError::DerivedGraphReadOnly)));
    }
    assert!(matches!(store.delete_graph(&target), Err(StoreError::DerivedGraphReadOnly)));
    assert_eq!(nquads(&store), before);
    assert_projected(&store);
    let read = String::from_utf8(store.graph(&target, GraphFormat::NQuads).unwrap()).unwrap();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(lines(&read), lines(&before));
}

#[test]
fn named_graphs_take_what_the_default_graph_says() {
    let store = store();
    put(&store, vec![relations()]);
    let options = QueryOptions::default();
    store.update("COPY DEFAULT TO <urn:copy>", &options).unwrap();
    assert_eq!(ntriples(&store, "urn:copy").lines().count(), nquads(&store).lines().count());
    store.update("WITH <urn:copy> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", &options).unwrap();
    assert_eq!(select(&store, "SELECT * { GRAPH <urn:copy> { ?s ?p ?o } }").len(), 0);
    store.update("CLEAR NAMED ; CREATE GRAPH <urn:new>", &options).unwrap();
    assert!(store.named_graphs().unwrap().contains(&"urn:new".to_owned()));
    assert_projected(&store);
}

#[test]
fn an_update_that_fails_leaves_nothing() {
    let store = store();
    let update = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } } ; CREATE GRAPH <urn:g>";
    assert!(store.update(update, &QueryOptions::default()).is_err());
    assert!(matches!(store.graph(&named("urn:g"), GraphFormat::Turtle), Err(StoreError::NoGraph(_))));
}

#[test]
fn using_graphs_of_the_protocol() {
    let store = store();
    let options = QueryOptions::default();
    store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }", &options).unwrap();
    let dataset = QueryDatasetChoice { default_graphs: vec!["urn:g".to_owned()], named_graphs: Vec::new() };
    let using = QueryOptions { dataset, ..QueryOptions::default() };
    let update = "INSERT { GRAPH <urn:h> { ?s ?p 2 } } WHERE { ?s ?p 1 }";
    store.update(update, &using).unwrap();
    assert_eq!(ntriples(&store, "urn:h").lines().count(), 1);
    let both = "INSERT { GRAPH <urn:h> { ?s ?p 3 } } USING <urn:h> WHERE { ?s ?p 2 }";
    assert!(matches!(store.update(both, &using), Err(StoreError::Refused { .. })));
}

#[test]
fn a_graph_is_put_read_merged_and_deleted() {
    let store = store();
    assert!(upload(&store, "http://g/1", "<a> <b> 1, 2 .", GraphFormat::Turtle, true).unwrap());
    assert!(ntriples(&store, "http://g/1").contains("<http://g/a>"), "relative to the graph");
    assert!(!upload(&store, "http://g/1", "<a> <b> 3 .", GraphFormat::Turtle, false).unwrap());
    assert_eq!(ntriples(&store, "http://g/1").lines().count(), 3);
    assert!(!upload(&store, "http://g/1", "<a> <b> 4 .", GraphFormat::Turtle, true).unwrap());
    assert_eq!(ntriples(&store, "http://g/1").lines().count(), 1);
    assert!(upload(&store, "http://g/empty", "", GraphFormat::Turtle, true).unwrap());
    assert_eq!(store.named_graphs().unwrap(), ["http://g/1", "http://g/empty"]);
    store.delete_graph(&named("http://g/1")).unwrap();
    assert!(matches!(store.delete_graph(&named("http://g/1")), Err(StoreError::NoGraph(_))));
    assert!(matches!(upload(&store, "no iri", "", GraphFormat::Turtle, true), Err(StoreError::InvalidIri { .. })));
}

#[test]
fn a_bad_upload_changes_nothing() {
    let store = store();
    upload(&store, "urn:g", "<urn:a> <urn:b> 1 .", GraphFormat::Turtle, true).unwrap();
    let before = ntriples(&store, "urn:g");
    let entity = "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'aaaa'>]><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>";
    let context = r#"{"@context":"http://127.0.0.1:9/c","@id":"urn:x","urn:p":1}"#;
    let nested = format!("<urn:a> <urn:b> {}1{} .", "(".repeat(5_000), ")".repeat(5_000));
    let json = format!("{{\"@id\":\"urn:x\",\"urn:p\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
    let chain: Vec<String> = (0..400_000).map(|it| format!("\"t{it}\":\"t{}:x\"", it + 1)).collect();
    let chain = format!("{{\"@context\":{{{}}},\"@id\":\"urn:x\",\"t0\":1}}", chain.join(","));
    for (body, format) in [
        ("<urn:a> <urn:b> 2 . <urn:a> <urn:b>", GraphFormat::Turtle),
        ("<urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> .", GraphFormat::Turtle),
        ("<< <urn:a> <urn:b> 1 >> <urn:b> 1 .", GraphFormat::Turtle),
        ("<urn:h> { <urn:a> <urn:b> 2 }", GraphFormat::TriG),
        ("<urn:a> <urn:b> <urn:c> <urn:h> .", GraphFormat::NQuads),
        (entity, GraphFormat::RdfXml),
        (context, GraphFormat::JsonLd),
        (&nested, GraphFormat::Turtle),
        (&json, GraphFormat::JsonLd),
        (&chain, GraphFormat::JsonLd),
    ] {
        let refused = upload(&store, "urn:g", body, format, true);
        assert!(matches!(refused, Err(StoreError::Rdf { .. })), "{}: {refused:?}", &body[..body.len().min(60)]);
    }
    let large = store.put_graph(&named("urn:g"), vec![b' '; MAX_UPLOAD_BYTES + 1], GraphFormat::Turtle, true);
    assert!(matches!(large, Err(StoreError::TooLarge { .. })));
    assert_eq!(ntriples(&store, "urn:g"), before);
}

#[test]
fn blank_nodes_of_two_uploads_stay_apart() {
    let store = store();
    for _ in 0..2 {
        upload(&store, "urn:g", "_:b <urn:p> 1 .", GraphFormat::NTriples, false).unwrap_err();
        upload(&store, "urn:g", "_:b <urn:p> \"x\" .", GraphFormat::NTriples, false).unwrap();
    }
    assert_eq!(ntriples(&store, "urn:g").lines().count(), 2);
}

#[test]
fn a_dump_of_the_dataset_holds_every_graph_but_the_stores_own() {
    let store = store();
    put(&store, vec![relations()]);
    upload(&store, "urn:h", "<urn:a> <urn:b> <urn:c> .", GraphFormat::Turtle, true).unwrap();
    upload(&store, "urn:g", "<urn:a> <urn:b> <urn:c> .", GraphFormat::Turtle, true).unwrap();
    let mut bytes = Vec::new();
    store.dump_dataset(GraphFormat::NQuads, &mut bytes).unwrap();
    let dump = String::from_utf8(bytes).unwrap();
    let users = "<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> <urn:c> <urn:h> .\n";
    assert_eq!(dump, nquads(&store) + users);
}

#[test]
fn a_plain_dataset_belongs_to_its_users() {
    let store = Store::plain_in_memory().unwrap();
    let options = QueryOptions::default();
    store.update("INSERT DATA { <urn:a> <urn:b> 1 }", &options).unwrap();
    assert!(ask(&store, "ASK { <urn:a> <urn:b> 1 }"));
    store.put_graph(&GraphTarget::Default, b"<urn:x> <urn:y> 2 .".to_vec(), GraphFormat::Turtle, true).unwrap();
    assert_eq!(nquads(&store).lines().count(), 1);
    store.update("CLEAR ALL", &options).unwrap();
    assert_eq!(nquads(&store), "");
}

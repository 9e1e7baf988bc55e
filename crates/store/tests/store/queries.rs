//! What queries answer, in which formats, and the named queries.

use crate::sample::*;
use chancery_model::{StateKind, StateStatus, Status};
use chancery_store::{NamedQuery, QueryDatasetChoice, QueryForm, QueryOptions, ReadDocument, ResultFormat, StoreError};
use std::collections::BTreeMap;

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

/// Relations between two friends of Samoa are broken off; a plan to take them up again comes to nothing; later they are taken up.
#[test]
fn friends_are_in_conflict_until_their_relations_are_resumed() {
    let report = |day: &str, event_type: &str, subtype: Option<&str>, parties: [&str; 2], status| {
        let document = document(&format!("{event_type} {day}"), day, "What two states did.");
        let mut claim = claim(&document, event_type, &parties, &[], status);
        claim.subtype = subtype.map(Into::into);
        ReadDocument { document, claims: vec![claim] }
    };
    let ally = |day, parties| report(day, "upgrade-relations", Some("alliance"), parties, Status::Occurred);
    let between = |day, event_type, status| report(day, event_type, None, ["FJI", "TON"], status);
    let store = store();
    let told = vec![
        ally("2010-01-01", ["FJI", "WSM"]),
        ally("2010-02-01", ["TON", "WSM"]),
        between("2014-01-01", "sever-relations", Status::Occurred),
        between("2018-01-01", "restore-relations", Status::Planned),
        between("2018-03-01", "restore-relations", Status::Cancelled),
        between("2023-01-01", "restore-relations", Status::Occurred),
    ];
    put(&store, told);
    let conflicts = |day: &str| {
        let arguments = [("actor", "WSM"), ("as_of", day)].map(|(name, word)| (name.to_owned(), word.to_owned()));
        let query = NamedQuery::named("unbalanced-triads").unwrap();
        let prepared = store.prepare_named(query, &BTreeMap::from(arguments)).unwrap();
        let rows = prepared.table(&QueryOptions::default()).unwrap().rows;
        rows.into_iter().map(|row| row[..3].iter().flatten().cloned().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let broken = ["FJI TON diplomatic-relations".to_owned()];
    assert!(conflicts("2013-12-31").is_empty());
    assert_eq!(conflicts("2014-01-01"), broken);
    assert_eq!(conflicts("2020-01-01"), broken, "a plan that came to nothing");
    assert!(conflicts("2023-01-01").is_empty());
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
fn an_error_of_syntax_says_where_and_what_was_expected() {
    let store = store();
    let check = |sparql: &str, place: (usize, usize), words: &[&str]| match store.prepare(sparql).unwrap_err() {
        StoreError::Syntax { message, line, column } => {
            assert_eq!((line, column), (Some(place.0), Some(place.1)), "{sparql}: {message}");
            for word in words {
                assert!(message.contains(word), "{sparql}: {word} is not in {message}");
            }
            let mark = message.lines().last().unwrap();
            let shown = message.lines().rev().nth(1).unwrap();
            assert!(mark.ends_with('^') && mark.chars().count() <= shown.chars().count() + 1, "{message}");
        }
        other => panic!("{sparql}: {other:?}"),
    };
    check("SELECT ?s\nWHERE { ?s ?p }", (2, 15), &["line 2, column 15", "an object", "found `}`"]);
    check("SELECT ?s WHERE { ?s ?p ?o", (1, 27), &["`}`", "the end of the text"]);
    check("SELEC ?s { ?s ?p ?o }", (1, 1), &["`SELECT`", "`ASK`", "found `SELEC`"]);
    check("INSERT DATA { <urn:a> <urn:b> 1 }", (1, 1), &["found `INSERT`", "this is an update"]);
    check("SELECT ?s, ?p { ?s ?p ?o }", (1, 10), &["found `,`"]);
    check("SELECT ?s { ?s foo:bar ?o }", (1, 16), &["the prefix `foo:` is not declared"]);
    check("PREFIX x <http://x/> ASK {}", (1, 8), &["a prefix with its colon"]);
    check("SELECT ?s { ?s ?p ?o FILTER(?o > ) }", (1, 34), &["an expression"]);
    check("SELECT ?s { ?s ?p ?o FILTER ?o > 3 }", (1, 29), &["a condition in brackets or a function"]);
    check("SELECT ?s { ?s ?p 'open }", (1, 19), &["a string without its end"]);
    check("SELECT ?s { ?s ?p ?o } LIMIT x", (1, 30), &["a whole number"]);
    check("SELECT ?s { ?s ?p ?o } ORDER ?s", (1, 30), &["`BY`"]);
    check("SELECT ?s { ?s dip:x/ ?o }", (1, 23), &["a path"]);
    check("SELECT ?s { ?s ?p ?o OPTIONAL ?s ?q ?r }", (1, 31), &["`{`"]);
    check("SELECT (COUNT(?s) AS n) { ?s ?p ?o }", (1, 22), &["a variable"]);
    check("ASK { ?s ?p ?o }}", (1, 17), &["found `}`"]);
    check("", (1, 1), &["`SELECT`", "the end of the text"]);
    check("ASK { ?دولة ?p ~ }", (1, 16), &["found `~`"]);
    let long = format!("ASK {{ {} ?s ?p }}", "?s ?p ?o . ".repeat(30));
    check(&long, (1, 344), &["found `}`"]);
    for (sparql, reason) in [
        ("SELECT ?s (COUNT(?p) AS ?n) { ?s ?p ?o }", "a variable that is unbound"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "not authorized with GROUP BY"),
        ("SELECT ?s { VALUES (?a ?b) { (1) } }", "a row of VALUES with another number of values"),
        ("SELECT ?s { BIND(1 AS ?s) BIND(2 AS ?s) }", "a variable bound twice"),
    ] {
        let error = store.prepare(sparql).unwrap_err();
        assert!(matches!(error, StoreError::Syntax { .. }) && error.to_string().contains(reason), "{sparql}: {error}");
    }
    let error = store.update("SELECT * { ?s ?p ?o }", &QueryOptions::default()).unwrap_err();
    assert!(error.to_string().contains("this is a query"), "{error}");
}

#[test]
fn columns_stand_in_the_order_of_their_names() {
    let store = store();
    put(&store, vec![relations()]);
    let head = |sparql: &str| {
        let csv = run(&store, sparql, "csv", &QueryOptions::default()).unwrap();
        csv.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(head("SELECT * { ?s ?p ?o OPTIONAL { ?o ?a ?b } } LIMIT 1"), "s,p,o,a,b");
    assert_eq!(head("# ?z\nSELECT DISTINCT * { BIND('?z' AS ?y) ?s ?p ?a } LIMIT 1"), "y,s,p,a");
    assert_eq!(head("SELECT ?p ?s { ?s ?p ?o } LIMIT 1"), "p,s");
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

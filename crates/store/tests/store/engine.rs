//! What is changed in our copy of the engine (`crates/store/oxigraph`) changes no answer.

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, Quad, Term};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::{Store, StoreOptions};
use std::collections::BTreeSet;

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:example:{name}"))
}

/// Longer than what the engine keeps in its keys.
fn text(number: usize) -> Literal {
    Literal::new_simple_literal(format!("a text that has more than sixteen bytes, number {number}"))
}

fn quads() -> Vec<Quad> {
    let graph = |number: usize| match number % 3 {
        0 => GraphName::DefaultGraph,
        other => node(&format!("graph{other}")).into(),
    };
    let object = |number: usize| -> Term {
        match number % 4 {
            0 => text(number % 11).into(),
            1 => Literal::from(number as i64 % 7).into(),
            _ => node(&format!("s{}", number % 13)).into(),
        }
    };
    let quad = |number: usize| {
        let (subject, predicate) = (node(&format!("s{}", number % 13)), node(&format!("p{}", number % 5)));
        Quad::new(subject, predicate, object(number * 7 / 3), graph(number / 2))
    };
    (0..2_000).map(quad).collect()
}

fn found(store: &Store, [s, p, o, g]: [bool; 4], like: &Quad) -> BTreeSet<String> {
    let found = store.quads_for_pattern(
        s.then_some(like.subject.as_ref()),
        p.then_some(like.predicate.as_ref()),
        o.then_some(like.object.as_ref()),
        g.then_some(like.graph_name.as_ref()),
    );
    found.map(|quad| quad.unwrap().to_string()).collect()
}

/// Every pattern, while other iterators of the same look are open; in tables as in memory.
#[test]
fn the_engine_on_disk_finds_what_the_one_in_memory_finds() {
    let folder = tempfile::tempdir().unwrap();
    let options = StoreOptions::default().with_block_cache_bytes(1 << 20);
    let (disk, memory) = (Store::open_with_options(folder.path(), options).unwrap(), Store::new().unwrap());
    let quads = quads();
    for (at, part) in quads.chunks(300).enumerate() {
        let gone = &quads[..at * 20];
        for store in [&disk, &memory] {
            store.change(gone.iter().map(Quad::as_ref), part.iter().map(Quad::as_ref)).unwrap();
        }
        if at == 3 {
            disk.flush().unwrap();
        }
    }
    disk.validate().unwrap();
    assert!(disk.len().unwrap() > 100);
    for pattern in 0..16 {
        let pattern = [1, 2, 4, 8].map(|bit| pattern & bit != 0);
        for like in quads.iter().step_by(67) {
            assert_eq!(found(&disk, pattern, like), found(&memory, pattern, like), "{pattern:?} of {like}");
        }
    }
    let nested = "SELECT ?a ?b ?c WHERE { ?a <urn:example:p1> ?b . ?b <urn:example:p2> ?c . OPTIONAL { ?c ?p ?a } FILTER (?a != ?c) }";
    assert!(!rows(&disk, nested).is_empty());
    assert_eq!(rows(&disk, nested), rows(&memory, nested));
}

/// Sorted.
fn rows(store: &Store, query: &str) -> Vec<String> {
    let answer = SparqlEvaluator::new().parse_query(query).unwrap().on_store(store).execute().unwrap();
    let QueryResults::Solutions(rows) = answer else { panic!("a SELECT has rows") };
    let mut rows: Vec<String> = rows.map(|row| format!("{:?}", row.unwrap())).collect();
    rows.sort();
    rows
}

/// Subjects that are asked for many predicates are read whole on disk: those with few triples, those with more than are read, and
/// those that lack some; the engine in memory reads none whole.
#[test]
fn subjects_that_are_read_whole_say_what_they_say_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, memory) = (Store::open(folder.path()).unwrap(), Store::new().unwrap());
    let mut quads = Vec::new();
    for subject in 0..60 {
        let mut say = |predicate: &str, object: Term| {
            quads.push(Quad::new(node(&format!("s{subject}")), node(predicate), object, GraphName::DefaultGraph));
        };
        say("kind", node("thing").into());
        for predicate in (0..8).filter(|predicate| (subject + predicate) % 5 != 0) {
            say(&format!("p{predicate}"), text(subject).into());
        }
        for number in 0..if subject % 3 == 0 { 150 } else { subject % 4 } {
            say("many", text(number).into());
        }
    }
    for store in [&disk, &memory] {
        store.change([], quads.iter().map(Quad::as_ref)).unwrap();
    }
    let p = |number: usize| format!("<urn:example:p{number}>");
    let optional: String = (0..8).map(|at| format!("OPTIONAL {{ ?s {} ?v{at} }} ", p(at))).collect();
    let exists: String = (1..5).map(|at| format!("FILTER EXISTS {{ ?s {} ?w{at} }} ", p(at))).collect();
    let kind = "?s <urn:example:kind> <urn:example:thing> .";
    let many = "?s <urn:example:many> ?many .";
    for query in [
        format!("SELECT * WHERE {{ {kind} {optional} }}"),
        format!("SELECT * WHERE {{ {kind} {exists} }}"),
        format!("SELECT * WHERE {{ {kind} {exists} {many} }}"),
        format!("SELECT * WHERE {{ {kind} {optional} OPTIONAL {{ {many} }} }}"),
        format!("SELECT ?s (COUNT(*) AS ?n) WHERE {{ {kind} {exists} {many} {optional} }} GROUP BY ?s"),
        format!("SELECT * WHERE {{ {kind} ?s {} ?a ; {} ?b ; {} ?c ; {} ?a . {many} }}", p(1), p(2), p(3), p(4)),
    ] {
        let expected = rows(&memory, &query);
        assert!(!expected.is_empty(), "{query}");
        assert_eq!(rows(&disk, &query), expected, "{query}");
    }
}

#[test]
fn a_text_of_a_transaction_that_was_given_up_is_written_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let quad = Quad::new(node("s"), node("p"), text(1), GraphName::DefaultGraph);
    {
        let store = Store::open(folder.path()).unwrap();
        let mut given_up = store.start_transaction().unwrap();
        given_up.insert(&quad);
        drop(given_up);
        store.change([], [quad.as_ref()]).unwrap();
        store.change([quad.as_ref()], []).unwrap();
        store.insert(&quad).unwrap();
    }
    let store = Store::open(folder.path()).unwrap();
    let all: Vec<Quad> = store.iter().map(Result::unwrap).collect();
    assert_eq!(all, [quad]);
}

#[test]
fn what_one_change_removes_and_adds_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let quad = Quad::new(node("s"), node("p"), text(1), GraphNameRef::DefaultGraph);
    for _ in 0..2 {
        store.change([quad.as_ref()], [quad.as_ref()]).unwrap();
        assert!(store.contains(&quad).unwrap());
    }
}

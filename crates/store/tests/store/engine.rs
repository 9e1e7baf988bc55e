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
    let rows = |store: &Store| {
        let query = SparqlEvaluator::new().parse_query(nested).unwrap().on_store(store).execute().unwrap();
        let QueryResults::Solutions(rows) = query else { panic!("a SELECT has rows") };
        let mut rows: Vec<String> = rows.map(|row| format!("{:?}", row.unwrap())).collect();
        rows.sort();
        rows
    };
    assert!(!rows(&disk).is_empty());
    assert_eq!(rows(&disk), rows(&memory));
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

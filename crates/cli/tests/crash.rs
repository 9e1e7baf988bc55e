//! The server is killed (SIGKILL) in the middle of updates, graph writes and ingestion, and started again: what it acknowledged is there,
//! and of what it did not, all or nothing. `CHANCERY_ROUNDS` says how often; `cargo xtask soak` does it a hundred times.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault")]

mod server;

use server::{Connection, Server, run};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const ROUNDS: u64 = 4;
/// Triples of one graph that is put.
const TRIPLES: u64 = 25;

/// What was begun, and what was acknowledged: numbers of writes of one kind.
#[derive(Default)]
struct Written {
    begun: AtomicU64,
    acknowledged: Mutex<BTreeSet<u64>>,
}

impl Written {
    /// Writes one after the other until the server is gone.
    fn go_on(&self, address: &str, write: impl Fn(&mut Connection, u64) -> std::io::Result<u16>) {
        let Ok(mut connection) = Connection::open(address) else { return };
        loop {
            let number = self.begun.fetch_add(1, Ordering::Relaxed);
            match write(&mut connection, number) {
                Ok(200..=299) => {
                    self.acknowledged.lock().unwrap().insert(number);
                }
                Ok(503) => std::thread::sleep(Duration::from_millis(20)),
                Ok(status) => panic!("status {status} for {number}"),
                Err(_) => return,
            }
        }
    }

    /// Everything acknowledged is there, and nothing that was never begun.
    fn check(&self, what: &str, there: &BTreeSet<u64>) {
        let lost: Vec<u64> = self.acknowledged.lock().unwrap().difference(there).copied().collect();
        assert!(lost.is_empty(), "{what}: acknowledged and lost: {lost:?}");
        let begun = self.begun.load(Ordering::Relaxed);
        assert!(there.iter().all(|number| *number < begun), "{what}: {there:?} of {begun}");
    }
}

/// A connection to a server that is ready: after a kill between ledger and graph, the graph is brought up to the documents first.
fn ready(server: &Server) -> Connection {
    const PATIENCE: Duration = Duration::from_secs(60);
    let mut connection = Connection::open(&server.address).unwrap();
    let begun = Instant::now();
    loop {
        let answer = connection.send("GET", "/readyz", "", b"").unwrap();
        if answer.status == 200 {
            return connection;
        }
        let told = String::from_utf8_lossy(&answer.body);
        assert!(answer.status == 503 && begun.elapsed() < PATIENCE, "{told}");
        assert!(!told.contains("written anew"), "a kill has nothing written anew: {told}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn update(connection: &mut Connection, number: u64) -> std::io::Result<u16> {
    let update = format!(
        "INSERT DATA {{ GRAPH <urn:one> {{ <urn:u:{number}> <urn:number> {number} }} GRAPH <urn:two> {{ <urn:u:{number}> <urn:number> {number} }} }}"
    );
    connection.send("POST", "/update", "application/sparql-update", update.as_bytes()).map(|answer| answer.status)
}

fn graph(connection: &mut Connection, number: u64) -> std::io::Result<u16> {
    let triples: String =
        (0..TRIPLES).map(|n| format!("<urn:g:{number}> <urn:p:{n}> \"text {n} of {number}\" .\n")).collect();
    let path = format!("/graphs?graph=urn:graph:{number}");
    connection.send("PUT", &path, "application/n-triples", triples.as_bytes()).map(|answer| answer.status)
}

fn document(connection: &mut Connection, number: u64) -> std::io::Result<u16> {
    let text = "France recalled its ambassador to Mali on Monday. Germany and Japan signed an agreement.";
    let document =
        format!(r#"{{"id":"doc-{number}","lang":"en","published":"2026-01-05","text":"{text} No. {number}"}}"#);
    connection.send("POST", "/v1/documents", "application/json", document.as_bytes()).map(|answer| answer.status)
}

/// The numbers in the first column of an answer.
fn numbers(connection: &mut Connection, query: &str) -> BTreeSet<u64> {
    let rows = connection.select(query);
    rows.iter().map(|row| row[0].trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap()).collect()
}

struct Kinds {
    updates: Written,
    graphs: Written,
    documents: Written,
}

impl Kinds {
    fn check(&self, connection: &mut Connection) {
        let one = numbers(connection, "SELECT ?n { GRAPH <urn:one> { ?s ?p ?n } }");
        let two = numbers(connection, "SELECT ?n { GRAPH <urn:two> { ?s ?p ?n } }");
        assert_eq!(one, two, "half of an update is there");
        self.updates.check("updates", &one);
        let counts =
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'urn:graph:')) } GROUP BY ?g";
        let rows = connection.select(counts);
        assert!(rows.iter().all(|row| row[1] == TRIPLES.to_string()), "a part of a graph is there: {rows:?}");
        let graphs = rows.iter().map(|row| row[0].trim_start_matches("urn:graph:").parse().unwrap()).collect();
        self.graphs.check("graphs", &graphs);
        self.check_documents(connection);
    }

    /// Ledger, snapshot and graph know the same, and each document with all of its claims.
    fn check_documents(&self, connection: &mut Connection) {
        let claims =
            "SELECT ?d (COUNT(?c) AS ?n) { ?c a dip:Claim ; prov:wasDerivedFrom/schema:identifier ?d } GROUP BY ?d";
        let rows = connection.select(claims);
        let counts: BTreeSet<&str> = rows.iter().map(|row| row[1].as_str()).collect();
        assert!(counts.len() <= 1, "a part of a document is there: {rows:?}");
        let documents = rows.iter().map(|row| row[0].trim_start_matches("doc-").parse().unwrap()).collect();
        self.documents.check("documents", &documents);
        for number in documents.iter().rev().take(3) {
            let answer = connection.send("GET", &format!("/v1/documents/doc-{number}"), "", b"").unwrap();
            assert_eq!(answer.status, 200, "document {number}");
        }
    }
}

#[test]
fn what_was_acknowledged_outlives_a_kill() {
    let rounds = std::env::var("CHANCERY_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let kinds = Kinds { updates: Written::default(), graphs: Written::default(), documents: Written::default() };
    let begun = Instant::now();
    for round in 0..rounds {
        let server = Server::start(folder.path());
        kinds.check(&mut ready(&server));
        std::thread::scope(|scope| {
            scope.spawn(|| kinds.updates.go_on(&server.address, update));
            scope.spawn(|| kinds.updates.go_on(&server.address, update));
            scope.spawn(|| kinds.graphs.go_on(&server.address, graph));
            scope.spawn(|| kinds.documents.go_on(&server.address, document));
            // Another moment each time, also while the first write is under way.
            std::thread::sleep(Duration::from_millis(30 + round * 7919 % 700));
            server.kill();
        });
    }
    let server = Server::start(folder.path());
    kinds.check(&mut ready(&server));
    server.kill();
    let told = run(folder.path(), &["verify", "--store", "s"]);
    assert!(told.ends_with("no problem found\n"), "{told}");
    let count = |written: &Written| written.acknowledged.lock().unwrap().len();
    let (updates, graphs, documents) = (count(&kinds.updates), count(&kinds.graphs), count(&kinds.documents));
    assert!(updates > 0 && graphs > 0 && documents > 0, "nothing was written");
    println!(
        "{rounds} kills in {:.0?}: {updates} updates, {graphs} graphs and {documents} documents acknowledged, none lost",
        begun.elapsed()
    );
}

fn backed_up(folder: &Path) -> String {
    run(folder, &["backup", "--store", "s", "b"])
}

/// The command asks the server that has the store; what it copies is a store.
#[test]
fn a_store_is_copied_while_it_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let mut connection = Connection::open(&server.address).unwrap();
    assert_eq!(document(&mut connection, 1).unwrap(), 201);
    assert_eq!(update(&mut connection, 7).unwrap(), 204);
    assert!(backed_up(folder.path()).contains("a copy of s"));
    assert_eq!(update(&mut connection, 8).unwrap(), 204);
    server.kill();
    assert!(run(folder.path(), &["verify", "--store", "b"]).ends_with("no problem found\n"));
    run(folder.path(), &["restore", "b", "--store", "r"]);
    let query = "SELECT ?n { GRAPH <urn:one> { ?s ?p ?n } }";
    assert_eq!(run(folder.path(), &["query", "--store", "r", "--format", "csv", query]), "n\r\n7\r\n");
    assert_eq!(run(folder.path(), &["rebuild", "--store", "r"]), "1 documents, 2 claims\n");
    // Nobody has the store any more.
    std::fs::remove_dir_all(folder.path().join("b")).unwrap();
    assert!(backed_up(folder.path()).contains("a copy of s"));
}

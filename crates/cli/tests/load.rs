//! The server under load and under attack: nothing fails, nothing is lost, and memory stays bounded. What is measured is printed;
//! `cargo xtask soak` runs it long (`CHANCERY_SECONDS` for each part, `CHANCERY_REQUESTS` for memory) and keeps what it prints.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault")]

mod server;

use server::{Connection, Server, run};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

fn given(variable: &str, default: u64) -> u64 {
    std::env::var(variable).map_or(default, |value| value.parse().unwrap())
}

fn seconds() -> Duration {
    Duration::from_secs(given("CHANCERY_SECONDS", 2))
}

/// A store of the sample dispatches.
fn filled(folder: &Path) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/dispatches");
    let mut files: Vec<String> =
        std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path().display().to_string()).collect();
    files.retain(|file| file.ends_with(".jsonl"));
    files.sort();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    run(folder, &[&["ingest", "--store", "s"], files.as_slice()].concat());
}

/// How long requests took, in microseconds.
#[derive(Default)]
struct Times(Vec<u64>);

impl Times {
    fn percentile(&mut self, hundredths: usize) -> f64 {
        self.0.sort_unstable();
        self.0[(self.0.len() - 1) * hundredths / 10_000] as f64 / 1_000.0
    }

    fn told(&mut self, over: Duration) -> String {
        let rate = self.0.len() as f64 / over.as_secs_f64();
        let (half, most) = (self.percentile(5_000), self.percentile(9_900));
        format!("{rate:.0}/s, p50 {half:.1} ms, p99 {most:.1} ms")
    }
}

/// Asks again and again on some connections until told to stop.
fn ask(
    address: &str,
    connections: usize,
    stop: &AtomicBool,
    request: impl Fn(&mut Connection, usize) -> u16 + Sync,
) -> Times {
    let mut all = Times::default();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|own| {
                let request = &request;
                scope.spawn(move || {
                    let mut connection = Connection::open(address).unwrap();
                    let mut times = Vec::new();
                    for at in (own..).step_by(connections) {
                        if stop.load(Ordering::Relaxed) {
                            return times;
                        }
                        let asked = Instant::now();
                        let status = request(&mut connection, at);
                        assert!(status < 300, "status {status}");
                        times.push(u64::try_from(asked.elapsed().as_micros()).unwrap());
                    }
                    times
                })
            })
            .collect();
        all.0.extend(threads.into_iter().flat_map(|thread| thread.join().unwrap()));
    });
    all
}

const LOOK_UPS: [&str; 4] =
    ["/v1/countries/KAZ/relations", "/v1/countries/FRA", "/v1/events?limit=20", "/v1/dyads/KAZ/USA"];

fn look_up(connection: &mut Connection, at: usize) -> u16 {
    connection.send("GET", LOOK_UPS[at % LOOK_UPS.len()], "", b"").unwrap().status
}

/// Each takes all that it may: time, memory, or rows.
fn attacks() -> Vec<String> {
    let table = |n: usize| format!("VALUES ?v{n} {{ {} }}", "1 ".repeat(2_000));
    vec![
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }".to_owned(),
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?d".to_owned(),
        format!("SELECT (COUNT(*) AS ?n) {{ {}{}{} }}", table(0), table(1), table(2)),
        "SELECT * { ?a (<urn:x>|!<urn:x>)* ?b . ?b (<urn:x>|!<urn:x>)* ?c }".to_owned(),
        "SELECT (GROUP_CONCAT(?a) AS ?x) { ?a ?b ?c . ?d ?e ?f }".to_owned(),
        "SELECT DISTINCT ?a ?d { ?a ?b ?c . ?d ?e ?f }".to_owned(),
        "SELECT * { ?a ?b ?c . ?d ?e ?f }".to_owned(),
        format!("ASK {{ {} }}", "?s ?p ?o . ".repeat(100)),
        "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }".to_owned(),
        format!("SELECT * {{ ?s ?p ?o FILTER(REGEX(STR(?o), '{}')) }}", "(a|b|c)+".repeat(200)),
    ]
}

#[test]
fn look_ups_go_on_under_attack() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let server = Server::start_with(folder.path(), &["--query-timeout-s", "2"]);
    let (calm, attacked) = (AtomicBool::new(false), AtomicBool::new(false));
    let mut before = after(&calm, || ask(&server.address, 4, &calm, look_up));
    let (told, most) = (AtomicU64::new(0), AtomicU64::new(0));
    let queries = attacks();
    let mut during = std::thread::scope(|scope| {
        for own in 0..8 {
            let (queries, told, most, server, attacked) = (&queries, &told, &most, &server, &attacked);
            scope.spawn(move || {
                let mut connection = Connection::open(&server.address).unwrap();
                for at in (own..).step_by(3) {
                    if attacked.load(Ordering::Relaxed) {
                        return;
                    }
                    let text = queries[at % queries.len()].as_bytes();
                    // An answer that is cut off ends its connection.
                    match connection.send("POST", "/sparql", "application/sparql-query", text) {
                        Ok(answer) => assert!(answer.status != 500, "{}", String::from_utf8_lossy(text)),
                        Err(_) => connection = Connection::open(&server.address).unwrap(),
                    }
                    told.fetch_add(1, Ordering::Relaxed);
                    most.fetch_max(server.memory(), Ordering::Relaxed);
                }
            });
        }
        after(&attacked, || ask(&server.address, 4, &attacked, look_up))
    });
    let mut connection = Connection::open(&server.address).unwrap();
    assert_eq!(look_up(&mut connection, 0), 200, "it lives");
    println!("look-ups on 4 connections: {}", before.told(seconds()));
    println!("with 8 attackers ({} hostile queries): {}", told.load(Ordering::Relaxed), during.told(seconds()));
    println!("most memory under attack: {} MiB", most.load(Ordering::Relaxed));
}

/// Runs something, and tells it to stop when the time is over.
fn after<T: Send>(stop: &AtomicBool, run: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let running = scope.spawn(run);
        std::thread::sleep(seconds());
        stop.store(true, Ordering::Relaxed);
        running.join().unwrap()
    })
}

const INCREMENT: &str =
    "DELETE { GRAPH <urn:g> { <urn:c> <urn:v> ?n } } INSERT { GRAPH <urn:g> { <urn:c> <urn:v> ?m } }
    WHERE { GRAPH <urn:g> { <urn:c> <urn:v> ?n } BIND(?n + 1 AS ?m) }";

fn update(connection: &mut Connection, text: &str) -> u16 {
    connection.send("POST", "/update", "application/sparql-update", text.as_bytes()).unwrap().status
}

/// 32 clients, one request in ten a write that is on the disk before its answer.
#[test]
fn nothing_is_lost_under_load() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let server = Server::start(folder.path());
    let mut connection = Connection::open(&server.address).unwrap();
    assert_eq!(update(&mut connection, "INSERT DATA { GRAPH <urn:g> { <urn:c> <urn:v> 0 } }"), 204);
    let stop = AtomicBool::new(false);
    let (reads, writes) = (Mutex::new(Times::default()), Mutex::new(Times::default()));
    let mut all = after(&stop, || {
        ask(&server.address, 32, &stop, |connection, at| {
            let (asked, writes_now) = (Instant::now(), at % 320 < 32);
            let status = if writes_now { update(connection, INCREMENT) } else { look_up(connection, at) };
            let times = if writes_now { &writes } else { &reads };
            times.lock().unwrap().0.push(u64::try_from(asked.elapsed().as_micros()).unwrap());
            status
        })
    });
    let (mut reads, mut writes) = (reads.into_inner().unwrap(), writes.into_inner().unwrap());
    // A connection that was idle so long is closed.
    let mut connection = Connection::open(&server.address).unwrap();
    let count = connection.select("SELECT ?n { GRAPH <urn:g> { ?c ?p ?n } }");
    assert_eq!(count, [[writes.0.len().to_string()]], "each write that was acknowledged counts");
    println!("32 clients: {}", all.told(seconds()));
    println!("of these, reads: {}", reads.told(seconds()));
    println!("of these, synced writes: {}", writes.told(seconds()));
}

#[test]
fn memory_is_bounded_over_many_requests() {
    let requests = given("CHANCERY_REQUESTS", 2_000);
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let server = Server::start(folder.path());
    let turtle: String = (0..50).map(|n| format!("<urn:s{n}> <urn:p> \"{n}\" .\n")).collect();
    let mut marks = Vec::new();
    for quarter in 0..4 {
        std::thread::scope(|scope| {
            for own in 0..4 {
                let (server, turtle) = (&server, &turtle);
                scope.spawn(move || {
                    let mut connection = Connection::open(&server.address).unwrap();
                    for at in quarter * requests / 16..(quarter + 1) * requests / 16 {
                        let status = match at % 20 {
                            0 => {
                                let path = format!("/graphs?graph=urn:g{own}");
                                connection.send("PUT", &path, "text/turtle", turtle.as_bytes()).unwrap().status
                            }
                            1 => update(
                                &mut connection,
                                &format!("INSERT DATA {{ GRAPH <urn:u{own}> {{ <urn:c> <urn:v> {at} }} }}"),
                            ),
                            2..=6 => {
                                let query = format!("SELECT * {{ ?s ?p ?o }} LIMIT {}", 10 + at % 90);
                                connection
                                    .send("POST", "/sparql", "application/sparql-query", query.as_bytes())
                                    .unwrap()
                                    .status
                            }
                            7 => {
                                let wrong = b"SELECT * { ?s ?p ";
                                let answer =
                                    connection.send("POST", "/sparql", "application/sparql-query", wrong).unwrap();
                                assert_eq!(answer.status, 400);
                                200
                            }
                            _ => look_up(&mut connection, usize::try_from(at).unwrap()),
                        };
                        // Where every slot is taken the same request comes again.
                        assert!(status < 300 || status == 503, "status {status}");
                    }
                });
            }
        });
        marks.push(server.memory());
    }
    println!("{requests} requests on 4 connections, memory after each quarter of them: {marks:?} MiB");
    // The first quarter fills caches; from then on it is level but for what allocators keep.
    assert!(marks[3] < marks[0] + 200, "{marks:?} MiB");
}

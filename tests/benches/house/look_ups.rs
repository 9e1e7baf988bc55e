//! `/v1/countries/{id}/relations` beside a bare handler of the same bytes and beside the same question as SPARQL on Oxigraph's own
//! server: one after the other in one run, over the same claims, asked by the same client in this process.

use crate::client::Connection;
use crate::stores::{PIPELINE, open};
use axum::Router;
use axum::http::header;
use axum::routing::get;
use chancery_rdf::GraphFormat;
use chancery_server::{AppState, ConnectionLimits};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

const CONNECTIONS: usize = 64;
/// On as many as the machine has cores and a few more; with 64 a SPARQL server only queues.
const RIVAL_CONNECTIONS: usize = 4;
const ROUNDS: usize = 3;
const SECONDS: u64 = 5;
const PATH: &str = "/v1/countries/KAZ/relations";
/// What the look-up tells of each state: kind, status, parties, agreement, days.
const QUERY: &str = "PREFIX dip: <https://w3id.org/chancery/ontology#>
SELECT ?relation ?kind ?status ?other ?agreement ?since ?last WHERE {
  { ?relation dip:party <https://w3id.org/chancery/id/state/KAZ> }
  UNION { ?relation dip:counterpart <https://w3id.org/chancery/id/state/KAZ> }
  ?relation dip:kind ?kind ; dip:status ?status .
  OPTIONAL { { ?relation dip:party ?other } UNION { ?relation dip:counterpart ?other } }
  OPTIONAL { ?relation dip:agreement ?agreement }
  OPTIONAL { ?relation dip:statusSince ?since }
  OPTIONAL { ?relation dip:lastSupported ?last }
} ORDER BY DESC(?last) LIMIT 200";

/// `oxigraph` is the program of that name.
pub(crate) fn run(folder: &Path, oxigraph: Option<&Path>) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = open(folder);
    println!("{} claims", store.snapshot().claims.len());
    let dump = folder.with_extension("nq");
    if oxigraph.is_some() && !dump.exists() {
        store.dump(GraphFormat::NQuads, &mut BufWriter::new(File::create(&dump).unwrap())).unwrap();
    }
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let ours = listener.local_addr().unwrap().to_string();
    let state = AppState::new(store, PIPELINE.clone());
    let limits = ConnectionLimits::default();
    runtime.spawn(chancery_server::serve(listener, state, limits, std::future::pending()));
    let answer = Connection::open(&ours).unwrap().send("GET", PATH, "", b"").unwrap();
    assert_eq!(answer.status, 200);
    println!("{PATH}: {} bytes", answer.body.len());
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let bare = listener.local_addr().unwrap().to_string();
    let bytes = bytes::Bytes::from(answer.body);
    let handler = move || std::future::ready(([(header::CONTENT_TYPE, "application/json")], bytes.clone()));
    runtime.spawn(async move { axum::serve(listener, Router::new().route(PATH, get(handler))).await });
    let rival = oxigraph.map(|program| Oxigraph::start(program, &dump));
    for round in 1..=ROUNDS {
        println!("round {round}");
        measure("  bare handler", &bare, CONNECTIONS, &|connection| connection.send("GET", PATH, "", b""));
        measure("  chancery", &ours, CONNECTIONS, &|connection| connection.send("GET", PATH, "", b""));
        if let Some(rival) = &rival {
            let ask = |connection: &mut Connection| {
                connection.send("POST", "/query", "application/sparql-query", QUERY.as_bytes())
            };
            measure("  Oxigraph, SPARQL", &rival.address, RIVAL_CONNECTIONS, &ask);
            measure("  chancery", &ours, RIVAL_CONNECTIONS, &|connection| connection.send("GET", PATH, "", b""));
        }
    }
}

type Ask<'a> = &'a (dyn Fn(&mut Connection) -> std::io::Result<crate::client::Answer> + Sync);

/// Asks on so many connections for some seconds, and prints how often and how fast it was answered.
pub(crate) fn measure(name: &str, address: &str, connections: usize, ask: Ask<'_>) {
    let begun = Instant::now();
    let end = begun + Duration::from_secs(SECONDS);
    let one = || {
        let mut connection = Connection::open(address).unwrap();
        let mut times = Vec::new();
        while Instant::now() < end {
            let asked = Instant::now();
            let answer = ask(&mut connection).unwrap();
            assert!(answer.status < 300, "{name}: {}", String::from_utf8_lossy(&answer.body));
            times.push(asked.elapsed());
        }
        times
    };
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections).map(|_| scope.spawn(one)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    times.sort_unstable();
    let rate = times.len() as f64 / begun.elapsed().as_secs_f64();
    let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100].as_secs_f64() * 1_000.0;
    println!("{name}, {connections} connections: {rate:.0}/s, p50 {:.2} ms, p99 {:.2} ms", at(50), at(99));
}

/// Oxigraph's own server over a dump of ours; killed when dropped.
struct Oxigraph {
    process: Child,
    address: String,
}

impl Oxigraph {
    fn start(program: &Path, dump: &Path) -> Self {
        let location = dump.with_extension("oxigraph");
        if !location.exists() {
            let begun = Instant::now();
            let load =
                Command::new(program).arg("load").arg("--location").arg(&location).arg("--file").arg(dump).status();
            assert!(load.unwrap().success(), "oxigraph load");
            println!("oxigraph load: {:.1} s", begun.elapsed().as_secs_f64());
        }
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let mut command = Command::new(program);
        command.arg("serve-read-only").arg("--location").arg(&location).arg("--bind").arg(&free).stderr(Stdio::null());
        let process = command.spawn().unwrap();
        for _ in 0..100 {
            if Connection::open(&free).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Self { process, address: free }
    }
}

impl Drop for Oxigraph {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

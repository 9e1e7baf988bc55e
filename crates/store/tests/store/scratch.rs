//! Scratch.
use crate::sample::*;
use chancery_rdf::GraphFormat;
use chancery_store::{GraphTarget, QueryOptions, Store};
use std::time::{Duration, Instant};
fn rss() -> u64 {
    std::fs::read_to_string("/proc/self/status")
        .unwrap()
        .lines()
        .find_map(|l| l.strip_prefix("VmRSS:"))
        .unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse::<u64>()
        .unwrap()
        / 1024
}
#[test]
fn scratch() {
    let path = std::path::Path::new("/tmp/sparql-scratch/big.store");
    let fresh = !path.exists();
    let t = Instant::now();
    let store = Store::open_plain(path).unwrap();
    println!("open {:?} rss {}", t.elapsed(), rss());
    if fresh {
        for k in 0..10 {
            let lines: String = (k*100_000..(k+1)*100_000).map(|n| format!("<http://example.org/resource/subject/{n}> <http://example.org/p{}> <http://example.org/resource/object/{}> .\n", n % 7, n / 3)).collect();
            let t = Instant::now();
            store.put_graph(&GraphTarget::Default, lines.into_bytes(), GraphFormat::NTriples, false).unwrap();
            println!("put 100k {:?} rss {}", t.elapsed(), rss());
        }
    }
    let limit: u64 = std::env::var("LIMIT_MS").ok().and_then(|v| v.parse().ok()).unwrap_or(20_000);
    let options = QueryOptions {
        timeout: Duration::from_millis(limit),
        max_rows: 10_000_000,
        max_bytes: 1 << 30,
        ..QueryOptions::default()
    };
    let queries = std::fs::read_to_string("/tmp/sparql-scratch/queries.txt").unwrap();
    for q in queries.lines().filter(|l| !l.is_empty()) {
        for _ in 0..2 {
            let t = Instant::now();
            let answer = if q.starts_with("INSERT") || q.starts_with("DELETE") {
                store.update(q, &options).map(|()| String::new())
            } else {
                let f = if q.contains("CONSTRUCT") { "ntriples" } else { "csv" };
                run(&store, q, f, &options)
            };
            let took = t.elapsed();
            let answer = answer.map(|a| format!("{} bytes {}", a.len(), a.lines().nth(1).unwrap_or_default()));
            let t = Instant::now();
            // When is the slot free again?
            while !ask_ok(&store) {
                std::thread::sleep(Duration::from_millis(5));
            }
            println!("{took:?} (+{:?}) rss {} {} => {answer:?}", t.elapsed(), rss(), &q[..q.len().min(100)]);
        }
    }
}
fn ask_ok(store: &Store) -> bool {
    run(store, "ASK {}", "csv", &QueryOptions::default()).is_ok()
}

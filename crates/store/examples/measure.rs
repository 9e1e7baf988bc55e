//! m
#[path = "../tests/store/sample.rs"]
#[allow(dead_code)]
mod sample;
use chancery_store::*;
use sample::*;
use std::sync::Arc;
use std::time::{Duration, Instant};
fn rss() -> String {
    std::fs::read_to_string("/proc/self/status")
        .unwrap()
        .lines()
        .filter(|l| l.starts_with("VmHWM") || l.starts_with("VmRSS"))
        .collect::<Vec<_>>()
        .join(" ")
}
fn main() {
    let what = std::env::args().nth(1).unwrap();
    if what == "product" {
        let store = Store::plain_in_memory().unwrap();
        let lines: String = (0..6_000).map(|n| format!("<urn:s{n}> <urn:p{}> <urn:o{}> .\n", n % 7, n % 100)).collect();
        store.put_graph(&GraphTarget::Default, lines.into_bytes(), chancery_rdf::GraphFormat::NTriples, true).unwrap();
        let o = QueryOptions { timeout: Duration::from_secs(100), ..Default::default() };
        for q in [
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
            "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?l LIMIT 1",
        ] {
            let t = Instant::now();
            let r = run(&store, q, "csv", &o);
            println!("{:?} {:?} {}", t.elapsed(), r.map_err(|e| e.to_string()), rss());
        }
        for n in [100, 200, 300] {
            let q =
                format!("ASK {{ {} }}", (0..n).map(|i| format!("?v{i} <urn:p1> ?v{} . ", i + 1)).collect::<String>());
            let t = Instant::now();
            let r = run(&store, &q, "csv", &o);
            println!("{n} chained patterns {:?} {:?}", t.elapsed(), r.map_err(|e| e.to_string()));
            let q = format!("ASK {{ {} }}", (0..n).map(|i| format!("?v <urn:p1> ?w{i} . ")).collect::<String>());
            let t = Instant::now();
            let r = run(&store, &q, "csv", &o);
            println!("{n} star patterns {:?} {:?}", t.elapsed(), r.map_err(|e| e.to_string()));
        }
    } else {
        let dir = tempfile::tempdir_in(".").unwrap();
        let n: usize = what.parse().unwrap();
        let store = Store::open(dir.path(), Arc::default(), "x".into()).unwrap();
        let states = [
            "FRA", "FJI", "KAZ", "USA", "RUS", "CHN", "IND", "BRA", "ZAF", "EGY", "SAU", "IRN", "TUR", "DEU", "GBR",
            "JPN",
        ];
        let docs: Vec<ReadDocument> = (0..n)
            .map(|i| {
                let d = document(&format!("d{i}"), "2025-11-08", &format!("Some text number {i}"));
                let mut p = vec![states[i % 16], states[(i / 16 + i % 16 + 1) % 16]];
                p.sort();
                p.dedup();
                let claims = ["visit", "meet", "summit", "call", "accuse"]
                    .iter()
                    .map(|t| claim(&d, t, &p[..1], &p[1..], chancery_model::Status::Occurred))
                    .collect();
                ReadDocument { document: d, claims }
            })
            .collect();
        for (k, batch) in docs.chunks(64).enumerate() {
            let t = Instant::now();
            put(&store, batch.to_vec());
            if k % 8 == 0 {
                println!("batch {k}: {:?}", t.elapsed());
            }
        }
        let t = Instant::now();
        let mut extra = relations();
        extra.document.id = "one".into();
        put(&store, vec![extra]);
        println!("one document: {:?}; triples {}; {}", t.elapsed(), nquads(&store).lines().count(), rss());
        let t = Instant::now();
        store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }", &QueryOptions::default()).unwrap();
        println!("update {:?}", t.elapsed());
        let t = Instant::now();
        println!("relations_of {} {:?}", store.relations_of(&id("FRA")).unwrap().len(), t.elapsed());
        let state = store.snapshot().states_of(&id("FRA")).next().unwrap().id.clone();
        let t = Instant::now();
        println!("claims_behind {} {:?}", store.claims_behind(&state).unwrap().len(), t.elapsed());
        let snapshot = store.snapshot();
        let t = Instant::now();
        let claims: Vec<_> = snapshot.claims.values().cloned().collect();
        println!("clone claims {:?}", t.elapsed());
        let t = Instant::now();
        let f = chancery_fusion::fuse(&claims, &snapshot.world);
        println!("fuse {} events {:?}", f.events.len(), t.elapsed());
        let t = Instant::now();
        let tr = snapshot.triples(store.run());
        println!("triples {} {:?}", tr.len(), t.elapsed());
        let t = Instant::now();
        let a: std::collections::HashSet<_> = tr.iter().collect();
        println!("set {} {:?}", a.len(), t.elapsed());
        drop(store);
        let t = Instant::now();
        let store = Store::open(dir.path(), Arc::default(), "x".into()).unwrap();
        println!("open {:?}", t.elapsed());
        drop(store);
        let t = Instant::now();
        let _store = Store::open(dir.path(), Arc::default(), "y".into()).unwrap();
        println!("open with rebuild {:?}", t.elapsed());
    }
}

//! What the commit of one document more costs a store of so many claims: ledger, graph and snapshot, on disk and synced before it
//! returns, and in memory. The fusion alone is measured in `crates/fusion/benches`.
//!
//! The documents lie anywhere in the time of the store, since news comes late and is corrected.

use crate::generator;
use crate::stores::{LATE, PIPELINE, fill, open, put, put_all, read, world};
use chancery_store::{ReadDocument, Store};
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: usize = 3;

pub(crate) fn run(claims: usize) {
    let folder = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let on_disk = fill(folder.path(), claims);
    measure("on disk", &on_disk, claims, begun);
    drop(on_disk);
    let begun = Instant::now();
    let in_memory = Store::in_memory(world(), PIPELINE.version().to_owned()).unwrap();
    put_all(&in_memory, generator::with_late(&world(), claims, LATE).0);
    measure("in memory", &in_memory, claims, begun);
}

/// The store of a folder that was filled with so many claims, and not measured since.
pub(crate) fn run_in(folder: &Path, claims: usize) {
    let begun = Instant::now();
    measure("on disk", &open(folder), claims, begun);
}

fn measure(where_to: &str, store: &Store, claims: usize, begun: Instant) {
    let present = store.snapshot().claims.len();
    println!("{present} claims {where_to}, there after {:.0} s", begun.elapsed().as_secs_f64());
    let (_, late) = generator::with_late(&world(), claims, LATE);
    let late: Vec<ReadDocument> = late.into_iter().map(read).collect();
    for round in 0..ROUNDS {
        // Every round has documents of all days.
        let documents = late.iter().skip(round).step_by(ROUNDS).cloned();
        let mut times: Vec<Duration> = documents.map(|read| one_more(store, read)).collect();
        times.sort_unstable();
        let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100].as_secs_f64() * 1_000.0;
        println!("  one document more: p50 {:.2} ms, p90 {:.2}, p99 {:.2}", at(50), at(90), at(99));
    }
}

fn one_more(store: &Store, read: ReadDocument) -> Duration {
    let known = store.snapshot().claims.len();
    let begun = Instant::now();
    put(store, vec![read]);
    let time = begun.elapsed();
    assert!(
        store.snapshot().claims.len() > known,
        "the store had this document: it has been measured before, fill another one"
    );
    time
}

//! What the commit of one document more costs a store of so many claims: ledger, graph and snapshot, on disk and synced before it
//! returns, and in memory. The fusion alone is measured in `crates/fusion/benches`.
//!
//! The documents lie anywhere in the time of the store, since news comes late and is corrected.

use crate::generator;
use crate::stores::{PIPELINE, put, read, world};
use chancery_store::{ReadDocument, Store};
use std::time::{Duration, Instant};

/// Documents of one round.
const MEASURED: usize = 300;
const ROUNDS: usize = 3;
/// Documents of one change set while the store is filled.
const BATCH: usize = 1_000;

pub(crate) fn run(claims: usize) {
    let folder = tempfile::tempdir().unwrap();
    let on_disk = Store::open(folder.path(), world(), PIPELINE.version().to_owned()).unwrap();
    committed("on disk", &on_disk, claims);
    drop(on_disk);
    committed("in memory", &Store::in_memory(world(), PIPELINE.version().to_owned()).unwrap(), claims);
}

fn committed(where_to: &str, store: &Store, claims: usize) {
    let (early, late) = generator::with_late(&world(), claims, MEASURED * ROUNDS);
    let early: Vec<ReadDocument> = early.into_iter().map(read).collect();
    let late: Vec<ReadDocument> = late.into_iter().map(read).collect();
    let begun = Instant::now();
    for batch in early.chunks(BATCH) {
        put(store, batch.to_vec());
    }
    drop(early);
    let present = store.snapshot().claims.len();
    println!("{present} claims {where_to}, put there in {:.0} s", begun.elapsed().as_secs_f64());
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
    let begun = Instant::now();
    put(store, vec![read]);
    begun.elapsed()
}

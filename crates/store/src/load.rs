//! From the ledger into memory: what a store does when it is opened. Records are read by one thread and parsed by all cores.

use crate::StoreError;
use crate::ledger::{Ledger, Record, parse};
use crate::snapshot::Snapshot;
use chancery_model::World;
use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

/// Records that are handed to a parser at once.
const BATCH: usize = 256;
/// Batches that may wait for a parser.
const WAITING: usize = 16;

/// The snapshot of what counted at `time`; without a time, of what is live.
pub(crate) fn snapshot(
    ledger: &Ledger,
    world: Arc<World>,
    revision: u64,
    time: Option<Timestamp>,
) -> Result<Snapshot, StoreError> {
    Ok(Snapshot::of(revision, world, live(ledger, time)?))
}

type Batch = Vec<(String, Vec<u8>)>;

fn live(ledger: &Ledger, time: Option<Timestamp>) -> Result<Vec<Record>, StoreError> {
    let (sender, receiver) = mpsc::sync_channel::<Batch>(WAITING);
    let receiver = Mutex::new(receiver);
    let next = || receiver.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    let parse_all = || -> Result<Vec<Record>, StoreError> {
        let mut live = Vec::new();
        let mut read = Ok(());
        // After a fault the rest is taken all the same, so that the reader does not wait for ever.
        while let Some(batch) = next() {
            read = read.and_then(|()| {
                for (key, bytes) in &batch {
                    live.extend(Some(parse(key, bytes)?).filter(|record| record.is_live(time)));
                }
                Ok(())
            });
        }
        read.map(|()| live)
    };
    let parsers = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    thread::scope(|scope| {
        let parsers: Vec<_> = (0..parsers).map(|_| scope.spawn(parse_all)).collect();
        let mut batch = Batch::with_capacity(BATCH);
        let scanned = ledger.scan(|key, record| {
            batch.push((key.to_owned(), record.to_vec()));
            if batch.len() == BATCH {
                // The parsers live as long as the sender.
                sender.send(std::mem::take(&mut batch)).ok();
            }
        });
        sender.send(batch).ok();
        drop(sender);
        let parsed: Vec<Result<Vec<Record>, StoreError>> =
            parsers.into_iter().map(|parser| parser.join().expect("parsing does not panic")).collect();
        scanned?;
        let mut live = Vec::new();
        for records in parsed {
            live.extend(records?);
        }
        Ok(live)
    })
}

//! Has the engine move what it holds in memory and in its log into tables, once that is much: memory stays small, and so does what is
//! read again after a crash. A thread does it, so that the writer goes on meanwhile.

use crate::StoreError;
use oxigraph::store::{StorageError, Store};
use std::ops::AddAssign;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// Quads in the log and in memory: 1 KB each in all orders. Three times as many were measured to cost as much time in memory as
/// they save in tables.
const MOST: u64 = 100_000;
/// Of these, such that were removed. Until they are in tables, who looks for a quad that is left passes over each of them: a counter in
/// a graph gets slower with every step.
const MOST_REMOVED: u64 = 2_000;

/// About how many quads a write added or removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) quads: u64,
    /// How many of them were removed.
    pub(crate) removed: u64,
}

impl AddAssign for Written {
    fn add_assign(&mut self, more: Self) {
        self.quads += more.quads;
        self.removed += more.removed;
    }
}

#[derive(Debug, Default)]
pub(crate) struct Flusher {
    /// Quads since the log was last emptied.
    in_log: AtomicU64,
    /// Of these, removed ones.
    removed: AtomicU64,
    flushing: Mutex<Option<JoinHandle<Result<(), StorageError>>>>,
}

impl Flusher {
    /// This much was written. Where the engine holds much, it begins to make tables of it; where it still makes those of the last
    /// time, this waits for them.
    ///
    /// # Errors
    /// Why the tables of the last time could not be written.
    pub(crate) fn note_written(&self, graph: &Store, written: Written) -> Result<(), StoreError> {
        let in_log = self.in_log.fetch_add(written.quads, Ordering::Relaxed) + written.quads;
        let removed = self.removed.fetch_add(written.removed, Ordering::Relaxed) + written.removed;
        if in_log < MOST && removed < MOST_REMOVED {
            return Ok(());
        }
        let mut flushing = self.flushing.lock().unwrap_or_else(PoisonError::into_inner);
        end(flushing.take())?;
        self.in_log.store(0, Ordering::Relaxed);
        self.removed.store(0, Ordering::Relaxed);
        let graph = graph.clone();
        *flushing = Some(thread::Builder::new().name("flusher".to_owned()).spawn(move || graph.flush())?);
        Ok(())
    }
}

impl Drop for Flusher {
    /// The thread has the engine open: who closes a store can open it at once.
    fn drop(&mut self) {
        let flushing = self.flushing.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = end(flushing.take()) {
            tracing::error!(%error, "the graph was not moved into tables; its log is read again when the store is opened");
        }
    }
}

fn end(flushing: Option<JoinHandle<Result<(), StorageError>>>) -> Result<(), StoreError> {
    let Some(flushing) = flushing else { return Ok(()) };
    Ok(flushing
        .join()
        .unwrap_or_else(|_| Err(StorageError::Other("the thread that writes tables has panicked".into())))?)
}

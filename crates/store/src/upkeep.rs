//! Has the engine merge its tables while little is written. What was written bit by bit lies in tables above others, together with the marks of
//! what was removed, and each look-up passes all of them: in a store of 200,000 claims, one document after the other, questions took a fifth
//! to twice as long as after a merge. While much is written the engine merges what it must; the rest waits for a calm.

use crate::StoreError;
use oxigraph::store::{Store, UnmergedBytes};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How often it looks.
const INTERVAL: Duration = Duration::from_secs(10);
/// Quads that may be written in that time, about a hundred documents.
const CALM: u64 = 10_000;
/// After so many calm intervals it merges.
const INTERVALS: u32 = 3;
/// It does where more than this part of the tables is not merged, and more than so many bytes.
const PART: u64 = 25;
const BYTES: u64 = 8 << 20;
/// It goes on until no more than this part is left: what is left lies above everything, and each look-up passes it.
const REST: u64 = 100;
/// How often one who waits looks whether all is merged.
const PATIENCE: Duration = Duration::from_millis(100);

pub(crate) struct Upkeep {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    /// Quads that were written since it last looked.
    written: AtomicU64,
    is_over: Mutex<bool>,
    over: Condvar,
}

impl Upkeep {
    /// Starts to look after a graph.
    pub(crate) fn of(graph: &Store) -> Self {
        let shared = Arc::new(Shared::default());
        let (watched, graph) = (shared.clone(), graph.clone());
        let thread = thread::Builder::new().name("upkeep".to_owned()).spawn(move || watched.look_after(&graph));
        if let Err(error) = &thread {
            tracing::error!(%error, "the tables of the graph are not merged while nobody writes; questions take longer");
        }
        Self { shared, thread: thread.ok() }
    }

    /// This much was written.
    pub(crate) fn note_written(&self, quads: u64) {
        self.shared.written.fetch_add(quads, Ordering::Relaxed);
    }
}

impl Drop for Upkeep {
    /// The thread has the engine open: who closes a store can open it at once.
    fn drop(&mut self) {
        *self.shared.is_over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.shared.over.notify_all();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread that has tables merged has panicked");
        }
    }
}

impl Shared {
    fn look_after(&self, graph: &Store) {
        let mut calm = 0;
        let mut part = PART;
        while !self.is_over_within(INTERVAL) {
            let written = self.written.swap(0, Ordering::Relaxed);
            calm = if written < CALM { calm + 1 } else { 0 };
            if calm < INTERVALS {
                continue;
            }
            match merge_above(part, graph) {
                Ok(has_begun) => part = if has_begun { REST } else { PART },
                Err(error) => {
                    tracing::warn!(%error, "the tables of the graph could not be merged; questions take longer");
                }
            }
        }
    }

    fn is_over_within(&self, time: Duration) -> bool {
        let is_over = self.is_over.lock().unwrap_or_else(PoisonError::into_inner);
        let (is_over, _) =
            self.over.wait_timeout_while(is_over, time, |it| !*it).unwrap_or_else(PoisonError::into_inner);
        *is_over
    }
}

/// Begins a merge where more than a part of the tables needs it, and tells whether it did. Background threads of the engine do it, table by
/// table; each time, every table goes down one level.
fn merge_above(part: u64, graph: &Store) -> Result<bool, StoreError> {
    let UnmergedBytes { all, unmerged } = graph.unmerged_bytes()?;
    let needs_it = unmerged > BYTES && unmerged > all / part;
    if needs_it {
        tracing::debug!(unmerged, all, "merging tables");
        graph.suggest_merge()?;
    }
    Ok(needs_it)
}

/// Merges now, and waits until it is done.
pub(crate) fn merge(graph: &Store) -> Result<(), StoreError> {
    graph.flush()?;
    while merge_above(REST, graph)? {
        thread::sleep(PATIENCE);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, Literal, NamedNode, Quad};

    /// Quads written in four goes, every second one removed again, each go a table above the others.
    #[test]
    fn what_lies_above_other_tables_is_merged_and_nothing_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let graph = Store::open(folder.path()).unwrap();
        let quad = |number: u32| {
            let node = |kind: &str| NamedNode::new_unchecked(format!("urn:{kind}:{number}"));
            let value = Literal::new_simple_literal(format!("a text that is long enough to be looked up {number}"));
            Quad::new(node("subject"), NamedNode::new_unchecked("urn:says"), value, GraphName::DefaultGraph)
        };
        let quads: Vec<Quad> = (0..100_000).map(quad).collect();
        for go in 0..4 {
            graph.change([], quads.iter().skip(go).step_by(4).map(Quad::as_ref)).unwrap();
            graph.flush().unwrap();
        }
        graph.change(quads.iter().step_by(2).map(Quad::as_ref), []).unwrap();
        graph.flush().unwrap();
        let is_much = |bytes: UnmergedBytes| bytes.unmerged > bytes.all / PART;
        assert!(is_much(graph.unmerged_bytes().unwrap()), "{:?}", graph.unmerged_bytes());
        while is_much(graph.unmerged_bytes().unwrap()) {
            graph.suggest_merge().unwrap();
            thread::sleep(PATIENCE);
        }
        assert_eq!(graph.len().unwrap(), 50_000);
        assert!(graph.contains(&quads[1]).unwrap() && !graph.contains(&quads[2]).unwrap());
    }
}

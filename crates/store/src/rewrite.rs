//! Whether the default graph is being written anew, as it is for another version of program or data: until it is whole nobody reads it, and
//! nothing is written beside.

use crate::StoreError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[derive(Debug, Default)]
pub(crate) struct Rewrite {
    goes: AtomicBool,
    triples: AtomicUsize,
}

impl Rewrite {
    pub(crate) fn begin(&self) {
        self.triples.store(0, Ordering::Relaxed);
        self.goes.store(true, Ordering::Release);
    }

    /// So many triples are written.
    pub(crate) fn note(&self, triples: usize) {
        self.triples.store(triples, Ordering::Relaxed);
    }

    /// The graph is whole.
    pub(crate) fn end(&self) {
        self.goes.store(false, Ordering::Release);
    }

    /// How many triples are written, while it goes.
    pub(crate) fn triples(&self) -> Option<usize> {
        self.goes.load(Ordering::Acquire).then(|| self.triples.load(Ordering::Relaxed))
    }

    /// # Errors
    /// [`StoreError::Rewriting`] while the graph is not whole.
    pub(crate) fn must_have_ended(&self) -> Result<(), StoreError> {
        self.triples().map_or(Ok(()), |triples| Err(StoreError::Rewriting { triples }))
    }
}

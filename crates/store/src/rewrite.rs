//! Whether the default graph says less than the ledger: it is behind, as after a kill, or is being written anew, as it is for another version
//! of program or data. Until it is whole nobody reads it, and nothing is written beside.

use crate::StoreError;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

/// What the graph lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lack {
    /// The newest commits.
    Commits,
    /// All: another version of program or data wrote it, or it is not whole.
    All,
}

#[derive(Debug, Default)]
pub(crate) struct Rewrite {
    lacks: AtomicU8,
    triples: AtomicUsize,
}

const NOTHING: u8 = 0;
const COMMITS: u8 = 1;
const ALL: u8 = 2;

impl Rewrite {
    pub(crate) fn begin(&self, lack: Lack) {
        self.triples.store(0, Ordering::Relaxed);
        let lack = match lack {
            Lack::Commits => COMMITS,
            Lack::All => ALL,
        };
        self.lacks.store(lack, Ordering::Release);
    }

    /// So many triples are written.
    pub(crate) fn note(&self, triples: usize) {
        self.triples.store(triples, Ordering::Relaxed);
    }

    /// The graph is whole.
    pub(crate) fn end(&self) {
        self.lacks.store(NOTHING, Ordering::Release);
    }

    /// # Errors
    /// [`StoreError::CatchingUp`] or [`StoreError::Rewriting`] while the graph is not whole.
    pub(crate) fn must_have_ended(&self) -> Result<(), StoreError> {
        match self.lacks.load(Ordering::Acquire) {
            NOTHING => Ok(()),
            COMMITS => Err(StoreError::CatchingUp),
            _ => Err(StoreError::Rewriting { triples: self.triples.load(Ordering::Relaxed) }),
        }
    }
}

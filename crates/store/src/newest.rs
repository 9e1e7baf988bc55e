//! The newest snapshot: there, or still being read from the ledger. Readers that can do without it ask whether it is there.

use crate::StoreError;
use crate::snapshot::Snapshot;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

/// What readers get.
#[derive(Default)]
pub(crate) struct Newest {
    /// None until the ledger is read.
    snapshot: RwLock<Option<Arc<Snapshot>>>,
    reading: Mutex<Reading>,
    ended: Condvar,
}

#[derive(Default)]
enum Reading {
    #[default]
    Goes,
    Ended,
    Failed(Option<StoreError>),
}

impl Newest {
    /// The snapshot, where the ledger is read.
    pub(crate) fn get(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a newer one in its place.
    pub(crate) fn set(&self, snapshot: Arc<Snapshot>) {
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Some(snapshot);
    }

    /// The ledger is read, or cannot be.
    pub(crate) fn end(&self, outcome: Result<(), StoreError>) {
        let how = outcome.map_or_else(|error| Reading::Failed(Some(error)), |()| Reading::Ended);
        *self.reading.lock().unwrap_or_else(PoisonError::into_inner) = how;
        self.ended.notify_all();
    }

    /// Waits until the ledger is read. The first to wait is told why it cannot be.
    pub(crate) fn wait(&self) -> Result<(), StoreError> {
        let reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = self.ended.wait_while(reading, |reading| matches!(reading, Reading::Goes));
        match &mut *ended.unwrap_or_else(PoisonError::into_inner) {
            Reading::Failed(error) => Err(error.take().unwrap_or(StoreError::Loading)),
            Reading::Goes | Reading::Ended => Ok(()),
        }
    }

    /// Waits at most so long, and tells whether the ledger is read.
    pub(crate) fn wait_at_most(&self, patience: Duration) -> bool {
        matches!(*self.after(patience), Reading::Ended)
    }

    /// Waits at most so long, and tells whether the reading has ended, well or not.
    pub(crate) fn has_ended_within(&self, patience: Duration) -> bool {
        !matches!(*self.after(patience), Reading::Goes)
    }

    fn after(&self, patience: Duration) -> MutexGuard<'_, Reading> {
        let reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = self.ended.wait_timeout_while(reading, patience, |reading| matches!(reading, Reading::Goes));
        ended.unwrap_or_else(PoisonError::into_inner).0
    }
}

//! The graph as it was known at a time: the fusion of the versions that counted then.

use crate::snapshot::Snapshot;
use crate::{Store, StoreError, load};
use jiff::Timestamp;

/// Documents that are taken back one by one; where more have changed since, the ledger is read whole.
pub(crate) const MOST_CHANGED: usize = 20_000;

impl Store {
    /// The last moment up to `time` at which the knowledge of the store changed; none where there was none yet. Two times
    /// with one such moment have one snapshot.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn last_change(&self, time: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.inner().ledger.last_moment(time)
    }

    /// Everything as it was known at a time, under the present revision: the fusion of the versions that counted then.
    ///
    /// Cost: that of the documents that changed since, which are taken to where they stood; the whole ledger where these are
    /// more than twenty thousand.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn snapshot_at(&self, time: Timestamp) -> Result<Snapshot, StoreError> {
        let ledger = &self.inner().ledger;
        let now = self.snapshot();
        let Some(changed) = ledger.changed_since(time, MOST_CHANGED)? else {
            return load::snapshot(ledger, now.world.clone(), now.revision, Some(time));
        };
        let mut touched = Vec::with_capacity(changed.len());
        for key in changed {
            let record = ledger.version_at(&key, time)?;
            touched.push((key.into(), record));
        }
        Ok(now.step(now.revision, touched).after)
    }
}

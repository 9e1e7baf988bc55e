//! The snapshots that reads are answered from: the newest, those of the past (`as_known`), and those that a cursor waits for.

use crate::error::{Code, Problem};
use crate::parameters::Moment;
use chancery_store::{Snapshot, Store, StoreError};
use jiff::Timestamp;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many snapshots other than the newest are kept.
const KEPT: usize = 8;
/// For how long a cursor holds after its page was given, unless others push it out.
const HELD: Duration = Duration::from_secs(600);
/// Reads of the past that may wait for their snapshot: each is the fusion of the whole ledger.
const WAITING: usize = 4;

/// What was known when, at which revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Version {
    revision: u64,
    as_known: Option<Timestamp>,
}

#[derive(Debug)]
struct Kept {
    version: Version,
    snapshot: Arc<Snapshot>,
    until: Instant,
}

/// Snapshots that are kept, the least recently used first.
#[derive(Debug, Default)]
pub(crate) struct Snapshots {
    kept: Mutex<Vec<Kept>>,
    building: Mutex<()>,
    waiting: AtomicUsize,
}

impl Snapshots {
    /// The snapshot of `revision`, else of now; of what was known at a time, else of all. Blocks.
    ///
    /// # Errors
    /// 410 where the revision is no longer kept; 503 where the store is still being read, or too many wait for the past; where the ledger cannot be read.
    pub(crate) fn at(
        &self,
        store: &Store,
        as_known: Option<Moment>,
        revision: Option<u64>,
    ) -> Result<Arc<Snapshot>, Problem> {
        let newest = store.loaded().ok_or(StoreError::Loading)?;
        let as_known = as_known.map(|Moment(time)| time);
        let version = Version { revision: revision.unwrap_or(newest.revision), as_known };
        if as_known.is_none() && version.revision == newest.revision {
            return Ok(newest);
        }
        if let Some(kept) = self.find(version) {
            return Ok(kept);
        }
        match as_known {
            Some(time) if version.revision == newest.revision => self.build(store, version, time),
            _ => Err(Problem::new(Code::CursorExpired, "the store has changed since; start the list again")),
        }
    }

    /// Keeps a snapshot for the next page of a list.
    pub(crate) fn keep(&self, as_known: Option<Moment>, snapshot: &Arc<Snapshot>) {
        let version = Version { revision: snapshot.revision, as_known: as_known.map(|Moment(time)| time) };
        let kept = Kept { version, snapshot: snapshot.clone(), until: Instant::now() + HELD };
        let mut list = self.list();
        list.retain(|other| other.version != version && other.until > Instant::now());
        if list.len() >= KEPT {
            list.remove(0);
        }
        list.push(kept);
    }

    fn find(&self, version: Version) -> Option<Arc<Snapshot>> {
        let mut list = self.list();
        let at = list.iter().position(|kept| kept.version == version && kept.until > Instant::now())?;
        let kept = list.remove(at);
        let snapshot = kept.snapshot.clone();
        list.push(kept);
        Some(snapshot)
    }

    /// One at a time, since each reads the whole ledger; the others wait for it, as far as there is room.
    fn build(&self, store: &Store, version: Version, time: Timestamp) -> Result<Arc<Snapshot>, Problem> {
        let _place = Place::take(&self.waiting)?;
        let _turn = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(built) = self.find(version) {
            return Ok(built);
        }
        let snapshot = Arc::new(store.snapshot_at(time)?);
        self.keep(Some(Moment(time)), &snapshot);
        Ok(snapshot)
    }

    fn list(&self) -> std::sync::MutexGuard<'_, Vec<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place among those that wait.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Self, Problem> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::AcqRel) >= WAITING {
            return Err(Problem::new(Code::Busy, "others ask for the past; try again"));
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

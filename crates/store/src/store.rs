//! Opening and reading a store.

use crate::StoreError;
use crate::disk::Disk;
use crate::folder::{self, Engines, Kind};
use crate::ledger::{Ledger, StoredVersion};
use crate::load;
use crate::outbox::Outboxes;
use crate::snapshot::Snapshot;
use crate::timekeeper::Timekeeper;
use crate::worker::{Slots, evaluation_slots};
use crate::write_ahead_log::WriteAheadLog;
use chancery_model::World;
use chancery_model::hash::content_hash;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Quads in the log and in memory: 1 KB each in all orders.
const MAX_IN_LOG: u64 = 100_000;

/// A store. Clones share it; it can be used from many threads.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) ledger: Ledger,
    pub(crate) graph: oxigraph::store::Store,
    log: WriteAheadLog,
    /// Quads since the log was last emptied.
    in_log: AtomicU64,
    pub(crate) disk: Disk,
    /// Where it is kept; none in memory.
    pub(crate) folder: Option<PathBuf>,
    /// Where queries are parsed and evaluated.
    pub(crate) slots: Slots,
    /// Where updates and uploads are, one after the other: they write, and would wait for each other anyway.
    pub(crate) write_slot: Slots,
    pub(crate) outboxes: Outboxes,
    timekeeper: Timekeeper,
    /// Whether the default graph belongs to users: such a store ingests nothing.
    pub(crate) plain_dataset: bool,
    pub(crate) run: String,
    writer: Mutex<Writer>,
    snapshot: RwLock<Arc<Snapshot>>,
}

/// What the one writer knows. RocksDB does not order writers: each write of the graph holds this lock.
pub(crate) struct Writer {
    /// Whether a commit of the ledger did not reach the graph.
    pub(crate) graph_is_behind: bool,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("revision", &self.snapshot().revision).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens a store, or makes one where the folder is empty or absent. `version` is that of program and data: where it
    /// differs from the last one, the graph is written anew from the ledger.
    ///
    /// # Errors
    /// Where another process has it open, the folder is something else, or a part is damaged or missing.
    pub fn open(folder: &Path, world: Arc<World>, version: String) -> Result<Self, StoreError> {
        Self::assemble(folder::open(folder, Kind::Documents)?, world, &version, Kind::Documents)
    }

    /// A store that lives as long as the process.
    ///
    /// # Errors
    /// Where memory cannot be had.
    pub fn in_memory(world: Arc<World>, version: String) -> Result<Self, StoreError> {
        Self::assemble(in_memory()?, world, &version, Kind::Documents)
    }

    /// Opens or makes a plain SPARQL dataset: users own every graph, and nothing is ingested.
    ///
    /// # Errors
    /// As for [`Store::open`].
    pub fn open_plain(folder: &Path) -> Result<Self, StoreError> {
        Self::assemble(folder::open(folder, Kind::PlainDataset)?, Arc::default(), "plain", Kind::PlainDataset)
    }

    /// A plain SPARQL dataset that lives as long as the process.
    ///
    /// # Errors
    /// Where memory cannot be had.
    pub fn plain_in_memory() -> Result<Self, StoreError> {
        Self::assemble(in_memory()?, Arc::default(), "plain", Kind::PlainDataset)
    }

    fn assemble(engines: Engines, world: Arc<World>, version: &str, kind: Kind) -> Result<Self, StoreError> {
        let revision = engines.ledger.revision()?;
        let snapshot = load::snapshot(&engines.ledger, world, revision, None)?;
        let store = Self { inner: Arc::new(Inner::new(engines, snapshot, version, kind)) };
        if kind == Kind::Documents && !store.inner.graph_is_current(revision)? {
            store.rebuild()?;
        }
        Ok(store)
    }

    /// Everything that is live, in memory, at the newest revision.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.inner.snapshot()
    }

    /// The newest version of a document with its text, live or not.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn document(&self, key: &str) -> Result<Option<StoredVersion>, StoreError> {
        self.inner.ledger.newest_with_text(key)
    }

    /// Every version of a document, in the order in which they came; empty where there is none.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn history(&self, key: &str) -> Result<Vec<StoredVersion>, StoreError> {
        self.inner.ledger.history(key)
    }

    /// The name of the run: a hash of program and data version.
    pub fn run(&self) -> &str {
        &self.inner.run
    }

    /// Whether the default graph belongs to users.
    pub fn is_plain_dataset(&self) -> bool {
        self.inner.plain_dataset
    }

    /// Reads something from the graph, whatever is being evaluated: whether it can be asked at all.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn probe(&self) -> Result<(), StoreError> {
        self.inner.graph.named_graphs().next().transpose()?;
        Ok(())
    }

    /// Stops evaluations where the process has more memory than this, in bytes. Unless told, half of the machine's (of the container's).
    pub fn set_memory_limit(&self, bytes: u64) {
        self.inner.timekeeper.set_memory_limit(bytes);
    }

    /// Refuses writes where fewer bytes are free on the disk. Unless told, 256 MiB, or the twentieth part of a smaller disk.
    pub fn set_disk_reserve(&self, bytes: u64) {
        self.inner.disk.set_reserve(bytes);
    }

    pub(crate) fn inner(&self) -> &Arc<Inner> {
        &self.inner
    }
}

impl Inner {
    pub(crate) fn new(engines: Engines, snapshot: Snapshot, version: &str, kind: Kind) -> Self {
        let Engines { ledger, graph, folder } = engines;
        let timekeeper = Timekeeper::default();
        Self {
            ledger,
            graph,
            log: WriteAheadLog::new(folder.as_ref().map(|folder| folder.join(folder::GRAPH))),
            in_log: AtomicU64::new(0),
            disk: Disk::new(folder.clone()),
            folder,
            slots: Slots::new(evaluation_slots(), timekeeper.clone()),
            write_slot: Slots::new(1, timekeeper.clone()),
            outboxes: Outboxes::default(),
            timekeeper,
            plain_dataset: kind == Kind::PlainDataset,
            run: content_hash(["run", version]),
            writer: Mutex::new(Writer { graph_is_behind: false }),
            snapshot: RwLock::new(Arc::new(snapshot)),
        }
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings what was committed to the graph onto the disk, about so many quads. Without the lock of the writer: several are served
    /// together.
    pub(crate) fn sync_graph(&self, quads: u64) -> Result<(), StoreError> {
        self.log.sync().map_err(StoreError::Sync)?;
        self.note_written(quads)
    }

    /// Has the engine move what it holds in memory and in its log into tables, once that is much: memory stays small, and so does what
    /// is read again after a crash.
    pub(crate) fn note_written(&self, quads: u64) -> Result<(), StoreError> {
        if self.in_log.fetch_add(quads, Ordering::Relaxed) + quads < MAX_IN_LOG {
            return Ok(());
        }
        self.in_log.store(0, Ordering::Relaxed);
        Ok(self.graph.flush()?)
    }

    pub(crate) fn set_snapshot(&self, snapshot: Arc<Snapshot>) {
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
    }
}

fn in_memory() -> Result<Engines, StoreError> {
    Ok(Engines { ledger: Ledger::in_memory()?, graph: oxigraph::store::Store::new()?, folder: None })
}

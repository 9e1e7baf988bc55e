//! Opening and reading a store.

use crate::StoreError;
use crate::change::GraphChange;
use crate::disk::Disk;
use crate::flusher::{Flusher, Written};
use crate::folder::{self, Engines, Kind};
use crate::ledger::{Ledger, StoredVersion};
use crate::load;
use crate::newest::Newest;
use crate::outbox::Outboxes;
use crate::rewrite::{Lack, Rewrite};
use crate::snapshot::Snapshot;
use crate::timekeeper::Timekeeper;
use crate::upkeep::{self, Upkeep};
use crate::worker::{Slots, evaluation_slots, lower_priority};
use crate::write_ahead_log::WriteAheadLog;
use chancery_model::World;
use chancery_model::hash::content_hash;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A store. Clones share it; it can be used from many threads.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) ledger: Ledger,
    pub(crate) graph: oxigraph::store::Store,
    log: WriteAheadLog,
    flusher: Flusher,
    /// None in memory.
    upkeep: Option<Upkeep>,
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
    newest: Arc<Newest>,
    pub(crate) rewrite: Rewrite,
}

/// What the one writer knows. RocksDB does not order writers: each write of the graph holds this lock.
pub(crate) struct Writer {
    /// What the last commit of the ledger makes of the graph, where it did not reach it, and the revision.
    pub(crate) unwritten: Option<(GraphChange, u64)>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let revision = self.loaded().map(|snapshot| snapshot.revision);
        f.debug_struct("Store").field("revision", &revision).finish_non_exhaustive()
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

    /// The same, but the ledger is read by a thread of its own, so that SPARQL is answered at once however large the store is. Until then
    /// [`Store::loaded`] gives nothing, and documents are refused with [`StoreError::Loading`]. Where the graph is behind the ledger or has
    /// to be written anew, that thread does it behind the ledger: until then who asks or writes is told [`StoreError::CatchingUp`] or
    /// [`StoreError::Rewriting`]. A store that never had a document has nothing to wait for.
    ///
    /// # Errors
    /// As for [`Store::open`]; what is wrong with a record of the ledger is told by [`Store::wait_until_loaded`].
    pub fn open_in_background(folder: &Path, world: Arc<World>, version: String) -> Result<Self, StoreError> {
        let engines = folder::open(folder, Kind::Documents)?;
        let revision = engines.ledger.revision()?;
        let store = Self { inner: Arc::new(Inner::new(engines, &version, Kind::Documents)) };
        if revision == 0 {
            return store.loaded_now(world, revision);
        }
        if let Some(lack) = store.inner.lack(revision)? {
            store.inner.rewrite.begin(lack);
        }
        let reader = store.clone();
        let read = move || {
            lower_priority();
            let newest = reader.inner.newest.clone();
            let outcome = reader.load(world, revision);
            // Whoever waited may close the store, and open it again.
            drop(reader);
            newest.end(outcome);
        };
        thread::Builder::new().name("loading".to_owned()).spawn(read)?;
        Ok(store)
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
        let store = Self { inner: Arc::new(Inner::new(engines, version, kind)) };
        store.loaded_now(world, revision)
    }

    fn loaded_now(self, world: Arc<World>, revision: u64) -> Result<Self, StoreError> {
        self.load(world, revision)?;
        self.inner.newest.end(Ok(()));
        Ok(self)
    }

    /// Reads the ledger, and brings the graph to where it stands.
    fn load(&self, world: Arc<World>, revision: u64) -> Result<(), StoreError> {
        let begun = Instant::now();
        let snapshot = load::snapshot(&self.inner.ledger, world, revision, None)?;
        let (documents, claims) = (snapshot.documents.len(), snapshot.claims.len());
        self.inner.set_snapshot(Arc::new(snapshot));
        tracing::info!(documents, claims, seconds = begun.elapsed().as_secs_f64(), "ledger read");
        let lack = if self.inner.plain_dataset { None } else { self.inner.lack(revision)? };
        let Some(lack) = lack else { return Ok(()) };
        if lack == Lack::Commits && self.inner.catch_up(&self.snapshot())? {
            self.inner.rewrite.end();
            tracing::info!(seconds = begun.elapsed().as_secs_f64(), "graph brought up to the ledger");
        } else {
            self.rebuild(|_| {})?;
            tracing::info!(seconds = begun.elapsed().as_secs_f64(), "graph written anew");
        }
        Ok(())
    }

    /// Everything that is live, in memory, at the newest revision. Waits where the ledger is still being read, and is empty where it
    /// cannot be; see [`Store::open_in_background`].
    pub fn snapshot(&self) -> Arc<Snapshot> {
        match self.inner.newest.get() {
            Some(snapshot) => snapshot,
            None => self.inner.newest.wait().ok().and_then(|()| self.inner.newest.get()).unwrap_or_default(),
        }
    }

    /// The same where the ledger is read, without waiting for it.
    pub fn loaded(&self) -> Option<Arc<Snapshot>> {
        self.inner.newest.get()
    }

    /// Waits at most so long for the ledger to be read, and tells whether it is.
    pub fn is_loaded_within(&self, patience: Duration) -> bool {
        self.inner.newest.wait_at_most(patience)
    }

    /// How many triples of the graph are written, while it is written anew.
    pub fn rewritten(&self) -> Option<usize> {
        match self.must_be_whole() {
            Err(StoreError::Rewriting { triples }) => Some(triples),
            _ => None,
        }
    }

    /// Whether the graph lacks what the newest commits say, as after a kill, and is not yet brought up to them.
    pub fn is_behind(&self) -> bool {
        matches!(self.must_be_whole(), Err(StoreError::CatchingUp))
    }

    /// Whether the graph says what the ledger says.
    ///
    /// # Errors
    /// [`StoreError::CatchingUp`] or [`StoreError::Rewriting`] until it does.
    pub fn must_be_whole(&self) -> Result<(), StoreError> {
        self.inner.rewrite.must_have_ended()
    }

    /// Waits until the ledger is read and the graph is whole; at once unless that goes on in the background.
    ///
    /// # Errors
    /// Where it cannot be read: the first caller is told why.
    pub fn wait_until_loaded(&self) -> Result<(), StoreError> {
        self.inner.newest.wait()
    }

    /// The same, and tells a few times a second how many triples are written where the graph is written anew.
    ///
    /// # Errors
    /// As for [`Store::wait_until_loaded`].
    pub fn wait_with(&self, mut progress: impl FnMut(usize)) -> Result<(), StoreError> {
        const STEP: Duration = Duration::from_millis(200);
        while !self.inner.newest.has_ended_within(STEP) {
            self.rewritten().into_iter().for_each(&mut progress);
        }
        self.wait_until_loaded()
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

    /// Merges the tables of the graph now, and waits until it is done: questions take less time afterwards. Where the store stays open it does so
    /// by itself, half a minute after the last document.
    ///
    /// # Errors
    /// Where the graph cannot be read or written.
    pub fn merge_tables(&self) -> Result<(), StoreError> {
        upkeep::merge(&self.inner.graph)
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
    pub(crate) fn new(engines: Engines, version: &str, kind: Kind) -> Self {
        let Engines { ledger, graph, folder } = engines;
        let timekeeper = Timekeeper::default();
        let upkeep = folder.is_some().then(|| Upkeep::of(&graph));
        Self {
            ledger,
            graph,
            log: WriteAheadLog::new(folder.as_ref().map(|folder| folder.join(folder::GRAPH))),
            flusher: Flusher::default(),
            upkeep,
            disk: Disk::new(folder.clone()),
            folder,
            slots: Slots::new(evaluation_slots(), timekeeper.clone()),
            write_slot: Slots::new(1, timekeeper.clone()),
            outboxes: Outboxes::default(),
            timekeeper,
            plain_dataset: kind == Kind::PlainDataset,
            run: content_hash(["run", version]),
            writer: Mutex::new(Writer { unwritten: None }),
            newest: Arc::default(),
            rewrite: Rewrite::default(),
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings what was committed to the graph onto the disk. Without the lock of the writer: several are served
    /// together.
    pub(crate) fn sync_graph(&self, written: Written) -> Result<(), StoreError> {
        self.log.sync().map_err(StoreError::Sync)?;
        self.note_written(written)
    }

    /// This much was written: see [`Flusher`] and [`Upkeep`].
    pub(crate) fn note_written(&self, written: Written) -> Result<(), StoreError> {
        self.upkeep.iter().for_each(|upkeep| upkeep.note_written(written.quads));
        self.flusher.note_written(&self.graph, written)
    }

    pub(crate) fn set_snapshot(&self, snapshot: Arc<Snapshot>) {
        self.newest.set(snapshot);
    }
}

fn in_memory() -> Result<Engines, StoreError> {
    Ok(Engines { ledger: Ledger::in_memory()?, graph: oxigraph::store::Store::new()?, folder: None })
}

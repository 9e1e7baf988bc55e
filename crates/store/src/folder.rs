//! A store as a folder: `chancery-store` (kind and layout), `ledger.redb`, `graph/`, and `process` (who has it open).
//!
//! An empty or absent folder becomes a store. A folder with missing parts is refused, never completed: an empty
//! ledger beside somebody's graph would look like a loss of everything. While a store is made its marker says so: what a crash
//! leaves of that held nothing yet, and is made anew.

use crate::StoreError;
use crate::ledger::Ledger;
use crate::timekeeper::total_memory;
use oxigraph::store::StoreOptions;
use redb::{DatabaseError, StorageError};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The marker while the parts are made.
const UNFINISHED: &str = "unfinished\n";
/// Raised when an older program can no longer read the folder.
const LAYOUT: u32 = 2;

/// What a store is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Documents are ingested; the default graph is derived from them.
    Documents,
    /// A SPARQL dataset: users own every graph, and nothing is ingested.
    PlainDataset,
}

impl Kind {
    fn marker(self) -> String {
        match self {
            Self::Documents => format!("documents {LAYOUT}\n"),
            Self::PlainDataset => format!("plain-dataset {LAYOUT}\n"),
        }
    }
}

/// Both engines, open and locked.
pub(crate) struct Engines {
    pub(crate) ledger: Ledger,
    pub(crate) graph: oxigraph::store::Store,
    /// Where they are kept; none in memory.
    pub(crate) folder: Option<PathBuf>,
}

pub(crate) fn open(folder: &Path, kind: Kind) -> Result<Engines, StoreError> {
    let parts = Parts::of(folder);
    match fs::read_to_string(&parts.marker) {
        Ok(marker) if marker == UNFINISHED => parts.make_anew(kind),
        Ok(marker) => parts.open(&marker, kind),
        Err(error) if error.kind() == ErrorKind::NotFound => parts.create(kind),
        Err(source) => Err(StoreError::Io { path: parts.marker, source }),
    }
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> StoreError + use<> {
    let path = path.to_owned();
    move |source| StoreError::Io { path, source }
}

/// Marks a folder whose parts are complete as a store.
pub(crate) fn finish(folder: &Path, kind: Kind) -> Result<(), StoreError> {
    Parts::of(folder).write_marker(&kind.marker())
}

/// What kind of store a folder is.
pub(crate) fn kind(folder: &Path) -> Result<Kind, StoreError> {
    let parts = Parts::of(folder);
    let marker = fs::read_to_string(&parts.marker).map_err(|error| match error.kind() {
        ErrorKind::NotFound => StoreError::NotAStore(folder.to_owned()),
        _ => io(&parts.marker)(error),
    })?;
    let kinds = [Kind::Documents, Kind::PlainDataset];
    kinds.into_iter().find(|kind| kind.marker() == marker).ok_or_else(|| {
        let reason = format!("the store is of kind and layout {:?}, which this program does not know", marker.trim());
        StoreError::OtherKind { folder: folder.to_owned(), reason }
    })
}

/// The names of the parts in a folder.
pub(crate) const LEDGER: &str = "ledger.redb";
pub(crate) const GRAPH: &str = "graph";

/// How much of the graph the engine keeps in memory once it is read: the thirty-second part of the machine's memory (of the container's), at
/// most 512 MiB.
fn block_cache_bytes() -> usize {
    const MOST: u64 = 512 << 20;
    const UNKNOWN: usize = 32 << 20;
    total_memory().and_then(|bytes| usize::try_from((bytes / 32).min(MOST)).ok()).unwrap_or(UNKNOWN)
}

struct Parts {
    folder: PathBuf,
    marker: PathBuf,
    ledger: PathBuf,
    graph: PathBuf,
    process: PathBuf,
}

impl Parts {
    fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            marker: folder.join("chancery-store"),
            ledger: folder.join(LEDGER),
            graph: folder.join(GRAPH),
            process: folder.join("process"),
        }
    }

    fn open(&self, marker: &str, kind: Kind) -> Result<Engines, StoreError> {
        if marker != kind.marker() {
            let (is, wanted) = (marker.trim(), kind.marker());
            let reason = format!("the store is of kind and layout {is:?}; asked for was {:?}", wanted.trim());
            return Err(StoreError::OtherKind { folder: self.folder.clone(), reason });
        }
        for part in [&self.ledger, &self.graph.join("CURRENT")] {
            if !part.is_file() {
                return Err(self.corrupt(format!("{} is missing", part.display())));
            }
        }
        let ledger = Ledger::open(&self.ledger).map_err(|error| self.ledger_error(error))?;
        self.engines(ledger)
    }

    fn create(&self, kind: Kind) -> Result<Engines, StoreError> {
        fs::create_dir_all(&self.folder).map_err(io(&self.folder))?;
        if fs::read_dir(&self.folder).map_err(io(&self.folder))?.next().is_some() {
            return Err(StoreError::NotAStore(self.folder.clone()));
        }
        self.write_marker(UNFINISHED)?;
        self.make(kind)
    }

    /// Removes what an interrupted creation left.
    fn make_anew(&self, kind: Kind) -> Result<Engines, StoreError> {
        for part in [&self.ledger, &self.graph] {
            let removed = if part.is_dir() { fs::remove_dir_all(part) } else { fs::remove_file(part) };
            match removed {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(io(part)(error)),
                _ => {}
            }
        }
        self.make(kind)
    }

    fn make(&self, kind: Kind) -> Result<Engines, StoreError> {
        let ledger = Ledger::create(&self.ledger).map_err(|error| self.ledger_error(error))?;
        let engines = self.engines(ledger)?;
        self.write_marker(&kind.marker())?;
        Ok(engines)
    }

    /// On the disk when it returns, with its folder; the marker is one or the other, never half.
    fn write_marker(&self, marker: &str) -> Result<(), StoreError> {
        let new = self.folder.join("chancery-store.new");
        let write = || {
            let mut file = fs::File::create(&new)?;
            file.write_all(marker.as_bytes())?;
            file.sync_all()?;
            fs::rename(&new, &self.marker)?;
            fs::File::open(&self.folder)?.sync_all()
        };
        write().map_err(io(&self.marker))
    }

    /// The ledger's lock is ours by now, and stands for the whole folder.
    fn engines(&self, ledger: Ledger) -> Result<Engines, StoreError> {
        let write = fs::write(&self.process, std::process::id().to_string());
        write.map_err(|source| StoreError::Io { path: self.process.clone(), source })?;
        let options = StoreOptions::default().with_block_cache_bytes(block_cache_bytes());
        let graph = oxigraph::store::Store::open_with_options(&self.graph, options).map_err(|error| match error {
            oxigraph::store::StorageError::Corruption(reason) => self.corrupt(format!("graph: {reason}")),
            other => other.into(),
        })?;
        Ok(Engines { ledger, graph, folder: Some(self.folder.clone()) })
    }

    fn ledger_error(&self, error: DatabaseError) -> StoreError {
        match error {
            DatabaseError::DatabaseAlreadyOpen => {
                StoreError::Locked { folder: self.folder.clone(), holder: self.holder() }
            }
            DatabaseError::Storage(StorageError::Corrupted(reason)) => self.corrupt(format!("ledger: {reason}")),
            DatabaseError::Storage(StorageError::Io(error))
                if matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof) =>
            {
                self.corrupt(format!("ledger: {error}"))
            }
            other => other.into(),
        }
    }

    fn holder(&self) -> Option<u32> {
        fs::read_to_string(&self.process).ok()?.trim().parse().ok()
    }

    fn corrupt(&self, reason: String) -> StoreError {
        StoreError::Corrupt { folder: self.folder.clone(), reason }
    }
}

//! A store as a folder: `chancery-store` (kind and layout), `ledger.redb`, `graph/`, and `process` (who has it open).
//!
//! An empty or absent folder becomes a store. A folder with missing parts is refused, never completed: an empty
//! ledger beside somebody's graph would look like a loss of everything.

use crate::StoreError;
use crate::ledger::Ledger;
use redb::{DatabaseError, StorageError};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

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
}

pub(crate) fn open(folder: &Path, kind: Kind) -> Result<Engines, StoreError> {
    let parts = Parts::of(folder);
    match fs::read_to_string(&parts.marker) {
        Ok(marker) => parts.open(&marker, kind),
        Err(error) if error.kind() == ErrorKind::NotFound => parts.create(kind),
        Err(source) => Err(StoreError::Io { path: parts.marker, source }),
    }
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
            ledger: folder.join("ledger.redb"),
            graph: folder.join("graph"),
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

    /// The marker comes last: it stands for a complete store.
    fn create(&self, kind: Kind) -> Result<Engines, StoreError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| StoreError::Io { path, source }
        };
        fs::create_dir_all(&self.folder).map_err(io(&self.folder))?;
        if fs::read_dir(&self.folder).map_err(io(&self.folder))?.next().is_some() {
            return Err(StoreError::NotAStore(self.folder.clone()));
        }
        let ledger = Ledger::create(&self.ledger).map_err(|error| self.ledger_error(error))?;
        let engines = self.engines(ledger)?;
        fs::write(&self.marker, kind.marker()).map_err(io(&self.marker))?;
        Ok(engines)
    }

    /// The ledger's lock is ours by now, and stands for the whole folder.
    fn engines(&self, ledger: Ledger) -> Result<Engines, StoreError> {
        let write = fs::write(&self.process, std::process::id().to_string());
        write.map_err(|source| StoreError::Io { path: self.process.clone(), source })?;
        let graph = oxigraph::store::Store::open(&self.graph).map_err(|error| match error {
            oxigraph::store::StorageError::Corruption(reason) => self.corrupt(format!("graph: {reason}")),
            other => other.into(),
        })?;
        Ok(Engines { ledger, graph })
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

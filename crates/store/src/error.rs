//! What can go wrong with a store, as far as a caller can act on it.

use std::path::PathBuf;
use std::time::Duration;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has it open.
    #[error("{}: the store is open in another process{}; stop it, or use another folder", .folder.display(), process_number(*.holder))]
    Locked {
        /// The store.
        folder: PathBuf,
        /// The process, where it left its number.
        holder: Option<u32>,
    },
    /// The folder holds something else.
    #[error("{}: not empty and no store of ours; give an empty folder or an existing store", .0.display())]
    NotAStore(PathBuf),
    /// The folder holds a store of another kind or layout.
    #[error("{}: {reason}", .folder.display())]
    OtherKind {
        /// The store.
        folder: PathBuf,
        /// What it is, and what was asked for.
        reason: String,
    },
    /// A part of the store is missing or damaged: told apart from an empty one.
    #[error("{}: the store is damaged: {reason}; restore it from a backup", .folder.display())]
    Corrupt {
        /// The store.
        folder: PathBuf,
        /// What is missing or damaged.
        reason: String,
    },
    /// The ledger could not be read or written.
    #[error("ledger: {0}")]
    Ledger(#[source] Box<redb::Error>),
    /// A record of the ledger is not readable.
    #[error("ledger record {key:?}: {source}")]
    Record {
        /// The document.
        key: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The graph could not be read or written.
    #[error("graph: {0}")]
    Graph(#[from] oxigraph::store::StorageError),
    /// What was written to the graph could not be brought onto the disk: a power cut may take it.
    #[error("graph: written, but not synced: {0}")]
    Sync(#[source] std::io::Error),
    /// The disk has too little room to begin a write; nothing was written.
    #[error("the disk is almost full: {free} bytes are free, and {needed} are kept so that what is there stays whole")]
    DiskFull {
        /// What is free, in bytes.
        free: u64,
        /// What must stay free.
        needed: u64,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Results could not be written.
    #[error("output: {0}")]
    Output(#[from] std::io::Error),
    /// A document comes without the time at which it is recorded, or a retraction without its own.
    #[error("document {key:?} comes without a recorded time; the caller gives it")]
    NoRecordedTime {
        /// The document.
        key: String,
    },
    /// The store was opened before its ledger was read, and still is being read.
    #[error("the store is still being read from its ledger; try again in some seconds")]
    Loading,
    /// The graph lacks what the newest documents say, as after a kill or a power cut: nobody reads it, and nothing is written, until it is
    /// brought up to them.
    #[error(
        "the graph is behind the newest documents, as after a kill: it is brought up to them once the ledger is read"
    )]
    CatchingUp,
    /// The graph is being written anew for this version of program and data: nobody reads it, and nothing is written, until it is whole.
    #[error(
        "the graph is being written anew for this version of program and data, {triples} triples so far; look-ups are answered meanwhile"
    )]
    Rewriting {
        /// How many are written.
        triples: usize,
    },
    /// The check of the caller says that the graph after the change would not be well formed. Nothing was written.
    #[error("rejected: {reason}")]
    Rejected {
        /// What the check says.
        reason: String,
    },
    /// There is no named query of this name.
    #[error("no named query {name:?}: expected one of {expected}")]
    UnknownQuery {
        /// The name given.
        name: String,
        /// The names that there are.
        expected: String,
    },
    /// A named query is not asked with what it takes.
    #[error("named query {query}: {message}")]
    Argument {
        /// The query.
        query: String,
        /// What is wrong.
        message: String,
    },
    /// A query or update is not well formed.
    #[error("{message}")]
    Syntax {
        /// What the parser says, with line and column where it knows them.
        message: String,
        /// The line, from 1.
        line: Option<usize>,
        /// The column, from 1.
        column: Option<usize>,
    },
    /// An IRI of a request is none.
    #[error("{iri:?} is no absolute IRI: {message}")]
    InvalidIri {
        /// As given.
        iri: String,
        /// What is wrong with it.
        message: String,
    },
    /// A query or update asks for what this store does not do.
    #[error("refused: {what}")]
    Refused {
        /// What, and what to do instead.
        what: String,
    },
    /// The time limit.
    #[error("it took longer than {} s; narrow it, or add LIMIT", .limit.as_secs_f64())]
    Timeout {
        /// The limit.
        limit: Duration,
    },
    /// The row limit. Results are never cut short.
    #[error("more than {limit} rows; add LIMIT, or aggregate")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// The size limit of results or of an upload.
    #[error("more than {limit} bytes; ask for less, or send it in parts")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// The process has too much memory; what was under way was stopped.
    #[error("stopped: the memory of the process is short; try again, or narrow it")]
    OutOfMemory,
    /// Nobody waits for it any more.
    #[error("cancelled")]
    Cancelled,
    /// A thread ended that should not.
    #[error("the evaluation ended by a fault; the log says more")]
    Fault,
    /// Every evaluation slot is taken.
    #[error("busy: all query slots are taken; try again")]
    Busy,
    /// The query failed while it ran.
    #[error("evaluation: {0}")]
    Evaluation(String),
    /// The default graph is derived from documents.
    #[error("the default graph is derived from documents and cannot be written; write to a named graph")]
    DerivedGraphReadOnly,
    /// RDF that cannot be read.
    #[error("{message}")]
    Rdf {
        /// What the parser says, with line and column where it knows them.
        message: String,
    },
    /// No such named graph.
    #[error("no graph {0}")]
    NoGraph(String),
}

impl StoreError {
    /// Whether the fault is on our side of the disk: the store cannot be read or written.
    pub fn is_storage(&self) -> bool {
        matches!(
            self,
            Self::Locked { .. }
                | Self::NotAStore(_)
                | Self::OtherKind { .. }
                | Self::Corrupt { .. }
                | Self::Ledger(_)
                | Self::Record { .. }
                | Self::Graph(_)
                | Self::Sync(_)
                | Self::DiskFull { .. }
                | Self::Io { .. }
        )
    }
}

fn process_number(process: Option<u32>) -> String {
    process.map(|number| format!(" (number {number})")).unwrap_or_default()
}

macro_rules! from_redb {
    ($($kind:ty),+) => {$(
        impl From<$kind> for StoreError {
            fn from(error: $kind) -> Self {
                Self::Ledger(Box::new(error.into()))
            }
        }
    )+};
}

from_redb!(redb::TransactionError, redb::TableError, redb::StorageError, redb::CommitError, redb::DatabaseError);

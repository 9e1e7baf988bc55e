//! Ledger and triples on disk, snapshots, SPARQL.
//!
//! The **ledger** (redb, synced at each commit) keeps documents, their versions and claims: it is the truth. The **graph**
//! (Oxigraph on RocksDB) is its projection, caught up after a crash. A **snapshot** is the same in memory, swapped after
//! each commit: look-ups read it and never touch the disk. One process a store, one writer at a time.

mod backup;
mod bulk;
mod change;
mod deadline;
mod disk;
mod dump;
mod error;
mod flusher;
mod folder;
mod graph_store;
mod guard;
mod ingest;
mod known;
mod ledger;
mod load;
mod named_queries;
mod newest;
mod outbox;
mod projection;
mod rewrite;
mod snapshot;
mod sort_key;
mod sparql;
mod store;
mod text_functions;
mod timekeeper;
mod upkeep;
mod upload;
mod watch;
mod worker;
mod write_ahead_log;

pub use backup::{Verification, backup, restore, verify};
pub use change::GraphChange;
pub use deadline::Cancellation;
pub use error::StoreError;
pub use graph_store::{GraphTarget, Upload};
pub use guard::MAX_TEXT_BYTES;
pub use ingest::{ChangeSet, Outcome, ReadDocument, Receipt};
pub use ledger::StoredVersion;
pub use named_queries::{NamedQuery, Parameter, ParameterKind, Quotation, Relation, Table};
pub use outbox::{Answer, Parts};
pub use snapshot::{Documents, Snapshot};
pub use sparql::{PreparedQuery, QueryDatasetChoice, QueryForm, QueryOptions, ResultFormat};
pub use store::Store;
pub use upload::{MAX_UPLOAD_BYTES, check_rdf, check_upload};

//! Bytes to documents to claims to ledger and graph: the one way in, for the command line and the server.

pub mod ingest;
pub mod reader;
pub mod validation;

pub use ingest::{Ingested, Pipeline, Report};
pub use reader::{MAX_TEXT_BYTES, Metadata, Reader, Skipped};
pub use validation::Rejected;

//! What every handler shares.

use crate::auth::Tokens;
use crate::error::Problem;
use crate::snapshots::Snapshots;
use crate::texts::Texts;
use chancery_pipeline::Pipeline;
use chancery_store::{QueryOptions, Store};
use jiff::Timestamp;
use std::sync::Arc;
use std::thread;
use tokio::sync::Semaphore;

/// How much of the texts is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServeText {
    /// Texts of documents, and the whole sentence around each quote.
    Full,
    /// Only the quoted words.
    Quote,
    /// Neither. The query endpoint still knows the quotes, which are part of the graph.
    None,
}

/// The store, what reads documents into it, and what the process allows.
#[derive(Clone, Debug)]
pub struct AppState {
    /// What is served.
    pub store: Store,
    /// Reads documents that are sent.
    pub pipeline: Arc<Pipeline>,
    /// Who may write; nobody without.
    pub tokens: Option<Tokens>,
    /// How much of the texts is served.
    pub serve_text: ServeText,
    /// The recorded time of documents that are sent.
    pub clock: fn() -> Timestamp,
    /// Whether only requests to a loopback name are answered: a page elsewhere cannot reach us by a name of its own.
    pub loopback_only: bool,
    /// Limits of the query endpoint.
    pub query_options: QueryOptions,
    /// A slot for each validation that may run at once.
    pub(crate) validations: Arc<Semaphore>,
    /// Snapshots that reads are answered from.
    pub(crate) snapshots: Arc<Snapshots>,
    /// Texts that were read of late.
    pub(crate) texts: Arc<Texts>,
}

impl AppState {
    /// Reads only, full texts, the system's clock, a validation for each core.
    pub fn new(store: Store, pipeline: Arc<Pipeline>) -> Self {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            store,
            pipeline,
            tokens: None,
            serve_text: ServeText::Full,
            clock: Timestamp::now,
            loopback_only: false,
            query_options: QueryOptions::default(),
            validations: Arc::new(Semaphore::new(cores)),
            snapshots: Arc::default(),
            texts: Arc::default(),
        }
    }
}

/// Runs work that blocks on a thread of its own.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| Err(Problem::internal("the work was stopped by a fault")))
}

//! What every handler shares.

use crate::access::Hosts;
use crate::answers::Answers;
use crate::audit::AuditLog;
use crate::auth::Tokens;
use crate::error::Problem;
use crate::limits::RateLimits;
use crate::metrics::Metrics;
use crate::search::{Names, News};
use crate::snapshots::Snapshots;
use crate::texts::Texts;
use crate::writer::Writer;
use axum::http::HeaderValue;
use chancery_pipeline::Pipeline;
use chancery_store::{QueryOptions, Store};
use jiff::Timestamp;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

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
    /// Whether no write is taken, whatever the token.
    pub read_only: bool,
    /// Whether reads need a token too.
    pub reads_need_token: bool,
    /// The names that the server is asked under.
    pub hosts: Hosts,
    /// Proxies that are believed when they say from where a request comes.
    pub trusted_proxies: Vec<IpAddr>,
    /// Sites whose pages may read (CORS); none unless told.
    pub cors_origins: Vec<HeaderValue>,
    /// How often a caller may ask; as often as it likes without.
    pub rate_limits: Option<Arc<RateLimits>>,
    /// Where writes are noted, beside the log.
    pub audit: Option<Arc<AuditLog>>,
    /// Limits of the query endpoint.
    pub query_options: QueryOptions,
    /// A slot for each validation that may run at once.
    pub(crate) validations: Arc<Semaphore>,
    /// Snapshots that reads are answered from.
    pub(crate) snapshots: Arc<Snapshots>,
    /// Texts that were read of late.
    pub(crate) texts: Arc<Texts>,
    /// Names in one spelling, once they are asked for.
    names: Arc<OnceLock<Names>>,
    /// Words of the news.
    pub(crate) news: Arc<Mutex<News>>,
    /// Answers of look-ups.
    pub(crate) answers: Arc<Answers>,
    /// What is counted.
    pub(crate) metrics: Arc<Metrics>,
    /// Writes single documents.
    pub(crate) writer: Writer,
    /// Told when the process is asked to end.
    pub(crate) closing: CancellationToken,
    /// When the store changed, in milliseconds of the Unix epoch; at first when it was opened.
    committed: Arc<AtomicU64>,
}

impl AppState {
    /// Reads only, full texts, the system's clock, a validation for each core.
    pub fn new(store: Store, pipeline: Arc<Pipeline>) -> Self {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let writer = Writer::start(store.clone(), pipeline.clone());
        let state = Self {
            store,
            pipeline,
            tokens: None,
            serve_text: ServeText::Full,
            clock: Timestamp::now,
            read_only: false,
            reads_need_token: false,
            hosts: Hosts::Any,
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            rate_limits: None,
            audit: None,
            query_options: QueryOptions::default(),
            validations: Arc::new(Semaphore::new(cores)),
            snapshots: Arc::default(),
            texts: Arc::default(),
            names: Arc::default(),
            news: Arc::default(),
            answers: Arc::default(),
            metrics: Arc::default(),
            writer,
            closing: CancellationToken::new(),
            committed: Arc::default(),
        };
        state.note_commit();
        state
    }

    /// Names of entities in one spelling.
    pub(crate) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(self.pipeline.world()))
    }

    /// Notes that the store changed now.
    pub(crate) fn note_commit(&self) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.committed.store(u64::try_from(now.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// When the store changed, or was opened.
    pub(crate) fn committed(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.committed.load(Ordering::Relaxed))
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

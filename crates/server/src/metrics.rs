//! What `/metrics` tells Prometheus: requests, latency, evaluations, refusals, and how large and how old the graph is.

use crate::error::{Code, Problem};
use crate::state::AppState;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chancery_store::Snapshot;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, SystemTime};

const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Which requests.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: String,
    route: String,
    status: u16,
}

/// Which route, as the router knows it: `/v1/countries/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// Which kind of problem.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    code: String,
}

/// How an evaluation ended, or whether an answer was kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: String,
}

type Seconds = Family<Route, Histogram, fn() -> Histogram>;

/// The registry and what is counted.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Seconds,
    in_flight: Gauge,
    problems: Family<Refused, Counter>,
    evaluations: Family<Outcome, Counter>,
    answers: Family<Outcome, Counter>,
    connections: Gauge,
    accepted: Counter,
    documents: Gauge,
    claims: Gauge,
    events: Gauge,
    states: Gauge,
    revision: Gauge<u64, AtomicU64>,
    snapshot_age: Gauge<f64, AtomicU64>,
    memory: Gauge<u64, AtomicU64>,
}

impl Default for Metrics {
    fn default() -> Self {
        // From a tenth of a millisecond to a bit more than the time limit of queries.
        let histogram: fn() -> Histogram = || Histogram::new(exponential_buckets(0.0001, 2.0, 18));
        let mut this = Self {
            registry: Registry::with_prefix("chancery"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(histogram),
            in_flight: Gauge::default(),
            problems: Family::default(),
            evaluations: Family::default(),
            answers: Family::default(),
            connections: Gauge::default(),
            accepted: Counter::default(),
            documents: Gauge::default(),
            claims: Gauge::default(),
            events: Gauge::default(),
            states: Gauge::default(),
            revision: Gauge::default(),
            snapshot_age: Gauge::default(),
            memory: Gauge::default(),
        };
        this.register();
        this
    }
}

impl Metrics {
    fn register(&mut self) {
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        let registry = &mut self.registry;
        registry.register("build", "The program", version);
        registry.register("requests", "Requests by method, route and status", self.requests.clone());
        let seconds = self.seconds.clone();
        registry.register_with_unit("request_duration", "Time to the first byte of the answer", Unit::Seconds, seconds);
        registry.register("requests_in_flight", "Requests being answered", self.in_flight.clone());
        registry.register("problems", "Requests that were refused or failed, by code", self.problems.clone());
        let evaluations = self.evaluations.clone();
        registry.register("evaluations", "SPARQL queries and updates by outcome: ok, or the problem", evaluations);
        registry.register("answers", "Reads below /v1: hit where the answer was kept", self.answers.clone());
        registry.register("connections", "Open connections", self.connections.clone());
        registry.register("connections_accepted", "Connections since the start", self.accepted.clone());
        registry.register("documents", "Live documents", self.documents.clone());
        registry.register("claims", "What they say", self.claims.clone());
        registry.register("events", "What happened", self.events.clone());
        registry.register("states", "What holds or held", self.states.clone());
        registry.register("revision", "Commits of the store", self.revision.clone());
        let age = self.snapshot_age.clone();
        registry.register_with_unit("snapshot_age", "Since the last commit, or the start", Unit::Seconds, age);
        let memory = self.memory.clone();
        registry.register_with_unit("resident_memory", "Of the process, where the system tells", Unit::Bytes, memory);
    }

    /// A request begins.
    pub(crate) fn begin(&self) {
        self.in_flight.inc();
    }

    /// A request was answered, or given up.
    pub(crate) fn end(&self) {
        self.in_flight.dec();
    }

    /// Counts an answer.
    pub(crate) fn observe(&self, method: &str, route: &str, status: StatusCode, problem: Option<Code>, took: Duration) {
        let request = Request { method: method.to_owned(), route: route.to_owned(), status: status.as_u16() };
        self.requests.get_or_create(&request).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(took.as_secs_f64());
        if let Some(code) = problem {
            self.problems.get_or_create(&Refused { code: code.as_str().to_owned() }).inc();
        }
        if matches!(route, "/sparql" | "/update") {
            let outcome = problem.map_or("ok", Code::as_str).to_owned();
            self.evaluations.get_or_create(&Outcome { outcome }).inc();
        }
    }

    /// Counts whether an answer was kept from before.
    pub(crate) fn answer(&self, was_kept: bool) {
        let outcome = if was_kept { "hit" } else { "miss" }.to_owned();
        self.answers.get_or_create(&Outcome { outcome }).inc();
    }

    /// A connection was accepted.
    pub(crate) fn connected(&self) {
        self.accepted.inc();
        self.connections.inc();
    }

    /// A connection ended.
    pub(crate) fn disconnected(&self) {
        self.connections.dec();
    }

    /// Everything as OpenMetrics text.
    fn text(&self, snapshot: &Snapshot, age: Duration) -> Result<String, std::fmt::Error> {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        self.documents.set(count(snapshot.documents.len()));
        self.claims.set(count(snapshot.claims.len()));
        self.events.set(count(snapshot.fusion.events.len()));
        self.states.set(count(snapshot.fusion.states.len()));
        self.revision.set(snapshot.revision);
        self.snapshot_age.set(age.as_secs_f64());
        self.memory.set(resident_bytes().unwrap_or_default());
        let mut out = String::new();
        text::encode(&mut out, &self.registry)?;
        Ok(out)
    }
}

/// The resident memory of the process on Linux; none elsewhere.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

/// Measures for Prometheus (OpenMetrics text)
#[utoipa::path(get, path = "/metrics", tag = "health",
    responses((status = 200, content_type = "application/openmetrics-text", body = String)))]
pub(crate) async fn get(State(state): State<Arc<AppState>>) -> Result<Response, Problem> {
    let age = SystemTime::now().duration_since(state.committed()).unwrap_or_default();
    let text = state.metrics.text(&state.store.snapshot(), age);
    let text = text.map_err(|error| Problem::internal(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response())
}

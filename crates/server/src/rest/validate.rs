//! `/v1/validate`: does a graph keep our shapes? Nothing is stored.
//!
//! Everybody may ask, so everything has a limit: bytes, nesting, triples, steps, results, and how many ask at once.

use super::body;
use crate::error::{Code, Problem};
use crate::openapi::schema;
use crate::parameters::Parameters;
use crate::sparql::negotiate::accepted;
use crate::state::{AppState, blocking};
use crate::wire;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Json, Response};
use chancery_model::Language;
use chancery_rdf::GraphFormat;
use chancery_shapes::{Graph, Limits, Report, Shapes, ShapesError};
use chancery_store::check_upload;
use serde::Deserialize;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use utoipa::IntoParams;

/// The largest graph, in bytes (16 MiB): the samples and all tables are 13 MB of N-Quads, 3 MB of Turtle.
const MAX_BODY_BYTES: usize = 16 << 20;
/// The most triples: the samples and all tables are 96,000.
const MAX_TRIPLES: usize = 500_000;
const LIMITS: Limits = Limits { steps: 20_000_000, results: 10_000 };
/// How long a request waits while others validate.
const QUEUE: Duration = Duration::from_secs(2);
/// Only touched pages cost memory.
const STACK_BYTES: usize = 64 << 20;
const JSON: &str = "application/json";

/// How the report is told.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportShown {
    /// Language of `message`: ar, en
    #[param(schema_with = schema::language)]
    lang: Option<Language>,
}

/// Whether a graph keeps the shapes of the ontology (SHACL Core)
///
/// The body is RDF in any format that `/graphs` takes, named by its media type; it is one graph, and nothing of it is
/// stored. The report is JSON, or `sh:ValidationReport` in any of the same formats, as `Accept` asks. A report is never
/// cut short: where a limit is reached there is none.
#[utoipa::path(post, path = "/v1/validate", tag = "shapes", params(ReportShown),
    request_body(content = String, content_type = "text/turtle",
        description = "Also application/n-triples, application/n-quads, application/trig (without named graphs), \
                       application/rdf+xml, application/ld+json; at most 16 MiB and 500,000 triples"),
    responses((status = 200, body = wire::ValidationReport, description = "It conforms, or it does not"),
        (status = 400, description = "The body is not well formed"),
        (status = 406, description = "No such format of the report"),
        (status = 413, description = "Too many bytes or triples"),
        (status = 415, description = "No RDF format that we read"),
        (status = 422, description = "More work or more results than one request may ask for"),
        (status = 503, description = "Others are validating; try again")))]
pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    Parameters(shown): Parameters<ReportShown>,
    body: Body,
) -> Result<Response, Problem> {
    let language = shown.lang.unwrap_or(Language::English);
    let format = format_of_body(&headers)?;
    let answer = format_of_answer(&headers)?;
    let body = body::whole(&headers, body, MAX_BODY_BYTES).await?;
    let slot = tokio::time::timeout(QUEUE, state.validations.clone().acquire_owned()).await;
    let slot = slot.ok().and_then(Result::ok);
    let slot = slot.ok_or_else(|| Problem::new(Code::Busy, "others are validating; try again"))?;
    blocking(move || {
        let report = on_big_stack(move || validate(&body, format))?;
        drop(slot);
        tell(&report, answer, language)
    })
    .await
}

/// Parsers recurse; what passes [`check_upload`] was measured to need less than a fifth of this.
fn on_big_stack<T: Send + 'static>(work: impl FnOnce() -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
    let fault = || Problem::internal("the validation was stopped by a fault");
    let thread = thread::Builder::new().name("validation".to_owned()).stack_size(STACK_BYTES).spawn(work);
    thread.map_err(|_| fault())?.join().unwrap_or_else(|_| Err(fault()))
}

fn validate(body: &[u8], format: GraphFormat) -> Result<Report, Problem> {
    check_upload(body, format)?;
    let graph = Graph::parse_within(body, format, MAX_TRIPLES).map_err(|error| {
        let code = match &error {
            ShapesError::TooManyTriples { .. } => Code::TooLarge,
            ShapesError::Syntax(_) | ShapesError::IllFormed(_) => Code::InvalidBody,
        };
        Problem::new(code, error.to_string())
    })?;
    let report = Shapes::ours().validate_within(&graph, LIMITS);
    if !report.complete {
        let Limits { steps, results } = LIMITS;
        let detail = format!("more than {steps} steps or {results} results; send the graph in parts");
        return Err(Problem::new(Code::ValidationIncomplete, detail));
    }
    Ok(report)
}

/// JSON where no RDF is asked for.
fn tell(report: &Report, format: Option<GraphFormat>, language: Language) -> Result<Response, Problem> {
    let Some(format) = format else {
        return Ok(Json(wire::ValidationReport::new(report, language)).into_response());
    };
    let mut out = Vec::new();
    report.serialise(format, &mut out).map_err(|error| Problem::internal(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, format.media_type())], out).into_response())
}

fn format_of_body(headers: &HeaderMap) -> Result<GraphFormat, Problem> {
    let unsupported = |detail: String| Problem::new(Code::UnsupportedMediaType, detail);
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err(unsupported("the body must not be compressed".to_owned()));
    }
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    GraphFormat::from_media_type(media_type).ok_or_else(|| {
        let offer = GraphFormat::ALL.map(GraphFormat::media_type).join(", ");
        unsupported(format!("{media_type:?}; expected one of {offer}"))
    })
}

fn format_of_answer(headers: &HeaderMap) -> Result<Option<GraphFormat>, Problem> {
    let offer: Vec<&str> =
        [JSON].into_iter().chain(GraphFormat::ALL.iter().map(|format| format.media_type())).collect();
    accepted(headers, &offer).map(GraphFormat::from_media_type)
}

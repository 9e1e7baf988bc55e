//! SPARQL 1.1 Protocol: query by GET and both forms of POST; update by POST, with a token.

use super::description;
use super::negotiate::accepted;
use super::request::{body, charset_is_utf8, media_type};
use crate::auth::may_write;
use crate::error::{Code, Problem};
use crate::format::with_charset;
use crate::state::{AppState, blocking};
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Version, header};
use axum::response::{IntoResponse, Response};
use chancery_store::{Answer, Cancellation, Parts, QueryForm, QueryOptions, ResultFormat};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio_stream::Stream;

/// A request with some room for the form's escapes; the store has a tighter limit on the text.
const MAX_REQUEST_BYTES: usize = 1 << 20;

/// Names and values, in order; a name may come several times.
type Pairs = Vec<(String, String)>;

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    version: Version,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let pairs = pairs(query.as_deref().unwrap_or_default())?;
    if pairs.is_empty() {
        return description::answer(&headers);
    }
    run_query(state, version, headers, Request::of(pairs, QUERY)?).await
}

pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    version: Version,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    body: Body,
) -> Result<Response, Problem> {
    let mut pairs = pairs(query.as_deref().unwrap_or_default())?;
    match media_type(&headers).as_str() {
        "application/sparql-query" => pairs.push(("query".to_owned(), text(&headers, body).await?)),
        "application/sparql-update" => return post_update_text(state, headers, pairs, body).await,
        FORM => {
            pairs.extend(self::pairs(&text(&headers, body).await?)?);
            if pairs.iter().any(|(name, _)| name == "update") {
                may_write(&state, &headers)?;
                return run_update(state, &headers, Request::of(pairs, UPDATE)?).await;
            }
        }
        other => return Err(unsupported(other)),
    }
    run_query(state, version, headers, Request::of(pairs, QUERY)?).await
}

pub(crate) async fn post_update(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    body: Body,
) -> Result<Response, Problem> {
    // Before the body is read.
    may_write(&state, &headers)?;
    let mut pairs = pairs(query.as_deref().unwrap_or_default())?;
    match media_type(&headers).as_str() {
        "application/sparql-update" => post_update_text(state, headers, pairs, body).await,
        FORM => {
            pairs.extend(self::pairs(&text(&headers, body).await?)?);
            run_update(state, &headers, Request::of(pairs, UPDATE)?).await
        }
        other => Err(unsupported(other)),
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

async fn post_update_text(
    state: Arc<AppState>,
    headers: HeaderMap,
    mut pairs: Pairs,
    body: Body,
) -> Result<Response, Problem> {
    may_write(&state, &headers)?;
    pairs.push(("update".to_owned(), text(&headers, body).await?));
    run_update(state, &headers, Request::of(pairs, UPDATE)?).await
}

/// The names of the parameters of one operation: text, default graphs, named graphs.
struct Names {
    text: &'static str,
    default_graph: &'static str,
    named_graph: &'static str,
}

const QUERY: Names = Names { text: "query", default_graph: "default-graph-uri", named_graph: "named-graph-uri" };
const UPDATE: Names = Names { text: "update", default_graph: "using-graph-uri", named_graph: "using-named-graph-uri" };

/// One query or update with its dataset.
#[derive(Default)]
struct Request {
    text: String,
    default_graphs: Vec<String>,
    named_graphs: Vec<String>,
    /// `format=csv`: for those who cannot set headers.
    format: Option<String>,
}

impl Request {
    fn of(pairs: Pairs, names: Names) -> Result<Self, Problem> {
        let mut request = Self::default();
        let mut texts = Vec::new();
        for (name, value) in pairs {
            match name.as_str() {
                name if name == names.text => texts.push(value),
                name if name == names.default_graph => request.default_graphs.push(value),
                name if name == names.named_graph => request.named_graphs.push(value),
                "format" if names.text == "query" => request.format = Some(value),
                other => return Err(Problem::new(Code::UnknownParameter, format!("unknown parameter `{other}`"))),
            }
        }
        match <[String; 1]>::try_from(texts) {
            Ok([text]) => Ok(Self { text, ..request }),
            Err(texts) => Err(Problem::invalid(names.text, format!("given {} times; expected once", texts.len()))),
        }
    }

    fn options(&self, state: &AppState) -> QueryOptions {
        let mut options = QueryOptions { cancellation: Cancellation::default(), ..state.query_options.clone() };
        options.dataset.default_graphs = self.default_graphs.clone();
        options.dataset.named_graphs = self.named_graphs.clone();
        options
    }
}

async fn run_query(
    state: Arc<AppState>,
    version: Version,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let options = request.options(&state);
    let running = options.clone();
    // HTTP/1.0 ends an answer with the connection: one that is cut off would look whole.
    let may_stream = version >= Version::HTTP_11;
    let (format, answer) = stopped_with_its_reader(&options, move || {
        let query = state.store.prepare_with_base(&request.text, &description::endpoint(&headers))?;
        let format = format(&headers, &request, query.form())?;
        let answer = query.stream(format, &running)?;
        Ok((format, if may_stream { answer } else { Answer::Whole(answer.whole()?) }))
    })
    .await?;
    Ok(respond(format.media_type(), answer))
}

/// Runs work that blocks, and stops it where the reader goes before it is done: then this future is dropped.
pub(super) async fn stopped_with_its_reader<T: Send + 'static>(
    options: &QueryOptions,
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let mut guard = CancelOnDrop(Some(options.cancellation.clone()));
    let done = blocking(work).await;
    guard.0 = None;
    done
}

struct CancelOnDrop(Option<Cancellation>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if let Some(cancellation) = &self.0 {
            cancellation.cancel();
        }
    }
}

pub(super) fn respond(media_type: &str, answer: Answer) -> Response {
    let content_type = [(header::CONTENT_TYPE, with_charset(media_type))];
    match answer {
        Answer::Whole(bytes) => (content_type, bytes).into_response(),
        Answer::Parts(parts) => (content_type, Body::from_stream(PartsStream(parts))).into_response(),
    }
}

/// An error among the parts breaks the connection, so that the answer is seen to be cut off.
struct PartsStream(Parts);

impl Stream for PartsStream {
    type Item = Result<Vec<u8>, chancery_store::StoreError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.poll_next(context);
        if let Poll::Ready(Some(Err(error))) = &next {
            tracing::warn!(%error, "an answer was cut off");
        }
        next
    }
}

fn format(headers: &HeaderMap, request: &Request, form: QueryForm) -> Result<ResultFormat, Problem> {
    let offer = ResultFormat::offer(form);
    if let Some(name) = &request.format {
        let names: Vec<&str> = offer.iter().map(|format| format.name()).collect();
        let reason = || format!("{name:?} does not fit this query; expected {}", names.join(", "));
        return ResultFormat::for_name(name, form).ok_or_else(|| Problem::invalid("format", reason()));
    }
    let types: Vec<&str> =
        offer.iter().map(|format| format.media_type()).chain(SYNONYMS.map(|(name, _)| name)).collect();
    let liked = accepted(headers, &types)?;
    let liked = SYNONYMS.iter().find(|(name, _)| *name == liked).map_or(liked, |(_, standard)| standard);
    let found = offer.iter().find(|format| format.media_type() == liked).or_else(|| offer.first());
    found.copied().ok_or_else(|| Problem::internal("no format is offered"))
}

/// What readers also ask for.
const SYNONYMS: [(&str, &str); 2] =
    [("application/json", "application/sparql-results+json"), ("application/xml", "application/sparql-results+xml")];

async fn run_update(state: Arc<AppState>, headers: &HeaderMap, request: Request) -> Result<Response, Problem> {
    let base = description::endpoint(headers);
    let options = request.options(&state);
    let running = options.clone();
    stopped_with_its_reader(&options, move || {
        state.store.update_with_base(&request.text, &base, &running)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

/// Reads what is escaped as a form.
fn pairs(form: &str) -> Result<Pairs, Problem> {
    serde_urlencoded::from_str(form)
        .map_err(|error| Problem::new(Code::InvalidBody, format!("not well escaped: {error}")))
}

async fn text(headers: &HeaderMap, body: Body) -> Result<String, Problem> {
    let bad = |detail: String| Problem::new(Code::InvalidBody, detail);
    if !charset_is_utf8(headers) {
        return Err(bad("SPARQL is read as UTF-8 only".to_owned()));
    }
    let bytes = self::body(headers, body, MAX_REQUEST_BYTES).await?;
    String::from_utf8(bytes.to_vec()).map_err(|error| bad(format!("not UTF-8: {error}")))
}

fn unsupported(media_type: &str) -> Problem {
    let offer = "application/sparql-query, application/sparql-update or application/x-www-form-urlencoded";
    Problem::new(Code::UnsupportedMediaType, format!("{media_type:?}; expected {offer}"))
}

//! SPARQL 1.1 Protocol: query by GET and both forms of POST; update by POST, with a token.

use super::description;
use super::negotiate::accepted;
use crate::auth::may_write;
use crate::error::{Code, Problem};
use crate::state::{AppState, blocking};
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chancery_store::{QueryForm, QueryOptions, ResultFormat};
use std::sync::Arc;

/// Names and values, in order; a name may come several times.
type Pairs = Vec<(String, String)>;

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let pairs = pairs(query.as_deref().unwrap_or_default())?;
    if pairs.is_empty() {
        return description::answer(&headers);
    }
    let request = Request::of(pairs, QUERY)?;
    blocking(move || run_query(&state, &headers, request)).await
}

pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Result<Response, Problem> {
    let mut pairs = pairs(query.as_deref().unwrap_or_default())?;
    match media_type(&headers).as_str() {
        "application/sparql-query" => pairs.push(("query".to_owned(), text(&body)?)),
        "application/sparql-update" => return post_update_body(state, headers, pairs, &body).await,
        "application/x-www-form-urlencoded" => {
            pairs.extend(self::pairs(&text(&body)?)?);
            if pairs.iter().any(|(name, _)| name == "update") {
                return run_update(state, headers, Request::of(pairs, UPDATE)?).await;
            }
        }
        other => return Err(unsupported(other)),
    }
    let request = Request::of(pairs, QUERY)?;
    blocking(move || run_query(&state, &headers, request)).await
}

pub(crate) async fn post_update(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Result<Response, Problem> {
    let mut pairs = pairs(query.as_deref().unwrap_or_default())?;
    match media_type(&headers).as_str() {
        "application/sparql-update" => post_update_body(state, headers, pairs, &body).await,
        "application/x-www-form-urlencoded" => {
            pairs.extend(self::pairs(&text(&body)?)?);
            run_update(state, headers, Request::of(pairs, UPDATE)?).await
        }
        other => Err(unsupported(other)),
    }
}

async fn post_update_body(
    state: Arc<AppState>,
    headers: HeaderMap,
    mut pairs: Pairs,
    body: &[u8],
) -> Result<Response, Problem> {
    pairs.push(("update".to_owned(), text(body)?));
    run_update(state, headers, Request::of(pairs, UPDATE)?).await
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
        let mut options = state.query_options.clone();
        options.dataset.default_graphs = self.default_graphs.clone();
        options.dataset.named_graphs = self.named_graphs.clone();
        options
    }
}

fn run_query(state: &AppState, headers: &HeaderMap, request: Request) -> Result<Response, Problem> {
    let query = state.store.prepare(&request.text)?;
    let format = format(headers, &request, query.form())?;
    let bytes = query.run(format, &request.options(state))?;
    let charset = if format.media_type().starts_with("text/") { "; charset=utf-8" } else { "" };
    Ok(([(header::CONTENT_TYPE, format!("{}{charset}", format.media_type()))], bytes).into_response())
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

async fn run_update(state: Arc<AppState>, headers: HeaderMap, request: Request) -> Result<Response, Problem> {
    may_write(&state, &headers)?;
    blocking(move || {
        state.store.update(&request.text, &request.options(&state))?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

/// Reads what is escaped as a form.
fn pairs(form: &str) -> Result<Pairs, Problem> {
    serde_urlencoded::from_str(form)
        .map_err(|error| Problem::new(Code::InvalidBody, format!("not well escaped: {error}")))
}

fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn text(body: &[u8]) -> Result<String, Problem> {
    let text =
        std::str::from_utf8(body).map_err(|error| Problem::new(Code::InvalidBody, format!("not UTF-8: {error}")))?;
    Ok(text.to_owned())
}

fn unsupported(media_type: &str) -> Problem {
    let offer = "application/sparql-query, application/sparql-update or application/x-www-form-urlencoded";
    Problem::new(Code::UnsupportedMediaType, format!("{media_type:?}; expected {offer}"))
}

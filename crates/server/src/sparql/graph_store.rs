//! SPARQL 1.1 Graph Store Protocol: `/graphs?graph=IRI`, `/graphs?default`, and directly below `/graphs/`.

use super::negotiate::accepted;
use crate::auth::may_write;
use crate::error::{Code, Problem};
use crate::state::{AppState, blocking};
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use chancery_rdf::GraphFormat;
use chancery_store::GraphTarget;
use std::sync::Arc;

/// Graphs named by their place below `/graphs/` have this base, whatever host they were asked from.
const DIRECT: &str = "https://w3id.org/chancery/graphs/";

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(target) = target(&uri)? else { return names(state).await };
    let mut offer = vec![GraphFormat::Turtle];
    offer.extend(GraphFormat::ALL.into_iter().filter(|format| *format != GraphFormat::Turtle));
    let types: Vec<&str> = offer.iter().map(|format| format.media_type()).collect();
    let media_type = accepted(&headers, &types)?;
    let format = GraphFormat::from_media_type(media_type).unwrap_or(GraphFormat::Turtle);
    blocking(move || {
        let bytes = state.store.graph(&target, format)?;
        Ok(([(header::CONTENT_TYPE, format.media_type())], bytes).into_response())
    })
    .await
}

pub(crate) async fn put(
    state: State<Arc<AppState>>,
    uri: OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    write(state.0, uri.0, headers, body, true).await
}

pub(crate) async fn post(
    state: State<Arc<AppState>>,
    uri: OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    write(state.0, uri.0, headers, body, false).await
}

pub(crate) async fn delete(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    may_write(&state, &headers)?;
    let target = target(&uri)?.ok_or_else(no_graph)?;
    blocking(move || {
        state.store.delete_graph(&target)?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}

async fn write(
    state: Arc<AppState>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    replace: bool,
) -> Result<StatusCode, Problem> {
    may_write(&state, &headers)?;
    let target = target(&uri)?.ok_or_else(no_graph)?;
    let format = format(&headers)?;
    blocking(move || {
        let is_new = state.store.put_graph(&target, body.to_vec(), format, replace)?;
        Ok(if is_new { StatusCode::CREATED } else { StatusCode::NO_CONTENT })
    })
    .await
}

/// The names of the graphs.
async fn names(state: Arc<AppState>) -> Result<Response, Problem> {
    blocking(move || {
        let names = state.store.named_graphs()?;
        Ok(axum::Json(serde_json::json!({ "graphs": names })).into_response())
    })
    .await
}

fn format(headers: &HeaderMap) -> Result<GraphFormat, Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("text/turtle");
    let media_type = given.split(';').next().unwrap_or_default().trim();
    GraphFormat::from_media_type(media_type).ok_or_else(|| {
        let offer = GraphFormat::ALL.map(GraphFormat::media_type).join(", ");
        Problem::new(Code::UnsupportedMediaType, format!("{media_type:?}; expected one of {offer}"))
    })
}

/// Which graph the request is about; none for the list of all.
fn target(uri: &Uri) -> Result<Option<GraphTarget>, Problem> {
    if let Some(path) = uri.path().strip_prefix("/graphs/").filter(|path| !path.is_empty()) {
        return Ok(Some(GraphTarget::Named(format!("{DIRECT}{path}"))));
    }
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(uri.query().unwrap_or_default())
        .map_err(|error| Problem::invalid("graph", error))?;
    match pairs.as_slice() {
        [] => Ok(None),
        [(name, value)] if name == "default" && value.is_empty() => Ok(Some(GraphTarget::Default)),
        [(name, iri)] if name == "graph" => Ok(Some(GraphTarget::Named(iri.clone()))),
        _ => Err(Problem::new(Code::UnknownParameter, "expected ?default or ?graph=IRI, once")),
    }
}

fn no_graph() -> Problem {
    Problem::new(Code::InvalidParameter, "which graph? give ?default or ?graph=IRI")
}

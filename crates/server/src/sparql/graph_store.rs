//! SPARQL 1.1 Graph Store Protocol: `/graphs?graph=IRI`, `/graphs?default`, and directly below `/graphs/`.

use super::negotiate::graph_format;
use super::protocol::{respond, stopped_with_its_reader};
use super::request::{body, charset_is_utf8, media_type};
use crate::auth::may_write;
use crate::error::{Code, Problem};
use crate::state::{AppState, blocking};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, Version, header};
use axum::response::{IntoResponse, Response};
use chancery_rdf::GraphFormat;
use chancery_store::{Answer, Cancellation, GraphTarget, MAX_UPLOAD_BYTES, QueryOptions, Upload};
use std::sync::Arc;
use uuid::Uuid;

/// Graphs named by their place below `/graphs/` have this base, whatever host they were asked from.
const DIRECT: &str = "https://w3id.org/chancery/graphs/";

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
    version: Version,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(target) = target(&uri)? else { return names(state).await };
    let format = graph_format(&headers)?;
    let options = QueryOptions { cancellation: Cancellation::default(), ..state.query_options.clone() };
    let running = options.clone();
    let may_stream = version >= Version::HTTP_11;
    let answer = stopped_with_its_reader(&options, move || {
        let answer = state.store.stream_graph(&target, format, &running)?;
        Ok(if may_stream { answer } else { Answer::Whole(answer.whole()?) })
    })
    .await?;
    Ok(respond(format.media_type(), answer))
}

pub(crate) async fn put(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
    request: Request,
) -> Result<Response, Problem> {
    may_write(&state, request.headers())?;
    let target = target(&uri)?.ok_or_else(no_graph)?;
    write(state, target, uploads(request).await?, true).await.map(IntoResponse::into_response)
}

pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
    request: Request,
) -> Result<Response, Problem> {
    may_write(&state, request.headers())?;
    if let Some(target) = target(&uri)? {
        return write(state, target, uploads(request).await?, false).await.map(IntoResponse::into_response);
    }
    let name = Uuid::now_v7();
    let target = GraphTarget::Named(format!("{DIRECT}{name}"));
    let status = write(state, target, uploads(request).await?, false).await?;
    let place =
        HeaderValue::try_from(format!("/graphs/{name}")).map_err(|error| Problem::internal(error.to_string()))?;
    Ok((status, [(header::LOCATION, place)]).into_response())
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
    target: GraphTarget,
    uploads: Vec<Upload>,
    replace: bool,
) -> Result<StatusCode, Problem> {
    blocking(move || {
        let is_new = state.store.put_uploads(&target, uploads, replace)?;
        Ok(if is_new { StatusCode::CREATED } else { StatusCode::NO_CONTENT })
    })
    .await
}

/// What a request sends: its body, or each part of a form with files.
async fn uploads(request: Request) -> Result<Vec<Upload>, Problem> {
    if media_type(request.headers()) == "multipart/form-data" {
        return parts(request).await;
    }
    let (head, content) = request.into_parts();
    let format = format(&head.headers)?;
    let bytes = body(&head.headers, content, MAX_UPLOAD_BYTES).await?;
    Ok(vec![Upload { body: bytes.to_vec(), format }])
}

async fn parts(request: Request) -> Result<Vec<Upload>, Problem> {
    let (head, content) = request.into_parts();
    let bytes: Bytes = body(&head.headers, content, MAX_UPLOAD_BYTES).await?;
    let request = Request::from_parts(head, Body::from(bytes));
    let bad =
        |reason: &dyn std::fmt::Display| Problem::new(Code::InvalidBody, format!("multipart/form-data: {reason}"));
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| bad(&error))?;
    let mut uploads = Vec::new();
    while let Some(part) = form.next_field().await.map_err(|error| bad(&error.body_text()))? {
        let format = format(part.headers())?;
        let body = part.bytes().await.map_err(|error| bad(&error.body_text()))?.to_vec();
        uploads.push(Upload { body, format });
    }
    if uploads.is_empty() { Err(bad(&"no part with a graph")) } else { Ok(uploads) }
}

/// The names of the graphs.
async fn names(state: Arc<AppState>) -> Result<Response, Problem> {
    blocking(move || {
        let names = state.store.named_graphs()?;
        Ok(axum::Json(serde_json::json!({ "graphs": names })).into_response())
    })
    .await
}

/// Turtle where nothing is said.
fn format(headers: &HeaderMap) -> Result<GraphFormat, Problem> {
    let given = media_type(headers);
    let media_type = if given.is_empty() { "text/turtle" } else { &given };
    let format = GraphFormat::from_media_type(media_type).filter(|_| charset_is_utf8(headers));
    format.ok_or_else(|| {
        let offer = GraphFormat::ALL.map(GraphFormat::media_type).join(", ");
        Problem::new(Code::UnsupportedMediaType, format!("{media_type:?}; expected one of {offer}, in UTF-8"))
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
        [(name, iri)] if name == "graph" => {
            // Relative to where it was asked for, which is the place of a graph that is named by it.
            let place = iri.strip_prefix("/graphs/").map(|path| format!("{DIRECT}{path}"));
            Ok(Some(GraphTarget::Named(place.unwrap_or_else(|| iri.clone()))))
        }
        _ => Err(Problem::new(Code::UnknownParameter, "expected ?default or ?graph=IRI, once")),
    }
}

fn no_graph() -> Problem {
    Problem::new(Code::InvalidParameter, "which graph? give ?default or ?graph=IRI")
}

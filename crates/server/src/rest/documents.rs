//! `/v1/documents`: what was read; sending more, and taking back.

use super::claims::Shown;
use super::entities::EntityFilter;
use crate::auth::may_write;
use crate::error::{Code, Problem};
use crate::parameters::{Paging, Parameters, language};
use crate::state::{AppState, ServeText, blocking};
use crate::view::View;
use crate::wire;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use chancery_model::{Document, Language};
use chancery_pipeline::{MAX_TEXT_BYTES, Metadata, Rejected, Skipped};
use chancery_store::Outcome;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// What was read, by key
#[utoipa::path(get, path = "/v1/documents", tag = "documents", params(EntityFilter),
    responses((status = 200, body = wire::List<wire::DocumentSummary>)))]
pub(crate) async fn list(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
    Parameters(filter): Parameters<EntityFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::new(state, &filter.lang, &filter.as_known)?;
        let snapshot = view.snapshot.clone();
        let paging = Paging { limit: filter.limit, cursor: filter.cursor, uri, revision: snapshot.revision };
        paging.page(snapshot.documents.values().collect(), |document| view.document(document))
    })
    .await
}

/// One document with what it says
#[utoipa::path(get, path = "/v1/documents/{id}", tag = "documents", params(("id" = String, Path), Shown),
    responses((status = 200, body = wire::DocumentRecord), (status = 404, description = "No such live document")))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Path(id): Path<String>,
    Parameters(shown): Parameters<Shown>,
) -> Result<Json<wire::DocumentRecord>, Problem> {
    blocking(move || {
        let serves_text = state.serve_text == ServeText::Full;
        let mut view = View::new(state, &shown.lang, &shown.as_known)?;
        let snapshot = view.snapshot.clone();
        let facts = snapshot.documents.get(&id).ok_or_else(|| Problem::not_found("document", &id))?;
        let said = snapshot.claims_of_document(&id).into_iter().map(|claim| view.claim(claim)).collect();
        let text = view.text(facts).filter(|_| serves_text).map(|document| document.text.clone());
        Ok(Json(wire::DocumentRecord { summary: view.document(facts), text, said }))
    })
    .await
}

/// How what was sent is answered.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Answered {
    /// Language of the reasons of rejection: ar, en
    lang: Option<String>,
}

/// Read documents into the store
///
/// JSON (one document), JSON Lines, plain text or HTML. A known id replaces the document. What cannot be read is
/// skipped with its line and reason, and what would break a shape is rejected with the reasons; the rest goes in.
#[utoipa::path(post, path = "/v1/documents", tag = "documents", security(("token" = [])), params(Answered),
    request_body(content = wire::DocumentIn, description = "Also application/x-ndjson, text/plain, text/html"),
    responses((status = 201, body = wire::Ingestion, description = "Something was added or replaced"),
        (status = 200, body = wire::Ingestion, description = "All of it was known"),
        (status = 401, description = "No token, or none that we know"),
        (status = 403, description = "Writes are disabled"),
        (status = 422, description = "Nothing could be read, or every document would break a shape")))]
pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    Parameters(answered): Parameters<Answered>,
    body: Bytes,
) -> Result<Response, Problem> {
    may_write(&state, &headers)?;
    blocking(move || {
        let language = language(&answered.lang)?;
        let (documents, skipped) = read(&state, &headers, &body)?;
        let report = state.pipeline.ingest(&state.store, documents, (state.clock)(), |_| {})?;
        if report.documents.is_empty() {
            return Err(rejected(&skipped, &report.rejected, language));
        }
        let changed = report.count(Outcome::Added) + report.count(Outcome::Replaced) > 0;
        let documents = report.documents.into_iter().map(|document| wire::IngestedDocument {
            id: document.id,
            outcome: document.outcome.as_str(),
            claims: document.claims,
        });
        let rejected = report.rejected.iter().map(|document| wire::RejectedDocument::new(document, language));
        let answer = wire::Ingestion {
            revision: report.revision,
            documents: documents.collect(),
            skipped,
            rejected: rejected.collect(),
        };
        let status = if changed { StatusCode::CREATED } else { StatusCode::OK };
        Ok((status, Json(answer)).into_response())
    })
    .await
}

/// Take a document back: its claims no longer count, its past stays known
#[utoipa::path(delete, path = "/v1/documents/{id}", tag = "documents", security(("token" = [])),
    params(("id" = String, Path)),
    responses((status = 204, description = "Taken back"), (status = 404, description = "No such live document"),
        (status = 422, description = "The graph without it would break a shape")))]
pub(crate) async fn delete(
    State(state): State<Arc<AppState>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    may_write(&state, &headers)?;
    blocking(move || {
        let receipt = state.pipeline.retract(&state.store, vec![id.clone()], (state.clock)())?;
        match receipt.documents.first() {
            Some((_, Outcome::Retracted)) => Ok(StatusCode::NO_CONTENT),
            _ => Err(Problem::not_found("live document", &id)),
        }
    })
    .await
}

/// The documents of a body, and what could not be read of it.
///
/// # Errors
/// Where nothing could be read.
pub(super) fn read(
    state: &AppState,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(Vec<Document>, Vec<wire::SkippedDocument>), Problem> {
    let media_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("application/json");
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let reader = state.pipeline.reader();
    let read = match media_type.as_str() {
        "application/json" => reader.read(&one_line(body)?, "body.jsonl", &Metadata::default()),
        "application/x-ndjson" | "application/jsonl" => reader.read(body, "body.jsonl", &Metadata::default()),
        "text/plain" => reader.read(body, "body.txt", &Metadata::default()),
        "text/html" => reader.read(body, "body.html", &Metadata::default()),
        other => {
            let offer = "application/json, application/x-ndjson, text/plain or text/html";
            return Err(Problem::new(Code::UnsupportedMediaType, format!("{other:?}; expected {offer}")));
        }
    };
    let (mut documents, mut skipped) = (Vec::new(), Vec::new());
    for result in read {
        match result {
            Ok(document) => documents.push(document),
            Err(Skipped { line, reason, .. }) => skipped.push(wire::SkippedDocument { line, reason }),
        }
    }
    if documents.is_empty() {
        let reasons: Vec<String> = skipped.iter().map(unread).collect();
        return Err(Problem::new(Code::NothingRead, reasons.join("; ")));
    }
    Ok((documents, skipped))
}

/// The answer where nothing went in, since what was read would break shapes.
pub(super) fn rejected(skipped: &[wire::SkippedDocument], rejected: &[Rejected], language: Language) -> Problem {
    let broken = rejected.iter().map(|document| format!("{:?}: {}", document.id, document.reason(language)));
    let reasons: Vec<String> = skipped.iter().map(unread).chain(broken).collect();
    Problem::new(Code::Rejected, reasons.join("; "))
}

fn unread(skipped: &wire::SkippedDocument) -> String {
    format!("line {}: {}", skipped.line, skipped.reason)
}

/// A document in JSON may stand on many lines.
fn one_line(body: &[u8]) -> Result<Vec<u8>, Problem> {
    let fault = |reason: String| Problem::new(Code::InvalidBody, reason);
    // Six bytes of JSON can stand for one of text (\u0000).
    if body.len() > 6 * MAX_TEXT_BYTES {
        return Err(Problem::new(Code::TooLarge, format!("a document holds at most {MAX_TEXT_BYTES} bytes of text")));
    }
    let value: serde_json::Value = serde_json::from_slice(body).map_err(|error| fault(error.to_string()))?;
    if !value.is_object() {
        return Err(fault("expected one JSON object; send several as application/x-ndjson".to_owned()));
    }
    serde_json::to_vec(&value).map_err(|error| fault(error.to_string()))
}

//! `/v1/documents`: what was read; sending more, and taking back.

use crate::answer::{self, Column, Item};
use crate::auth::may_write;
use crate::error::{Code, Problem};
use crate::explain::{Explained, Term, describe};
use crate::format::Format;
use crate::openapi::schema;
use crate::parameters::{Common, Day, List, Nothing, PageAsked, Parameters, Read, Words};
use crate::segments::Id;
use crate::state::{AppState, ServeText, blocking};
use crate::view::View;
use crate::wire;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use chancery_model::document::iri_hash;
use chancery_model::{Document, DocumentFacts, Language};
use chancery_pipeline::{MAX_TEXT_BYTES, Metadata, Rejected, Skipped};
use chancery_rdf::{Resource, Selection};
use chancery_store::Outcome;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which documents.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DocumentFilter {
    /// Languages of the texts (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::languages)]
    text_lang: Words<Language>,
    /// Publishers, as the documents write them (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::texts, required = false)]
    publisher: Words<String>,
    /// Published on this day or later
    #[param(schema_with = schema::day)]
    since: Option<Day>,
    /// Published on this day or earlier
    #[param(schema_with = schema::day)]
    until: Option<Day>,
}

/// What was read, by key
#[utoipa::path(get, path = "/v1/documents", tag = "documents", params(DocumentFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::DocumentSummary>)))]
pub(crate) async fn list(State(state): State<Arc<AppState>>, list: List<DocumentFilter>) -> Result<Response, Problem> {
    blocking(move || {
        let filter = &list.read.filter;
        if list.read.explain {
            return Ok(filter.explain().answer());
        }
        let view = View::of_list(state, &list)?;
        let snapshot = view.snapshot.clone();
        let wanted = snapshot.documents.values().filter(|document| filter.wants(document));
        answer::list(&list, &view, wanted.map(|document| DocumentItem(document)).collect())
    })
    .await
}

impl DocumentFilter {
    fn wants(&self, document: &DocumentFacts) -> bool {
        let published = document.published;
        self.text_lang.fit(&document.lang)
            && (self.publisher.0.is_empty() || document.publisher.as_ref().is_some_and(|name| self.publisher.fit(name)))
            && self.since.is_none_or(|Day(since)| published.is_some_and(|day| day >= since))
            && self.until.is_none_or(|Day(until)| published.is_some_and(|day| day <= until))
    }

    fn explain(&self) -> Explained {
        let day = |day: Option<Day>| day.map(|Day(day)| Term::day(day));
        Explained::new("SELECT DISTINCT ?document ?key")
            .pattern("?document a dip:Document ; schema:identifier ?key .")
            .any_of("?lang", self.text_lang.0.iter().map(|lang| Term::text(lang.code())))
            .pattern_if(!self.text_lang.0.is_empty(), "?document schema:inLanguage ?lang .")
            .any_of("?publisher", self.publisher.0.iter().map(|name| Term::text(name)))
            .pattern_if(!self.publisher.0.is_empty(), "?document dip:publisherName ?publisher .")
            .bound("?document schema:datePublished ?day .\nFILTER(?day >= ?since)", "?since", day(self.since))
            .bound("?document schema:datePublished ?date .\nFILTER(?date <= ?until)", "?until", day(self.until))
            .order("ORDER BY ?key")
    }
}

/// One document with what it says
#[utoipa::path(get, path = "/v1/documents/{id}", tag = "documents", params(("id" = String, Path), Common),
    responses((status = 200, body = wire::DocumentRecord)))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    read: Read<Nothing>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::new(state, &read)?;
        let facts = view.snapshot.documents.get(&id).ok_or_else(|| Problem::not_found("document", &id))?;
        if read.explain {
            return Ok(describe(&Resource::Document(iri_hash(&id))));
        }
        match read.format(&Format::JSON_AND_GRAPHS)? {
            Format::Graph(graph) => {
                let mut selection = view.selection();
                selection.documents.push(facts);
                let claims = view.snapshot.claims_of_document(&id).into_iter();
                selection.claims.extend(claims.map(|reported| view.with_event(reported)));
                answer::graph(&selection, graph)
            }
            _ => {
                let said = view.snapshot.claims_of_document(&id).into_iter().map(|claim| view.claim(claim)).collect();
                let serves_text = view.state.serve_text == ServeText::Full;
                let text = view.text(facts).filter(|_| serves_text).map(|document| document.text.clone());
                Ok(Json(wire::DocumentRecord { summary: view.document(facts), text, said }).into_response())
            }
        }
    })
    .await
}

/// A document in a list.
struct DocumentItem<'s>(&'s DocumentFacts);

impl Item for DocumentItem<'_> {
    type Wire = wire::DocumentSummary;

    const COLUMNS: &'static [Column] = &[
        ("id", "/id"),
        ("title", "/title"),
        ("publisher", "/publisher"),
        ("published", "/published"),
        ("lang", "/lang"),
        ("version", "/version"),
        ("recorded", "/recorded"),
        ("claims", "/claims"),
        ("iri", "/iri"),
    ];

    fn wire(&self, view: &View) -> wire::DocumentSummary {
        view.document(self.0)
    }

    fn select<'a>(&'a self, _: &'a View, selection: &mut Selection<'a>) {
        selection.documents.push(self.0);
    }
}

/// How what was sent is answered.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Answered {
    /// Language of the reasons of rejection: ar, en
    #[param(schema_with = schema::language)]
    lang: Option<Language>,
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
        let language = answered.lang.unwrap_or(Language::English);
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
    Id(id): Id,
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

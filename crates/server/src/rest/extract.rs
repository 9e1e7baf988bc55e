//! `/v1/extract`: what documents would say, without storing them.

use super::documents::{read, rejected};
use crate::error::Problem;
use crate::openapi::schema;
use crate::parameters::Parameters;
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Json, Response};
use chancery_model::{Document, DocumentFacts, Language};
use chancery_rdf::GraphFormat;
use chancery_store::Store;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// How the dry run is shown.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExtractShown {
    /// Triples instead of claims: turtle, ntriples, jsonld, rdfxml, trig, nquads
    format: Option<String>,
    /// Language of labels: ar, en
    #[param(schema_with = schema::language)]
    lang: Option<Language>,
}

/// What documents would say, without storing them
#[utoipa::path(post, path = "/v1/extract", tag = "documents", params(ExtractShown),
    request_body(content = wire::DocumentIn, description = "Also application/x-ndjson, text/plain, text/html"),
    responses((status = 200, body = wire::DryRun), (status = 422, description = "Nothing could be read, or a document would break a shape")))]
pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    Parameters(shown): Parameters<ExtractShown>,
    body: Bytes,
) -> Result<Response, Problem> {
    blocking(move || {
        let (documents, skipped) = read(&state, &headers, &body)?;
        let language = shown.lang.unwrap_or(Language::English);
        let format = shown.format.map(|name| name.parse::<GraphFormat>()).transpose();
        match format.map_err(|error| Problem::invalid("format", error))? {
            Some(format) => triples(&state, documents, format, language),
            None => claims(state, documents, skipped, language),
        }
    })
    .await
}

fn claims(
    state: Arc<AppState>,
    documents: Vec<Document>,
    skipped: Vec<wire::SkippedDocument>,
    language: Language,
) -> Result<Response, Problem> {
    let view = View::of(state.clone(), state.store.snapshot(), language);
    let recorded = (state.clock)();
    let documents = documents.iter().map(|document| {
        let extraction = state.pipeline.extract(document);
        let facts = DocumentFacts {
            id: document.id.clone(),
            version: document.content_hash(),
            lang: document.lang,
            published: document.published,
            publisher: document.publisher.clone(),
            title: document.title.clone(),
            recorded,
            text_origin: String::new(),
        };
        let claims = extraction.claims.iter().map(|claim| view.claim_with(claim, &facts, None, Some(document)));
        let remarks = extraction.diagnostics.iter();
        wire::ReadOnce {
            document: view.document_ref(&facts),
            claims: claims.collect(),
            diagnostics: remarks
                .map(|remark| wire::DiagnosticRecord { code: remark.code.clone(), message: remark.message.clone() })
                .collect(),
        }
    });
    Ok(Json(wire::DryRun { documents: documents.collect(), skipped }).into_response())
}

/// The whole way in a store of its own, in memory.
fn triples(
    state: &AppState,
    documents: Vec<Document>,
    format: GraphFormat,
    language: Language,
) -> Result<Response, Problem> {
    let pipeline = &state.pipeline;
    let store = Store::in_memory(pipeline.world().clone(), pipeline.version().to_owned())?;
    let report = pipeline.ingest(&store, documents, (state.clock)(), |_| {})?;
    if !report.rejected.is_empty() {
        // What is missing from a graph would not be seen.
        return Err(rejected(&[], &report.rejected, language));
    }
    let mut out = Vec::new();
    store.dump(format, &mut out)?;
    Ok(([(header::CONTENT_TYPE, format.media_type())], out).into_response())
}

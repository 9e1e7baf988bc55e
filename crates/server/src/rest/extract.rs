//! `/v1/extract`: what documents would say, without storing them.

use super::body::{self, Form, rejected};
use crate::error::Problem;
use crate::openapi::schema;
use crate::parameters::Parameters;
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::body::Body;
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
    request_body(content((wire::DocumentIn = "application/json"), (String = "application/x-ndjson"),
        (String = "text/plain"), (String = "text/html"))),
    responses((status = 200, description = "Claims, or triples where a format is named",
            content((wire::DryRun = "application/json"), (String = "text/turtle"), (String = "application/n-triples"),
                (String = "application/ld+json"), (String = "application/rdf+xml"), (String = "application/trig"),
                (String = "application/n-quads"))),
        (status = 408, description = "The body came too slowly"),
        (status = 413, description = "Too long"),
        (status = 415, description = "None of the media types"),
        (status = 422, description = "Nothing could be read, or a document would break a shape")))]
pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    Parameters(shown): Parameters<ExtractShown>,
    body: Body,
) -> Result<Response, Problem> {
    let form = Form::of(&headers)?;
    let body = body::whole(&headers, body, form.max_bytes()).await?;
    blocking(move || {
        let (documents, skipped) = body::documents(&state, form, &body)?;
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
    let view = View::of(state.clone(), state.snapshot()?, language);
    let recorded = (state.clock)();
    let documents = documents.iter().map(|document| {
        let extraction = state.pipeline.extract(document);
        let facts = DocumentFacts::of(document, recorded);
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

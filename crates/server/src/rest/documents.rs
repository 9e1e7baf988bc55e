//! `/v1/documents`: what was read, and taking it back.

use crate::answer::{self, Column, Item};
use crate::auth::may_write;
use crate::error::Problem;
use crate::explain::{Explained, Term, describe};
use crate::format::Format;
use crate::openapi::schema;
use crate::parameters::{Common, Day, List, Nothing, PageAsked, Read, Words};
use crate::segments::Id;
use crate::state::{AppState, ServeText, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Json, Response};
use chancery_model::document::iri_hash;
use chancery_model::{DocumentFacts, Language};
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
        let wanted = snapshot.documents.values().filter(|document| filter.documents().want(document));
        answer::list(&list, &view, wanted.map(|document| DocumentItem(document)).collect())
    })
    .await
}

impl DocumentFilter {
    fn documents(&self) -> Documents<'_> {
        let Self { text_lang, publisher, since, until } = self;
        Documents { text_lang, publisher, since: *since, until: *until }
    }

    fn explain(&self) -> Explained {
        let query = Explained::new("SELECT DISTINCT ?document ?key");
        let query = query.pattern("?document a dip:Document ; schema:identifier ?key .");
        self.documents().explain(query).order("ORDER BY ?key")
    }
}

/// Documents in some languages, of some publishers, of some days. Filters name the parts, as lists of parameters cannot nest.
pub(super) struct Documents<'f> {
    pub(super) text_lang: &'f Words<Language>,
    pub(super) publisher: &'f Words<String>,
    pub(super) since: Option<Day>,
    pub(super) until: Option<Day>,
}

impl Documents<'_> {
    /// Whether a document is one of them.
    pub(super) fn want(&self, document: &DocumentFacts) -> bool {
        let published = document.published;
        self.text_lang.fit(&document.lang)
            && (self.publisher.0.is_empty() || document.publisher.as_ref().is_some_and(|name| self.publisher.fit(name)))
            && self.since.is_none_or(|Day(since)| published.is_some_and(|day| day >= since))
            && self.until.is_none_or(|Day(until)| published.is_some_and(|day| day <= until))
    }

    /// The query with what is asked of its ?document.
    pub(super) fn explain(&self, query: Explained) -> Explained {
        let day = |day: Option<Day>| day.map(|Day(day)| Term::day(day));
        query
            .any_of("?lang", self.text_lang.0.iter().map(|lang| Term::text(lang.code())))
            .pattern_if(!self.text_lang.0.is_empty(), "?document schema:inLanguage ?lang .")
            .any_of("?publisher", self.publisher.0.iter().map(|name| Term::text(name)))
            .pattern_if(!self.publisher.0.is_empty(), "?document dip:publisherName ?publisher .")
            .bound("?document schema:datePublished ?day .\nFILTER(?day >= ?since)", "?since", day(self.since))
            .bound("?document schema:datePublished ?date .\nFILTER(?date <= ?until)", "?until", day(self.until))
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
        let facts = view.snapshot.documents.get(id.as_str()).ok_or_else(|| Problem::not_found("document", &id))?;
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
pub(crate) struct DocumentItem<'s>(&'s DocumentFacts);

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
        state.note_commit();
        match receipt.documents.first() {
            Some((_, Outcome::Retracted)) => Ok(StatusCode::NO_CONTENT),
            _ => Err(Problem::not_found("live document", &id)),
        }
    })
    .await
}

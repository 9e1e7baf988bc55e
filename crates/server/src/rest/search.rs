//! `/v1/search`: entities by their names, documents by the words of their headlines and quotes.

use crate::answer::{self, Column, Item};
use crate::error::Problem;
use crate::explain::unexplained;
use crate::openapi::schema;
use crate::parameters::{Common, List, PageAsked, Words};
use crate::search::{News, words};
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::Response;
use chancery_model::{EntityId, Language};
use chancery_rdf::Selection;
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};
use utoipa::IntoParams;

/// Claims that are shown of a document.
const SHOWN: usize = 3;

/// What is looked for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchFilter {
    /// Words, in any of the languages; all of them must stand there, or begin a word that does. Also the ISO code of a state
    #[param(example = "kazakhstan", min_length = 1)]
    q: String,
    /// entity, document (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::found_kinds)]
    kind: Words<Kind>,
    /// Languages of the documents (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::languages)]
    text_lang: Words<Language>,
}

/// What is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Entity,
    Document,
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "entity" => Ok(Self::Entity),
            "document" => Ok(Self::Document),
            other => Err(format!("{other:?}; expected entity or document")),
        }
    }
}

/// Entities by name, the closest first, then documents, the newest first
#[utoipa::path(get, path = "/v1/search", tag = "search", params(SearchFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::Found>)))]
pub(crate) async fn get(State(state): State<Arc<AppState>>, list: List<SearchFilter>) -> Result<Response, Problem> {
    blocking(move || {
        let SearchFilter { q, kind, text_lang } = &list.read.filter;
        if list.read.explain {
            return Err(unexplained("words are looked up in one spelling, outside the graph"));
        }
        let view = View::of_list(state, &list)?;
        // A question in Arabic letters is Arabic, whatever the labels are in; the rest is spelled alike in all.
        let asked: BTreeSet<Vec<String>> =
            Language::ALL.into_iter().map(|language| words(q, language)).filter(|asked| !asked.is_empty()).collect();
        if asked.is_empty() {
            return Err(Problem::invalid("q", "no word in it"));
        }
        let mut found = Vec::new();
        if kind.fit(&Kind::Entity) {
            found.extend(entities(&view, &asked));
        }
        if kind.fit(&Kind::Document) {
            found.extend(documents(&view, list.read.as_known.is_none(), &asked, text_lang));
        }
        answer::list(&list, &view, found)
    })
    .await
}

fn entities(view: &View, asked: &BTreeSet<Vec<String>>) -> Vec<Found> {
    let mut found: Vec<(EntityId, f64)> = asked.iter().flat_map(|asked| view.state.names().find(asked)).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut seen = BTreeSet::new();
    found.retain(|(id, _)| seen.insert(id.clone()));
    found.into_iter().map(|(id, score)| Found::Entity { id, score }).collect()
}

fn documents(view: &View, is_now: bool, asked: &BTreeSet<Vec<String>>, languages: &Words<Language>) -> Vec<Found> {
    let find = |news: &News| asked.iter().flat_map(|asked| news.find(asked)).collect::<BTreeSet<String>>();
    let keys = if is_now {
        let mut news = view.state.news.lock().unwrap_or_else(PoisonError::into_inner);
        news.follow(&view.snapshot);
        find(&news)
    } else {
        let mut news = News::default();
        news.follow(&view.snapshot);
        find(&news)
    };
    let facts = keys.iter().filter_map(|key| view.snapshot.documents.get(key.as_str()));
    let mut facts: Vec<_> = facts.filter(|facts| languages.fit(&facts.lang)).collect();
    facts.sort_by_key(|facts| (Reverse(facts.published), facts.id.clone()));
    let asked: BTreeSet<String> = asked.iter().flatten().cloned().collect();
    facts.into_iter().map(|facts| Found::Document { key: facts.id.to_string(), asked: asked.clone() }).collect()
}

/// Something that was found.
pub(crate) enum Found {
    Entity { id: EntityId, score: f64 },
    Document { key: String, asked: BTreeSet<String> },
}

impl Item for Found {
    type Wire = wire::Found;

    const COLUMNS: &'static [Column] = &[
        ("kind", "/kind"),
        ("id", "/id"),
        ("label", "/label"),
        ("score", "/score"),
        ("publisher", "/document/publisher"),
        ("published", "/document/published"),
        ("quote", "/claims/0/quote"),
        ("iri", "/iri"),
    ];

    fn wire(&self, view: &View) -> wire::Found {
        match self {
            Self::Entity { id, score } => wire::Found::entity(view.entity_record(id), *score),
            Self::Document { key, asked } => {
                let facts = view.snapshot.documents.get(key.as_str());
                let holds = |quote: &str, language| words(quote, language).iter().any(|word| asked.contains(word));
                let claims = view.snapshot.claims_of_document(key).into_iter();
                let claims = claims.filter(|told| holds(&told.claim.evidence.quote, told.document.lang)).take(SHOWN);
                wire::Found::document(
                    facts.map(|facts| view.document(facts)),
                    claims.map(|told| view.claim(told)).collect(),
                )
            }
        }
    }

    fn select<'a>(&'a self, view: &'a View, selection: &mut Selection<'a>) {
        match self {
            Self::Entity { id, .. } => selection.entities.push(id),
            Self::Document { key, .. } => {
                selection.documents.extend(view.snapshot.documents.get(key.as_str()).map(Arc::as_ref));
            }
        }
    }
}

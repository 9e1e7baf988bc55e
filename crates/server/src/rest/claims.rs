//! `/v1/claims`: what one document says, and the words that say it.

use super::documents::Documents;
use crate::answer::{self, Column, Item};
use crate::error::Problem;
use crate::explain::{Explained, Term, describe};
use crate::openapi::schema;
use crate::parameters::{Common, Day, List, Nothing, PageAsked, Read, Words};
use crate::segments::Id;
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::{IntoResponse, Json, Response};
use chancery_model::{ClaimId, EventId, EventType, Language, ReportedClaim, StateId, Status};
use chancery_rdf::{Resource, Selection};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// One claim
#[utoipa::path(get, path = "/v1/claims/{id}", tag = "claims", params(("id" = String, Path), Common),
    responses((status = 200, body = wire::Claim)))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    read: Read<Nothing>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::new(state, &read)?;
        let claim = find(&view, id)?;
        if read.explain {
            return Ok(describe(&Resource::Claim(claim.claim.id.clone())));
        }
        answer::one(&read, &view, &ClaimItem(claim))
    })
    .await
}

/// The sentence behind a claim, with the place of the quote in it
#[utoipa::path(get, path = "/v1/claims/{id}/evidence", tag = "claims", params(("id" = String, Path), Common),
    responses((status = 200, body = wire::Sentence)))]
pub(crate) async fn evidence(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    read: Read<Nothing>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::new(state, &read)?;
        let claim = find(&view, id)?;
        if read.explain {
            return Ok(describe(&Resource::Evidence(claim.claim.id.clone())));
        }
        read.format(&[crate::format::Format::Json])?;
        let evidence = view.claim(claim).evidence;
        let evidence = evidence.ok_or_else(|| Problem::not_found("text served for claim", &claim.claim.id.0))?;
        Ok(Json(evidence).into_response())
    })
    .await
}

fn find(view: &View, id: String) -> Result<&ReportedClaim, Problem> {
    let id = ClaimId::from(id);
    view.snapshot.claims.get(&id).ok_or_else(|| Problem::not_found("claim", &id.0))
}

/// Which claims.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ClaimFilter {
    /// Event types (comma: or)
    #[serde(default, alias = "kind")]
    #[param(schema_with = schema::event_types)]
    r#type: Words<EventType>,
    /// How real they are (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::statuses)]
    status: Words<Status>,
    /// Languages of the documents (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::languages)]
    text_lang: Words<Language>,
    /// Publishers, as the documents write them (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::texts, required = false)]
    publisher: Words<String>,
    /// Of documents published on this day or later
    #[param(schema_with = schema::day)]
    since: Option<Day>,
    /// Of documents published on this day or earlier
    #[param(schema_with = schema::day)]
    until: Option<Day>,
}

impl ClaimFilter {
    fn wants(&self, reported: &ReportedClaim) -> bool {
        let ReportedClaim { claim, document } = reported;
        self.r#type.fit(&claim.event_type) && self.status.fit(&claim.status) && self.documents().want(document)
    }

    fn documents(&self) -> Documents<'_> {
        let Self { text_lang, publisher, since, until, .. } = self;
        Documents { text_lang, publisher, since: *since, until: *until }
    }

    /// Those wanted of some claims, the newest document first.
    pub(super) fn list<'s>(
        &self,
        list: &List<Self>,
        view: &View,
        claims: impl Iterator<Item = &'s ReportedClaim>,
    ) -> Result<Response, Problem> {
        let mut claims: Vec<&ReportedClaim> = claims.filter(|claim| self.wants(claim)).collect();
        claims
            .sort_by(|a, b| b.document.published.cmp(&a.document.published).then_with(|| a.claim.id.cmp(&b.claim.id)));
        answer::list(list, view, claims.into_iter().map(ClaimItem).collect())
    }

    /// What every query for claims begins with.
    pub(super) fn query() -> Explained {
        Explained::new("SELECT DISTINCT ?claim ?type ?status")
    }

    /// The query, once what the claims are of is said.
    pub(super) fn explain(&self, query: Explained) -> Response {
        let query = query
            .pattern("?claim a dip:Claim ; dip:eventType ?type ; dip:status ?status ; prov:wasDerivedFrom ?document .")
            .words("?type", &self.r#type)
            .words("?status", &self.status);
        self.documents().explain(query).order("ORDER BY ?claim").answer()
    }
}

/// What tells one event, the newest document first
#[utoipa::path(get, path = "/v1/events/{id}/claims", tag = "events",
    params(("id" = String, Path), ClaimFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::Claim>)))]
pub(crate) async fn of_event(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    list: List<ClaimFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::of_list(state, &list)?;
        let id = EventId::from(id);
        let event = view.snapshot.event(&id).ok_or_else(|| Problem::not_found("event", &id.0))?;
        all_of(&list, &view, &event.claims, "?event", Resource::Event(id), "?claim dip:about ?event .")
    })
    .await
}

/// What supports one relation state, the newest document first
#[utoipa::path(get, path = "/v1/relations/{id}/claims", tag = "relations",
    params(("id" = String, Path), ClaimFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::Claim>)))]
pub(crate) async fn of_relation(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    list: List<ClaimFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::of_list(state, &list)?;
        let id = StateId::from(id);
        let relation = view.snapshot.state(&id).ok_or_else(|| Problem::not_found("relation", &id.0))?;
        let (claims, pattern) = (&relation.supported_by, "?relation dip:supportedBy ?claim .");
        all_of(&list, &view, claims, "?relation", Resource::Relation(id), pattern)
    })
    .await
}

/// The wanted ones of some claims of one thing, or the query for them: `variable` stands for the thing in `pattern`.
fn all_of(
    list: &List<ClaimFilter>,
    view: &View,
    claims: &[ClaimId],
    variable: &'static str,
    thing: Resource,
    pattern: &'static str,
) -> Result<Response, Problem> {
    let filter = &list.read.filter;
    if list.read.explain {
        let query = ClaimFilter::query().any_of(variable, [Term::resource(&thing)]);
        return Ok(filter.explain(query.pattern(pattern)));
    }
    filter.list(list, view, claims.iter().filter_map(|id| view.snapshot.claims.get(id)))
}

/// A claim in a list or alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClaimItem<'s>(pub(crate) &'s ReportedClaim);

impl Item for ClaimItem<'_> {
    type Wire = wire::Claim;

    const COLUMNS: &'static [Column] = &[
        ("id", "/id"),
        ("type", "/type"),
        ("subtype", "/subtype"),
        ("status", "/status"),
        ("source", "/source/*"),
        ("target", "/target/*"),
        ("agreement", "/agreement"),
        ("date", "/date"),
        ("date_not_before", "/date_not_before"),
        ("date_not_after", "/date_not_after"),
        ("attributed_to", "/attributed_to/*"),
        ("attribution", "/attribution_labels/*"),
        ("place", "/place"),
        ("topic", "/topic"),
        ("confidence", "/confidence"),
        ("document", "/document/id"),
        ("publisher", "/document/publisher"),
        ("published", "/document/published"),
        ("lang", "/document/lang"),
        ("quote", "/quote"),
        ("event", "/event"),
        ("iri", "/iri"),
    ];

    fn wire(&self, view: &View) -> wire::Claim {
        view.claim(self.0)
    }

    fn select<'a>(&'a self, view: &'a View, selection: &mut Selection<'a>) {
        selection.claims.push(view.with_event(self.0));
        selection.documents.push(&self.0.document);
    }
}

//! `/v1/agreements`, `/v1/organizations`, `/v1/actors`: entities and what is said of them.

use crate::error::Problem;
use crate::parameters::{self, Paging, Parameters};
use crate::state::{AppState, blocking};
use crate::view::{View, newest_events_first, newest_states_first};
use crate::wire;
use axum::extract::{OriginalUri, Path, State};
use axum::http::Uri;
use axum::response::{Json, Response};
use chancery_model::{EntityId, EntityKind, Event};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// Events in an answer about an entity.
const RECENT_EVENTS: usize = 20;

/// Which entities.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EntityFilter {
    /// Language of labels: ar, en
    pub(super) lang: Option<String>,
    /// What was believed then: a day or a timestamp
    pub(super) as_known: Option<String>,
    /// Items of one page, from 1 to 200
    pub(super) limit: Option<usize>,
    /// Where the page before ended
    pub(super) cursor: Option<String>,
}

/// How an entity is shown.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EntityShown {
    /// The day that `holds` speaks of
    as_of: Option<String>,
    /// Language of labels: ar, en
    lang: Option<String>,
    /// What was believed then: a day or a timestamp
    as_known: Option<String>,
}

/// Named agreements, by id
#[utoipa::path(get, path = "/v1/agreements", tag = "agreements", params(EntityFilter),
    responses((status = 200, body = wire::List<wire::EntityRecord>)))]
pub(crate) async fn agreements(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
    Parameters(filter): Parameters<EntityFilter>,
) -> Result<Response, Problem> {
    blocking(move || page(state, uri, filter, EntityKind::Agreement)).await
}

/// International organisations, by id
#[utoipa::path(get, path = "/v1/organizations", tag = "organizations", params(EntityFilter),
    responses((status = 200, body = wire::List<wire::EntityRecord>)))]
pub(crate) async fn organizations(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
    Parameters(filter): Parameters<EntityFilter>,
) -> Result<Response, Problem> {
    blocking(move || page(state, uri, filter, EntityKind::Org)).await
}

/// One agreement with its parties, announced ones told apart
#[utoipa::path(get, path = "/v1/agreements/{id}", tag = "agreements", params(("id" = String, Path), EntityShown),
    responses((status = 200, body = wire::EntityRelations), (status = 404, description = "No such agreement")))]
pub(crate) async fn agreement(
    State(state): State<Arc<AppState>>,
    Path(id): Path<String>,
    Parameters(shown): Parameters<EntityShown>,
) -> Result<Json<wire::EntityRelations>, Problem> {
    blocking(move || relations(state, &id, "agreement", Some(EntityKind::Agreement), &shown)).await
}

/// One organisation with what is said of it
#[utoipa::path(get, path = "/v1/organizations/{id}", tag = "organizations", params(("id" = String, Path), EntityShown),
    responses((status = 200, body = wire::EntityRelations), (status = 404, description = "No such organisation")))]
pub(crate) async fn organization(
    State(state): State<Arc<AppState>>,
    Path(id): Path<String>,
    Parameters(shown): Parameters<EntityShown>,
) -> Result<Json<wire::EntityRelations>, Problem> {
    blocking(move || relations(state, &id, "organisation", Some(EntityKind::Org), &shown)).await
}

/// Any entity with what is said of it
#[utoipa::path(get, path = "/v1/actors/{id}", tag = "actors", params(("id" = String, Path), EntityShown),
    responses((status = 200, body = wire::EntityRelations), (status = 404, description = "No such actor")))]
pub(crate) async fn actor(
    State(state): State<Arc<AppState>>,
    Path(id): Path<String>,
    Parameters(shown): Parameters<EntityShown>,
) -> Result<Json<wire::EntityRelations>, Problem> {
    blocking(move || relations(state, &id, "actor", None, &shown)).await
}

fn page(state: Arc<AppState>, uri: Uri, filter: EntityFilter, kind: EntityKind) -> Result<Response, Problem> {
    let view = View::new(state, &filter.lang, &filter.as_known)?;
    let world = view.snapshot.world.clone();
    let ids: Vec<&EntityId> = world.entities().map(|entity| &entity.id).filter(|id| id.kind() == kind).collect();
    let paging = Paging { limit: filter.limit, cursor: filter.cursor, uri, revision: view.snapshot.revision };
    paging.page(ids, |id| view.entity_record(id))
}

fn relations(
    state: Arc<AppState>,
    code: &str,
    what: &str,
    kind: Option<EntityKind>,
    shown: &EntityShown,
) -> Result<Json<wire::EntityRelations>, Problem> {
    let mut view = View::new(state, &shown.lang, &shown.as_known)?;
    let id = find(&view, code, what, kind)?;
    let as_of = view.as_of(parameters::day("as_of", &shown.as_of)?);
    let snapshot = view.snapshot.clone();
    let mut states: Vec<_> = snapshot.states_of(&id).collect();
    newest_states_first(&mut states);
    let mut events: Vec<&Event> = snapshot.events_of(&id).collect();
    newest_events_first(&mut events);
    events.truncate(RECENT_EVENTS);
    Ok(Json(wire::EntityRelations {
        entity: view.entity_record(&id),
        states: states.into_iter().map(|state| view.state(state, as_of)).collect(),
        recent_events: events.into_iter().map(|event| view.event(event)).collect(),
    }))
}

/// By id, by code, or by the slug alone; unnamed agreements are known by the news only.
fn find(view: &View, code: &str, what: &str, kind: Option<EntityKind>) -> Result<EntityId, Problem> {
    let with_prefix = kind.map(|kind| format!("{}:{code}", kind.prefix()));
    let known = view.entity(what, code).ok();
    let by_slug = with_prefix.and_then(|code| view.entity(what, &code).ok());
    let unnamed = code.parse::<EntityId>().ok().filter(|id| view.snapshot.states_of(id).next().is_some());
    known
        .or(by_slug)
        .or(unnamed)
        .filter(|id| kind.is_none_or(|kind| id.kind() == kind))
        .ok_or_else(|| Problem::not_found(what, code))
}

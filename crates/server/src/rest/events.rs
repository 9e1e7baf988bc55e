//! `/v1/events`: what happened, was planned, or was denied.

use super::claims::Shown;
use crate::error::Problem;
use crate::parameters::{self, Paging, Parameters};
use crate::state::{AppState, blocking};
use crate::view::{View, newest_events_first};
use crate::wire;
use axum::extract::{OriginalUri, Path, State};
use axum::http::Uri;
use axum::response::{Json, Response};
use chancery_model::{EntityId, Event, EventId, EventType, Status};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which events.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventFilter {
    /// Event types (comma: or)
    r#type: Option<String>,
    /// occurred, planned, possible, denied, cancelled (comma: or)
    status: Option<String>,
    /// Actors that take part (comma: any of them)
    with: Option<String>,
    /// 1 cooperation, -1 conflict
    sign: Option<String>,
    /// Not wholly before this day
    since: Option<String>,
    /// Not wholly after this day
    until: Option<String>,
    /// At least so many independent origins
    min_sources: Option<usize>,
    /// Language of labels: ar, en
    lang: Option<String>,
    /// What was believed then: a day or a timestamp
    as_known: Option<String>,
    /// Items of one page, from 1 to 200
    limit: Option<usize>,
    /// Where the page before ended
    cursor: Option<String>,
}

/// Events, newest first
#[utoipa::path(get, path = "/v1/events", tag = "events", params(EventFilter),
    responses((status = 200, body = wire::List<wire::Event>)))]
pub(crate) async fn list(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
    Parameters(filter): Parameters<EventFilter>,
) -> Result<Response, Problem> {
    blocking(move || page(state, uri, filter, None)).await
}

/// One event with its claims
#[utoipa::path(get, path = "/v1/events/{id}", tag = "events", params(("id" = String, Path), Shown),
    responses((status = 200, body = wire::Event), (status = 404, description = "No such event")))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Path(id): Path<String>,
    Parameters(shown): Parameters<Shown>,
) -> Result<Json<wire::Event>, Problem> {
    blocking(move || {
        let mut view = View::new(state, &shown.lang, &shown.as_known)?;
        let event = view.snapshot.event(&EventId(id.clone())).cloned();
        event.map(|event| Json(view.event(&event))).ok_or_else(|| Problem::not_found("event", &id))
    })
    .await
}

/// One page of the events that fit, of one country or of all.
pub(super) fn page(
    state: Arc<AppState>,
    uri: Uri,
    filter: EventFilter,
    country: Option<&str>,
) -> Result<Response, Problem> {
    let mut view = View::new(state, &filter.lang, &filter.as_known)?;
    let snapshot = view.snapshot.clone();
    let wanted = Wanted::read(&filter, &view)?;
    let all: Vec<&Event> = match country {
        Some(code) => snapshot.events_of(&view.country(code)?).collect(),
        None => snapshot.fusion.events.iter().collect(),
    };
    let mut events: Vec<&Event> = all.into_iter().filter(|event| wanted.wants(event)).collect();
    newest_events_first(&mut events);
    let paging = Paging { limit: filter.limit, cursor: filter.cursor, uri, revision: snapshot.revision };
    paging.page(events, |event| view.event(event))
}

struct Wanted {
    types: Vec<EventType>,
    statuses: Vec<Status>,
    with: Vec<EntityId>,
    signs: Vec<i8>,
    since: Option<jiff::civil::Date>,
    until: Option<jiff::civil::Date>,
    origins: usize,
}

impl Wanted {
    fn read(filter: &EventFilter, view: &View) -> Result<Self, Problem> {
        Ok(Self {
            types: parameters::list("type", &filter.r#type)?,
            statuses: parameters::list("status", &filter.status)?,
            with: parameters::entities("with", &filter.with, &view.snapshot.world)?,
            signs: parameters::list("sign", &filter.sign)?,
            since: parameters::day("since", &filter.since)?,
            until: parameters::day("until", &filter.until)?,
            origins: filter.min_sources.unwrap_or(0),
        })
    }

    fn wants(&self, event: &Event) -> bool {
        let parties = event.parties();
        let sign = if event.event_type.is_cooperative() { 1 } else { -1 };
        let last = event.date.not_after().or(event.date.not_before());
        let first = event.date.not_before().or(event.date.not_after());
        fits(&self.types, &event.event_type)
            && fits(&self.statuses, &event.status)
            && fits(&self.signs, &sign)
            && (self.with.is_empty() || self.with.iter().any(|id| parties.contains(id)))
            && self.since.is_none_or(|since| last.is_some_and(|day| day >= since))
            && self.until.is_none_or(|until| first.is_some_and(|day| day <= until))
            && event.origins >= self.origins
    }
}

/// Whether a value is among those wanted; none wanted means all.
pub(super) fn fits<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
}

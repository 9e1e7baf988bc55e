//! `/v1/countries`: states and territories, their relations, events and network.

use super::claims::Shown;
use super::events::{self, EventFilter, fits};
use super::network::{self, NetworkFilter};
use crate::error::Problem;
use crate::parameters::{self, Paging, Parameters};
use crate::state::{AppState, blocking};
use crate::view::{View, newest_events_first, newest_states_first};
use crate::wire;
use axum::extract::{OriginalUri, Path, State};
use axum::http::HeaderMap;
use axum::response::{Json, Response};
use chancery_model::{EntityId, EntityKind, Event, RelationState, StateKind, StateStatus};
use chancery_store::Snapshot;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// Events in an answer about relations.
const RECENT_EVENTS: usize = 20;

/// Which countries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CountryFilter {
    /// Words of a name, in any language, or a code
    q: Option<String>,
    /// Only those that the news speaks of
    active: Option<bool>,
    /// M49 regions (comma: or)
    region: Option<String>,
    /// Language of labels: ar, en
    lang: Option<String>,
    /// What was believed then: a day or a timestamp
    as_known: Option<String>,
    /// Items of one page, from 1 to 200
    limit: Option<usize>,
    /// Where the page before ended
    cursor: Option<String>,
}

/// Which relations.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RelationFilter {
    /// State kinds (comma: or)
    kind: Option<String>,
    /// announced, in-force, suspended, ended, abandoned (comma: or)
    status: Option<String>,
    /// Other parties (comma: any of them)
    with: Option<String>,
    /// news, reference
    origin: Option<String>,
    /// At least so many independent origins
    min_sources: Option<usize>,
    /// The day that `holds` speaks of
    as_of: Option<String>,
    /// Language of labels: ar, en
    lang: Option<String>,
    /// What was believed then: a day or a timestamp
    as_known: Option<String>,
}

/// Countries, by id
#[utoipa::path(get, path = "/v1/countries", tag = "countries", params(CountryFilter),
    responses((status = 200, body = wire::List<wire::Country>)))]
pub(crate) async fn list(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
    Parameters(filter): Parameters<CountryFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::new(state, &filter.lang, &filter.as_known)?;
        let regions: Vec<String> = parameters::list("region", &filter.region)?;
        let world = view.snapshot.world.clone();
        let wanted = world.entities().filter(|entity| {
            entity.id.kind() == EntityKind::State
                && (regions.is_empty() || entity.region.as_ref().is_some_and(|region| regions.contains(region)))
                && filter.q.as_deref().is_none_or(|words| is_called(entity, words))
                && (filter.active != Some(true) || is_active(&view.snapshot, &entity.id))
        });
        let items: Vec<EntityId> = wanted.map(|entity| entity.id.clone()).collect();
        let revision = view.snapshot.revision;
        let paging = Paging { limit: filter.limit, cursor: filter.cursor, uri, revision };
        paging.page(items, |id| view.country_record(&id))
    })
    .await
}

fn is_active(snapshot: &Snapshot, id: &EntityId) -> bool {
    snapshot.events_of(id).next().is_some() || snapshot.states_of(id).any(Snapshot::is_news)
}

fn is_called(entity: &chancery_model::Entity, words: &str) -> bool {
    let words = words.trim().to_lowercase();
    let names = entity.labels.values().chain(entity.alternative.iter().map(|(_, name)| name));
    let codes = [Some(entity.id.as_str()), entity.alpha2.as_deref(), entity.wikidata.as_deref()];
    names.into_iter().any(|name| name.to_lowercase().contains(&words))
        || codes.into_iter().flatten().any(|code| code.to_lowercase() == words)
}

/// One country with its codes
#[utoipa::path(get, path = "/v1/countries/{id}", tag = "countries",
    params(("id" = String, Path, description = "KAZ, iso2:KZ, wikidata:Q232, cow:705"), Shown),
    responses((status = 200, body = wire::Country), (status = 404, description = "No such country")))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Path(code): Path<String>,
    Parameters(shown): Parameters<Shown>,
) -> Result<Json<wire::Country>, Problem> {
    blocking(move || {
        let view = View::new(state, &shown.lang, &shown.as_known)?;
        let record = view.country_record(&view.country(&code)?);
        record.map(Json).ok_or_else(|| Problem::not_found("country", &code))
    })
    .await
}

/// What holds between a country and others, and its newest events
#[utoipa::path(get, path = "/v1/countries/{id}/relations", tag = "countries",
    params(("id" = String, Path), RelationFilter),
    responses((status = 200, body = wire::Relations), (status = 404, description = "No such country")))]
pub(crate) async fn relations(
    State(state): State<Arc<AppState>>,
    Path(code): Path<String>,
    Parameters(filter): Parameters<RelationFilter>,
) -> Result<Json<wire::Relations>, Problem> {
    blocking(move || {
        let mut view = View::new(state, &filter.lang, &filter.as_known)?;
        let country = view.country(&code)?;
        let snapshot = view.snapshot.clone();
        let as_of = view.as_of(parameters::day("as_of", &filter.as_of)?);
        let wanted = WantedStates::read(&filter, &view)?;
        let mut states: Vec<_> = snapshot.states_of(&country).filter(|state| wanted.wants(state)).collect();
        newest_states_first(&mut states);
        let mut events: Vec<&Event> = snapshot.events_of(&country).collect();
        newest_events_first(&mut events);
        events.truncate(RECENT_EVENTS);
        Ok(Json(wire::Relations {
            country: view.reference(&country),
            as_of,
            revision: snapshot.revision,
            states: states.into_iter().map(|state| view.state(state, as_of)).collect(),
            recent_events: events.into_iter().map(|event| view.event(event)).collect(),
        }))
    })
    .await
}

struct WantedStates {
    kinds: Vec<StateKind>,
    statuses: Vec<StateStatus>,
    with: Vec<EntityId>,
    news: Option<bool>,
    origins: usize,
}

impl WantedStates {
    fn read(filter: &RelationFilter, view: &View) -> Result<Self, Problem> {
        let news = match filter.origin.as_deref() {
            None => None,
            Some("news") => Some(true),
            Some("reference") => Some(false),
            Some(other) => return Err(Problem::invalid("origin", format!("{other:?}; expected news or reference"))),
        };
        Ok(Self {
            kinds: parameters::list("kind", &filter.kind)?,
            statuses: parameters::list("status", &filter.status)?,
            with: parameters::entities("with", &filter.with, &view.snapshot.world)?,
            news,
            origins: filter.min_sources.unwrap_or(0),
        })
    }

    fn wants(&self, state: &RelationState) -> bool {
        let named = |id: &EntityId| state.members().contains(id) || state.agreement.as_ref() == Some(id);
        fits(&self.kinds, &state.kind)
            && fits(&self.statuses, &state.status)
            && (self.with.is_empty() || self.with.iter().any(named))
            && self.news.is_none_or(|news| Snapshot::is_news(state) == news)
            && state.origins >= self.origins
    }
}

/// The events of one country, newest first
#[utoipa::path(get, path = "/v1/countries/{id}/events", tag = "countries", params(("id" = String, Path), EventFilter),
    responses((status = 200, body = wire::List<wire::Event>), (status = 404, description = "No such country")))]
pub(crate) async fn events(
    State(state): State<Arc<AppState>>,
    Path(code): Path<String>,
    OriginalUri(uri): OriginalUri,
    Parameters(filter): Parameters<EventFilter>,
) -> Result<Response, Problem> {
    blocking(move || events::page(state, uri, filter, Some(&code))).await
}

/// The network around one country
#[utoipa::path(get, path = "/v1/countries/{id}/network", tag = "countries",
    params(("id" = String, Path), NetworkFilter),
    responses((status = 200, description = "The network in the format asked for; node-link JSON unless told"),
        (status = 404, description = "No such country")))]
pub(crate) async fn network(
    State(state): State<Arc<AppState>>,
    Path(code): Path<String>,
    headers: HeaderMap,
    Parameters(filter): Parameters<NetworkFilter>,
) -> Result<Response, Problem> {
    blocking(move || network::answer(state, &headers, &filter, Some(&code))).await
}

//! `/v1/agreements`, `/v1/organizations`, `/v1/actors`: entities and what is said of them.

use super::events::newest;
use super::relations::{StateFilter, StateItem};
use crate::answer::{self, Column, Item};
use crate::error::Problem;
use crate::explain::{Explained, Term, unexplained};
use crate::format::Format;
use crate::openapi::schema;
use crate::parameters::{Common, List, PageAsked, Words};
use crate::segments::Id;
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::{IntoResponse, Json, Response};
use chancery_model::{Entity, EntityId, EntityKind, StateKind};
use chancery_rdf::Selection;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::IntoParams;

/// Events in an answer about an entity.
const RECENT_EVENTS: usize = 20;

/// Which entities.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EntityFilter {
    /// Words of a name, in any language, or a code
    q: Option<String>,
    /// Only those that the news speaks of
    active: Option<bool>,
}

/// Which actors.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ActorFilter {
    /// state, org, group (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::texts, required = false)]
    kind: Words<ActorKind>,
    /// Words of a name, in any language, or a code
    q: Option<String>,
    /// Only those that the news speaks of
    active: Option<bool>,
}

/// A kind of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ActorKind(EntityKind);

impl std::str::FromStr for ActorKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let kinds = [EntityKind::State, EntityKind::Org, EntityKind::Group];
        let found = kinds.into_iter().find(|kind| kind.prefix() == text);
        found.map(Self).ok_or_else(|| format!("{text:?}; expected state, org or group"))
    }
}

/// States, organisations and groups, by id
#[utoipa::path(get, path = "/v1/actors", tag = "actors", params(ActorFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::EntityRecord>)))]
pub(crate) async fn actors(State(state): State<Arc<AppState>>, list: List<ActorFilter>) -> Result<Response, Problem> {
    blocking(move || {
        let ActorFilter { kind, q, active } = &list.read.filter;
        let kinds = [EntityKind::State, EntityKind::Org, EntityKind::Group];
        let kinds: Vec<EntityKind> = kinds.into_iter().filter(|known| kind.fit(&ActorKind(*known))).collect();
        page(state, &list, &kinds, &EntityFilter { q: q.clone(), active: *active })
    })
    .await
}

/// Named agreements, by id
#[utoipa::path(get, path = "/v1/agreements", tag = "agreements", params(EntityFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::EntityRecord>)))]
pub(crate) async fn agreements(
    State(state): State<Arc<AppState>>,
    list: List<EntityFilter>,
) -> Result<Response, Problem> {
    blocking(move || page(state, &list, &[EntityKind::Agreement], &list.read.filter)).await
}

/// International organisations, by id
#[utoipa::path(get, path = "/v1/organizations", tag = "organizations", params(EntityFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::EntityRecord>)))]
pub(crate) async fn organizations(
    State(state): State<Arc<AppState>>,
    list: List<EntityFilter>,
) -> Result<Response, Problem> {
    blocking(move || page(state, &list, &[EntityKind::Org], &list.read.filter)).await
}

/// One agreement with the states that it is in, announced ones told apart
#[utoipa::path(get, path = "/v1/agreements/{id}", tag = "agreements",
    params(("id" = String, Path, description = "`agreement:` and the slug, or the slug alone", example = "abraham-accords"),
        StateFilter, Common, PageAsked),
    responses((status = 200, body = wire::EntityRelations)))]
pub(crate) async fn agreement(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    list: List<StateFilter>,
) -> Result<Response, Problem> {
    blocking(move || entity(state, &list, &id, "agreement", Some(EntityKind::Agreement))).await
}

/// Who is bound by an agreement, at which stage, and who is expected to be
#[utoipa::path(get, path = "/v1/agreements/{id}/parties", tag = "agreements",
    params(("id" = String, Path, example = "abraham-accords"), StateFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::State>)))]
pub(crate) async fn parties(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    list: List<StateFilter>,
) -> Result<Response, Problem> {
    blocking(move || members(state, &list, &id, EntityKind::Agreement, StateKind::PartyTo)).await
}

/// One organisation with what is said of it
#[utoipa::path(get, path = "/v1/organizations/{id}", tag = "organizations",
    params(("id" = String, Path, description = "`org:` and the slug, or the slug alone", example = "nato"),
        StateFilter, Common, PageAsked),
    responses((status = 200, body = wire::EntityRelations)))]
pub(crate) async fn organization(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    list: List<StateFilter>,
) -> Result<Response, Problem> {
    blocking(move || entity(state, &list, &id, "organisation", Some(EntityKind::Org))).await
}

/// Who belongs to an organisation, belonged to it, or is expected to
#[utoipa::path(get, path = "/v1/organizations/{id}/members", tag = "organizations",
    params(("id" = String, Path, example = "nato"), StateFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::State>)))]
pub(crate) async fn organization_members(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    list: List<StateFilter>,
) -> Result<Response, Problem> {
    blocking(move || members(state, &list, &id, EntityKind::Org, StateKind::MemberOf)).await
}

/// Any entity with what is said of it
#[utoipa::path(get, path = "/v1/actors/{id}", tag = "actors",
    params(("id" = String, Path, description = "Any code or compact id", example = "USA"), StateFilter, Common, PageAsked),
    responses((status = 200, body = wire::EntityRelations)))]
pub(crate) async fn actor(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    list: List<StateFilter>,
) -> Result<Response, Problem> {
    blocking(move || entity(state, &list, &id, "actor", None)).await
}

fn page<T>(
    state: Arc<AppState>,
    list: &List<T>,
    kinds: &[EntityKind],
    filter: &EntityFilter,
) -> Result<Response, Problem> {
    if list.read.explain {
        return filter.explain(kinds);
    }
    let view = View::of_list(state, list)?;
    let world = view.snapshot.world.clone();
    let wanted = world.entities().filter(|entity| {
        kinds.contains(&entity.id.kind())
            && filter.q.as_deref().is_none_or(|words| is_called(entity, words))
            && (filter.active != Some(true) || is_active(&view, &entity.id))
    });
    let items = wanted.map(|entity| EntityItem(entity.id.clone())).collect();
    answer::list(list, &view, items)
}

impl EntityFilter {
    fn explain(&self, kinds: &[EntityKind]) -> Result<Response, Problem> {
        if self.q.is_some() || self.active.is_some() {
            return Err(unexplained("q and active look into names and into the news"));
        }
        let classes = kinds.iter().map(|kind| Term::class(*kind));
        let query = Explained::new("SELECT DISTINCT ?entity ?id").any_of("?class", classes);
        Ok(query.pattern("?entity a ?class ; skos:notation ?id .").order("ORDER BY ?id").answer())
    }
}

fn is_active(view: &View, id: &EntityId) -> bool {
    view.snapshot.events_of(id).next().is_some() || view.news_states(id) > 0
}

/// Whether an entity goes by a code, or by a name that holds these words.
pub(super) fn is_called(entity: &Entity, words: &str) -> bool {
    let words = words.trim().to_lowercase();
    let names = entity.labels.values().chain(entity.alternative.iter().map(|(_, name)| name));
    let codes = [Some(entity.id.as_str()), entity.alpha2.as_deref(), entity.wikidata.as_deref()];
    names.into_iter().any(|name| name.to_lowercase().contains(&words))
        || codes.into_iter().flatten().any(|code| code.to_lowercase() == words)
}

/// The states of a kind that an entity is in.
fn members(
    state: Arc<AppState>,
    list: &List<StateFilter>,
    code: &str,
    of: EntityKind,
    kind: StateKind,
) -> Result<Response, Problem> {
    let view = View::of_list(state, list)?;
    let id = find(&view, code, of.prefix(), Some(of))?;
    if list.read.explain {
        let query = list.read.filter.explain(&view, &[&id])?;
        return Ok(query.any_of("?kind", [Term::concept(kind)]).answer());
    }
    let snapshot = view.snapshot.clone();
    let mut states = list.read.filter.states(&view, &snapshot, &id)?;
    states.retain(|item| item.state.kind == kind);
    answer::list(list, &view, states)
}

fn entity(
    state: Arc<AppState>,
    list: &List<StateFilter>,
    code: &str,
    what: &str,
    kind: Option<EntityKind>,
) -> Result<Response, Problem> {
    let view = View::of_list(state, list)?;
    let id = find(&view, code, what, kind)?;
    relations(list, &view, &id, |view, part| wire::EntityRelations {
        entity: view.entity_record(&id),
        as_of: part.as_of,
        states: part.states,
        next: part.next,
        total: part.total,
        recent_events: part.recent_events,
    })
}

/// A page of the states of an entity, and its newest events.
pub(super) struct Part {
    pub(super) as_of: Option<Date>,
    pub(super) states: Vec<wire::State>,
    pub(super) next: Option<String>,
    pub(super) total: usize,
    pub(super) recent_events: Vec<wire::Event>,
}

/// The states of an entity and, in JSON and in graph formats, its newest events.
pub(super) fn relations<W: Serialize>(
    list: &List<StateFilter>,
    view: &View,
    id: &EntityId,
    whole: impl FnOnce(&View, Part) -> W,
) -> Result<Response, Problem> {
    if list.read.explain {
        return Ok(list.read.filter.explain(view, &[id])?.answer());
    }
    let format = list.read.format(&StateItem::offer())?;
    let snapshot = view.snapshot.clone();
    let states = list.read.filter.states(view, &snapshot, id)?;
    let cut = answer::cut(list, view, states);
    let mut events = newest(snapshot.events_of(id));
    events.truncate(RECENT_EVENTS);
    let response = match format {
        Format::Json => {
            let part = Part {
                as_of: list.read.filter.as_of(view),
                states: cut.items.iter().map(|item| item.wire(view)).collect(),
                next: cut.next.clone(),
                total: cut.total,
                recent_events: events.iter().map(|item| item.wire(view)).collect(),
            };
            Json(whole(view, part)).into_response()
        }
        Format::Graph(graph) => {
            let mut selection = view.selection();
            selection.entities.push(id);
            cut.items.iter().for_each(|item| item.select(view, &mut selection));
            events.iter().for_each(|item| item.select(view, &mut selection));
            answer::graph(&selection, graph)?
        }
        other => answer::other(other, view, &cut.items)?,
    };
    Ok(answer::with_link(response, list, cut.next.as_deref()))
}

/// By id, by code, or by the slug alone; unnamed agreements are known by the news only.
pub(super) fn find(view: &View, code: &str, what: &str, kind: Option<EntityKind>) -> Result<EntityId, Problem> {
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

/// An entity in a list.
pub(crate) struct EntityItem(pub(crate) EntityId);

impl Item for EntityItem {
    type Wire = wire::EntityRecord;

    const COLUMNS: &'static [Column] = &[
        ("id", "/id"),
        ("label", "/label"),
        ("kind", "/kind"),
        ("wikidata", "/wikidata"),
        ("states", "/states"),
        ("events", "/events"),
        ("iri", "/iri"),
    ];

    const HAS_PLACE: bool = true;

    fn wire(&self, view: &View) -> wire::EntityRecord {
        view.entity_record(&self.0)
    }

    fn place(&self, view: &View) -> Option<(f64, f64)> {
        view.coordinates(&self.0)
    }

    fn select<'a>(&'a self, _: &'a View, selection: &mut Selection<'a>) {
        selection.entities.push(&self.0);
    }
}

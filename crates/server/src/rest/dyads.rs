//! `/v1/dyads/{a}/{b}`: what is between two actors: states, events, their order in time, and who says it.

use super::claims::ClaimFilter;
use super::events::{self, EventFilter, EventItem, newest, takes_part};
use super::relations::{StateFilter, StateItem};
use crate::answer::{self, Item};
use crate::error::Problem;
use crate::explain::Term;
use crate::format::Format;
use crate::parameters::{Common, List, PageAsked};
use crate::segments::Pair;
use crate::state::{AppState, blocking};
use crate::view::{View, occurred};
use crate::wire;
use axum::extract::State;
use axum::response::{IntoResponse, Json, Response};
use chancery_model::{EntityId, ReportedClaim};
use std::sync::Arc;

/// Events in the answer about a dyad; the timeline has all.
const RECENT_EVENTS: usize = 50;

/// What is between two actors
#[utoipa::path(get, path = "/v1/dyads/{a}/{b}", tag = "dyads",
    params(("a" = String, Path, example = "KAZ"), ("b" = String, Path, example = "USA"), StateFilter, Common, PageAsked),
    responses((status = 200, body = wire::Dyad)))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Pair(a, b): Pair,
    list: List<StateFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::of_list(state, &list)?;
        let (a, b) = (view.entity("actor", &a)?, view.entity("actor", &b)?);
        if list.read.explain {
            return Ok(list.read.filter.explain(&view, &[&a, &b])?.answer());
        }
        let format = list.read.format(&StateItem::offer())?;
        let snapshot = view.snapshot.clone();
        let mut states = list.read.filter.states(&view, &snapshot, &a)?;
        let is_in = |id: &EntityId, item: &StateItem<'_>| {
            item.state.members().contains(id) || item.state.agreement.as_ref() == Some(id)
        };
        states.retain(|item| is_in(&b, item));
        let cut = answer::cut(&list, &view, states);
        let mut events = newest(snapshot.events_of(&a).filter(|event| takes_part(event, &b)));
        let (counts, mean_weight) = measure(&events);
        let event_count = events.len();
        events.truncate(RECENT_EVENTS);
        let response = match format {
            Format::Json => Json(wire::Dyad {
                a: view.reference(&a),
                b: view.reference(&b),
                as_of: list.read.filter.as_of(&view),
                states: cut.items.iter().map(|item| item.wire(&view)).collect(),
                next: cut.next.clone(),
                total: cut.total,
                events: events.iter().map(|item| item.wire(&view)).collect(),
                event_count,
                counts,
                mean_weight,
            })
            .into_response(),
            Format::Graph(graph) => {
                let mut selection = view.selection();
                selection.entities.extend([&a, &b]);
                cut.items.iter().for_each(|item| item.select(&view, &mut selection));
                events.iter().for_each(|item| item.select(&view, &mut selection));
                answer::graph(&selection, graph)?
            }
            other => answer::other(other, &view, &cut.items)?,
        };
        Ok(answer::with_link(response, &list, cut.next.as_deref()))
    })
    .await
}

/// Counts and mean weight of what occurred.
fn measure(events: &[EventItem<'_>]) -> (wire::Counts, Option<f64>) {
    let occurred: Vec<_> = events.iter().map(|EventItem(event)| event).filter(|event| occurred(event)).collect();
    let cooperation = occurred.iter().filter(|event| event.event_type.is_cooperative()).count();
    let counts = wire::Counts { cooperation, conflict: occurred.len() - cooperation };
    let sum: f64 = occurred.iter().map(|event| event.event_type.row().weight).sum();
    (counts, (!occurred.is_empty()).then(|| sum / occurred.len() as f64))
}

/// The events between two actors in the order of time, the oldest first with `sort=oldest`
#[utoipa::path(get, path = "/v1/dyads/{a}/{b}/timeline", tag = "dyads",
    params(("a" = String, Path, example = "KAZ"), ("b" = String, Path, example = "USA"), EventFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::Event>)))]
pub(crate) async fn timeline(
    State(state): State<Arc<AppState>>,
    Pair(a, b): Pair,
    list: List<EventFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::of_list(state, &list)?;
        let (a, b) = (view.entity("actor", &a)?, view.entity("actor", &b)?);
        events::page(&list, &view, &[&a, &b])
    })
    .await
}

/// What documents say of two actors together, the newest document first
#[utoipa::path(get, path = "/v1/dyads/{a}/{b}/claims", tag = "dyads",
    params(("a" = String, Path, example = "KAZ"), ("b" = String, Path, example = "USA"), ClaimFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::Claim>)))]
pub(crate) async fn claims(
    State(state): State<Arc<AppState>>,
    Pair(a, b): Pair,
    list: List<ClaimFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::of_list(state, &list)?;
        let (a, b) = (view.entity("actor", &a)?, view.entity("actor", &b)?);
        let filter = &list.read.filter;
        if list.read.explain {
            let query = ClaimFilter::query().any_of("?a", [Term::entity(&a)]).any_of("?b", [Term::entity(&b)]);
            return Ok(filter.explain(query.pattern(TOGETHER)));
        }
        let snapshot = view.snapshot.clone();
        let together = snapshot.events_of(&a).filter(|event| takes_part(event, &b));
        let claims = together.flat_map(|event| &event.claims).filter_map(|id| snapshot.claims.get(id));
        let is_of = |claim: &ReportedClaim, id: &EntityId| {
            let claim = &claim.claim;
            claim.source.contains(id) || claim.target.contains(id) || claim.agreement.as_ref() == Some(id)
        };
        filter.list(&list, &view, claims.filter(|claim| is_of(claim, &a) && is_of(claim, &b)))
    })
    .await
}

/// Both have a part in it.
const TOGETHER: &str = "?claim dip:source|dip:target|dip:agreement ?a .
?claim dip:source|dip:target|dip:agreement ?b .";

//! `/v1/events`: what happened, was planned, or was denied.

use super::relations::within;
use crate::answer::{self, Column, Item};
use crate::error::{Code as ProblemCode, Problem};
use crate::explain::{Explained, Term, describe};
use crate::openapi::schema;
use crate::parameters::{Code, Common, Day, List, Nothing, PageAsked, Read, Sign, Words};
use crate::segments::Id;
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::Response;
use chancery_model::{EntityId, Event, EventId, EventType, Status, Topic};
use chancery_rdf::{Resource, Selection};
use serde::Deserialize;
use std::cmp::Reverse;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which events.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventFilter {
    /// Event types (comma: or)
    #[serde(default, alias = "kind")]
    #[param(schema_with = schema::event_types)]
    r#type: Words<EventType>,
    /// How real they are (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::statuses)]
    status: Words<Status>,
    /// Actors that take part, or the agreement, by any code (comma: any of them)
    #[serde(default)]
    #[param(schema_with = schema::codes, required = false)]
    with: Words<Code>,
    /// 1 cooperation, -1 conflict
    #[serde(default)]
    #[param(schema_with = schema::signs)]
    sign: Words<Sign>,
    /// What about (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::topics)]
    topic: Words<Topic>,
    /// Not wholly before this day
    #[param(schema_with = schema::day)]
    since: Option<Day>,
    /// Not wholly after this day; also named `as_of`
    #[param(schema_with = schema::day)]
    until: Option<Day>,
    /// What had happened by this day, as `until`
    #[param(schema_with = schema::day)]
    as_of: Option<Day>,
    /// At least so many independent origins
    min_sources: Option<u32>,
    /// Which come first; newest unless told
    #[serde(default)]
    #[param(schema_with = schema::sort)]
    sort: Option<Sort>,
}

/// Which come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sort {
    /// The newest.
    #[default]
    Newest,
    /// The oldest.
    Oldest,
}

/// Events, newest first
#[utoipa::path(get, path = "/v1/events", tag = "events", params(EventFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::Event>)))]
pub(crate) async fn list(State(state): State<Arc<AppState>>, list: List<EventFilter>) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::of_list(state, &list)?;
        page(&list, &view, &[])
    })
    .await
}

/// One event with its claims
#[utoipa::path(get, path = "/v1/events/{id}", tag = "events", params(("id" = String, Path), Common),
    responses((status = 200, body = wire::Event)))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    read: Read<Nothing>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::new(state, &read)?;
        let id = EventId::from(id);
        let event = view.snapshot.event(&id).ok_or_else(|| Problem::not_found("event", &id.0))?;
        if read.explain {
            return Ok(describe(&Resource::Event(id)));
        }
        answer::one(&read, &view, &EventItem(event))
    })
    .await
}

/// One page of the events that fit, of all or of those that all these take part in.
pub(super) fn page(list: &List<EventFilter>, view: &View, of: &[&EntityId]) -> Result<Response, Problem> {
    let filter = &list.read.filter;
    if list.read.explain {
        return filter.explain(view, of);
    }
    let snapshot = view.snapshot.clone();
    let with = filter.with.entities("with", &snapshot.world)?;
    let wanted = |event: &&Event| of.iter().all(|id| takes_part(event, id)) && filter.wants(event, &with);
    let mut events = match of.first() {
        Some(id) => newest(snapshot.events_of(id).filter(wanted)),
        None => newest(snapshot.fusion.events.iter().filter(wanted)),
    };
    if filter.sort == Some(Sort::Oldest) {
        events.reverse();
    }
    answer::list(list, view, events)
}

impl EventFilter {
    fn wants(&self, event: &Event, with: &Words<EntityId>) -> bool {
        let sign = if event.event_type.is_cooperative() { 1 } else { -1 };
        let until = match (self.until, self.as_of) {
            (Some(Day(until)), Some(Day(as_of))) => Some(Day(until.min(as_of))),
            (one, other) => one.or(other),
        };
        self.r#type.fit(&event.event_type)
            && self.status.fit(&event.status)
            && self.sign.fit(&Sign(sign))
            && (self.topic.0.is_empty() || event.topic.is_some_and(|topic| self.topic.fit(&topic)))
            && (with.0.is_empty() || with.0.iter().any(|id| takes_part(event, id)))
            && within(event.date, self.since, until)
            && event.origins >= self.min_sources.unwrap_or(0) as usize
    }

    fn explain(&self, view: &View, of: &[&EntityId]) -> Result<Response, Problem> {
        let with = self.with.entities("with", &view.snapshot.world)?;
        let mut query = Explained::new("SELECT DISTINCT ?event ?type ?status");
        for (id, (variable, pattern)) in of.iter().zip(CENTRES) {
            query = query.any_of(variable, [Term::entity(id)]).pattern(pattern);
        }
        // The sign of an event is that of its type.
        let types = match self.sign.0.as_slice() {
            [] => self.r#type.clone(),
            _ => {
                let sign = |event_type: &EventType| Sign(if event_type.is_cooperative() { 1 } else { -1 });
                let all = EventType::all().filter(|event_type| self.r#type.fit(event_type));
                Words(all.filter(|event_type| self.sign.fit(&sign(event_type))).collect())
            }
        };
        if types.0.is_empty() && !self.sign.0.is_empty() {
            return Err(Problem::new(ProblemCode::InvalidParameter, "sign: no event type of this sign is asked for"));
        }
        let day = |day: Option<Day>| day.map(|Day(day)| Term::day(day));
        let query = query
            .pattern("?event a dip:Event ; dip:eventType ?type ; dip:status ?status .")
            .words("?type", &types)
            .words("?status", &self.status)
            .words("?topic", &self.topic)
            .pattern_if(!self.topic.0.is_empty(), "?event dip:topic ?topic .")
            .any_of("?with", with.0.iter().map(Term::entity))
            .pattern_if(!with.0.is_empty(), "?event dip:source|dip:target|dip:agreement ?with .")
            .bound(SINCE, "?since", day(self.since))
            .bound(UNTIL, "?until", day(self.until))
            .bound(AS_OF, "?asOf", day(self.as_of))
            .bound(LEAST, "?least", self.min_sources.map(|least| Term::integer(i64::from(least))));
        Ok(query.order("ORDER BY ?event").answer())
    }
}

const CENTRES: [(&str, &str); 2] = [
    ("?one", "?event dip:source|dip:target|dip:agreement ?one ."),
    ("?other", "?event dip:source|dip:target|dip:agreement ?other ."),
];
const SINCE: &str = "?event dip:dateNotAfter ?last .\nFILTER(?last >= ?since)";
const UNTIL: &str = "?event dip:dateNotBefore ?first .\nFILTER(?first <= ?until)";
const AS_OF: &str = "?event dip:dateNotBefore ?begun .\nFILTER(?begun <= ?asOf)";
const LEAST: &str = "?event dip:independentOrigins ?origins .\nFILTER(?origins >= ?least)";

/// Whether an entity is a party of an event, or what it is about.
pub(super) fn takes_part(event: &Event, id: &EntityId) -> bool {
    event.source.contains(id) || event.target.contains(id) || event.agreement.as_ref() == Some(id)
}

/// By the last possible day, the newest first; events without a day come last.
pub(super) fn newest<'s>(events: impl Iterator<Item = &'s Event>) -> Vec<EventItem<'s>> {
    let mut events: Vec<EventItem<'s>> = events.map(EventItem).collect();
    let day = |event: &Event| event.date.not_after().or(event.date.not_before());
    events.sort_by(|EventItem(a), EventItem(b)| Reverse(day(a)).cmp(&Reverse(day(b))).then_with(|| a.id.cmp(&b.id)));
    events
}

/// An event in a list or alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EventItem<'s>(pub(crate) &'s Event);

impl Item for EventItem<'_> {
    type Wire = wire::Event;

    const COLUMNS: &'static [Column] = &[
        ("id", "/id"),
        ("type", "/type"),
        ("status", "/status"),
        ("date", "/date/date"),
        ("date_not_before", "/date/not_before"),
        ("date_not_after", "/date/not_after"),
        ("source", "/source/*/id"),
        ("source_labels", "/source/*/label"),
        ("target", "/target/*/id"),
        ("target_labels", "/target/*/label"),
        ("agreement", "/agreement/id"),
        ("place", "/place/id"),
        ("topic", "/topic"),
        ("weight", "/weight"),
        ("plover", "/plover"),
        ("cameo", "/cameo"),
        ("documents", "/documents"),
        ("origins", "/origins"),
        ("claims", "/claim_count"),
        ("quote", "/claims/0/quote"),
        ("iri", "/iri"),
    ];

    const HAS_PLACE: bool = true;

    fn wire(&self, view: &View) -> wire::Event {
        view.event(self.0)
    }

    fn place(&self, view: &View) -> Option<(f64, f64)> {
        view.coordinates(self.0.place.as_ref()?)
    }

    fn select<'a>(&'a self, view: &'a View, selection: &mut Selection<'a>) {
        selection.events.push(self.0);
        selection.claims.extend(view.reported(&self.0.claims).map(|reported| view.with_event(reported)));
    }
}

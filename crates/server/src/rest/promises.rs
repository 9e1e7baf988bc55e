//! `/v1/promises`: what was planned, and what became of it; who keeps promises, and whose reports of them come true.

use super::events::takes_part;
use crate::answer::{self, Column, Item};
use crate::error::Problem;
use crate::explain::{Explained, Term, unexplained};
use crate::openapi::schema;
use crate::parameters::{Code, Common, Day, List, PageAsked, Words};
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::Response;
use chancery_model::{EntityId, EventType, Promise, PromiseOutcome, PromiseTally, RecordHolder};
use chancery_rdf::Selection;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which promises.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PromiseFilter {
    /// kept, slipped, cancelled, open (comma: or)
    #[serde(default, alias = "status")]
    #[param(schema_with = schema::outcomes)]
    outcome: Words<PromiseOutcome>,
    /// Types of the promised event (comma: or)
    #[serde(default, alias = "kind")]
    #[param(schema_with = schema::event_types)]
    r#type: Words<EventType>,
    /// Who takes part in it, or what it is about, by any code (comma: any of them)
    #[serde(default)]
    #[param(schema_with = schema::codes, required = false)]
    with: Words<Code>,
    /// Due on this day or later
    #[param(schema_with = schema::day)]
    since: Option<Day>,
    /// Due on this day or earlier
    #[param(schema_with = schema::day)]
    until: Option<Day>,
}

/// Promises, by id
#[utoipa::path(get, path = "/v1/promises", tag = "promises", params(PromiseFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::PromiseRecord>)))]
pub(crate) async fn list(State(state): State<Arc<AppState>>, list: List<PromiseFilter>) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::of_list(state, &list)?;
        let PromiseFilter { outcome, r#type, with, since, until } = &list.read.filter;
        let with = with.entities("with", &view.snapshot.world)?;
        let days = [since, until].map(|day| day.map(|Day(day)| day));
        if list.read.explain {
            let [since, until] = days.map(|day| day.map(Term::day));
            let query = Explained::new("SELECT DISTINCT ?promise ?event ?outcome")
                .pattern("?promise a dip:Promise ; dip:promisedEvent ?event ; dip:outcome ?outcome .")
                .pattern("?event dip:eventType ?type .")
                .words("?outcome", outcome)
                .words("?type", r#type)
                .any_of("?with", with.0.iter().map(Term::entity))
                .pattern_if(!with.0.is_empty(), "?event dip:source|dip:target|dip:agreement ?with .")
                .bound("?promise dip:due ?due .\nFILTER(?due >= ?since)", "?since", since)
                .bound("?promise dip:due ?day .\nFILTER(?day <= ?until)", "?until", until);
            return Ok(query.order("ORDER BY ?promise").answer());
        }
        let snapshot = view.snapshot.clone();
        let [since, until] = days;
        let wanted = snapshot.fusion.promises.iter().filter(|promise| {
            let event = snapshot.event(&promise.event);
            outcome.fit(&promise.outcome)
                && event.is_some_and(|event| {
                    r#type.fit(&event.event_type)
                        && (with.0.is_empty() || with.0.iter().any(|id| takes_part(event, id)))
                })
                && since.is_none_or(|since| promise.due.is_some_and(|due| due >= since))
                && until.is_none_or(|until| promise.due.is_some_and(|due| due <= until))
        });
        answer::list(&list, &view, wanted.map(PromiseItem).collect())
    })
    .await
}

/// A promise in a list.
pub(crate) struct PromiseItem<'s>(&'s Promise);

impl Item for PromiseItem<'_> {
    type Wire = wire::PromiseRecord;

    const COLUMNS: &'static [Column] = &[
        ("id", "/id"),
        ("outcome", "/outcome"),
        ("due", "/due"),
        ("event", "/event/id"),
        ("type", "/event/type"),
        ("source", "/event/source/*/id"),
        ("target", "/event/target/*/id"),
        ("agreement", "/event/agreement/id"),
        ("promised_on", "/promised_on"),
        ("promisors", "/promisors/*/id"),
        ("reported_by", "/reported_by/*"),
        ("closed_by", "/closed_by"),
        ("closed_on", "/closed_on/date"),
    ];

    fn wire(&self, view: &View) -> wire::PromiseRecord {
        view.promise(self.0)
    }

    fn select<'a>(&'a self, view: &'a View, selection: &mut Selection<'a>) {
        selection.promises.push(self.0);
        selection.events.extend(view.snapshot.event(&self.0.event));
        selection.claims.extend(view.reported(&self.0.promised_by).map(|reported| view.with_event(reported)));
    }
}

/// Whose records.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RecordFilter {
    /// actor: who promised; outlet: who reported it (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::record_holders)]
    holder: Words<HolderKind>,
    /// Of these actors or outlets, by any code (comma: any of them)
    #[serde(default)]
    #[param(schema_with = schema::codes, required = false)]
    with: Words<Code>,
    /// At least so many promises that are no longer open
    min_closed: Option<u32>,
}

/// Who promised, or who reported it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HolderKind {
    Actor,
    Outlet,
}

impl std::str::FromStr for HolderKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "actor" => Ok(Self::Actor),
            "outlet" => Ok(Self::Outlet),
            other => Err(format!("{other:?}; expected actor or outlet")),
        }
    }
}

impl RecordFilter {
    fn wants(&self, holder: &RecordHolder, tally: &PromiseTally, with: &Words<EntityId>) -> bool {
        let (kind, id) = match holder {
            RecordHolder::Actor(id) => (HolderKind::Actor, Some(id.clone())),
            RecordHolder::Outlet(name) => (HolderKind::Outlet, name.parse().ok()),
        };
        self.holder.fit(&kind)
            && tally.closed() >= self.min_closed.unwrap_or(0) as usize
            && (with.0.is_empty() || id.is_some_and(|id| with.fit(&id)))
    }
}

/// How promises ended, by actor and by outlet, with the share of kept ones
#[utoipa::path(get, path = "/v1/promises/records", tag = "promises", params(RecordFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::PromiseTally>)))]
pub(crate) async fn records(State(state): State<Arc<AppState>>, list: List<RecordFilter>) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::of_list(state, &list)?;
        if list.read.explain {
            return list.read.filter.explain(&view);
        }
        let snapshot = view.snapshot.clone();
        let filter = &list.read.filter;
        let with = filter.with.entities("with", &snapshot.world)?;
        let records = snapshot.fusion.records.iter().filter(|(holder, tally)| filter.wants(holder, tally, &with));
        answer::list(&list, &view, records.map(|(holder, tally)| RecordItem(holder, tally)).collect())
    })
    .await
}

impl RecordFilter {
    fn explain(&self, view: &View) -> Result<Response, Problem> {
        if !self.holder.0.is_empty() {
            return Err(unexplained("the graph has one kind of record"));
        }
        let with = self.with.entities("with", &view.snapshot.world)?;
        let least = self.min_closed.map(|least| Term::integer(i64::from(least)));
        let query = Explained::new("SELECT DISTINCT ?record ?kept ?slipped ?cancelled ?open ?rate")
            .pattern("?record a dip:PromiseRecord ; dip:keptCount ?kept ; dip:slippedCount ?slipped .")
            .pattern("?record dip:cancelledCount ?cancelled ; dip:openCount ?open .")
            .any_of("?with", with.0.iter().map(Term::entity))
            .pattern_if(!with.0.is_empty(), "?record dip:recordOf ?with .")
            .pattern("OPTIONAL { ?record dip:hitRate ?rate }")
            .bound("FILTER(?kept + ?slipped + ?cancelled >= ?least)", "?least", least);
        Ok(query.order("ORDER BY ?record").answer())
    }
}

/// A record in a list.
pub(crate) struct RecordItem<'s>(&'s RecordHolder, &'s PromiseTally);

impl Item for RecordItem<'_> {
    type Wire = wire::PromiseTally;

    const COLUMNS: &'static [Column] = &[
        ("holder", "/holder"),
        ("id", "/id"),
        ("label", "/label"),
        ("kept", "/kept"),
        ("slipped", "/slipped"),
        ("cancelled", "/cancelled"),
        ("open", "/open"),
        ("hit_rate", "/hit_rate"),
        ("iri", "/iri"),
    ];

    fn wire(&self, view: &View) -> wire::PromiseTally {
        view.promise_tally(self.0, self.1)
    }

    fn select<'a>(&'a self, _: &'a View, selection: &mut Selection<'a>) {
        selection.records.push((self.0, self.1));
    }
}

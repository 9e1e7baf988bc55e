//! `/v1/promises`: what was planned, and what became of it.

use super::events::takes_part;
use crate::answer::{self, Column, Item};
use crate::error::Problem;
use crate::explain::{Explained, Term};
use crate::openapi::schema;
use crate::parameters::{Code, Common, Day, List, PageAsked, Words};
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::Response;
use chancery_model::{EventType, Promise, PromiseOutcome};
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

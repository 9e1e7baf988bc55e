//! `/v1/disputes`: what is denied, and by whom.

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
use chancery_model::{Dispute, EventType};
use chancery_rdf::Selection;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which disputes.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DisputeFilter {
    /// Types of the disputed event (comma: or)
    #[serde(default, alias = "kind")]
    #[param(schema_with = schema::event_types)]
    r#type: Words<EventType>,
    /// Who takes part in it, or what it is about, by any code (comma: any of them)
    #[serde(default)]
    #[param(schema_with = schema::codes, required = false)]
    with: Words<Code>,
    /// First denied on this day or later
    #[param(schema_with = schema::day)]
    since: Option<Day>,
    /// First denied on this day or earlier
    #[param(schema_with = schema::day)]
    until: Option<Day>,
}

/// Disputes, by id
#[utoipa::path(get, path = "/v1/disputes", tag = "disputes", params(DisputeFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::DisputeRecord>)))]
pub(crate) async fn list(State(state): State<Arc<AppState>>, list: List<DisputeFilter>) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::of_list(state, &list)?;
        let DisputeFilter { r#type, with, since, until } = &list.read.filter;
        let with = with.entities("with", &view.snapshot.world)?;
        let days = [since, until].map(|day| day.map(|Day(day)| day));
        if list.read.explain {
            let [since, until] = days.map(|day| day.map(Term::day));
            let query = Explained::new("SELECT DISTINCT ?dispute ?event")
                .pattern("?dispute a dip:Dispute ; dip:disputedEvent ?event .\n?event dip:eventType ?type .")
                .words("?type", r#type)
                .any_of("?with", with.0.iter().map(Term::entity))
                .pattern_if(!with.0.is_empty(), "?event dip:source|dip:target|dip:agreement ?with .")
                .bound("?dispute dip:firstDenied ?denied .\nFILTER(?denied >= ?since)", "?since", since)
                .bound("?dispute dip:firstDenied ?day .\nFILTER(?day <= ?until)", "?until", until);
            return Ok(query.order("ORDER BY ?dispute").answer());
        }
        let snapshot = view.snapshot.clone();
        let [since, until] = days;
        let wanted = snapshot.fusion.disputes.iter().filter(|dispute| {
            let event = snapshot.event(&dispute.event);
            let denied = dispute.first_denied;
            event.is_some_and(|event| {
                r#type.fit(&event.event_type) && (with.0.is_empty() || with.0.iter().any(|id| takes_part(event, id)))
            }) && since.is_none_or(|since| denied.is_some_and(|day| day >= since))
                && until.is_none_or(|until| denied.is_some_and(|day| day <= until))
        });
        answer::list(&list, &view, wanted.map(DisputeItem).collect())
    })
    .await
}

/// A dispute in a list.
pub(crate) struct DisputeItem<'s>(&'s Dispute);

impl Item for DisputeItem<'_> {
    type Wire = wire::DisputeRecord;

    const COLUMNS: &'static [Column] = &[
        ("id", "/id"),
        ("event", "/event/id"),
        ("type", "/event/type"),
        ("source", "/event/source/*/id"),
        ("target", "/event/target/*/id"),
        ("first_affirmed", "/first_affirmed"),
        ("first_denied", "/first_denied"),
        ("affirming_claims", "/affirmed_by"),
        ("denying_claims", "/denied_by"),
    ];

    fn wire(&self, view: &View) -> wire::DisputeRecord {
        view.dispute(self.0)
    }

    fn select<'a>(&'a self, view: &'a View, selection: &mut Selection<'a>) {
        selection.disputes.push(self.0);
        selection.events.extend(view.snapshot.event(&self.0.event));
        let claims = view.reported(&self.0.denied_by).chain(view.reported(&self.0.affirmed_by));
        selection.claims.extend(claims.map(|reported| view.with_event(reported)));
    }
}

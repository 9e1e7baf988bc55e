//! Plans as promises: kept, slipped, cancelled, or open.

use crate::event::Happening;
use chancery_model::hash::content_hash;
use chancery_model::{Promise, PromiseOutcome, Status};
use jiff::civil::Date;

/// The promise in an event, where a claim plans it. `newest` is the day of the newest document: the present of the graph.
pub(crate) fn promise(happening: &Happening<'_>, newest: Option<Date>) -> Option<Promise> {
    let planned: Vec<_> = happening.with_status(&[Status::Planned]).collect();
    if planned.is_empty() {
        return None;
    }
    let due = planned.iter().filter_map(|c| c.claim.date.not_after()).max();
    let outcome = match happening.event.status {
        Status::Occurred => PromiseOutcome::Kept,
        Status::Cancelled => PromiseOutcome::Cancelled,
        _ if due.zip(newest).is_some_and(|(due, newest)| due < newest) => PromiseOutcome::Slipped,
        _ => PromiseOutcome::Open,
    };
    Some(Promise {
        id: content_hash(["promise", &happening.event.id.0]),
        event: happening.event.id.clone(),
        promised_by: planned.iter().map(|c| c.claim.id.clone()).collect(),
        due,
        outcome,
    })
}

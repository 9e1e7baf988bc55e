//! Plans as promises: kept, slipped, cancelled, or open.
//!
//! A promise is kept by its own event, or by another one that brings in force the state which it announced; it is called off
//! in the same two ways. It slips where its last day passes without that, though it may be kept later.

use crate::event::Happening;
use crate::origin::outlets;
use crate::state::called_off_since;
use chancery_model::hash::content_hash;
use chancery_model::{
    EntityId, EventDate, EventId, Promise, PromiseOutcome, RelationState, StateStatus, Status, World,
};
use jiff::ToSpan;
use jiff::civil::Date;
use std::sync::Arc;

/// The name of the promise in an event.
pub(crate) fn name(event: &EventId) -> Arc<str> {
    content_hash(["promise", &event.0]).into()
}

/// The promise in an event, where a claim plans it. `announced` are the states that the event opened, as they stand now;
/// `newest` is the day of the newest document: the present of the graph.
pub(crate) fn promise(
    happening: &Happening,
    announced: &[&RelationState],
    newest: Option<Date>,
    world: &World,
) -> Option<Promise> {
    let planned: Vec<_> = happening.with_status(&[Status::Planned]).collect();
    if planned.is_empty() {
        return None;
    }
    let event = &happening.event;
    let due = planned.iter().filter_map(|c| c.claim.date.not_after()).max();
    let end = end(happening, announced);
    let outcome = match &end {
        Some(end) if end.cancels => PromiseOutcome::Cancelled,
        Some(end) if end.by == event.id || in_time(due, end.on, happening) => PromiseOutcome::Kept,
        Some(_) => PromiseOutcome::Slipped,
        None if due.zip(newest).is_some_and(|(due, newest)| due < newest) => PromiseOutcome::Slipped,
        None => PromiseOutcome::Open,
    };
    Some(Promise {
        id: name(&event.id),
        event: event.id.clone(),
        promised_by: planned.iter().map(|c| c.claim.id.clone()).collect(),
        promised_on: planned.iter().filter_map(|c| c.document.published).min(),
        holders: event.source.iter().filter(|id| id.is_actor()).cloned().collect::<Vec<EntityId>>(),
        outlets: outlets(planned, world),
        due,
        outcome,
        closed_on: end.as_ref().map_or(EventDate::UNKNOWN, |end| end.on),
        closed_by: end.map(|end| end.by),
    })
}

/// What kept a promise or called it off.
struct End {
    by: EventId,
    on: EventDate,
    cancels: bool,
}

fn end(happening: &Happening, announced: &[&RelationState]) -> Option<End> {
    let event = &happening.event;
    match event.status {
        Status::Occurred => return Some(End { by: event.id.clone(), on: event.date, cancels: false }),
        Status::Cancelled => {
            return Some(End { by: event.id.clone(), on: called_off_since(happening), cancels: true });
        }
        _ => {}
    }
    let mut ends = announced.iter().map(|state| state_end(state)).collect::<Option<Vec<End>>>()?;
    // A promise of several parties is kept with the last of them.
    ends.sort_by(|a, b| (a.cancels, a.on, &a.by).cmp(&(b.cancels, b.on, &b.by)));
    ends.pop()
}

/// How a state ceased to be only announced, where it has.
fn state_end(state: &RelationState) -> Option<End> {
    let turn = state.phases.iter().find(|phase| phase.status != StateStatus::Announced)?;
    Some(End { by: turn.by.clone()?, on: turn.since, cancels: turn.status == StateStatus::Abandoned })
}

/// Whether something came by its last day, give or take the window of its type.
fn in_time(due: Option<Date>, on: EventDate, happening: &Happening) -> bool {
    let window = i64::from(happening.event.event_type.row().window_days).days();
    match (due, on.not_before().or(on.not_after())) {
        (Some(due), Some(on)) => on <= due.saturating_add(window),
        _ => true,
    }
}

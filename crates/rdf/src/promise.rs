//! A promise: a planned event, its due day, and what became of it. And the records of those who promise and report.

use crate::graph::{DateProperties, Graph};
use crate::vocab;
use crate::vocab::Concept;
use chancery_model::{EntityId, Promise, PromiseTally, RecordHolder};

const RESOLVED: DateProperties = DateProperties {
    at: vocab::RESOLVED_ON,
    not_before: vocab::RESOLVED_NOT_BEFORE,
    not_after: vocab::RESOLVED_NOT_AFTER,
};

/// Tells a promise.
pub(crate) fn map(graph: &mut Graph<'_>, promise: &Promise) {
    let promisors: Vec<_> = promise.holders.iter().map(|id| graph.entity(id)).collect();
    let (outlets, names): (Vec<_>, Vec<_>) = promise
        .outlets
        .iter()
        .map(|outlet| (outlet.parse::<EntityId>().ok(), outlet))
        .partition(|(id, _)| id.is_some());
    let outlets: Vec<_> = outlets.into_iter().filter_map(|(id, _)| id).map(|id| graph.entity(&id)).collect();
    let base = graph.base();
    let mut about = graph.about(base.promise(&promise.id));
    about
        .is_a(vocab::PROMISE)
        .link(vocab::PROMISED_EVENT, base.event(&promise.event))
        .links(vocab::PROMISED_BY, promise.promised_by.iter().map(|id| base.claim(id)))
        .day(vocab::PROMISED_ON, promise.promised_on)
        .links(vocab::PROMISOR, promisors)
        .links(vocab::REPORTED_BY, outlets)
        .day(vocab::DUE, promise.due)
        .link(vocab::OUTCOME, promise.outcome.concept())
        .links(vocab::RESOLVED_BY, promise.closed_by.as_ref().map(|event| base.event(event)))
        .date(&RESOLVED, promise.closed_on);
    for (_, name) in names {
        about.text(vocab::OUTLET_NAME, name.as_ref());
    }
}

/// Tells the record of an actor or an outlet. The share of kept promises has four digits.
pub(crate) fn map_record(graph: &mut Graph<'_>, holder: &RecordHolder, tally: &PromiseTally) {
    let (known, name) = match holder {
        RecordHolder::Actor(id) => (Some(id.clone()), None),
        RecordHolder::Outlet(name) => match name.parse::<EntityId>() {
            Ok(id) => (Some(id), None),
            Err(_) => (None, Some(name)),
        },
    };
    let known = known.map(|id| graph.entity(&id));
    let iri = graph.base().promise_record(holder);
    let mut about = graph.about(iri);
    about
        .is_a(vocab::PROMISE_RECORD)
        .links(vocab::RECORD_OF, known)
        .integer(vocab::KEPT_COUNT, tally.kept)
        .integer(vocab::SLIPPED_COUNT, tally.slipped)
        .integer(vocab::CANCELLED_COUNT, tally.cancelled)
        .integer(vocab::OPEN_COUNT, tally.open);
    if let Some(rate) = tally.hit_rate() {
        about.decimal(vocab::HIT_RATE, (rate * 10_000.0).round() / 10_000.0);
    }
    if let Some(name) = name {
        about.text(vocab::OUTLET_NAME, name.as_ref());
    }
}

//! A promise: a planned event, its due day, and what became of it.

use crate::graph::Graph;
use crate::vocab;
use crate::vocab::Concept;
use chancery_model::Promise;

/// Tells a promise.
pub(crate) fn map(graph: &mut Graph<'_>, promise: &Promise) {
    let base = graph.base();
    graph
        .about(base.promise(&promise.id))
        .is_a(vocab::PROMISE)
        .link(vocab::PROMISED_EVENT, base.event(&promise.event))
        .links(vocab::PROMISED_BY, promise.promised_by.iter().map(|id| base.claim(id)))
        .day(vocab::DUE, promise.due)
        .link(vocab::OUTCOME, promise.outcome.concept());
}

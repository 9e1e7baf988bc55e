//! A dispute: who affirms an event and who denies it.

use crate::graph::Graph;
use crate::vocab;
use chancery_model::Dispute;

/// Tells a dispute.
pub(crate) fn map(graph: &mut Graph<'_>, dispute: &Dispute) {
    let base = graph.base();
    graph
        .about(base.dispute(&dispute.id))
        .is_a(vocab::DISPUTE)
        .link(vocab::DISPUTED_EVENT, base.event(&dispute.event))
        .links(vocab::AFFIRMED_BY, dispute.affirmed_by.iter().map(|id| base.claim(id)))
        .links(vocab::DENIED_BY, dispute.denied_by.iter().map(|id| base.claim(id)))
        .day(vocab::FIRST_AFFIRMED, dispute.first_affirmed)
        .day(vocab::FIRST_DENIED, dispute.first_denied);
}

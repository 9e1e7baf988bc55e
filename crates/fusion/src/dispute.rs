//! Denials: both sides and their days. A dispute deletes nothing.

use crate::event::Happening;
use chancery_model::hash::content_hash;
use chancery_model::{ClaimId, Dispute, EventId, ReportedClaim, Status};
use jiff::civil::Date;
use std::sync::Arc;

/// The name of the dispute about an event.
pub(crate) fn name(event: &EventId) -> Arc<str> {
    content_hash(["dispute", &event.0]).into()
}

/// The dispute about an event, where a claim denies it.
pub(crate) fn dispute(happening: &Happening) -> Option<Dispute> {
    let denied: Vec<&ReportedClaim> = happening.with_status(&[Status::Denied]).collect();
    if denied.is_empty() {
        return None;
    }
    let affirmed: Vec<&ReportedClaim> =
        happening.with_status(&[Status::Occurred, Status::Planned, Status::Possible]).collect();
    Some(Dispute {
        id: name(&happening.event.id),
        event: happening.event.id.clone(),
        first_affirmed: first_day(&affirmed),
        first_denied: first_day(&denied),
        affirmed_by: ids(&affirmed),
        denied_by: ids(&denied),
    })
}

fn ids(claims: &[&ReportedClaim]) -> Vec<ClaimId> {
    claims.iter().map(|c| c.claim.id.clone()).collect()
}

fn first_day(claims: &[&ReportedClaim]) -> Option<Date> {
    claims.iter().filter_map(|c| c.document.published).min()
}

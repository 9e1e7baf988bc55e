//! Claims of many documents to events, relation states, disputes and promises.
//!
//! Pure and deterministic: the same claims in any order give the same bytes. Nothing is invented: a plan opens no
//! state in force, an unknown day stays unknown, and a state is closed only by an event type listed as its closer.

mod dispute;
mod effect;
mod event;
mod promise;
mod state;
mod tie;

pub use tie::{TieSelection, ties};

use chancery_model::{Dispute, Event, Promise, RelationState, ReportedClaim, World};

/// What follows from a set of claims. Each list is sorted by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fusion {
    /// What happened, was planned, or was denied.
    pub events: Vec<Event>,
    /// What holds or held, from news and from reference tables.
    pub states: Vec<RelationState>,
    /// What is denied.
    pub disputes: Vec<Dispute>,
    /// What was promised, and what became of it.
    pub promises: Vec<Promise>,
}

/// Fuses claims. The order of `reported` does not matter; cost is that of sorting.
pub fn fuse(reported: &[ReportedClaim], world: &World) -> Fusion {
    let mut sorted: Vec<&ReportedClaim> = reported.iter().collect();
    sorted.sort_by(|a, b| a.claim.id.cmp(&b.claim.id).then_with(|| a.document.id.cmp(&b.document.id)));
    let happenings = event::happenings(&sorted);
    let newest = sorted.iter().filter_map(|reported| reported.document.published).max();
    let states = state::states(&happenings, world);
    let disputes = happenings.iter().filter_map(dispute::dispute).collect();
    let promises = happenings.iter().filter_map(|happening| promise::promise(happening, newest)).collect();
    let mut fusion = Fusion { events: happenings.into_iter().map(|h| h.event).collect(), states, disputes, promises };
    fusion.events.sort_by(|a, b| a.id.cmp(&b.id));
    fusion.states.sort_by(|a, b| a.id.cmp(&b.id));
    fusion.disputes.sort();
    fusion.promises.sort();
    fusion
}

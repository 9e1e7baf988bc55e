//! States and events as edges of a network. A plan stays a plan: its status goes with the edge.

use crate::Fusion;
use chancery_model::{
    ClaimId, EntityId, Event, RelationState, ReportedClaim, StateKind, StateOrigin, StateStatus, Status, Tie,
};
use imbl::OrdMap;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Which ties are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieSelection {
    /// Relation states.
    pub states: bool,
    /// Events.
    pub events: bool,
    /// Only these state kinds or event types, by name; all where empty.
    pub kinds: BTreeSet<String>,
    /// Only these statuses, by name; all where empty.
    pub statuses: BTreeSet<String>,
    /// Only states that can have held on this day (announced ones are left out), and events up to it.
    pub as_of: Option<Date>,
    /// Whether states of the reference tables are drawn.
    pub reference: bool,
}

impl Default for TieSelection {
    /// All states, no events.
    fn default() -> Self {
        Self {
            states: true,
            events: false,
            kinds: BTreeSet::new(),
            statuses: BTreeSet::new(),
            as_of: None,
            reference: true,
        }
    }
}

impl TieSelection {
    fn wants(&self, kind: &str, status: &str) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(kind))
            && (self.statuses.is_empty() || self.statuses.contains(status))
    }
}

/// The ties of a selection, sorted by id.
///
/// A state between two parties is one tie; a party to a named agreement is tied to the agreement; the parties of an
/// unnamed agreement are tied to each other; an event with many parties gives each pair a tie of its share of the weight.
pub fn ties(fusion: &Fusion, claims: &OrdMap<ClaimId, ReportedClaim>, selection: &TieSelection) -> Vec<Tie> {
    let mut ties = Vec::new();
    if selection.states {
        let wanted = fusion.states.iter().filter(|state| {
            selection.wants(state.kind.as_str(), state.status.as_str())
                && (selection.reference || state.origin == StateOrigin::News || !state.supported_by.is_empty())
                && selection.as_of.is_none_or(|day| state.holds(day) != Some(false))
        });
        ties.extend(wanted.flat_map(|state| state_ties(state, selection.as_of, claims)));
    }
    if selection.events {
        let wanted = fusion.events.iter().filter(|event| {
            selection.wants(event.event_type.name(), event.status.as_str())
                && event.status != Status::Denied
                && selection.as_of.is_none_or(|day| event.date.not_before().is_none_or(|from| from <= day))
        });
        ties.extend(wanted.flat_map(|event| event_ties(event, claims)));
    }
    ties.sort_by(|a, b| a.id.cmp(&b.id));
    ties
}

/// With a day, the status is that of the day, where it is known.
fn state_ties(state: &RelationState, as_of: Option<Date>, claims: &OrdMap<ClaimId, ReportedClaim>) -> Vec<Tie> {
    let ends = state_ends(state);
    let many = ends.len() > 1;
    let status = as_of.and_then(|day| state.phase_on(day)).map_or(state.status, |phase| phase.status);
    let tie = |(at, (source, target)): (usize, (EntityId, EntityId))| Tie {
        id: if many { format!("{}-{at}", state.id) } else { state.id.to_string() },
        source,
        target,
        directed: !(state.kind.is_symmetric() || state.kind == StateKind::PartyTo && state.parties.len() > 1),
        kind: state.kind.as_str().to_owned(),
        status: status.as_str().to_owned(),
        sign: state.kind.sign(),
        weight: state.kind.weight(),
        valid_from: state.valid_from.as_day().filter(|_| state.status != StateStatus::Announced),
        valid_until: state.valid_until.as_day(),
        claims: state.supported_by.len(),
        origins: state.origins,
        quote: quote(&state.supported_by, claims),
    };
    ends.into_iter().enumerate().map(tie).collect()
}

fn state_ends(state: &RelationState) -> Vec<(EntityId, EntityId)> {
    let others = state.counterpart.iter().chain(state.agreement.iter().filter(|_| state.parties.len() == 1));
    let directed: Vec<_> =
        state.parties.iter().flat_map(|party| others.clone().map(move |o| (party.clone(), o.clone()))).collect();
    if directed.is_empty() { pairs(&state.parties) } else { directed }
}

fn event_ties(event: &Event, claims: &OrdMap<ClaimId, ReportedClaim>) -> Vec<Tie> {
    let symmetric = event.event_type.is_symmetric();
    let ends = if symmetric {
        pairs(&event.source)
    } else {
        let directed = event.source.iter().flat_map(|s| event.target.iter().map(move |t| (s.clone(), t.clone())));
        directed.collect()
    };
    let share = event.event_type.row().weight / ends.len().max(1) as f64;
    let many = ends.len() > 1;
    let tie = |(at, (source, target)): (usize, (EntityId, EntityId))| Tie {
        id: if many { format!("{}-{at}", event.id) } else { event.id.to_string() },
        source,
        target,
        directed: !symmetric,
        kind: event.event_type.name().to_owned(),
        status: event.status.as_str().to_owned(),
        sign: if event.event_type.is_cooperative() { 1 } else { -1 },
        weight: share,
        valid_from: event.date.as_day(),
        valid_until: event.date.as_day().and_then(|day| day.tomorrow().ok()),
        claims: event.claims.len(),
        origins: event.origins,
        quote: quote(&event.claims, claims),
    };
    ends.into_iter().enumerate().map(tie).collect()
}

fn pairs(parties: &[EntityId]) -> Vec<(EntityId, EntityId)> {
    let mut pairs = Vec::new();
    for (at, a) in parties.iter().enumerate() {
        pairs.extend(parties[at + 1..].iter().map(|b| (a.clone(), b.clone())));
    }
    pairs
}

fn quote(ids: &[ClaimId], claims: &OrdMap<ClaimId, ReportedClaim>) -> Option<String> {
    ids.iter().find_map(|id| claims.get(id)).map(|reported| reported.claim.evidence.quote.clone())
}

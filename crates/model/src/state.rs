//! What holds between parties from one day to another, what disputes it, and what was promised.

use crate::claim::{name, word_enum};
use crate::{ClaimId, EntityId, EventDate, EventId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

word_enum! {
    /// What kind of relation holds.
    StateKind, "state kind" {
        /// Diplomatic relations between two states.
        DiplomaticRelations = "diplomatic-relations",
        /// Normalised relations, where no full diplomatic relations are said.
        Normalisation = "normalisation",
        /// The holder recognises the counterpart.
        Recognition = "recognition",
        /// Strategic or comprehensive partnership.
        Partnership = "partnership",
        /// Alliance.
        Alliance = "alliance",
        /// The holder keeps an embassy, consulate or mission in the counterpart.
        Mission = "mission",
        /// The holder has an ambassador accredited to the counterpart.
        Accreditation = "accreditation",
        /// The parties are bound by an agreement, at some stage.
        PartyTo = "party-to",
        /// The holder belongs to an organisation.
        MemberOf = "member-of",
        /// The holder sanctions the counterpart.
        Sanctions = "sanctions",
        /// Armed conflict.
        ArmedConflict = "armed-conflict",
    }
}

impl StateKind {
    /// Whether the order of the parties says nothing.
    pub fn is_symmetric(self) -> bool {
        matches!(
            self,
            Self::DiplomaticRelations | Self::Normalisation | Self::Partnership | Self::Alliance | Self::ArmedConflict
        )
    }

    /// +1 for ties of friendship, −1 for ties of conflict.
    pub fn sign(self) -> i8 {
        match self {
            Self::Sanctions | Self::ArmedConflict => -1,
            _ => 1,
        }
    }

    /// Strength of the tie on the scale of event weights.
    pub fn weight(self) -> f64 {
        match self {
            Self::DiplomaticRelations | Self::Normalisation => 7.0,
            Self::Recognition => 6.0,
            Self::Partnership => 8.0,
            Self::Alliance => 9.0,
            Self::Mission => 5.0,
            Self::Accreditation => 2.0,
            Self::PartyTo => 7.0,
            Self::MemberOf => 4.0,
            Self::Sanctions => -6.5,
            Self::ArmedConflict => -9.5,
        }
    }
}

word_enum! {
    /// Whether the relation holds.
    StateStatus, "state status" {
        /// Planned; not in force, and never a flat edge.
        Announced = "announced",
        /// Holds.
        InForce = "in-force",
        /// Frozen.
        Suspended = "suspended",
        /// No longer holds.
        Ended = "ended",
        /// Was announced and never came.
        Abandoned = "abandoned",
    }
}

word_enum! {
    /// How far a party is bound by an agreement.
    TreatyStage, "treaty stage" {
        /// Expected to join or sign.
        Announced = "announced",
        /// Signed, not yet bound.
        Signed = "signed",
        /// Ratified.
        Ratified = "ratified",
        /// Bound.
        InForce = "in-force",
        /// Has announced that it leaves.
        Withdrawing = "withdrawing",
        /// Has left.
        Withdrawn = "withdrawn",
    }
}

/// `relation/<this>` in IRIs: a hash of kind, parties, agreement and the interval's opening.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StateId(pub Arc<str>);

name!(StateId);

/// Where a state comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StateOrigin {
    /// Events of the news.
    News,
    /// A table of `data/reference`, by its name in `data/SOURCES.md`.
    Reference(String),
}

/// A stretch of a state's life: what it was from some day on, until the next one begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// When it began, as far as reports tell.
    pub since: EventDate,
    /// Whether the state held.
    pub status: StateStatus,
    /// The stage of party-to.
    pub stage: Option<TreatyStage>,
    /// The level, as [`RelationState::level`].
    pub level: Option<String>,
    /// The event that began it; none for what stands in a reference table.
    pub by: Option<EventId>,
}

/// What holds between parties. Validity is half-open: from (inclusive) until (exclusive).
#[derive(Clone, Debug, PartialEq)]
pub struct RelationState {
    /// Its name.
    pub id: StateId,
    /// What kind of relation.
    pub kind: StateKind,
    /// Both parties, sorted, for symmetric kinds; all that are bound, for party-to; otherwise the holder alone.
    pub parties: Vec<EntityId>,
    /// The other side of a directed kind (mission, accreditation, recognition, sanctions); the organisation of member-of.
    pub counterpart: Option<EntityId>,
    /// The agreement of party-to; the instrument of sanctions.
    pub agreement: Option<EntityId>,
    /// `embassy`, `charge`, `none`, `strategic`, or what is sanctioned (`arms`, `tariff` …).
    pub level: Option<String>,
    /// Whether it holds.
    pub status: StateStatus,
    /// The stage of party-to.
    pub stage: Option<TreatyStage>,
    /// When the present status began, as far as reports tell.
    pub status_since: EventDate,
    /// When it began to hold; unknown for announced states. Bounds are kept.
    pub valid_from: EventDate,
    /// When it ceased to hold; unknown with status `ended` means that the day is not known, otherwise that it still holds.
    pub valid_until: EventDate,
    /// The events that opened it.
    pub opened_by: Vec<EventId>,
    /// The events that suspended or closed it.
    pub closed_by: Vec<EventId>,
    /// Claims for it, sorted.
    pub supported_by: Vec<ClaimId>,
    /// Claims that deny it, sorted.
    pub disputed_by: Vec<ClaimId>,
    /// The newest document that supports it.
    pub last_supported: Option<Date>,
    /// When a claim for or against it was last recorded.
    pub last_recorded: Option<Timestamp>,
    /// Keys of the documents that support it.
    pub documents: Vec<Arc<str>>,
    /// Independent origins among them.
    pub origins: usize,
    /// News or reference.
    pub origin: StateOrigin,
    /// What an agreement is about.
    pub topic: Option<crate::Topic>,
    /// The party whose end as a state ended this, where no event did.
    pub succession: Option<EntityId>,
    /// The next state of the same relation: what came when this had ended or was abandoned.
    pub followed_by: Option<StateId>,
    /// Its life in the order of time; the last phase is the present one.
    pub phases: Vec<Phase>,
}

impl RelationState {
    /// Everybody in it: parties and counterpart, sorted.
    pub fn members(&self) -> Vec<EntityId> {
        let mut all: Vec<_> = self.parties.iter().chain(&self.counterpart).cloned().collect();
        all.sort();
        all.dedup();
        all
    }

    /// Who stands against each other in it: everybody in a tie of conflict, and in diplomatic relations that are broken off or suspended.
    pub fn adversaries(&self) -> Vec<EntityId> {
        let broken = self.kind == StateKind::DiplomaticRelations
            && matches!(self.status, StateStatus::Suspended | StateStatus::Ended);
        let mut members = if self.kind.sign() < 0 || broken { self.members() } else { Vec::new() };
        members.retain(EntityId::is_actor);
        members
    }

    /// Whether it held on `day`: yes, no, or unknown (bounds that leave it open).
    ///
    /// Announced and abandoned states never held.
    pub fn holds(&self, day: Date) -> Option<bool> {
        if matches!(self.status, StateStatus::Announced | StateStatus::Abandoned) {
            return Some(false);
        }
        let begun = begun(self.valid_from, day);
        let over = match (self.valid_until.not_before(), self.valid_until.not_after()) {
            (None, None) if self.status == StateStatus::Ended => None,
            (None, None) => Some(false),
            (_, Some(latest)) if day >= latest => Some(true),
            (Some(earliest), _) if day < earliest => Some(false),
            _ => None,
        };
        match (begun, over) {
            (Some(false), _) | (_, Some(true)) => Some(false),
            (Some(true), Some(false)) => Some(true),
            _ => None,
        }
    }

    /// The phase in which it was on `day`; none before the first, or where bounds leave it open.
    pub fn phase_on(&self, day: Date) -> Option<&Phase> {
        let last = self.phases.iter().rposition(|phase| begun(phase.since, day) != Some(false))?;
        (begun(self.phases[last].since, day) == Some(true)).then(|| &self.phases[last])
    }
}

/// The two answers to whether something had begun by a day, or that nobody can tell.
fn begun(since: EventDate, day: Date) -> Option<bool> {
    match (since.not_before(), since.not_after()) {
        (_, Some(latest)) if day >= latest => Some(true),
        (Some(earliest), _) if day < earliest => Some(false),
        _ => None,
    }
}

/// Claims that contradict an event or a state. A dispute deletes nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dispute {
    /// `dispute/<this>`.
    pub id: Arc<str>,
    /// The event that is denied.
    pub event: EventId,
    /// Claims that affirm it (occurred, planned, possible), sorted; may be empty.
    pub affirmed_by: Vec<ClaimId>,
    /// Claims that deny it, sorted.
    pub denied_by: Vec<ClaimId>,
    /// Day of the first affirming document.
    pub first_affirmed: Option<Date>,
    /// Day of the first denying document.
    pub first_denied: Option<Date>,
}

word_enum! {
    /// What became of something planned.
    PromiseOutcome, "promise outcome" {
        /// It happened.
        Kept = "kept",
        /// The day passed without it; it may have come later.
        Slipped = "slipped",
        /// It was called off.
        Cancelled = "cancelled",
        /// Still to come, or without a day.
        Open = "open",
    }
}

/// A planned event as a promise with a due date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Promise {
    /// `promise/<this>`.
    pub id: Arc<str>,
    /// The event that is promised.
    pub event: EventId,
    /// Claims that promise it, sorted.
    pub promised_by: Vec<ClaimId>,
    /// The day of the first document that promises it.
    pub promised_on: Option<Date>,
    /// The actors that are to do it, sorted: whose word it is.
    pub holders: Vec<EntityId>,
    /// Outlets that reported the promise, sorted: the id where it is known, else the name as written.
    pub outlets: Vec<Arc<str>>,
    /// The last day on which it can still be kept, where one is known.
    pub due: Option<Date>,
    /// What became of it.
    pub outcome: PromiseOutcome,
    /// The event that kept it, late or in time, or called it off; may be the promised event itself.
    pub closed_by: Option<EventId>,
    /// When that was.
    pub closed_on: EventDate,
}

impl Promise {
    /// What had become of it by the end of `day`; nothing where it had not been made.
    ///
    /// A promise that was kept after `day` was still open then, or had slipped.
    pub fn outcome_on(&self, day: Date) -> Option<PromiseOutcome> {
        if self.promised_on.is_some_and(|made| made > day) {
            return None;
        }
        let closed = self.closed_by.is_some() && begun(self.closed_on, day) != Some(false);
        let overdue = self.due.is_some_and(|due| due < day);
        Some(match self.outcome {
            outcome if closed => outcome,
            _ if overdue => PromiseOutcome::Slipped,
            _ => PromiseOutcome::Open,
        })
    }
}

/// Whose record of promises it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordHolder {
    /// An actor that promised.
    Actor(EntityId),
    /// An outlet that reported promises: its id where it is known, else its name as written.
    Outlet(Arc<str>),
}

/// How many promises of an actor, or reported by an outlet, ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PromiseTally {
    /// In time.
    pub kept: usize,
    /// Not in time.
    pub slipped: usize,
    /// Called off.
    pub cancelled: usize,
    /// Not yet due, or without a day.
    pub open: usize,
}

impl PromiseTally {
    /// Promises of one outcome.
    pub fn count(&mut self, outcome: PromiseOutcome) -> &mut usize {
        match outcome {
            PromiseOutcome::Kept => &mut self.kept,
            PromiseOutcome::Slipped => &mut self.slipped,
            PromiseOutcome::Cancelled => &mut self.cancelled,
            PromiseOutcome::Open => &mut self.open,
        }
    }

    /// Promises of all outcomes.
    pub fn total(&self) -> usize {
        self.closed() + self.open
    }

    /// Promises that are no longer open.
    pub fn closed(&self) -> usize {
        self.kept + self.slipped + self.cancelled
    }

    /// The share of kept ones among those that are no longer open, from 0 to 1; none where all are open.
    pub fn hit_rate(&self) -> Option<f64> {
        (self.closed() > 0).then(|| self.kept as f64 / self.closed() as f64)
    }
}

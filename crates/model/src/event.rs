//! One happening, told by one or more claims.

use crate::claim::name;
use crate::{ClaimId, EntityId, EventDate, EventType, Status, Topic};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// `event/<this>` in IRIs: a hash of the key (type, parties, agreement) and the earliest day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub Arc<str>);

name!(EventId);

/// One happening. Compound actors stay one event: a summit is not many dyads.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name.
    pub id: EventId,
    /// One of the 50.
    pub event_type: EventType,
    /// A finer leaf, where its claims agree on one.
    pub subtype: Option<String>,
    /// Who acts, sorted.
    pub source: Vec<EntityId>,
    /// Who is acted on, sorted.
    pub target: Vec<EntityId>,
    /// The agreement, framework or organisation it is about; unnamed agreements have a hashed id.
    pub agreement: Option<EntityId>,
    /// By rule: any occurred wins; else the latest-reported of planned and cancelled; else possible; else denied.
    pub status: Status,
    /// The most exact date that its claims agree on.
    pub date: EventDate,
    /// Where.
    pub place: Option<EntityId>,
    /// What about.
    pub topic: Option<Topic>,
    /// Every claim, sorted.
    pub claims: Vec<ClaimId>,
    /// Keys of the documents that tell it, sorted.
    pub documents: Vec<Arc<str>>,
    /// How many independent origins, at most one a document: the same wire text or the same quoted outlet counts once.
    pub origins: usize,
}

impl Event {
    /// Sources and targets, sorted.
    pub fn parties(&self) -> Vec<EntityId> {
        let mut all: Vec<_> = self.source.iter().chain(&self.target).cloned().collect();
        all.sort();
        all.dedup();
        all
    }

    /// Whether it is an act between two: of the one towards the other (or an agreement), or of both with nobody to whom it is done.
    /// "A and B met" and "A accused B" are; "A and B accused C" and "A sanctioned B and C" are none of B and C, nor of A and B.
    pub fn is_between(&self, a: &EntityId, b: &EntityId) -> bool {
        let acts = |id| self.source.contains(id);
        let undergoes = |id| self.target.contains(id) || self.agreement.as_ref() == Some(id);
        let together = acts(a) && acts(b) && self.target.is_empty();
        acts(a) && undergoes(b) || acts(b) && undergoes(a) || together
    }
}

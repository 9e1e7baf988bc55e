//! One happening out of the claims that tell it.
//!
//! Claims are clustered per key by [`crate::cluster`]; here a cluster becomes an event with a name, a status and a date.

use crate::key::Key;
use crate::origin::origins;
use chancery_model::hash::content_hash;
use chancery_model::{EntityId, EntityKind, Event, EventDate, EventType, ReportedClaim, Status, Topic, World};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An event with the claims that tell it, sorted by id.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Happening {
    pub(crate) event: Arc<Event>,
    pub(crate) claims: Vec<ReportedClaim>,
}

impl Happening {
    /// The number of its id.
    pub(crate) fn key(&self) -> Key {
        Key::of(&self.event.id.0)
    }

    /// Claims with one of these statuses.
    pub(crate) fn with_status(&self, statuses: &[Status]) -> impl Iterator<Item = &ReportedClaim> {
        self.claims.iter().filter(move |reported| statuses.contains(&reported.claim.status))
    }

    /// The day of the first document that tells it.
    pub(crate) fn first_published(&self) -> Option<Date> {
        self.claims.iter().filter_map(|c| c.document.published).min()
    }
}

/// The key of a claim: those of one type and one set of parties in each role are told apart by time, agreement and topic alone.
pub(crate) fn key(reported: &ReportedClaim) -> Key {
    let claim = &reported.claim;
    Key::hash(["happenings", claim.event_type.name(), &words(&claim.source), &words(&claim.target)])
}

/// Ids as part of what a name is made of.
pub(crate) fn words(ids: &[EntityId]) -> String {
    ids.iter().map(EntityId::as_str).collect::<Vec<_>>().join(" ")
}

/// Whether two happenings of one key differ where their topics do: an agreement and a sanction are known by what they are
/// about; a meeting is one meeting, whatever else a report says of it.
pub(crate) fn topic_tells_apart(event_type: EventType) -> bool {
    matches!(event_type.name(), "sign-agreement" | "impose-sanctions" | "ease-sanctions")
}

/// The event that claims of one cluster tell. `twin` numbers events that would have one name, from 0.
pub(crate) fn happening(mut claims: Vec<ReportedClaim>, twin: usize, world: &World) -> Happening {
    claims.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
    let first = &claims[0].claim;
    let (event_type, source, target) = (first.event_type, first.source.clone(), first.target.clone());
    let topic = claims.iter().filter_map(|c| c.claim.topic).min();
    let named = claims.iter().filter_map(|c| c.claim.agreement.as_ref()).min().cloned();
    let earliest = earliest_day(&claims);
    let agreement = named.or_else(|| unnamed(event_type, &source, &target, topic, &earliest));
    let status = status(&claims);
    let subtypes: BTreeSet<&String> = claims.iter().filter_map(|c| c.claim.subtype.as_ref()).collect();
    let id = Name { event_type, source: &source, target: &target, agreement: &agreement, topic, earliest, twin }.hash();
    let event = Event {
        id: id.into(),
        event_type,
        subtype: subtypes.first().filter(|_| subtypes.len() == 1).map(|s| (*s).clone()),
        agreement,
        status,
        date: date(&claims, status),
        place: claims.iter().find_map(|c| c.claim.place.clone()),
        topic,
        claims: claims.iter().map(|c| c.claim.id.clone()).collect(),
        documents: documents(&claims),
        origins: origins(&claims, world),
        source,
        target,
    };
    Happening { event: Arc::new(event), claims }
}

/// What the name of an event is made of: its key and its earliest day.
struct Name<'a> {
    event_type: EventType,
    source: &'a [EntityId],
    target: &'a [EntityId],
    agreement: &'a Option<EntityId>,
    topic: Option<Topic>,
    earliest: String,
    twin: usize,
}

impl Name<'_> {
    fn hash(&self) -> String {
        let (source, target) = (words(self.source), words(self.target));
        let agreement = self.agreement.as_ref().map(EntityId::as_str).unwrap_or_default();
        let mut parts = vec!["event", self.event_type.name(), &source, &target, agreement, &self.earliest];
        if topic_tells_apart(self.event_type) {
            parts.extend(self.topic.map(Topic::as_str));
        }
        let twin = self.twin.to_string();
        if self.twin > 0 {
            parts.push(&twin);
        }
        content_hash(parts)
    }
}

/// The first day that a claim gives, else the first day of publication, else nothing: part of the event's name.
fn earliest_day(claims: &[ReportedClaim]) -> String {
    let days = claims.iter().filter_map(|c| c.claim.date.as_day());
    let coarse = claims.iter().filter_map(|c| c.claim.date.not_before().or(c.claim.date.not_after()));
    let published = claims.iter().filter_map(|c| c.document.published);
    days.min().or_else(|| coarse.min()).or_else(|| published.min()).map(|day| day.to_string()).unwrap_or_default()
}

/// An agreement that nobody names is named after its parties, topic and day.
fn unnamed(
    event_type: EventType,
    source: &[EntityId],
    target: &[EntityId],
    topic: Option<Topic>,
    day: &str,
) -> Option<EntityId> {
    if event_type.name() != "sign-agreement" || target.iter().any(|id| id.kind() == EntityKind::Agreement) {
        return None;
    }
    let hash = content_hash(["agreement", &words(source), topic.map_or("", Topic::as_str), day]);
    format!("agreement:unnamed-{}", &hash[..12]).parse().ok()
}

/// Any occurred wins; else the latest-reported of planned and cancelled; else possible; denied never wins alone.
fn status(claims: &[ReportedClaim]) -> Status {
    if claims.iter().any(|c| c.claim.status == Status::Occurred) {
        return Status::Occurred;
    }
    let latest = claims
        .iter()
        .filter(|c| matches!(c.claim.status, Status::Planned | Status::Cancelled))
        .max_by_key(|c| (c.document.published, c.document.recorded, c.claim.status, &c.claim.id));
    match latest {
        Some(reported) => reported.claim.status,
        None if claims.iter().any(|c| c.claim.status == Status::Possible) => Status::Possible,
        None => Status::Denied,
    }
}

/// The most exact date among claims of the winning status, else among all; of equally exact ones the most frequent,
/// then the earliest.
fn date(claims: &[ReportedClaim], status: Status) -> EventDate {
    let best = |claims: &mut dyn Iterator<Item = &ReportedClaim>| {
        let mut counts: BTreeMap<EventDate, usize> = BTreeMap::new();
        for reported in claims.filter(|c| !c.claim.date.is_unknown()) {
            *counts.entry(reported.claim.date).or_default() += 1;
        }
        counts
            .into_iter()
            .min_by_key(|(date, count)| (date.precision(), std::cmp::Reverse(*count), *date))
            .map(|(d, _)| d)
    };
    best(&mut claims.iter().filter(|c| c.claim.status == status))
        .or_else(|| best(&mut claims.iter()))
        .unwrap_or(EventDate::UNKNOWN)
}

/// The documents that make these claims, sorted.
pub(crate) fn documents(claims: &[ReportedClaim]) -> Vec<Arc<str>> {
    let keys: BTreeSet<&Arc<str>> = claims.iter().map(|c| &c.document.id).collect();
    keys.into_iter().cloned().collect()
}

//! Claims that tell one happening: the same type and parties, agreements that do not differ, days within the type's window.

use chancery_model::hash::content_hash;
use chancery_model::{
    EntityId, EntityKind, Event, EventDate, EventId, EventType, Precision, ReportedClaim, SourceKind, Status, Topic,
};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use std::collections::{BTreeMap, BTreeSet};

/// An event with the claims that tell it, sorted by id.
#[derive(Debug)]
pub(crate) struct Happening<'a> {
    pub(crate) event: Event,
    pub(crate) claims: Vec<&'a ReportedClaim>,
}

impl Happening<'_> {
    /// Claims with one of these statuses.
    pub(crate) fn with_status(&self, statuses: &[Status]) -> impl Iterator<Item = &ReportedClaim> {
        self.claims.iter().copied().filter(move |reported| statuses.contains(&reported.claim.status))
    }
}

/// Days of a report before its publication in which an undated event is taken to lie.
const REPORTING_DAYS: i32 = 7;

type Key = (EventType, Vec<EntityId>, Vec<EntityId>);

/// All happenings, each claim in exactly one.
pub(crate) fn happenings<'a>(claims: &[&'a ReportedClaim]) -> Vec<Happening<'a>> {
    let mut by_key: BTreeMap<Key, Vec<&'a ReportedClaim>> = BTreeMap::new();
    for &reported in claims {
        let claim = &reported.claim;
        let key = (claim.event_type, claim.source.clone(), claim.target.clone());
        by_key.entry(key).or_default().push(reported);
    }
    by_key.into_values().flat_map(clusters).map(Cluster::into_happening).collect()
}

/// Claims of one key that agree in time.
#[derive(Debug)]
struct Cluster<'a> {
    claims: Vec<&'a ReportedClaim>,
    first: Option<Date>,
    last: Option<Date>,
    agreement: Option<EntityId>,
    topic: Option<Topic>,
}

/// Gap clustering: claims with a day first, by day; then coarser dates; then undated ones by publication.
fn clusters<'a>(mut claims: Vec<&'a ReportedClaim>) -> Vec<Cluster<'a>> {
    claims.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.claim.id.cmp(&b.claim.id)));
    let mut clusters: Vec<Cluster<'a>> = Vec::new();
    for reported in claims {
        let (from, to) = span_of(reported);
        let window = reported.claim.event_type.row().window_days;
        let near = clusters
            .iter_mut()
            .filter(|cluster| {
                cluster.agrees(reported) && (cluster.reaches(from, to, window) || cluster.is_told_with(reported))
            })
            .min_by_key(|cluster| cluster.distance(from, to));
        match near {
            Some(cluster) => cluster.add(reported),
            None => clusters.push(Cluster::new(reported)),
        }
    }
    clusters
}

/// Exact dates before coarse, coarse before none; then by day.
fn order(reported: &ReportedClaim) -> (Precision, Option<Date>, Option<Date>) {
    (reported.claim.date.precision(), span_of(reported).0, reported.document.published)
}

/// The days in which the event of a claim can lie.
fn span_of(reported: &ReportedClaim) -> (Option<Date>, Option<Date>) {
    let (claim, published) = (&reported.claim, reported.document.published);
    if !claim.date.is_unknown() {
        return (claim.date.not_before(), claim.date.not_after());
    }
    let window = claim.event_type.row().window_days;
    let ahead = matches!(claim.status, Status::Planned | Status::Possible | Status::Cancelled);
    let back = published.map(|day| shift(day, -(window + REPORTING_DAYS)));
    let forth = published.map(|day| if ahead { shift(day, window + REPORTING_DAYS) } else { day });
    (back, forth)
}

fn shift(day: Date, days: i32) -> Date {
    let span: Span = i64::from(days).days();
    day.saturating_add(span)
}

impl<'a> Cluster<'a> {
    fn new(reported: &'a ReportedClaim) -> Self {
        let (first, last) = span_of(reported);
        let claim = &reported.claim;
        Self { claims: vec![reported], first, last, agreement: claim.agreement.clone(), topic: claim.topic }
    }

    /// Neither the agreement nor the topic differs.
    fn agrees(&self, reported: &ReportedClaim) -> bool {
        let same = |a: &Option<EntityId>, b: &Option<EntityId>| a.is_none() || b.is_none() || a == b;
        same(&self.agreement, &reported.claim.agreement)
            && (self.topic.is_none() || reported.claim.topic.is_none() || self.topic == reported.claim.topic)
    }

    fn reaches(&self, from: Option<Date>, to: Option<Date>, window: i32) -> bool {
        let before = |a: Option<Date>, b: Option<Date>| match (a, b) {
            (Some(a), Some(b)) => a <= shift(b, window),
            _ => true,
        };
        before(from, self.last) && before(self.first, to)
    }

    /// "They have had relations for more than 30 years" and "they have relations", told in the same weeks, are one thing,
    /// however long ago it began.
    fn is_told_with(&self, reported: &ReportedClaim) -> bool {
        let open = |told: &&&ReportedClaim| told.claim.date.precision() == Precision::Bounds;
        let days = |told: &&ReportedClaim| {
            told.document.published.zip(reported.document.published).map(|(a, b)| (a - b).get_days())
        };
        reported.claim.date.is_unknown()
            && self.claims.iter().filter(open).filter_map(days).any(|days| days.abs() <= REPORTING_DAYS)
    }

    /// Days between the cluster and a span; 0 where they overlap.
    fn distance(&self, from: Option<Date>, to: Option<Date>) -> i32 {
        let gap = |a: Option<Date>, b: Option<Date>| match (a, b) {
            (Some(a), Some(b)) => (b - a).get_days().max(0),
            _ => 0,
        };
        gap(self.last, from).max(gap(to, self.first))
    }

    /// The days of a cluster are those of its most exact claims: a coarse or missing date does not widen it.
    fn add(&mut self, reported: &'a ReportedClaim) {
        if reported.claim.date.precision() == Precision::Day || self.claims.iter().all(|c| c.claim.date.is_unknown()) {
            let (from, to) = span_of(reported);
            self.first = [self.first, from].into_iter().flatten().min();
            self.last = [self.last, to].into_iter().flatten().max();
        }
        self.agreement = self.agreement.take().or_else(|| reported.claim.agreement.clone());
        self.topic = self.topic.or(reported.claim.topic);
        self.claims.push(reported);
    }

    fn into_happening(mut self) -> Happening<'a> {
        self.claims.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
        let first = &self.claims[0].claim;
        let (event_type, source, target) = (first.event_type, first.source.clone(), first.target.clone());
        let status = status(&self.claims);
        let date = date(&self.claims, status);
        let earliest = self.earliest_day();
        let agreement = self.agreement.clone().or_else(|| unnamed(event_type, &source, &target, self.topic, &earliest));
        let ids = |ids: &[EntityId]| ids.iter().map(EntityId::as_str).collect::<Vec<_>>().join(" ");
        let named = agreement.as_ref().map(EntityId::as_str).unwrap_or_default();
        let id = content_hash(["event", event_type.name(), &ids(&source), &ids(&target), named, &earliest]);
        let subtypes: BTreeSet<&String> = self.claims.iter().filter_map(|c| c.claim.subtype.as_ref()).collect();
        let event = Event {
            id: EventId(id),
            event_type,
            subtype: subtypes.first().filter(|_| subtypes.len() == 1).map(|s| (*s).clone()),
            source,
            target,
            agreement,
            status,
            date,
            place: self.claims.iter().find_map(|c| c.claim.place.clone()),
            topic: self.topic,
            claims: self.claims.iter().map(|c| c.claim.id.clone()).collect(),
            documents: documents(&self.claims),
            origins: origins(&self.claims),
        };
        Happening { event, claims: self.claims }
    }

    /// The first day that a claim gives, else the first day of publication, else nothing: part of the event's name.
    fn earliest_day(&self) -> String {
        let days = self.claims.iter().filter_map(|c| c.claim.date.as_day());
        let coarse = self.claims.iter().filter_map(|c| c.claim.date.not_before().or(c.claim.date.not_after()));
        let published = self.claims.iter().filter_map(|c| c.document.published);
        days.min().or_else(|| coarse.min()).or_else(|| published.min()).map(|day| day.to_string()).unwrap_or_default()
    }
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
    let parties: Vec<&str> = source.iter().map(EntityId::as_str).collect();
    let hash = content_hash(["agreement", &parties.join(" "), topic.map_or("", Topic::as_str), day]);
    format!("agreement:unnamed-{}", &hash[..12]).parse().ok()
}

/// Any occurred wins; else the latest-reported of planned and cancelled; else possible; denied never wins alone.
fn status(claims: &[&ReportedClaim]) -> Status {
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
fn date(claims: &[&ReportedClaim], status: Status) -> EventDate {
    let best = |claims: &mut dyn Iterator<Item = &&ReportedClaim>| {
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

pub(crate) fn documents(claims: &[&ReportedClaim]) -> Vec<String> {
    let keys: BTreeSet<&String> = claims.iter().map(|c| &c.document.id).collect();
    keys.into_iter().cloned().collect()
}

/// Independent origins: the same quoted outlet, or the same wire text, counts once.
pub(crate) fn origins(claims: &[&ReportedClaim]) -> usize {
    let origin = |reported: &&ReportedClaim| match reported.claim.attribution.first() {
        Some(step) if step.kind == SourceKind::Outlet => match &step.agent {
            Some(agent) => format!("outlet {agent}"),
            None => format!("outlet {}", step.surface),
        },
        _ => format!("text {}", reported.document.text_origin),
    };
    claims.iter().map(origin).collect::<BTreeSet<String>>().len()
}

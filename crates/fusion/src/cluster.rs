//! Which claims of one key tell one happening: gap clustering by day, kept in stretches of time that cannot touch each other.
//!
//! A claim can join another only where their days, widened by the window of their type, overlap. So the claims of a key fall
//! into stretches, and a claim that comes or goes makes only its own stretch anew, however many claims the key has.

use crate::event::{Happening, happening, topic_tells_apart};
use chancery_model::{EntityId, Precision, ReportedClaim, Status, Topic, World};
use imbl::OrdMap;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Days of a report before its publication in which an undated event is taken to lie.
const REPORTING_DAYS: i32 = 7;

/// All claims of one key. Clones share their stretches.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Strand(OrdMap<Date, Arc<Stretch>>);

/// Claims that can touch each other, with the happenings that they tell.
#[derive(Debug, PartialEq)]
struct Stretch {
    /// The last day that belongs to it.
    to: Date,
    claims: Vec<ReportedClaim>,
    happenings: Vec<Arc<Happening>>,
}

/// What a change of claims did to the happenings of a key.
#[derive(Debug, Default)]
pub(crate) struct Reclustered {
    pub(crate) gone: Vec<Arc<Happening>>,
    pub(crate) come: Vec<Arc<Happening>>,
}

impl Strand {
    /// Whether it has no claims.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes claims out and puts claims in.
    pub(crate) fn change(&mut self, removed: &[ReportedClaim], added: &[ReportedClaim], world: &World) -> Reclustered {
        let mut done = Reclustered::default();
        let mut pool: Vec<ReportedClaim> = Vec::with_capacity(added.len());
        for reported in removed.iter().chain(added) {
            for stretch in self.take_touched(extent(reported)) {
                pool.extend(stretch.claims.iter().cloned());
                done.gone.extend(stretch.happenings.iter().cloned());
            }
        }
        let gone: BTreeSet<_> = removed.iter().map(|reported| (&reported.claim.id, &reported.document.id)).collect();
        pool.retain(|reported| !gone.contains(&(&reported.claim.id, &reported.document.id)));
        pool.extend(added.iter().cloned());
        for (from, stretch) in stretches(pool, world) {
            done.come.extend(stretch.happenings.iter().cloned());
            self.0.insert(from, Arc::new(stretch));
        }
        done
    }

    /// Takes out the stretches that touch these days.
    fn take_touched(&mut self, (from, to): (Date, Date)) -> Vec<Arc<Stretch>> {
        let before = self.0.get_prev(&from).filter(|(_, stretch)| stretch.to >= from).map(|(start, _)| *start);
        let within: Vec<Date> = self.0.range(from..=to).map(|(start, _)| *start).collect();
        let starts: BTreeSet<Date> = before.into_iter().chain(within).collect();
        starts.iter().filter_map(|start| self.0.remove(start)).collect()
    }
}

/// The days in which a claim can touch another. A claim without any day touches those alone that have none either: nothing
/// says to which of the happenings it belongs.
fn extent(reported: &ReportedClaim) -> (Date, Date) {
    let window = reported.claim.event_type.row().window_days;
    let (from, to) = match span_of(reported) {
        (None, None) => return (Date::MIN, Date::MIN),
        (from, to) => (from.unwrap_or(SECOND_DAY).max(SECOND_DAY), to.map_or(Date::MAX, |to| shift(to, window))),
    };
    // Bounds without a beginning also touch what is told of them in the same weeks; see `Cluster::is_told_with`.
    match reported.document.published.filter(|_| reported.claim.date.precision() == Precision::Bounds) {
        Some(told) => (from.min(shift(told, -REPORTING_DAYS)), to.max(shift(told, REPORTING_DAYS))),
        None => (from, to),
    }
}

/// The day after the first one that a date can have, which stands for no day at all.
const SECOND_DAY: Date = jiff::civil::date(-9999, 1, 2);

/// Sorts claims into stretches, each by its first day.
fn stretches(claims: Vec<ReportedClaim>, world: &World) -> Vec<(Date, Stretch)> {
    let mut claims: Vec<((Date, Date), ReportedClaim)> =
        claims.into_iter().map(|reported| (extent(&reported), reported)).collect();
    claims.sort_by_key(|(key, _)| *key);
    let mut runs: Vec<(Date, Date, Vec<ReportedClaim>)> = Vec::new();
    for ((from, to), reported) in claims {
        match runs.last_mut().filter(|(_, end, _)| from <= *end) {
            Some((_, end, run)) => {
                *end = to.max(*end);
                run.push(reported);
            }
            None => runs.push((from, to, vec![reported])),
        }
    }
    let stretch = |(from, to, claims): (Date, Date, Vec<ReportedClaim>)| {
        let happenings = happenings(&claims, world);
        (from, Stretch { to, claims, happenings })
    };
    runs.into_iter().map(stretch).collect()
}

/// The happenings of a stretch. Where two would have one name, the later ones are numbered.
fn happenings(claims: &[ReportedClaim], world: &World) -> Vec<Arc<Happening>> {
    let mut names = BTreeSet::new();
    let mut happenings = Vec::new();
    for cluster in clusters(claims) {
        let claims: Vec<ReportedClaim> = cluster.claims.into_iter().cloned().collect();
        let numbered = (0..).map(|twin| happening(claims.clone(), twin, world));
        let told =
            numbered.into_iter().find(|told| !names.contains(&told.event.id)).expect("there is always a number more");
        names.insert(told.event.id.clone());
        happenings.push(Arc::new(told));
    }
    happenings
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
fn clusters(claims: &[ReportedClaim]) -> Vec<Cluster<'_>> {
    let mut claims: Vec<&ReportedClaim> = claims.iter().collect();
    claims.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
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

/// Exact dates before coarse, coarse before none; then by day; then by what else tells two claims apart.
fn order(reported: &ReportedClaim) -> impl Ord + '_ {
    let (claim, document) = (&reported.claim, &reported.document);
    (claim.date.precision(), span_of(reported).0, document.published, &claim.id, &document.id)
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

    /// The agreement does not differ, nor the topic where it tells events apart.
    fn agrees(&self, reported: &ReportedClaim) -> bool {
        let claim = &reported.claim;
        let same_agreement = self.agreement.is_none() || claim.agreement.is_none() || self.agreement == claim.agreement;
        let same_topic = !topic_tells_apart(claim.event_type)
            || self.topic.is_none()
            || claim.topic.is_none()
            || self.topic == claim.topic;
        same_agreement && same_topic
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
}

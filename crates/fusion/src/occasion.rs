//! Events around one occasion: the summit, the visit that brought a president to it, the meeting at its edge.
//!
//! They are linked, not merged: each keeps its own type, parties and claims. Two events belong to one occasion where they are of
//! different types of this family, share at least two parties, and lie on days that touch, give or take the larger of their
//! windows.

use crate::event::Happening;
use crate::key::Key;
use chancery_model::{EntityId, Event, EventType};
use imbl::{OrdMap, OrdSet};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The longest span, in days, in which an event still counts as of known days.
const MOST_DAYS: i32 = 14;

fn is_of_the_family(event_type: EventType) -> bool {
    matches!(event_type.name(), "meet" | "visit" | "summit")
}

/// Events of the family by party and day, and the links between them. Clones share.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Occasions {
    diary: OrdMap<(EntityId, Date, Key), Arc<Happening>>,
    links: OrdSet<(Key, Key)>,
}

impl Occasions {
    /// The events around the occasion of this one, by id.
    pub(crate) fn of(&self, event: Key) -> impl Iterator<Item = Key> {
        let links = self.links.range((event, Key::LEAST)..);
        links.take_while(move |(from, _)| *from == event).map(|(_, to)| *to)
    }

    /// Both directions of every link, sorted.
    pub(crate) fn links(&self) -> impl Iterator<Item = &(Key, Key)> {
        self.links.iter()
    }

    /// Forgets an event, and gives the events that it was linked to.
    pub(crate) fn remove(&mut self, happening: &Happening) -> Vec<Key> {
        let (event, key) = (&happening.event, happening.key());
        let Some((first, _)) = days(event) else { return Vec::new() };
        for party in event.parties() {
            self.diary.remove(&(party, first, key));
        }
        let others: Vec<Key> = self.of(key).collect();
        for &other in &others {
            self.links.remove(&(key, other));
            self.links.remove(&(other, key));
        }
        others
    }

    /// Takes up an event, and gives the events that it is now linked to.
    pub(crate) fn add(&mut self, happening: &Arc<Happening>) -> Vec<Key> {
        let (event, key) = (&happening.event, happening.key());
        let Some((first, _)) = days(event) else { return Vec::new() };
        let parties = event.parties();
        let others = self.around(event, &parties);
        for &other in &others {
            self.links.insert((key, other));
            self.links.insert((other, key));
        }
        for party in parties {
            self.diary.insert((party, first, key), happening.clone());
        }
        others
    }

    /// Of two shared parties one is met in the diary of all but the last.
    fn around(&self, event: &Event, parties: &[EntityId]) -> Vec<Key> {
        let Some((first, last)) = days(event) else { return Vec::new() };
        let reach = i64::from(MOST_DAYS + 7).days();
        let (from, to) = (first.saturating_sub(reach), last.saturating_add(reach));
        let mut found = BTreeSet::new();
        for party in parties.iter().take(parties.len().saturating_sub(1)) {
            let start = (party.clone(), from, Key::LEAST);
            let diary = self.diary.range(start..).take_while(|((who, day, _), _)| who == party && *day <= to);
            let fitting = diary.filter(|(_, other)| share_occasion(event, parties, &other.event));
            found.extend(fitting.map(|((_, _, key), _)| *key));
        }
        found.into_iter().collect()
    }
}

/// First and last day of an event of the family, where they are known.
fn days(event: &Event) -> Option<(Date, Date)> {
    let (first, last) = event.date.not_before().zip(event.date.not_after())?;
    (is_of_the_family(event.event_type) && (last - first).get_days() <= MOST_DAYS).then_some((first, last))
}

fn share_occasion(event: &Event, parties: &[EntityId], other: &Event) -> bool {
    let Some(((first, last), (other_first, other_last))) = days(event).zip(days(other)) else { return false };
    let window = event.event_type.row().window_days.max(other.event_type.row().window_days);
    let window = i64::from(window).days();
    let shared = other.parties().iter().filter(|party| parties.binary_search(party).is_ok()).count();
    event.event_type != other.event_type
        && shared >= 2
        && first <= other_last.saturating_add(window)
        && other_first <= last.saturating_add(window)
}

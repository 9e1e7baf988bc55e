//! The course of a relation, month by month: what occurred, how much of it, of which kind.
//!
//! Weights are those of the event types, on the Goldstein scale of −10 (conflict) to 10 (cooperation). Only what occurred
//! counts: a plan, a denial and a mere possibility are no act. A month without an event is absent, since no news is not
//! neutral news; an event that is not known to the month is counted apart, and placed nowhere.

use chancery_model::{Event, Status};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What occurred in one month.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthTrend {
    /// Its first day.
    pub month: Date,
    /// Events; at least one.
    pub events: usize,
    /// The sum of their weights.
    pub weight_sum: f64,
    /// Events of cooperation.
    pub cooperation: usize,
    /// Events of conflict.
    pub conflict: usize,
    /// Events by PLOVER class.
    pub classes: BTreeMap<&'static str, usize>,
}

/// Months that have events, the oldest first, and what is in none of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trend {
    /// The oldest first; months without events are absent.
    pub months: Vec<MonthTrend>,
    /// Events that occurred on a day not known to the month.
    pub undated: usize,
}

impl MonthTrend {
    fn of(month: Date) -> Self {
        Self { month, events: 0, weight_sum: 0.0, cooperation: 0, conflict: 0, classes: BTreeMap::new() }
    }

    /// The mean weight of an event, from −10 to 10.
    pub fn weight_mean(&self) -> f64 {
        self.weight_sum / self.events as f64
    }

    fn add(&mut self, event: &Event) {
        let row = event.event_type.row();
        self.events += 1;
        self.weight_sum += row.weight;
        *(if event.event_type.is_cooperative() { &mut self.cooperation } else { &mut self.conflict }) += 1;
        *self.classes.entry(row.plover).or_default() += 1;
    }
}

/// The trend of some events, as those of a dyad. The order of events does not matter.
pub fn trend<'e>(events: impl IntoIterator<Item = &'e Event>) -> Trend {
    let (mut months, mut undated) = (BTreeMap::new(), 0);
    for event in events.into_iter().filter(|event| event.status == Status::Occurred) {
        match month(event) {
            Some(month) => months.entry(month).or_insert_with(|| MonthTrend::of(month)).add(event),
            None => undated += 1,
        }
    }
    Trend { months: months.into_values().collect(), undated }
}

/// The first day of the month that an event was in, where that is known.
fn month(event: &Event) -> Option<Date> {
    let (first, last) = (event.date.not_before()?, event.date.not_after()?);
    (first.first_of_month() == last.first_of_month()).then(|| first.first_of_month())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::{EventDate, EventId};

    fn event(event_type: &str, status: Status, date: &str) -> Event {
        Event {
            id: EventId::from(format!("{event_type} {date}")),
            event_type: event_type.parse().unwrap(),
            subtype: None,
            source: vec!["KAZ".parse().unwrap()],
            target: vec!["USA".parse().unwrap()],
            agreement: None,
            status,
            date: EventDate::parse(date).unwrap_or(EventDate::UNKNOWN),
            place: None,
            topic: None,
            claims: Vec::new(),
            documents: Vec::new(),
            origins: 1,
        }
    }

    #[test]
    fn months_without_events_are_absent() {
        let events = [
            event("visit", Status::Occurred, "2025-03-31"),
            event("threaten", Status::Occurred, "2025-01"),
            event("meet", Status::Occurred, "2025-03-01"),
            event("visit", Status::Planned, "2025-02-01"),
            event("visit", Status::Occurred, "2025"),
            event("visit", Status::Occurred, "?"),
        ];
        let found = trend(&events);
        let weight = |index: usize| events[index].event_type.row().weight;
        let months: Vec<(String, usize, usize, f64)> = found
            .months
            .iter()
            .map(|month| (month.month.to_string(), month.cooperation, month.conflict, month.weight_sum))
            .collect();
        let expected =
            [("2025-01-01".to_owned(), 0, 1, weight(1)), ("2025-03-01".to_owned(), 2, 0, weight(0) + weight(2))];
        assert_eq!(months, expected);
        assert_eq!(found.undated, 2);
        assert_eq!(found.months[1].weight_mean(), (weight(0) + weight(2)) / 2.0);
        assert_eq!(found.months[1].classes.values().sum::<usize>(), 2);
    }

    #[test]
    fn nothing_is_not_neutral() {
        assert_eq!(trend(&[event("visit", Status::Denied, "2025-03-31")]), Trend::default());
    }
}

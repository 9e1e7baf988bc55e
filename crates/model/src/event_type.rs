//! The 50 event types, loaded from `ontology/event-types.tsv`, the one source.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// One row of `ontology/event-types.tsv`.
#[derive(Debug)]
pub struct EventTypeRow {
    /// `join-agreement`.
    pub name: &'static str,
    /// PLOVER class, `SUPPORT`.
    pub plover: &'static str,
    /// CAMEO code, `057`.
    pub cameo: &'static str,
    /// Cooperation (positive) or conflict (negative), on the Goldstein scale of −10 to 10.
    pub weight: f64,
    /// Whether all parties are sources.
    pub symmetric: bool,
    /// What the type means, in English.
    pub definition: &'static str,
    /// What the type does to states, in words; the rules are `ontology/state-effects.tsv`.
    pub effect: &'static str,
    /// Days within which two reports tell one happening.
    pub window_days: i32,
}

static ROWS: LazyLock<Vec<EventTypeRow>> = LazyLock::new(|| {
    let table: &'static str = include_str!("../../../ontology/event-types.tsv");
    table.lines().skip(1).map(|line| row(line).expect("ontology/event-types.tsv is checked by tests")).collect()
});

static BY_NAME: LazyLock<HashMap<&'static str, u8>> =
    LazyLock::new(|| ROWS.iter().zip(0..).map(|(row, index)| (row.name, index)).collect());

fn row(line: &'static str) -> Option<EventTypeRow> {
    let mut cells = line.split('\t');
    Some(EventTypeRow {
        name: cells.next()?,
        plover: cells.next()?,
        cameo: cells.next()?,
        weight: cells.next()?.parse().ok()?,
        symmetric: cells.next()? == "yes",
        definition: cells.next()?,
        effect: cells.next()?,
        window_days: cells.next()?.parse().ok()?,
    })
}

/// One of the 50 event types. Ordered as in the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventType(u8);

/// A word that names no event type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown event type {0:?}: the types are the rows of ontology/event-types.tsv")]
pub struct UnknownEventType(pub String);

impl EventType {
    /// All types in table order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..ROWS.len() as u8).map(Self)
    }

    /// Its row.
    #[inline]
    pub fn row(self) -> &'static EventTypeRow {
        &ROWS[usize::from(self.0)]
    }

    /// `join-agreement`.
    #[inline]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The local name of its class in the ontology: `JoinAgreement`.
    pub fn class_name(self) -> String {
        self.name().split('-').map(capitalised).collect()
    }

    /// Whether all parties are sources.
    #[inline]
    pub fn is_symmetric(self) -> bool {
        self.row().symmetric
    }

    /// Whether the PLOVER class is one of material or verbal cooperation.
    pub fn is_cooperative(self) -> bool {
        self.row().weight > 0.0
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

impl FromStr for EventType {
    type Err = UnknownEventType;

    fn from_str(name: &str) -> Result<Self, UnknownEventType> {
        BY_NAME.get(name).copied().map(Self).ok_or_else(|| UnknownEventType(name.to_owned()))
    }
}

impl TryFrom<String> for EventType {
    type Error = UnknownEventType;

    fn try_from(name: String) -> Result<Self, UnknownEventType> {
        name.parse()
    }
}

impl From<EventType> for String {
    fn from(event_type: EventType) -> Self {
        event_type.name().to_owned()
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(EventType::all().count(), 50);
        for event_type in EventType::all() {
            let row = event_type.row();
            assert!((-10.0..=10.0).contains(&row.weight), "{}", row.name);
            assert!(row.window_days > 0 && !row.definition.is_empty(), "{}", row.name);
        }
        assert_eq!("join-agreement".parse::<EventType>().unwrap().class_name(), "JoinAgreement");
    }
}

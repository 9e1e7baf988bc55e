//! The finer leaves of event types as SKOS concepts, from the table `ontology/event-subtypes.tsv` (`type subtype lang label
//! definition`; definitions in Arabic and English). Their class names are those of type and subtype: `dip:RecogniseWithdraw`.

use crate::vocab;
use chancery_model::{EventType, Language};
use oxrdf::NamedNode;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The table.
pub const TABLE: &str = include_str!("../../../ontology/event-subtypes.tsv");

/// A finer leaf of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventSubtype {
    /// The type.
    pub event_type: EventType,
    /// The word of claims and of `ontology/state-effects.tsv`: `withdraw`.
    pub word: &'static str,
}

/// Label and definition by the code of the language.
pub(crate) type Words = BTreeMap<&'static str, (&'static str, &'static str)>;

static ALL: LazyLock<BTreeMap<EventSubtype, Words>> =
    LazyLock::new(|| read(TABLE).expect("the tests read the embedded table"));

impl EventSubtype {
    /// All of them, in the order of the types.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.keys().copied()
    }

    /// The leaf of a type that has this word, if the table has it.
    pub fn of(event_type: EventType, word: &str) -> Option<Self> {
        Self::all().find(|subtype| subtype.event_type == event_type && subtype.word == word)
    }

    /// Its IRI.
    pub fn concept(self) -> NamedNode {
        vocab::dip(&(self.event_type.class_name() + &vocab::upper_camel(self.word)))
    }

    /// Its labels and definitions.
    pub(crate) fn words(self) -> &'static Words {
        &ALL[&self]
    }
}

/// None where a row is not whole, or names an unknown type or language.
fn read(table: &'static str) -> Option<BTreeMap<EventSubtype, Words>> {
    let mut lines = table.lines();
    if lines.next()? != "type\tsubtype\tlang\tlabel\tdefinition" {
        return None;
    }
    let mut all: BTreeMap<EventSubtype, Words> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let [event_type, word, language, label, definition] = cells[..] else { return None };
        let subtype = EventSubtype { event_type: event_type.parse().ok()?, word };
        let language: Language = language.parse().ok()?;
        all.entry(subtype).or_default().insert(language.code(), (label, definition));
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that have effects of their own, and those that the frames of the lexicon give.
    #[test]
    fn every_word_that_a_claim_can_have_is_a_concept() {
        let effects = include_str!("../../../ontology/state-effects.tsv");
        let frames = include_str!("../../../data/frames.tsv");
        let words = |table: &'static str, first: usize| {
            let rows = table.lines().filter(|line| !line.starts_with('#'));
            rows.skip(1).map(move |line| {
                let cells: Vec<&str> = line.split('\t').collect();
                (cells[first], cells[first + 1])
            })
        };
        let mut count = 0;
        for (event_type, word) in words(effects, 0).chain(words(frames, 1)).filter(|(_, word)| !word.is_empty()) {
            let event_type: EventType = event_type.parse().unwrap();
            assert!(EventSubtype::of(event_type, word).is_some(), "{event_type} {word} is not in event-subtypes.tsv");
            count += 1;
        }
        assert!(count > 10, "{count}");
    }

    #[test]
    fn a_row_that_is_not_whole_is_refused() {
        assert_eq!(read("type\tsubtype\tlang\tlabel\tdefinition\nrecognise\twithdraw\tar\n"), None);
        assert_eq!(read("type\tsubtype\tlang\tlabel\tdefinition\ndance\tslow\ten\tslow\t\n"), None);
    }
}

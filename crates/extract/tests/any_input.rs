//! No input breaks reading: texts of all scripts and signs, and sample sentences that were cut, doubled and mixed.
//!
//! `cargo xtask soak` runs it with many more cases (`PROPTEST_CASES`).

mod invariants;

use chancery_model::{Document, Language};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use std::sync::LazyLock;

/// Sentences of the sample dispatches, ours.
static SENTENCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/dispatches");
    let mut sentences = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the sample dispatches are in the tree") {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_some_and(|ending| ending == "jsonl") {
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            for line in text.lines() {
                let document: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
                let text = document["text"].as_str().expect("a document has a text");
                sentences.extend(text.split_inclusive(['.', '\n']).map(str::to_owned));
            }
        }
    }
    sentences.sort();
    sentences
});

/// What texts are made of, and what breaks programs that read them.
const PIECES: [&str; 60] = [
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "\u{85}",
    "\u{0}",
    "\u{1b}",
    "\u{200c}",
    "\u{200f}",
    "\u{202e}",
    "\u{feff}",
    "\u{fffd}",
    "\u{640}",
    "\u{64b}",
    "\u{301}",
    "و",
    "ف",
    "ب",
    "ل",
    "ك",
    "س",
    "ال",
    "وال",
    "لل",
    "ه",
    "ها",
    "هم",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "'",
    "’",
    "'s",
    "(",
    "-",
    "–",
    ".",
    "...",
    "!",
    "؟",
    "،",
    "؛",
    ":",
    "0",
    "12",
    "٣٤",
    "۵",
    "1,200.5",
    "2025-11-07",
    "U.S.",
    "G7",
    "😀",
    "👩‍👩‍👧",
    "ﷺ",
    "ﻻ",
];

/// Words that rules ask for.
const WORDS: [&str; 44] = [
    "قال",
    "إن",
    "أن",
    "الذي",
    "وزير",
    "الخارجية",
    "الرئيس",
    "روسيا",
    "مصر",
    "التقى",
    "زار",
    "وقعت",
    "اتفاقا",
    "مع",
    "إلى",
    "بين",
    "نفى",
    "يعتزم",
    "الخميس",
    "أمس",
    "بلاده",
    "نظيره",
    "الجانبان",
    "منذ",
    "عام",
    "said",
    "that",
    "which",
    "President",
    "Russia",
    "France",
    "met",
    "visited",
    "will",
    "not",
    "agreement",
    "with",
    "between",
    "and",
    "yesterday",
    "Monday",
    "his",
    "Франция",
    "中国",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        4 => prop::sample::select(WORDS.to_vec()).prop_map(|word| format!("{word} ")),
        2 => prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{0,12}",
        1 => "[\\p{Arabic}\\p{M}\\p{Nd} ]{0,12}",
    ]
}

fn mixed() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..80).prop_map(|pieces| pieces.concat())
}

/// A change of a text, by places that are taken modulo its length.
#[derive(Clone, Debug)]
enum Change {
    Cut(usize, usize),
    Double(usize, usize),
    Insert(usize, String),
    Join(usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<usize>(), 1..12_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (any::<usize>(), 1..40_usize).prop_map(|(at, length)| Change::Double(at, length)),
        (any::<usize>(), piece()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        any::<usize>().prop_map(Change::Join),
    ]
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for change in changes {
        let place = |at: usize| at % (characters.len() + 1);
        let stretch = |at: usize, length: usize| place(at)..(place(at) + length).min(characters.len());
        match change {
            Change::Cut(at, length) => drop(characters.drain(stretch(*at, *length))),
            Change::Double(at, length) => {
                let piece = characters[stretch(*at, *length)].to_vec();
                let at = place(*at);
                characters.splice(at..at, piece);
            }
            Change::Insert(at, piece) => {
                let at = place(*at);
                characters.splice(at..at, piece.chars());
            }
            Change::Join(at) => {
                let at = place(*at);
                if let Some(space) = characters[at..].iter().position(|c| c.is_whitespace()) {
                    characters.remove(at + space);
                }
            }
        }
    }
    characters.into_iter().collect()
}

fn sentences() -> impl Strategy<Value = String> {
    let some = prop::collection::vec(prop::sample::select(SENTENCES.clone()), 1..4);
    (some, prop::collection::vec(change(), 0..12)).prop_map(|(chosen, changes)| changed(&chosen.concat(), &changes))
}

fn day() -> impl Strategy<Value = Option<Date>> {
    prop_oneof![
        2 => Just(Some(date(2025, 11, 7))),
        1 => Just(None),
        1 => prop::sample::select(vec![Date::MIN, Date::MAX, date(2024, 2, 29), date(1, 1, 1)]).prop_map(Some),
    ]
}

fn document() -> impl Strategy<Value = Document> {
    let text = || prop_oneof![mixed(), sentences()];
    let lang = prop_oneof![
        4 => Just(Language::Arabic),
        4 => Just(Language::English),
        1 => prop::sample::select(Language::ALL.to_vec()),
    ];
    (lang, day(), prop::option::of(text()), text()).prop_map(|(lang, published, title, text)| Document {
        id: "any".into(),
        lang,
        published,
        publisher: None,
        title,
        text,
        recorded: None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_input_breaks_reading(document in document()) {
        invariants::check(&document);
    }
}

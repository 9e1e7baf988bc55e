//! Any bytes as a document: the first two choose language, day and title, the rest is the text. Never links the store.

#![no_main]

#[path = "../../../crates/extract/tests/invariants/mod.rs"]
mod invariants;

use chancery_model::{Document, Language};
use jiff::civil::{Date, date};
use libfuzzer_sys::fuzz_target;

const DAYS: [Option<Date>; 4] = [Some(date(2025, 11, 7)), None, Some(Date::MIN), Some(Date::MAX)];

fuzz_target!(|bytes: &[u8]| {
    let (&language, rest) = bytes.split_first().unwrap_or((&0, bytes));
    let (&choices, rest) = rest.split_first().unwrap_or((&0, rest));
    let text = String::from_utf8_lossy(rest);
    let (title, body) = match text.split_once('\n') {
        Some((title, body)) if choices & 4 != 0 => (Some(title.to_owned()), body),
        _ => (None, text.as_ref()),
    };
    invariants::check(&Document {
        id: "any".into(),
        lang: Language::ALL[usize::from(language) % Language::ALL.len()],
        published: DAYS[usize::from(choices) % DAYS.len()],
        publisher: None,
        title,
        text: body.to_owned(),
        recorded: None,
    });
});

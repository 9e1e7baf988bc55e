//! Any bytes as a file: the first chooses the form (HTML, plain text, JSON Lines, not told) and what the caller says of it, the rest is the
//! file. Nothing panics, a stream gives what the whole gives, the body leads back to the bytes, and what was read can be read.
//! The readers stand here without the rest of their crate, which links the store.

#![no_main]

#[path = "../../../crates/extract/tests/invariants/mod.rs"]
mod invariants;
#[path = "../../../crates/pipeline/src"]
#[allow(dead_code, unused_imports, reason = "what is not read here is used by the rest of the crate")]
mod pipeline {
    pub mod reader;
}

use chancery_model::{DataFiles, Language};
use libfuzzer_sys::fuzz_target;
use pipeline::reader::{Metadata, Reader};
use std::io::BufReader;
use std::sync::LazyLock;

static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::new(&DataFiles::embedded()).expect("the tables are well formed"));

const NAMES: [&str; 4] = ["page.html", "page.txt", "news.jsonl", "-"];
const LANGUAGES: [Option<Language>; 4] = [None, Some(Language::Arabic), Some(Language::English), Some(Language::Russian)];

fuzz_target!(|bytes: &[u8]| {
    let (&choices, bytes) = bytes.split_first().unwrap_or((&0, bytes));
    let name = NAMES[usize::from(choices) % NAMES.len()];
    let lang = LANGUAGES[usize::from(choices >> 2) % LANGUAGES.len()];
    let metadata = Metadata { lang, ..Metadata::default() };
    let documents = READER.read(bytes, name, &metadata);
    let streamed: Vec<_> = READER.stream(BufReader::with_capacity(64, bytes), name, &metadata).collect();
    assert_eq!(streamed, documents, "a stream gives what the whole gives");
    for document in documents.iter().flatten() {
        invariants::check(document);
    }
    if let Ok((document, map)) = READER.read_plain(bytes, name, &metadata) {
        let end = map.segments.iter().fold(0, |end, segment| {
            assert!(segment.body >= end, "stretches of the body stand in order");
            let raw = &bytes[segment.raw..segment.raw + segment.length];
            assert_eq!(document.text[segment.body..segment.body + segment.length].as_bytes(), raw, "the body leads back");
            segment.body + segment.length
        });
        assert_eq!(end, document.text.len(), "all of the body leads back");
    }
});

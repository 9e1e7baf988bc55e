//! No bytes break reading, whatever form they are taken for: a stream gives what the whole gives, and the body of a plain text leads back to
//! the bytes that were given. `tests/fuzz` asks the same of bytes that a fuzzer makes up.

use super::{Metadata, Reader};
use chancery_model::{DataFiles, Language};
use proptest::prelude::*;
use std::io::BufReader;
use std::sync::LazyLock;

static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::new(&DataFiles::embedded()).expect("the tables are well formed"));

/// What pages, plain texts and lines are made of, and what breaks programs that read them.
const PIECES: [&[u8]; 44] = [
    b" ",
    b"\n",
    b"\r\n",
    b"\n\n",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xE3\xC7\xE1",
    b"\xE2\x80\x8F",
    b"<",
    b">",
    b"</",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"&amp;",
    b"&#x202e;",
    b"&#0;",
    b"<html lang=ar>",
    b"<!doctype html>",
    b"<meta charset=windows-1256>",
    b"<meta property='og:title' content='Talks'>",
    b"<meta name=date content='2025-11-07'>",
    b"<time datetime='2025-13-41'>",
    b"<script type='application/ld+json'>{\"datePublished\":\"2025",
    b"</script>",
    b"<title>",
    b"<article>",
    b"</article>",
    b"<p>",
    b"</p>",
    b"<p><object>",
    b"<table><td>",
    b"<svg><p>",
    b"<div class=\"",
    b"{\"id\":\"a\",\"lang\":\"en\",\"text\":\"",
    b"\"}",
    b"\\ud800",
    b"Updated: 7 November 2025 10:00 GMT",
    "الجمعة 7 نوفمبر 2025".as_bytes(),
    "التقى وزير الخارجية المصري نظيره التركي في القاهرة أمس الخميس. ".as_bytes(),
    b"The Egyptian foreign minister met his Turkish counterpart in Cairo on Thursday. ",
    b"2025-11-07",
];

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES.to_vec()).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..12),
        1 => "\\PC{0,12}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["page.html", "page.txt", "news.jsonl", "-"])
}

fn language() -> impl Strategy<Value = Option<Language>> {
    prop::option::of(prop::sample::select(Language::ALL.to_vec()))
}

proptest! {
    #[test]
    fn no_bytes_break_reading(bytes in bytes(), name in name(), lang in language()) {
        let metadata = Metadata { lang, ..Metadata::default() };
        let whole = READER.read(&bytes, name, &metadata);
        for document in whole.iter().flatten() {
            prop_assert!(!document.text.trim().is_empty() && !document.id.is_empty());
        }
        let streamed: Vec<_> = READER.stream(BufReader::with_capacity(64, bytes.as_slice()), name, &metadata).collect();
        prop_assert_eq!(streamed, whole);
        if let Ok((document, map)) = READER.read_plain(&bytes, name, &metadata) {
            let mut end = 0;
            for segment in &map.segments {
                prop_assert!(segment.body >= end);
                end = segment.body + segment.length;
                prop_assert_eq!(&document.text.as_bytes()[segment.body..end], &bytes[segment.raw..segment.raw + segment.length]);
            }
            prop_assert_eq!(end, document.text.len());
        }
    }
}

/// Hostile pages and texts of a length that takes seconds where time is not linear.
#[test]
fn nothing_takes_the_square_of_its_length() {
    let metadata = Metadata { lang: Some(Language::English), ..Metadata::default() };
    let long = |piece: &str| piece.repeat((1 << 20) / piece.len());
    for (name, text) in [
        ("page.html", long("<div>")),
        ("page.html", long("<p><object>")),
        ("page.html", long("<p>x")),
        ("page.html", long("<script></script>")),
        ("page.html", long("<!--")),
        ("page.txt", long("a\n")),
        ("page.txt", long("a\nb c d\n") + "He said that all of it was over, and left."),
        ("page.txt", long("2025-11-07\n") + "He said that all of it was over, and left."),
    ] {
        let read = READER.read(text.as_bytes(), name, &metadata);
        assert_eq!(read.len(), 1, "{name} {:?}", &text[..8]);
    }
}

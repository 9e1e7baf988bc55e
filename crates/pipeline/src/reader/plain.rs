//! Plain text without metadata: the body is what reads as paragraphs; title and date are taken where they stand.
//!
//! The date, in this order: the caller's word, a stamp next to the title, a stamp above it (the page header). Never the
//! file's time or the clock.

use super::{Metadata, Reader, Skipped, detect, key_of};
use chancery_model::{Document, Language, Span};
use chancery_text::TokenKind;
use jiff::civil::Date;
use std::collections::HashMap;

/// Where the body of a document stands in the bytes that were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawMap {
    /// Stretches of the body, in order.
    pub segments: Vec<Segment>,
}

/// A stretch of the body that stands unbroken in the raw text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First byte in the body.
    pub body: usize,
    /// First byte in the raw text.
    pub raw: usize,
    /// Length in bytes.
    pub length: usize,
}

impl RawMap {
    /// The raw span of a span of the body; none where it touches a join.
    pub fn to_raw(&self, span: Span) -> Option<Span> {
        let fits = |s: &&Segment| s.body <= span.start && span.end <= s.body + s.length;
        let segment = self.segments.iter().find(fits)?;
        let start = segment.raw + (span.start - segment.body);
        Some(Span::new(start, start + span.len()))
    }
}

/// One line, trimmed, and where it stands.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    text: &'a str,
    raw: usize,
    after_blank: bool,
}

pub(super) fn read(
    reader: &Reader,
    bytes: &[u8],
    file: &str,
    metadata: &Metadata,
) -> Result<(Document, RawMap), Skipped> {
    let skip = |line: usize, reason: String| Skipped::new(file, line, reason);
    let raw = std::str::from_utf8(bytes).map_err(|e| {
        let line = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        skip(line, format!("not UTF-8 at byte {}: convert the file to UTF-8", e.valid_up_to()))
    })?;
    let lang = match metadata.lang {
        Some(lang) => lang,
        None => detect(raw).map_err(|reason| skip(0, reason))?,
    };
    let lines = lines(raw);
    let page = Page::of(reader, &lines, lang);
    let (text, map) = body(&lines, &page.body);
    if text.is_empty() {
        return Err(skip(0, "no text below the page furniture".into()));
    }
    let document = Document {
        id: metadata.id.clone().unwrap_or_else(|| key_of(&text)),
        lang,
        published: metadata.published.or(page.published),
        publisher: metadata.publisher.clone(),
        title: metadata.title.clone().or(page.title.map(str::to_owned)),
        text,
        recorded: None,
    };
    Ok((document, map))
}

fn lines(raw: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut at, mut after_blank) = (0, false);
    for whole in raw.split_inclusive('\n') {
        let text = whole.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.is_empty() {
            after_blank = true;
        } else {
            let indent = whole.find(text).expect("a trimmed line stands in its line");
            lines.push(Line { text, raw: at + indent, after_blank });
            after_blank = false;
        }
        at += whole.len();
    }
    lines
}

/// What each line of a page is for.
#[derive(Debug, Default)]
struct Page<'a> {
    title: Option<&'a str>,
    published: Option<Date>,
    body: Vec<usize>,
}

impl<'a> Page<'a> {
    fn of(reader: &Reader, lines: &[Line<'a>], lang: Language) -> Self {
        let stamps: Vec<Option<Date>> = lines.iter().map(|line| stamp(reader, line.text, lang)).collect();
        let furniture = |at: usize| stamps[at].is_some() || reader.furniture.is(lines[at].text);
        let first = (0..lines.len()).find(|&at| !furniture(at) && is_paragraph(lines[at].text));
        let Some(first) = first else {
            // No paragraph at all: everything that is no furniture is the body.
            return Self { body: (0..lines.len()).filter(|&at| !furniture(at)).collect(), ..Self::default() };
        };
        let heads: Vec<usize> = (0..first).filter(|&at| !furniture(at)).collect();
        let title = title(lines, &heads, &stamps, first);
        let body = (first..lines.len())
            .filter(|&at| !furniture(at) && title.is_none_or(|title| lines[at].text != lines[title].text));
        Self {
            published: published(&stamps, title, first),
            body: body.collect(),
            title: title.map(|at| lines[at].text),
        }
    }
}

/// The title: a line that the page repeats, else the line beside a stamp, else the first head.
fn title(lines: &[Line<'_>], heads: &[usize], stamps: &[Option<Date>], first: usize) -> Option<usize> {
    let last: HashMap<&str, usize> = lines.iter().enumerate().map(|(at, line)| (line.text, at)).collect();
    let repeated = heads.iter().find(|&&at| last[lines[at].text] > at);
    let beside = heads.iter().find(|&&at| {
        let near = |other: Option<usize>| other.is_some_and(|o| o < first && stamps[o].is_some());
        words(lines[at].text) >= 3 && (near(at.checked_sub(1)) || near(Some(at + 1)))
    });
    repeated.or(beside).or_else(|| heads.iter().find(|&&at| words(lines[at].text) >= 3)).copied()
}

/// The stamp nearest to the title, below it first; else any stamp above the body.
fn published(stamps: &[Option<Date>], title: Option<usize>, first: usize) -> Option<Date> {
    let head = stamps.iter().take(first).enumerate().filter_map(|(at, stamp)| stamp.map(|day| (at, day)));
    let distance = |at: usize| title.map_or(at, |title| if at > title { at - title } else { 2 * (title - at) });
    head.min_by_key(|(at, _)| distance(*at)).map(|(_, day)| day)
}

/// The day that a line gives, where the line holds a date and nothing but dates, times and weekdays.
fn stamp(reader: &Reader, line: &str, lang: Language) -> Option<Date> {
    if line.chars().count() > 60 {
        return None;
    }
    let probe = Document {
        id: String::new(),
        lang,
        published: None,
        publisher: None,
        title: None,
        text: line.to_owned(),
        recorded: None,
    };
    let text = reader.analyzer.analyze(&probe);
    let sentence = text.body.first()?;
    let day = sentence.temporals.iter().find_map(|temporal| temporal.date.as_day())?;
    let dated: Vec<bool> = (0..sentence.tokens.len())
        .map(|at| sentence.temporals.iter().any(|temporal| temporal.tokens.contains(&at)))
        .collect();
    let stray = sentence.tokens.iter().zip(dated).filter(|(token, dated)| !dated && token.kind == TokenKind::Word);
    let strange = stray.filter(|(token, _)| !is_stamp_word(&token.norm)).count();
    (strange == 0).then_some(day)
}

/// Words that stand in time stamps.
fn is_stamp_word(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "am",
        "pm",
        "a.m",
        "p.m",
        "a.m.",
        "p.m.",
        "gmt",
        "utc",
        "est",
        "published",
        "updated",
        "posted",
        "at",
        "on",
        "date",
        "t",
        "z",
        "ص",
        "م",
        "صباحا",
        "مساء",
        "بتوقيت",
        "نشر",
        "تاريخ",
    ];
    WORDS.contains(&word) || word.chars().all(|c| c.is_ascii_digit())
}

/// A paragraph is long, or ends as a sentence does.
fn is_paragraph(line: &str) -> bool {
    let count = words(line);
    let ends = line.ends_with(['.', '!', '?', '؟', '。', '…', '"', '»', '”']);
    count >= 20 || ends && count >= 5
}

fn words(line: &str) -> usize {
    line.split_whitespace().count()
}

/// The lines of the body joined as they stood: a blank line between paragraphs where there was one.
fn body(lines: &[Line<'_>], chosen: &[usize]) -> (String, RawMap) {
    let mut text = String::new();
    let mut map = RawMap::default();
    for &at in chosen {
        let line = lines[at];
        if !text.is_empty() {
            text.push_str(if line.after_blank { "\n\n" } else { "\n" });
        }
        map.segments.push(Segment { body: text.len(), raw: line.raw, length: line.text.len() });
        text.push_str(line.text);
    }
    (text, map)
}

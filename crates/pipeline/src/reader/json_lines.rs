//! `{"id","lang"?,"published"?,"publisher"?,"title"?,"text"}`, one document a line.

use super::{MAX_TEXT_BYTES, Metadata, Reader, Skipped, detect, key_of, too_large};
use chancery_model::Document;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use std::fmt::Display;

/// A line as it comes. Other fields are passed over: annotated collections carry claims and notes of their own.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default)]
    title: Option<String>,
    text: String,
    #[serde(default)]
    recorded: Option<Timestamp>,
}

pub(super) fn read(_: &Reader, bytes: &[u8], file: &str, metadata: &Metadata) -> Vec<Result<Document, Skipped>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let lines = bytes.split(|b| *b == b'\n').zip(1..).filter(|(line, _)| !line.trim_ascii().is_empty());
    lines.map(|(line, number)| document(line, metadata).map_err(|fault| fault.at(file, number))).collect()
}

/// What is wrong with a line, and where.
#[derive(Debug)]
pub(super) struct Fault {
    pointer: Option<String>,
    reason: String,
}

impl Fault {
    fn of_line(reason: String) -> Self {
        Self { pointer: None, reason }
    }

    fn of_field(name: &str, reason: impl Display) -> Self {
        Self { pointer: Some(format!("/{name}")), reason: format!("\"{name}\": {reason}") }
    }

    pub(super) fn at(self, file: &str, line: usize) -> Skipped {
        Skipped { pointer: self.pointer, ..Skipped::new(file, line, self.reason) }
    }
}

/// The longest key of a document, in bytes: it stands in paths.
const MAX_ID_BYTES: usize = 512;

/// One line as a document, or why it is none.
pub(super) fn document(line: &[u8], metadata: &Metadata) -> Result<Document, Fault> {
    let line = parse(line)?;
    check(&line)?;
    let lang = match (&metadata.lang, &line.lang) {
        (Some(lang), _) => *lang,
        (None, Some(tag)) => tag.parse().map_err(|error| Fault::of_field("lang", error))?,
        (None, None) => detect(&line.text).map_err(|reason| Fault::of_field("lang", reason))?,
    };
    let published = match (metadata.published, line.published.as_deref().filter(|day| !day.is_empty())) {
        (Some(day), _) => Some(day),
        (None, Some(day)) => Some(parse_day(day).map_err(|reason| Fault::of_field("published", reason))?),
        (None, None) => None,
    };
    let id = metadata.id.clone().or(line.id).filter(|id| !id.is_empty()).unwrap_or_else(|| key_of(&line.text));
    Ok(Document {
        id,
        lang,
        published,
        publisher: metadata.publisher.clone().or(line.publisher),
        title: metadata.title.clone().or(line.title).filter(|title| !title.trim().is_empty()),
        text: line.text,
        recorded: line.recorded,
    })
}

fn parse(line: &[u8]) -> Result<Line, Fault> {
    let text = std::str::from_utf8(line)
        .map_err(|e| Fault::of_line(format!("not UTF-8 from byte {} of the line on", e.valid_up_to())))?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let line = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let place = error.path().to_string();
        let reason = error.into_inner();
        let missing = reason
            .to_string()
            .strip_prefix("missing field `")
            .and_then(|rest| Some(rest.split_once('`')?.0.to_owned()));
        match (place.as_str(), missing) {
            (_, Some(name)) => Fault::of_field(&name, "it is missing"),
            (".", None) => Fault::of_line(format!("no document: {reason}")),
            (name, None) => Fault::of_field(name, reason),
        }
    })?;
    deserializer.end().map_err(|error| Fault::of_line(format!("no document: {error}")))?;
    Ok(line)
}

/// What no document may hold: nothing, too much, and characters that XML cannot carry or that would hide in a path.
fn check(line: &Line) -> Result<(), Fault> {
    if line.text.trim().is_empty() {
        return Err(Fault::of_field("text", "it is empty"));
    }
    if line.text.len() > MAX_TEXT_BYTES {
        return Err(Fault::of_field("text", too_large(line.text.len(), MAX_TEXT_BYTES)));
    }
    for (name, value) in [("text", Some(&line.text)), ("title", line.title.as_ref())] {
        if value.is_some_and(|value| value.contains('\0')) {
            return Err(Fault::of_field(name, "it holds a NUL character"));
        }
    }
    let Some(id) = &line.id else { return Ok(()) };
    if id.len() > MAX_ID_BYTES || id.chars().any(char::is_control) {
        return Err(Fault::of_field("id", format!("expected at most {MAX_ID_BYTES} bytes without control characters")));
    }
    Ok(())
}

/// A day, or the day of a time stamp.
fn parse_day(text: &str) -> Result<Date, String> {
    let day = text.get(..10).unwrap_or(text);
    day.parse().map_err(|_| format!("{text:?} is no day of the form 2025-11-07"))
}

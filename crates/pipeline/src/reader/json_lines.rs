//! `{"id","lang"?,"published"?,"publisher"?,"title"?,"text"}`, one document a line.

use super::{MAX_TEXT_BYTES, Metadata, Reader, Skipped, detect, key_of, too_large};
use chancery_model::Document;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

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
    lines
        .map(|(line, number)| {
            document(line, metadata).map_err(|reason| Skipped { file: file.to_owned(), line: number, reason })
        })
        .collect()
}

/// One line as a document, or why it is none.
pub(super) fn document(line: &[u8], metadata: &Metadata) -> Result<Document, String> {
    let text =
        std::str::from_utf8(line).map_err(|e| format!("not UTF-8 from byte {} of the line on", e.valid_up_to()))?;
    let line: Line = serde_json::from_str(text).map_err(|e| format!("no document: {e}"))?;
    if line.text.trim().is_empty() {
        return Err("\"text\" is empty".to_owned());
    }
    if line.text.len() > MAX_TEXT_BYTES {
        return Err(too_large(line.text.len(), MAX_TEXT_BYTES));
    }
    let lang = match (&metadata.lang, &line.lang) {
        (Some(lang), _) => *lang,
        (None, Some(tag)) => tag.parse().map_err(|e| format!("\"lang\": {e}"))?,
        (None, None) => detect(&line.text)?,
    };
    let published = match (metadata.published, line.published.as_deref().filter(|day| !day.is_empty())) {
        (Some(day), _) => Some(day),
        (None, Some(day)) => Some(parse_day(day)?),
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

/// A day, or the day of a time stamp.
fn parse_day(text: &str) -> Result<Date, String> {
    let day = text.get(..10).unwrap_or(text);
    day.parse().map_err(|_| format!("\"published\": {text:?} is no day of the form 2025-11-07"))
}

//! Bytes to documents: JSON Lines, plain text, HTML; charsets; page furniture cut; title and date found where they stand.
//!
//! A bad document never stops the others: it is skipped with file, line and reason.

#[cfg(test)]
mod any_input;
mod furniture;
mod html;
mod json_lines;
mod plain;
mod stream;

pub use plain::{RawMap, Segment};

use chancery_model::hash::content_hash;
use chancery_model::{DataError, DataFiles, Document, Language};
use chancery_text::Analyzer;
use jiff::civil::Date;
use std::io::BufRead;

/// The largest text of one document, in bytes (4 MiB).
pub const MAX_TEXT_BYTES: usize = 4 << 20;

/// What a caller says of a document; it wins over what is found in it.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// The key.
    pub id: Option<String>,
    /// The language.
    pub lang: Option<Language>,
    /// The day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The headline.
    pub title: Option<String>,
}

/// A document that was not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {reason}", if *line == 0 { String::new() } else { format!(":{line}") })]
pub struct Skipped {
    /// The file, or `-` for standard input.
    pub file: String,
    /// The line, from 1; 0 for the whole file.
    pub line: usize,
    /// Where in the JSON of the line (RFC 6901), where it is a field that is wrong.
    pub pointer: Option<String>,
    /// What is wrong and what was expected.
    pub reason: String,
}

impl Skipped {
    /// Skipped for a reason that is no field's.
    pub fn new(file: &str, line: usize, reason: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, pointer: None, reason: reason.into() }
    }
}

/// Reads documents of any supported form.
#[derive(Debug)]
pub struct Reader {
    analyzer: Analyzer,
    furniture: furniture::Furniture,
}

impl Reader {
    /// Reads the tables of dates and of page furniture.
    ///
    /// # Errors
    /// Every bad row.
    pub fn new(files: &DataFiles) -> Result<Self, Vec<DataError>> {
        let furniture = furniture::Furniture::load(files).map_err(|fault| vec![fault])?;
        Ok(Self { analyzer: Analyzer::new(files)?, furniture })
    }

    /// Every document in `bytes`, in order, or why it was skipped. `file` names it in messages; its ending
    /// (`.jsonl`, `.json`, `.html`, `.htm`) decides the form, else the first characters do.
    pub fn read(&self, bytes: &[u8], file: &str, metadata: &Metadata) -> Vec<Result<Document, Skipped>> {
        let skip = |reason: String| vec![Err(Skipped::new(file, 0, reason))];
        match form(bytes, file) {
            Form::Empty => skip("empty file: expected a document".into()),
            Form::Binary => skip("binary file: expected UTF-8 text, JSON Lines or HTML".into()),
            Form::JsonLines => json_lines::read(self, bytes, file, metadata),
            Form::Html if bytes.len() > 4 * MAX_TEXT_BYTES => skip(too_large(bytes.len(), 4 * MAX_TEXT_BYTES)),
            Form::Html => vec![html::read(self, bytes, file, metadata)],
            Form::Plain if bytes.len() > MAX_TEXT_BYTES => skip(too_large(bytes.len(), MAX_TEXT_BYTES)),
            Form::Plain => vec![plain::read(self, bytes, file, metadata).map(|read| read.0)],
        }
    }

    /// As [`Self::read`], from a stream: of JSON Lines one line at a time is in memory, of any other form the whole input.
    pub fn stream<'a>(
        &'a self,
        input: impl BufRead + 'a,
        file: &'a str,
        metadata: &'a Metadata,
    ) -> impl Iterator<Item = Result<Document, Skipped>> + 'a {
        stream::Stream::new(self, input, file, metadata)
    }

    /// One plain text with the map from its body back to the bytes given.
    ///
    /// # Errors
    /// Where the text is empty, not UTF-8 or in no language that we know.
    pub fn read_plain(&self, bytes: &[u8], file: &str, metadata: &Metadata) -> Result<(Document, RawMap), Skipped> {
        plain::read(self, bytes, file, metadata)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Form {
    Empty,
    Binary,
    JsonLines,
    Html,
    Plain,
}

fn form(bytes: &[u8], file: &str) -> Form {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let head = &start[..start.len().min(512)];
    let begins_html = || {
        let head = String::from_utf8_lossy(head).to_ascii_lowercase();
        head.starts_with("<!doctype html") || head.starts_with("<html")
    };
    let named_html = matches!(ending.as_str(), "html" | "htm" | "xhtml");
    let named_lines = matches!(ending.as_str(), "jsonl" | "ndjson" | "json");
    if start.is_empty() {
        Form::Empty
    } else if named_lines || !named_html && start.starts_with(b"{") {
        // Told from the first bytes alone: of a stream of lines nobody has the others yet.
        Form::JsonLines
    } else if bytes.contains(&0) {
        Form::Binary
    } else if named_html || begins_html() {
        Form::Html
    } else {
        Form::Plain
    }
}

fn too_large(found: usize, limit: usize) -> String {
    format!("{found} bytes: a document holds at most {limit} bytes; split it")
}

/// The key of a document without an id: a hash of its text.
fn key_of(text: &str) -> String {
    format!("text-{}", &content_hash(["text", text])[..16])
}

fn detect(text: &str) -> Result<Language, String> {
    chancery_text::detect_language(text)
        .ok_or_else(|| "the language is not one of ar, en, es, fr, ru, zh; name it with --lang or \"lang\"".to_owned())
}

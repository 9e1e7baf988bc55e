//! The body of a request that sends documents: its form, its limits, and what is wrong with it.

use crate::error::{Code, FieldError, Problem};
use crate::state::AppState;
use crate::wire;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use chancery_model::{Document, Language};
use chancery_pipeline::{MAX_TEXT_BYTES, Metadata, Rejected, Skipped};
use http_body_util::{BodyExt, LengthLimitError, Limited};

/// How documents are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One JSON object.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// One plain text.
    Plain,
    /// One page.
    Html,
}

/// Fields of a document; anything else in one JSON object is a slip of the pen. (Lines of JSON Lines may carry more, since
/// annotated collections do.)
const FIELDS: [&str; 7] = ["id", "lang", "published", "publisher", "title", "text", "recorded"];
/// The most bytes of JSON Lines that are read as a whole.
const MAX_LINES_BYTES: usize = 4 * MAX_TEXT_BYTES;
const OFFER: &str = "application/json, application/x-ndjson, text/plain or text/html";

impl Form {
    /// The form that the headers name; JSON where they name none.
    ///
    /// # Errors
    /// 415 where it is none of ours, or the body is compressed.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let unsupported = |detail: String| Problem::new(Code::UnsupportedMediaType, detail);
        if headers.contains_key(header::CONTENT_ENCODING) {
            return Err(unsupported("the body must not be compressed".to_owned()));
        }
        let given = headers.get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap_or_default());
        let media_type = given.unwrap_or("application/json").split(';').next().unwrap_or_default().trim();
        match media_type.to_ascii_lowercase().as_str() {
            "application/json" => Ok(Self::Json),
            "application/x-ndjson" | "application/jsonl" => Ok(Self::JsonLines),
            "text/plain" => Ok(Self::Plain),
            "text/html" => Ok(Self::Html),
            other => Err(unsupported(format!("{other:?}; expected {OFFER}"))),
        }
    }

    /// The most bytes of a body that is read as a whole.
    pub(super) fn max_bytes(self) -> usize {
        match self {
            // Six bytes of JSON can stand for one of text (\u0000).
            Self::Json => 6 * MAX_TEXT_BYTES,
            Self::JsonLines => MAX_LINES_BYTES,
            Self::Plain => MAX_TEXT_BYTES,
            Self::Html => 4 * MAX_TEXT_BYTES,
        }
    }

    /// The name that the reader knows the form by.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Json | Self::JsonLines => "body.jsonl",
            Self::Plain => "body.txt",
            Self::Html => "body.html",
        }
    }
}

/// Reads a body as a whole; one that says that it is too long is refused before it is read.
///
/// # Errors
/// 413 with the limit; 408 where it comes too slowly; 400 where the connection breaks.
pub(crate) async fn whole(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Problem> {
    let too_large =
        || Problem::new(Code::TooLarge, format!("more than {limit} bytes; send less, or JSON Lines in parts"));
    let told = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.downcast_ref::<LengthLimitError>().is_some() => Err(too_large()),
        Err(error) => Err(broken(&*error)),
    }
}

/// A body that did not come whole.
pub(super) fn broken(error: &(dyn std::error::Error + 'static)) -> Problem {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<tower_http::timeout::TimeoutError>() {
            return Problem::new(Code::RequestTimeout, "the body came too slowly");
        }
        cause = error.source();
    }
    Problem::new(Code::InvalidBody, format!("the body did not come whole: {error}"))
}

/// The documents of a body, and what could not be read of it.
///
/// # Errors
/// 400 where it is no JSON; 422 where nothing could be read, with each fault and its place.
pub(super) fn documents(
    state: &AppState,
    form: Form,
    body: &[u8],
) -> Result<(Vec<Document>, Vec<wire::SkippedDocument>), Problem> {
    let line = if form == Form::Json { Some(one_line(body)?) } else { None };
    let read = state.pipeline.reader().read(line.as_deref().unwrap_or(body), form.file(), &Metadata::default());
    let (mut documents, mut skipped) = (Vec::new(), Vec::new());
    for result in read {
        match result {
            Ok(document) => documents.push(document),
            Err(fault) => skipped.push(skip(fault)),
        }
    }
    if documents.is_empty() { Err(nothing_read(form, &skipped)) } else { Ok((documents, skipped)) }
}

/// What the reader says of a document that it could not read.
pub(super) fn skip(Skipped { line, pointer, reason, .. }: Skipped) -> wire::SkippedDocument {
    wire::SkippedDocument { line, pointer, reason }
}

/// The answer where no document could be read.
pub(super) fn nothing_read(form: Form, skipped: &[wire::SkippedDocument]) -> Problem {
    let code = if form == Form::Json { Code::InvalidDocument } else { Code::NothingRead };
    let reasons: Vec<String> = skipped.iter().take(MOST_REASONS).map(|fault| told(form, fault)).collect();
    Problem::new(code, reasons.join("; "))
        .with_errors(skipped.iter().take(MOST_REASONS).map(|f| error(form, f)).collect())
}

/// Faults that one problem tells of.
const MOST_REASONS: usize = 100;

fn told(form: Form, fault: &wire::SkippedDocument) -> String {
    if form == Form::JsonLines { format!("line {}: {}", fault.line, fault.reason) } else { fault.reason.clone() }
}

fn error(form: Form, fault: &wire::SkippedDocument) -> FieldError {
    let line = (form == Form::JsonLines).then_some(fault.line);
    FieldError { detail: fault.reason.clone(), line, pointer: fault.pointer.clone() }
}

/// The answer where nothing went in, since what was read would break shapes.
pub(super) fn rejected(skipped: &[wire::SkippedDocument], rejected: &[Rejected], language: Language) -> Problem {
    let broken = rejected.iter().map(|document| format!("{:?}: {}", document.id, document.reason(language)));
    let unread = skipped.iter().map(|fault| told(Form::JsonLines, fault));
    let reasons: Vec<String> = unread.chain(broken).take(MOST_REASONS).collect();
    Problem::new(Code::Rejected, reasons.join("; "))
}

/// A document in JSON may stand on many lines; a field that is none of ours is a mistake.
fn one_line(body: &[u8]) -> Result<Vec<u8>, Problem> {
    let fault = |reason: String| Problem::new(Code::InvalidBody, reason);
    let value: serde_json::Value = serde_json::from_slice(body).map_err(|error| fault(error.to_string()))?;
    let Some(object) = value.as_object() else {
        return Err(fault("expected one JSON object; send several as application/x-ndjson".to_owned()));
    };
    let unknown: Vec<FieldError> = object
        .keys()
        .filter(|key| !FIELDS.contains(&key.as_str()))
        .map(|key| FieldError {
            detail: format!("unknown field {key:?}; known are {}", FIELDS.join(", ")),
            line: None,
            pointer: Some(format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
        })
        .collect();
    if let Some(first) = unknown.first() {
        return Err(Problem::new(Code::InvalidDocument, first.detail.clone()).with_errors(unknown));
    }
    serde_json::to_vec(&value).map_err(|error| fault(error.to_string()))
}

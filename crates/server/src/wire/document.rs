//! Documents: listed, sent, read once.

use super::{Claim, ValidationResult};
use chancery_model::Language;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A document by name.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentRef {
    /// Its key.
    pub(crate) id: String,
    /// The headline.
    pub(crate) title: Option<String>,
    /// Who published it, as written.
    pub(crate) publisher: Option<String>,
    /// When.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) published: Option<Date>,
    /// The language of the text.
    pub(crate) lang: &'static str,
    /// `rtl` or `ltr`.
    pub(crate) dir: &'static str,
}

/// A document, as listed.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentSummary {
    /// Key, title, publisher, day, language.
    #[serde(flatten)]
    pub(crate) document: DocumentRef,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// A hash of the content.
    pub(crate) version: String,
    /// When the store came to know it.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) recorded: Timestamp,
    /// How many claims it makes.
    pub(crate) claims: usize,
}

/// A document with what it says.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentRecord {
    /// As listed.
    #[serde(flatten)]
    pub(crate) summary: DocumentSummary,
    /// The text; null where texts are not served.
    pub(crate) text: Option<String>,
    /// What it says, in the order of its words.
    pub(crate) said: Vec<Claim>,
}

/// A document that is sent.
#[derive(Deserialize, ToSchema)]
#[expect(dead_code, reason = "the reader of documents reads it; this is its form for the OpenAPI document")]
pub(crate) struct DocumentIn {
    /// The key: a document with the same id is replaced. Else a hash of the text.
    id: Option<String>,
    /// `ar`, `en` …; else it is recognised.
    lang: Option<String>,
    /// The day of publication; relative dates need it.
    published: Option<String>,
    /// Who published it.
    publisher: Option<String>,
    /// The headline.
    title: Option<String>,
    /// The body.
    text: String,
}

/// What became of documents that were sent.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ingestion {
    /// The revision of the store after it.
    pub(crate) revision: u64,
    /// How many of each.
    pub(crate) counts: IngestionCounts,
    /// Each document that was read; of a long stream the first ten thousand.
    pub(crate) documents: Vec<IngestedDocument>,
    /// Each that was not, and why; of a long stream the first ten thousand.
    pub(crate) skipped: Vec<SkippedDocument>,
    /// Each that was read, but would break a shape; what the store knew of it before stays. Of a long stream the first ten
    /// thousand.
    pub(crate) rejected: Vec<RejectedDocument>,
}

/// What became of documents, in numbers.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub(crate) struct IngestionCounts {
    /// New documents.
    pub(crate) added: usize,
    /// Documents that replaced their earlier self.
    pub(crate) replaced: usize,
    /// Documents that were known as they are.
    pub(crate) unchanged: usize,
    /// What could not be read.
    pub(crate) skipped: usize,
    /// What would break a shape.
    pub(crate) rejected: usize,
    /// Claims of the documents that went in.
    pub(crate) claims: usize,
}

/// What became of one document.
#[derive(Serialize, ToSchema)]
pub(crate) struct IngestedDocument {
    /// Its key.
    pub(crate) id: String,
    /// `added`, `replaced`, `unchanged`.
    pub(crate) outcome: &'static str,
    /// How many claims it makes.
    pub(crate) claims: usize,
}

/// A document that was not read.
#[derive(Serialize, ToSchema)]
pub(crate) struct SkippedDocument {
    /// The line of the body, from 1; 0 for the whole body.
    pub(crate) line: usize,
    /// Where in the JSON of the line (RFC 6901); null where no one field is wrong.
    pub(crate) pointer: Option<String>,
    /// What is wrong and what was expected.
    pub(crate) reason: String,
}

/// A document that would break a shape.
#[derive(Serialize, ToSchema)]
pub(crate) struct RejectedDocument {
    /// Its key.
    pub(crate) id: String,
    /// What it would break, one line a result, in the language asked for, else in English.
    pub(crate) reason: String,
    /// The same as values.
    pub(crate) results: Vec<ValidationResult>,
}

impl RejectedDocument {
    pub(crate) fn new(rejected: &chancery_pipeline::Rejected, language: Language) -> Self {
        let results = rejected.report.results.iter().map(|result| ValidationResult::new(result, language));
        Self { id: rejected.id.clone(), reason: rejected.reason(language), results: results.collect() }
    }
}

/// What documents would say, without storing them.
#[derive(Serialize, ToSchema)]
pub(crate) struct DryRun {
    /// Each document that was read.
    pub(crate) documents: Vec<ReadOnce>,
    /// Each that was not, and why.
    pub(crate) skipped: Vec<SkippedDocument>,
}

/// What one document says.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReadOnce {
    /// The document, as read.
    pub(crate) document: DocumentRef,
    /// What it says.
    pub(crate) claims: Vec<Claim>,
    /// Why it does not say more.
    pub(crate) diagnostics: Vec<DiagnosticRecord>,
}

/// A remark of the reader.
#[derive(Serialize, ToSchema)]
pub(crate) struct DiagnosticRecord {
    /// Stable.
    pub(crate) code: String,
    /// For people.
    pub(crate) message: String,
}

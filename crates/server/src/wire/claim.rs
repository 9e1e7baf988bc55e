//! What one document says, and the words that say it.

use super::DocumentRef;
use chancery_model::claim::ClaimRecord;
use serde::Serialize;
use utoipa::ToSchema;

/// What one document says: the form of `chancery extract` (type, source, target, status, attribution, date, quote, span
/// …) with what leads back to the words.
#[derive(Serialize, ToSchema)]
pub(crate) struct Claim {
    /// The claim as `chancery extract` prints it.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub(crate) record: ClaimRecord,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// The event it tells.
    pub(crate) event: Option<String>,
    /// Its document.
    pub(crate) document: DocumentRef,
    /// Who says it, from the reader to the origin; empty where the document speaks in its own voice.
    pub(crate) attribution_labels: Vec<String>,
    /// The sentence around the quote; null where texts are not served.
    pub(crate) evidence: Option<Sentence>,
}

/// A sentence of the original with the place of the quote in it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sentence {
    /// To the letter.
    pub(crate) sentence: String,
    /// First code point of the quote.
    pub(crate) start: usize,
    /// One past its last code point.
    pub(crate) end: usize,
    /// The language.
    pub(crate) lang: &'static str,
    /// `rtl` or `ltr`.
    pub(crate) dir: &'static str,
    /// `title` or `text`.
    pub(crate) field: &'static str,
}

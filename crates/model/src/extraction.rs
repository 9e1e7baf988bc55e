//! What reading one document gives.

use crate::{Claim, ClaimId, CodePointSpan, EntityId, Field, Span};
use serde::{Deserialize, Serialize};

/// Words that name something the gazetteer knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Title or body.
    pub field: Field,
    /// Where, in bytes of that field.
    pub span: Span,
    /// The words.
    pub surface: String,
    /// What they denote.
    pub entity: EntityId,
    /// The person, where one is named.
    pub person: Option<EntityId>,
    /// The office, where one is named.
    pub office: Option<String>,
}

/// Something that a reader should know about how a document was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// A stable code: `no-publication-date`, `no-claim`, `unknown-actor` …
    pub code: String,
    /// What happened and what to do about it.
    pub message: String,
    /// Title or body, with `span`.
    pub field: Option<Field>,
    /// Where, in bytes of that field.
    pub span: Option<Span>,
}

/// Why a claim was read: the entry of the lexicon and the words that filled its slots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The claim.
    pub claim: ClaimId,
    /// The sense and form that fired: `visit/ar/noun`.
    pub rule: String,
    /// The row of the lexicon: `data/ar/triggers.tsv:12`.
    pub entry: String,
    /// The words of the trigger.
    pub trigger: String,
    /// Where they stand, in code points of the field of the evidence.
    pub trigger_span: CodePointSpan,
    /// How each slot was filled, and each cue of status: "agent by genitive: كازاخستان".
    pub steps: Vec<String>,
    /// Where else the document tells the same fact.
    pub also: Vec<Passage>,
}

/// A stretch of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Title or body.
    pub field: Field,
    /// Where, in bytes of that field.
    pub span: Span,
}

/// What reading one document gives. Reading cannot fail: less understood is fewer claims and a diagnostic.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// What the document says, in the order of its words, the title first.
    pub claims: Vec<Claim>,
    /// Whom it names.
    pub mentions: Vec<Mention>,
    /// Why each claim was read.
    pub explanations: Vec<Explanation>,
    /// What was not understood.
    pub diagnostics: Vec<Diagnostic>,
}

//! A news document and its JSON Lines form `{"id","lang"?,"published"?,"publisher"?,"title"?,"text"}`.

use crate::hash::content_hash;
use crate::{Claim, Language};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One document as it is read. The text is never altered after page furniture is cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The key: a document with the same id replaces this one.
    pub id: String,
    /// The language of the body.
    pub lang: Language,
    /// The day it was published; without it relative dates stay unresolved.
    #[serde(default)]
    pub published: Option<Date>,
    /// Who published it, as written.
    #[serde(default)]
    pub publisher: Option<String>,
    /// The headline.
    #[serde(default)]
    pub title: Option<String>,
    /// The body.
    pub text: String,
    /// When the graph came to know it; given from outside, never read from a clock here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Timestamp>,
}

impl Document {
    /// The version: a hash of everything the reader reads, but not of `recorded`.
    pub fn content_hash(&self) -> String {
        let published = self.published.map(|d| d.to_string()).unwrap_or_default();
        content_hash([
            self.lang.code(),
            &published,
            self.publisher.as_deref().unwrap_or_default(),
            self.title.as_deref().unwrap_or_default(),
            &self.text,
        ])
    }

    /// The hash that stands in the IRI `document/<hash>`: of the key, so that it outlives versions.
    pub fn iri_hash(&self) -> String {
        iri_hash(&self.id)
    }
}

/// The hash that stands in the IRI of the document with this key.
pub fn iri_hash(key: &str) -> String {
    content_hash(["document", key])
}

/// What later stages need to know of a document, without its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// The key.
    pub id: Arc<str>,
    /// The version, [`Document::content_hash`].
    pub version: String,
    /// The language of the body.
    pub lang: Language,
    /// The day it was published.
    pub published: Option<Date>,
    /// Who published it, as written.
    pub publisher: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// When the graph came to know this version.
    pub recorded: Timestamp,
    /// A fingerprint of the wording: equal for reprints to the letter.
    pub text_origin: String,
    /// The MinHash signature of the wording, by which reprints with changes are known; empty where the text is too short
    /// for one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sketch: Vec<u32>,
}

impl DocumentFacts {
    /// The facts of a document that the graph came to know at `recorded`, without fingerprints of its wording.
    pub fn of(document: &Document, recorded: Timestamp) -> Self {
        Self {
            id: document.id.as_str().into(),
            version: document.content_hash(),
            lang: document.lang,
            published: document.published,
            publisher: document.publisher.clone(),
            title: document.title.clone(),
            recorded,
            text_origin: String::new(),
            sketch: Vec::new(),
        }
    }
}

/// A claim together with the document that makes it. Clones share both.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportedClaim {
    /// What is said.
    pub claim: Arc<Claim>,
    /// By which document.
    pub document: Arc<DocumentFacts>,
}

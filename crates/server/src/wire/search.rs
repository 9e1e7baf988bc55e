//! What is found by words.

use super::{Claim, DocumentSummary, EntityRecord};
use serde::Serialize;
use utoipa::ToSchema;

/// An entity or a document in which the words stand.
#[derive(Serialize, ToSchema)]
pub(crate) struct Found {
    /// `entity` or `document`.
    kind: &'static str,
    /// The compact id, or the key of the document.
    id: String,
    /// The name in the language asked for, or the headline.
    label: Option<String>,
    /// The IRI in the graph.
    iri: String,
    /// The share of the name that was asked for, from 0 to 1; null for documents, which come by their day.
    score: Option<f64>,
    /// The entity.
    entity: Option<EntityRecord>,
    /// The document.
    document: Option<DocumentSummary>,
    /// Up to three claims in whose words they stand.
    claims: Vec<Claim>,
}

impl Found {
    pub(crate) fn entity(entity: EntityRecord, score: f64) -> Self {
        Self {
            kind: "entity",
            id: entity.id.clone(),
            label: Some(entity.label.clone()),
            iri: entity.iri.clone(),
            score: Some(score),
            entity: Some(entity),
            document: None,
            claims: Vec::new(),
        }
    }

    pub(crate) fn document(document: Option<DocumentSummary>, claims: Vec<Claim>) -> Self {
        let facts = document.as_ref();
        Self {
            kind: "document",
            id: facts.map(|facts| facts.document.id.clone()).unwrap_or_default(),
            label: facts.and_then(|facts| facts.document.title.clone()),
            iri: facts.map(|facts| facts.iri.clone()).unwrap_or_default(),
            score: None,
            entity: None,
            document,
            claims,
        }
    }
}

//! Texts of documents that were read from the ledger of late, by version: the sentences around quotes are cut from them.

use chancery_model::{Document, DocumentFacts};
use chancery_store::Store;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;

/// Bytes of text that are kept.
const KEPT_BYTES: u64 = 32 << 20;
/// Documents that the cache makes room for; most hold some kilobytes.
const KEPT_DOCUMENTS: usize = 8_192;

#[derive(Clone, Debug)]
struct TextBytes;

impl Weighter<String, Arc<Document>> for TextBytes {
    fn weight(&self, key: &String, document: &Arc<Document>) -> u64 {
        (key.len() + document.text.len()) as u64
    }
}

/// The cache.
#[derive(Debug)]
pub(crate) struct Texts(Cache<String, Arc<Document>, TextBytes>);

impl Default for Texts {
    fn default() -> Self {
        Self(Cache::with_weighter(KEPT_DOCUMENTS, KEPT_BYTES, TextBytes))
    }
}

impl Texts {
    /// The version of a document that the facts tell of; none where the ledger does not give it. Blocks.
    pub(crate) fn get(&self, store: &Store, facts: &DocumentFacts) -> Option<Arc<Document>> {
        if let Some(known) = self.0.get(&facts.version) {
            return Some(known);
        }
        let history = match store.history(&facts.id) {
            Ok(history) => history,
            Err(error) => {
                tracing::error!(%error, document = &*facts.id, "the text cannot be read");
                return None;
            }
        };
        let versions = history.into_iter().rev().map(|version| version.document);
        let found = Arc::new(versions.into_iter().find(|document| document.content_hash() == facts.version)?);
        self.0.insert(facts.version.clone(), found.clone());
        Some(found)
    }
}

//! What differs between what was known and what is.

use super::{DocumentSummary, Event, State};
use serde::Serialize;
use utoipa::ToSchema;

/// A state, an event or a document that came, changed or went.
#[derive(Serialize, ToSchema)]
pub(crate) struct Change {
    /// `added`, `changed` or `removed`.
    pub(crate) change: &'static str,
    /// `state`, `event` or `document`.
    pub(crate) kind: &'static str,
    /// Its id, or the key of the document.
    pub(crate) id: String,
    /// Its status now; where it is gone, the last; null for documents.
    pub(crate) status: Option<&'static str>,
    /// Its status then, where it was there and still is.
    pub(crate) was: Option<&'static str>,
    /// The state, as it is now; where it is gone, as it was.
    pub(crate) state: Option<State>,
    /// The event, as it is now; where it is gone, as it was.
    pub(crate) event: Option<Event>,
    /// The document, as it is now; where it is gone, as it was.
    pub(crate) document: Option<DocumentSummary>,
}

//! The words that every crate uses: documents, claims, events, states, ties.
//!
//! Plain values with no behaviour beyond their own validity. A **mention** is words in a text, a **claim** is
//! what one document says, an **event** is one happening told by one or more claims, a **state** is what holds
//! between parties over time. The four are never mixed.

pub mod actor;
pub mod claim;
pub mod data;
pub mod date;
pub mod document;
pub mod event;
pub mod event_type;
pub mod extraction;
pub mod hash;
pub mod language;
pub mod span;
pub mod state;
pub mod tie;
pub mod world;

pub use actor::{EntityId, EntityKind, InvalidEntityId};
pub use claim::{AttributionStep, Claim, ClaimId, Evidence, Participant, Role, SourceKind, Status, Topic};
pub use data::{DataError, DataFiles};
pub use date::{EventDate, Precision};
pub use document::{Document, DocumentFacts, ReportedClaim};
pub use event::{Event, EventId};
pub use event_type::EventType;
pub use extraction::{Diagnostic, Explanation, Extraction, Mention, Passage};
pub use language::Language;
pub use span::{CodePointSpan, Field, Span};
pub use state::{
    Dispute, Phase, Promise, PromiseOutcome, PromiseTally, RecordHolder, RelationState, StateId, StateKind,
    StateOrigin, StateStatus, TreatyStage,
};
pub use tie::Tie;
pub use world::{Agreement, Entity, Membership, Succession, Tenure, World};

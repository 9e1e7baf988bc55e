//! The types of requests and answers: what other programs rely on.

mod change;
mod claim;
mod document;
mod entity;
mod event;
mod network;
mod relation;
mod resolution;
mod search;
mod validation;

pub(crate) use change::Change;
pub(crate) use claim::{Claim, Sentence};
pub(crate) use document::{
    DiagnosticRecord, DocumentIn, DocumentRecord, DocumentRef, DocumentSummary, DryRun, IngestedDocument, Ingestion,
    IngestionCounts, ReadOnce, RejectedDocument, SkippedDocument,
};
pub(crate) use entity::{Country, EntityRecord, EntityRelations};
pub(crate) use event::{DisputeRecord, Event, PromiseRecord};
pub(crate) use network::{Network, NodeMeasures, Path, PathStep, Paths};
pub(crate) use relation::{Counts, Dyad, Relations, State};
pub(crate) use resolution::{Resolution, ResolutionReason, ResolvedName};
pub(crate) use search::Found;
pub(crate) use validation::{ValidationReport, ValidationResult};

use chancery_model::EventDate;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// The page.
    pub(crate) items: Vec<T>,
    /// The cursor of the next page; null on the last one.
    pub(crate) next: Option<String>,
    /// Items of all pages.
    pub(crate) total: usize,
}

/// An entity by name.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ref {
    /// `KAZ`, `org:nato`, `agreement:abraham-accords`.
    pub(crate) id: String,
    /// In the language asked for, else in English, else in any, else the id.
    pub(crate) label: String,
    /// `state`, `org`, `group`, `agreement`, `media`, `person`, `place`.
    pub(crate) kind: &'static str,
    /// The language of the label; null where it is the id.
    pub(crate) lang: Option<&'static str>,
    /// `rtl` or `ltr`: how the label runs.
    pub(crate) dir: &'static str,
}

/// A day, a month, a year, or bounds; all null where nothing is known.
#[derive(Serialize, ToSchema)]
pub(crate) struct DateBounds {
    /// `2015-07-31`, `2015-07` or `2015`; null for bounds.
    pub(crate) date: Option<String>,
    /// First possible day.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) not_before: Option<Date>,
    /// Last possible day.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) not_after: Option<Date>,
    /// `day`, `month`, `year`, `bounds`, `unknown`.
    pub(crate) precision: &'static str,
}

impl From<EventDate> for DateBounds {
    fn from(date: EventDate) -> Self {
        Self {
            date: date.iso(),
            not_before: date.not_before(),
            not_after: date.not_after(),
            precision: date.precision().as_str(),
        }
    }
}

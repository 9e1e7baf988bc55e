//! What happened, was planned, promised or denied.

use super::{Claim, DateBounds, Ref};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// One happening, told by one or more claims.
#[derive(Serialize, ToSchema)]
pub(crate) struct Event {
    /// `event/<id>` in IRIs.
    pub(crate) id: String,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// One of the 50 event types.
    pub(crate) r#type: &'static str,
    /// The type in the language asked for.
    pub(crate) type_label: &'static str,
    /// Who acts; every party of symmetric types.
    pub(crate) source: Vec<Ref>,
    /// Who or what is acted on.
    pub(crate) target: Vec<Ref>,
    /// The agreement or organisation that it is about.
    pub(crate) agreement: Option<Ref>,
    /// `occurred`, `planned`, `possible`, `denied`, `cancelled`.
    pub(crate) status: &'static str,
    /// The status in the language asked for.
    pub(crate) status_label: &'static str,
    /// When.
    pub(crate) date: DateBounds,
    /// Where.
    pub(crate) place: Option<Ref>,
    /// What about.
    pub(crate) topic: Option<&'static str>,
    /// The topic in the language asked for.
    pub(crate) topic_label: Option<&'static str>,
    /// From -10 to 10.
    pub(crate) weight: f64,
    /// The PLOVER class.
    pub(crate) plover: &'static str,
    /// The CAMEO code.
    pub(crate) cameo: &'static str,
    /// Documents that tell it.
    pub(crate) documents: usize,
    /// Independent origins among them.
    pub(crate) origins: usize,
    /// Claims that tell it.
    pub(crate) claim_count: usize,
    /// What they say, word for word: at most twenty claims.
    pub(crate) claims: Vec<Claim>,
}

/// What is denied, and by whom.
#[derive(Serialize, ToSchema)]
pub(crate) struct DisputeRecord {
    /// Its name.
    pub(crate) id: String,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// What is denied.
    pub(crate) event: Option<Event>,
    /// Claims that affirm it.
    pub(crate) affirmed_by: Vec<String>,
    /// Claims that deny it.
    pub(crate) denied_by: Vec<String>,
    /// Day of the first affirming document.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) first_affirmed: Option<Date>,
    /// Day of the first denying document.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) first_denied: Option<Date>,
}

/// Something planned, and what became of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct PromiseRecord {
    /// Its name.
    pub(crate) id: String,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// What is promised.
    pub(crate) event: Option<Event>,
    /// The last day on which it can still be kept.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) due: Option<Date>,
    /// `kept`, `slipped`, `cancelled`, `open`.
    pub(crate) outcome: &'static str,
    /// The outcome in the language asked for.
    pub(crate) outcome_label: &'static str,
}

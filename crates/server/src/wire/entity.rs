//! Countries, organisations, agreements and whatever else has a name.

use super::{Event, State};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A country with its codes.
#[derive(Serialize, ToSchema)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-3.
    pub(crate) id: String,
    /// In the language asked for.
    pub(crate) label: String,
    /// By language.
    pub(crate) labels: BTreeMap<&'static str, String>,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// ISO 3166-1 alpha-2.
    pub(crate) alpha2: Option<String>,
    /// ISO 3166-1 numeric, with leading zeros.
    pub(crate) numeric: Option<String>,
    /// Wikidata.
    pub(crate) wikidata: Option<String>,
    /// M49 region, in English.
    pub(crate) region: Option<String>,
    /// M49 sub-region, in English.
    pub(crate) subregion: Option<String>,
    /// `member`, `observer`, `partial`, `territory`, `historical`.
    pub(crate) statehood: Option<String>,
    /// The state that a territory belongs to.
    pub(crate) sovereign: Option<String>,
    /// Latitude in degrees.
    pub(crate) lat: Option<f64>,
    /// Longitude in degrees.
    pub(crate) lon: Option<f64>,
    /// Relation states that the news tells of it.
    pub(crate) states: usize,
    /// Events that the news tells of it.
    pub(crate) events: usize,
}

/// Any entity.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntityRecord {
    /// The compact id.
    pub(crate) id: String,
    /// In the language asked for.
    pub(crate) label: String,
    /// By language.
    pub(crate) labels: BTreeMap<&'static str, String>,
    /// `state`, `org`, `group`, `agreement`, `media`, `person`, `place`.
    pub(crate) kind: &'static str,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// Wikidata.
    pub(crate) wikidata: Option<String>,
    /// Relation states that name it, in the news.
    pub(crate) states: usize,
    /// Events that name it.
    pub(crate) events: usize,
}

/// An entity with what is said of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntityRelations {
    /// The entity.
    pub(crate) entity: EntityRecord,
    /// The day that `holds` speaks of.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) as_of: Option<Date>,
    /// One page of the relation states that name it.
    pub(crate) states: Vec<State>,
    /// The cursor of the next page; null on the last one.
    pub(crate) next: Option<String>,
    /// States of all pages.
    pub(crate) total: usize,
    /// Its newest events, newest first.
    pub(crate) recent_events: Vec<Event>,
}

//! What holds between parties.

use super::{Claim, DateBounds, Event, Ref};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What holds between parties, and how we know.
#[derive(Serialize, ToSchema)]
pub(crate) struct State {
    /// `relation/<id>` in IRIs.
    pub(crate) id: String,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// `diplomatic-relations`, `party-to` …
    pub(crate) kind: &'static str,
    /// The kind in the language asked for.
    pub(crate) kind_label: &'static str,
    /// Both parties of symmetric kinds, the holder of directed ones.
    pub(crate) parties: Vec<Ref>,
    /// The other side of directed kinds.
    pub(crate) counterpart: Option<Ref>,
    /// The agreement; unnamed ones have a hashed id.
    pub(crate) agreement: Option<Ref>,
    /// `embassy`, `charge`, or what is sanctioned.
    pub(crate) level: Option<String>,
    /// `announced` (a plan, not a fact), `in-force`, `suspended`, `ended`, `abandoned`.
    pub(crate) status: &'static str,
    /// The status in the language asked for.
    pub(crate) status_label: &'static str,
    /// How far a party is bound by an agreement.
    pub(crate) stage: Option<&'static str>,
    /// Whether it held on `as_of`: `yes`, `no` or `unknown`.
    pub(crate) holds: &'static str,
    /// When the status began, as far as reports tell.
    pub(crate) status_since: DateBounds,
    /// When it began to hold; half-open interval.
    pub(crate) valid_from: DateBounds,
    /// When it ceased to hold. Unknown with status `ended`: on an unknown day; else it still holds.
    pub(crate) valid_until: DateBounds,
    /// The next state of the same relation, when this one had ended or was abandoned.
    pub(crate) followed_by: Option<String>,
    /// The newest document that supports it.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) last_supported: Option<Date>,
    /// What about.
    pub(crate) topic: Option<&'static str>,
    /// The topic in the language asked for.
    pub(crate) topic_label: Option<&'static str>,
    /// 1 cooperation, -1 conflict.
    pub(crate) sign: i8,
    /// From -10 to 10.
    pub(crate) weight: f64,
    /// Documents that support it.
    pub(crate) documents: usize,
    /// Independent origins among them.
    pub(crate) origins: usize,
    /// `news`, or `reference:` and the table.
    pub(crate) origin: String,
    /// Claims that support it.
    pub(crate) claim_count: usize,
    /// What supports it, word for word: at most twenty claims.
    pub(crate) claims: Vec<Claim>,
    /// Claims that deny it.
    pub(crate) disputed_by: Vec<String>,
}

/// The relations of one country.
#[derive(Serialize, ToSchema)]
pub(crate) struct Relations {
    /// The country.
    pub(crate) country: Ref,
    /// The day that `holds` speaks of: the one asked for, else that of the newest document.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) as_of: Option<Date>,
    /// The revision of the store.
    pub(crate) revision: u64,
    /// One page of the states: what the news tells first, newest first; then the reference tables.
    pub(crate) states: Vec<State>,
    /// The cursor of the next page; null on the last one.
    pub(crate) next: Option<String>,
    /// States of all pages.
    pub(crate) total: usize,
    /// Newest first, at most twenty.
    pub(crate) recent_events: Vec<Event>,
}

/// What is between two actors.
#[derive(Serialize, ToSchema)]
pub(crate) struct Dyad {
    /// The first, as asked.
    pub(crate) a: Ref,
    /// The second.
    pub(crate) b: Ref,
    /// The day that `holds` speaks of.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) as_of: Option<Date>,
    /// One page of the relation states that both are in.
    pub(crate) states: Vec<State>,
    /// The cursor of the next page; null on the last one.
    pub(crate) next: Option<String>,
    /// States of all pages.
    pub(crate) total: usize,
    /// Events that both are in, newest first, at most fifty; the timeline has all.
    pub(crate) events: Vec<Event>,
    /// How many there are.
    pub(crate) event_count: usize,
    /// Occurred events by kind of act.
    pub(crate) counts: Counts,
    /// The mean weight of the occurred events; null where there are none.
    pub(crate) mean_weight: Option<f64>,
}

/// Occurred events of a dyad.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct Counts {
    /// Of cooperation.
    pub(crate) cooperation: usize,
    /// Of conflict.
    pub(crate) conflict: usize,
}

/// The course of a relation.
#[derive(Serialize, ToSchema)]
pub(crate) struct Trend {
    /// The first, as asked.
    pub(crate) a: Ref,
    /// The second.
    pub(crate) b: Ref,
    /// The oldest first; a month without an event is absent.
    pub(crate) months: Vec<MonthTrend>,
    /// Events that occurred on a day not known to the month: in no month.
    pub(crate) undated: usize,
}

/// What occurred in one month.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonthTrend {
    /// `2025-11`.
    pub(crate) month: String,
    /// Events that occurred; at least one.
    pub(crate) events: usize,
    /// The mean of their weights, from -10 (conflict) to 10 (cooperation).
    pub(crate) weight_mean: f64,
    /// The sum of their weights.
    pub(crate) weight_sum: f64,
    /// Events of cooperation.
    pub(crate) cooperation: usize,
    /// Events of conflict.
    pub(crate) conflict: usize,
    /// Events by PLOVER class.
    pub(crate) classes: BTreeMap<&'static str, usize>,
}

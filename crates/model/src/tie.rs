//! One weighted, dated, signed edge of the network.

use crate::EntityId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One edge. It never stands for a plan as if it were a fact: its status says which it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tie {
    /// The state or event behind it; unique among the ties of one network.
    pub id: String,
    /// Where it starts; for undirected ties the smaller id.
    pub source: EntityId,
    /// Where it ends.
    pub target: EntityId,
    /// Whether the order of the two says something.
    pub directed: bool,
    /// A state kind (`diplomatic-relations`) or an event type (`visit`).
    pub kind: String,
    /// A state status (`announced`, `in-force` …) or an event status (`occurred`, `planned` …).
    pub status: String,
    /// +1 cooperation, −1 conflict.
    pub sign: i8,
    /// On the event scale of −10 to 10.
    pub weight: f64,
    /// First day on which it holds or happened, where known.
    pub valid_from: Option<Date>,
    /// First day on which it no longer holds, where known.
    pub valid_until: Option<Date>,
    /// How many claims support it.
    pub claims: usize,
    /// How many independent origins.
    pub origins: usize,
    /// The words of one claim.
    pub quote: Option<String>,
}

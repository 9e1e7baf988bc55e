//! Networks: nodes and links, measures, ways.

use super::Ref;
use chancery_graph::Manifest;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A network as networkx and D3 read it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Network {
    /// Always true: `directed` of each link tells which have a direction.
    directed: bool,
    /// Always true: two relations between the same two are two links.
    multigraph: bool,
    /// Empty.
    #[schema(value_type = Object)]
    graph: (),
    /// Selection, counts, revision, and what the format loses.
    #[schema(value_type = Object)]
    manifest: Manifest,
    /// By id.
    nodes: Vec<NetworkNode>,
    /// By id.
    links: Vec<NetworkLink>,
}

/// A node of a network.
#[derive(Serialize, ToSchema)]
pub(crate) struct NetworkNode {
    /// The compact id.
    id: String,
    /// In the language asked for.
    label: String,
    /// By language.
    labels: BTreeMap<String, String>,
    /// `state`, `org`, `group`, `agreement` …
    kind: String,
    /// Latitude in degrees.
    lat: Option<f64>,
    /// Longitude in degrees.
    lon: Option<f64>,
}

/// A tie of a network.
#[derive(Serialize, ToSchema)]
pub(crate) struct NetworkLink {
    /// The state or event behind it.
    id: String,
    /// The same, as networkx wants it.
    key: String,
    /// Where it starts.
    source: String,
    /// Where it ends.
    target: String,
    /// A state kind or an event type.
    kind: String,
    /// The kind in the language asked for.
    kind_label: String,
    /// `announced`, `in-force`, `occurred` …
    status: String,
    /// The status in the language asked for.
    status_label: String,
    /// 1 cooperation, -1 conflict.
    sign: i8,
    /// From -10 to 10.
    weight: f64,
    /// Whether the order of the two says something.
    directed: bool,
    /// First day, where it is known.
    valid_from: Option<String>,
    /// First day after, where it is known.
    valid_until: Option<String>,
    /// How many claims support it.
    claims: usize,
    /// How many independent origins.
    origins: usize,
    /// The words of one claim.
    quote: Option<String>,
}

/// Where a node stands in a network, directions left out of account.
#[derive(Serialize, ToSchema)]
pub(crate) struct NodeMeasures {
    /// Who.
    #[serde(flatten)]
    pub(crate) entity: Ref,
    /// Ties.
    pub(crate) degree: usize,
    /// The sum of their absolute weights.
    pub(crate) strength: f64,
    /// PageRank by weight; the ranks of a network sum to 1.
    pub(crate) page_rank: f64,
    /// The share of shortest ways between others that lead over it, from 0 to 1.
    pub(crate) betweenness: f64,
    /// How near it is to those it reaches, times the share that it reaches, from 0 to 1.
    pub(crate) closeness: f64,
}

/// The shortest ways between two actors.
#[derive(Serialize, ToSchema)]
pub(crate) struct Paths {
    /// Where they start.
    pub(crate) from: Ref,
    /// Where they end.
    pub(crate) to: Ref,
    /// Their steps; null where there is no way.
    pub(crate) length: Option<usize>,
    /// In the order of their nodes.
    pub(crate) paths: Vec<Path>,
}

/// One way.
#[derive(Serialize, ToSchema)]
pub(crate) struct Path {
    /// Both ends and whoever is between.
    pub(crate) nodes: Vec<Ref>,
    /// Between each node and the next, every tie that leads there.
    pub(crate) steps: Vec<Vec<PathStep>>,
}

/// A tie of a way.
#[derive(Serialize, ToSchema)]
pub(crate) struct PathStep {
    /// The state or event behind it.
    pub(crate) id: String,
    /// Where the tie starts, whichever way it is walked.
    pub(crate) source: String,
    /// Where it ends.
    pub(crate) target: String,
    /// Whether the order of the two says something.
    pub(crate) directed: bool,
    /// A state kind or an event type.
    pub(crate) kind: String,
    /// The kind in the language asked for.
    pub(crate) kind_label: &'static str,
    /// `in-force` …
    pub(crate) status: String,
    /// The status in the language asked for.
    pub(crate) status_label: &'static str,
    /// 1 cooperation, -1 conflict.
    pub(crate) sign: i8,
}

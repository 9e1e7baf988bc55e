//! A network in the formats of other tools, one file a format. Each carries a manifest: what was selected, when, and what
//! the format could not carry.

mod csv;
mod cytoscape;
mod dot;
mod gexf;
mod graphml;
mod node_link;
mod xml;

use crate::Network;
use chancery_model::Tie;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::Write;
use std::str::FromStr;

pub use self::csv::{safe as csv_cell, write_nodes as write_nodes_csv};

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NetworkFormat {
    /// GEXF 1.3, dynamic: Gephi, networkx.
    Gexf,
    /// GraphML: yEd, igraph, networkx, Cytoscape.
    GraphMl,
    /// DOT: Graphviz.
    Dot,
    /// Cytoscape and Cytoscape.js JSON.
    Cytoscape,
    /// Node-link JSON: networkx, D3.
    NodeLink,
    /// One row a tie.
    Csv,
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown network format {0:?}: expected one of gexf, graphml, dot, cytoscape, node-link, csv")]
pub struct UnknownNetworkFormat(pub String);

impl NetworkFormat {
    /// All formats.
    pub const ALL: [Self; 6] = [Self::Gexf, Self::GraphMl, Self::Dot, Self::Cytoscape, Self::NodeLink, Self::Csv];

    /// The word on the command line and in `?format=`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gexf => "gexf",
            Self::GraphMl => "graphml",
            Self::Dot => "dot",
            Self::Cytoscape => "cytoscape",
            Self::NodeLink => "node-link",
            Self::Csv => "csv",
        }
    }

    /// The media type; formats without a registered one have that of their tools.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Gexf => "application/gexf+xml",
            Self::GraphMl => "application/graphml+xml",
            Self::Dot => "text/vnd.graphviz",
            Self::Cytoscape => "application/vnd.cytoscape+json",
            Self::NodeLink => "application/json",
            Self::Csv => "text/csv",
        }
    }

    /// The ending of files, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Gexf => "gexf",
            Self::GraphMl => "graphml",
            Self::Dot => "dot",
            Self::Cytoscape => "cyjs",
            Self::NodeLink => "json",
            Self::Csv => "csv",
        }
    }
}

impl FromStr for NetworkFormat {
    type Err = UnknownNetworkFormat;

    fn from_str(word: &str) -> Result<Self, UnknownNetworkFormat> {
        Self::ALL.into_iter().find(|format| format.name() == word).ok_or_else(|| UnknownNetworkFormat(word.to_owned()))
    }
}

impl fmt::Display for NetworkFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What an export is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The selection in words.
    pub selection: String,
    /// The day that it holds for; none for all time.
    pub as_of: Option<Date>,
    /// What was believed then; none for now.
    pub as_known: Option<Timestamp>,
    /// The revision of the store.
    pub revision: u64,
    /// How many nodes.
    pub nodes: usize,
    /// How many ties. GEXF joins those that differ in time only.
    pub edges: usize,
    /// What the format could not carry.
    pub losses: Vec<String>,
}

impl Manifest {
    /// Counts the network and names the losses of the format.
    #[must_use]
    pub fn of(self, network: &Network, format: NetworkFormat) -> Self {
        let losses = losses(format).iter().map(ToString::to_string).collect();
        Self { nodes: network.nodes().count(), edges: network.ties().count(), losses, ..self }
    }

    /// The manifest as JSON in one line.
    fn json(&self) -> Result<String, ExportError> {
        Ok(serde_json::to_string(self)?)
    }
}

/// An export that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The output took no more.
    #[error("output: {0}")]
    Output(#[from] std::io::Error),
    /// A CSV row could not be written.
    #[error("CSV: {0}")]
    Csv(#[from] ::csv::Error),
    /// JSON could not be written.
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// What a format cannot carry.
pub fn losses(format: NetworkFormat) -> &'static [&'static str] {
    match format {
        NetworkFormat::Gexf => &[
            "ties of one kind and status between two nodes are one edge with several spells; where the spells overlap, \
             they are edges numbered by their kind",
            "every edge is written as directed; the attribute directed tells which are",
            "a tie without dates is drawn at all times: its status says whether it holds",
            "characters that XML cannot hold are left out",
        ],
        NetworkFormat::GraphMl => &[
            "labels other than the one shown are joined with |",
            "every edge is written as directed; the attribute directed tells which are",
            "characters that XML cannot hold are left out",
        ],
        NetworkFormat::Dot => &["attributes of nodes other than label, kind and coordinates"],
        NetworkFormat::Csv => &["nodes without a tie, coordinates and labels in other languages"],
        NetworkFormat::Cytoscape | NetworkFormat::NodeLink => &[],
    }
}

/// Writes a network. The same network and manifest give the same bytes.
///
/// # Errors
/// Where `out` takes no more.
pub fn write(
    network: &Network,
    format: NetworkFormat,
    manifest: &Manifest,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    match format {
        NetworkFormat::Gexf => gexf::write(network, manifest, out),
        NetworkFormat::GraphMl => graphml::write(network, manifest, out),
        NetworkFormat::Dot => dot::write(network, manifest, out),
        NetworkFormat::Cytoscape => cytoscape::write(network, manifest, out),
        NetworkFormat::NodeLink => node_link::write(network, manifest, out),
        NetworkFormat::Csv => csv::write(network, out),
    }
}

/// Writes the manifest as JSON, for the formats that cannot hold it (CSV).
///
/// # Errors
/// Where `out` takes no more.
pub fn write_manifest(manifest: &Manifest, out: &mut impl Write) -> Result<(), ExportError> {
    serde_json::to_writer_pretty(&mut *out, manifest)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Whether the tie tells of something that is not, or not yet, so.
fn is_unreal(tie: &Tie) -> bool {
    matches!(tie.status.as_str(), "announced" | "planned" | "possible" | "cancelled" | "abandoned")
}

/// The attributes of a tie in the order in which every format gives them, without its ends.
fn attributes(tie: &Tie) -> [(&'static str, Value<'_>); 10] {
    [
        ("kind", Value::Text(&tie.kind)),
        ("status", Value::Text(&tie.status)),
        ("sign", Value::Integer(i64::from(tie.sign))),
        ("weight", Value::Number(tie.weight)),
        ("directed", Value::Boolean(tie.directed)),
        ("valid_from", Value::Day(tie.valid_from)),
        ("valid_until", Value::Day(tie.valid_until)),
        ("claims", Value::Integer(tie.claims as i64)),
        ("origins", Value::Integer(tie.origins as i64)),
        ("quote", tie.quote.as_deref().map_or(Value::Day(None), Value::Text)),
    ]
}

/// The value of an attribute.
#[derive(Clone, Copy, Debug)]
enum Value<'a> {
    Text(&'a str),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    /// A day, or nothing.
    Day(Option<Date>),
}

impl Value<'_> {
    /// As text; none where there is nothing.
    fn text(self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.to_owned()),
            Value::Integer(number) => Some(number.to_string()),
            Value::Number(number) => Some(number.to_string()),
            Value::Boolean(yes) => Some(yes.to_string()),
            Value::Day(day) => day.map(|day| day.to_string()),
        }
    }

    fn json(self) -> serde_json::Value {
        match self {
            Value::Text(text) => text.into(),
            Value::Integer(number) => number.into(),
            Value::Number(number) => number.into(),
            Value::Boolean(yes) => yes.into(),
            Value::Day(day) => day.map(|day| day.to_string()).into(),
        }
    }
}

#[cfg(test)]
pub(crate) mod sample {
    //! Ties for tests.

    use chancery_model::Tie;

    pub(crate) fn tie(id: &str, source: &str, target: &str) -> Tie {
        Tie {
            id: id.to_owned(),
            source: source.parse().expect("an id"),
            target: target.parse().expect("an id"),
            directed: false,
            kind: "diplomatic-relations".to_owned(),
            status: "in-force".to_owned(),
            sign: 1,
            weight: 7.0,
            valid_from: None,
            valid_until: None,
            claims: 1,
            origins: 1,
            quote: None,
        }
    }
}

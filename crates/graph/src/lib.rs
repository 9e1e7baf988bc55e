//! Ties to networks: neighbourhoods, ways, measures, exports.
//!
//! A [`Network`] is a list of nodes and of ties between them; parallel ties are kept, since two relations between the same
//! two states are two facts. Everything is sorted by id: the same ties in any order give the same bytes.

mod centrality;
mod export;
mod network;
mod path;

pub use centrality::{betweenness, closeness, degrees, page_rank};
pub use export::{
    ExportError, Manifest, NetworkFormat, UnknownNetworkFormat, csv_cell, losses, write, write_manifest,
    write_nodes_csv,
};
pub use network::{Network, Node};
pub use path::{Path, shortest_paths};

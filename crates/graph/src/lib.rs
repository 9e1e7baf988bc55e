//! Ties to networks: neighbourhoods, measures, exports.
//!
//! A [`Network`] is a list of nodes and of ties between them; parallel ties are kept, since two relations between the same
//! two states are two facts. Everything is sorted by id: the same ties in any order give the same bytes.

mod centrality;
mod export;
mod network;

pub use centrality::{degrees, page_rank};
pub use export::{
    ExportError, Manifest, NetworkFormat, UnknownNetworkFormat, losses, write, write_manifest, write_nodes_csv,
};
pub use network::{Network, Node};

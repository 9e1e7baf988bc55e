//! REST: one file a resource; the folder is the tree below `/v1`.

pub(crate) mod body;
pub(crate) mod changes;
pub(crate) mod claims;
pub(crate) mod countries;
pub(crate) mod disputes;
pub(crate) mod documents;
pub(crate) mod dyads;
pub(crate) mod entities;
pub(crate) mod events;
pub(crate) mod extract;
pub(crate) mod health;
pub(crate) mod ingestion;
pub(crate) mod network;
pub(crate) mod promises;
pub(crate) mod relations;
pub(crate) mod resolve;
pub(crate) mod search;
pub(crate) mod validate;

//! Everything of the store that needs the engines, in one binary: a binary that links RocksDB is large.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault")]

mod any_order;
mod durability;
mod engine;
mod graphs;
mod ingest;
mod queries;
mod safety;
mod sample;
mod w3c;

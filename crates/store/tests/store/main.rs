//! Everything of the store that needs the engines, in one binary: a binary that links RocksDB is large.

mod durability;
mod graphs;
mod ingest;
mod queries;
mod safety;
mod sample;

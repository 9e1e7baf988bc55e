//! Ties to networks: aggregation and exports.

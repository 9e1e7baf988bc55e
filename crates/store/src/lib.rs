//! Ledger and triples on disk, SPARQL.

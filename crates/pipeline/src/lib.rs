//! Bytes to documents to claims to ledger and graph: the one way in.

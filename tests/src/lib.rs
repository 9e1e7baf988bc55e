//! Tests that cross crates live in `tests/`; see README.md.

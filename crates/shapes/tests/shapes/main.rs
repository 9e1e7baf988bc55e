//! Tests of the validator from outside: components, the W3C suite, the shapes of the ontology, others' answers.
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

mod cases;
mod components;
mod ontology;
mod others;
mod reports;
mod robustness;
mod syntax;
mod w3c;

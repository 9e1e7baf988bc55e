//! How long a store takes from being opened to its first answers.

use crate::stores::{PIPELINE, world};
use chancery_store::{QueryOptions, ResultFormat, Store};
use std::path::Path;
use std::time::Instant;

pub(crate) fn run(folder: &Path) {
    let begun = Instant::now();
    let seconds = || begun.elapsed().as_secs_f64();
    let world = world();
    println!("tables read: {:.2} s", seconds());
    let store = Store::open_in_background(folder, world, PIPELINE.version().to_owned()).unwrap();
    println!("opened: {:.2} s", seconds());
    let query = store.prepare("SELECT ?claim { ?claim a dip:Claim } LIMIT 1").unwrap();
    let csv = ResultFormat::for_name("csv", query.form()).unwrap();
    let rows = query.run(csv, &QueryOptions::default()).unwrap();
    assert!(rows.len() > 8, "the store has claims");
    println!("SPARQL answers: {:.2} s", seconds());
    store.wait_until_loaded().unwrap();
    println!("look-ups answer: {:.2} s, {} claims", seconds(), store.snapshot().claims.len());
}

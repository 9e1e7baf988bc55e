//! Stores of generated claims.

use crate::generator::{self, Generated};
use chancery_model::{DataFiles, World};
use chancery_pipeline::Pipeline;
use chancery_store::{ChangeSet, ReadDocument, Store};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Instant;

/// Documents of one change set.
const BATCH: usize = 1_000;

/// Built once: reading the tables takes a second.
pub(crate) static PIPELINE: LazyLock<Arc<Pipeline>> =
    LazyLock::new(|| Arc::new(Pipeline::new(&DataFiles::embedded()).expect("the tables are well formed")));

pub(crate) fn world() -> Arc<World> {
    PIPELINE.world().clone()
}

pub(crate) fn read(generated: Generated) -> ReadDocument {
    ReadDocument { document: generated.document, claims: generated.claims }
}

pub(crate) fn put(store: &Store, documents: Vec<ReadDocument>) {
    store.apply(ChangeSet { put: documents, ..ChangeSet::default() }).unwrap();
}

pub(crate) fn open(folder: &Path) -> Store {
    Store::open(folder, world(), PIPELINE.version().to_owned()).unwrap()
}

/// Puts so many claims into a store, without validation.
pub(crate) fn fill(folder: &Path, claims: usize) {
    let documents: Vec<ReadDocument> = generator::documents(&world(), claims).into_iter().map(read).collect();
    let store = open(folder);
    let begun = Instant::now();
    for batch in documents.chunks(BATCH) {
        put(&store, batch.to_vec());
    }
    let seconds = begun.elapsed().as_secs_f64();
    let rate = documents.len() as f64 / seconds;
    println!("{claims} claims in {} documents: {seconds:.1} s, {rate:.0} documents/s", documents.len());
}

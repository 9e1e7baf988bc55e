//! Stores of generated claims.

use crate::generator::{self, Generated};
use chancery_model::{DataFiles, World};
use chancery_pipeline::Pipeline;
use chancery_store::{ChangeSet, ReadDocument, Store};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Instant;

/// Documents that a filled store does not have yet, to be measured with.
pub(crate) const LATE: usize = 900;
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

/// Puts so many claims into the store of a folder, without validation.
pub(crate) fn fill(folder: &Path, claims: usize) -> Store {
    let (documents, _) = generator::with_late(&world(), claims, LATE);
    let store = open(folder);
    put_all(&store, documents);
    store
}

/// Puts documents into a store, change set by change set, and tells how far it is.
pub(crate) fn put_all(store: &Store, documents: Vec<Generated>) {
    let begun = Instant::now();
    let number = documents.len();
    let mut documents = documents.into_iter().map(read).peekable();
    let mut tenth = 1;
    let mut done = 0;
    while documents.peek().is_some() {
        let batch: Vec<ReadDocument> = documents.by_ref().take(BATCH).collect();
        done += batch.len();
        put(store, batch);
        if done * 10 >= number * tenth {
            let seconds = begun.elapsed().as_secs_f64();
            println!("{done} of {number} documents: {seconds:.0} s, {:.0} documents/s", done as f64 / seconds);
            tenth = done * 10 / number + 1;
        }
    }
}

//! What one document more costs a store of so many claims: the fusion alone, and the commit with ledger, graph and snapshot. The
//! documents lie anywhere in the time of the store, since news comes late and is corrected.

use crate::generator;
use crate::stores::{PIPELINE, put, read, world};
use chancery_fusion::{Fusion, fuse, origin};
use chancery_model::{DocumentFacts, ReportedClaim};
use chancery_store::{ReadDocument, Store};
use jiff::civil::Date;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Documents that are measured.
const MEASURED: usize = 1_000;
/// Documents of one change set while the store is filled.
const BATCH: usize = 1_000;

pub(crate) fn run(claims: usize) {
    let all: Vec<ReadDocument> = generator::documents(&world(), claims + MEASURED * 3).into_iter().map(read).collect();
    let every = all.len() / MEASURED;
    let (late, early): (Vec<_>, Vec<_>) =
        all.into_iter().enumerate().partition(|(at, _)| at % every == every / 2 && at / every < MEASURED);
    let (late, early): (Vec<ReadDocument>, Vec<ReadDocument>) =
        (late.into_iter().map(|(_, read)| read).collect(), early.into_iter().map(|(_, read)| read).collect());
    let reported: Vec<ReportedClaim> = early.iter().flat_map(reported).collect();
    let newest = reported.iter().filter_map(|told| told.document.published).max();
    let begun = Instant::now();
    let fusion = fuse(&reported, &world(), newest);
    println!("{} claims fused at once: {:.1} s", reported.len(), begun.elapsed().as_secs_f64());
    fused(fusion, &late, newest);
    drop(reported);
    committed(early, late);
}

fn fused(mut fusion: Fusion, late: &[ReadDocument], newest: Option<Date>) {
    let mut times = Times::default();
    for read in late {
        let claims = reported(read);
        // Readers keep the fusion before: what it shares is copied where it changes.
        let before = fusion.clone();
        times.measure(|| fusion.change(&[], &claims, newest));
        drop(before);
    }
    times.print("fusion");
}

fn committed(early: Vec<ReadDocument>, late: Vec<ReadDocument>) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), world(), PIPELINE.version().to_owned()).unwrap();
    for batch in early.chunks(BATCH) {
        put(&store, batch.to_vec());
    }
    drop(early);
    let mut times = Times::default();
    for read in late {
        times.measure(|| put(&store, vec![read]));
    }
    times.print("commit");
}

fn reported(read: &ReadDocument) -> Vec<ReportedClaim> {
    let document = &read.document;
    let facts = Arc::new(DocumentFacts {
        id: document.id.as_str().into(),
        version: document.content_hash(),
        lang: document.lang,
        published: document.published,
        publisher: document.publisher.clone(),
        title: document.title.clone(),
        recorded: document.recorded.unwrap_or_default(),
        text_origin: origin::wording(&document.text),
        sketch: origin::sketch(&document.text),
    });
    let told =
        |claim: &chancery_model::Claim| ReportedClaim { claim: Arc::new(claim.clone()), document: facts.clone() };
    read.claims.iter().map(told).collect()
}

/// How long something took, again and again.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn measure<T>(&mut self, work: impl FnOnce() -> T) {
        let begun = Instant::now();
        let done = work();
        self.0.push(begun.elapsed());
        drop(done);
    }

    fn print(mut self, what: &str) {
        self.0.sort_unstable();
        let at = |hundredths: usize| self.0[(self.0.len() - 1) * hundredths / 100].as_secs_f64() * 1_000.0;
        println!("  {what}, one document more: p50 {:.3} ms, p90 {:.3} ms, p99 {:.3} ms", at(50), at(90), at(99));
    }
}

//! What one document more costs the fusion of so many claims. `cargo bench -p chancery-fusion -- 10_000 100_000 1_000_000`; what came
//! out is in `tests/benches/README.md`.
//!
//! The documents lie anywhere in the time of the store, since news comes late and is corrected. Each size is measured in several
//! rounds, each with documents of its own.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

#[path = "../../../tests/benches/house/generator.rs"]
mod generator;

use chancery_fusion::{Fusion, fuse, origin};
use chancery_model::{DataFiles, DocumentFacts, ReportedClaim, World};
use generator::Generated;
use jiff::civil::Date;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Documents of one round.
const MEASURED: usize = 1_000;
const ROUNDS: usize = 3;

fn main() {
    let world = Arc::new(World::load(&DataFiles::embedded()).expect("the committed tables are well formed"));
    // Cargo calls benchmarks with flags of its own.
    let sizes: Vec<usize> =
        std::env::args().skip(1).filter_map(|argument| argument.replace('_', "").parse().ok()).collect();
    for claims in sizes {
        run(&world, claims);
    }
}

fn run(world: &Arc<World>, claims: usize) {
    let (early, late) = generator::with_late(world, claims, MEASURED * ROUNDS);
    let late: Vec<Vec<ReportedClaim>> = late.into_iter().map(reported).collect();
    let early: Vec<ReportedClaim> = early.into_iter().flat_map(reported).collect();
    let newest = early.iter().filter_map(|told| told.document.published).max();
    let (resident, begun) = (resident_megabytes(), Instant::now());
    let mut fusion = fuse(&early, world, newest);
    let (seconds, after) = (begun.elapsed().as_secs_f64(), resident_megabytes());
    let memory = resident
        .zip(after)
        .map_or("unknown".to_owned(), |(before, after)| format!("{} MB", after.saturating_sub(before)));
    println!("{} claims, fused at once in {seconds:.1} s; memory beside the claims: {memory}", early.len());
    for round in 0..ROUNDS {
        // Every round has documents of all days.
        let documents = late.iter().skip(round).step_by(ROUNDS);
        let mut times: Vec<Duration> = documents.map(|claims| one_more(&mut fusion, claims, newest)).collect();
        times.sort_unstable();
        let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100].as_secs_f64() * 1_000.0;
        let mean = times.iter().sum::<Duration>().as_secs_f64() * 1_000.0 / times.len() as f64;
        println!("  one document more: p50 {:.3} ms, p90 {:.3}, p99 {:.3}, mean {mean:.3}", at(50), at(90), at(99));
    }
}

fn one_more(fusion: &mut Fusion, claims: &[ReportedClaim], newest: Option<Date>) -> Duration {
    // Readers keep the fusion before: what it shares is copied where it changes.
    let before = fusion.clone();
    let begun = Instant::now();
    fusion.change(&[], claims, newest);
    let time = begun.elapsed();
    drop(before);
    time
}

fn reported(told: Generated) -> Vec<ReportedClaim> {
    let Generated { document, claims } = told;
    let facts = Arc::new(DocumentFacts {
        text_origin: origin::wording(&document.text),
        sketch: origin::sketch(&document.text),
        ..DocumentFacts::of(&document, document.recorded.unwrap_or_default())
    });
    claims.into_iter().map(|claim| ReportedClaim { claim: Arc::new(claim), document: facts.clone() }).collect()
}

/// Memory of the process, where the system tells.
fn resident_megabytes() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<usize>().ok().map(|kilobytes| kilobytes / 1000)
}

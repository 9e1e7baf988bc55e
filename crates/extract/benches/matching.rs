//! How fast the gazetteer loads and matches: `cargo bench -p chancery-extract`.
//!
//! The input is the text of our own dispatches, repeated to some megabytes. Matching is measured apart from cutting the text into
//! normalised tokens. Each figure is the best of five runs on one thread: the others show what else the machine was doing.

#![allow(clippy::print_stdout, reason = "a benchmark prints")]

use chancery_extract::Extractor;
use chancery_model::{DataFiles, Document, Language, World};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const RUNS: usize = 5;
const BYTES: usize = 4_000_000;

fn main() {
    let files = DataFiles::embedded();
    let before = resident_kilobytes();
    let started = Instant::now();
    let world = Arc::new(World::load(&files).expect("the tables are well formed"));
    let extractor = Extractor::new(&files, world).expect("the lexicons are well formed");
    let mut loading = started.elapsed();
    if let (Some(before), Some(after)) = (before, resident_kilobytes()) {
        println!("memory of the gazetteer and lexicons: {} MB", after.saturating_sub(before) / 1000);
    }
    for _ in 1..RUNS {
        loading = loading.min(time(|| {
            let world = Arc::new(World::load(&files).expect("the tables are well formed"));
            black_box(Extractor::new(&files, world).expect("the lexicons are well formed"));
        }));
    }
    println!("loading: {} ms", loading.as_millis());
    for language in [Language::Arabic, Language::English] {
        measure(&extractor, language);
    }
}

fn measure(extractor: &Extractor, language: Language) {
    let document = document(language);
    let text = extractor.analyze(&document);
    let megabytes = document.text.len() as f64 / 1e6;
    let rate = |work: &dyn Fn()| megabytes / (0..RUNS).map(|_| time(work)).min().unwrap_or_default().as_secs_f64();
    let matching = rate(&|| drop(black_box(extractor.names(&document, &text))));
    let analysis = rate(&|| drop(black_box(extractor.analyze(&document))));
    println!("{language}: {} names in {megabytes:.1} MB", extractor.names(&document, &text).len());
    println!("{language}: matching {matching:.0} MB/s; cutting into tokens {analysis:.1} MB/s");
}

fn time(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

/// The texts of the dispatches in one language, again and again.
fn document(language: Language) -> Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/dispatches");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the dispatches").flatten().map(|file| file.path()).collect();
    files.sort();
    let ending = format!("-{language}.jsonl");
    let lines = files.iter().filter(|path| path.to_string_lossy().ends_with(&ending));
    let once: String = lines.map(|path| text_of(&std::fs::read_to_string(path).expect("a dispatch"))).collect();
    Document {
        id: "bench".to_owned(),
        lang: language,
        published: None,
        publisher: None,
        title: None,
        text: once.repeat(BYTES / once.len() + 1),
        recorded: None,
    }
}

fn text_of(line: &str) -> String {
    let record: serde_json::Value = serde_json::from_str(line.trim()).expect("a dispatch is one JSON line");
    format!("{}\n", record["text"].as_str().expect("a dispatch has a text"))
}

/// What the process holds in memory, where the system tells.
fn resident_kilobytes() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

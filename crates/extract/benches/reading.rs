//! How fast raw text becomes claims on one core, and in how much memory.
//!
//! `cargo bench -p chancery-extract --bench reading -- [LANG] [SENTENCES]` repeats the sample dispatches in one language (`ar`) until so
//! many sentences (200,000) are read. No document outlives its turn, so memory must not grow with their number.

use chancery_extract::Extractor;
use chancery_model::{DataFiles, Document, Language, World};
use chancery_text::Analyzer;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// The allocator of the program `chancery`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often the memory is looked at.
const PARTS: usize = 4;

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() {
    // Cargo calls benchmarks with flags of its own.
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let lang: Language = arguments.next().map_or(Language::Arabic, |tag| tag.parse().expect("a language: ar, en"));
    let wanted: usize = arguments.next().map_or(200_000, |count| count.parse().expect("a number of sentences"));

    let files = DataFiles::embedded();
    let start = Instant::now();
    let world = Arc::new(World::load(&files).expect("the tables are well formed"));
    let extractor = Extractor::new(&files, world).expect("the lexicons are well formed");
    println!("tables       {:.2} s, {} MB", start.elapsed().as_secs_f64(), memory_mb());

    let documents = dispatches(lang);
    let analyzer = Analyzer::new(&files).expect("the tables are well formed");
    let sentences_of = |document: &Document| {
        let text = analyzer.analyze(document);
        text.title.len() + text.body.len()
    };
    let sentences: usize = documents.iter().map(sentences_of).sum();
    let bytes: usize = documents.iter().map(|d| d.text.len() + d.title.as_deref().map_or(0, str::len)).sum();
    let rounds = wanted.div_ceil(sentences);
    println!(
        "text         {} dispatches in {lang}: {sentences} sentences, {bytes} bytes; {rounds} times",
        documents.len()
    );

    let start = Instant::now();
    let mut claims = 0;
    for part in 1..=PARTS {
        for round in rounds * (part - 1) / PARTS..rounds * part / PARTS {
            for document in &documents {
                // As a reader of a stream does: a document of its own each time.
                let document = Document { id: format!("{}-{round}", document.id), ..document.clone() };
                claims += extractor.extract(&document).claims.len();
            }
        }
        let done = rounds * part / PARTS * sentences;
        println!("{done:>10} sentences, {claims} claims, at most {} MB", memory_mb());
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("speed        {:.0} sentences/s", (rounds * sentences) as f64 / seconds);
    println!("             {:.2} MB/s", (rounds * bytes) as f64 / 1e6 / seconds);
    println!("memory       {} MB at most", memory_mb());
}

fn dispatches(lang: Language) -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/dispatches");
    let entries = fs::read_dir(&folder).expect("the sample dispatches are in the tree");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    let lines = paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "jsonl")).flat_map(|path| {
        let text = fs::read_to_string(path).expect("the file can be read");
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    });
    let documents = lines.map(|line| serde_json::from_str::<Document>(&line).expect("a dispatch is a document"));
    documents.filter(|document| document.lang == lang).collect()
}

/// The most memory that this process has had at once, in MB; 0 where the system does not tell.
fn memory_mb() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<usize>().ok()).unwrap_or_default() / 1024
}

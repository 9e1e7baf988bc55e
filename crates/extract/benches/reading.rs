//! How fast raw text becomes claims on one core, and in how much memory.
//!
//! `cargo bench -p chancery-extract --bench reading -- [LANG] [SENTENCES] [FILE]` repeats the sample dispatches in one language (`ar`), or the
//! documents of a file of JSON Lines, until so many sentences (200,000) are read. No document outlives its turn, so memory must not grow
//! with their number.

#[path = "../tests/clock/mod.rs"]
mod clock;

use chancery_extract::Extractor;
use chancery_model::{DataFiles, Document, Language, World};
use chancery_text::Analyzer;
use clock::spent;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// That of the program.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// How often the memory is looked at.
const PARTS: usize = 4;

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() {
    // Cargo calls benchmarks with flags of its own.
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let lang: Language = arguments.next().map_or(Language::Arabic, |tag| tag.parse().expect("a language: ar, en"));
    let wanted: usize = arguments.next().map_or(200_000, |count| count.parse().expect("a number of sentences"));

    let file = arguments.next();

    let files = DataFiles::embedded();
    let start = Instant::now();
    let world = Arc::new(World::load(&files).expect("the tables are well formed"));
    let extractor = Extractor::new(&files, world).expect("the lexicons are well formed");
    println!("tables       {:.2} s, {} MB", start.elapsed().as_secs_f64(), memory_mb());

    let documents = file.map_or_else(|| dispatches(lang), |file| of_file(Path::new(&file), lang));
    let analyzer = Analyzer::new(&files).expect("the tables are well formed");
    let sentences_of = |document: &Document| {
        let text = analyzer.analyze(document);
        text.title.len() + text.body.len()
    };
    let sentences: usize = documents.iter().map(sentences_of).sum();
    let bytes: usize = documents.iter().map(|d| d.text.len() + d.title.as_deref().map_or(0, str::len)).sum();
    let rounds = wanted.div_ceil(sentences);
    println!(
        "text         {} documents in {lang}: {sentences} sentences, {bytes} bytes; {rounds} times",
        documents.len()
    );

    let (start, spent_before) = (Instant::now(), spent());
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
    for (what, time) in
        [("speed       ", start.elapsed()), ("without what other programs took of the core", spent() - spent_before)]
    {
        let per_second = |count: usize| (rounds * count) as f64 / time.as_secs_f64();
        println!("{what} {:.0} sentences/s, {:.2} MB/s", per_second(sentences), per_second(bytes) / 1e6);
    }
    println!("memory       {} MB at most", memory_mb());
}

fn dispatches(lang: Language) -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/dispatches");
    let entries = fs::read_dir(&folder).expect("the sample dispatches are in the tree");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    let files = paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    files.flat_map(|path| of_file(path, lang)).collect()
}

/// The documents in a language; what else a line says is left out.
fn of_file(path: &Path, lang: Language) -> Vec<Document> {
    let text = fs::read_to_string(path).expect("the file can be read");
    let documents = text.lines().map(|line| serde_json::from_str::<Document>(line).expect("each line is a document"));
    documents.filter(|document| document.lang == lang).collect()
}

/// The most memory that this process has had at once, in MB; 0 where the system does not tell.
fn memory_mb() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<usize>().ok()).unwrap_or_default() / 1024
}

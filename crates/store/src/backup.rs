//! Copies of a store: taken while it is in use, put back, verified.

use crate::folder::{self, GRAPH, Kind, LEDGER};
use crate::load;
use crate::rewrite::Lack;
use crate::snapshot::Snapshot;
use crate::store::Inner;
use crate::{Store, StoreError};
use chancery_model::World;
use oxigraph::model::{GraphNameRef, Triple};
use oxigraph::store::Store as Graph;
use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most differences that a verification names.
const NAMED: usize = 5;

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Versions of documents in the ledger, live or not.
    pub versions: usize,
    /// Triples of the default graph.
    pub triples: usize,
    /// The named graphs.
    pub named_graphs: usize,
    /// What is wrong, one by one; empty where everything is as it should be.
    pub problems: Vec<String>,
}

fn io(path: &Path) -> impl FnOnce(Error) -> StoreError + use<> {
    let path = path.to_owned();
    move |source| StoreError::Io { path, source }
}

impl Store {
    /// Copies the store, as it is at one moment, into a folder that is made for it and is a store too. Reads go on meanwhile, and writes
    /// but for the moment in which the graph is linked.
    ///
    /// # Errors
    /// Where the folder is there already, the copy cannot be written (then nothing of it is left), or the store lives in memory.
    pub fn backup(&self, target: &Path) -> Result<(), StoreError> {
        let inner = self.inner();
        if inner.folder.is_none() {
            return Err(StoreError::Refused { what: "a copy of a store in memory; write a dump".to_owned() });
        }
        make(target, || {
            let ledger = {
                // Between two commits, so that ledger and graph are of one revision.
                let _writer = inner.lock();
                inner.graph.backup(target.join(GRAPH))?;
                inner.ledger.begin_read()?
            };
            ledger.copy_to(&target.join(LEDGER))?;
            folder::finish(target, if inner.plain_dataset { Kind::PlainDataset } else { Kind::Documents })
        })
    }
}

/// Copies a store that nobody has open, as [`Store::backup`] does.
///
/// # Errors
/// [`StoreError::Locked`] where a process has it open; else as [`Store::backup`].
pub fn backup(store: &Path, target: &Path) -> Result<(), StoreError> {
    let kind = folder::kind(store)?;
    let engines = folder::open(store, kind)?;
    make(target, || {
        engines.graph.backup(target.join(GRAPH))?;
        engines.ledger.begin_read()?.copy_to(&target.join(LEDGER))?;
        folder::finish(target, kind)
    })
}

/// Makes a folder and fills it, or leaves none.
fn make(target: &Path, fill: impl FnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
    fs::create_dir(target).map_err(io(target))?;
    let filled = fill();
    if filled.is_err() {
        fs::remove_dir_all(target).ok();
    }
    filled
}

/// Puts a backup back as a store, in a folder that is made for it. It appears there whole, or not at all.
///
/// # Errors
/// Where the backup is no store, or the folder is there already and not empty.
pub fn restore(backup: &Path, target: &Path) -> Result<(), StoreError> {
    let kind = folder::kind(backup)?;
    if fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(StoreError::NotAStore(target.to_owned()));
    }
    let mut unfinished = target.as_os_str().to_owned();
    unfinished.push(".restoring");
    let unfinished = PathBuf::from(unfinished);
    make(&unfinished, || {
        copy(&backup.join(LEDGER), &unfinished.join(LEDGER))?;
        copy(&backup.join(GRAPH), &unfinished.join(GRAPH))?;
        folder::finish(&unfinished, kind)?;
        // An empty folder gives way.
        fs::rename(&unfinished, target).map_err(io(target))
    })
}

/// Copies a file, or a folder with everything in it, and brings it onto the disk.
fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    if !from.is_dir() {
        fs::copy(from, to).map_err(io(from))?;
        return fs::File::open(to).and_then(|file| file.sync_all()).map_err(io(to));
    }
    fs::create_dir(to).map_err(io(to))?;
    for entry in fs::read_dir(from).map_err(io(from))? {
        let name = entry.map_err(io(from))?.file_name();
        copy(&from.join(&name), &to.join(&name))?;
    }
    fs::File::open(to).and_then(|folder| folder.sync_all()).map_err(io(to))
}

/// Reads all of a store that nobody has open: every page of the ledger against its checksum, every record and its text, every index of
/// the graph, and whether the graph says what the ledger says. `progress` is told what is being read, and how much of it was.
///
/// # Errors
/// Where it cannot be opened at all.
pub fn verify(
    folder: &Path,
    world: Arc<World>,
    version: &str,
    progress: &mut dyn FnMut(&'static str, u64),
) -> Result<Verification, StoreError> {
    let kind = folder::kind(folder)?;
    let mut engines = folder::open(folder, kind)?;
    let mut found = Verification::default();
    progress("pages of the ledger:", 0);
    if !engines.ledger.check_integrity()? {
        found.problems.push("ledger: some pages did not fit their checksums, and were repaired".to_owned());
    }
    progress("records of the ledger:", 0);
    found.versions = engines.ledger.check_records(&mut found.problems)?;
    if let Err(error) = engines.graph.validate_with(&mut |read| progress("texts and keys of the graph:", read)) {
        found.problems.push(format!("graph: {error}"));
    }
    let revision = engines.ledger.revision()?;
    let snapshot = load::snapshot(&engines.ledger, world, revision, None)?;
    let inner = Inner::new(engines, version, kind);
    found.named_graphs = inner.user_graphs()?.len();
    // Eight bytes a triple, where the triples themselves would be some hundreds.
    let mut written = Vec::new();
    inner.graph.visit_default_graph_keys(&mut |key| written.push(hash(key)))?;
    written.sort_unstable();
    found.triples = written.len();
    if kind == Kind::Documents {
        compare(&inner, &snapshot, &written, revision, &mut found.problems, progress)?;
    }
    Ok(found)
}

fn hash(key: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(key);
    hasher.finish()
}

/// Where the hash of a triple stands among sorted ones.
fn place(hashes: &[u64], triple: &Triple) -> Option<usize> {
    hashes.binary_search(&hash(&Graph::default_graph_key(triple.as_ref()))).ok()
}

fn compare(
    inner: &Inner,
    snapshot: &Snapshot,
    written: &[u64],
    revision: u64,
    problems: &mut Vec<String>,
    progress: &mut dyn FnMut(&'static str, u64),
) -> Result<(), StoreError> {
    let lack = inner.lack(revision)?.map(|lack| match lack {
        Lack::Commits => "graph: behind the ledger, as after a kill; opening the store brings it up to it",
        Lack::All => "graph: of another revision, program or data than the ledger; opening the store writes it anew",
    });
    if let Some(lack) = lack {
        problems.push(lack.to_owned());
        return Ok(());
    }
    let mut missing = BTreeSet::new();
    let mut is_told = vec![false; written.len()];
    let told = snapshot.everything(&inner.run);
    let mut compared = 0;
    for part in told.parts() {
        for triple in &part {
            match place(written, triple) {
                Some(place) => is_told[place] = true,
                None => drop(missing.insert(triple.to_string())),
            }
        }
        compared += part.len() as u64;
        progress("triples compared:", compared);
    }
    let some = missing.iter().take(NAMED).cloned().collect();
    differ(missing.len(), some, "is missing", problems);
    let extra = is_told.iter().filter(|told| !**told).count();
    if extra > 0 {
        let is_extra = |triple: &Triple| place(written, triple).is_some_and(|place| !is_told[place]);
        let quads = inner.graph.quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph));
        let triples = quads.map(|quad| quad.map(Triple::from)).filter(|triple| triple.as_ref().map_or(true, is_extra));
        let some: Result<Vec<String>, _> = triples.take(NAMED).map(|triple| triple.map(|it| it.to_string())).collect();
        differ(extra, some?, "is too much", problems);
    }
    Ok(())
}

/// Names some of the triples in which graph and ledger differ.
fn differ(count: usize, some: Vec<String>, what: &str, problems: &mut Vec<String>) {
    if count > 0 {
        let some = some.join(", ");
        problems.push(format!("graph: {count} triples: {what}, such as {some}; `chancery rebuild` mends it"));
    }
}

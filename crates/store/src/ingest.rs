//! Changing what the store knows: a document replaces its earlier self, or is taken back. All of a change set happens,
//! or nothing.

use crate::StoreError;
use crate::change::GraphChange;
use crate::ledger::{Counted, Ledger, LedgerChange, Record};
use crate::rewrite::Lack;
use crate::store::{Store, Writer};
use chancery_model::{Claim, Document};
use jiff::Timestamp;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A document that was read, with what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadDocument {
    /// `recorded` must be given.
    pub document: Document,
    /// What it says.
    pub claims: Vec<Claim>,
}

/// What one transaction changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeSet {
    /// Documents to add. One with a known key replaces the older version where its content or its claims differ (a newer
    /// program may read the same text otherwise).
    pub put: Vec<ReadDocument>,
    /// Keys of documents to take back.
    pub retract: Vec<String>,
    /// From when the retractions count; must be given where there are any.
    pub retracted_at: Option<Timestamp>,
}

/// What became of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// New, or back after a retraction.
    Added,
    /// Another content, or other claims, than before.
    Replaced,
    /// The same content and claims as before: nothing done.
    Unchanged,
    /// Taken back.
    Retracted,
    /// There is no such document to take back.
    NotFound,
}

impl Outcome {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Replaced => "replaced",
            Self::Unchanged => "unchanged",
            Self::Retracted => "retracted",
            Self::NotFound => "not-found",
        }
    }
}

/// What a transaction did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The revision after it; the one before it where nothing changed.
    pub revision: u64,
    /// Each document, in the order of the change set: put, then retracted.
    pub documents: Vec<(String, Outcome)>,
}

impl Store {
    /// Applies a change that nobody has to agree to; see [`Store::apply_checked`].
    ///
    /// # Errors
    /// Where a recorded time is missing, ledger or graph cannot be written, or the store ingests nothing.
    pub fn apply(&self, changes: ChangeSet) -> Result<Receipt, StoreError> {
        self.apply_with(changes, None::<fn(&GraphChange) -> Result<(), String>>)
    }

    /// Applies a change: ledger first (synced), then the graph, then the snapshot. Before all of them `check` sees what
    /// the change makes of the graph, unless it changes nothing; where it says what is wrong, nothing is written.
    ///
    /// `check` runs while the one writer is held: it must not write to this store.
    ///
    /// A store that is still being read, or whose graph is written anew ([`Store::open_in_background`]), takes no change.
    ///
    /// A crash between ledger and graph leaves the ledger ahead; the next `open` brings the graph up to it. Where the graph
    /// cannot be written the change still stands, and the next change or `open` brings the graph up to it.
    ///
    /// # Errors
    /// [`StoreError::Rejected`] where the check fails; else as [`Store::apply`].
    pub fn apply_checked(
        &self,
        changes: ChangeSet,
        check: impl FnOnce(&GraphChange) -> Result<(), String>,
    ) -> Result<Receipt, StoreError> {
        self.apply_with(changes, Some(check))
    }

    fn apply_with(
        &self,
        changes: ChangeSet,
        check: Option<impl FnOnce(&GraphChange) -> Result<(), String>>,
    ) -> Result<Receipt, StoreError> {
        if self.inner().plain_dataset {
            return Err(StoreError::Refused { what: "documents: this store is a plain SPARQL dataset".to_owned() });
        }
        self.inner().disk.must_have_room(0)?;
        self.loaded().ok_or(StoreError::Loading)?;
        self.inner().rewrite.must_have_ended()?;
        let mut writer = self.inner().lock();
        self.catch_up(&mut writer)?;
        let before = self.snapshot();
        let mut staging = Staging {
            ledger: &self.inner().ledger,
            newest: BTreeMap::new(),
            before: BTreeMap::new(),
            change: LedgerChange::default(),
        };
        let documents = staging.stage(changes)?;
        let Staging { newest, before: counted, mut change, .. } = staging;
        if change.records.is_empty() {
            return Ok(Receipt { revision: before.revision, documents });
        }
        let revision = before.revision + 1;
        change.revision = revision;
        change.before = counted;
        change.before.retain(|key, _| newest.contains_key(key));
        let touched =
            newest.into_iter().map(|(key, (_, record))| (key.into(), Some(record).filter(|r| r.is_live(None))));
        let step = before.step(revision, touched);
        let mut graph_change = self.inner().change(&before, &step)?;
        if let Some(check) = check {
            self.inner().look_around(&mut graph_change, &step.after)?;
            check(&graph_change).map_err(|reason| StoreError::Rejected { reason })?;
        }
        self.inner().ledger.commit(&change)?;
        writer.unwritten = Some((graph_change, revision));
        self.inner().set_snapshot(Arc::new(step.after));
        self.catch_up(&mut writer)?;
        Ok(Receipt { revision, documents })
    }

    /// Writes the whole default graph anew from the ledger. Named graphs stay. `progress` is told how many triples are written so far.
    ///
    /// Whoever asks or writes meanwhile is told [`StoreError::Rewriting`]; a crash in between has the next `open` begin anew.
    ///
    /// # Errors
    /// Where the graph cannot be written.
    pub fn rebuild(&self, mut progress: impl FnMut(usize)) -> Result<(), StoreError> {
        let rewrite = &self.inner().rewrite;
        rewrite.begin(Lack::All);
        let mut writer = self.inner().lock();
        let snapshot = self.snapshot();
        tracing::info!(revision = snapshot.revision, "writing the graph anew from the ledger");
        self.inner().project_anew(&snapshot, |triples| {
            rewrite.note(triples);
            progress(triples);
        })?;
        writer.unwritten = None;
        rewrite.end();
        Ok(())
    }

    /// Writes what the last commit left unwritten in the graph.
    fn catch_up(&self, writer: &mut Writer) -> Result<(), StoreError> {
        let Some((change, revision)) = &writer.unwritten else { return Ok(()) };
        self.inner().project(change, *revision)?;
        let written = change.written();
        writer.unwritten = None;
        self.inner().note_written(written)
    }
}

/// A change under construction: the newest version of each key as it will be.
struct Staging<'a> {
    ledger: &'a Ledger,
    newest: BTreeMap<String, (u64, Record)>,
    /// Which version of each key that was looked at counted.
    before: Counted,
    change: LedgerChange,
}

impl Staging<'_> {
    fn stage(&mut self, changes: ChangeSet) -> Result<Vec<(String, Outcome)>, StoreError> {
        let mut outcomes = Vec::with_capacity(changes.put.len() + changes.retract.len());
        for read in changes.put {
            let key = read.document.id.clone();
            outcomes.push((key, self.put(read)?));
        }
        for key in changes.retract {
            let at = changes.retracted_at.ok_or_else(|| StoreError::NoRecordedTime { key: key.clone() })?;
            let outcome = self.retract(&key, at)?;
            outcomes.push((key, outcome));
        }
        Ok(outcomes)
    }

    fn put(&mut self, read: ReadDocument) -> Result<Outcome, StoreError> {
        let ReadDocument { document, mut claims } = read;
        // Of two claims of one id the graph would tell both, where the ledger has one.
        let mut ids = FxHashSet::default();
        claims.retain(|claim| ids.insert(claim.id.clone()));
        let key = document.id.clone();
        let recorded = document.recorded.ok_or_else(|| StoreError::NoRecordedTime { key: key.clone() })?;
        let (number, recorded_from, outcome) = match self.newest(&key)? {
            None => (0, recorded, Outcome::Added),
            Some((_, old)) if old.is_live(None) && old.says_the_same(&document, &claims) => {
                return Ok(Outcome::Unchanged);
            }
            Some((number, old)) if old.is_live(None) => {
                let until = self.end(&key, number, old, recorded, "replaced");
                (number + 1, until, Outcome::Replaced)
            }
            Some((number, old)) => (number + 1, recorded.max(old.recorded_until.unwrap_or(recorded)), Outcome::Added),
        };
        self.write(key.clone(), number, Record::new(&document, claims, recorded_from));
        self.change.texts.insert((key, number), document.text);
        Ok(outcome)
    }

    fn retract(&mut self, key: &str, at: Timestamp) -> Result<Outcome, StoreError> {
        match self.newest(key)? {
            Some((number, record)) if record.is_live(None) => {
                self.end(key, number, record, at, "retracted");
                Ok(Outcome::Retracted)
            }
            _ => Ok(Outcome::NotFound),
        }
    }

    /// Ends a version, never before it began, and tells when.
    fn end(&mut self, key: &str, number: u64, mut record: Record, at: Timestamp, reason: &str) -> Timestamp {
        let until = at.max(record.facts.recorded);
        record.end(until, reason);
        self.write(key.to_owned(), number, record);
        until
    }

    fn newest(&mut self, key: &str) -> Result<Option<(u64, Record)>, StoreError> {
        if let Some(staged) = self.newest.get(key) {
            return Ok(Some(staged.clone()));
        }
        let newest = self.ledger.newest(key)?;
        let counted = newest.as_ref().filter(|(_, record)| record.is_live(None)).map(|(number, _)| *number);
        self.before.insert(key.to_owned(), counted);
        Ok(newest)
    }

    fn write(&mut self, key: String, number: u64, record: Record) {
        self.change.records.insert((key.clone(), number), record.clone());
        self.newest.insert(key, (number, record));
    }
}

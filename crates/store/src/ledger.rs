//! The truth: every version of every document with its claims and the time in which it was believed.
//!
//! Tables of redb: records of versions by (document key, number); their texts under the same names, apart, so that the
//! records of a million claims are read without them; the moments at which a version began or ceased to count, in the order of
//! time; what the newest commits touched; plain facts about the store. A commit is synced before it returns. Nothing is ever rewritten
//! but the end of a version's recorded interval.

use crate::StoreError;
use chancery_fusion::origin;
use chancery_model::{Claim, Document, DocumentFacts};
use jiff::Timestamp;
use redb::backends::InMemoryBackend;
use redb::{
    Database, DatabaseError, Key, ReadOnlyTable, ReadTransaction, ReadableDatabase, ReadableTable, TableDefinition,
    TableError, Value, WriteTransaction,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

type Name = (&'static str, u64);

const RECORDS: TableDefinition<'_, Name, &[u8]> = TableDefinition::new("records");
const TEXTS: TableDefinition<'_, Name, &str> = TableDefinition::new("texts");
/// By nanoseconds since 1970.
const MOMENTS: TableDefinition<'_, (i128, &str, u64), ()> = TableDefinition::new("moments");
/// By revision: the documents that a commit touched, and of each the number of the version that counted before; as JSON.
const COMMITS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("commits");
/// How many of the newest commits are remembered so: more than a power cut takes from the graph, whose log the system writes within half a
/// minute.
const REMEMBERED_COMMITS: u64 = 2_000;
const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");

/// Of documents, the number of the version that counted; none where none did.
pub(crate) type Counted = BTreeMap<String, Option<u64>>;

/// One version of a document with its text. It counts from `recorded_from` until `recorded_until`, half-open.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredVersion {
    /// With its full text.
    pub document: Document,
    /// What it says.
    pub claims: Vec<Claim>,
    /// When the store came to know it; never before the version that it replaces.
    pub recorded_from: Timestamp,
    /// When it was replaced or retracted; none while it is live.
    pub recorded_until: Option<Timestamp>,
    /// Why it ended: `replaced`, `retracted`.
    pub reason: Option<String>,
}

impl StoredVersion {
    /// Whether it was believed at `time`; without a time, whether it is live.
    pub fn is_live(&self, time: Option<Timestamp>) -> bool {
        counts(self.recorded_from, self.recorded_until, time)
    }
}

fn counts(from: Timestamp, until: Option<Timestamp>, time: Option<Timestamp>) -> bool {
    match time {
        None => until.is_none(),
        Some(time) => from <= time && until.is_none_or(|until| time < until),
    }
}

/// One version without its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// What later stages need to know of the document; `recorded` is when this version began to count.
    pub(crate) facts: Arc<DocumentFacts>,
    /// The recorded time that came with the document.
    recorded: Option<Timestamp>,
    pub(crate) claims: Vec<Arc<Claim>>,
    pub(crate) recorded_until: Option<Timestamp>,
    reason: Option<String>,
}

impl Record {
    pub(crate) fn new(document: &Document, claims: Vec<Claim>, recorded_from: Timestamp) -> Self {
        let facts = DocumentFacts {
            text_origin: origin::wording(&document.text),
            sketch: origin::sketch(&document.text),
            ..DocumentFacts::of(document, recorded_from)
        };
        Self {
            facts: Arc::new(facts),
            recorded: document.recorded,
            claims: claims.into_iter().map(Arc::new).collect(),
            recorded_until: None,
            reason: None,
        }
    }

    /// Ends it.
    pub(crate) fn end(&mut self, until: Timestamp, reason: &str) {
        self.recorded_until = Some(until);
        self.reason = Some(reason.to_owned());
    }

    pub(crate) fn is_live(&self, time: Option<Timestamp>) -> bool {
        counts(self.facts.recorded, self.recorded_until, time)
    }

    /// Whether content and claims are the same; the recorded time does not count.
    pub(crate) fn says_the_same(&self, document: &Document, claims: &[Claim]) -> bool {
        self.facts.version == document.content_hash() && self.claims.iter().map(Arc::as_ref).eq(claims)
    }

    fn with_text(self, text: String) -> StoredVersion {
        let facts = Arc::unwrap_or_clone(self.facts);
        StoredVersion {
            document: Document {
                id: facts.id.as_ref().to_owned(),
                lang: facts.lang,
                published: facts.published,
                publisher: facts.publisher,
                title: facts.title,
                text,
                recorded: self.recorded,
            },
            claims: self.claims.into_iter().map(Arc::unwrap_or_clone).collect(),
            recorded_from: facts.recorded,
            recorded_until: self.recorded_until,
            reason: self.reason,
        }
    }
}

/// The ledger on disk or in memory.
#[derive(Debug)]
pub(crate) struct Ledger {
    database: Database,
}

/// What one commit writes.
#[derive(Debug, Default)]
pub(crate) struct LedgerChange {
    pub(crate) records: BTreeMap<(String, u64), Record>,
    /// Of the versions that are new.
    pub(crate) texts: BTreeMap<(String, u64), String>,
    /// Which versions of the touched documents counted before.
    pub(crate) before: Counted,
    pub(crate) revision: u64,
}

impl Ledger {
    pub(crate) fn create(file: &Path) -> Result<Self, DatabaseError> {
        Ok(Self { database: Database::create(file)? })
    }

    /// Opens a ledger that must be there.
    pub(crate) fn open(file: &Path) -> Result<Self, DatabaseError> {
        Ok(Self { database: Database::open(file)? })
    }

    pub(crate) fn in_memory() -> Result<Self, DatabaseError> {
        Ok(Self { database: Database::builder().create_with_backend(InMemoryBackend::new())? })
    }

    /// Writes a change and syncs it.
    pub(crate) fn commit(&self, change: &LedgerChange) -> Result<(), StoreError> {
        let transaction = self.database.begin_write()?;
        {
            let mut records = transaction.open_table(RECORDS)?;
            let mut moments = transaction.open_table(MOMENTS)?;
            for ((key, number), record) in &change.records {
                let bytes = serde_json::to_vec(record);
                let bytes = bytes.map_err(|source| StoreError::Record { key: key.clone(), source })?;
                records.insert((key.as_str(), *number), bytes.as_slice())?;
                for moment in [Some(record.facts.recorded), record.recorded_until].into_iter().flatten() {
                    moments.insert((moment.as_nanosecond(), key.as_str(), *number), ())?;
                }
            }
            let mut texts = transaction.open_table(TEXTS)?;
            for ((key, number), text) in &change.texts {
                texts.insert((key.as_str(), *number), text.as_str())?;
            }
            let mut commits = transaction.open_table(COMMITS)?;
            let before = serde_json::to_vec(&change.before).expect("names and numbers are JSON");
            commits.insert(change.revision, before.as_slice())?;
            commits.remove(change.revision.saturating_sub(REMEMBERED_COMMITS))?;
            transaction.open_table(META)?.insert("revision", change.revision)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Everything as it is now, however it changes later.
    pub(crate) fn begin_read(&self) -> Result<LedgerCopy, StoreError> {
        Ok(LedgerCopy(self.database.begin_read()?))
    }

    /// Reads every page against its checksum; false where some had to be repaired.
    pub(crate) fn check_integrity(&mut self) -> Result<bool, StoreError> {
        Ok(self.database.check_integrity()?)
    }

    /// Reads every record and looks for its text. Tells how many there are, and adds what is wrong.
    pub(crate) fn check_records(&self, problems: &mut Vec<String>) -> Result<usize, StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(table) = records(&transaction)? else { return Ok(0) };
        let texts = opened(transaction.open_table(TEXTS))?;
        let mut count = 0;
        for row in table.iter()? {
            let (at, record) = row?;
            let (key, number) = at.value();
            count += 1;
            if let Err(error) = parse(key, record.value()) {
                problems.push(error.to_string());
            }
            let has_text = texts.as_ref().map(|texts| texts.get((key, number))).transpose()?.flatten().is_some();
            if !has_text {
                problems.push(format!("ledger: version {number} of {key:?} has no text"));
            }
        }
        Ok(count)
    }

    /// How many commits it has seen.
    pub(crate) fn revision(&self) -> Result<u64, StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(table) = opened(transaction.open_table(META))? else { return Ok(0) };
        Ok(table.get("revision")?.map_or(0, |value| value.value()))
    }

    /// The newest version of one document and its number.
    pub(crate) fn newest(&self, key: &str) -> Result<Option<(u64, Record)>, StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(table) = records(&transaction)? else { return Ok(None) };
        let last = table.range((key, 0)..=(key, u64::MAX))?.next_back().transpose()?;
        last.map(|(at, record)| Ok((at.value().1, parse(key, record.value())?))).transpose()
    }

    /// The newest version of one document with its text.
    pub(crate) fn newest_with_text(&self, key: &str) -> Result<Option<StoredVersion>, StoreError> {
        let transaction = self.database.begin_read()?;
        self.newest(key)?.map(|(number, record)| with_text(&transaction, key, number, record)).transpose()
    }

    /// All versions of one document with their texts, the oldest first.
    pub(crate) fn history(&self, key: &str) -> Result<Vec<StoredVersion>, StoreError> {
        let transaction = self.database.begin_read()?;
        let versions = versions(&transaction, key)?;
        versions.into_iter().map(|(number, record)| with_text(&transaction, key, number, record)).collect()
    }

    /// The version of one document that counted at `time`.
    pub(crate) fn version_at(&self, key: &str, time: Timestamp) -> Result<Option<Record>, StoreError> {
        let transaction = self.database.begin_read()?;
        let versions = versions(&transaction, key)?;
        Ok(versions.into_iter().map(|(_, record)| record).find(|record| record.is_live(Some(time))))
    }

    /// The last moment up to `time` at which a version began or ceased to count.
    pub(crate) fn last_moment(&self, time: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(table) = opened(transaction.open_table(MOMENTS))? else { return Ok(None) };
        let last = table.range(..(time.as_nanosecond() + 1, "", 0))?.next_back().transpose()?;
        Ok(last.and_then(|(at, _)| Timestamp::from_nanosecond(at.value().0).ok()))
    }

    /// The documents of which a version began or ceased to count after `time`, sorted; none where they are more than `most`.
    pub(crate) fn changed_since(&self, time: Timestamp, most: usize) -> Result<Option<BTreeSet<String>>, StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(table) = opened(transaction.open_table(MOMENTS))? else { return Ok(Some(BTreeSet::new())) };
        let mut keys = BTreeSet::new();
        for row in table.range((time.as_nanosecond() + 1, "", 0)..)? {
            keys.insert(row?.0.value().1.to_owned());
            if keys.len() > most {
                return Ok(None);
            }
        }
        Ok(Some(keys))
    }

    /// The commits after a revision, in their order, with which versions counted before each; none where one of them is not remembered, or
    /// they touched more than `most` documents.
    pub(crate) fn commits_since(&self, revision: u64, most: usize) -> Result<Option<Vec<(u64, Counted)>>, StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(table) = opened(transaction.open_table(COMMITS))? else { return Ok(None) };
        let (mut commits, mut last, mut touched) = (Vec::new(), revision, 0);
        for row in table.range(revision + 1..)? {
            let (at, before) = row?;
            let Ok(before) = serde_json::from_slice::<Counted>(before.value()) else { return Ok(None) };
            touched += before.len();
            if at.value() != last + 1 || touched > most {
                return Ok(None);
            }
            last = at.value();
            commits.push((last, before));
        }
        let whole = last == self.revision()?;
        Ok(whole.then_some(commits))
    }

    /// One version of a document.
    pub(crate) fn version(&self, key: &str, number: u64) -> Result<Option<Record>, StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(table) = records(&transaction)? else { return Ok(None) };
        table.get((key, number))?.map(|record| parse(key, record.value())).transpose()
    }

    /// Gives every record, as it is written, in the order of keys and numbers.
    pub(crate) fn scan(&self, mut each: impl FnMut(&str, &[u8])) -> Result<(), StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(table) = records(&transaction)? else { return Ok(()) };
        for row in table.iter()? {
            let (at, record) = row?;
            each(at.value().0, record.value());
        }
        Ok(())
    }
}

/// The ledger at one moment.
pub(crate) struct LedgerCopy(ReadTransaction);

impl LedgerCopy {
    /// Writes all of it into a new file, and syncs that.
    pub(crate) fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let database = Database::create(file)?;
        let transaction = database.begin_write()?;
        self.copy(&transaction, RECORDS)?;
        self.copy(&transaction, TEXTS)?;
        self.copy(&transaction, MOMENTS)?;
        self.copy(&transaction, COMMITS)?;
        self.copy(&transaction, META)?;
        transaction.commit()?;
        Ok(())
    }

    fn copy<K: Key + 'static, V: Value + 'static>(
        &self,
        into: &WriteTransaction,
        definition: TableDefinition<'_, K, V>,
    ) -> Result<(), StoreError> {
        let Some(from) = opened(self.0.open_table(definition))? else { return Ok(()) };
        let mut into = into.open_table(definition)?;
        for row in from.iter()? {
            let (key, value) = row?;
            into.insert(key.value(), value.value())?;
        }
        Ok(())
    }
}

type Records = ReadOnlyTable<Name, &'static [u8]>;

/// The table of records; none before the first commit.
fn records(transaction: &ReadTransaction) -> Result<Option<Records>, StoreError> {
    opened(transaction.open_table(RECORDS))
}

fn opened<T>(table: Result<T, TableError>) -> Result<Option<T>, StoreError> {
    match table {
        Ok(table) => Ok(Some(table)),
        Err(TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn versions(transaction: &ReadTransaction, key: &str) -> Result<Vec<(u64, Record)>, StoreError> {
    let Some(table) = records(transaction)? else { return Ok(Vec::new()) };
    let rows = table.range((key, 0)..=(key, u64::MAX))?;
    rows.map(|row| {
        row.map_err(StoreError::from).and_then(|(at, record)| Ok((at.value().1, parse(key, record.value())?)))
    })
    .collect()
}

fn with_text(
    transaction: &ReadTransaction,
    key: &str,
    number: u64,
    record: Record,
) -> Result<StoredVersion, StoreError> {
    let texts = opened(transaction.open_table(TEXTS))?;
    let text = texts.map(|table| table.get((key, number))).transpose()?.flatten();
    Ok(record.with_text(text.map(|text| text.value().to_owned()).unwrap_or_default()))
}

/// Reads a record.
pub(crate) fn parse(key: &str, record: &[u8]) -> Result<Record, StoreError> {
    serde_json::from_slice(record).map_err(|source| StoreError::Record { key: key.to_owned(), source })
}

//! The truth: every version of every document with its claims and the time in which it was believed.
//!
//! One redb table of versions by (document key, number), one of plain facts about the store. A commit is synced before
//! it returns. Nothing is ever rewritten but the end of a version's recorded interval.

use crate::StoreError;
use chancery_model::hash::content_hash;
use chancery_model::{Claim, Document, DocumentFacts};
use jiff::Timestamp;
use redb::backends::InMemoryBackend;
use redb::{Database, DatabaseError, ReadTransaction, ReadableDatabase, ReadableTable, TableDefinition, TableError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

const VERSIONS: TableDefinition<'_, (&str, u64), &[u8]> = TableDefinition::new("versions");
const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");

/// One version of a document. It counts from `recorded_from` until `recorded_until`, half-open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
        match time {
            None => self.recorded_until.is_none(),
            Some(time) => self.recorded_from <= time && self.recorded_until.is_none_or(|until| time < until),
        }
    }

    /// The facts of the document without its text.
    pub fn facts(&self) -> DocumentFacts {
        let document = &self.document;
        DocumentFacts {
            id: document.id.clone(),
            version: document.content_hash(),
            lang: document.lang,
            published: document.published,
            publisher: document.publisher.clone(),
            title: document.title.clone(),
            recorded: self.recorded_from,
            text_origin: text_origin(&document.text),
        }
    }

    /// Whether content and claims are the same; the recorded time does not count.
    pub(crate) fn says_the_same(&self, document: &Document, claims: &[Claim]) -> bool {
        self.document.content_hash() == document.content_hash() && self.claims == claims
    }
}

/// Equal for reprints of the same wording: letters and digits only, case folded.
fn text_origin(text: &str) -> String {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    content_hash(["origin", &letters])
}

/// The ledger on disk or in memory.
#[derive(Debug)]
pub(crate) struct Ledger {
    database: Database,
}

/// What one commit writes.
#[derive(Debug, Default)]
pub(crate) struct LedgerChange {
    pub(crate) versions: BTreeMap<(String, u64), StoredVersion>,
    pub(crate) revision: Option<u64>,
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
            let mut versions = transaction.open_table(VERSIONS)?;
            for ((key, number), version) in &change.versions {
                let record = serde_json::to_vec(version);
                let record = record.map_err(|source| StoreError::Record { key: key.clone(), source })?;
                versions.insert((key.as_str(), *number), record.as_slice())?;
            }
            let mut meta = transaction.open_table(META)?;
            if let Some(revision) = change.revision {
                meta.insert("revision", revision)?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// How many commits it has seen.
    pub(crate) fn revision(&self) -> Result<u64, StoreError> {
        let transaction = self.database.begin_read()?;
        match transaction.open_table(META) {
            Ok(table) => Ok(table.get("revision")?.map_or(0, |value| value.value())),
            Err(TableError::TableDoesNotExist(_)) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// The newest version of one document and its number.
    pub(crate) fn newest(&self, key: &str) -> Result<Option<(u64, StoredVersion)>, StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(table) = versions(&transaction)? else { return Ok(None) };
        let last = table.range((key, 0)..=(key, u64::MAX))?.next_back().transpose()?;
        last.map(|(at, record)| Ok((at.value().1, parse(key, record.value())?))).transpose()
    }

    /// All versions of one document, the oldest first.
    pub(crate) fn history(&self, key: &str) -> Result<Vec<StoredVersion>, StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(table) = versions(&transaction)? else { return Ok(Vec::new()) };
        table.range((key, 0)..=(key, u64::MAX))?.map(|row| parse(key, row?.1.value())).collect()
    }

    /// Every version that counted at `time`, by document key.
    pub(crate) fn live(&self, time: Option<Timestamp>) -> Result<BTreeMap<String, StoredVersion>, StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(table) = versions(&transaction)? else { return Ok(BTreeMap::new()) };
        let mut live = BTreeMap::new();
        for row in table.iter()? {
            let (at, record) = row?;
            let key = at.value().0.to_owned();
            let version = parse(&key, record.value())?;
            if version.is_live(time) {
                live.insert(key, version);
            }
        }
        Ok(live)
    }
}

type Versions = redb::ReadOnlyTable<(&'static str, u64), &'static [u8]>;

/// The table of versions; none before the first commit.
fn versions(transaction: &ReadTransaction) -> Result<Option<Versions>, StoreError> {
    match transaction.open_table(VERSIONS) {
        Ok(table) => Ok(Some(table)),
        Err(TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn parse(key: &str, record: &[u8]) -> Result<StoredVersion, StoreError> {
    serde_json::from_slice(record).map_err(|source| StoreError::Record { key: key.to_owned(), source })
}

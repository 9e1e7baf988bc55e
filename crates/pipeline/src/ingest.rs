//! Read, extract, validate, commit, report. Progress is a value that the caller shows.

use crate::reader::Reader;
use crate::validation::{self, Rejected};
use chancery_extract::Extractor;
use chancery_model::{DataError, DataFiles, Document, Extraction, Language, World};
use chancery_store::{ChangeSet, Outcome, ReadDocument, Receipt, Store, StoreError};
use jiff::Timestamp;
use std::sync::Arc;

/// Documents that go into the store in one transaction.
const BATCH: usize = 64;

/// Everything between bytes and the store. Build it once; it is immutable and can be shared between threads.
#[derive(Debug)]
pub struct Pipeline {
    reader: Reader,
    extractor: Extractor,
    version: String,
}

/// What became of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Ingested {
    /// The key.
    pub id: String,
    /// Added, replaced, unchanged.
    pub outcome: Outcome,
    /// How many claims it makes.
    pub claims: usize,
}

/// What an ingestion did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The revision of the store after the last transaction.
    pub revision: u64,
    /// Each document that went in, in the order given.
    pub documents: Vec<Ingested>,
    /// Each that would break a shape; what the store knew of it before stays.
    pub rejected: Vec<Rejected>,
}

impl Report {
    /// How many documents had this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.documents.iter().filter(|document| document.outcome == outcome).count()
    }

    /// Claims in all documents.
    pub fn claims(&self) -> usize {
        self.documents.iter().map(|document| document.claims).sum()
    }
}

impl Pipeline {
    /// Reads the tables.
    ///
    /// # Errors
    /// Every bad row.
    pub fn new(files: &DataFiles) -> Result<Self, Vec<DataError>> {
        let world = Arc::new(World::load(files)?);
        let extractor = Extractor::new(files, world)?;
        let version = format!("{} {}", env!("CARGO_PKG_VERSION"), files.version());
        Ok(Self { reader: Reader::new(files)?, extractor, version })
    }

    /// The knowledge of the world that everything resolves with.
    pub fn world(&self) -> &Arc<World> {
        self.extractor.world()
    }

    /// Program and data version: the `run` that stands in the graph.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What reads documents and resolves names.
    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }

    /// The reader of files.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// What a document says.
    pub fn extract(&self, document: &Document) -> Extraction {
        self.extractor.extract(document)
    }

    /// Reads documents into the store. A document without `recorded` is recorded at `recorded`.
    ///
    /// `progress` is called after each batch with the number of documents done.
    ///
    /// # Errors
    /// Where the store cannot be written; what was committed before stays.
    pub fn ingest(
        &self,
        store: &Store,
        documents: Vec<Document>,
        recorded: Timestamp,
        mut progress: impl FnMut(usize),
    ) -> Result<Report, StoreError> {
        let mut report = Report { revision: store.snapshot().revision, ..Report::default() };
        let mut rest = documents.into_iter().peekable();
        while rest.peek().is_some() {
            let batch = rest.by_ref().take(BATCH).map(|document| self.read(document, recorded)).collect();
            commit(store, batch, &mut report)?;
            progress(report.documents.len() + report.rejected.len());
        }
        Ok(report)
    }

    /// Stores documents that were read already, in one transaction where none of them breaks a shape.
    ///
    /// # Errors
    /// As [`Pipeline::ingest`].
    pub fn store(&self, store: &Store, documents: Vec<ReadDocument>) -> Result<Report, StoreError> {
        let mut report = Report { revision: store.snapshot().revision, ..Report::default() };
        commit(store, documents, &mut report)?;
        Ok(report)
    }

    /// Takes documents back, all or none.
    ///
    /// # Errors
    /// [`StoreError::Rejected`] where the graph without them would break a shape; where the store cannot be written.
    pub fn retract(&self, store: &Store, ids: Vec<String>, at: Timestamp) -> Result<Receipt, StoreError> {
        let changes = ChangeSet { put: Vec::new(), retract: ids, retracted_at: Some(at) };
        let rejected = |report| StoreError::Rejected { reason: validation::reason(&report, Language::English) };
        validation::apply(store, changes)?.map_err(rejected)
    }

    fn read(&self, mut document: Document, recorded: Timestamp) -> ReadDocument {
        document.recorded.get_or_insert(recorded);
        let claims = self.extract(&document).claims;
        ReadDocument { document, claims }
    }
}

/// Commits documents in one transaction. Where that would break a shape, each half is tried by itself, so that a document
/// keeps nobody out but itself; a batch with one such document takes two transactions for each halving, not one a
/// document.
fn commit(store: &Store, mut batch: Vec<ReadDocument>, report: &mut Report) -> Result<(), StoreError> {
    let claims: Vec<usize> = batch.iter().map(|read| read.claims.len()).collect();
    match validation::apply(store, ChangeSet { put: batch.clone(), ..ChangeSet::default() })? {
        Ok(receipt) => {
            report.revision = receipt.revision;
            let outcomes = receipt.documents.into_iter().zip(claims);
            report.documents.extend(outcomes.map(|((id, outcome), claims)| Ingested { id, outcome, claims }));
        }
        Err(broken) => match &batch[..] {
            [read] => report.rejected.push(Rejected { id: read.document.id.clone(), report: broken }),
            _ => {
                let second = batch.split_off(batch.len() / 2);
                commit(store, batch, report)?;
                commit(store, second, report)?;
            }
        },
    }
    Ok(())
}

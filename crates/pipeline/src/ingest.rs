//! Read, extract, commit, report. Progress is a value that the caller shows.

use crate::reader::Reader;
use chancery_extract::Extractor;
use chancery_model::{DataError, DataFiles, Document, Extraction, World};
use chancery_store::{ChangeSet, Outcome, ReadDocument, Store, StoreError};
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
    /// One line a document, in the order given.
    pub documents: Vec<Ingested>,
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
    /// `progress` is called after each transaction with the number of documents done.
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
        let mut report = Report { revision: store.snapshot().revision, documents: Vec::new() };
        let mut rest = documents.into_iter().peekable();
        while rest.peek().is_some() {
            let batch: Vec<ReadDocument> = rest.by_ref().take(BATCH).map(|d| self.read(d, recorded)).collect();
            let claims: Vec<usize> = batch.iter().map(|read| read.claims.len()).collect();
            let receipt = store.apply(ChangeSet { put: batch, ..ChangeSet::default() })?;
            report.revision = receipt.revision;
            let outcomes = receipt.documents.into_iter().zip(claims);
            report.documents.extend(outcomes.map(|((id, outcome), claims)| Ingested { id, outcome, claims }));
            progress(report.documents.len());
        }
        Ok(report)
    }

    fn read(&self, mut document: Document, recorded: Timestamp) -> ReadDocument {
        document.recorded.get_or_insert(recorded);
        let claims = self.extract(&document).claims;
        ReadDocument { document, claims }
    }
}

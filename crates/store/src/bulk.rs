//! Files of quads into a plain dataset, past the log: sorted into tables of their own, which the engine takes over at once.

use crate::upload::rdf;
use crate::{Store, StoreError};
use oxigraph::io::{RdfFormat, RdfParser};
use std::io::Read;

/// After so many quads progress is told.
const STEP: u64 = 100_000;

impl Store {
    /// Loads N-Quads (of which N-Triples are a part) of any length: all of them, on disk when this returns, or none. Gives how many
    /// there were; `progress` is told of them on the way. Blank nodes are renamed. Writers wait meanwhile.
    ///
    /// # Errors
    /// Where the store ingests documents, the disk is full, or a line is not well formed: then nothing is loaded.
    pub fn load_quads(&self, quads: impl Read, mut progress: impl FnMut(u64)) -> Result<u64, StoreError> {
        if !self.is_plain_dataset() {
            let what = "RDF: the graph of this store is derived from documents; `chancery ingest` reads those, and named graphs \
                        are written through the Graph Store Protocol";
            return Err(StoreError::Refused { what: what.to_owned() });
        }
        self.inner().disk.must_have_room(0)?;
        let _writer = self.inner().lock();
        let mut count = 0;
        let quads = RdfParser::from_format(RdfFormat::NQuads).rename_blank_nodes().for_reader(quads);
        let counted = quads.map(|quad| {
            count += 1;
            if count % STEP == 0 {
                progress(count);
            }
            quad.map_err(|error| rdf(&error))
        });
        let mut loader = self.inner().graph.bulk_loader();
        loader.load_ok_quads::<StoreError, StoreError>(counted)?;
        loader.commit()?;
        Ok(count)
    }
}

//! Writing everything out, sorted: the same documents with the same recorded times give the same bytes.

use crate::{GraphTarget, Store, StoreError};
use chancery_rdf::views::{self, Losses, View};
use chancery_rdf::{GraphFormat, IriBase, format};
use oxigraph::model::{GraphName, GraphNameRef, Quad};
use std::io::Write;

impl Store {
    /// Writes the default graph: what is derived from documents, or what users wrote into a plain dataset.
    ///
    /// # Errors
    /// Where the graph cannot be read or `out` cannot be written.
    pub fn dump(&self, format: GraphFormat, out: &mut impl Write) -> Result<(), StoreError> {
        if self.is_plain_dataset() {
            out.write_all(&self.graph(&GraphTarget::Default, format)?)?;
            return Ok(());
        }
        chancery_rdf::serialise(&self.snapshot().triples(self.run()), format, out)?;
        Ok(())
    }

    /// Writes the derived graph in a form of its own, and tells what the form could not carry.
    ///
    /// # Errors
    /// Where `out` cannot be written; where the store is a plain dataset, in which nothing is derived.
    pub fn dump_view(&self, view: View, out: &mut impl Write) -> Result<Losses, StoreError> {
        if self.is_plain_dataset() {
            return Err(StoreError::Refused {
                what: format!("a plain dataset has no claims that could be written as {}", view.name()),
            });
        }
        Ok(views::write(view, &self.snapshot().triples(self.run()), &IriBase::default(), out)?)
    }

    /// Writes the default graph and every named graph after it, by name. Only the default graph where the format knows
    /// no named ones.
    ///
    /// # Errors
    /// Where the graph cannot be read or `out` cannot be written.
    pub fn dump_dataset(&self, format: GraphFormat, out: &mut impl Write) -> Result<(), StoreError> {
        if !format.has_named_graphs() {
            return self.dump(format, out);
        }
        let serializer = format::serializer(format, &IriBase::default()).map_err(std::io::Error::other)?;
        let mut serializer = serializer.for_writer(out);
        for quad in self.default_quads()? {
            serializer.serialize_quad(&quad)?;
        }
        let mut names = self.inner().user_graphs()?;
        names.sort_by_cached_key(ToString::to_string);
        for name in names {
            for quad in self.sorted_quads(GraphName::from(name).as_ref())? {
                serializer.serialize_quad(&quad)?;
            }
        }
        serializer.finish()?.flush()?;
        Ok(())
    }

    fn default_quads(&self) -> Result<Vec<Quad>, StoreError> {
        if self.is_plain_dataset() {
            return self.sorted_quads(GraphNameRef::DefaultGraph);
        }
        let triples = self.snapshot().triples(self.run());
        Ok(triples.into_iter().map(|triple| triple.in_graph(GraphName::DefaultGraph)).collect())
    }

    fn sorted_quads(&self, graph: GraphNameRef<'_>) -> Result<Vec<Quad>, StoreError> {
        let quads = self.inner().graph.quads_for_pattern(None, None, None, Some(graph));
        let mut quads: Vec<Quad> = quads.collect::<Result<_, _>>()?;
        quads.sort_by_cached_key(ToString::to_string);
        Ok(quads)
    }
}

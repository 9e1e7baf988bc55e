//! Graph Store Protocol operations. Named graphs belong to users; the default graph is derived and only read.
//!
//! An upload is read whole before the store is touched. Blank nodes are renamed, document types are refused (entities of
//! RDF/XML can grow without limit), and so are named graphs inside the body and whatever RDF 1.1 does not have.

use crate::deadline::Deadline;
use crate::flusher::Written;
use crate::outbox::{Answer, Filling, Outbox, fault};
use crate::projection::META_GRAPH;
use crate::sparql::graph_iri;
use crate::upload::{check_upload, rdf};
use crate::{QueryOptions, Store, StoreError};
use chancery_rdf::{GraphFormat, IriBase, format};
use oxigraph::io::RdfParser;
use oxigraph::model::{GraphName, Quad, Triple};
use std::time::Duration;

/// The longest time for reading an upload.
const READ_LIMIT: Duration = Duration::from_secs(120);
/// A graph of so many triples at most is written sorted, so that it has one form; a larger one in the order of the store.
const SORTED_TRIPLES: usize = 100_000;

/// RDF that is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The text, at most [`MAX_UPLOAD_BYTES`](crate::MAX_UPLOAD_BYTES).
    pub body: Vec<u8>,
    /// How it is written.
    pub format: GraphFormat,
}

/// Which graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GraphTarget {
    /// The default graph.
    Default,
    /// A named graph.
    Named(String),
}

impl GraphTarget {
    fn name(&self) -> Result<GraphName, StoreError> {
        match self {
            Self::Default => Ok(GraphName::DefaultGraph),
            Self::Named(iri) if iri == META_GRAPH => Err(StoreError::NoGraph(iri.clone())),
            Self::Named(iri) => graph_iri(iri).map(GraphName::from),
        }
    }
}

impl Store {
    /// All triples of a graph; sorted, unless there are very many.
    ///
    /// # Errors
    /// Where there is no such named graph.
    pub fn graph(&self, target: &GraphTarget, format: GraphFormat) -> Result<Vec<u8>, StoreError> {
        let options = QueryOptions { timeout: READ_LIMIT, max_bytes: usize::MAX, ..QueryOptions::default() };
        self.stream_graph(target, format, &options)?.whole()
    }

    /// The same within limits; the whole where it is small, else its parts as they are made. The limit on rows does not apply.
    ///
    /// # Errors
    /// As for [`Store::graph`], and where a limit is reached.
    pub fn stream_graph(
        &self,
        target: &GraphTarget,
        format: GraphFormat,
        options: &QueryOptions,
    ) -> Result<Answer, StoreError> {
        let name = target.name()?;
        self.must_exist(&name)?;
        let (outbox, reader) = Outbox::new(self.inner().outboxes.clone(), options.max_bytes);
        let store = self.clone();
        let deadline = self.inner().slots.start(options.end(), move |deadline| {
            let mut outbox = outbox.until(deadline);
            let written = store.write_graph(&name, format, deadline, &mut outbox);
            move || outbox.finish(written)
        })?;
        reader.first(&deadline)
    }

    fn write_graph(
        &self,
        name: &GraphName,
        format: GraphFormat,
        deadline: &Deadline,
        out: &mut Filling,
    ) -> Result<(), StoreError> {
        self.inner().rewrite.must_have_ended()?;
        let quads = self.inner().graph.quads_for_pattern(None, None, None, Some(name.as_ref()));
        let mut triples = quads.map(|quad| quad.map(Triple::from).map_err(StoreError::from));
        let mut first: Vec<Triple> = triples.by_ref().take(SORTED_TRIPLES).collect::<Result<_, _>>()?;
        first.sort_by_cached_key(ToString::to_string);
        let serializer = format::serializer(format, &IriBase::default());
        let mut serializer = serializer.map_err(|error| rdf(&error))?.for_writer(out);
        for triple in first.into_iter().map(Ok).chain(triples) {
            deadline.look();
            serializer.serialize_triple(&triple?).map_err(fault)?;
        }
        serializer.finish().map_err(fault)?;
        Ok(())
    }

    /// Adds triples to a graph, or replaces it where `replace`. Tells whether the graph is new. Relative IRIs are
    /// resolved against the IRI of the graph.
    ///
    /// # Errors
    /// Where the body is too large or not well formed, or the graph is the derived one; then nothing changes.
    pub fn put_graph(
        &self,
        target: &GraphTarget,
        body: Vec<u8>,
        format: GraphFormat,
        replace: bool,
    ) -> Result<bool, StoreError> {
        self.put_uploads(target, vec![Upload { body, format }], replace)
    }

    /// The same with several texts, which together are the graph.
    ///
    /// # Errors
    /// As for [`Store::put_graph`].
    pub fn put_uploads(&self, target: &GraphTarget, uploads: Vec<Upload>, replace: bool) -> Result<bool, StoreError> {
        let name = self.writable(target)?;
        let bytes: usize = uploads.iter().map(|upload| upload.body.len()).sum();
        // In the log and in tables, each triple in several orders.
        self.inner().disk.must_have_room(bytes as u64 * 4)?;
        let store = self.clone();
        let (is_new, count) = self.inner().write_slot.run(READ_LIMIT.into(), move |deadline| {
            let mut quads = Vec::new();
            for upload in &uploads {
                parse(upload, &name, deadline, &mut quads)?;
            }
            Ok((store.write_quads(&name, &quads, replace, deadline)?, quads.len()))
        })?;
        let quads = count as u64;
        // What was there before is taken to be as large.
        self.inner().sync_graph(Written { quads, removed: if replace && !is_new { quads } else { 0 } })?;
        Ok(is_new)
    }

    fn write_quads(
        &self,
        name: &GraphName,
        quads: &[Quad],
        replace: bool,
        deadline: &Deadline,
    ) -> Result<bool, StoreError> {
        self.inner().rewrite.must_have_ended()?;
        let _writer = self.inner().lock();
        let is_new = self.must_exist(name).is_err();
        let mut transaction = self.inner().graph.start_transaction()?;
        if replace && !is_new {
            transaction.clear_graph(name.as_ref())?;
        }
        if let GraphName::NamedNode(node) = name {
            transaction.insert_named_graph(node.as_ref());
        }
        for quad in quads {
            deadline.look();
            transaction.insert(quad.as_ref());
        }
        deadline.begin_commit()?;
        transaction.commit()?;
        Ok(is_new)
    }

    /// Removes a graph; empties the default graph of a plain dataset.
    ///
    /// # Errors
    /// Where there is no such graph, or it is the derived one.
    pub fn delete_graph(&self, target: &GraphTarget) -> Result<(), StoreError> {
        let name = self.writable(target)?;
        let store = self.clone();
        self.inner().write_slot.run(READ_LIMIT.into(), move |deadline| {
            store.inner().rewrite.must_have_ended()?;
            let _writer = store.inner().lock();
            store.must_exist(&name)?;
            let mut transaction = store.inner().graph.start_transaction()?;
            match &name {
                GraphName::NamedNode(node) => transaction.remove_named_graph(node)?,
                _ => transaction.clear_graph(&name)?,
            };
            deadline.begin_commit()?;
            Ok(transaction.commit()?)
        })?;
        self.inner().sync_graph(Written { quads: 1, removed: 1 })
    }

    /// The IRIs of the named graphs, sorted.
    ///
    /// # Errors
    /// Where the graph cannot be read.
    pub fn named_graphs(&self) -> Result<Vec<String>, StoreError> {
        let mut names: Vec<String> = self.inner().user_graphs()?.iter().map(|name| bare(&name.to_string())).collect();
        names.sort();
        Ok(names)
    }

    fn writable(&self, target: &GraphTarget) -> Result<GraphName, StoreError> {
        match target {
            GraphTarget::Default if !self.is_plain_dataset() => Err(StoreError::DerivedGraphReadOnly),
            _ => target.name(),
        }
    }

    fn must_exist(&self, name: &GraphName) -> Result<(), StoreError> {
        match name {
            GraphName::NamedNode(node) if !self.inner().graph.contains_named_graph(node)? => {
                Err(StoreError::NoGraph(node.as_str().to_owned()))
            }
            _ => Ok(()),
        }
    }
}

fn bare(iri: &str) -> String {
    iri.trim_start_matches('<').trim_end_matches('>').to_owned()
}

fn parse(upload: &Upload, graph: &GraphName, deadline: &Deadline, quads: &mut Vec<Quad>) -> Result<(), StoreError> {
    let Upload { body, format } = upload;
    check_upload(body, *format)?;
    let mut parser = RdfParser::from_format(format.rdf_format()).rename_blank_nodes().without_named_graphs();
    if let GraphName::NamedNode(node) = graph {
        parser = parser.with_base_iri(node.as_str()).map_err(|error| rdf(&error))?;
    }
    for quad in parser.with_default_graph(graph.clone()).for_slice(body) {
        deadline.look();
        quads.push(quad.map_err(|error| rdf(&error))?);
    }
    Ok(())
}

//! Graph Store Protocol operations. Named graphs belong to users; the default graph is derived and only read.
//!
//! An upload is read whole before the store is touched. Blank nodes are renamed, document types are refused (entities of
//! RDF/XML can grow without limit), and so are named graphs inside the body and whatever RDF 1.1 does not have.

use crate::projection::META_GRAPH;
use crate::sparql::graph_iri;
use crate::upload::{check_upload, rdf};
use crate::{Store, StoreError};
use chancery_rdf::GraphFormat;
use oxigraph::io::RdfParser;
use oxigraph::model::{GraphName, Quad, Triple};
use std::time::Duration;

/// The longest time for reading an upload.
const READ_LIMIT: Duration = Duration::from_secs(120);

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
    /// All triples of a graph, sorted.
    ///
    /// # Errors
    /// Where there is no such named graph.
    pub fn graph(&self, target: &GraphTarget, format: GraphFormat) -> Result<Vec<u8>, StoreError> {
        let triples = self.graph_triples(target)?;
        let mut out = Vec::new();
        chancery_rdf::serialise(&triples, format, &mut out)?;
        Ok(out)
    }

    fn graph_triples(&self, target: &GraphTarget) -> Result<Vec<Triple>, StoreError> {
        let name = target.name()?;
        if name.is_default_graph() && !self.is_plain_dataset() {
            return Ok(self.snapshot().triples(self.run()));
        }
        self.must_exist(&name)?;
        let quads = self.inner().graph.quads_for_pattern(None, None, None, Some(name.as_ref()));
        let mut triples: Vec<Triple> = quads.map(|quad| quad.map(Triple::from)).collect::<Result<_, _>>()?;
        triples.sort_by_cached_key(ToString::to_string);
        Ok(triples)
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
        let name = self.writable(target)?;
        let into = name.clone();
        let quads = self.inner().write_slot.run(READ_LIMIT.into(), move |_| parse(&body, format, into))?;
        let _writer = self.inner().lock();
        let is_new = self.must_exist(&name).is_err();
        let mut transaction = self.inner().graph.start_transaction()?;
        if replace && !is_new {
            transaction.clear_graph(name.as_ref())?;
        }
        if let GraphName::NamedNode(node) = &name {
            transaction.insert_named_graph(node.as_ref());
        }
        quads.iter().for_each(|quad| transaction.insert(quad.as_ref()));
        transaction.commit()?;
        self.inner().graph.flush()?;
        Ok(is_new)
    }

    /// Removes a graph; empties the default graph of a plain dataset.
    ///
    /// # Errors
    /// Where there is no such graph, or it is the derived one.
    pub fn delete_graph(&self, target: &GraphTarget) -> Result<(), StoreError> {
        let name = self.writable(target)?;
        let _writer = self.inner().lock();
        self.must_exist(&name)?;
        match &name {
            GraphName::NamedNode(node) => self.inner().graph.remove_named_graph(node)?,
            _ => self.inner().graph.clear_graph(&name)?,
        };
        self.inner().graph.flush()?;
        Ok(())
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

fn parse(body: &[u8], format: GraphFormat, graph: GraphName) -> Result<Vec<Quad>, StoreError> {
    check_upload(body, format)?;
    let mut parser = RdfParser::from_format(format.rdf_format()).rename_blank_nodes().without_named_graphs();
    if let GraphName::NamedNode(node) = &graph {
        parser = parser.with_base_iri(node.as_str()).map_err(|error| rdf(&error))?;
    }
    let quads = parser.with_default_graph(graph).for_slice(body);
    quads.collect::<Result<_, _>>().map_err(|error| rdf(&error))
}

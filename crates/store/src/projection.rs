//! The graph on disk as the projection of the ledger: written by differences, caught up after a crash.
//!
//! Each transaction also writes the revision of the ledger and the version of program and data into a named graph of the
//! store's own. RocksDB writes its log in order, so what a power cut takes is the newest transactions together with
//! their revision: the graph needs no sync of its own, since opening compares the two revisions and brings it up to the ledger. That
//! saves a flush (measured at 5.8 ms) for each commit of the ledger.

use crate::StoreError;
use crate::change::GraphChange;
use crate::known::MOST_CHANGED;
use crate::rewrite::Lack;
use crate::snapshot::Snapshot;
use crate::store::Inner;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, Literal, NamedNodeRef, NamedOrBlankNode, QuadRef, Term, Triple, TripleRef};

/// The named graph that says how far the graph is. It is in no dataset that a query sees.
pub(crate) const META_GRAPH: &str = "urn:chancery:meta";

const META: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(META_GRAPH);
const REVISION: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:revision");
const RUN: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:run");

impl Inner {
    /// The revision of the ledger that the graph was written from, where this version of program and data wrote it.
    pub(crate) fn written_revision(&self) -> Result<Option<u64>, StoreError> {
        let found = self.written_meta()?;
        let revision =
            found.iter().find(|triple| triple.predicate == REVISION).and_then(|triple| match &triple.object {
                Term::Literal(literal) => literal.value().parse().ok(),
                _ => None,
            });
        Ok(revision.filter(|revision| {
            let expected = self.meta(*revision);
            found.len() == expected.len() && expected.iter().all(|triple| found.contains(triple))
        }))
    }

    /// What the graph lacks to say what this revision of the ledger says.
    pub(crate) fn lack(&self, revision: u64) -> Result<Option<Lack>, StoreError> {
        Ok(match self.written_revision()? {
            Some(written) if written == revision => None,
            Some(written) if written < revision => Some(Lack::Commits),
            _ => Some(Lack::All),
        })
    }

    /// Brings the graph from the revision that it has to that of a snapshot, by what the commits since have touched. Tells whether that is
    /// remembered.
    pub(crate) fn catch_up(&self, after: &Snapshot) -> Result<bool, StoreError> {
        let Some(written) = self.written_revision()? else { return Ok(false) };
        let Some(touched) = self.ledger.touched_since(written, MOST_CHANGED)? else { return Ok(false) };
        let mut newest = Vec::with_capacity(touched.len());
        for key in touched.keys() {
            let record = self.ledger.newest(key)?.map(|(_, record)| record).filter(|record| record.is_live(None));
            newest.push((key.as_str().into(), record));
        }
        let before = after.step(written, touched.into_iter().map(|(key, record)| (key.into(), record))).after;
        let change = self.change(&before, &before.step(after.revision, newest))?;
        self.project(&change, after.revision)?;
        Ok(true)
    }

    /// Writes a change of the default graph in one transaction.
    pub(crate) fn project(&self, change: &GraphChange, revision: u64) -> Result<(), StoreError> {
        let (old, new) = (self.written_meta()?, self.meta(revision));
        let derived = |triple| TripleRef::from(triple).in_graph(GraphNameRef::DefaultGraph);
        // Removals first: two spellings of one number are one triple on disk.
        self.graph.change(
            change.removed().iter().map(derived).chain(old.iter().map(of_meta)),
            change.added().iter().map(derived).chain(new.iter().map(of_meta)),
        )?;
        tracing::debug!(revision, removed = change.removed().len(), added = change.added().len(), "graph written");
        Ok(())
    }

    /// Turns the default graph, whatever it says, into what `snapshot` says, and tells how many triples are written so far. Named graphs
    /// stay. Memory is that of some batches, not of the graph.
    pub(crate) fn project_anew(&self, snapshot: &Snapshot, mut progress: impl FnMut(usize)) -> Result<(), StoreError> {
        let meta = self.written_meta()?;
        self.graph.change(meta.iter().map(of_meta), [])?;
        self.graph.clear_graph(GraphNameRef::DefaultGraph)?;
        // On disk before anything is added: a graph without its revision counts as not written.
        self.graph.flush()?;
        let mut loader = self.graph.bulk_loader().without_atomicity();
        let mut written = 0;
        for part in snapshot.everything(&self.run).parts() {
            written += part.len();
            loader.load_quads(part.into_iter().map(|triple| triple.in_graph(GraphNameRef::DefaultGraph)))?;
            progress(written);
        }
        loader.commit()?;
        let meta = self.meta(snapshot.revision);
        Ok(self.graph.change([], meta.iter().map(of_meta))?)
    }

    fn written_meta(&self) -> Result<Vec<Triple>, StoreError> {
        let quads = self.graph.quads_for_pattern(None, None, None, Some(GraphNameRef::NamedNode(META)));
        Ok(quads.map(|quad| quad.map(Triple::from)).collect::<Result<_, _>>()?)
    }

    fn meta(&self, revision: u64) -> [Triple; 2] {
        let revision = Literal::new_typed_literal(revision.to_string(), xsd::INTEGER);
        [Triple::new(META, REVISION, revision), Triple::new(META, RUN, Literal::new_simple_literal(&self.run))]
    }

    /// The named graphs of users.
    pub(crate) fn user_graphs(&self) -> Result<Vec<NamedOrBlankNode>, StoreError> {
        Ok(users(self.graph.named_graphs().collect::<Result<_, _>>()?))
    }
}

/// Those of some named graphs that are not the store's own.
pub(crate) fn users(mut names: Vec<NamedOrBlankNode>) -> Vec<NamedOrBlankNode> {
    names.retain(|name| !is_meta(name));
    names
}

fn is_meta(name: &NamedOrBlankNode) -> bool {
    matches!(name, NamedOrBlankNode::NamedNode(node) if node.as_str() == META_GRAPH)
}

fn of_meta(triple: &Triple) -> QuadRef<'_> {
    triple.as_ref().in_graph(META)
}

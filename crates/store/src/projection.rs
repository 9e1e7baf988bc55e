//! The graph on disk as the projection of the ledger: written by differences, caught up after a crash.
//!
//! Each transaction also writes the revision of the ledger and the version of program and data into a named graph of the
//! store's own. RocksDB writes its log in order, so what a power cut takes is the newest transactions together with
//! their revision: the graph needs no sync of its own, since opening compares the two revisions and brings it up to the ledger. That
//! saves a flush (measured at 5.8 ms) for each commit of the ledger.

use crate::StoreError;
use crate::change::GraphChange;
use crate::known::MOST_CHANGED;
use crate::ledger::{Counted, Record};
use crate::rewrite::Lack;
use crate::snapshot::Snapshot;
use crate::store::Inner;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, Literal, NamedNodeRef, NamedOrBlankNode, QuadRef, Term, Triple, TripleRef};
use std::sync::Arc;

/// The named graph that says how far the graph is. It is in no dataset that a query sees.
pub(crate) const META_GRAPH: &str = "urn:chancery:meta";

const META: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(META_GRAPH);
const REVISION: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:revision");
const RUN: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:run");

/// A document as it is to stand; without a record it goes.
type Version = (Arc<str>, Option<Record>);

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

    /// Does the commits again that the graph lacks, one after the other, until it is where `newest` is. Tells whether they are remembered.
    pub(crate) fn catch_up(&self, newest: &Snapshot) -> Result<bool, StoreError> {
        let Some(written) = self.written_revision()? else { return Ok(false) };
        let Some(commits) = self.ledger.commits_since(written, MOST_CHANGED)? else { return Ok(false) };
        // Back from what counts now to what counted then.
        let mut counted = Counted::new();
        for key in commits.iter().flat_map(|(_, before)| before.keys()) {
            let live = self.ledger.newest(key)?.filter(|(_, record)| record.is_live(None));
            counted.insert(key.clone(), live.map(|(number, _)| number));
        }
        let mut again = Vec::with_capacity(commits.len());
        for (revision, before) in commits.into_iter().rev() {
            let after: Counted = before.keys().map(|key| (key.clone(), counted[key])).collect();
            counted.extend(before);
            again.push((revision, after));
        }
        let mut snapshot = newest.step(written, self.versions(&counted)?).after;
        for (revision, counted) in again.into_iter().rev() {
            let step = snapshot.step(revision, self.versions(&counted)?);
            let change = self.change(&snapshot, &step)?;
            self.project(&change, revision)?;
            self.note_written(change.written())?;
            snapshot = step.after;
        }
        Ok(true)
    }

    /// The versions that counted, as a step takes them.
    fn versions(&self, counted: &Counted) -> Result<Vec<Version>, StoreError> {
        let version = |(key, number): (&String, &Option<u64>)| {
            let record = number.map(|number| self.ledger.version(key, number)).transpose()?.flatten();
            Ok((key.as_str().into(), record))
        };
        counted.iter().map(version).collect()
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

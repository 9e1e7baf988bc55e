//! Updates: all operations in one transaction, on disk before the answer.

use super::syntax;
use super::{Dataset, QueryOptions};
use crate::deadline::Deadline;
use crate::flusher::Written;
use crate::store::{Inner, Store};
use crate::{StoreError, guard, watch};
use oxigraph::model::NamedOrBlankNode;
use oxigraph::sparql::UpdateEvaluationError;
use oxigraph::store::Transaction;
use spargebra::{GraphUpdateOperation, Update};

impl Store {
    /// Runs an update as one transaction, on disk when it returns. In a store that ingests, only named graphs can be
    /// written; the limits on rows and bytes do not apply.
    ///
    /// # Errors
    /// Where it is not well formed, refused, too slow, or fails; then nothing of it is visible.
    pub fn update(&self, sparql: &str, options: &QueryOptions) -> Result<(), StoreError> {
        self.run_update(sparql.to_owned(), None, options)
    }

    /// The same with a base for relative IRIs; `BASE` in the update goes before it.
    ///
    /// # Errors
    /// As for [`Store::update`], and where the base is no IRI.
    pub fn update_with_base(&self, sparql: &str, base: &str, options: &QueryOptions) -> Result<(), StoreError> {
        self.run_update(sparql.to_owned(), Some(base.to_owned()), options)
    }

    fn run_update(&self, sparql: String, base: Option<String>, options: &QueryOptions) -> Result<(), StoreError> {
        let dataset = Dataset::of(&options.dataset)?;
        let inner = self.inner().clone();
        let written = self.inner().write_slot.run(options.end(), move |deadline| {
            guard::check_text(&sparql)?;
            let update = syntax::parse_update(&sparql, base)?;
            guard::check_update(&update, inner.plain_dataset)?;
            inner.execute_update(update, dataset, deadline)
        })?;
        self.inner().sync_graph(written)
    }
}

impl Inner {
    fn execute_update(
        &self,
        update: Update,
        dataset: Option<Dataset>,
        deadline: &Deadline,
    ) -> Result<Written, StoreError> {
        let names_its_own = |operation: &GraphUpdateOperation| {
            matches!(operation, GraphUpdateOperation::DeleteInsert { using: Some(_), .. })
        };
        if dataset.is_some() && update.operations.iter().any(names_its_own) {
            let what = "a dataset both in the request and in the update (USING, WITH); give one".to_owned();
            return Err(StoreError::Refused { what });
        }
        self.disk.must_have_room(0)?;
        self.rewrite.must_have_ended()?;
        let _writer = self.lock();
        let mut transaction = self.graph.start_transaction()?;
        let mut written = Written::default();
        // One by one: an operation sees the graphs that those before it made.
        for operation in update.operations {
            let (data, removes, kept) = (given(&operation), removes(&operation), deadline.kept());
            let update = Update { operations: vec![operation], base_iri: update.base_iri.clone() };
            execute(update, dataset.as_ref(), &mut transaction, deadline)?;
            let quads = data + (deadline.kept() - kept) / watch::WRITTEN_QUAD_BYTES;
            written += Written { quads, removed: if removes { quads } else { 0 } };
        }
        deadline.begin_commit()?;
        transaction.commit()?;
        Ok(written)
    }
}

/// Quads that stand in the text of an operation.
fn given(operation: &GraphUpdateOperation) -> u64 {
    match operation {
        GraphUpdateOperation::InsertData { data } => data.len() as u64,
        GraphUpdateOperation::DeleteData { data } => data.len() as u64,
        _ => 0,
    }
}

fn removes(operation: &GraphUpdateOperation) -> bool {
    match operation {
        GraphUpdateOperation::DeleteData { .. } => true,
        GraphUpdateOperation::DeleteInsert { delete, .. } => !delete.is_empty(),
        _ => false,
    }
}

fn execute(
    mut update: Update,
    dataset: Option<&Dataset>,
    transaction: &mut Transaction<'_>,
    deadline: &Deadline,
) -> Result<(), StoreError> {
    let weight = update.operations.iter_mut().map(watch::watch_update).sum();
    let mut prepared = watch::evaluator(deadline, weight).for_update(update);
    for specification in prepared.using_datasets_mut() {
        if let Some(Dataset { default, named }) = dataset {
            specification.set_default_graph(default.clone());
            specification.set_available_named_graphs(named.clone());
        } else if specification.available_named_graphs().is_none() {
            let names: Vec<NamedOrBlankNode> = transaction.named_graphs().collect::<Result<_, _>>()?;
            specification.set_available_named_graphs(crate::projection::users(names));
        }
    }
    prepared.on_transaction(transaction).execute().map_err(|error| match error {
        _ if deadline.is_stopped() => deadline.reason(),
        UpdateEvaluationError::Storage(error) => error.into(),
        other => StoreError::Evaluation(other.to_string()),
    })
}

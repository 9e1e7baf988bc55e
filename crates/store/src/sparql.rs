//! SPARQL 1.1 queries and updates with limits that hold.
//!
//! Requests are checked ([`guard`]), their plans watched ([`watch`]), and parsed and evaluated on threads of their own
//! ([`worker`](crate::worker)). What is small is answered whole; of what is large the first part goes out while the rest is made
//! ([`outbox`](crate::outbox)), and an error then cuts the answer off, so that it never looks like data.

mod grammar;
mod results;
mod syntax;
mod tokens;
mod update;

pub use results::{QueryForm, ResultFormat};

use crate::deadline::{Cancellation, Deadline, End};
use crate::outbox::{Answer, Outbox};
use crate::store::{Inner, Store};
use crate::{StoreError, guard, watch};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Variable};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution};
use spargebra::Query;
use std::sync::Arc;
use std::time::Duration;
pub(crate) use syntax::parser;

/// Reading a request takes milliseconds; this is for what nobody thought of.
const PARSE_LIMIT: Duration = Duration::from_secs(5);

/// Limits and dataset of one query or update.
#[derive(Clone, Debug)]
pub struct QueryOptions {
    /// Wall-clock time, with that of handing the answer on.
    pub timeout: Duration,
    /// Solutions, or triples of a graph.
    pub max_rows: usize,
    /// Bytes of the serialised answer.
    pub max_bytes: usize,
    /// Another dataset than the store's own, as the protocol allows.
    pub dataset: QueryDatasetChoice,
    /// Stops it for whoever no longer waits.
    pub cancellation: Cancellation,
}

impl Default for QueryOptions {
    /// 10 s, 100,000 rows, 64 MiB, the store's own dataset.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            max_rows: 100_000,
            max_bytes: 64 << 20,
            dataset: QueryDatasetChoice::default(),
            cancellation: Cancellation::default(),
        }
    }
}

impl QueryOptions {
    pub(crate) fn end(&self) -> End {
        End { limit: self.timeout, cancellation: self.cancellation.clone() }
    }
}

/// `default-graph-uri` and `named-graph-uri` of the protocol (for updates: `using-graph-uri` and
/// `using-named-graph-uri`): IRIs of graphs. Both empty: the dataset of the request, else the store's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryDatasetChoice {
    /// Merged into the default graph.
    pub default_graphs: Vec<String>,
    /// Available by name.
    pub named_graphs: Vec<String>,
}

/// A parsed query that is known to reach nowhere.
#[derive(Clone)]
pub struct PreparedQuery {
    query: Query,
    inner: Arc<Inner>,
}

impl std::fmt::Debug for PreparedQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PreparedQuery({})", self.query)
    }
}

impl Store {
    /// Parses and checks a query. The prefixes of our vocabulary and resources are known.
    ///
    /// # Errors
    /// Where it is not well formed, too large or too deep, or would reach out.
    pub fn prepare(&self, sparql: &str) -> Result<PreparedQuery, StoreError> {
        self.parse_query(sparql.to_owned(), None)
    }

    /// The same with a base for relative IRIs; `BASE` in the query goes before it.
    ///
    /// # Errors
    /// As for [`Store::prepare`], and where the base is no IRI.
    pub fn prepare_with_base(&self, sparql: &str, base: &str) -> Result<PreparedQuery, StoreError> {
        self.parse_query(sparql.to_owned(), Some(base.to_owned()))
    }

    fn parse_query(&self, sparql: String, base: Option<String>) -> Result<PreparedQuery, StoreError> {
        let query = self.inner().slots.run(PARSE_LIMIT.into(), move |_| {
            guard::check_text(&sparql)?;
            let query = syntax::parse_query(&sparql, base)?;
            guard::check_query(&query)?;
            Ok(query)
        })?;
        Ok(PreparedQuery { query, inner: self.inner().clone() })
    }
}

impl PreparedQuery {
    /// A query of our own, which needs no check.
    pub(crate) fn new(query: Query, store: &Store) -> Self {
        Self { query, inner: store.inner().clone() }
    }

    /// The query as SPARQL, without prefixes.
    pub fn sparql(&self) -> String {
        self.query.to_string()
    }

    /// Reads each solution of a SELECT; the columns come with what was read.
    pub(crate) fn read_rows<T: Send + 'static>(
        self,
        options: &QueryOptions,
        read: impl Fn(&[Variable], &QuerySolution) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<(Vec<Variable>, Vec<T>), StoreError> {
        let dataset = Dataset::of(&options.dataset)?;
        let (max_rows, slots) = (options.max_rows, self.inner.slots.clone());
        slots.run(options.end(), move |deadline| {
            let QueryResults::Solutions(solutions) = self.inner.evaluate(self.query, dataset, deadline)? else {
                return Err(StoreError::Evaluation("only the answer of a SELECT has rows".to_owned()));
            };
            results::read(solutions, max_rows, deadline, read)
        })
    }

    /// What the answer is.
    pub fn form(&self) -> QueryForm {
        match self.query {
            Query::Select { .. } => QueryForm::Select,
            Query::Ask { .. } => QueryForm::Ask,
            Query::Construct { .. } | Query::Describe { .. } => QueryForm::Graph,
        }
    }

    /// Evaluates and serialises.
    ///
    /// # Errors
    /// Where a limit is reached, every slot is taken, or evaluation fails; never a part of an answer.
    pub fn run(self, format: ResultFormat, options: &QueryOptions) -> Result<Vec<u8>, StoreError> {
        self.stream(format, options)?.whole()
    }

    /// Evaluates and serialises; the whole where it is small, else its parts as they are made.
    ///
    /// # Errors
    /// As for [`PreparedQuery::run`]. Once there are parts, one of them may be the error.
    pub fn stream(self, format: ResultFormat, options: &QueryOptions) -> Result<Answer, StoreError> {
        let dataset = Dataset::of(&options.dataset)?;
        let (outbox, reader) = Outbox::new(self.inner.outboxes.clone(), options.max_bytes);
        let max_rows = options.max_rows;
        let slots = self.inner.slots.clone();
        let deadline = slots.start(options.end(), move |deadline| {
            let mut outbox = outbox.until(deadline);
            let written = self
                .inner
                .evaluate(self.query, dataset, deadline)
                .and_then(|results| results::write(results, format, max_rows, deadline, &mut outbox));
            move || outbox.finish(written)
        })?;
        reader.first(&deadline)
    }
}

impl Inner {
    /// Evaluates a query. Only on a worker thread: results cannot leave it.
    pub(crate) fn evaluate(
        &self,
        mut query: Query,
        dataset: Option<Dataset>,
        deadline: &Deadline,
    ) -> Result<QueryResults<'static>, StoreError> {
        self.rewrite.must_have_ended()?;
        let weight = watch::watch_query(&mut query);
        let mut prepared = watch::evaluator(deadline, weight).for_query(query);
        let specification = prepared.dataset_mut();
        if let Some(Dataset { default, named }) = dataset {
            specification.set_default_graph(default);
            specification.set_available_named_graphs(named);
        } else if specification.available_named_graphs().is_none() {
            specification.set_available_named_graphs(self.user_graphs()?);
        }
        prepared.on_store(&self.graph).execute().map_err(|error| failed(error, deadline))
    }
}

/// An error of the evaluator; that it was stopped is said by what stopped it.
fn failed(error: QueryEvaluationError, deadline: &Deadline) -> StoreError {
    match error {
        _ if deadline.is_stopped() => deadline.reason(),
        QueryEvaluationError::Dataset(error) => match error.downcast::<oxigraph::store::StorageError>() {
            Ok(error) => (*error).into(),
            Err(error) => StoreError::Evaluation(error.to_string()),
        },
        other => StoreError::Evaluation(other.to_string()),
    }
}

/// A dataset from outside the request text.
#[derive(Clone, Debug)]
pub(crate) struct Dataset {
    default: Vec<GraphName>,
    named: Vec<NamedOrBlankNode>,
}

impl Dataset {
    fn of(choice: &QueryDatasetChoice) -> Result<Option<Self>, StoreError> {
        let QueryDatasetChoice { default_graphs, named_graphs } = choice;
        if default_graphs.is_empty() && named_graphs.is_empty() {
            return Ok(None);
        }
        let default = default_graphs.iter().map(|iri| graph_iri(iri).map(GraphName::from));
        let named = named_graphs.iter().map(|iri| graph_iri(iri).map(NamedOrBlankNode::from));
        Ok(Some(Self { default: default.collect::<Result<_, _>>()?, named: named.collect::<Result<_, _>>()? }))
    }
}

pub(crate) fn graph_iri(iri: &str) -> Result<NamedNode, StoreError> {
    NamedNode::new(iri).map_err(|error| StoreError::InvalidIri { iri: iri.to_owned(), message: error.to_string() })
}

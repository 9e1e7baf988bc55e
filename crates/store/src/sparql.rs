//! SPARQL 1.1 queries and updates with limits that hold.
//!
//! Requests are checked ([`guard`]), their products watched ([`watch`]), and parsed and evaluated on threads of their own
//! ([`worker`](crate::worker)). Results are buffered whole, so that an error never looks like data.

use crate::store::{Inner, Store};
use crate::worker::Deadline;
use crate::{StoreError, guard, watch};
use chancery_rdf::{GraphFormat, IriBase, format};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Triple};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, QuerySolutionIter, UpdateEvaluationError};
use spargebra::algebra::GraphPattern;
use spargebra::{GraphUpdateOperation, Query, SparqlParser, SparqlSyntaxError, Update};
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// Reading a request takes milliseconds; this is for what nobody thought of.
const PARSE_LIMIT: Duration = Duration::from_secs(5);

/// Limits and dataset of one query or update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryOptions {
    /// Wall-clock time.
    pub timeout: Duration,
    /// Solutions, or triples of a graph.
    pub max_rows: usize,
    /// Bytes of the serialised answer.
    pub max_bytes: usize,
    /// Another dataset than the store's own, as the protocol allows.
    pub dataset: QueryDatasetChoice,
}

impl Default for QueryOptions {
    /// 10 s, 100,000 rows, 64 MiB, the store's own dataset.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            max_rows: 100_000,
            max_bytes: 64 << 20,
            dataset: QueryDatasetChoice::default(),
        }
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

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryForm {
    /// Solutions.
    Select,
    /// Yes or no.
    Ask,
    /// Triples: CONSTRUCT and DESCRIBE.
    Graph,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultFormat {
    /// Solutions, yes or no.
    Solutions(QueryResultsFormat),
    /// Triples.
    Graph(GraphFormat),
}

impl ResultFormat {
    /// The formats that fit a form, the preferred one first.
    pub fn offer(form: QueryForm) -> Vec<Self> {
        use QueryResultsFormat::{Csv, Json, Tsv, Xml};
        match form {
            QueryForm::Select | QueryForm::Ask => [Json, Xml, Csv, Tsv].map(Self::Solutions).to_vec(),
            QueryForm::Graph => GraphFormat::ALL.map(Self::Graph).to_vec(),
        }
    }

    /// The format with this short name (`json`, `turtle` …), where it fits the form.
    pub fn for_name(name: &str, form: QueryForm) -> Option<Self> {
        Self::offer(form).into_iter().find(|format| format.name() == name)
    }

    /// `json`, `xml`, `csv`, `tsv`, `turtle` …
    pub fn name(self) -> &'static str {
        match self {
            Self::Solutions(QueryResultsFormat::Xml) => "xml",
            Self::Solutions(QueryResultsFormat::Csv) => "csv",
            Self::Solutions(QueryResultsFormat::Tsv) => "tsv",
            Self::Solutions(_) => "json",
            Self::Graph(format) => format.name(),
        }
    }

    /// The media type without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Solutions(QueryResultsFormat::Csv) => "text/csv",
            Self::Solutions(QueryResultsFormat::Tsv) => "text/tab-separated-values",
            Self::Solutions(QueryResultsFormat::Xml) => "application/sparql-results+xml",
            Self::Solutions(_) => "application/sparql-results+json",
            Self::Graph(format) => format.media_type(),
        }
    }
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
        let query = self.inner().slots.run(PARSE_LIMIT, move |_| {
            guard::check_text(&sparql)?;
            let query = parser(base)?.parse_query(&sparql).map_err(|error| syntax(&error))?;
            guard::check_query(&query)?;
            Ok(query)
        })?;
        Ok(PreparedQuery { query, inner: self.inner().clone() })
    }

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
        self.inner().slots.run(options.timeout, move |deadline| {
            guard::check_text(&sparql)?;
            let update = parser(base)?.parse_update(&sparql).map_err(|error| syntax(&error))?;
            guard::check_update(&update, inner.plain_dataset)?;
            inner.execute_update(update, dataset, deadline)
        })
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

    /// The columns of a SELECT, in order; none of other forms.
    pub(crate) fn columns(&self) -> Vec<String> {
        let mut pattern = match &self.query {
            Query::Select { pattern, .. } => pattern,
            _ => return Vec::new(),
        };
        loop {
            pattern = match pattern {
                GraphPattern::Project { variables, .. } => {
                    return variables.iter().map(|variable| variable.as_str().to_owned()).collect();
                }
                GraphPattern::Distinct { inner }
                | GraphPattern::Reduced { inner }
                | GraphPattern::Slice { inner, .. } => inner,
                _ => return Vec::new(),
            };
        }
    }

    /// Reads each solution of a SELECT with its columns.
    pub(crate) fn read_rows<T: Send + 'static>(
        self,
        options: &QueryOptions,
        read: impl Fn(&[String], QuerySolution) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Vec<T>, StoreError> {
        let (options, slots, columns) = (options.clone(), self.inner.slots.clone(), self.columns());
        slots.run(options.timeout, move |deadline| {
            let dataset = Dataset::of(&options.dataset)?;
            let QueryResults::Solutions(solutions) = self.inner.evaluate(self.query, dataset, deadline)? else {
                return Err(StoreError::Evaluation("only the answer of a SELECT has rows".to_owned()));
            };
            let mut rows = Vec::new();
            for solution in solutions {
                if rows.len() >= options.max_rows {
                    return Err(StoreError::TooManyRows { limit: options.max_rows });
                }
                rows.push(read(&columns, solution.map_err(failed)?)?);
            }
            Ok(rows)
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
        let dataset = Dataset::of(&options.dataset)?;
        let options = options.clone();
        let slots = self.inner.slots.clone();
        slots.run(options.timeout, move |deadline| {
            let results = self.inner.evaluate(self.query, dataset, deadline)?;
            serialise(results, format, &options)
        })
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
        watch::watch_query(&mut query);
        let mut prepared = watch::evaluator(deadline).for_query(query);
        let specification = prepared.dataset_mut();
        if let Some(Dataset { default, named }) = dataset {
            specification.set_default_graph(default);
            specification.set_available_named_graphs(named);
        } else if specification.available_named_graphs().is_none() {
            specification.set_available_named_graphs(self.user_graphs()?);
        }
        prepared.on_store(&self.graph).execute().map_err(failed)
    }

    fn execute_update(
        &self,
        mut update: Update,
        dataset: Option<Dataset>,
        deadline: &Deadline,
    ) -> Result<(), StoreError> {
        let names_its_own = |operation: &GraphUpdateOperation| {
            matches!(operation, GraphUpdateOperation::DeleteInsert { using: Some(_), .. })
        };
        if dataset.is_some() && update.operations.iter().any(names_its_own) {
            let what = "a dataset both in the request and in the update (USING, WITH); give one".to_owned();
            return Err(StoreError::Refused { what });
        }
        watch::watch_update(&mut update);
        let _writer = self.lock();
        let mut prepared = watch::evaluator(deadline).for_update(update);
        let user_graphs = self.user_graphs()?;
        for specification in prepared.using_datasets_mut() {
            if let Some(Dataset { default, named }) = dataset.clone() {
                specification.set_default_graph(default);
                specification.set_available_named_graphs(named);
            } else if specification.available_named_graphs().is_none() {
                specification.set_available_named_graphs(user_graphs.clone());
            }
        }
        let mut transaction = self.graph.start_transaction()?;
        prepared.on_transaction(&mut transaction).execute().map_err(update_failed)?;
        deadline.begin_commit()?;
        transaction.commit()?;
        // Users' graphs are in no ledger: they are on disk before the answer.
        self.graph.flush()?;
        Ok(())
    }
}

fn failed(error: QueryEvaluationError) -> StoreError {
    StoreError::Evaluation(error.to_string())
}

fn update_failed(error: UpdateEvaluationError) -> StoreError {
    match error {
        UpdateEvaluationError::Storage(error) => error.into(),
        other => StoreError::Evaluation(other.to_string()),
    }
}

fn serialise(results: QueryResults<'_>, format: ResultFormat, options: &QueryOptions) -> Result<Vec<u8>, StoreError> {
    let mut out = Bounded { bytes: Vec::new(), limit: options.max_bytes };
    match (results, format) {
        (QueryResults::Boolean(value), ResultFormat::Solutions(format)) => {
            let serializer = QueryResultsSerializer::from_format(format);
            serializer.serialize_boolean_to_writer(&mut out, value).map_err(|error| out_error(error, options))?;
        }
        (QueryResults::Solutions(solutions), ResultFormat::Solutions(format)) => {
            write_solutions(solutions, format, &mut out, options)?;
        }
        (QueryResults::Graph(triples), ResultFormat::Graph(format)) => {
            let triples = collect(triples.map(|triple| triple.map_err(failed)), options)?;
            format::serialise(&triples, format, &mut out).map_err(|error| out_error(error, options))?;
        }
        _ => return Err(StoreError::Evaluation("the format does not fit the form of the query".to_owned())),
    }
    Ok(out.bytes)
}

fn write_solutions(
    solutions: QuerySolutionIter<'_>,
    format: QueryResultsFormat,
    out: &mut Bounded,
    options: &QueryOptions,
) -> Result<(), StoreError> {
    let variables = solutions.variables().to_vec();
    let serializer = QueryResultsSerializer::from_format(format);
    let mut serializer =
        serializer.serialize_solutions_to_writer(out, variables).map_err(|error| out_error(error, options))?;
    for (row, solution) in solutions.enumerate() {
        let solution = solution.map_err(failed)?;
        if row >= options.max_rows {
            return Err(StoreError::TooManyRows { limit: options.max_rows });
        }
        serializer.serialize(&solution).map_err(|error| out_error(error, options))?;
    }
    serializer.finish().map_err(|error| out_error(error, options))?;
    Ok(())
}

/// Sorted and without repetition, so that one graph has one form.
fn collect(
    triples: impl Iterator<Item = Result<Triple, StoreError>>,
    options: &QueryOptions,
) -> Result<Vec<Triple>, StoreError> {
    let mut collected = Vec::new();
    for triple in triples {
        if collected.len() >= options.max_rows {
            return Err(StoreError::TooManyRows { limit: options.max_rows });
        }
        collected.push(triple?);
    }
    collected.sort_by_cached_key(ToString::to_string);
    collected.dedup();
    Ok(collected)
}

fn out_error(error: io::Error, options: &QueryOptions) -> StoreError {
    match error.kind() {
        io::ErrorKind::FileTooLarge => StoreError::TooLarge { limit: options.max_bytes },
        _ => StoreError::Output(error),
    }
}

/// A buffer with an end.
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A parser that knows our prefixes.
pub(crate) fn parser(base: Option<String>) -> Result<SparqlParser, StoreError> {
    let invalid = |iri: &str, error: &dyn std::fmt::Display| StoreError::InvalidIri {
        iri: iri.to_owned(),
        message: error.to_string(),
    };
    let mut parser = SparqlParser::new();
    for (name, iri) in format::prefixes(&IriBase::default()) {
        parser = parser.with_prefix(name, iri.as_str()).map_err(|error| invalid(&iri, &error))?;
    }
    match base {
        Some(base) => parser.with_base_iri(base.as_str()).map_err(|error| invalid(&base, &error)),
        None => Ok(parser),
    }
}

/// The parser tells the place in its words only: `error at 3:14: expected …`.
fn syntax(error: &SparqlSyntaxError) -> StoreError {
    let text = error.to_string();
    let place = text.strip_prefix("error at ").and_then(|rest| rest.split_once(": "));
    let place = place.and_then(|(place, expected)| {
        let (line, column) = place.split_once(':')?;
        Some((line.parse::<usize>().ok()?, column.parse::<usize>().ok()?, expected))
    });
    match place {
        Some((line, column, expected)) => StoreError::Syntax {
            message: format!("SPARQL syntax: line {line}, column {column}: {expected}"),
            line: Some(line),
            column: Some(column),
        },
        None => StoreError::Syntax { message: format!("SPARQL syntax: {text}"), line: None, column: None },
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

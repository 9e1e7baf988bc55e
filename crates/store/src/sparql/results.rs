//! Forms and formats of answers, and writing them.

use super::failed;
use crate::StoreError;
use crate::deadline::Deadline;
use crate::outbox::{Filling, fault};
use chancery_rdf::{GraphFormat, format};
use oxigraph::model::{Triple, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolution, QuerySolutionIter};

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

/// Writes an answer as it is evaluated.
///
/// # Errors
/// Where the work is stopped or a limit is reached; what was written by then is no answer.
pub(super) fn write(
    results: QueryResults<'_>,
    format: ResultFormat,
    max_rows: usize,
    deadline: &Deadline,
    out: &mut Filling,
) -> Result<(), StoreError> {
    match (results, format) {
        (QueryResults::Boolean(value), ResultFormat::Solutions(format)) => {
            let serializer = QueryResultsSerializer::from_format(format);
            serializer.serialize_boolean_to_writer(&mut *out, value).map_err(fault)?;
        }
        (QueryResults::Solutions(solutions), ResultFormat::Solutions(format)) => {
            write_solutions(solutions, format, max_rows, deadline, out)?;
        }
        (QueryResults::Graph(triples), ResultFormat::Graph(format)) => {
            let triples = triples.map(|triple| triple.map_err(|error| failed(error, deadline)));
            let triples = collect(triples, max_rows)?;
            format::serialise(&triples, format, &mut *out).map_err(fault)?;
        }
        _ => return Err(StoreError::Evaluation("the format does not fit the form of the query".to_owned())),
    }
    // A read that failed is not always told: MINUS, for one, takes it for nothing.
    if deadline.is_stopped() { Err(deadline.reason()) } else { Ok(()) }
}

fn write_solutions(
    solutions: QuerySolutionIter<'_>,
    format: QueryResultsFormat,
    max_rows: usize,
    deadline: &Deadline,
    out: &mut Filling,
) -> Result<(), StoreError> {
    let variables = solutions.variables().to_vec();
    let serializer = QueryResultsSerializer::from_format(format);
    let serializer = serializer.serialize_solutions_to_writer(&mut *out, variables);
    let mut serializer = serializer.map_err(fault)?;
    for (row, solution) in solutions.enumerate() {
        let solution = solution.map_err(|error| failed(error, deadline))?;
        if row >= max_rows {
            return Err(StoreError::TooManyRows { limit: max_rows });
        }
        deadline.look();
        serializer.serialize(&solution).map_err(fault)?;
    }
    serializer.finish().map_err(fault)?;
    Ok(())
}

/// Reads solutions one by one; gives their variables too.
///
/// # Errors
/// As for [`write`].
pub(super) fn read<T>(
    solutions: QuerySolutionIter<'_>,
    max_rows: usize,
    deadline: &Deadline,
    read: impl Fn(&[Variable], &QuerySolution) -> Result<T, StoreError>,
) -> Result<(Vec<Variable>, Vec<T>), StoreError> {
    let variables = solutions.variables().to_vec();
    let mut rows = Vec::new();
    for solution in solutions {
        let solution = solution.map_err(|error| failed(error, deadline))?;
        if rows.len() >= max_rows {
            return Err(StoreError::TooManyRows { limit: max_rows });
        }
        deadline.look();
        rows.push(read(&variables, &solution)?);
    }
    if deadline.is_stopped() { Err(deadline.reason()) } else { Ok((variables, rows)) }
}

/// Sorted and without repetition, so that one graph has one form.
fn collect(
    triples: impl Iterator<Item = Result<Triple, StoreError>>,
    max_rows: usize,
) -> Result<Vec<Triple>, StoreError> {
    let mut collected = Vec::new();
    for triple in triples {
        if collected.len() >= max_rows {
            return Err(StoreError::TooManyRows { limit: max_rows });
        }
        collected.push(triple?);
    }
    collected.sort_by_cached_key(ToString::to_string);
    collected.dedup();
    Ok(collected)
}

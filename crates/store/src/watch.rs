//! Makes an evaluation stop at its deadline, and keeps what it has to hold from filling the memory.
//!
//! The evaluator looks at its cancellation only where it reads the store, and goes on after a failed read. Products of patterns, joins of
//! tables that were computed before, sorting and grouping run in memory and never look. So functions of ours are put into the **plan** that
//! the optimiser makes; the evaluator then optimises that again, which changes nothing of its shape. There are two:
//!
//! - `passing` looks whether it is time. It stands in a condition over every pattern, table and path, and beside every condition, so that
//!   each row that is read is followed by a look; and over every join, each of whose rows may come without a read.
//! - `kept` counts bytes besides. It stands over what is held in memory whole: the built side of a join, what is taken away, what is sorted,
//!   what an update writes.
//!
//! Neither gives a value, which is an error in SPARQL: a variable that is bound to it stays unbound, and in a disjunction or `COALESCE` the
//! other side counts. What a function makes of texts is bounded too ([`text_functions`](crate::text_functions)).

mod exists;
mod expression;
mod optional;
mod plan;

use crate::deadline::{Deadline, Stop};
use crate::sort_key;
use crate::text_functions::{self, CONCAT, ENCODABLE, REPLACEABLE, TooLong};
use oxigraph::model::{NamedNodeRef, Term};
use oxigraph::sparql::SparqlEvaluator;
use plan::{Variables, Watch, with_all};
use spargebra::algebra::GraphPattern as Pattern;
use spargebra::{GraphUpdateOperation, Query};
use sparopt::Optimizer;

const DISTANCE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.opengis.net/def/function/geosparql/distance");
const PASSING: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:passing");
const KEPT: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:kept");
/// The [key](crate::sort_key) of a term that is sorted by.
const SORT_KEY: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:sort-key");
/// Gives its first argument back, and counts the bytes of the text and of those after it.
const KEPT_TEXT: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:kept-text");

/// Bytes of a row, and of each variable in it.
const ROW_BYTES: u64 = 100;
const VALUE_BYTES: u64 = 80;
/// Bytes of a quad that an update writes: its keys in all orders, in the batch and in its index.
pub(crate) const WRITTEN_QUAD_BYTES: u64 = 2_000;
/// Sorting cannot be stopped: a key weighs so much that there are not too many of them.
const SORT_KEY_BYTES: u64 = 700;

/// Puts the functions into a query. Gives what a row of it is taken to weigh, in bytes.
pub(crate) fn watch_query(query: &mut Query) -> u64 {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    watch_pattern(pattern, 0)
}

/// Puts the functions into one operation of an update. Gives what a row of it is taken to weigh, with what is written for it.
pub(crate) fn watch_update(operation: &mut GraphUpdateOperation) -> u64 {
    match operation {
        GraphUpdateOperation::DeleteInsert { pattern, delete, insert, .. } => {
            watch_pattern(pattern, (delete.len() + insert.len()) as u64)
        }
        _ => 0,
    }
}

fn watch_pattern(pattern: &mut Pattern, written_quads: u64) -> u64 {
    let plan = Optimizer::optimize_graph_pattern(optional::row_by_row((&*pattern).into()));
    let variables = with_all([&plan], &Variables::new()).len() as u64;
    let weight = ROW_BYTES + VALUE_BYTES * variables + WRITTEN_QUAD_BYTES * written_quads;
    let mut watch = Watch::default();
    let mut plan = watch.plan(plan, &Variables::new());
    if written_quads > 0 {
        plan = watch.over(plan, KEPT);
    }
    *pattern = Pattern::from(&plan);
    weight
}

/// An evaluator that knows the functions, for rows of so many bytes.
pub(crate) fn evaluator(deadline: &Deadline, weight: u64) -> SparqlEvaluator {
    let function = |look: fn(&Deadline, &[Term], u64) -> Option<Term>| {
        let deadline = deadline.clone();
        move |arguments: &[Term]| look(&deadline, arguments, weight)
    };
    let passing = function(|deadline, _, _| {
        deadline.look();
        None
    });
    let kept = function(|deadline, _, weight| {
        deadline.keep(weight);
        None
    });
    let sort_key = function(|deadline, arguments, _| {
        let [term] = arguments else { return None };
        deadline.keep(SORT_KEY_BYTES + text_bytes(term));
        Some(sort_key::sort_key(term))
    });
    let kept_text = function(|deadline, arguments, _| {
        deadline.keep(arguments.iter().map(text_bytes).sum());
        arguments.first().cloned()
    });
    with_distance(SparqlEvaluator::new())
        .with_cancellation_token(deadline.token())
        .with_custom_function(PASSING.into_owned(), passing)
        .with_custom_function(KEPT.into_owned(), kept)
        .with_custom_function(SORT_KEY.into_owned(), sort_key)
        .with_custom_function(KEPT_TEXT.into_owned(), kept_text)
        .with_custom_function(CONCAT.into_owned(), function(|it, texts, _| short(it, text_functions::concat(texts))))
        .with_custom_function(
            REPLACEABLE.into_owned(),
            function(|it, texts, _| short(it, text_functions::replaceable(texts))),
        )
        .with_custom_function(
            ENCODABLE.into_owned(),
            function(|it, texts, _| short(it, text_functions::encodable(texts))),
        )
}

/// GeoSPARQL's distance of two points, by great circle. Its other functions stay off: on shapes that a query brings along they may take
/// long, and none of them looks at the deadline.
fn with_distance(evaluator: SparqlEvaluator) -> SparqlEvaluator {
    let functions = spargeo::GEOSPARQL_EXTENSION_FUNCTIONS.into_iter();
    functions
        .filter(|(name, _)| *name == DISTANCE)
        .fold(evaluator, |evaluator, (name, function)| evaluator.with_custom_function(name.into_owned(), function))
}

fn text_bytes(term: &Term) -> u64 {
    match term {
        Term::Literal(literal) => literal.value().len() as u64,
        Term::NamedNode(node) => node.as_str().len() as u64,
        Term::BlankNode(_) => 0,
    }
}

fn short(deadline: &Deadline, text: Result<Option<Term>, TooLong>) -> Option<Term> {
    text.unwrap_or_else(|TooLong| {
        deadline.stop(Stop::Text);
        deadline.look();
        None
    })
}

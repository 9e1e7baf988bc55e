//! What is refused before it is evaluated: text too deep for the parser, trees too large for the optimiser, and requests
//! that would reach out or write what is derived.
//!
//! The parser recurses, and a stack overflow ends the process; `catch_unwind` does not help. So nesting is counted on
//! the raw text first. On stacks of 2 MiB, 234 nested calls, 546 nested groups and chains of 1,718 operators were
//! measured to kill; our stacks are 128 times as big and hold every chain that fits into [`MAX_TEXT_BYTES`].

use crate::StoreError;
use crate::projection::META_GRAPH;
use oxigraph::model::NamedNode;
use spargebra::algebra::{
    AggregateExpression, Expression, Function, GraphPattern, GraphTarget, OrderExpression, PropertyPathExpression,
};
use spargebra::term::{GraphName, GraphNamePattern};
use spargebra::{GraphUpdateOperation, Query, Update};

/// The longest query or update, in bytes (128 KiB). Larger data goes through the Graph Store Protocol.
pub const MAX_TEXT_BYTES: usize = 128 << 10;
/// The deepest nesting of brackets in SPARQL.
const MAX_NESTING: usize = 100;
/// The deepest syntax tree: a chain of operators nests as well.
const MAX_TREE_DEPTH: usize = 600;
/// The most patterns, expressions and path steps in one request.
const MAX_NODES: usize = 5_000;
/// The most triple patterns, paths, tables and sub-selects: the optimiser orders 100 of them in 0.6 s, but 200 in 9 s and 300
/// in 38 s (measured on one subject), and cannot be stopped meanwhile.
const MAX_PATTERNS: usize = 100;

/// Refuses text that could overflow the parser.
pub(crate) fn check_text(text: &str) -> Result<(), StoreError> {
    if text.len() > MAX_TEXT_BYTES {
        return refuse(format!("{} bytes of SPARQL; at most {MAX_TEXT_BYTES}", text.len()));
    }
    let depth = nesting(text.as_bytes());
    if depth > MAX_NESTING {
        return refuse(format!("brackets nested {depth} deep; at most {MAX_NESTING}"));
    }
    Ok(())
}

fn refuse<T>(what: impl Into<String>) -> Result<T, StoreError> {
    Err(StoreError::Refused { what: what.into() })
}

/// How deep brackets nest in SPARQL, Turtle or TriG, past strings and comments. Never less than what a parser would see.
///
/// Whether `<` begins an IRI or compares depends on the grammar, so brackets between `<` and `>` count too;
/// only quotes and number signs are not taken for strings and comments there.
pub(crate) fn nesting(bytes: &[u8]) -> usize {
    let (mut at, mut open, mut deepest) = (0, 0usize, 0usize);
    let mut iri_ends = 0;
    while at < bytes.len() {
        let in_iri = at < iri_ends;
        match bytes[at] {
            b'\\' => at += 1,
            b'#' if !in_iri => at = end_of_line(bytes, at),
            b'\'' | b'"' if !in_iri => at = end_of_string(bytes, at),
            b'<' => iri_ends = iri_ends.max(end_of_iri(bytes, at)),
            b'{' | b'(' | b'[' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b'}' | b')' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    deepest
}

fn end_of_line(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |length| at + length)
}

/// The last byte of the string that begins at `at`. Three quotes without three more are an empty string and a quote.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    if bytes.get(at..at + 3).is_some_and(|w| w == [quote; 3])
        && let Some(end) = end_of_long_string(bytes, at + 3, quote)
    {
        return end;
    }
    let mut next = at + 1;
    while next < bytes.len() {
        match bytes[next] {
            b'\\' => next += 1,
            b'\n' | b'\r' => return next,
            b if b == quote => return next,
            _ => {}
        }
        next += 1;
    }
    next
}

fn end_of_long_string(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    let mut next = from;
    while next < bytes.len() {
        if bytes[next] == b'\\' {
            next += 1;
        } else if bytes.get(next..next + 3).is_some_and(|w| w == [quote; 3]) {
            return Some(next + 2);
        }
        next += 1;
    }
    None
}

/// Where the IRI that begins at `at` ends; `at` itself where it cannot be one.
fn end_of_iri(bytes: &[u8], at: usize) -> usize {
    let stops = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`');
    match bytes[at + 1..].iter().position(stops) {
        Some(length) if bytes[at + 1 + length] == b'>' => at + 1 + length,
        _ => at,
    }
}

/// Refuses a query that would reach out or is too large.
pub(crate) fn check_query(query: &Query) -> Result<(), StoreError> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    Walk::default().pattern(pattern)
}

/// Refuses an update that would reach out, is too large, or, in a store that ingests, would write the derived graph.
pub(crate) fn check_update(update: &Update, plain_dataset: bool) -> Result<(), StoreError> {
    let mut walk = Walk::default();
    for operation in &update.operations {
        walk.step()?;
        match operation {
            GraphUpdateOperation::DeleteInsert { pattern, .. } => walk.pattern(pattern)?,
            GraphUpdateOperation::Load { .. } => {
                return refuse("LOAD: this store never reaches out; send the data to the Graph Store");
            }
            _ => {}
        }
        let written = written(operation);
        if written.meta {
            return refuse(format!("<{META_GRAPH}> belongs to the store"));
        }
        if written.default && !plain_dataset {
            return Err(StoreError::DerivedGraphReadOnly);
        }
    }
    Ok(())
}

/// Graphs that are not the user's.
#[derive(Default)]
struct Written {
    default: bool,
    meta: bool,
}

impl Written {
    fn add(&mut self, name: Option<&NamedNode>) {
        self.default |= name.is_none();
        self.meta |= name.is_some_and(|name| name.as_str() == META_GRAPH);
    }
}

fn written(operation: &GraphUpdateOperation) -> Written {
    let mut written = Written::default();
    let mut pattern = |name: &GraphNamePattern| match name {
        GraphNamePattern::DefaultGraph => written.add(None),
        GraphNamePattern::NamedNode(name) => written.add(Some(name)),
        // It can be bound to named graphs only: the default graph has no name.
        GraphNamePattern::Variable(_) => {}
    };
    match operation {
        GraphUpdateOperation::InsertData { data } => {
            data.iter().for_each(|quad| written.add(name_of(&quad.graph_name)));
        }
        GraphUpdateOperation::DeleteData { data } => {
            data.iter().for_each(|quad| written.add(name_of(&quad.graph_name)));
        }
        GraphUpdateOperation::DeleteInsert { delete, insert, .. } => {
            delete.iter().for_each(|quad| pattern(&quad.graph_name));
            insert.iter().for_each(|quad| pattern(&quad.graph_name));
        }
        GraphUpdateOperation::Clear { graph, .. } | GraphUpdateOperation::Drop { graph, .. } => match graph {
            GraphTarget::NamedNode(name) => written.add(Some(name)),
            GraphTarget::DefaultGraph | GraphTarget::AllGraphs => written.default = true,
            GraphTarget::NamedGraphs => {}
        },
        GraphUpdateOperation::Create { graph, .. } => written.add(Some(graph)),
        GraphUpdateOperation::Load { .. } => {}
    }
    written
}

fn name_of(name: &GraphName) -> Option<&NamedNode> {
    match name {
        GraphName::NamedNode(name) => Some(name),
        GraphName::DefaultGraph => None,
    }
}

/// Whether anything in an expression that is no pattern replaces.
fn replaces(expression: &Expression) -> bool {
    format!("{expression}").to_ascii_uppercase().contains("REPLACE")
}

/// Walks a syntax tree and counts.
#[derive(Default)]
struct Walk {
    nodes: usize,
    patterns: usize,
    depth: usize,
}

type Check = Result<(), StoreError>;

impl Walk {
    fn step(&mut self) -> Check {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return refuse(format!("more than {MAX_NODES} patterns and expressions in one request"));
        }
        Ok(())
    }

    fn deeper(&mut self, go: impl FnOnce(&mut Self) -> Check) -> Check {
        self.step()?;
        self.depth += 1;
        if self.depth > MAX_TREE_DEPTH {
            return refuse(format!("patterns, operators or paths nested more than {MAX_TREE_DEPTH} deep"));
        }
        let checked = go(self);
        self.depth -= 1;
        checked
    }

    fn pattern(&mut self, pattern: &GraphPattern) -> Check {
        self.deeper(|walk| walk.inside_pattern(pattern))
    }

    fn expression(&mut self, expression: &Expression) -> Check {
        self.deeper(|walk| walk.inside_expression(expression))
    }

    fn patterns(&mut self, count: usize) -> Check {
        self.patterns += count;
        if self.patterns > MAX_PATTERNS {
            return refuse(format!("more than {MAX_PATTERNS} triple patterns, paths, tables and sub-selects"));
        }
        Ok(())
    }

    fn inside_pattern(&mut self, pattern: &GraphPattern) -> Check {
        match pattern {
            GraphPattern::Service { .. } => {
                refuse("SERVICE: this store never reaches out; query the other endpoint yourself")
            }
            GraphPattern::Bgp { patterns } => self.patterns(patterns.len()),
            GraphPattern::Path { path, .. } => {
                self.patterns(1)?;
                self.path(path)
            }
            GraphPattern::Values { .. } => self.patterns(1),
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left)?;
                self.pattern(right)
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left)?;
                self.pattern(right)?;
                expression.as_ref().map_or(Ok(()), |expression| self.expression(expression))
            }
            GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
                self.expression(expression)?;
                self.pattern(inner)
            }
            GraphPattern::OrderBy { inner, expression } => {
                for key in expression {
                    let (OrderExpression::Asc(expression) | OrderExpression::Desc(expression)) = key;
                    self.expression(expression)?;
                }
                self.pattern(inner)
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr)?;
                    }
                }
                self.pattern(inner)
            }
            GraphPattern::Project { inner, .. } => {
                self.patterns(1)?;
                self.pattern(inner)
            }
            GraphPattern::Graph { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner),
        }
    }

    fn inside_expression(&mut self, expression: &Expression) -> Check {
        match expression {
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {
                Ok(())
            }
            Expression::Or(a, b)
            | Expression::And(a, b)
            | Expression::Equal(a, b)
            | Expression::SameTerm(a, b)
            | Expression::Greater(a, b)
            | Expression::GreaterOrEqual(a, b)
            | Expression::Less(a, b)
            | Expression::LessOrEqual(a, b)
            | Expression::Add(a, b)
            | Expression::Subtract(a, b)
            | Expression::Multiply(a, b)
            | Expression::Divide(a, b) => {
                self.expression(a)?;
                self.expression(b)
            }
            Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => self.expression(a),
            Expression::In(a, list) => {
                self.expression(a)?;
                self.expressions(list)
            }
            Expression::If(a, b, c) => {
                self.expression(a)?;
                self.expression(b)?;
                self.expression(c)
            }
            Expression::FunctionCall(Function::Replace, list) if list.get(2).is_some_and(replaces) => {
                // The replacement is evaluated twice, to know its length before.
                refuse("REPLACE inside the replacement of REPLACE; bind the inner one to a variable first")
            }
            Expression::Coalesce(list) | Expression::FunctionCall(_, list) => self.expressions(list),
        }
    }

    fn expressions(&mut self, list: &[Expression]) -> Check {
        list.iter().try_for_each(|expression| self.expression(expression))
    }

    fn path(&mut self, path: &PropertyPathExpression) -> Check {
        self.deeper(|walk| match path {
            PropertyPathExpression::NamedNode(_) | PropertyPathExpression::NegatedPropertySet(_) => Ok(()),
            PropertyPathExpression::Sequence(a, b) | PropertyPathExpression::Alternative(a, b) => {
                walk.path(a)?;
                walk.path(b)
            }
            PropertyPathExpression::Reverse(a)
            | PropertyPathExpression::ZeroOrMore(a)
            | PropertyPathExpression::OneOrMore(a)
            | PropertyPathExpression::ZeroOrOne(a) => walk.path(a),
        })
    }
}

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

use crate::deadline::{Deadline, Stop};
use crate::sort_key;
use crate::text_functions::{self, CONCAT, ENCODABLE, REPLACEABLE, TooLong};
use oxigraph::model::{Literal, NamedNodeRef, Term, Variable};
use oxigraph::sparql::SparqlEvaluator;
use spargebra::algebra::{AggregateFunction, Function, GraphPattern as Pattern};
use spargebra::term::{GroundTermPattern, NamedNodePattern};
use spargebra::{GraphUpdateOperation, Query};
use sparopt::Optimizer;
use sparopt::algebra::{
    AggregateExpression, Expression, GraphPattern as Plan, OrderExpression, PropertyPathExpression,
};
use std::collections::HashSet;

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
const WRITTEN_QUAD_BYTES: u64 = 2_000;
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
    let plan = Optimizer::optimize_graph_pattern((&*pattern).into());
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

type Variables = HashSet<Variable>;

#[derive(Default)]
struct Watch {
    /// Names the fresh variables.
    fresh: usize,
}

impl Watch {
    /// The plan with looks in it, where `bound` may have values before it is evaluated.
    fn plan(&mut self, plan: Plan, bound: &Variables) -> Plan {
        match plan {
            Plan::QuadPattern { .. } | Plan::Path { .. } | Plan::Graph { .. } | Plan::Values { .. } => {
                self.leaf(plan, None, bound)
            }
            Plan::Filter { inner, expression } => self.filter(*inner, expression, bound),
            Plan::Join { left, right, algorithm } => {
                let (left, right) = (self.plan(*left, bound), self.plan(*right, bound));
                let (left, right) = (self.over(left, KEPT).into(), self.over(right, PASSING).into());
                self.over(Plan::Join { left, right, algorithm }, PASSING)
            }
            Plan::LeftJoin { left, right, expression, algorithm } => {
                let expression = self.condition(expression, &with_all([&left, &right], bound));
                let (left, right) = if left.is_empty_singleton() {
                    // An optional part that is evaluated for each row of what stands before it: the evaluator knows it by this form.
                    (left, self.plan(*right, bound).into())
                } else {
                    let (left, right) = (self.plan(*left, bound), self.plan(*right, bound));
                    (self.over(left, PASSING).into(), self.over(right, KEPT).into())
                };
                Plan::LeftJoin { left, right, expression, algorithm }
            }
            Plan::Minus { left, right, algorithm } => {
                let (left, right) = (self.plan(*left, bound), self.plan(*right, bound));
                let (left, right) = (self.over(left, PASSING).into(), self.over(right, KEPT).into());
                Plan::Minus { left, right, algorithm }
            }
            Plan::Lateral { left, right } => {
                let right = self.plan(*right, &with_all([&left], bound)).into();
                Plan::Lateral { left: self.plan(*left, bound).into(), right }
            }
            Plan::Union { inner } => {
                Plan::Union { inner: inner.into_iter().map(|plan| self.plan(plan, bound)).collect() }
            }
            Plan::Extend { inner, variable, expression } => {
                let expression = kept_text(self.expression(expression, &with_all([&inner], bound)), None);
                Plan::Extend { inner: self.plan(*inner, bound).into(), variable, expression }
            }
            Plan::OrderBy { inner, expression } => self.sorted(*inner, expression, bound),
            Plan::Group { inner, variables, aggregates } => {
                let within = with_all([&inner], bound);
                let mut watched = Vec::with_capacity(aggregates.len());
                for (variable, aggregate) in aggregates {
                    watched.push((variable, self.aggregate(aggregate, &within)));
                }
                Plan::Group { inner: self.plan(*inner, bound).into(), variables, aggregates: watched }
            }
            Plan::Project { inner, variables } => {
                let bound = bound.iter().filter(|variable| variables.contains(variable)).cloned().collect();
                Plan::Project { inner: self.plan(*inner, &bound).into(), variables }
            }
            Plan::Distinct { inner } => Plan::Distinct { inner: self.plan(*inner, bound).into() },
            Plan::Reduced { inner } => Plan::Reduced { inner: self.plan(*inner, bound).into() },
            Plan::Slice { inner, start, length } => {
                Plan::Slice { inner: self.plan(*inner, bound).into(), start, length }
            }
            Plan::Service { .. } => plan,
        }
    }

    /// A row that is bound to nothing by a function. Other than a condition it stays where it is.
    fn over(&mut self, plan: Plan, function: NamedNodeRef<'static>) -> Plan {
        Plan::Extend { inner: plan.into(), variable: self.fresh(), expression: call(function, Vec::new()) }
    }

    /// Sorts by keys that are made before.
    fn sorted(&mut self, inner: Plan, expressions: Vec<OrderExpression>, bound: &Variables) -> Plan {
        let within = with_all([&inner], bound);
        let mut inner = self.plan(inner, bound);
        let mut keys = Vec::with_capacity(expressions.len());
        for order in expressions {
            let variable = self.fresh();
            let key = Expression::Variable(variable.clone());
            let (by, key) = match order {
                OrderExpression::Asc(by) => (by, OrderExpression::Asc(key)),
                OrderExpression::Desc(by) => (by, OrderExpression::Desc(key)),
            };
            let expression = call(SORT_KEY, vec![self.expression(by, &within)]);
            inner = Plan::Extend { inner: inner.into(), variable, expression };
            keys.push(key);
        }
        Plan::OrderBy { inner: self.over(inner, KEPT).into(), expression: keys }
    }

    fn fresh(&mut self) -> Variable {
        self.fresh += 1;
        // No query can name this variable: SPARQL variables do not begin with a middle dot.
        Variable::new_unchecked(format!("\u{b7}w{}", self.fresh))
    }

    fn filter(&mut self, inner: Plan, expression: Expression, bound: &Variables) -> Plan {
        match inner {
            Plan::QuadPattern { .. } | Plan::Path { .. } | Plan::Graph { .. } | Plan::Values { .. } => {
                self.leaf(inner, Some(expression), bound)
            }
            _ => {
                let expression = self.condition(expression, &with_all([&inner], bound));
                Plan::Filter { inner: self.plan(inner, bound).into(), expression }
            }
        }
    }

    /// What reads the store, or a table, under a condition that looks.
    fn leaf(&mut self, mut plan: Plan, condition: Option<Expression>, bound: &Variables) -> Plan {
        let within = with_all([&plan], bound);
        let mut conditions: Vec<Expression> = self.part_repetitions(&mut plan);
        conditions.extend(condition);
        let expression = match conditions.len() {
            0 if matches!(&plan, Plan::Values { bindings, .. } if bindings.len() < 2) => return plan,
            0 => Expression::Coalesce(vec![call(PASSING, Vec::new()), Literal::from(true).into()]),
            1 => self.condition(conditions.remove(0), &within),
            _ => self.condition(Expression::And(conditions), &within),
        };
        Plan::Filter { inner: self.steps_from_each_node(plan, bound).into(), expression }
    }

    /// A path that repeats, with both ends free, is all evaluated before its first row, and held. It is evaluated from each node instead.
    fn steps_from_each_node(&mut self, plan: Plan, bound: &Variables) -> Plan {
        let Plan::Path { subject, path, object, graph_name } = &plan else { return plan };
        let (GroundTermPattern::Variable(start), GroundTermPattern::Variable(end)) = (subject, object) else {
            return plan;
        };
        if bound.contains(start) || bound.contains(end) || !repeats_at_once(path) {
            return plan;
        }
        let mut variables = vec![start.clone()];
        if let Some(NamedNodePattern::Variable(graph)) = graph_name {
            variables.push(graph.clone());
        }
        let quad = |subject: GroundTermPattern, predicate: Variable, object: GroundTermPattern| Plan::QuadPattern {
            subject,
            predicate: NamedNodePattern::Variable(predicate),
            object,
            graph_name: graph_name.clone(),
        };
        let fresh = |watch: &mut Self| GroundTermPattern::Variable(watch.fresh());
        let leaving = quad(subject.clone(), self.fresh(), fresh(self));
        let arriving = quad(fresh(self), self.fresh(), subject.clone());
        let nodes = Plan::Union { inner: vec![self.leaf(leaving, None, bound), self.leaf(arriving, None, bound)] };
        let inner = self.over(nodes, KEPT).into();
        let nodes = Plan::Distinct { inner: Plan::Project { inner, variables }.into() };
        Plan::Lateral { left: nodes.into(), right: plan.into() }
    }

    /// `?x ?p ?x` reads everything and says nothing of what does not fit: as `?x ?p ?y` with `SAMETERM(?x, ?y)` there is a look at each.
    fn part_repetitions(&mut self, plan: &mut Plan) -> Vec<Expression> {
        let Plan::QuadPattern { subject, predicate, object, graph_name } = plan else { return Vec::new() };
        let mut seen: Vec<Variable> = Vec::new();
        let mut parted = Vec::new();
        let mut part = |variable: &mut Variable| {
            if seen.contains(variable) {
                let fresh = self.fresh();
                let same = Expression::SameTerm(
                    Expression::Variable(variable.clone()).into(),
                    Expression::Variable(fresh.clone()).into(),
                );
                parted.push(same);
                *variable = fresh;
            } else {
                seen.push(variable.clone());
            }
        };
        if let GroundTermPattern::Variable(variable) = subject {
            part(variable);
        }
        if let NamedNodePattern::Variable(variable) = predicate {
            part(variable);
        }
        if let GroundTermPattern::Variable(variable) = object {
            part(variable);
        }
        if let Some(NamedNodePattern::Variable(variable)) = graph_name {
            part(variable);
        }
        parted
    }

    /// A condition that looks before it says no.
    fn condition(&mut self, expression: Expression, within: &Variables) -> Expression {
        match self.expression(expression, within) {
            Expression::Literal(value) => Expression::Literal(value),
            expression => Expression::Or(vec![call(PASSING, Vec::new()), expression]),
        }
    }

    fn aggregate(&mut self, aggregate: AggregateExpression, within: &Variables) -> AggregateExpression {
        match aggregate {
            AggregateExpression::FunctionCall { name, expr, distinct } => {
                let expr = self.expression(expr, within);
                let expr = match &name {
                    AggregateFunction::GroupConcat { separator } => {
                        let separator = separator.as_deref().unwrap_or(" ");
                        // The result is a simple literal, whatever the languages; what is distinct has been told apart with them.
                        let text = if distinct { expr } else { call_function(Function::Str, vec![expr]) };
                        kept_text(text, Some(separator))
                    }
                    _ => expr,
                };
                AggregateExpression::FunctionCall { name, expr, distinct }
            }
            other => other,
        }
    }

    fn expressions(&mut self, list: Vec<Expression>, within: &Variables) -> Vec<Expression> {
        list.into_iter().map(|expression| self.expression(expression, within)).collect()
    }

    /// What stands in it, `EXISTS` above all; `within` has values.
    fn expression(&mut self, expression: Expression, within: &Variables) -> Expression {
        let mut pair = |left: Box<Expression>, right: Box<Expression>| {
            (Box::new(self.expression(*left, within)), Box::new(self.expression(*right, within)))
        };
        match expression {
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {
                expression
            }
            Expression::Equal(a, b) => with(pair(a, b), Expression::Equal),
            Expression::SameTerm(a, b) => with(pair(a, b), Expression::SameTerm),
            Expression::Greater(a, b) => with(pair(a, b), Expression::Greater),
            Expression::GreaterOrEqual(a, b) => with(pair(a, b), Expression::GreaterOrEqual),
            Expression::Less(a, b) => with(pair(a, b), Expression::Less),
            Expression::LessOrEqual(a, b) => with(pair(a, b), Expression::LessOrEqual),
            Expression::Add(a, b) => with(pair(a, b), Expression::Add),
            Expression::Subtract(a, b) => with(pair(a, b), Expression::Subtract),
            Expression::Multiply(a, b) => with(pair(a, b), Expression::Multiply),
            Expression::Divide(a, b) => with(pair(a, b), Expression::Divide),
            Expression::Or(list) => Expression::Or(self.expressions(list, within)),
            Expression::And(list) => Expression::And(self.expressions(list, within)),
            Expression::Coalesce(list) => Expression::Coalesce(self.expressions(list, within)),
            Expression::UnaryPlus(inner) => Expression::UnaryPlus(self.expression(*inner, within).into()),
            Expression::UnaryMinus(inner) => Expression::UnaryMinus(self.expression(*inner, within).into()),
            Expression::Not(inner) => Expression::Not(self.expression(*inner, within).into()),
            Expression::Exists(inner) => Expression::Exists(self.plan(*inner, within).into()),
            Expression::If(a, b, c) => {
                let (a, b) = pair(a, b);
                Expression::If(a, b, self.expression(*c, within).into())
            }
            Expression::FunctionCall(function, arguments) => {
                let arguments = self.expressions(arguments, within);
                bounded(function, arguments)
            }
        }
    }
}

/// The variables of some plans and of those around them.
fn with_all<const N: usize>(plans: [&Plan; N], bound: &Variables) -> Variables {
    let mut variables = bound.clone();
    for plan in plans {
        plan.lookup_used_variables(&mut |variable| {
            variables.insert(variable.clone());
        });
    }
    variables
}

/// Whether a path begins with a part that repeats or may be empty.
fn repeats_at_once(path: &PropertyPathExpression) -> bool {
    use PropertyPathExpression::{
        Alternative, NamedNode, NegatedPropertySet, OneOrMore, Reverse, Sequence, ZeroOrMore, ZeroOrOne,
    };
    match path {
        ZeroOrMore(_) | OneOrMore(_) | ZeroOrOne(_) => true,
        Sequence(first, _) | Reverse(first) => repeats_at_once(first),
        Alternative(one, other) => repeats_at_once(one) || repeats_at_once(other),
        NamedNode(_) | NegatedPropertySet(_) => false,
    }
}

fn with(
    (left, right): (Box<Expression>, Box<Expression>),
    operator: fn(Box<Expression>, Box<Expression>) -> Expression,
) -> Expression {
    operator(left, right)
}

fn call(function: NamedNodeRef<'static>, arguments: Vec<Expression>) -> Expression {
    call_function(Function::Custom(function.into_owned()), arguments)
}

fn call_function(function: Function, arguments: Vec<Expression>) -> Expression {
    Expression::FunctionCall(function, arguments)
}

/// A call whose result cannot be too long.
fn bounded(function: Function, mut arguments: Vec<Expression>) -> Expression {
    match function {
        // Two at a time: the arguments of a function are all in memory at once.
        Function::Concat if arguments.len() > 1 => {
            let mut arguments = arguments.into_iter();
            let first = arguments.next().expect("there are two");
            arguments.fold(first, |left, right| call(CONCAT, vec![left, right]))
        }
        Function::Replace if arguments.len() > 2 => {
            let text = arguments[0].clone();
            arguments[0] = call(REPLACEABLE, vec![text, arguments[2].clone()]);
            call_function(Function::Replace, arguments)
        }
        Function::EncodeForUri => call_function(Function::EncodeForUri, vec![call(ENCODABLE, arguments)]),
        other => call_function(other, arguments),
    }
}

/// Counts a text that stays in memory, with a separator. What is no text by its form is left alone.
fn kept_text(expression: Expression, separator: Option<&str>) -> Expression {
    if separator.is_none() && !gives_text(&expression) {
        return expression;
    }
    let separator = separator.map(|text| Literal::new_simple_literal(text).into());
    call(KEPT_TEXT, std::iter::once(expression).chain(separator).collect())
}

fn gives_text(expression: &Expression) -> bool {
    use Function::{
        BNode, Custom, EncodeForUri, Iri, LCase, Md5, Replace, Sha1, Sha256, Sha384, Sha512, Str, StrAfter, StrBefore,
        StrDt, StrLang, StrUuid, SubStr, UCase, Uuid,
    };
    match expression {
        Expression::If(_, yes, no) => gives_text(yes) || gives_text(no),
        Expression::Coalesce(list) => list.iter().any(gives_text),
        Expression::FunctionCall(Custom(name), _) => name.as_ref() == CONCAT,
        Expression::FunctionCall(function, _) => matches!(
            function,
            BNode
                | EncodeForUri
                | Iri
                | LCase
                | Md5
                | Replace
                | Sha1
                | Sha256
                | Sha384
                | Sha512
                | Str
                | StrAfter
                | StrBefore
                | StrDt
                | StrLang
                | StrUuid
                | SubStr
                | UCase
                | Uuid
        ),
        _ => false,
    }
}

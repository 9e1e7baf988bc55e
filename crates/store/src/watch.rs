//! Makes products of patterns stop at the deadline, and keeps them and sorted results from filling the memory.
//!
//! The evaluator looks at its cancellation only where it reads the store. A product of patterns that share no variable,
//! and a join of tables that were computed before (VALUES, sub-selects, unions), run in memory and never look. So each of
//! them is wrapped into `BIND(<kept>() AS ?fresh)`, which is evaluated for every row, ends the thread when it is time and
//! counts the rows. What is sorted is wrapped too. Since the optimiser moves conditions below such a BIND, each condition
//! above a product becomes `<passing>() || condition`, which looks at the clock only. Both functions are false.
//! Joins of triple patterns that share variables read the store for each row and stay as they are: wrapped, they
//! would lose the nested-loop join inside OPTIONAL.

use oxigraph::model::{Literal, NamedNodeRef, Variable};
use oxigraph::sparql::SparqlEvaluator;
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use spargebra::{GraphUpdateOperation, Query, Update};
use std::collections::BTreeSet;

use crate::worker::Deadline;

const KEPT: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:kept");
const DISTANCE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.opengis.net/def/function/geosparql/distance");
const PASSING: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:passing");

/// An evaluator that stops at the deadline.
pub(crate) fn evaluator(deadline: &Deadline) -> SparqlEvaluator {
    let (kept, passing) = (deadline.clone(), deadline.clone());
    with_distance(SparqlEvaluator::new())
        .with_cancellation_token(deadline.token())
        .with_custom_function(KEPT.into_owned(), move |_| {
            kept.count_row();
            Some(Literal::from(false).into())
        })
        .with_custom_function(PASSING.into_owned(), move |_| {
            passing.look();
            Some(Literal::from(false).into())
        })
}

/// GeoSPARQL's distance of two points, by great circle. Its other functions stay off: on shapes that a query brings along they may take
/// long, and none of them looks at the deadline.
fn with_distance(evaluator: SparqlEvaluator) -> SparqlEvaluator {
    let functions = spargeo::GEOSPARQL_EXTENSION_FUNCTIONS.into_iter();
    functions
        .filter(|(name, _)| *name == DISTANCE)
        .fold(evaluator, |evaluator, (name, function)| evaluator.with_custom_function(name.into_owned(), function))
}

/// Watches the products of a query.
pub(crate) fn watch_query(query: &mut Query) {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    Watch::default().pattern(pattern);
}

/// Watches the products of an update.
pub(crate) fn watch_update(update: &mut Update) {
    let mut watch = Watch::default();
    for operation in &mut update.operations {
        if let GraphUpdateOperation::DeleteInsert { pattern, .. } = operation {
            watch.pattern(pattern);
        }
    }
}

#[derive(Default)]
struct Watch {
    /// Names the fresh variables.
    wrapped: usize,
    products: usize,
}

impl Watch {
    fn pattern(&mut self, pattern: &mut GraphPattern) {
        let is_product = is_product(pattern);
        self.inside(pattern);
        if is_product {
            self.products += 1;
            self.wrap(pattern);
        }
    }

    fn wrap(&mut self, pattern: &mut GraphPattern) {
        // No query can name this variable: SPARQL variables do not begin with a middle dot.
        let variable = Variable::new_unchecked(format!("\u{b7}kept{}", self.wrapped));
        self.wrapped += 1;
        let inner = std::mem::replace(pattern, GraphPattern::Values { variables: Vec::new(), bindings: Vec::new() });
        *pattern = GraphPattern::Extend { inner: Box::new(inner), variable, expression: call(KEPT) };
    }

    fn inside(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
            GraphPattern::Join { left, right } => {
                self.join_member(left);
                self.join_member(right);
            }
            GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right }
            | GraphPattern::Lateral { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                let before = self.products;
                let multiplies = variables(left).is_disjoint(&variables(right));
                self.pattern(left);
                self.pattern(right);
                if let Some(expression) = expression {
                    self.condition(expression, multiplies || self.products > before);
                }
            }
            GraphPattern::Filter { expr, inner } => {
                let before = self.products;
                self.pattern(inner);
                self.condition(expr, self.products > before);
            }
            GraphPattern::Extend { inner, expression, .. } => {
                self.pattern(inner);
                self.expression(expression);
            }
            GraphPattern::OrderBy { inner, .. } => {
                self.pattern(inner);
                self.wrap(inner);
            }
            GraphPattern::Graph { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Group { inner, .. }
            | GraphPattern::Service { inner, .. } => self.pattern(inner),
        }
    }

    /// A join tree is watched as a whole, so that the optimiser can still order it.
    fn join_member(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Join { .. } | GraphPattern::Bgp { .. } => self.inside(pattern),
            _ => self.pattern(pattern),
        }
    }

    /// Each conjunct by itself, so that the optimiser can still move them one by one.
    fn condition(&mut self, expression: &mut Expression, over_product: bool) {
        if let Expression::And(left, right) = expression {
            self.condition(left, over_product);
            self.condition(right, over_product);
            return;
        }
        self.expression(expression);
        if over_product {
            let condition = std::mem::replace(expression, call(PASSING));
            *expression = Expression::Or(Box::new(call(PASSING)), Box::new(condition));
        }
    }

    /// Looks for EXISTS in conditions; under a comparison it is not looked for.
    fn expression(&mut self, expression: &mut Expression) {
        match expression {
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::Not(inner) => self.expression(inner),
            Expression::Or(left, right) | Expression::And(left, right) => {
                self.expression(left);
                self.expression(right);
            }
            Expression::If(a, b, c) => {
                self.expression(a);
                self.expression(b);
                self.expression(c);
            }
            Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
                list.iter_mut().for_each(|expression| self.expression(expression));
            }
            _ => {}
        }
    }
}

fn call(function: NamedNodeRef<'static>) -> Expression {
    Expression::FunctionCall(Function::Custom(function.into_owned()), Vec::new())
}

/// Whether rows can multiply without the store being read.
fn is_product(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Join { .. } => {
            let mut members = Vec::new();
            flatten(pattern, &mut members);
            let computed = members.iter().filter(|member| !member.reads_store).count();
            computed > 1 || components(members.into_iter().map(|member| member.variables).collect()) > 1
        }
        GraphPattern::LeftJoin { left, right, .. } | GraphPattern::Lateral { left, right } => {
            variables(left).is_disjoint(&variables(right))
        }
        _ => false,
    }
}

/// A part of a join.
struct Member {
    variables: BTreeSet<String>,
    reads_store: bool,
}

fn flatten(pattern: &GraphPattern, members: &mut Vec<Member>) {
    match pattern {
        GraphPattern::Join { left, right } => {
            flatten(left, members);
            flatten(right, members);
        }
        GraphPattern::Bgp { patterns } => {
            let member = |triple: &TriplePattern| Member { variables: triple_variables(triple), reads_store: true };
            members.extend(patterns.iter().map(member));
        }
        _ => members.push(Member { variables: variables(pattern), reads_store: reads_store(pattern) }),
    }
}

fn reads_store(pattern: &GraphPattern) -> bool {
    matches!(pattern, GraphPattern::Path { .. } | GraphPattern::Graph { .. })
}

/// How many parts hang together by shared variables.
fn components(mut parts: Vec<BTreeSet<String>>) -> usize {
    let mut count = 0;
    while let Some(mut component) = parts.pop() {
        while let Some(at) = parts.iter().position(|part| !part.is_disjoint(&component)) {
            component.extend(parts.swap_remove(at));
        }
        count += 1;
    }
    count
}

fn variables(pattern: &GraphPattern) -> BTreeSet<String> {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().flat_map(triple_variables).collect(),
        _ => {
            let mut names = BTreeSet::new();
            pattern.on_in_scope_variable(|variable| {
                names.insert(variable.as_str().to_owned());
            });
            names
        }
    }
}

/// Variables, and blank nodes, which join as variables do.
fn triple_variables(triple: &TriplePattern) -> BTreeSet<String> {
    let predicate = match &triple.predicate {
        NamedNodePattern::Variable(variable) => Some(variable.as_str().to_owned()),
        NamedNodePattern::NamedNode(_) => None,
    };
    [term_variable(&triple.subject), predicate, term_variable(&triple.object)].into_iter().flatten().collect()
}

fn term_variable(term: &TermPattern) -> Option<String> {
    match term {
        TermPattern::Variable(variable) => Some(variable.as_str().to_owned()),
        TermPattern::BlankNode(node) => Some(node.to_string()),
        _ => None,
    }
}

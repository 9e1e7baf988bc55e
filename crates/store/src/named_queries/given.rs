//! Puts terms in the place of variables, everywhere in a query: in patterns, in conditions, and in what sub-queries look for.
//!
//! The evaluator can bind variables before it starts, but then the optimiser plans as if nothing were known of them, and sub-queries do not
//! see them.

use super::page::Page;
use oxigraph::model::{Literal, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeMap;

/// What a query is asked with.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// The terms of the variables that are given.
    pub(super) terms: BTreeMap<Variable, Term>,
    /// Which part of the answer is wanted, where it comes in pages.
    pub(super) page: Option<Page>,
}

/// Puts the terms in the place of their variables, which are no columns of the answer any more, and the page in its place.
pub(super) fn give(query: &mut Query, given: &Given) {
    let (Query::Select { pattern: inner, .. }
    | Query::Construct { pattern: inner, .. }
    | Query::Describe { pattern: inner, .. }
    | Query::Ask { pattern: inner, .. }) = query;
    pattern(inner, given);
}

fn pattern(of: &mut GraphPattern, given: &Given) {
    match of {
        GraphPattern::Bgp { patterns } => patterns.iter_mut().for_each(|each| triple(each, given)),
        GraphPattern::Path { subject, object, .. } => [subject, object].into_iter().for_each(|each| term(each, given)),
        GraphPattern::Join { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right }
        | GraphPattern::Lateral { left, right } => [left, right].into_iter().for_each(|each| pattern(each, given)),
        GraphPattern::LeftJoin { left, right, expression: condition } => {
            [left, right].into_iter().for_each(|each| pattern(each, given));
            condition.iter_mut().for_each(|each| expression(each, given));
        }
        GraphPattern::Filter { expr, inner } => {
            expression(expr, given);
            pattern(inner, given);
        }
        GraphPattern::Extend { inner, expression: value, .. } => {
            expression(value, given);
            pattern(inner, given);
        }
        GraphPattern::OrderBy { inner, expression: order } => {
            for OrderExpression::Asc(each) | OrderExpression::Desc(each) in order {
                expression(each, given);
            }
            pattern(inner, given);
        }
        GraphPattern::Project { inner, variables } => {
            variables.retain(|variable| !given.terms.contains_key(variable));
            pattern(inner, given);
        }
        GraphPattern::Group { inner, variables, aggregates } => {
            variables.retain(|variable| !given.terms.contains_key(variable));
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    expression(expr, given);
                }
            }
            pattern(inner, given);
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Service { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner } => pattern(inner, given),
        GraphPattern::Slice { inner, start, length } => {
            given.page.iter().for_each(|page| page.take_place(start, length));
            pattern(inner, given);
        }
        GraphPattern::Values { .. } => {}
    }
}

fn triple(of: &mut TriplePattern, given: &Given) {
    term(&mut of.subject, given);
    term(&mut of.object, given);
    if let NamedNodePattern::Variable(variable) = &of.predicate
        && let Some(Term::NamedNode(node)) = given.terms.get(variable)
    {
        of.predicate = node.clone().into();
    }
}

fn term(of: &mut TermPattern, given: &Given) {
    if let TermPattern::Variable(variable) = of
        && let Some(its) = given.terms.get(variable)
    {
        *of = its.clone().into();
    }
}

fn expression(of: &mut Expression, given: &Given) {
    match of {
        Expression::Variable(variable) => match given.terms.get(variable) {
            Some(Term::NamedNode(node)) => *of = Expression::NamedNode(node.clone()),
            Some(Term::Literal(literal)) => *of = Expression::Literal(literal.clone()),
            _ => {}
        },
        Expression::Bound(variable) => {
            if given.terms.contains_key(variable) {
                *of = Expression::Literal(Literal::from(true));
            }
        }
        Expression::Exists(inner) => pattern(inner, given),
        Expression::NamedNode(_) | Expression::Literal(_) => {}
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
        | Expression::Divide(a, b) => [a, b].into_iter().for_each(|each| expression(each, given)),
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => expression(a, given),
        Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|each| expression(each, given)),
        Expression::In(a, list) => {
            expression(a, given);
            list.iter_mut().for_each(|each| expression(each, given));
        }
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
            list.iter_mut().for_each(|each| expression(each, given));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::NamedNode;
    use spargebra::SparqlParser;

    /// Sub-queries, conditions and EXISTS get the terms, and no variable of the name is left.
    #[test]
    fn terms_stand_wherever_their_variables_stood() {
        let text = "SELECT ?x ?who WHERE { { SELECT ?x (COUNT(?who) AS ?n) WHERE { ?x ?p ?who } GROUP BY ?x ?who }
            OPTIONAL { ?x <urn:q>* ?who FILTER(BOUND(?who) && ?who IN (?x, ?who)) }
            FILTER NOT EXISTS { ?who <urn:r> ?x } } ORDER BY IF(?who = ?x, 1, 2)";
        let mut query = SparqlParser::new().parse_query(text).unwrap();
        let who = NamedNode::new_unchecked("urn:given");
        give(&mut query, &Given { terms: [(Variable::new_unchecked("who"), who.into())].into(), page: None });
        let shown = query.to_string();
        assert!(!shown.contains("?who"), "{shown}");
        assert_eq!(shown.matches("<urn:given>").count(), 7, "{shown}");
    }
}

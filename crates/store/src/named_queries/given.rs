//! Puts terms in the place of variables, everywhere in a query: in patterns, in conditions, and in what sub-queries look for.
//!
//! The evaluator can bind variables before it starts, but then the optimiser plans as if nothing were known of them, and sub-queries do not
//! see them.

use oxigraph::model::{Literal, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeMap;

/// The terms of the variables that are given.
type Terms = BTreeMap<Variable, Term>;

/// Puts the terms in the place of their variables. Those are no columns of the answer any more.
pub(super) fn give(query: &mut Query, terms: &Terms) {
    let (Query::Select { pattern: inner, .. }
    | Query::Construct { pattern: inner, .. }
    | Query::Describe { pattern: inner, .. }
    | Query::Ask { pattern: inner, .. }) = query;
    pattern(inner, terms);
}

fn pattern(of: &mut GraphPattern, terms: &Terms) {
    match of {
        GraphPattern::Bgp { patterns } => patterns.iter_mut().for_each(|each| triple(each, terms)),
        GraphPattern::Path { subject, object, .. } => [subject, object].into_iter().for_each(|each| term(each, terms)),
        GraphPattern::Join { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right }
        | GraphPattern::Lateral { left, right } => [left, right].into_iter().for_each(|each| pattern(each, terms)),
        GraphPattern::LeftJoin { left, right, expression: condition } => {
            [left, right].into_iter().for_each(|each| pattern(each, terms));
            condition.iter_mut().for_each(|each| expression(each, terms));
        }
        GraphPattern::Filter { expr, inner } => {
            expression(expr, terms);
            pattern(inner, terms);
        }
        GraphPattern::Extend { inner, expression: value, .. } => {
            expression(value, terms);
            pattern(inner, terms);
        }
        GraphPattern::OrderBy { inner, expression: order } => {
            for OrderExpression::Asc(each) | OrderExpression::Desc(each) in order {
                expression(each, terms);
            }
            pattern(inner, terms);
        }
        GraphPattern::Project { inner, variables } => {
            variables.retain(|variable| !terms.contains_key(variable));
            pattern(inner, terms);
        }
        GraphPattern::Group { inner, variables, aggregates } => {
            variables.retain(|variable| !terms.contains_key(variable));
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    expression(expr, terms);
                }
            }
            pattern(inner, terms);
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Service { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => pattern(inner, terms),
        GraphPattern::Values { .. } => {}
    }
}

fn triple(of: &mut TriplePattern, terms: &Terms) {
    term(&mut of.subject, terms);
    term(&mut of.object, terms);
    if let NamedNodePattern::Variable(variable) = &of.predicate
        && let Some(Term::NamedNode(node)) = terms.get(variable)
    {
        of.predicate = node.clone().into();
    }
}

fn term(of: &mut TermPattern, terms: &Terms) {
    if let TermPattern::Variable(variable) = of
        && let Some(given) = terms.get(variable)
    {
        *of = given.clone().into();
    }
}

fn expression(of: &mut Expression, terms: &Terms) {
    match of {
        Expression::Variable(variable) => match terms.get(variable) {
            Some(Term::NamedNode(node)) => *of = Expression::NamedNode(node.clone()),
            Some(Term::Literal(literal)) => *of = Expression::Literal(literal.clone()),
            _ => {}
        },
        Expression::Bound(variable) => {
            if terms.contains_key(variable) {
                *of = Expression::Literal(Literal::from(true));
            }
        }
        Expression::Exists(inner) => pattern(inner, terms),
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
        | Expression::Divide(a, b) => [a, b].into_iter().for_each(|each| expression(each, terms)),
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => expression(a, terms),
        Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|each| expression(each, terms)),
        Expression::In(a, list) => {
            expression(a, terms);
            list.iter_mut().for_each(|each| expression(each, terms));
        }
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
            list.iter_mut().for_each(|each| expression(each, terms));
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
        let given = NamedNode::new_unchecked("urn:given");
        give(&mut query, &[(Variable::new_unchecked("who"), given.into())].into());
        let shown = query.to_string();
        assert!(!shown.contains("?who"), "{shown}");
        assert_eq!(shown.matches("<urn:given>").count(), 7, "{shown}");
    }
}

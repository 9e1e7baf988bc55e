//! Where the functions stand in a plan.

use super::expression::{call, kept_text};
use super::{KEPT, PASSING, SORT_KEY};
use oxigraph::model::{Literal, NamedNodeRef, Variable};
use spargebra::term::{GroundTermPattern, NamedNodePattern};
use sparopt::algebra::{Expression, GraphPattern as Plan, OrderExpression, PropertyPathExpression};
use std::collections::HashSet;

pub(super) type Variables = HashSet<Variable>;

/// Puts the functions into one plan.
#[derive(Default)]
pub(super) struct Watch {
    /// Names the fresh variables.
    fresh: usize,
}

impl Watch {
    /// The plan with looks in it, where `bound` may have values before it is evaluated.
    pub(super) fn plan(&mut self, plan: Plan, bound: &Variables) -> Plan {
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
    pub(super) fn over(&mut self, plan: Plan, function: NamedNodeRef<'static>) -> Plan {
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
        Plan::Filter { inner: self.each_node_first(plan, bound).into(), expression }
    }

    /// A path that repeats, with both ends free, is all evaluated before its first row, and held. It is evaluated from each node instead.
    fn each_node_first(&mut self, plan: Plan, bound: &Variables) -> Plan {
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
}

/// The variables of some plans and of those around them.
pub(super) fn with_all<const N: usize>(plans: [&Plan; N], bound: &Variables) -> Variables {
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

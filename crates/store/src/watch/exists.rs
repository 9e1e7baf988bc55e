//! What `EXISTS` asks is looked up in turn, beginning with what the row knows.
//!
//! The optimiser leaves the patterns in a condition as they are written, and the evaluator then makes the product of all that each of them
//! matches in the whole graph, for each row: two patterns over 200,000 claims took longer than 10 s.

use super::plan::{Variables, with_all};
use spargebra::term::GroundTermPattern;
use sparopt::algebra::GraphPattern as Plan;

/// The plan with its joins of patterns made lookups, where `bound` has values.
pub(super) fn in_turn(plan: Plan, bound: &Variables) -> Plan {
    let within = |plan: Box<Plan>| Box::new(in_turn(*plan, bound));
    match plan {
        Plan::Join { .. } => join(parts(plan), bound),
        Plan::Lateral { left, right } => {
            let right = in_turn(*right, &with_all([&left], bound)).into();
            Plan::Lateral { left: within(left), right }
        }
        Plan::LeftJoin { left, right, expression, algorithm } => {
            // Other than a part that is looked up row by row, the right side is evaluated once and knows nothing of the left.
            let known = if left.is_empty_singleton() { bound.clone() } else { Variables::new() };
            Plan::LeftJoin { left: within(left), right: in_turn(*right, &known).into(), expression, algorithm }
        }
        Plan::Filter { inner, expression } => Plan::Filter { inner: within(inner), expression },
        Plan::Extend { inner, variable, expression } => Plan::Extend { inner: within(inner), variable, expression },
        Plan::Minus { left, right, algorithm } => Plan::Minus { left: within(left), right, algorithm },
        Plan::Union { inner } => Plan::Union { inner: inner.into_iter().map(|plan| in_turn(plan, bound)).collect() },
        other => other,
    }
}

/// Each time the part that knows most of what it is looked up by.
fn join(mut parts: Vec<Plan>, bound: &Variables) -> Plan {
    let mut known = bound.clone();
    let mut joined: Option<Plan> = None;
    while !parts.is_empty() {
        let (next, _) = parts.iter().enumerate().min_by_key(|(_, part)| width(part, &known)).expect("there are some");
        let part = in_turn(parts.remove(next), bound);
        known = with_all([&part], &known);
        joined = Some(match joined {
            None => part,
            Some(left) if is_pattern(&part) => Plan::Lateral { left: left.into(), right: part.into() },
            Some(left) => Plan::join(left, part, Default::default()),
        });
    }
    joined.unwrap_or_else(Plan::empty_singleton)
}

fn parts(plan: Plan) -> Vec<Plan> {
    match plan {
        Plan::Join { left, right, .. } => [parts(*left), parts(*right)].concat(),
        other => vec![other],
    }
}

fn is_pattern(plan: &Plan) -> bool {
    matches!(plan, Plan::QuadPattern { .. } | Plan::Path { .. } | Plan::Values { .. })
}

/// How much a part may match: with its subject known little, with its object known more. What is no pattern comes last.
fn width(part: &Plan, known: &Variables) -> u8 {
    let is_known = |term: &GroundTermPattern| match term {
        GroundTermPattern::Variable(variable) => known.contains(variable),
        _ => true,
    };
    match part {
        Plan::Values { .. } => 1,
        Plan::QuadPattern { subject, object, .. } | Plan::Path { subject, object, .. } => {
            match (is_known(subject), is_known(object)) {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (false, false) => 3,
            }
        }
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sparql::parser;
    use oxigraph::model::Variable;
    use spargebra::Query;

    /// What is made of the patterns of an `EXISTS` for a row that knows `?row`.
    fn looked_up(patterns: &str) -> String {
        let query = format!("SELECT * WHERE {{ {patterns} }}");
        let Query::Select { pattern, .. } = parser(None).unwrap().parse_query(&query).unwrap() else {
            panic!("it is a SELECT")
        };
        let Plan::Project { inner, .. } = Plan::from(&pattern) else { panic!("all its variables are asked for") };
        format!("{:?}", in_turn(*inner, &Variables::from([Variable::new("row").unwrap()])))
    }

    #[test]
    fn what_the_row_knows_comes_first() {
        let plan = looked_up("?far <urn:third> ?end . ?near <urn:second> ?far . ?row <urn:first> ?near");
        let at = |name: &str| plan.find(name).unwrap();
        assert!(at("urn:first") < at("urn:second") && at("urn:second") < at("urn:third"), "{plan}");
        assert!(!plan.contains("Join {"), "{plan}");
    }

    #[test]
    fn what_is_no_pattern_is_still_joined() {
        let plan = looked_up("{ SELECT DISTINCT ?near WHERE { ?near <urn:second> ?far } } ?row <urn:first> ?near");
        assert!(plan.find("Join {").unwrap() < plan.find("urn:first").unwrap(), "{plan}");
    }
}

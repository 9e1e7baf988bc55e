//! Optional parts are looked up for each row of what stands before them.
//!
//! The optimiser does that too, but where it takes the rows before to be very many it reads all that the part can match in the whole graph, and
//! joins that. Its numbers grow with each pattern that stands before, not with the rows: behind a union, a group or a dozen patterns it
//! read half a million rows for a hundred. A look costs some microseconds a row, the table always what the graph is large.

use super::plan::{Variables, with_all};
use sparopt::algebra::{GraphPattern as Plan, LeftJoinAlgorithm};

/// The plan with each plain optional part evaluated row by row.
pub(super) fn row_by_row(plan: Plan) -> Plan {
    let within = |plan: Box<Plan>| Box::new(row_by_row(*plan));
    match plan {
        Plan::LeftJoin { left, right, expression, algorithm } => {
            let (left, right) = (within(left), within(right));
            if !is_plain(&right) || !share(&left, &right) {
                return Plan::LeftJoin { left, right, expression, algorithm };
            }
            let algorithm = LeftJoinAlgorithm::HashBuildRightProbeLeft { keys: Vec::new() };
            let part = Plan::LeftJoin { left: Plan::empty_singleton().into(), right, expression, algorithm };
            Plan::Lateral { left, right: part.into() }
        }
        Plan::Join { left, right, algorithm } => Plan::Join { left: within(left), right: within(right), algorithm },
        Plan::Lateral { left, right } => Plan::Lateral { left: within(left), right: within(right) },
        Plan::Minus { left, right, algorithm } => Plan::Minus { left: within(left), right: within(right), algorithm },
        Plan::Union { inner } => Plan::Union { inner: inner.into_iter().map(row_by_row).collect() },
        Plan::Filter { inner, expression } => Plan::Filter { inner: within(inner), expression },
        Plan::Extend { inner, variable, expression } => Plan::Extend { inner: within(inner), variable, expression },
        Plan::OrderBy { inner, expression } => Plan::OrderBy { inner: within(inner), expression },
        Plan::Group { inner, variables, aggregates } => Plan::Group { inner: within(inner), variables, aggregates },
        Plan::Project { inner, variables } => Plan::Project { inner: within(inner), variables },
        Plan::Distinct { inner } => Plan::Distinct { inner: within(inner) },
        Plan::Reduced { inner } => Plan::Reduced { inner: within(inner) },
        Plan::Slice { inner, start, length } => Plan::Slice { inner: within(inner), start, length },
        Plan::QuadPattern { .. }
        | Plan::Path { .. }
        | Plan::Graph { .. }
        | Plan::Values { .. }
        | Plan::Service { .. } => plan,
    }
}

/// Patterns alone: what such a part means does not depend on whether the rows before are known while it is evaluated.
fn is_plain(plan: &Plan) -> bool {
    match plan {
        Plan::QuadPattern { .. } | Plan::Path { .. } => true,
        Plan::Join { left, right, .. } => is_plain(left) && is_plain(right),
        _ => false,
    }
}

/// Whether two parts have a variable in common; without one each row of the first goes with each of the second.
fn share(left: &Plan, right: &Plan) -> bool {
    !with_all([left], &Variables::new()).is_disjoint(&with_all([right], &Variables::new()))
}

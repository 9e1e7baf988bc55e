//! Nothing goes in that breaks a shape: every change set is validated before it is committed.
//!
//! Validated are the nodes that a change touches and those that point to one that goes, not the whole graph: what was wrong before
//! and stays as it is (tables of one's own, a store from before a shape) keeps no document out, and `chancery validate
//! --store` tells of it.

use chancery_model::Language;
use chancery_shapes::{Graph, Report, Shapes};
use chancery_store::{ChangeSet, GraphChange, Receipt, Store, StoreError};

/// A document that was read, but that would break a shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    /// The key.
    pub id: String,
    /// Which nodes would break which shapes.
    pub report: Report,
}

impl Rejected {
    /// What it would break, in a language: one line a result, details below it.
    pub fn reason(&self, language: Language) -> String {
        reason(&self.report, language)
    }
}

/// Applies a change where the graph after it is well formed; where it is not, nothing happens, and the report says why.
pub(crate) fn apply(store: &Store, changes: ChangeSet) -> Result<Result<Receipt, Report>, StoreError> {
    let mut broken = None;
    let applied = store.apply_checked(changes, |change| {
        let report = validate(change);
        if is_acceptable(&report) {
            return Ok(());
        }
        let reason = reason(&report, Language::English);
        broken = Some(report);
        Err(reason)
    });
    match (applied, broken) {
        (Err(StoreError::Rejected { .. }), Some(report)) => Ok(Err(report)),
        (applied, _) => applied.map(Ok),
    }
}

fn validate(change: &GraphChange) -> Report {
    let graph: Graph = change.triples().collect();
    Shapes::ours().validate_nodes(&graph, change.subjects().iter().cloned())
}

/// Warnings let a change pass; a report that was cut short does not.
fn is_acceptable(report: &Report) -> bool {
    report.complete && report.violations().next().is_none()
}

pub(crate) fn reason(report: &Report, language: Language) -> String {
    let lines = report.lines(language.code());
    if lines.is_empty() { report.text(language.code()) } else { lines.join("\n") }
}

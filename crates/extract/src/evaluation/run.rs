//! One evaluation kept to compare with another: what got better, what got worse.

use super::{Annotation, ErrorKind, Evaluation, Finding};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An evaluation with what it was made of, as `chancery eval --json` writes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The annotated files, by name.
    pub gold: Vec<String>,
    /// Program and data version, or the file of predictions.
    pub predicted_by: String,
    /// The scores and errors.
    #[serde(flatten)]
    pub evaluation: Evaluation,
}

/// How an annotated or predicted claim fares in two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It was wrong and is right.
    Better,
    /// It was right and is wrong.
    Worse,
    /// It is wrong in another way.
    Other,
}

/// A claim that fares otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Better or worse.
    pub change: Change,
    /// What was wrong before.
    pub before: Vec<ErrorKind>,
    /// What is wrong now.
    pub after: Vec<ErrorKind>,
    /// An example of either run.
    pub finding: Finding,
}

/// What changed between two runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Each measure that both runs have: name, before, after.
    pub measures: Vec<(String, f64, f64)>,
    /// Claims that fare otherwise, the better ones first, in the order of the documents.
    pub claims: Vec<Changed>,
}

/// The measures that are compared.
const MEASURES: [&str; 13] = [
    "exact",
    "exact.precision",
    "exact.recall",
    "root",
    "dyad",
    "status",
    "status_macro_f1",
    "date",
    "date_precision",
    "attribution",
    "topic",
    "grounded",
    "dyad.precision",
];

impl Run {
    /// What changed since `before`. Claims are told apart by document and content, so that a file may grow between the runs.
    pub fn since(&self, before: &Self) -> Comparison {
        let (old, new) = (by_claim(&before.evaluation.findings), by_claim(&self.evaluation.findings));
        let keys: BTreeSet<&Key> = old.keys().chain(new.keys()).collect();
        let mut claims: Vec<Changed> = keys.into_iter().filter_map(|key| changed(old.get(key), new.get(key))).collect();
        claims.sort_by_key(|changed| changed.change);
        let both = |name: &str| Some((before.evaluation.measure(name)?, self.evaluation.measure(name)?));
        let measures = MEASURES.iter().filter_map(|name| both(name).map(|(a, b)| ((*name).to_owned(), a, b))).collect();
        Comparison { measures, claims }
    }
}

/// A claim by its document, whether it is annotated, and what it says.
type Key = (String, bool, String);

fn by_claim(findings: &[Finding]) -> BTreeMap<Key, Vec<&Finding>> {
    let mut claims: BTreeMap<Key, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let annotated = finding.gold.as_ref();
        let Some(claim) = annotated.or(finding.predicted.as_ref()) else { continue };
        let key = (finding.document.clone(), annotated.is_some(), content(claim));
        claims.entry(key).or_default().push(finding);
    }
    claims
}

fn content(claim: &Annotation) -> String {
    format!(
        "{} {:?} {:?} {} {}",
        claim.event_type,
        claim.source,
        claim.target,
        claim.status.as_deref().unwrap_or_default(),
        claim.quote.as_deref().unwrap_or_default()
    )
}

fn changed(old: Option<&Vec<&Finding>>, new: Option<&Vec<&Finding>>) -> Option<Changed> {
    let kinds = |findings: Option<&Vec<&Finding>>| -> Vec<ErrorKind> {
        findings.into_iter().flatten().map(|finding| finding.kind).collect()
    };
    let (before, after) = (kinds(old), kinds(new));
    let change = match (before.is_empty(), after.is_empty()) {
        _ if before == after => return None,
        (_, true) => Change::Better,
        (true, _) => Change::Worse,
        _ => Change::Other,
    };
    let finding = (*new.or(old)?.first()?).clone();
    Some(Changed { change, before, after, finding })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{AnnotatedDocument, evaluate};

    fn run(types: &[&str]) -> Run {
        let claim = |event_type: &&str| Annotation {
            event_type: (*event_type).to_owned(),
            source: Some(vec!["FRA".into()]),
            target: Some(vec!["MAR".into()]),
            status: Some("occurred".into()),
            ..Annotation::default()
        };
        let document = |types: &[&str]| AnnotatedDocument {
            id: "d".into(),
            claims: Some(types.iter().map(claim).collect()),
            ..AnnotatedDocument::default()
        };
        let evaluation = evaluate(&[document(&["visit", "accuse"])], &[document(types)]);
        Run { evaluation, ..Run::default() }
    }

    #[test]
    fn a_run_tells_what_changed() {
        let changes = |before: &[&str], after: &[&str]| -> Vec<Change> {
            run(after).since(&run(before)).claims.iter().map(|changed| changed.change).collect()
        };
        assert_eq!(changes(&["visit"], &["visit"]), []);
        assert_eq!(changes(&["visit"], &["visit", "accuse"]), [Change::Better]);
        assert_eq!(changes(&["visit"], &["accuse"]), [Change::Better, Change::Worse]);
        // A missed claim that is now read as something else is wrong in another way.
        assert_eq!(changes(&["visit"], &["visit", "condemn"]), [Change::Other]);
        let comparison = run(&["visit", "accuse"]).since(&run(&["visit"]));
        let exact = comparison.measures.iter().find(|(name, ..)| name == "exact").expect("exact is measured");
        assert!(exact.1 < exact.2);
    }
}

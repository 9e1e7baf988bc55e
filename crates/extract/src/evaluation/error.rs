//! What is wrong with a prediction, and how: the kinds of error that tell where to work.

use super::{Annotation, Level, Pair, pairs};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// A kind of error, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// Nothing was read of it.
    Missed,
    /// Nobody says it.
    Invented,
    /// The right parties did something else.
    WrongType,
    /// The right type and parties, but who did it to whom is turned round.
    WrongRole,
    /// The right type with one party too few or too many, or with another party.
    WrongParties,
    /// How real it is.
    Status,
    /// The day, month or year; invented dates too.
    Date,
    /// On whose word.
    Attribution,
}

impl ErrorKind {
    /// All kinds, in order.
    pub const ALL: [Self; 8] = [
        Self::Missed,
        Self::Invented,
        Self::WrongType,
        Self::WrongRole,
        Self::WrongParties,
        Self::Status,
        Self::Date,
        Self::Attribution,
    ];

    /// The word used in JSON and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::Invented => "invented",
            Self::WrongType => "wrong-type",
            Self::WrongRole => "wrong-role",
            Self::WrongParties => "wrong-parties",
            Self::Status => "status",
            Self::Date => "date",
            Self::Attribution => "attribution",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One error. A pair of claims can be wrong in several ways; each is one finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The document.
    pub document: String,
    /// What is wrong.
    pub kind: ErrorKind,
    /// What the annotation says; none where the claim is invented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gold: Option<Annotation>,
    /// What was read; none where the claim was missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicted: Option<Annotation>,
}

/// The errors of one document: first those of the pairs, then of what is left over.
pub(super) fn findings(document: &str, gold: &[Annotation], predicted: &[Annotation], exact: &[Pair]) -> Vec<Finding> {
    let finding = |kind, gold: Option<&Annotation>, predicted: Option<&Annotation>| Finding {
        document: document.to_owned(),
        kind,
        gold: gold.cloned(),
        predicted: predicted.cloned(),
    };
    let mut findings = Vec::new();
    for pair in exact {
        let (g, p) = (&gold[pair.gold], &predicted[pair.predicted]);
        findings.extend(faults(g, p, pair.weight).map(|kind| finding(kind, Some(g), Some(p))));
    }
    let used: BTreeSet<usize> = exact.iter().map(|pair| pair.gold).collect();
    let mut left: Vec<&Annotation> =
        gold.iter().enumerate().filter(|(at, _)| !used.contains(at)).map(|x| x.1).collect();
    let used: BTreeSet<usize> = exact.iter().map(|pair| pair.predicted).collect();
    let mut over: Vec<&Annotation> =
        predicted.iter().enumerate().filter(|(at, _)| !used.contains(at)).map(|x| x.1).collect();
    for (g, p) in take_pairs(&mut left, &mut over, |left, over| pairs(left, over, Level::Dyad)) {
        let kind = if g.event_type == p.event_type { ErrorKind::WrongRole } else { ErrorKind::WrongType };
        findings.push(finding(kind, Some(&g), Some(&p)));
    }
    for (g, p) in take_pairs(&mut left, &mut over, same_type_one_party) {
        findings.push(finding(ErrorKind::WrongParties, Some(&g), Some(&p)));
    }
    findings.extend(left.into_iter().map(|g| finding(ErrorKind::Missed, Some(g), None)));
    findings.extend(over.into_iter().map(|p| finding(ErrorKind::Invented, None, Some(p))));
    findings
}

/// What is wrong with a claim that meets its annotation.
fn faults(gold: &Annotation, predicted: &Annotation, weight: f64) -> impl Iterator<Item = ErrorKind> {
    let empty = |value: &Option<String>| Annotation::given(value).map(str::to_owned);
    [
        (weight < 1.0, ErrorKind::WrongParties),
        (gold.status != predicted.status, ErrorKind::Status),
        (empty(&gold.date) != empty(&predicted.date), ErrorKind::Date),
        (gold.attribution() != predicted.attribution(), ErrorKind::Attribution),
    ]
    .into_iter()
    .filter_map(|(wrong, kind)| wrong.then_some(kind))
}

/// Takes the pairs that `find` finds out of both lists.
fn take_pairs(
    left: &mut Vec<&Annotation>,
    over: &mut Vec<&Annotation>,
    find: impl Fn(&[Annotation], &[Annotation]) -> Vec<Pair>,
) -> Vec<(Annotation, Annotation)> {
    let owned = |list: &[&Annotation]| list.iter().map(|claim| (*claim).clone()).collect::<Vec<_>>();
    let (gold, predicted) = (owned(left), owned(over));
    let found = find(&gold, &predicted);
    keep(left, |at| !found.iter().any(|pair| pair.gold == at));
    keep(over, |at| !found.iter().any(|pair| pair.predicted == at));
    found.iter().map(|pair| (gold[pair.gold].clone(), predicted[pair.predicted].clone())).collect()
}

fn keep(list: &mut Vec<&Annotation>, wanted: impl Fn(usize) -> bool) {
    let mut at = 0;
    list.retain(|_| {
        at += 1;
        wanted(at - 1)
    });
}

/// Claims of one type that share one party: "the other party is wrong" says more than "missed" and "invented".
fn same_type_one_party(gold: &[Annotation], predicted: &[Annotation]) -> Vec<Pair> {
    let mut found: Vec<Pair> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        let meets = |p: &Annotation| p.event_type == g.event_type && !g.parties(true).is_disjoint(&p.parties(true));
        let free = |j: &usize| !found.iter().any(|pair| pair.predicted == *j);
        if let Some(j) = (0..predicted.len()).find(|j| free(j) && meets(&predicted[*j])) {
            found.push(Pair { weight: 0.0, gold: i, predicted: j });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{AnnotatedDocument, evaluate};

    fn claim(event_type: &str, source: &str, target: &str) -> Annotation {
        let ids = |list: &str| Some(list.split('+').filter(|id| !id.is_empty()).map(str::to_owned).collect());
        Annotation {
            event_type: event_type.into(),
            source: ids(source),
            target: ids(target),
            status: Some("occurred".into()),
            ..Annotation::default()
        }
    }

    fn check(gold: Vec<Annotation>, predicted: Vec<Annotation>, expected: &[ErrorKind]) {
        let document = |claims| [AnnotatedDocument { id: "d".into(), claims: Some(claims), ..Default::default() }];
        let evaluation = evaluate(&document(gold), &document(predicted));
        let kinds: Vec<ErrorKind> = evaluation.findings.iter().map(|finding| finding.kind).collect();
        assert_eq!(kinds, expected);
    }

    #[test]
    fn kinds() {
        let visit = || claim("visit", "FRA", "MAR");
        check(vec![visit()], vec![visit()], &[]);
        check(vec![visit()], vec![], &[ErrorKind::Missed]);
        check(vec![], vec![visit()], &[ErrorKind::Invented]);
        check(vec![visit()], vec![claim("condemn", "FRA", "MAR")], &[ErrorKind::WrongType]);
        check(vec![visit()], vec![claim("visit", "MAR", "FRA")], &[ErrorKind::WrongRole]);
        check(vec![visit()], vec![claim("visit", "FRA", "MLI")], &[ErrorKind::WrongParties]);
        check(vec![visit()], vec![claim("visit", "FRA", "MAR+MLI")], &[ErrorKind::WrongParties]);
        check(vec![visit()], vec![claim("visit", "ESP", "MLI")], &[ErrorKind::Missed, ErrorKind::Invented]);
    }

    #[test]
    fn a_pair_can_be_wrong_in_several_ways() {
        let mut read = claim("visit", "FRA", "MAR");
        read.status = Some("planned".into());
        read.date = Some("2025".into());
        read.attributed_to = Some(vec!["media:reuters".into()]);
        let expected = [ErrorKind::Status, ErrorKind::Date, ErrorKind::Attribution];
        check(vec![claim("visit", "FRA", "MAR")], vec![read], &expected);
    }
}

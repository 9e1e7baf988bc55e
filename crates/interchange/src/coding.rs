//! From a claim to a code: `ontology/event-types.tsv` has the code of what occurred, `ontology/interchange.tsv` that of a plan (03x, PLOVER's
//! AGREE), `ontology/cameo.tsv` name and Goldstein value of each code.
//!
//! A plan is coded for cooperative classes only: CAMEO has codes for the intent to cooperate, but none for a plan to sanction or
//! to attack that is no threat.

use chancery_model::hash::content_hash;
use chancery_model::{Claim, EntityId, EventType, Status};
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// How a claim is written in CAMEO and PLOVER.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coding {
    /// `057`.
    pub cameo: &'static str,
    /// The name of the code in the codebook.
    pub name: &'static str,
    /// From -10 to 10, of the code, not of our type.
    pub goldstein: f64,
    /// `SUPPORT`; `AGREE` for a plan.
    pub plover: &'static str,
    /// `visit`; none where PLOVER has no mode for it or it is a plan.
    pub mode: Option<&'static str>,
}

impl Coding {
    /// The root of the CAMEO code: `05`.
    pub fn root(&self) -> &'static str {
        &self.cameo[..2]
    }

    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad_class(&self) -> u8 {
        match self.root() {
            "01" | "02" | "03" | "04" | "05" => 1,
            "06" | "07" | "08" => 2,
            "09" | "10" | "11" | "12" | "13" => 3,
            _ => 4,
        }
    }
}

/// Why a claim is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Omitted {
    /// It may happen; these forms know only what happens.
    Possible,
    /// It did not happen, or somebody denies it.
    Denied,
    /// It was planned and is off.
    Cancelled,
    /// It is planned, and there is no code of intent for its class.
    PlanWithoutCode,
}

impl fmt::Display for Omitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Possible => "possible",
            Self::Denied => "denied",
            Self::Cancelled => "cancelled",
            Self::PlanWithoutCode => "planned, of a class without a code of intent",
        })
    }
}

/// The code of a claim, or why it has none.
///
/// # Errors
/// Where the status cannot be said.
pub fn code(claim: &Claim) -> Result<Coding, Omitted> {
    let (planned, mode) = row(claim.event_type);
    let coding = |cameo: &'static str, plover, mode| {
        let (goldstein, name) = CODES[cameo];
        Coding { cameo, name, goldstein, plover, mode }
    };
    match claim.status {
        Status::Occurred => Ok(coding(claim.event_type.row().cameo, claim.event_type.row().plover, mode)),
        Status::Planned => planned.map(|code| coding(code, "AGREE", None)).ok_or(Omitted::PlanWithoutCode),
        Status::Possible => Err(Omitted::Possible),
        Status::Denied => Err(Omitted::Denied),
        Status::Cancelled => Err(Omitted::Cancelled),
    }
}

/// Two actors of one row; the second is empty where nobody is acted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair<'a> {
    pub(crate) source: &'a EntityId,
    pub(crate) target: Option<&'a EntityId>,
}

impl Pair<'_> {
    /// A number of 60 bits that is the same for the same claim and pair.
    pub(crate) fn id(&self, claim: &Claim) -> u64 {
        let target = self.target.map(EntityId::as_str).unwrap_or_default();
        let hash = content_hash(["interchange", &claim.id.0, self.source.as_str(), target]);
        u64::from_str_radix(&hash[..15], 16).expect("a hash is written in hexadecimal")
    }
}

/// The rows of a claim in a form that knows only dyads: every source with every target, or every pair of the parties of a symmetric type,
/// each once.
pub(crate) fn pairs(claim: &Claim) -> Vec<Pair<'_>> {
    let parties = &claim.source;
    if claim.event_type.is_symmetric() {
        let later = |at: usize| parties[at + 1..].iter();
        let pair = |at: usize| later(at).map(move |target| Pair { source: &parties[at], target: Some(target) });
        return (0..parties.len()).flat_map(pair).collect();
    }
    let targets: Vec<Option<&EntityId>> =
        if claim.target.is_empty() { vec![None] } else { claim.target.iter().map(Some).collect() };
    parties.iter().flat_map(|source| targets.iter().map(move |&target| Pair { source, target })).collect()
}

/// The code of the plan and the PLOVER mode.
type Row = (Option<&'static str>, Option<&'static str>);

fn row(event_type: EventType) -> Row {
    TYPES.get(event_type.name()).copied().unwrap_or_default()
}

static TYPES: LazyLock<HashMap<&'static str, Row>> = LazyLock::new(|| {
    let given = |cell: &'static str| Some(cell).filter(|cell| !cell.is_empty());
    let rows = table(include_str!("../../../ontology/interchange.tsv"));
    rows.map(|cells| (cells[0], (given(cells[1]), given(cells[2])))).collect()
});

static CODES: LazyLock<HashMap<&'static str, (f64, &'static str)>> = LazyLock::new(|| {
    let rows = table(include_str!("../../../ontology/cameo.tsv"));
    rows.map(|cells| (cells[0], (cells[1].parse().expect("ontology/cameo.tsv is checked by tests"), cells[2])))
        .collect()
});

/// Cells of a table below its header.
fn table(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_and_every_plan_has_a_code() {
        assert_eq!(TYPES.len(), EventType::all().count());
        for event_type in EventType::all() {
            let (planned, _) = row(event_type);
            assert!(CODES.contains_key(event_type.row().cameo), "{event_type}");
            assert!(planned.is_none_or(|code| code.starts_with("03") && CODES.contains_key(code)), "{event_type}");
            // An appeal is cooperative by weight, but there is no intent to appeal.
            let cooperative = event_type.is_cooperative() && event_type.row().plover != "REQUEST";
            assert_eq!(planned.is_some(), cooperative, "{event_type}");
        }
        for (code, (goldstein, name)) in CODES.iter() {
            assert!((-10.0..=10.0).contains(goldstein) && !name.is_empty(), "{code}");
        }
    }
}

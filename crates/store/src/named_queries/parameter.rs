//! What a named query is asked with: a line of its head, and the term for a word.

use super::point;
use chancery_model::{ClaimId, EntityId, StateId, Topic};
use chancery_rdf::IriBase;
use chancery_rdf::vocab::Concept;
use jiff::Timestamp;
use jiff::civil::Date;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNodeRef, Term};
use std::fmt;

/// One parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: ParameterKind,
    /// What it means.
    pub meaning: &'static str,
    pub(super) default: Default,
}

/// What stands for an argument that is not given.
#[derive(Debug)]
pub(super) enum Default {
    /// It must be given.
    Required,
    /// Anything fits.
    Any,
    /// The day of the newest document.
    Newest,
    /// A word.
    Word(&'static str),
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// The id of a state, organisation, group or agreement.
    Entity,
    /// A civil day.
    Day,
    /// A time.
    Time,
    /// A number of days.
    Days,
    /// A number.
    Number,
    /// Words.
    Text,
    /// A topic.
    Topic,
    /// A point on earth.
    Point,
    /// The name of a claim.
    Claim,
    /// The name of a relation.
    Relation,
    /// A number of rows of a page.
    Rows,
}

impl Parameter {
    /// `$as_of  day = newest  on which day`; columns are parted by two spaces or more.
    pub(super) fn read(line: &'static str) -> Option<Self> {
        let (name, rest) = line.strip_prefix('$')?.split_once("  ")?;
        let (kind, meaning) = rest.trim_start().split_once("  ")?;
        let (kind, default) = kind.split_once(" = ").map_or((kind, None), |(kind, default)| (kind, Some(default)));
        let default = match default {
            None => Default::Required,
            Some("any") => Default::Any,
            Some("newest") => Default::Newest,
            Some(word) => Default::Word(word),
        };
        Some(Self { name, kind: ParameterKind::named(kind)?, meaning: meaning.trim_start(), default })
    }

    /// What stands for it when it is not given; none where it must be.
    pub fn default(&self) -> Option<&'static str> {
        match self.default {
            Default::Required => None,
            Default::Any => Some("any"),
            Default::Newest => Some("the day of the newest document"),
            Default::Word(word) => Some(word),
        }
    }
}

impl ParameterKind {
    const ALL: [Self; 11] = [
        Self::Entity,
        Self::Day,
        Self::Time,
        Self::Days,
        Self::Number,
        Self::Text,
        Self::Topic,
        Self::Point,
        Self::Claim,
        Self::Relation,
        Self::Rows,
    ];

    fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.to_string() == word)
    }

    /// What would be understood.
    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Entity => "an id such as KAZ, org:nato or agreement:abraham-accords",
            Self::Day => "a day such as 2025-11-07",
            Self::Time => "a time such as 2025-11-07T06:00:00Z",
            Self::Days => "a number of days such as 90",
            Self::Number => "a number such as 500 or 2.5",
            Self::Text => "words",
            Self::Topic => "a topic such as critical-minerals",
            Self::Point => "latitude,longitude in degrees such as 31.8,35.2",
            Self::Claim | Self::Relation => "its name, as an answer gives it",
            Self::Rows => "a number of rows such as 500, or (for a limit) all",
        }
    }

    /// The term that a word stands for; none for rows, which are no part of the graph.
    pub(super) fn term(self, word: &str) -> Option<Term> {
        let base = IriBase::default();
        let typed = |value: String, datatype: NamedNodeRef<'_>| Literal::new_typed_literal(value, datatype).into();
        // A day before the common era has more than one form.
        let common = |day: &Date| day.year() > 0;
        Some(match self {
            Self::Entity => base.entity(&word.parse::<EntityId>().ok()?).into(),
            Self::Day => typed(word.parse::<Date>().ok().filter(common)?.to_string(), xsd::DATE),
            Self::Time => typed(word.parse::<Timestamp>().ok()?.to_string(), xsd::DATE_TIME),
            Self::Days => typed(format!("P{}D", word.parse::<u16>().ok()?), xsd::DAY_TIME_DURATION),
            Self::Number => typed(word.parse::<f64>().ok().filter(|n| n.is_finite())?.to_string(), xsd::DECIMAL),
            Self::Text => Literal::new_simple_literal(word).into(),
            Self::Topic => word.parse::<Topic>().ok()?.concept().into(),
            Self::Point => {
                let (latitude, longitude) = word.split_once(',')?;
                let degrees = |text: &str, most: f64| text.trim().parse::<f64>().ok().filter(|n| n.abs() <= most);
                point(degrees(latitude, 90.0)?, degrees(longitude, 180.0)?).into()
            }
            Self::Claim => base.claim(&ClaimId(name(word, "claim:")?.into())).into(),
            Self::Relation => base.relation(&StateId(name(word, "relation:")?.into())).into(),
            Self::Rows => return None,
        })
    }
}

/// A hash, with or without the prefix that tables write before it.
fn name<'w>(word: &'w str, prefix: &str) -> Option<&'w str> {
    let bare = word.strip_prefix(prefix).unwrap_or(word);
    (!bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(bare)
}

impl fmt::Display for ParameterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Entity => "entity",
            Self::Day => "day",
            Self::Time => "time",
            Self::Days => "days",
            Self::Number => "number",
            Self::Text => "text",
            Self::Topic => "topic",
            Self::Point => "point",
            Self::Claim => "claim",
            Self::Relation => "relation",
            Self::Rows => "rows",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: ParameterKind, word: &str, expected: Option<&str>) {
        assert_eq!(kind.term(word).map(|term| term.to_string()).as_deref(), expected, "{kind} {word}");
    }

    #[test]
    fn words_are_terms_of_their_kind() {
        check(ParameterKind::Entity, "org:nato", Some("<https://w3id.org/chancery/id/org/nato>"));
        check(ParameterKind::Entity, "KAZ> ?x", None);
        check(ParameterKind::Day, "2025-02-30", None);
        check(ParameterKind::Days, "90", Some("\"P90D\"^^<http://www.w3.org/2001/XMLSchema#dayTimeDuration>"));
        check(ParameterKind::Text, "a\" . b", Some("\"a\\\" . b\""));
        check(
            ParameterKind::Point,
            "31.8,35.2",
            Some("\"POINT(35.2 31.8)\"^^<http://www.opengis.net/ont/geosparql#wktLiteral>"),
        );
        check(ParameterKind::Point, "35.2,310.8", None);
        check(ParameterKind::Claim, "claim:ab12", Some("<https://w3id.org/chancery/id/claim/ab12>"));
        check(ParameterKind::Claim, "../state/KAZ", None);
    }
}

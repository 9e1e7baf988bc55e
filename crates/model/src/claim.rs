//! What one document says happened: type, parties, status, date, on whose word, and the words themselves.

use crate::{CodePointSpan, EntityId, EventDate, EventType, Field, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

macro_rules! word_enum {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// All values, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in JSON, paths and tables.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl FromStr for $name {
            type Err = crate::claim::UnknownWord;

            fn from_str(word: &str) -> Result<Self, crate::claim::UnknownWord> {
                Self::ALL.iter().copied().find(|v| v.as_str() == word).ok_or_else(|| crate::claim::UnknownWord {
                    what: $what,
                    word: word.to_owned(),
                    expected: Self::ALL.iter().map(|v| v.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use word_enum;

/// What a name made from content can do: it is shared, not copied.
macro_rules! name {
    ($name:ident) => {
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use name;

/// A word outside a closed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} {word:?}: expected one of {expected}")]
pub struct UnknownWord {
    /// What the list is of.
    pub what: &'static str,
    /// The word given.
    pub word: String,
    /// The words of the list.
    pub expected: String,
}

word_enum! {
    /// How real the event is, in the words of the document.
    Status, "status" {
        /// Has taken place, is taking place, is in force.
        Occurred = "occurred",
        /// Announced, scheduled, intended, expected.
        Planned = "planned",
        /// Proposed, conditional, considered, may.
        Possible = "possible",
        /// Somebody denies it, or it is reported not to have happened, or refused by its own source.
        Denied = "denied",
        /// Was planned and is off.
        Cancelled = "cancelled",
    }
}

word_enum! {
    /// What an agreement, a meeting or an aid is about.
    Topic, "topic" {
        /// Trade and tariffs.
        Trade = "trade",
        /// Oil, gas, electricity.
        Energy = "energy",
        /// Rare earths, uranium ore, lithium and the like.
        CriticalMinerals = "critical-minerals",
        /// Armies and arms.
        Defence = "defence",
        /// Police, intelligence, terrorism, borders.
        Security = "security",
        /// Nuclear programmes and arms.
        Nuclear = "nuclear",
        /// Relief and refugees' needs.
        Humanitarian = "humanitarian",
        /// Loans, debt, investment, banks.
        Finance = "finance",
        /// Roads, rail, air, sea.
        Transport = "transport",
        /// Information technology, space, science.
        Technology = "technology",
        /// Disease and medicine.
        Health = "health",
        /// Migrants and visas.
        Migration = "migration",
        /// Culture, education, sport.
        Culture = "culture",
        /// Climate and environment.
        Climate = "climate",
        /// Rivers, dams.
        Water = "water",
        /// Borders and sovereignty.
        Territory = "territory",
        /// Peace, truce, settlement.
        Peace = "peace",
    }
}

word_enum! {
    /// What part a participant plays.
    Role, "role" {
        /// Who acts; every party of a symmetric type.
        Source = "source",
        /// Who or what is acted on.
        Target = "target",
    }
}

word_enum! {
    /// What kind of voice an attribution step is.
    SourceKind, "source kind" {
        /// A named speaker or an office.
        Speaker = "speaker",
        /// A quoted outlet or agency.
        Outlet = "outlet",
        /// A statement, report or document.
        Statement = "statement",
        /// Unnamed officials or sources.
        Unnamed = "unnamed",
    }
}

/// One step of the chain from the reader to the origin.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AttributionStep {
    /// Who speaks, or for whom an unnamed source speaks; none where the text does not say.
    pub agent: Option<EntityId>,
    /// What kind of voice it is.
    pub kind: SourceKind,
    /// The words of the text.
    pub surface: String,
}

/// A mention that takes part in a claim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Participant {
    /// The actor.
    pub id: EntityId,
    /// Its part.
    pub role: Role,
    /// The words that name it.
    pub surface: String,
    /// Where they stand, in code points of the field of the evidence; none where the words stand in the other field.
    pub span: Option<CodePointSpan>,
    /// The person, where one is named.
    pub person: Option<EntityId>,
    /// The office, where one is named (a row of `data/reference/offices.tsv`).
    pub office: Option<String>,
    /// The level of the office (`head-of-state`, `minister` …).
    pub level: Option<String>,
}

/// The words that say it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence {
    /// Title or body.
    pub field: Field,
    /// Where, in bytes of that field.
    pub span: Span,
    /// Where, in code points of that field.
    pub code_points: CodePointSpan,
    /// The words, copied to the letter.
    pub quote: String,
    /// The whole sentence around them, in bytes.
    pub sentence: Span,
}

/// `claim/<this>` in IRIs: a hash of the document's key and of what the claim says and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClaimId(pub Arc<str>);

name!(ClaimId);

/// What one document says.
///
/// Its JSON form is the one of the annotation guidelines with more fields; see [`ClaimRecord`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "ClaimRecord", into = "ClaimRecord")]
pub struct Claim {
    /// Its name.
    pub id: ClaimId,
    /// One of the 50.
    pub event_type: EventType,
    /// A finer leaf that drives effects: `lift`, `withdraw`, `strategic-partnership` …
    pub subtype: Option<String>,
    /// Who acts, sorted and without repetition; every party of a symmetric type.
    pub source: Vec<EntityId>,
    /// Who or what is acted on, sorted and without repetition; empty for symmetric types.
    pub target: Vec<EntityId>,
    /// The agreement, framework or organisation that the event is about, where one is named.
    pub agreement: Option<EntityId>,
    /// How real it is.
    pub status: Status,
    /// From the reader to the origin; empty where the text tells it in its own voice.
    pub attribution: Vec<AttributionStep>,
    /// When it happened or is to happen.
    pub date: EventDate,
    /// Where.
    pub place: Option<EntityId>,
    /// What about.
    pub topic: Option<Topic>,
    /// The words.
    pub evidence: Evidence,
    /// The mentions behind source and target.
    pub participants: Vec<Participant>,
    /// The rule that read it: `join-agreement/ar/masdar-ila`.
    pub rule: String,
    /// From 0 to 1: how sure the rule is, not how true the claim.
    pub confidence: f64,
}

impl Claim {
    /// Every source and target, sorted.
    pub fn parties(&self) -> Vec<EntityId> {
        let mut all: Vec<_> = self.source.iter().chain(&self.target).cloned().collect();
        all.sort();
        all.dedup();
        all
    }
}

/// The JSON form of a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimRecord {
    /// Absent in hand-made annotations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ClaimId>,
    /// One of the 50.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// A finer leaf.
    #[serde(default)]
    pub subtype: Option<String>,
    /// Who acts.
    #[serde(default)]
    pub source: Vec<EntityId>,
    /// Who is acted on.
    #[serde(default)]
    pub target: Vec<EntityId>,
    /// The agreement it is about.
    #[serde(default)]
    pub agreement: Option<EntityId>,
    /// How real it is.
    pub status: Status,
    /// The agents of [`ClaimRecord::attribution`] that are known, in order.
    #[serde(default)]
    pub attributed_to: Vec<EntityId>,
    /// The whole chain, with unnamed voices.
    #[serde(default)]
    pub attribution: Vec<AttributionStep>,
    /// `2015-07-31`, `2015-07`, `2015` or null.
    #[serde(default)]
    pub date: Option<String>,
    /// First possible day, where only bounds are known.
    #[serde(default)]
    pub date_not_before: Option<Date>,
    /// Last possible day, where only bounds are known.
    #[serde(default)]
    pub date_not_after: Option<Date>,
    /// Where.
    #[serde(default)]
    pub place: Option<EntityId>,
    /// What about.
    #[serde(default)]
    pub topic: Option<Topic>,
    /// The words.
    #[serde(default)]
    pub quote: String,
    /// Code points of `text`, or of the title with `"in": "title"`.
    #[serde(default)]
    pub span: Option<CodePointSpan>,
    /// Bytes of the same field.
    #[serde(default)]
    pub bytes: Option<Span>,
    /// The sentence around the quote, in bytes of the same field.
    #[serde(default)]
    pub sentence: Option<Span>,
    /// The field that holds the quote.
    #[serde(default, rename = "in")]
    pub field: Field,
    /// The mentions behind source and target.
    #[serde(default)]
    pub actors: Vec<Participant>,
    /// The rule that read it.
    #[serde(default)]
    pub rule: String,
    /// From 0 to 1.
    #[serde(default)]
    pub confidence: f64,
}

/// A record that is no claim.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidClaim {
    /// The date is not in one of the three forms.
    #[error("date {0:?} is not of the form 2015-07-31, 2015-07 or 2015")]
    Date(String),
    /// The claim does not say where it stands.
    #[error("a claim needs \"id\", \"span\", \"bytes\" and \"sentence\"; {0:?} is missing")]
    Missing(&'static str),
}

impl ClaimRecord {
    /// The date with its bounds.
    pub fn event_date(&self) -> Result<EventDate, InvalidClaim> {
        match &self.date {
            // A stretch of days within a month: the bounds say more than the month.
            Some(_) if self.date_not_before.is_some() && self.date_not_after.is_some() => {
                Ok(EventDate::bounds(self.date_not_before, self.date_not_after))
            }
            Some(iso) => EventDate::parse(iso).ok_or_else(|| InvalidClaim::Date(iso.clone())),
            None => Ok(EventDate::bounds(self.date_not_before, self.date_not_after)),
        }
    }
}

impl From<Claim> for ClaimRecord {
    fn from(claim: Claim) -> Self {
        let bounds_only = claim.date.iso().is_none();
        Self {
            id: Some(claim.id),
            event_type: claim.event_type,
            subtype: claim.subtype,
            source: claim.source,
            target: claim.target,
            agreement: claim.agreement,
            status: claim.status,
            attributed_to: claim.attribution.iter().filter_map(|step| step.agent.clone()).collect(),
            attribution: claim.attribution,
            date: claim.date.coarse(),
            date_not_before: claim.date.not_before().filter(|_| bounds_only),
            date_not_after: claim.date.not_after().filter(|_| bounds_only),
            place: claim.place,
            topic: claim.topic,
            quote: claim.evidence.quote,
            span: Some(claim.evidence.code_points),
            bytes: Some(claim.evidence.span),
            sentence: Some(claim.evidence.sentence),
            field: claim.evidence.field,
            actors: claim.participants,
            rule: claim.rule,
            confidence: claim.confidence,
        }
    }
}

impl TryFrom<ClaimRecord> for Claim {
    type Error = InvalidClaim;

    fn try_from(record: ClaimRecord) -> Result<Self, InvalidClaim> {
        let date = record.event_date()?;
        Ok(Self {
            id: record.id.ok_or(InvalidClaim::Missing("id"))?,
            event_type: record.event_type,
            subtype: record.subtype,
            source: record.source,
            target: record.target,
            agreement: record.agreement,
            status: record.status,
            attribution: record.attribution,
            date,
            place: record.place,
            topic: record.topic,
            evidence: Evidence {
                field: record.field,
                span: record.bytes.ok_or(InvalidClaim::Missing("bytes"))?,
                code_points: record.span.ok_or(InvalidClaim::Missing("span"))?,
                quote: record.quote,
                sentence: record.sentence.ok_or(InvalidClaim::Missing("sentence"))?,
            },
            participants: record.actors,
            rule: record.rule,
            confidence: record.confidence,
        })
    }
}

//! Compact identifiers of states, organisations, groups, agreements, media, persons and places.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What kind of thing an [`EntityId`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A state or territory, by ISO 3166-1 alpha-3 (historical ones by their last code).
    State,
    /// An international organisation.
    Org,
    /// An armed or political group that acts across a border.
    Group,
    /// A named treaty, accord or framework.
    Agreement,
    /// A newspaper, broadcaster, site or agency.
    Media,
    /// A person.
    Person,
    /// A place.
    Place,
}

impl EntityKind {
    /// The prefix of compact ids and the folder of IRIs: `state`, `org`, `group` …
    pub fn prefix(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Org => "org",
            Self::Group => "group",
            Self::Agreement => "agreement",
            Self::Media => "media",
            Self::Person => "person",
            Self::Place => "place",
        }
    }
}

/// `KAZ`, `org:nato`, `agreement:abraham-accords`: the id used everywhere outside RDF.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntityId(CompactString);

/// A string that is no [`EntityId`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no entity id: expected three capital letters (KAZ) or a prefix and a slug (org:nato)")]
pub struct InvalidEntityId(pub String);

impl EntityId {
    /// The id as text.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it names.
    #[inline]
    pub fn kind(&self) -> EntityKind {
        // Two letters tell the prefixes apart; an id has no other, and states have capitals.
        match self.0.as_bytes() {
            [b'o', ..] => EntityKind::Org,
            [b'g', ..] => EntityKind::Group,
            [b'a', ..] => EntityKind::Agreement,
            [b'm', ..] => EntityKind::Media,
            [b'p', b'e', ..] => EntityKind::Person,
            [b'p', ..] => EntityKind::Place,
            _ => EntityKind::State,
        }
    }

    /// The part after the prefix; the whole code of a state.
    pub fn slug(&self) -> &str {
        self.0.split_once(':').map_or(&self.0, |(_, slug)| slug)
    }

    /// Whether it can act: a state, an organisation or a group.
    #[inline]
    pub fn is_actor(&self) -> bool {
        matches!(self.kind(), EntityKind::State | EntityKind::Org | EntityKind::Group)
    }
}

impl FromStr for EntityId {
    type Err = InvalidEntityId;

    fn from_str(text: &str) -> Result<Self, InvalidEntityId> {
        let valid = match text.split_once(':') {
            None => text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()),
            Some((prefix, slug)) => {
                matches!(prefix, "org" | "group" | "agreement" | "media" | "person" | "place")
                    && !slug.is_empty()
                    && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'+')
            }
        };
        if valid { Ok(Self(text.into())) } else { Err(InvalidEntityId(text.to_owned())) }
    }
}

impl TryFrom<String> for EntityId {
    type Error = InvalidEntityId;

    fn try_from(text: String) -> Result<Self, InvalidEntityId> {
        text.parse()
    }
}

impl From<EntityId> for String {
    fn from(id: EntityId) -> Self {
        id.0.into()
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_checked() {
        assert_eq!("KAZ".parse::<EntityId>().unwrap().kind(), EntityKind::State);
        assert_eq!("org:opec+".parse::<EntityId>().unwrap().slug(), "opec+");
        for kind in ["org", "group", "agreement", "media", "person", "place"] {
            let id: EntityId = format!("{kind}:x").parse().unwrap();
            assert_eq!(id.kind().prefix(), kind);
        }
        for bad in ["kaz", "KAZA", "org:", "org:NATO", "planet:mars", "org:a b"] {
            assert!(bad.parse::<EntityId>().is_err(), "{bad}");
        }
    }
}

//! The languages that Chancery knows by name (BCP 47 primary subtags).

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// One of the six official languages of the United Nations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Arabic.
    #[serde(rename = "ar")]
    Arabic,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Russian.
    #[serde(rename = "ru")]
    Russian,
    /// Chinese.
    #[serde(rename = "zh")]
    Chinese,
}

impl Language {
    /// All six, in the order of their codes.
    pub const ALL: [Self; 6] = [Self::Arabic, Self::English, Self::Spanish, Self::French, Self::Russian, Self::Chinese];

    /// The BCP 47 primary subtag.
    pub fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Russian => "ru",
            Self::Chinese => "zh",
        }
    }

    /// Whether the language is written from right to left.
    pub fn is_right_to_left(self) -> bool {
        self == Self::Arabic
    }
}

/// A language tag outside the six.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown language {0:?}: expected one of ar, en, es, fr, ru, zh")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a BCP 47 tag by its primary subtag: `ar-EG` is Arabic.
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.into_iter().find(|l| l.code() == primary).ok_or_else(|| UnknownLanguage(tag.to_owned()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

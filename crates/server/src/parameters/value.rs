//! Values of parameters: words of closed lists, days, times, codes of entities.

use crate::error::Problem;
use crate::openapi::schema;
use chancery_model::{EntityId, World};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::fmt::Display;
use std::str::FromStr;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// `a,b,c`: any of them; every value where the parameter is absent or empty.
#[derive(Clone, Debug)]
pub(crate) struct Words<T>(pub(crate) Vec<T>);

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> Words<T> {
    /// Whether a value is among those wanted; none wanted means all.
    pub(crate) fn fit(&self, value: &T) -> bool {
        self.0.is_empty() || self.0.contains(value)
    }
}

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Words<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        words.map(|word| word.parse().map_err(D::Error::custom)).collect::<Result<_, _>>().map(Self)
    }
}

/// A code of an entity as it was asked: `KAZ`, `iso2:KZ`, `org:nato`. Whether we know it is seen later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Code(pub(crate) String);

impl FromStr for Code {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl Words<Code> {
    /// The entities that are meant.
    ///
    /// # Errors
    /// 400 where a code names nobody.
    pub(crate) fn entities(&self, parameter: &str, world: &World) -> Result<Words<EntityId>, Problem> {
        let known = |code: &Code| {
            let entity = world.look_up(&code.0).map(|entity| entity.id.clone());
            // Agreements that the news gives no name stand in no table.
            let unnamed =
                || code.0.parse::<EntityId>().ok().filter(|id| id.kind() == chancery_model::EntityKind::Agreement);
            entity.or_else(unnamed).ok_or_else(|| Problem::invalid(parameter, format!("no entity {:?}", code.0)))
        };
        self.0.iter().map(known).collect::<Result<_, _>>().map(Words)
    }
}

/// A day, `2025-11-07`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day(pub(crate) Date);

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let plain = text.len() == 10;
        let day = text.parse().ok().filter(|_| plain);
        day.map(Self).ok_or_else(|| format!("{text:?} is no day; expected 2025-11-07"))
    }
}

/// A time: RFC 3339, or a day, which stands for its end in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment(pub(crate) Timestamp);

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        schema::moment().into()
    }
}

impl ToSchema for Moment {}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let end_of_day = |Day(day): Day| day.tomorrow().ok()?.in_tz("UTC").ok().map(|zoned| zoned.timestamp());
        let time = text.parse().ok().or_else(|| end_of_day(text.parse().ok()?));
        time.map(Self).ok_or_else(|| format!("{text:?} is no time; expected 2025-11-07 or 2025-11-07T12:00:00Z"))
    }
}

/// Cooperation or conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sign(pub(crate) i8);

impl FromStr for Sign {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "1" | "+1" => Ok(Self(1)),
            "-1" => Ok(Self(-1)),
            _ => Err(format!("{text:?} is no sign; expected 1 (cooperation) or -1 (conflict)")),
        }
    }
}

macro_rules! deserialize_by_parsing {
    ($($name:ident),+) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )+};
}

deserialize_by_parsing!(Day, Moment);

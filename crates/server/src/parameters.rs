//! Query parameters: one field a parameter, comma = or. An unknown parameter is an error, never ignored.

use crate::error::{Code, Problem};
use crate::state::AppState;
use crate::wire::List;
use axum::extract::{FromRequestParts, OriginalUri, Query};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Json, Response};
use chancery_model::hash::content_hash;
use chancery_model::{EntityId, Language, World};
use chancery_store::Snapshot;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::str::FromStr;
use std::sync::Arc;

/// Items of one page unless told.
const DEFAULT_LIMIT: usize = 50;
/// Items of one page at most.
const MAX_LIMIT: usize = 200;

/// The parameters of a request as a struct that denies unknown fields.
pub(crate) struct Parameters<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let uri = OriginalUri::from_request_parts(parts, &()).await.map_or_else(|_| parts.uri.clone(), |uri| uri.0);
        match Query::<T>::try_from_uri(&uri) {
            Ok(Query(parameters)) => Ok(Self(parameters)),
            Err(error) => {
                let reason = error.body_text();
                let reason = reason.rsplit_once(": ").map_or(reason.as_str(), |(_, last)| last).to_owned();
                let unknown = reason.starts_with("unknown field");
                let code = if unknown { Code::UnknownParameter } else { Code::InvalidParameter };
                Err(Problem::new(code, reason.replace("field", "parameter")))
            }
        }
    }
}

/// Reads `a,b,c`; empty where the parameter is absent.
pub(crate) fn list<T: FromStr<Err: std::fmt::Display>>(name: &str, value: &Option<String>) -> Result<Vec<T>, Problem> {
    let words = value.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|word| !word.is_empty());
    words.map(|word| word.parse().map_err(|error| Problem::invalid(name, error))).collect()
}

/// Reads one value.
pub(crate) fn one<T: FromStr<Err: std::fmt::Display>>(
    name: &str,
    value: &Option<String>,
) -> Result<Option<T>, Problem> {
    value.as_deref().map(|text| text.parse().map_err(|error| Problem::invalid(name, error))).transpose()
}

/// The language of labels; English unless told.
pub(crate) fn language(value: &Option<String>) -> Result<Language, Problem> {
    Ok(one("lang", value)?.unwrap_or(Language::English))
}

/// A day, `2025-11-07`.
pub(crate) fn day(name: &str, value: &Option<String>) -> Result<Option<Date>, Problem> {
    let parse = |text: &str| {
        text.parse::<Date>().map_err(|_| Problem::invalid(name, format!("{text:?} is no day; expected 2025-11-07")))
    };
    value.as_deref().map(parse).transpose()
}

/// Entities by any code that we know (`KAZ`, `iso2:KZ`, `org:nato`).
pub(crate) fn entities(name: &str, value: &Option<String>, world: &World) -> Result<Vec<EntityId>, Problem> {
    let words = value.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|word| !word.is_empty());
    let known = |word: &str| world.look_up(word).map(|entity| entity.id.clone());
    words.map(|word| known(word).ok_or_else(|| Problem::invalid(name, format!("no entity {word:?}")))).collect()
}

/// A day (its end, in UTC) or a full timestamp.
pub(crate) fn time(name: &str, value: &Option<String>) -> Result<Option<Timestamp>, Problem> {
    let end_of_day = |day: Date| day.tomorrow().ok()?.in_tz("UTC").ok().map(|zoned| zoned.timestamp());
    let parse = |text: &str| {
        let time: Option<Timestamp> = text.parse().ok().or_else(|| end_of_day(text.parse().ok()?));
        let reason = || format!("{text:?} is no time; expected 2025-11-07 or 2025-11-07T12:00:00Z");
        time.ok_or_else(|| Problem::invalid(name, reason()))
    };
    value.as_deref().map(parse).transpose()
}

/// The snapshot of now, or of what was known at a time. Blocks.
pub(crate) fn snapshot(state: &AppState, as_known: &Option<String>) -> Result<Arc<Snapshot>, Problem> {
    match time("as_known", as_known)? {
        None => Ok(state.store.snapshot()),
        Some(time) => Ok(Arc::new(state.store.snapshot_at(time)?)),
    }
}

/// One page of a list, with a cursor that holds as long as the store does not change.
pub(crate) struct Paging {
    /// Items at most.
    pub(crate) limit: Option<usize>,
    /// Where the page before ended.
    pub(crate) cursor: Option<String>,
    /// Which list it is.
    pub(crate) uri: Uri,
    /// Of which revision.
    pub(crate) revision: u64,
}

impl Paging {
    /// Cuts the page out of all items; `show` makes what is sent.
    pub(crate) fn page<T, W: Serialize>(&self, items: Vec<T>, show: impl FnMut(T) -> W) -> Result<Response, Problem> {
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT);
        if limit == 0 || limit > MAX_LIMIT {
            return Err(Problem::invalid("limit", format!("{limit} is not from 1 to {MAX_LIMIT}")));
        }
        let start = self.start()?;
        let total = items.len();
        let end = (start + limit).min(total);
        let next = (end < total).then(|| format!("{}-{end}-{}", self.revision, self.key()));
        let link = next.as_ref().map(|cursor| self.link(cursor));
        let items = items.into_iter().skip(start).take(limit).map(show).collect();
        let mut response = Json(List { items, next, total }).into_response();
        if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
            response.headers_mut().insert(header::LINK, link);
        }
        Ok(response)
    }

    fn start(&self) -> Result<usize, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(0) };
        let parts: Vec<&str> = cursor.split('-').collect();
        let [revision, start, key] = parts[..] else {
            return Err(Problem::invalid("cursor", "not one that this server gave"));
        };
        if key != self.key() {
            return Err(Problem::invalid("cursor", "it belongs to another list; keep every other parameter"));
        }
        if revision != self.revision.to_string() {
            return Err(Problem::new(Code::CursorExpired, "the store has changed since; start the list again"));
        }
        start.parse().map_err(|_| Problem::invalid("cursor", "not one that this server gave"))
    }

    /// What the list is of: path and parameters but limit and cursor.
    fn key(&self) -> String {
        let words: Vec<&str> = self.other_words().filter(|word| !word.starts_with("limit=")).collect();
        content_hash([self.uri.path(), &words.join("&")])[..12].to_owned()
    }

    fn link(&self, cursor: &str) -> String {
        let words: Vec<&str> = self.other_words().collect();
        let others = words.iter().map(|word| format!("{word}&")).collect::<String>();
        format!("<{}?{others}cursor={cursor}>; rel=\"next\"", self.uri.path())
    }

    fn other_words(&self) -> impl Iterator<Item = &str> {
        self.uri.query().unwrap_or_default().split('&').filter(|word| !word.is_empty() && !word.starts_with("cursor="))
    }
}

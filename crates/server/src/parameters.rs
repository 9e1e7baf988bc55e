//! Parameters of requests: one field a parameter, comma = or. An unknown parameter is an error, never ignored.
//!
//! Every read takes those of [`Common`]; what one resource takes beside them is a struct that denies unknown fields.

mod page;
mod value;

pub(crate) use page::{Page, PageAsked};
pub(crate) use value::{Code, Day, Moment, Sign, Words};

use crate::error::{Code as ProblemCode, Problem};
use crate::format::{Format, Wanted};
use crate::openapi::schema;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use chancery_model::Language;
use page::Pairs;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

/// What every read takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the parameters are read one by one; this is their form for the OpenAPI document")]
pub(crate) struct Common {
    /// Language of labels: ar, en, es, fr, ru, zh; where there is none, in English
    #[param(schema_with = schema::language)]
    lang: Option<Language>,
    /// What was known then: a day (its end) or an RFC 3339 time
    #[param(schema_with = schema::moment)]
    as_known: Option<String>,
    /// The format by name, for those who cannot set `Accept`; the ending of the path says the same (`….csv`)
    format: Option<String>,
    /// `sparql`: not the answer, but the query that gives it
    #[param(schema_with = schema::explain)]
    explain: Option<String>,
}

/// Their names.
const COMMON: [&str; 4] = ["lang", "as_known", "format", "explain"];

/// The parameters of a read.
pub(crate) struct Read<T> {
    /// Those of the resource alone.
    pub(crate) filter: T,
    /// The language of labels.
    pub(crate) language: Language,
    /// What was known then; none for now.
    pub(crate) as_known: Option<Moment>,
    /// Whether the query is asked for rather than the answer.
    pub(crate) explain: bool,
    format: Wanted,
}

/// The parameters of a read that gives a list.
pub(crate) struct List<T> {
    /// As of any read.
    pub(crate) read: Read<T>,
    /// Which page.
    pub(crate) page: Page,
}

/// The parameters of a request that is no read: all of them are of the resource alone.
pub(crate) struct Parameters<T>(pub(crate) T);

/// For what takes no parameter of its own.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Nothing {}

impl<T> Read<T> {
    /// The format that is asked for.
    ///
    /// # Errors
    /// 406 with the offer where none of it fits.
    pub(crate) fn format(&self, offer: &[Format]) -> Result<Format, Problem> {
        self.format.among(offer)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Read<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let mut pairs = pairs(&uri(parts))?;
        read(parts, &mut pairs)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for List<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let uri = uri(parts);
        let mut pairs = pairs(&uri)?;
        let page = Page::take(uri.path(), &mut pairs)?;
        Ok(Self { read: read(parts, &mut pairs)?, page })
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        filter(&pairs(&uri(parts))?, &[]).map(Self)
    }
}

/// As the client wrote it, whatever was nested or cut off on the way.
fn uri(parts: &Parts) -> axum::http::Uri {
    parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.clone(), |uri| uri.0.clone())
}

fn pairs(uri: &axum::http::Uri) -> Result<Pairs, Problem> {
    serde_urlencoded::from_str(uri.query().unwrap_or_default())
        .map_err(|error| Problem::new(ProblemCode::InvalidParameter, format!("the query is not well escaped: {error}")))
}

/// Takes one parameter out, wherever it stands.
///
/// # Errors
/// 400 where it is given twice.
fn take(pairs: &mut Pairs, name: &str) -> Result<Option<String>, Problem> {
    let found: Vec<String> = pairs.extract_if(.., |(known, _)| known == name).map(|(_, value)| value).collect();
    match <[String; 1]>::try_from(found) {
        Ok([value]) => Ok(Some(value)),
        Err(none) if none.is_empty() => Ok(None),
        Err(_) => Err(Problem::invalid(name, "given more than once")),
    }
}

fn read<T: DeserializeOwned>(parts: &Parts, pairs: &mut Pairs) -> Result<Read<T>, Problem> {
    let language = value("lang", take(pairs, "lang")?)?.unwrap_or(Language::English);
    let as_known = value("as_known", take(pairs, "as_known")?)?;
    let format = Wanted::of(take(pairs, "format")?, parts)?;
    let explain = match take(pairs, "explain")?.as_deref() {
        None => false,
        Some("sparql") => true,
        Some(other) => return Err(Problem::invalid("explain", format!("{other:?}; expected sparql"))),
    };
    Ok(Read { filter: filter(pairs, &COMMON)?, language, as_known, explain, format })
}

fn value<T: std::str::FromStr<Err: std::fmt::Display>>(name: &str, text: Option<String>) -> Result<Option<T>, Problem> {
    text.map(|text| text.parse().map_err(|error| Problem::invalid(name, error))).transpose()
}

/// What is left, as the struct of the resource.
fn filter<T: DeserializeOwned>(pairs: &Pairs, others: &[&str]) -> Result<T, Problem> {
    let query = serde_urlencoded::to_string(pairs).map_err(|error| Problem::internal(error.to_string()))?;
    let deserializer = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let name = error.path().to_string();
        let reason = error.into_inner().to_string();
        if let Some(rest) = reason.strip_prefix("unknown field ") {
            let (unknown, expected) = rest.split_once(", ").unwrap_or((rest, ""));
            let expected = expected.trim_start_matches("expected ").trim_start_matches("one of ");
            let known = others.iter().map(|name| format!("`{name}`"));
            let known = Some(expected.to_owned()).filter(|text| text.starts_with('`')).into_iter().chain(known);
            let known = known.collect::<Vec<_>>().join(", ");
            return Problem::new(
                ProblemCode::UnknownParameter,
                format!("unknown parameter {unknown}; known are {known}"),
            );
        }
        match name.as_str() {
            "." | "?" => Problem::new(ProblemCode::InvalidParameter, reason.replace("field", "parameter")),
            name => Problem::invalid(name, reason),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;
    use chancery_model::StateKind;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Filter {
        #[serde(default)]
        kind: Words<StateKind>,
        min_sources: Option<usize>,
    }

    fn check(query: &str, expected: Result<(usize, Option<usize>), &str>) {
        let request = Request::get(format!("/v1/x?{query}")).body(()).unwrap();
        let (parts, ()) = request.into_parts();
        let found = pairs(&uri(&parts)).and_then(|mut pairs| read::<Filter>(&parts, &mut pairs));
        let found = found.map(|read| (read.filter.kind.0.len(), read.filter.min_sources));
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{query}"),
            (Err(problem), Err(words)) => {
                let said = format!("{problem:?}");
                assert!(said.contains(words), "{query}: {said} does not say {words}");
            }
            (found, expected) => panic!("{query}: {found:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn values_are_checked_by_name() {
        check("", Ok((0, None)));
        check("kind=party-to,mission&min_sources=2&lang=ar", Ok((2, Some(2))));
        check("kind=party-to%2C%20mission", Ok((2, None)));
        check("kind=friendship", Err("kind: unknown state kind"));
        check("min_sources=many", Err("min_sources: "));
        check("lang=tlh", Err("lang: unknown language"));
        check("lang=ar&lang=en", Err("lang: given more than once"));
        check("kind=mission&kind=alliance", Err("duplicate parameter `kind`"));
        check("colour=red", Err("UnknownParameter"));
        check("colour=red", Err("unknown parameter `colour`; known are `kind` or `min_sources`, `lang`"));
        check("as_known=yesterday", Err("as_known: "));
        check("explain=please", Err("explain: "));
    }
}

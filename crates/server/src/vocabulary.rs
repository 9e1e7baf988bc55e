//! `/ontology`: the vocabulary as a page for people and as a graph for programs, and the files that it is made of.

use crate::answer;
use crate::error::{Code, Problem};
use crate::openapi::schema;
use crate::parameters::{Nothing, Parameters};
use crate::sparql::negotiate::accepted;
use crate::state::AppState;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chancery_model::Language;
use chancery_rdf::{GraphFormat, ontology, page};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};
use utoipa::IntoParams;

const PAGE: &str = "text/html";
const JSON_LD: &str = "application/ld+json";
/// What a reader that reads JSON looks for to read it as JSON-LD (JSON-LD 1.1, 6.1).
const CONTEXT_LINK: &str =
    "</ontology/context.jsonld>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"";

/// How the vocabulary is shown.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Shown {
    /// Language of the page; without it as `Accept-Language` asks
    #[param(schema_with = schema::language)]
    lang: Option<Language>,
    /// The format by name, for those who cannot set `Accept`: html, turtle, ntriples, nquads, trig, rdfxml, jsonld
    format: Option<String>,
}

/// The page in each language, made once.
static PAGES: LazyLock<HashMap<&'static str, String>> =
    LazyLock::new(|| Language::ALL.into_iter().map(|language| (language.code(), page::html(language))).collect());

/// The styles stand beside the page and are no part of the description.
pub(crate) fn routes() -> Router<Arc<AppState>> {
    let styles = async || ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], page::STYLES);
    Router::new().route("/ontology/page.css", get(styles))
}

/// The vocabulary: a page for people, a graph for programs
///
/// Classes, properties, event types and closed lists with labels in six languages. The anchor of a term on the page is its local
/// name. The graph is that of diplomacy.ttl and event-types.ttl.
#[utoipa::path(get, path = "/ontology", tag = "description", params(Shown),
    responses((status = 200, description = "The vocabulary", content(
            (String = "text/turtle"), (String = "text/html"), (String = "application/n-triples"),
            (String = "application/n-quads"), (String = "application/trig"), (String = "application/rdf+xml"),
            (serde_json::Value = "application/ld+json"))),
        (status = 406, description = "No such format")))]
pub(crate) async fn vocabulary(headers: HeaderMap, Parameters(shown): Parameters<Shown>) -> Result<Response, Problem> {
    let mut response = match format(&headers, shown.format.as_deref())? {
        Some(format) => graph(format)?,
        None => {
            let language = shown.lang.unwrap_or_else(|| spoken(&headers));
            let html = PAGES.get(language.code()).map(String::as_str).unwrap_or_default();
            let headers =
                [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_LANGUAGE, language.code())];
            (headers, html).into_response()
        }
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
    Ok(response)
}

/// A file of the vocabulary
///
/// diplomacy.ttl, event-types.ttl, shapes.ttl, alignments.ttl, codebooks.ttl, context.jsonld.
#[utoipa::path(get, path = "/ontology/{file}", tag = "description",
    params(("file" = String, Path, example = "context.jsonld"), Nothing),
    responses((status = 200, description = "The file", content(
            (String = "text/turtle"), (serde_json::Value = "application/ld+json"))),
        (status = 404, description = "No such file")))]
pub(crate) async fn file(Path(name): Path<String>, _: Parameters<Nothing>) -> Result<Response, Problem> {
    if name == "context.jsonld" {
        return Ok(([(header::CONTENT_TYPE, JSON_LD)], ontology::CONTEXT).into_response());
    }
    let file = ontology::FILES.iter().find(|(known, _)| *known == name);
    let offer = || ontology::FILES.map(|(known, _)| known).join(", ");
    let unknown = || Problem::new(Code::NotFound, format!("no file {name:?}; there are {}, context.jsonld", offer()));
    let (_, text) = file.ok_or_else(unknown)?;
    Ok(([(header::CONTENT_TYPE, "text/turtle; charset=utf-8")], *text).into_response())
}

/// The format of the graph; none for the page. Turtle where nothing is said.
fn format(headers: &HeaderMap, name: Option<&str>) -> Result<Option<GraphFormat>, Problem> {
    let graphs = GraphFormat::ALL.map(GraphFormat::media_type);
    match name {
        Some("html") => Ok(None),
        Some(name) => match name.parse() {
            Ok(format) => Ok(Some(format)),
            Err(_) => {
                let names = GraphFormat::ALL.map(GraphFormat::name).join(", ");
                Err(Problem::invalid("format", format!("no format {name:?} here; expected one of html, {names}")))
            }
        },
        None => {
            let offer: Vec<&str> = graphs.into_iter().chain([PAGE]).collect();
            Ok(GraphFormat::from_media_type(accepted(headers, &offer)?))
        }
    }
}

fn graph(format: GraphFormat) -> Result<Response, Problem> {
    let mut response = answer::triples(ontology::triples(), format)?;
    response.headers_mut().insert(header::LINK, HeaderValue::from_static(CONTEXT_LINK));
    Ok(response)
}

/// The language that the reader likes best of those that we have (RFC 9110, section 12.5.4); English where none is named.
fn spoken(headers: &HeaderMap) -> Language {
    let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (0.0, Language::English);
    for range in accept.split(',') {
        let mut parts = range.trim().split(';');
        let code = parts.next().and_then(|tag| tag.split('-').next()).unwrap_or_default().to_ascii_lowercase();
        let quality = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
        if let Ok(language) = code.parse::<Language>()
            && quality > best.0
        {
            best = (quality, language);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(accept: &str, expected: Language) {
        let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, accept.parse().unwrap())]);
        assert_eq!(spoken(&headers), expected, "{accept}");
    }

    #[test]
    fn the_page_speaks_the_language_that_is_liked_best() {
        check("ar-EG,ar;q=0.9,en;q=0.8", Language::Arabic);
        check("de, fr;q=0.7, en;q=0.3", Language::French);
        check("de", Language::English);
        check("zh;q=0, en;q=0.1", Language::English);
        assert_eq!(spoken(&HeaderMap::new()), Language::English);
    }
}

//! In which format a read is answered: by the ending of the path, by `format=`, else by `Accept`.

use crate::error::{Code, Problem};
use crate::sparql::negotiate::accepted;
use axum::extract::{OriginalUri, Request};
use axum::http::header::ACCEPT;
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, Uri};
use chancery_graph::NetworkFormat;
use chancery_rdf::GraphFormat;

/// A format of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// The types of [`crate::wire`].
    Json,
    /// One row an item.
    Csv,
    /// A feature collection (RFC 7946).
    GeoJson,
    /// What the graph says of the items.
    Graph(GraphFormat),
    /// A network.
    Network(NetworkFormat),
}

impl Format {
    /// JSON first, then the graph formats.
    pub(crate) const JSON_AND_GRAPHS: [Self; 7] = [
        Self::Json,
        Self::Graph(GraphFormat::JsonLd),
        Self::Graph(GraphFormat::Turtle),
        Self::Graph(GraphFormat::NTriples),
        Self::Graph(GraphFormat::RdfXml),
        Self::Graph(GraphFormat::TriG),
        Self::Graph(GraphFormat::NQuads),
    ];

    /// The word of `format=`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::Graph(format) => format.name(),
            Self::Network(format) => format.name(),
        }
    }

    /// The media type without parameters.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::GeoJson => "application/geo+json",
            Self::Graph(format) => format.media_type(),
            Self::Network(format) => format.media_type(),
        }
    }

    /// The media type as `Content-Type` gives it.
    pub(crate) fn content_type(self) -> String {
        with_charset(self.media_type())
    }

    /// The ending of paths and files, without a dot.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::Graph(format) => format.extension(),
            Self::Network(format) => format.extension(),
        }
    }

    fn is_called(self, word: &str) -> bool {
        [self.name(), self.ending(), self.media_type()].contains(&word)
    }
}

/// Texts say in which letters they are written.
pub(crate) fn with_charset(media_type: &str) -> String {
    if media_type.starts_with("text/") { format!("{media_type}; charset=utf-8") } else { media_type.to_owned() }
}

/// What the client wants.
#[derive(Clone, Debug)]
pub(crate) enum Wanted {
    /// By the ending of the path.
    Ending(String),
    /// By `format=`.
    Name(String),
    /// By `Accept`, which may be absent.
    Accept(HeaderMap),
}

/// The ending that was cut off the path.
#[derive(Clone, Debug)]
struct Ending(String);

impl Wanted {
    /// # Errors
    /// 400 where path and parameter both name one.
    pub(crate) fn of(parameter: Option<String>, parts: &Parts) -> Result<Self, Problem> {
        match (parts.extensions.get::<Ending>(), parameter) {
            (Some(_), Some(_)) => Err(Problem::invalid("format", "the ending of the path names one already")),
            (Some(Ending(ending)), None) => Ok(Self::Ending(ending.clone())),
            (None, Some(name)) => Ok(Self::Name(name)),
            (None, None) => {
                let accept = parts.headers.get_all(ACCEPT).iter().map(|value| (ACCEPT, value.clone()));
                Ok(Self::Accept(accept.collect()))
            }
        }
    }

    /// The one of the offer that is wanted.
    ///
    /// # Errors
    /// 406 with the offer; 400 where the parameter names none of it.
    pub(crate) fn among(&self, offer: &[Format]) -> Result<Format, Problem> {
        let names = |of: fn(Format) -> &'static str| offer.iter().copied().map(of).collect::<Vec<_>>();
        match self {
            Self::Ending(ending) => {
                let found = offer.iter().copied().find(|format| format.ending() == ending);
                let reason = || format!("no .{ending} here; there are {}", names(Format::ending).join(", "));
                found.ok_or_else(|| Problem::new(Code::NotAcceptable, reason()))
            }
            Self::Name(name) => {
                let found = offer.iter().copied().find(|format| format.is_called(name));
                let reason = || format!("no format {name:?} here; expected one of {}", names(Format::name).join(", "));
                found.ok_or_else(|| Problem::invalid("format", reason()))
            }
            Self::Accept(headers) => {
                let liked = accepted(headers, &names(Format::media_type))?;
                let found = offer.iter().copied().find(|format| format.media_type() == liked);
                found.ok_or_else(|| Problem::internal("a format that is not offered"))
            }
        }
    }
}

/// Endings that stand for a format below `/v1`.
const ENDINGS: [&str; 13] =
    ["json", "jsonld", "ttl", "nt", "nq", "trig", "rdf", "csv", "geojson", "gexf", "graphml", "dot", "cyjs"];

/// Cuts the ending off the path of a read, so that `/v1/countries.csv` is `/v1/countries`. Keys of documents may end with
/// anything, so that those are left whole.
pub(crate) fn cut_ending<B>(mut request: Request<B>) -> Request<B> {
    if let Some((uri, ending)) = without_ending(request.uri()) {
        let original = OriginalUri(std::mem::replace(request.uri_mut(), uri));
        request.extensions_mut().insert(original);
        request.extensions_mut().insert(Ending(ending));
    }
    request
}

fn without_ending(uri: &Uri) -> Option<(Uri, String)> {
    let path = uri.path();
    if !path.starts_with("/v1/") || path.starts_with("/v1/documents/") {
        return None;
    }
    let (front, ending) = path.rsplit_once('.').filter(|(_, ending)| ENDINGS.contains(ending))?;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("{front}{query}")).ok()?);
    Some((Uri::from_parts(parts).ok()?, ending.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(uri: &str, expected: Option<(&str, &str)>) {
        let found = without_ending(&uri.parse().unwrap());
        let found = found.as_ref().map(|(uri, ending)| (uri.path_and_query().unwrap().as_str(), ending.as_str()));
        assert_eq!(found, expected, "{uri}");
    }

    #[test]
    fn endings_are_cut_where_they_name_a_format() {
        check("/v1/countries.csv?lang=ar", Some(("/v1/countries?lang=ar", "csv")));
        check("/v1/countries/KAZ.ttl", Some(("/v1/countries/KAZ", "ttl")));
        check("/v1/countries/KAZ/network.gexf", Some(("/v1/countries/KAZ/network", "gexf")));
        check("/v1/countries", None);
        check("/v1/countries/KAZ.xls", None);
        check("/v1/documents.csv", Some(("/v1/documents", "csv")));
        check("/v1/documents/wire.csv", None);
        check("/ontology/context.jsonld", None);
    }

    #[test]
    fn the_offer_is_told_where_nothing_fits() {
        let offer = [Format::Json, Format::Csv];
        let check = |wanted: Wanted| format!("{:?}", wanted.among(&offer).unwrap_err());
        assert!(check(Wanted::Ending("ttl".to_owned())).contains("json, csv"));
        assert!(check(Wanted::Name("ttl".to_owned())).contains("json, csv"));
        let headers = HeaderMap::from_iter([(ACCEPT, "text/turtle".parse().unwrap())]);
        assert!(check(Wanted::Accept(headers)).contains("application/json, text/csv"));
        assert_eq!(Wanted::Name("text/csv".to_owned()).among(&offer).ok(), Some(Format::Csv));
    }
}

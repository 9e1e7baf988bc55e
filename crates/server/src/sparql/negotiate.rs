//! Content negotiation (RFC 9110, section 12): which of the offered media types the reader likes best.

use crate::error::{Code, Problem};
use axum::http::{HeaderMap, header};
use chancery_rdf::GraphFormat;

/// The offered type that the reader likes best; among equals the first offered. The first where nothing is said.
///
/// # Errors
/// 406 with the offer, where nothing fits.
pub(crate) fn accepted<'a>(headers: &HeaderMap, offer: &[&'a str]) -> Result<&'a str, Problem> {
    let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let accept = values.collect::<Vec<_>>().join(",");
    if accept.trim().is_empty() {
        return Ok(offer[0]);
    }
    let ranges: Vec<Range<'_>> = accept.split(',').filter_map(Range::parse).collect();
    let liked = offer.iter().rev().map(|offered| (quality(&ranges, offered), *offered));
    let best = liked.filter(|(quality, _)| *quality > 0.0).max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.map(|(_, offered)| offered).ok_or_else(|| {
        Problem::new(Code::NotAcceptable, format!("Accept: {accept:?} fits none of {}", offer.join(", ")))
    })
}

/// The format for graphs that the reader likes best; Turtle where nothing is said.
///
/// # Errors
/// 406 with the offer, where none fits.
pub(crate) fn graph_format(headers: &HeaderMap) -> Result<GraphFormat, Problem> {
    let media_type = accepted(headers, &GraphFormat::ALL.map(GraphFormat::media_type))?;
    Ok(GraphFormat::from_media_type(media_type).unwrap_or(GraphFormat::Turtle))
}

/// One range of an Accept header, `text/*;q=0.5`.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    quality: f32,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let quality = parts.find_map(|part| part.strip_prefix("q=")?.trim().parse().ok()).unwrap_or(1.0);
        Some(Self { kind, subtype, quality })
    }

    /// How closely it names a type: 2 wholly, 1 by its kind, 0 as anything; none where it does not.
    fn names(&self, kind: &str, subtype: &str) -> Option<u8> {
        let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
        match (self.kind, self.subtype) {
            ("*", "*") => Some(0),
            (k, "*") if same(k, kind) => Some(1),
            (k, s) if same(k, kind) && same(s, subtype) => Some(2),
            _ => None,
        }
    }
}

/// The quality of the range that names a type most closely; 0 where none does.
fn quality(ranges: &[Range<'_>], media_type: &str) -> f32 {
    let Some((kind, subtype)) = media_type.split_once('/') else { return 0.0 };
    let named = ranges.iter().filter_map(|range| Some((range.names(kind, subtype)?, range.quality)));
    named.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))).map_or(0.0, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(accept: &str, expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        let offer = ["application/json", "text/csv", "text/turtle"];
        assert_eq!(accepted(&headers, &offer).ok(), expected, "{accept}");
    }

    #[test]
    fn the_best_liked_wins() {
        check("text/csv", Some("text/csv"));
        check("*/*", Some("application/json"));
        check("text/*", Some("text/csv"));
        check("text/*;q=0.4, text/turtle;q=0.9", Some("text/turtle"));
        check("text/csv;q=0.2, */*;q=0.1", Some("text/csv"));
        check("application/json;q=0, text/csv", Some("text/csv"));
        check("TEXT/CSV", Some("text/csv"));
        check("image/png", None);
        check("application/json;q=0", None);
    }

    #[test]
    fn without_a_word_the_first_is_given() {
        assert_eq!(accepted(&HeaderMap::new(), &["a/b", "c/d"]).ok(), Some("a/b"));
    }
}

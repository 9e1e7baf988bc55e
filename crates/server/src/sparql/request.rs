//! Bodies and content types of requests.

use crate::error::{Code, Problem};
use crate::rest::body::whole;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};

/// Reads a body as a whole. Compressed ones are refused: a few bytes can stand for gigabytes.
pub(super) async fn body(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Problem> {
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err(Problem::new(Code::UnsupportedMediaType, "the body must not be compressed"));
    }
    whole(headers, body, limit).await
}

/// The media type of the body without parameters, in small letters; empty where none is given.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    content_type(headers).split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether the body is said to be UTF-8, or nothing is said.
pub(super) fn charset_is_utf8(headers: &HeaderMap) -> bool {
    let parameters = content_type(headers).split(';').skip(1).filter_map(|it| it.split_once('='));
    let mut charsets = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charsets.all(|(_, value)| ["utf-8", "utf8"].contains(&&*value.trim().trim_matches('"').to_ascii_lowercase()))
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

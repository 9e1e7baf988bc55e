//! What every answer carries: safety headers and validators (ETag and 304).

use crate::error::Problem;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use sha2::{Digest, Sha256};

const PAGE_POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
                           img-src 'self' data:; object-src 'none'";
/// Swagger UI sets styles of its own in the page.
const DOCS_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; \
                           frame-ancestors 'none'; img-src 'self' data:; object-src 'none'";

const CROSS_ORIGIN_OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Headers for safety and for caches.
pub(crate) async fn add(request: Request, next: Next) -> Response<Body> {
    let policy = if request.uri().path().starts_with("/docs") { DOCS_POLICY } else { PAGE_POLICY };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.append(header::VARY, HeaderValue::from_static("accept"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// A hash of the body as validator of each read; 304 where the reader has it already. What is streamed has none.
pub(crate) async fn validate(request: Request, next: Next) -> Response<Body> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !is_read || response.status() != StatusCode::OK || response.body().size_hint().exact().is_none() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // It is in memory already.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Problem::internal("the answer could not be read").into_response();
    };
    if let Ok(value) = HeaderValue::from_str(&etag(&bytes)) {
        parts.headers.insert(header::ETAG, value);
    }
    let response = Response::from_parts(parts, Body::from(bytes));
    if is_known(known.as_ref(), response.headers()) { unchanged(response) } else { response }
}

/// Whether a reader has what these headers tell of.
pub(crate) fn is_known(known: Option<&HeaderValue>, headers: &HeaderMap) -> bool {
    let etag = headers.get(header::ETAG).and_then(|value| value.to_str().ok());
    let known = known.and_then(|value| value.to_str().ok());
    etag.zip(known).is_some_and(|(etag, known)| matches(known, etag))
}

/// The answer without what the reader has already.
pub(crate) fn unchanged(response: Response<Body>) -> Response<Body> {
    let (mut parts, _) = response.into_parts();
    parts.status = StatusCode::NOT_MODIFIED;
    for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
        parts.headers.remove(name);
    }
    Response::from_parts(parts, Body::empty())
}

/// Weak: compression changes the bytes, not what they say.
fn etag(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hex}\"")
}

fn matches(known: &str, etag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.split(',').any(|tag| tag.trim() == "*" || bare(tag) == bare(etag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_of_several_validators_counts() {
        assert!(matches("\"a\", W/\"b\"", "W/\"b\""));
        assert!(matches("*", "W/\"b\""));
        assert!(!matches("\"a\"", "W/\"b\""));
    }
}

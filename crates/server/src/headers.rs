//! What every answer carries: safety headers, validators (ETag and 304), and the check of the Host.

use crate::error::{Code, Problem};
use crate::state::AppState;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use sha2::{Digest, Sha256};
use std::sync::Arc;

const PAGE_POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
                           img-src 'self' data:; object-src 'none'";
/// Swagger UI sets styles of its own in the page.
const DOCS_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; \
                           frame-ancestors 'none'; img-src 'self' data:; object-src 'none'";

/// Headers for safety and for caches.
pub(crate) async fn add(request: Request, next: Next) -> Response<Body> {
    let policy = if request.uri().path().starts_with("/docs") { DOCS_POLICY } else { PAGE_POLICY };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.append(header::VARY, HeaderValue::from_static("accept"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// A strong hash of the body as validator of each read; 304 where the reader has it already.
pub(crate) async fn validate(request: Request, next: Next) -> Response<Body> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !is_read || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // Every answer is made in memory before it is sent.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Problem::internal("the answer could not be read").into_response();
    };
    let etag = etag(&bytes);
    let fresh = known.as_ref().and_then(|value| value.to_str().ok()).is_some_and(|known| matches(known, &etag));
    if let Ok(value) = HeaderValue::from_str(&etag) {
        parts.headers.insert(header::ETAG, value);
    }
    if fresh {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
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

/// On loopback only loopback names are answered: a page elsewhere whose name is pointed at us gets nothing.
pub(crate) async fn check_host(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response<Body> {
    match host(request.headers()) {
        Some(host) if state.loopback_only && !is_loopback(&host) => {
            let detail = format!("this server answers to localhost, not to {host:?}");
            Problem::new(Code::WrongHost, detail).into_response()
        }
        _ => next.run(request).await,
    }
}

fn host(headers: &HeaderMap) -> Option<String> {
    Some(headers.get(header::HOST)?.to_str().unwrap_or_default().to_ascii_lowercase())
}

fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_names() {
        for host in ["localhost", "localhost:7878", "127.0.0.1:80", "[::1]:7878", "127.3.2.1"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["", "example.org", "localhost.example.org", "10.0.0.1", "[::2]"] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn any_of_several_validators_counts() {
        assert!(matches("\"a\", W/\"b\"", "W/\"b\""));
        assert!(matches("*", "W/\"b\""));
        assert!(!matches("\"a\"", "W/\"b\""));
    }
}

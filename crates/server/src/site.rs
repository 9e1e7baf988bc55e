//! Where the reader knows us: scheme and host of a request, also behind a proxy that tells its scheme.

use axum::http::HeaderMap;

/// `https://graph.example.org`; none where the reader tells no host, or one that cannot be told again.
pub(crate) fn address(headers: &HeaderMap) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = if text("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let host = text("host").filter(|host| !host.is_empty() && host.chars().all(is_host))?;
    Some(format!("{scheme}://{host}"))
}

//! Every request gets an id, is counted, timed and logged; those that write go into the audit log.

use crate::access::Caller;
use crate::audit::{self, Entry};
use crate::error::{Code, Told};
use crate::state::AppState;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response};
use axum::middleware::Next;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The header of the id, in requests and answers.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest id that we take from a caller.
const MAX_ID: usize = 64;
/// What did not come as far as a route.
const NO_ROUTE: &str = "none";

/// The route that answered, as the router knows it.
#[derive(Clone, Debug)]
pub(crate) struct Route(pub(crate) Arc<str>);

/// Leaves the route in the answer, where those outside the router see it.
pub(crate) async fn name_route(request: Request, next: Next) -> Response<Body> {
    let route = request.extensions().get::<MatchedPath>().map(|path| Route(path.as_str().into()));
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    response
}

/// Numbers, counts, times and logs a request.
pub(crate) async fn observe(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response<Body> {
    let started = Instant::now();
    let id = request_id(request.headers());
    let method = request.method().clone();
    let uri = request.uri().clone();
    state.metrics.begin();
    // Also where the caller goes before the answer is there.
    let in_flight = InFlight(&state);
    let mut response = next.run(request).await;
    drop(in_flight);
    let seen = Seen::of(&response, started.elapsed());
    state.metrics.observe(method_word(&method), seen.route(), response.status(), seen.problem, seen.took);
    log(&id, &method, uri.path(), &seen, response.status().as_u16());
    if audit::is_write(&method, uri.path(), response.status(), seen.problem) {
        let path = uri.path_and_query().map_or(uri.path(), |path| path.as_str());
        let entry = Entry {
            request: id.to_str().unwrap_or_default(),
            method: method.as_str(),
            path,
            status: response.status().as_u16(),
            revision: state.store.snapshot().revision,
            ..Entry::of(&seen.caller, seen.problem)
        };
        audit::note(state.audit.as_deref(), &entry);
    }
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

struct InFlight<'a>(&'a AppState);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.metrics.end();
    }
}

/// What an answer leaves for us.
struct Seen {
    route: Option<Route>,
    caller: Caller,
    problem: Option<Code>,
    took: Duration,
}

impl Seen {
    fn of(response: &Response<Body>, took: Duration) -> Self {
        let extensions = response.extensions();
        Self {
            route: extensions.get::<Route>().cloned(),
            caller: extensions.get::<Caller>().cloned().unwrap_or_default(),
            problem: extensions.get::<Told>().map(|Told(code)| *code),
            took,
        }
    }

    fn route(&self) -> &str {
        self.route.as_ref().map_or(NO_ROUTE, |Route(route)| route)
    }
}

fn log(id: &HeaderValue, method: &Method, path: &str, seen: &Seen, status: u16) {
    let request = id.to_str().unwrap_or_default();
    let took_ms = seen.took.as_secs_f64() * 1000.0;
    let name = seen.caller.identity.as_ref().map(|identity| &*identity.name);
    let problem = seen.problem.map(Code::as_str);
    tracing::info!(request, %method, path, route = seen.route(), status, took_ms, name, problem, "request");
}

/// Methods that nobody registered are one word, so that no caller can make up measures.
fn method_word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

/// The caller's id where it is short and plain, else one of ours (UUID version 7, which sorts by time).
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let plain = |value: &&HeaderValue| {
        let bytes = value.as_bytes();
        !bytes.is_empty()
            && bytes.len() <= MAX_ID
            && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte))
    };
    let given = headers.get(REQUEST_ID).filter(plain).cloned();
    given.unwrap_or_else(|| {
        let text = Uuid::now_v7().to_string();
        HeaderValue::try_from(text).expect("hexadecimal digits and hyphens are a header value")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, is_kept: bool) {
        let headers = HeaderMap::from_iter([(REQUEST_ID, given.parse().unwrap())]);
        assert_eq!(request_id(&headers) == given, is_kept, "{given}");
    }

    #[test]
    fn a_plain_id_of_the_caller_is_kept() {
        check("01890a5d-ac96-774b-bcce-b302099a8057", true);
        check("trace:7.b_c", true);
        check("two words", false);
        check("\"quoted\"", false);
        check(&"x".repeat(65), false);
    }
}

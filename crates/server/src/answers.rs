//! Answers of look-ups that are kept as they were sent, until the store changes: the same question is then answered without
//! asking the snapshot again, and without writing, hashing and compressing the same bytes again.
//!
//! An answer is a function of the revision, the path with its query, and what the reader accepts; these are the key.

use crate::headers::{is_known, unchanged};
use crate::state::AppState;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;

/// Bytes of answers that are kept.
const KEPT_BYTES: u64 = 64 << 20;
/// Answers that the cache makes room for.
const KEPT_ANSWERS: usize = 16_384;
/// The longest question: path, query and the headers that count.
const MAX_QUESTION: usize = 2_048;
/// What an answer weighs beside its body.
const OVERHEAD_BYTES: u64 = 1_024;

/// An answer as it was sent.
#[derive(Clone, Debug)]
struct Kept {
    headers: HeaderMap,
    /// What those further out want to know: the route.
    extensions: Extensions,
    body: Bytes,
}

#[derive(Clone, Debug)]
struct BodyBytes;

impl Weighter<String, Arc<Kept>> for BodyBytes {
    fn weight(&self, key: &String, kept: &Arc<Kept>) -> u64 {
        (key.len() + kept.body.len()) as u64 + OVERHEAD_BYTES
    }
}

/// The cache.
#[derive(Debug)]
pub(crate) struct Answers(Cache<String, Arc<Kept>, BodyBytes>);

impl Default for Answers {
    fn default() -> Self {
        Self(Cache::with_weighter(KEPT_ANSWERS, KEPT_BYTES, BodyBytes))
    }
}

/// Answers from what is kept, else keeps what is answered.
pub(crate) async fn keep(State(state): State<Arc<AppState>>, mut request: Request, next: Next) -> Response<Body> {
    let Some(question) = question(&state, &request) else { return next.run(request).await };
    let known = request.headers_mut().remove(header::IF_NONE_MATCH);
    let kept = state.answers.0.get(&question);
    state.metrics.answer(kept.is_some());
    let response = match kept {
        Some(kept) => kept.response(),
        None => {
            let response = next.run(request).await;
            if response.status() != StatusCode::OK {
                return response;
            }
            match Kept::of(response).await {
                Err(problem) => return problem,
                Ok(kept) => {
                    let kept = Arc::new(kept);
                    state.answers.0.insert(question, kept.clone());
                    kept.response()
                }
            }
        }
    };
    if is_known(known.as_ref(), response.headers()) { unchanged(response) } else { response }
}

impl Kept {
    async fn of(response: Response<Body>) -> Result<Self, Response<Body>> {
        let (parts, body) = response.into_parts();
        let fault = |_| crate::error::Problem::internal("the answer could not be read").into_response();
        let body = to_bytes(body, usize::MAX).await.map_err(fault)?;
        let mut headers = parts.headers;
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        Ok(Self { headers, extensions: parts.extensions, body })
    }

    fn response(&self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.headers_mut() = self.headers.clone();
        *response.extensions_mut() = self.extensions.clone();
        response
    }
}

/// The key of a look-up; none for what is no look-up, or too long to be kept.
fn question(state: &AppState, request: &Request) -> Option<String> {
    let path = request.uri().path_and_query()?.as_str();
    if *request.method() != Method::GET || !path.starts_with("/v1/") {
        return None;
    }
    let revision = state.store.snapshot().revision;
    let mut question = format!("{revision} {path}");
    for name in [header::ACCEPT, header::ACCEPT_ENCODING] {
        question.push('\n');
        for value in request.headers().get_all(&name) {
            question.push_str(value.to_str().ok()?);
            question.push(',');
        }
    }
    (question.len() <= MAX_QUESTION).then_some(question)
}

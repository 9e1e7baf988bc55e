//! Errors as problems (RFC 9457) with stable codes. The status of each code is decided in one place.

use axum::body::Body;
use axum::http::{Response, StatusCode, Uri, header};
use axum::response::IntoResponse;
use chancery_store::StoreError;
use serde::Serialize;
use std::any::Any;

/// The media type of every error.
pub(crate) const PROBLEM_JSON: &str = "application/problem+json";
/// Browsers ask their user for a name and a password, which is the token; it opens reads only.
const CHALLENGE: &str = "Bearer realm=\"chancery\", Basic realm=\"chancery\", charset=\"UTF-8\"";

/// What kind of problem it is: the word programs rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Code {
    UnknownParameter,
    InvalidParameter,
    InvalidBody,
    InvalidQuery,
    InvalidDocument,
    NothingRead,
    Rejected,
    ValidationIncomplete,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    UnsupportedMediaType,
    CursorExpired,
    TooLarge,
    TooManyRows,
    QueryTimeout,
    QueryRefused,
    Busy,
    Loading,
    ShuttingDown,
    RateLimited,
    RequestTimeout,
    StorageFull,
    Unauthorized,
    Forbidden,
    CrossOrigin,
    WritesDisabled,
    DerivedGraphReadOnly,
    WrongHost,
    Internal,
}

impl Code {
    /// The word.
    pub(crate) fn as_str(self) -> &'static str {
        self.facts().1
    }

    /// Status, word and title.
    pub(crate) fn facts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::UnknownParameter => (StatusCode::BAD_REQUEST, "unknown-parameter", "Unknown parameter"),
            Self::InvalidParameter => (StatusCode::BAD_REQUEST, "invalid-parameter", "Invalid parameter"),
            Self::InvalidBody => (StatusCode::BAD_REQUEST, "invalid-body", "Invalid body"),
            Self::InvalidQuery => (StatusCode::BAD_REQUEST, "invalid-query", "Invalid query"),
            Self::InvalidDocument => (StatusCode::UNPROCESSABLE_ENTITY, "invalid-document", "Invalid document"),
            Self::NothingRead => (StatusCode::UNPROCESSABLE_ENTITY, "nothing-read", "No document could be read"),
            Self::Rejected => (StatusCode::UNPROCESSABLE_ENTITY, "rejected", "It would break a shape"),
            Self::ValidationIncomplete => {
                (StatusCode::UNPROCESSABLE_ENTITY, "validation-incomplete", "The validation was cut short")
            }
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found", "Not found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed"),
            Self::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, "not-acceptable", "No such format"),
            Self::UnsupportedMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Unsupported media type")
            }
            Self::CursorExpired => (StatusCode::GONE, "cursor-expired", "The list has changed"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too large"),
            Self::TooManyRows => (StatusCode::UNPROCESSABLE_ENTITY, "too-many-rows", "Too many rows"),
            Self::QueryTimeout => (StatusCode::SERVICE_UNAVAILABLE, "query-timeout", "The query took too long"),
            Self::QueryRefused => (StatusCode::FORBIDDEN, "query-refused", "Refused"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", "Busy"),
            Self::Loading => (StatusCode::SERVICE_UNAVAILABLE, "loading", "The store is being read"),
            Self::ShuttingDown => (StatusCode::SERVICE_UNAVAILABLE, "shutting-down", "Shutting down"),
            Self::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "rate-limited", "Too many requests"),
            Self::RequestTimeout => (StatusCode::REQUEST_TIMEOUT, "request-timeout", "The request came too slowly"),
            Self::StorageFull => (StatusCode::INSUFFICIENT_STORAGE, "storage-full", "The disk is full"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden", "The role does not allow it"),
            Self::CrossOrigin => (StatusCode::FORBIDDEN, "cross-origin", "Asked from another site"),
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, "unauthorized", "Token needed"),
            Self::WritesDisabled => (StatusCode::FORBIDDEN, "writes-disabled", "Writes are disabled"),
            Self::DerivedGraphReadOnly => {
                (StatusCode::FORBIDDEN, "derived-graph-read-only", "The derived graph is read only")
            }
            Self::WrongHost => (StatusCode::MISDIRECTED_REQUEST, "wrong-host", "Wrong host"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "A fault of the server"),
        }
    }
}

/// One problem, as it is answered.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    code: Code,
    detail: String,
    errors: Vec<FieldError>,
}

/// One thing that is wrong with a body.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct FieldError {
    /// What is wrong, and what was expected.
    pub(crate) detail: String,
    /// The line of a body of JSON Lines, from 1; null where the body is one document.
    pub(crate) line: Option<usize>,
    /// Where in the JSON of the body, or of the line (RFC 6901); null for all of it.
    pub(crate) pointer: Option<String>,
}

/// The body of every error: RFC 9457.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// `https://w3id.org/chancery/problems/<code>`.
    r#type: String,
    /// What kind of problem, for people.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What is wrong here, and what to do.
    detail: String,
    /// What kind of problem, for programs; stable.
    code: &'static str,
    /// What is wrong with the body, one by one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
}

/// The code of a problem, for whoever counts answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told(pub(crate) Code);

impl Problem {
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new() }
    }

    /// The same with what went well before it.
    pub(crate) fn after(self, what: &str) -> Self {
        Self { detail: format!("{}; {what}", self.detail), ..self }
    }

    /// The same with what is wrong with the body, one by one.
    pub(crate) fn with_errors(self, errors: Vec<FieldError>) -> Self {
        Self { errors, ..self }
    }

    /// The body of the answer.
    pub(crate) fn body(self) -> ProblemBody {
        let (status, code, title) = self.code.facts();
        let r#type = format!("https://w3id.org/chancery/problems/{code}");
        ProblemBody { r#type, title, status: status.as_u16(), detail: self.detail, code, errors: self.errors }
    }

    pub(crate) fn internal(detail: impl Into<String>) -> Self {
        Self::new(Code::Internal, detail)
    }

    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        Self::new(Code::NotFound, format!("there is no {what} {id:?}"))
    }

    pub(crate) fn invalid(parameter: &str, reason: impl std::fmt::Display) -> Self {
        Self::new(Code::InvalidParameter, format!("{parameter}: {reason}"))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let told = self.code;
        let (status, ..) = told.facts();
        if told == Code::Internal {
            tracing::error!(detail = self.detail, "request failed");
        }
        let json = serde_json::to_vec(&self.body()).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, PROBLEM_JSON)], json).into_response();
        response.extensions_mut().insert(Told(told));
        let extra = match told {
            Code::Unauthorized => Some((header::WWW_AUTHENTICATE, CHALLENGE)),
            Code::Busy | Code::QueryTimeout => Some((header::RETRY_AFTER, "1")),
            Code::Loading => Some((header::RETRY_AFTER, "5")),
            Code::ShuttingDown => Some((header::RETRY_AFTER, "10")),
            _ => None,
        };
        if let Some((name, value)) = extra {
            response.headers_mut().insert(name, header::HeaderValue::from_static(value));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Syntax { .. } => Code::InvalidQuery,
            StoreError::InvalidIri { .. } | StoreError::Argument { .. } => Code::InvalidParameter,
            StoreError::Refused { .. } => Code::QueryRefused,
            StoreError::Rejected { .. } => Code::Rejected,
            StoreError::Timeout { .. } => Code::QueryTimeout,
            StoreError::TooManyRows { .. } => Code::TooManyRows,
            StoreError::TooLarge { .. } => Code::TooLarge,
            StoreError::Loading | StoreError::CatchingUp | StoreError::Rewriting { .. } => Code::Loading,
            StoreError::Busy | StoreError::OutOfMemory | StoreError::Cancelled => Code::Busy,
            StoreError::Evaluation(_) => Code::InvalidQuery,
            StoreError::DerivedGraphReadOnly => Code::DerivedGraphReadOnly,
            StoreError::Rdf { .. } => Code::InvalidBody,
            StoreError::NoGraph(_) | StoreError::UnknownQuery { .. } => Code::NotFound,
            _ => Code::Internal,
        };
        if is_disk_full(&error) || matches!(error, StoreError::DiskFull { .. }) {
            tracing::error!(%error, "the disk is full");
            return Self::new(Code::StorageFull, "the disk is full: nothing was written, and reads go on");
        }
        if code == Code::Internal {
            // What is wrong with the disk is for the log, not for the reader.
            tracing::error!(%error, "the store failed");
            return Self::internal("the store cannot be read or written; the log of the server says more");
        }
        Self::new(code, error.to_string())
    }
}

/// Whether the disk had no room, whichever engine says so.
fn is_disk_full(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .filter_map(|error| error.downcast_ref::<std::io::Error>())
        .any(|error| matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded))
}

pub(crate) async fn method_not_allowed(uri: Uri) -> Problem {
    Problem::new(Code::MethodNotAllowed, format!("{} does not take this method; /openapi.json lists them", uri.path()))
}

/// The answer to a page of another site that would have us do something.
pub(crate) fn cross_origin() -> Problem {
    Problem::new(
        Code::CrossOrigin,
        "a page of another site may not send this; call without a browser, or from our own pages",
    )
}

/// Turns what a library refused in words of its own into a problem, so that every error has one form.
pub(crate) async fn as_problem(response: Response<Body>) -> Response<Body> {
    let status = response.status();
    let is_told = response.extensions().get::<Told>().is_some();
    if is_told || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let code = match status {
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::NOT_FOUND => Code::NotFound,
        StatusCode::REQUEST_TIMEOUT => Code::RequestTimeout,
        status if status.is_server_error() => Code::Internal,
        _ => Code::InvalidBody,
    };
    let (parts, body) = response.into_parts();
    let words = axum::body::to_bytes(body, MAX_WORDS).await.unwrap_or_default();
    let mut told = Problem::new(code, String::from_utf8_lossy(&words)).into_response();
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = parts.headers.get(&name) {
            told.headers_mut().insert(name, value.clone());
        }
    }
    told
}

/// The most bytes of a refusal in other words than ours.
const MAX_WORDS: usize = 4096;

/// The answer where a handler panicked: our fault, and nothing of it is shown.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    Problem::internal("an unexpected fault; the log of the server says more").into_response()
}

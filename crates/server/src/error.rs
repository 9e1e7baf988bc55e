//! Errors as problems (RFC 9457) with stable codes. The status of each code is decided in one place.

use axum::body::Body;
use axum::http::{Response, StatusCode, Uri, header};
use axum::response::IntoResponse;
use chancery_store::StoreError;
use serde::Serialize;
use std::any::Any;

/// What kind of problem it is: the word programs rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    UnknownParameter,
    InvalidParameter,
    InvalidBody,
    InvalidQuery,
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
    Unauthorized,
    WritesDisabled,
    DerivedGraphReadOnly,
    WrongHost,
    Internal,
}

impl Code {
    /// Status, word and title.
    fn facts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::UnknownParameter => (StatusCode::BAD_REQUEST, "unknown-parameter", "Unknown parameter"),
            Self::InvalidParameter => (StatusCode::BAD_REQUEST, "invalid-parameter", "Invalid parameter"),
            Self::InvalidBody => (StatusCode::BAD_REQUEST, "invalid-body", "Invalid body"),
            Self::InvalidQuery => (StatusCode::BAD_REQUEST, "invalid-query", "Invalid query"),
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
}

impl Problem {
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
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
        let (status, code, title) = self.code.facts();
        if self.code == Code::Internal {
            tracing::error!(detail = self.detail, "request failed");
        }
        let r#type = format!("https://w3id.org/chancery/problems/{code}");
        let body = ProblemBody { r#type, title, status: status.as_u16(), detail: self.detail, code };
        let json = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], json).into_response();
        let extra = match self.code {
            Code::Unauthorized => Some((header::WWW_AUTHENTICATE, "Bearer realm=\"chancery\"")),
            Code::Busy | Code::QueryTimeout => Some((header::RETRY_AFTER, "1")),
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
            StoreError::InvalidIri { .. } => Code::InvalidParameter,
            StoreError::Refused { .. } => Code::QueryRefused,
            StoreError::Rejected { .. } => Code::Rejected,
            StoreError::Timeout { .. } => Code::QueryTimeout,
            StoreError::TooManyRows { .. } => Code::TooManyRows,
            StoreError::TooLarge { .. } => Code::TooLarge,
            StoreError::Busy => Code::Busy,
            StoreError::Evaluation(_) => Code::InvalidQuery,
            StoreError::DerivedGraphReadOnly => Code::DerivedGraphReadOnly,
            StoreError::Rdf { .. } => Code::InvalidBody,
            StoreError::NoGraph(_) => Code::NotFound,
            _ => Code::Internal,
        };
        if code == Code::Internal {
            // What is wrong with the disk is for the log, not for the reader.
            tracing::error!(%error, "the store failed");
            return Self::internal("the store cannot be read or written; the log of the server says more");
        }
        Self::new(code, error.to_string())
    }
}

pub(crate) async fn method_not_allowed(uri: Uri) -> Problem {
    Problem::new(Code::MethodNotAllowed, format!("{} does not take this method; /openapi.json lists them", uri.path()))
}

/// The answer where a handler panicked: our fault, and nothing of it is shown.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    Problem::internal("an unexpected fault; the log of the server says more").into_response()
}

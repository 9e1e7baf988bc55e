//! Parts of paths. What is no text is nothing that we have, and is told as every other problem is.

use crate::error::{Code, Problem};
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

/// The one part of a path that is a name.
pub(crate) struct Id(pub(crate) String);

/// The two parts of a path that are names.
pub(crate) struct Pair(pub(crate) String, pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(id) = Path::<String>::from_request_parts(parts, state).await.map_err(|error| odd(&error))?;
        Ok(Self(id))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Pair {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path((a, b)) =
            Path::<(String, String)>::from_request_parts(parts, state).await.map_err(|error| odd(&error))?;
        Ok(Self(a, b))
    }
}

fn odd(rejection: &PathRejection) -> Problem {
    Problem::new(Code::NotFound, format!("the path is not well escaped: {}", rejection.body_text()))
}

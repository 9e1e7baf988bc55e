//! The audit log: a line of JSON for each request that would write, whether it was let through or not.

use crate::access::Caller;
use crate::auth::Role;
use crate::error::Code;
use axum::http::{Method, StatusCode};
use jiff::Timestamp;
use serde::Serialize;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::net::IpAddr;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Where the lines go. The log of the process has them too, under the target `audit`.
#[derive(Debug)]
pub struct AuditLog(Mutex<File>);

/// One line.
#[derive(Debug, Serialize)]
pub(crate) struct Entry<'a> {
    /// When it was answered.
    pub(crate) time: Timestamp,
    /// `X-Request-Id`.
    pub(crate) request: &'a str,
    /// The name of the token.
    pub(crate) name: Option<&'a str>,
    /// Its role.
    pub(crate) role: Option<&'static str>,
    /// From where.
    pub(crate) address: Option<IpAddr>,
    /// What was asked for.
    pub(crate) method: &'a str,
    /// With its query.
    pub(crate) path: &'a str,
    /// How it was answered.
    pub(crate) status: u16,
    /// Why not.
    pub(crate) problem: Option<&'static str>,
    /// The revision of the store after it.
    pub(crate) revision: u64,
}

impl<'a> Entry<'a> {
    /// The line for a caller and a problem.
    pub(crate) fn of(caller: &'a Caller, problem: Option<Code>) -> Self {
        let identity = caller.identity.as_ref();
        Self {
            time: Timestamp::now(),
            request: "",
            name: identity.map(|identity| &*identity.name),
            role: identity.map(|identity| Role::as_str(identity.role)),
            address: caller.address,
            method: "",
            path: "",
            status: 0,
            problem: problem.map(Code::as_str),
            revision: 0,
        }
    }
}

impl AuditLog {
    /// Opens a log, or makes it; lines are added at its end.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(Mutex::new(OpenOptions::new().create(true).append(true).open(path)?)))
    }

    fn write(&self, entry: &Entry<'_>) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(&line)
    }
}

/// Notes a write.
pub(crate) fn note(log: Option<&AuditLog>, entry: &Entry<'_>) {
    let Entry { request, name, role, address, method, path, status, problem, revision, .. } = *entry;
    let address = address.map(tracing::field::display);
    tracing::info!(target: "audit", request, name, role, address, method, path, status, problem, revision, "write");
    if let Some(Err(error)) = log.map(|log| log.write(entry)) {
        tracing::error!(%error, "the audit log cannot be written");
    }
}

/// Whether a request is one that writes, whatever came of it. Some reads come by POST, and a form to `/sparql` is known to be
/// an update by its answer only.
pub(crate) fn is_write(method: &Method, path: &str, status: StatusCode, problem: Option<Code>) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let was_refused_as_write = matches!(
        problem,
        Some(Code::Unauthorized | Code::Forbidden | Code::WritesDisabled | Code::DerivedGraphReadOnly)
    );
    match path {
        "/v1/extract" | "/v1/validate" => false,
        "/sparql" => status == StatusCode::NO_CONTENT || was_refused_as_write,
        _ if status == StatusCode::METHOD_NOT_ALLOWED => was_refused_as_write,
        // What is not there could have been; where nothing can be, nothing was tried.
        _ if status == StatusCode::NOT_FOUND => was_refused_as_write || is_written_to(path),
        _ => true,
    }
}

fn is_written_to(path: &str) -> bool {
    path == "/graphs" || path.starts_with("/graphs/") || path.starts_with("/v1/documents/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_are_told_from_reads() {
        let ok = StatusCode::OK;
        assert!(is_write(&Method::POST, "/v1/documents", ok, None));
        assert!(is_write(&Method::POST, "/update", StatusCode::UNAUTHORIZED, Some(Code::Unauthorized)));
        assert!(is_write(&Method::POST, "/sparql", StatusCode::NO_CONTENT, None));
        assert!(is_write(&Method::PUT, "/graphs", StatusCode::CREATED, None));
        assert!(!is_write(&Method::POST, "/sparql", ok, None));
        assert!(!is_write(&Method::POST, "/v1/extract", ok, None));
        assert!(is_write(&Method::DELETE, "/v1/documents/a", StatusCode::NOT_FOUND, None));
        assert!(!is_write(&Method::DELETE, "/nowhere", StatusCode::NOT_FOUND, None));
        assert!(!is_write(&Method::GET, "/v1/documents", ok, None));
    }

    #[test]
    fn lines_are_added_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.jsonl");
        for method in ["POST", "DELETE"] {
            let log = AuditLog::open(&path).unwrap();
            let caller = Caller::default();
            note(Some(&log), &Entry { method, status: 204, ..Entry::of(&caller, None) });
        }
        let text = std::fs::read_to_string(path).unwrap();
        let methods: Vec<String> = text
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["method"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(methods, ["POST", "DELETE"]);
    }
}

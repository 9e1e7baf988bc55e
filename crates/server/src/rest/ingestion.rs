//! `POST /v1/documents`: documents come in, one or as a stream of JSON Lines, and are on disk when they are answered.
//!
//! A stream has no end that we know: it is read line by line, committed in batches, and told of as it goes where the caller
//! asks for server-sent events. What was committed stays, whatever comes after.

use super::body::{self, Form};
use crate::auth::may_write;
use crate::error::{Code, Problem};
use crate::openapi::schema;
use crate::parameters::Parameters;
use crate::sparql::negotiate::accepted;
use crate::state::{AppState, blocking};
use crate::wire;
use crate::writer::Written;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Json, Response};
use chancery_model::{Document, Language};
use chancery_pipeline::{Ingested, Metadata, Rejected};
use chancery_store::{Outcome, ReadDocument};
use http_body_util::BodyExt;
use serde::Deserialize;
use std::convert::Infallible;
use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

const JSON: &str = "application/json";
const EVENTS: &str = "text/event-stream";
/// Documents of a stream that are committed together.
const BATCH: usize = 64;
/// Documents of each kind that an answer lists; the rest is counted.
const LISTED: usize = 10_000;
/// Pieces of a body that wait to be read.
const PIECES: usize = 16;

/// How what was sent is answered.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Answered {
    /// Language of the reasons of rejection: ar, en
    #[param(schema_with = schema::language)]
    lang: Option<Language>,
}

/// Read documents into the store
///
/// JSON (one document), JSON Lines (a stream of any length), plain text or HTML. A known id replaces the document; the same
/// content again changes nothing. What cannot be read is skipped with its line, place and reason, and what would break a
/// shape is rejected with the reasons; the rest goes in. With `Accept: text/event-stream` the answer is a stream of events:
/// `progress` after each batch, then `done` with the whole answer, or `problem`.
#[utoipa::path(post, path = "/v1/documents", tag = "documents", security(("token" = [])), params(Answered),
    request_body(content((wire::DocumentIn = "application/json"), (String = "application/x-ndjson"),
        (String = "text/plain"), (String = "text/html"))),
    responses((status = 201, description = "Something was added or replaced",
            content((wire::Ingestion = "application/json"))),
        (status = 200, description = "All of it was known; or events, where they are asked for",
            content((wire::Ingestion = "application/json"), (String = "text/event-stream"))),
        (status = 408, description = "The body came too slowly"),
        (status = 413, description = "One document of more than 4 MiB of text"),
        (status = 415, description = "None of the media types"),
        (status = 422, description = "Nothing could be read, or every document would break a shape"),
        (status = 507, description = "The disk is full; nothing of it is lost")))]
pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    Parameters(answered): Parameters<Answered>,
    body: Body,
) -> Result<Response, Problem> {
    may_write(&state, &headers)?;
    let form = Form::of(&headers)?;
    let wants_events = accepted(&headers, &[JSON, EVENTS])? == EVENTS;
    let mut ingestion = Ingestion::new(state, form, answered.lang.unwrap_or(Language::English));
    let source = match form {
        Form::JsonLines => Source::Stream(pieces(&ingestion.state, body)),
        _ => Source::Whole(body::whole(&headers, body, form.max_bytes()).await?),
    };
    if wants_events {
        return Ok(as_events(ingestion, source));
    }
    blocking(move || {
        ingestion.run(source, |_| true)?;
        ingestion.answer()
    })
    .await
}

/// Where documents come from.
enum Source {
    Whole(Bytes),
    Stream(Pieces),
}

/// What came of a body so far.
struct Ingestion {
    state: Arc<AppState>,
    form: Form,
    language: Language,
    counts: wire::IngestionCounts,
    revision: u64,
    documents: Vec<wire::IngestedDocument>,
    skipped: Vec<wire::SkippedDocument>,
    rejected: Vec<Rejected>,
}

impl Ingestion {
    fn new(state: Arc<AppState>, form: Form, language: Language) -> Self {
        let revision = state.store.snapshot().revision;
        let counts = wire::IngestionCounts::default();
        Self {
            state,
            form,
            language,
            counts,
            revision,
            documents: Vec::new(),
            skipped: Vec::new(),
            rejected: Vec::new(),
        }
    }

    /// Reads and commits everything. `progress` says whether somebody still listens.
    fn run(&mut self, source: Source, progress: impl FnMut(&wire::IngestionCounts) -> bool) -> Result<(), Problem> {
        let ran = match source {
            Source::Whole(bytes) => self.whole(&bytes),
            Source::Stream(pieces) => self.stream(pieces, progress),
        };
        match self.went_in() {
            0 => ran,
            before => ran.map_err(|problem| problem.after(&format!("{before} documents went in before and stay"))),
        }
    }

    /// One document, written together with those of others.
    fn whole(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let (documents, skipped) = body::documents(&self.state, self.form, bytes)?;
        skipped.into_iter().for_each(|fault| self.skip(fault));
        for document in documents {
            let read = self.read(document);
            match self.state.writer.write(read)? {
                Written::Stored(document, revision) => self.stored(document, revision),
                Written::Rejected(document) => self.reject(document),
            }
        }
        self.state.note_commit();
        Ok(())
    }

    fn stream(
        &mut self,
        pieces: Pieces,
        mut progress: impl FnMut(&wire::IngestionCounts) -> bool,
    ) -> Result<(), Problem> {
        let state = self.state.clone();
        let failed = pieces.failed.clone();
        let metadata = Metadata::default();
        let mut batch = Vec::with_capacity(BATCH);
        for result in state.pipeline.reader().stream(pieces, self.form.file(), &metadata) {
            if let Some(problem) = failed.lock().unwrap_or_else(PoisonError::into_inner).take() {
                self.commit(&mut batch)?;
                return Err(problem);
            }
            match result {
                Ok(document) => batch.push(self.read(document)),
                Err(fault) => self.skip(body::skip(fault)),
            }
            if batch.len() == BATCH {
                self.commit(&mut batch)?;
                if !progress(&self.counts) {
                    return Ok(());
                }
            }
        }
        self.commit(&mut batch)?;
        if let Some(problem) = failed.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(problem);
        }
        progress(&self.counts);
        Ok(())
    }

    fn read(&self, mut document: Document) -> ReadDocument {
        document.recorded.get_or_insert((self.state.clock)());
        let claims = self.state.pipeline.extract(&document).claims;
        ReadDocument { document, claims }
    }

    fn commit(&mut self, batch: &mut Vec<ReadDocument>) -> Result<(), Problem> {
        if batch.is_empty() {
            return Ok(());
        }
        let report = self.state.pipeline.store(&self.state.store, std::mem::take(batch))?;
        self.state.note_commit();
        let revision = report.revision;
        report.documents.into_iter().for_each(|document| self.stored(document, revision));
        report.rejected.into_iter().for_each(|document| self.reject(document));
        Ok(())
    }

    fn stored(&mut self, document: Ingested, revision: u64) {
        self.revision = revision;
        match document.outcome {
            Outcome::Added => self.counts.added += 1,
            Outcome::Replaced => self.counts.replaced += 1,
            _ => self.counts.unchanged += 1,
        }
        self.counts.claims += document.claims;
        if self.documents.len() < LISTED {
            let Ingested { id, outcome, claims } = document;
            self.documents.push(wire::IngestedDocument { id, outcome: outcome.as_str(), claims });
        }
    }

    fn skip(&mut self, fault: wire::SkippedDocument) {
        self.counts.skipped += 1;
        if self.skipped.len() < LISTED {
            self.skipped.push(fault);
        }
    }

    fn reject(&mut self, document: Rejected) {
        self.counts.rejected += 1;
        if self.rejected.len() < LISTED {
            self.rejected.push(document);
        }
    }

    fn went_in(&self) -> usize {
        self.counts.added + self.counts.replaced + self.counts.unchanged
    }

    /// The whole answer, or the problem where nothing went in.
    fn told(self) -> Result<wire::Ingestion, Problem> {
        match (self.went_in(), self.rejected.is_empty()) {
            (0, true) => return Err(body::nothing_read(self.form, &self.skipped)),
            (0, false) => return Err(body::rejected(&self.skipped, &self.rejected, self.language)),
            _ => {}
        }
        let rejected = self.rejected.iter().map(|document| wire::RejectedDocument::new(document, self.language));
        Ok(wire::Ingestion {
            revision: self.revision,
            counts: self.counts,
            documents: self.documents,
            skipped: self.skipped,
            rejected: rejected.collect(),
        })
    }

    fn answer(self) -> Result<Response, Problem> {
        let changed = self.counts.added + self.counts.replaced > 0;
        let status = if changed { StatusCode::CREATED } else { StatusCode::OK };
        Ok((status, Json(self.told()?)).into_response())
    }
}

/// Runs an ingestion while its progress is told.
fn as_events(mut ingestion: Ingestion, source: Source) -> Response {
    let (sender, receiver) = mpsc::channel::<Result<Event, Infallible>>(PIECES);
    tokio::task::spawn_blocking(move || {
        let tell = |name: &str, data: Result<String, serde_json::Error>| {
            let event = data.map(|data| Event::default().event(name).data(data));
            event.is_ok_and(|event| sender.blocking_send(Ok(event)).is_ok())
        };
        let ran = ingestion.run(source, |counts| tell("progress", serde_json::to_string(counts)));
        // Whoever does not listen any more has what was committed.
        match ran.and_then(|()| ingestion.told()) {
            Ok(told) => tell("done", serde_json::to_string(&told)),
            Err(problem) => tell("problem", serde_json::to_string(&problem.body())),
        };
    });
    Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::default()).into_response()
}

/// A body, piece by piece, for a reader that blocks.
struct Pieces {
    receiver: mpsc::Receiver<Bytes>,
    piece: Bytes,
    /// Why the body ended before its end.
    failed: Arc<Mutex<Option<Problem>>>,
}

/// Hands a body on as it comes; it ends early where the process is asked to end.
fn pieces(state: &AppState, mut body: Body) -> Pieces {
    let (sender, receiver) = mpsc::channel(PIECES);
    let failed = Arc::<Mutex<Option<Problem>>>::default();
    let (closing, fault) = (state.closing.clone(), failed.clone());
    tokio::spawn(async move {
        let problem = loop {
            let frame = tokio::select! {
                () = closing.cancelled() => {
                    break Problem::new(Code::ShuttingDown, "the server ends; what was committed before is kept");
                }
                frame = body.frame() => frame,
            };
            match frame {
                None => return,
                Some(Err(error)) => break body::broken(&error),
                Some(Ok(frame)) => {
                    let Ok(piece) = frame.into_data() else { continue };
                    if sender.send(piece).await.is_err() {
                        return;
                    }
                }
            }
        };
        *fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem);
    });
    Pieces { receiver, piece: Bytes::new(), failed }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Pieces {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.piece.is_empty() {
            match self.receiver.blocking_recv() {
                Some(piece) => self.piece = piece,
                None => break,
            }
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, amount: usize) {
        let _ = self.piece.split_to(amount.min(self.piece.len()));
    }
}

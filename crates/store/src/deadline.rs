//! When a piece of work has to end, and why it did: time, memory, or nobody waits for it any more.
//!
//! The evaluator is stopped in two ways. Functions in the plan ([`watch`](crate::watch)) end the thread at once. Where the plan has none,
//! as inside a path, the cancellation token makes every read fail; it is given a moment later, since the evaluator goes on reading after
//! a failed read, and would only collect the failures.

use crate::StoreError;
use oxigraph::sparql::CancellationToken;
use std::panic;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

/// The most bytes that rows and texts of one piece of work may keep in memory, as far as they can be foreseen (512 MiB).
pub(crate) const MAX_KEPT_BYTES: u64 = 512 << 20;
/// How long the functions in the plan have to end the work before reading fails.
const GRACE: Duration = Duration::from_millis(250);

/// Stops what was begun for somebody who no longer waits. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Arc<AtomicU8>);

impl Cancellation {
    /// Stops the work, soon.
    pub fn cancel(&self) {
        self.0.store(1, Ordering::Release);
    }

    fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Acquire) != 0
    }
}

/// How long a piece of work may take, and who can stop it.
#[derive(Clone, Debug)]
pub(crate) struct End {
    pub(crate) limit: Duration,
    pub(crate) cancellation: Cancellation,
}

impl From<Duration> for End {
    fn from(limit: Duration) -> Self {
        Self { limit, cancellation: Cancellation::default() }
    }
}

/// Why work has to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Stop {
    Time = 1,
    /// The process has too much memory.
    Memory,
    /// This piece of work keeps too much in memory.
    Kept,
    /// A text in the evaluation grew too long.
    Text,
    Cancelled,
}

const RUNNING: u8 = 0;
const COMMITTING: u8 = 1;
const GIVEN_UP: u8 = 2;

/// What a piece of work knows of its end. Clones are the same.
#[derive(Clone)]
pub(crate) struct Deadline(Arc<Shared>);

struct Shared {
    end: End,
    at: Instant,
    stop: AtomicU8,
    stopped_at: OnceLock<Instant>,
    token: CancellationToken,
    phase: AtomicU8,
    kept_bytes: AtomicU64,
}

impl std::fmt::Debug for Deadline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Deadline").field("limit", &self.0.end.limit).finish_non_exhaustive()
    }
}

impl Deadline {
    pub(crate) fn begin(end: End) -> Self {
        let at = Instant::now() + end.limit;
        Self(Arc::new(Shared {
            end,
            at,
            stop: AtomicU8::new(0),
            stopped_at: OnceLock::new(),
            token: CancellationToken::new(),
            phase: AtomicU8::new(RUNNING),
            kept_bytes: AtomicU64::new(0),
        }))
    }

    /// The token that the evaluator looks at when it reads the store.
    pub(crate) fn token(&self) -> CancellationToken {
        self.0.token.clone()
    }

    /// The same for somebody who does not make it last.
    pub(crate) fn unfinished(&self) -> Unfinished {
        Unfinished(Arc::downgrade(&self.0))
    }

    pub(crate) fn remaining(&self) -> Duration {
        self.0.at.saturating_duration_since(Instant::now())
    }

    /// Looks at the clock and at who waits; makes reading fail where the work did not end by itself. Called by the timekeeper.
    pub(crate) fn check(&self, now: Instant) {
        if self.0.end.cancellation.is_cancelled() {
            self.stop(Stop::Cancelled);
        } else if now >= self.0.at {
            self.stop(Stop::Time);
        }
        // Memory does not wait.
        let is_urgent = self.0.stop.load(Ordering::Acquire) == Stop::Memory as u8;
        if is_urgent || self.0.stopped_at.get().is_some_and(|stopped| now >= *stopped + GRACE) {
            self.0.token.cancel();
        }
    }

    /// Stops the work; the first reason counts.
    pub(crate) fn stop(&self, why: Stop) {
        if self.0.stop.compare_exchange(0, why as u8, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            self.0.stopped_at.set(Instant::now()).ok();
        }
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.0.stop.load(Ordering::Acquire) != 0
    }

    /// Ends this thread without a word where the work has to stop: whoever waits asks for the [reason](Self::reason).
    pub(crate) fn look(&self) {
        if self.is_stopped() {
            panic::resume_unwind(Box::new("stopped"));
        }
    }

    /// The same after noting that so many bytes more are kept.
    pub(crate) fn keep(&self, bytes: u64) {
        if self.0.kept_bytes.fetch_add(bytes, Ordering::Relaxed) + bytes > MAX_KEPT_BYTES {
            self.stop(Stop::Kept);
        }
        self.look();
    }

    /// How many bytes were kept.
    pub(crate) fn kept(&self) -> u64 {
        self.0.kept_bytes.load(Ordering::Relaxed)
    }

    /// Why there is no answer.
    pub(crate) fn reason(&self) -> StoreError {
        let refused = |what: String| StoreError::Refused { what };
        match self.0.stop.load(Ordering::Acquire) {
            stop if stop == Stop::Memory as u8 => StoreError::OutOfMemory,
            stop if stop == Stop::Kept as u8 => refused(format!(
                "more than {} MiB of rows to sort, to join or to write, or of texts; narrow it",
                MAX_KEPT_BYTES >> 20
            )),
            stop if stop == Stop::Text as u8 => refused(format!(
                "a text of more than {} bytes would come out of a function",
                crate::text_functions::MAX_TEXT
            )),
            stop if stop == Stop::Cancelled as u8 => StoreError::Cancelled,
            stop if stop == Stop::Time as u8 => StoreError::Timeout { limit: self.0.end.limit },
            _ if self.remaining().is_zero() => StoreError::Timeout { limit: self.0.end.limit },
            _ => StoreError::Fault,
        }
    }

    /// Asks whether a transaction may still be committed. Where it may, the caller waits for the commit.
    pub(crate) fn begin_commit(&self) -> Result<(), StoreError> {
        if self.is_stopped() || !self.enter(COMMITTING) { Err(self.reason()) } else { Ok(()) }
    }

    /// Says that nobody waits any more; false where a commit is under way.
    pub(crate) fn give_up(&self) -> bool {
        let gives_up = self.enter(GIVEN_UP);
        if gives_up {
            self.stop(Stop::Time);
        }
        gives_up
    }

    fn enter(&self, phase: u8) -> bool {
        self.0.phase.compare_exchange(RUNNING, phase, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

/// A piece of work that may be over.
pub(crate) struct Unfinished(Weak<Shared>);

impl Unfinished {
    pub(crate) fn deadline(&self) -> Option<Deadline> {
        self.0.upgrade().map(Deadline)
    }
}

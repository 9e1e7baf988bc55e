//! Work on threads with big stacks: a limited number of them, and a deadline that the caller can rely on.
//!
//! A deeply nested query overflows an ordinary stack, and that ends the process; so parsing, evaluation and the
//! dropping of syntax trees stay on these threads. The caller gets its answer at the deadline even where the work
//! notices it late; the slot stays taken until the thread ends.

use crate::StoreError;
use oxigraph::sparql::CancellationToken;
use std::panic;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

/// Only touched pages cost memory.
const STACK_BYTES: usize = 256 << 20;
/// How long a request waits for a slot.
const QUEUE: Duration = Duration::from_secs(2);

/// Evaluation slots: at most so many pieces of work run at once.
#[derive(Clone, Debug)]
pub(crate) struct Slots(Arc<Free>);

#[derive(Debug)]
struct Free {
    count: Mutex<usize>,
    given_back: Condvar,
}

impl Default for Slots {
    /// Twice the cores.
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self(Arc::new(Free { count: Mutex::new(cores * 2), given_back: Condvar::new() }))
    }
}

/// A taken slot, given back when dropped.
struct Slot(Arc<Free>);

impl Drop for Slot {
    fn drop(&mut self) {
        *self.0.count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.given_back.notify_one();
    }
}

/// The most rows of products and sorted patterns in one request: a row of twelve variables was measured to take 1 KB.
const MAX_KEPT_ROWS: u64 = 2_000_000;

const RUNNING: u8 = 0;
const COMMITTING: u8 = 1;
const GIVEN_UP: u8 = 2;

/// What a piece of work knows of its end.
#[derive(Clone)]
pub(crate) struct Deadline {
    limit: Duration,
    token: CancellationToken,
    phase: Arc<AtomicU8>,
    kept_rows: Arc<AtomicU64>,
}

impl Deadline {
    /// The token that the evaluator looks at when it reads the store.
    pub(crate) fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// Ends this thread without a word where the deadline is past: the caller has its answer already.
    pub(crate) fn look(&self) {
        if self.token.is_cancelled() {
            panic::resume_unwind(Box::new("past the deadline"));
        }
    }

    /// Counts a row that may have to stay in memory, and ends this thread where they are too many.
    pub(crate) fn count_row(&self) {
        self.look();
        if self.kept_rows.fetch_add(1, Ordering::Relaxed) >= MAX_KEPT_ROWS {
            panic::resume_unwind(Box::new("too many rows in memory"));
        }
    }

    /// Why the work ended without an answer.
    fn silence(&self) -> StoreError {
        if self.kept_rows.load(Ordering::Relaxed) > MAX_KEPT_ROWS {
            let what =
                format!("more than {MAX_KEPT_ROWS} rows to sort, or of patterns that share no variable; narrow it");
            return StoreError::Refused { what };
        }
        StoreError::Evaluation("it ended without an answer".to_owned())
    }

    /// Asks whether a transaction may still be committed. Where it may, the caller waits for the commit.
    pub(crate) fn begin_commit(&self) -> Result<(), StoreError> {
        self.enter(COMMITTING).then_some(()).ok_or(StoreError::Timeout { limit: self.limit })
    }

    fn enter(&self, phase: u8) -> bool {
        self.phase.compare_exchange(RUNNING, phase, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

impl Slots {
    /// Does a piece of work on a thread of its own.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce(&Deadline) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let slot = self.take(limit.min(QUEUE))?;
        let deadline =
            Deadline { limit, token: CancellationToken::new(), phase: Arc::default(), kept_rows: Arc::default() };
        let (sender, receiver) = mpsc::channel();
        let inside = deadline.clone();
        let body = move || {
            let answer = work(&inside);
            drop(slot);
            // The caller may have gone at its deadline.
            sender.send(answer).ok();
        };
        thread::Builder::new().name("query".to_owned()).stack_size(STACK_BYTES).spawn(body)?;
        let answer = match receiver.recv_timeout(limit) {
            Err(mpsc::RecvTimeoutError::Timeout) if deadline.enter(GIVEN_UP) => {
                deadline.token.cancel();
                return Err(StoreError::Timeout { limit });
            }
            Err(mpsc::RecvTimeoutError::Timeout) => receiver.recv().ok(),
            answer => answer.ok(),
        };
        answer.unwrap_or_else(|| Err(deadline.silence()))
    }

    fn take(&self, patience: Duration) -> Result<Slot, StoreError> {
        let free = &self.0;
        let count = free.count.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = free.given_back.wait_timeout_while(count, patience, |count| *count == 0);
        let (mut count, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match *count {
            0 => Err(StoreError::Busy),
            _ => {
                *count -= 1;
                Ok(Slot(free.clone()))
            }
        }
    }
}

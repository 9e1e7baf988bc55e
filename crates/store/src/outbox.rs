//! Answers on their way from the thread that makes them to whoever reads them.
//!
//! The thread never waits for a slow reader as long as there is room: all answers together may have 256 MiB waiting. When there is none,
//! an answer that nobody takes from is given up first.

use crate::StoreError;
use crate::deadline::{Deadline, Stop};
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// Answers up to this size are kept back until they are whole, so that an error can still be told (8 MiB).
const SMALL: usize = 8 << 20;
/// How large the parts are.
const PART: usize = 64 << 10;
/// The most bytes that wait to be read, over all answers.
const ROOM: usize = 256 << 20;
/// An answer that nobody has taken from for so long is given up where room is short.
const STALLED: Duration = Duration::from_secs(5);
/// How often a thread that waits for room looks whether it should stop.
const LOOK: Duration = Duration::from_millis(50);
/// After the deadline the work itself tells why it ended; this long it is waited for.
const LAST_WORD: Duration = Duration::from_millis(100);

/// The room of all answers of a store. Clones are the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outboxes(Arc<Room>);

#[derive(Debug, Default)]
struct Room {
    state: Mutex<Taken>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct Taken {
    bytes: usize,
    boxes: Vec<Weak<Shared>>,
}

impl Outboxes {
    /// Takes room for a part; waits for it as long as `goes_on`.
    fn take(&self, bytes: usize, goes_on: impl Fn() -> bool) -> bool {
        let mut taken = lock(&self.0.state);
        while taken.bytes + bytes > ROOM {
            let others: Vec<Arc<Shared>> = taken.boxes.iter().filter_map(Weak::upgrade).collect();
            drop(taken);
            // Each is let go of without the lock: the last one who does frees its room.
            others.into_iter().for_each(|shared| shared.give_up_if_stalled());
            if !goes_on() {
                return false;
            }
            let waited = self.0.freed.wait_timeout(lock(&self.0.state), LOOK);
            taken = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        taken.bytes += bytes;
        true
    }

    fn free(&self, bytes: usize) {
        lock(&self.0.state).bytes -= bytes;
        self.0.freed.notify_all();
    }

    fn register(&self, shared: &Arc<Shared>) {
        let mut taken = lock(&self.0.state);
        taken.boxes.retain(|it| it.strong_count() > 0);
        taken.boxes.push(Arc::downgrade(shared));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Debug)]
struct Shared {
    room: Outboxes,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    parts: VecDeque<Vec<u8>>,
    /// All bytes so far, taken or not.
    total: usize,
    end: Option<Result<(), StoreError>>,
    reader_is_gone: bool,
    waker: Option<Waker>,
    last_taken: Instant,
}

impl Shared {
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = lock(&self.state);
        change(&mut state);
        let waker = state.waker.take();
        drop(state);
        self.changed.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn empty(&self, state: &mut State) {
        let bytes = state.parts.iter().map(Vec::len).sum();
        state.parts.clear();
        self.room.free(bytes);
    }

    fn give_up_if_stalled(&self) {
        self.change(|state| {
            if !state.parts.is_empty() && state.last_taken.elapsed() > STALLED {
                self.empty(state);
                state.end = Some(Err(StoreError::Cancelled));
                state.reader_is_gone = true;
            }
        });
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        let bytes = state.parts.iter().map(Vec::len).sum();
        self.room.free(bytes);
    }
}

/// The end of an answer where it is made.
pub(crate) struct Outbox {
    shared: Arc<Shared>,
    max_bytes: usize,
}

impl Outbox {
    /// An answer of so many bytes at most, and its reader.
    pub(crate) fn new(room: Outboxes, max_bytes: usize) -> (Self, Reader) {
        let state = State {
            parts: VecDeque::new(),
            total: 0,
            end: None,
            reader_is_gone: false,
            waker: None,
            last_taken: Instant::now(),
        };
        let shared = Arc::new(Shared { room, state: Mutex::new(state), changed: Condvar::new() });
        shared.room.register(&shared);
        (Self { shared: shared.clone(), max_bytes }, Reader { shared })
    }

    /// Begins to fill it, on the thread that makes the answer.
    pub(crate) fn until(self, deadline: &Deadline) -> Filling {
        Filling { outbox: self, deadline: deadline.clone(), part: Vec::new(), is_finished: false }
    }
}

/// Takes bytes; dropped before it is finished, it tells why.
pub(crate) struct Filling {
    outbox: Outbox,
    deadline: Deadline,
    part: Vec<u8>,
    is_finished: bool,
}

impl Filling {
    /// Ends the answer.
    pub(crate) fn finish(mut self, written: Result<(), StoreError>) {
        let end = written.and_then(|()| self.send().map_err(fault));
        self.is_finished = true;
        self.outbox.shared.change(|state| state.end = Some(end));
    }

    fn send(&mut self) -> io::Result<()> {
        let part = std::mem::take(&mut self.part);
        let shared = &self.outbox.shared;
        let limit = self.outbox.max_bytes;
        if lock(&shared.state).total + part.len() > limit {
            return Err(io::Error::other(StoreError::TooLarge { limit }));
        }
        let goes_on = || !self.deadline.is_stopped() && !lock(&shared.state).reader_is_gone;
        if !goes_on() || !shared.room.take(part.len(), goes_on) {
            self.deadline.stop(Stop::Cancelled);
            return Err(io::Error::other(self.deadline.reason()));
        }
        shared.change(|state| {
            state.total += part.len();
            state.parts.push_back(part);
        });
        Ok(())
    }
}

impl io::Write for Filling {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.part.extend_from_slice(bytes);
        if self.part.len() >= PART {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Filling {
    fn drop(&mut self) {
        if !self.is_finished {
            let reason = self.deadline.reason();
            self.outbox.shared.change(|state| state.end = Some(Err(reason)));
        }
    }
}

/// What a writer of ours says through `io::Error`.
pub(crate) fn fault(error: io::Error) -> StoreError {
    error.downcast::<StoreError>().unwrap_or_else(StoreError::Output)
}

/// The end of an answer where it is read.
pub(crate) struct Reader {
    shared: Arc<Shared>,
}

impl Reader {
    /// Waits until the answer is whole, or too large to wait for that.
    pub(crate) fn first(self, deadline: &Deadline) -> Result<Answer, StoreError> {
        let parts = Parts { shared: self.shared, deadline: deadline.clone() };
        let is_waiting = |state: &mut State| state.end.is_none() && state.total < SMALL;
        let patience = deadline.remaining() + LAST_WORD;
        let waited = parts.shared.changed.wait_timeout_while(lock(&parts.shared.state), patience, is_waiting);
        let (mut state, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        if timeout.timed_out() {
            deadline.give_up();
            return Err(deadline.reason());
        }
        match state.end.take() {
            Some(Ok(())) => {
                let whole = state.parts.make_contiguous().concat();
                Ok(Answer::Whole(whole))
            }
            Some(Err(error)) => Err(error),
            None => {
                state.last_taken = Instant::now();
                drop(state);
                Ok(Answer::Parts(parts))
            }
        }
    }
}

/// An answer to a query.
#[derive(Debug)]
pub enum Answer {
    /// All of it.
    Whole(Vec<u8>),
    /// Its parts, of which the rest is still being made.
    Parts(Parts),
}

impl Answer {
    /// Waits for all of it.
    ///
    /// # Errors
    /// Where it could not be finished.
    pub fn whole(self) -> Result<Vec<u8>, StoreError> {
        match self {
            Self::Whole(bytes) => Ok(bytes),
            Self::Parts(parts) => Ok(parts.collect::<Result<Vec<_>, _>>()?.concat()),
        }
    }
}

/// The parts of an answer, in order. Dropping it stops the evaluation.
#[derive(Debug)]
pub struct Parts {
    shared: Arc<Shared>,
    deadline: Deadline,
}

impl Parts {
    /// The next part, or none at the end; an error where the answer could not be finished: what came before it is no answer. For an
    /// asynchronous reader.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Vec<u8>, StoreError>>> {
        let mut state = lock(&self.shared.state);
        let next = self.take_part(&mut state);
        if next.is_pending() {
            state.waker = Some(context.waker().clone());
        }
        next
    }

    fn take_part(&self, state: &mut State) -> Poll<Option<Result<Vec<u8>, StoreError>>> {
        state.last_taken = Instant::now();
        if let Some(part) = state.parts.pop_front() {
            self.shared.room.free(part.len());
            return Poll::Ready(Some(Ok(part)));
        }
        match &mut state.end {
            None => Poll::Pending,
            Some(Ok(())) => Poll::Ready(None),
            // Told once.
            Some(end) => Poll::Ready(std::mem::replace(end, Ok(())).err().map(Err)),
        }
    }
}

impl Iterator for Parts {
    type Item = Result<Vec<u8>, StoreError>;

    /// Waits for the next part.
    fn next(&mut self) -> Option<Self::Item> {
        let mut state = lock(&self.shared.state);
        loop {
            if let Poll::Ready(next) = self.take_part(&mut state) {
                return next;
            }
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        self.deadline.stop(Stop::Cancelled);
        let mut state = lock(&self.shared.state);
        state.reader_is_gone = true;
        self.shared.empty(&mut state);
    }
}

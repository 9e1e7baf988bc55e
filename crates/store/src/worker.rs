//! Work on threads with big stacks and low priority: a limited number of them, and an end that holds.
//!
//! A deeply nested query overflows an ordinary stack, and that ends the process; so parsing, evaluation and the
//! dropping of syntax trees stay on these threads. The caller gets its answer at the deadline even where the work
//! notices it late; the slot stays taken until the thread ends.

use crate::StoreError;
use crate::deadline::{Deadline, End};
use crate::timekeeper::Timekeeper;
use std::sync::{Arc, Condvar, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

/// Only touched pages cost memory.
const STACK_BYTES: usize = 256 << 20;
/// How long a request waits for a slot.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many requests may wait for a slot; each holds a thread of its caller.
const MAX_WAITING: usize = 64;
/// After the deadline the work itself tells why it ended; this long it is waited for.
const LAST_WORD: Duration = Duration::from_millis(100);

/// Evaluation slots: at most so many pieces of work run at once.
#[derive(Clone)]
pub(crate) struct Slots {
    shared: Arc<Shared>,
    timekeeper: Timekeeper,
}

struct Shared {
    state: Mutex<State>,
    given_back: Condvar,
}

struct State {
    free: usize,
    waiting: usize,
}

/// One core stays for look-ups and for the network.
pub(crate) fn evaluation_slots() -> usize {
    thread::available_parallelism().map_or(1, std::num::NonZero::get).saturating_sub(1).max(1)
}

/// A taken slot, given back when dropped.
struct Slot(Arc<Shared>);

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner).free += 1;
        self.0.given_back.notify_one();
    }
}

impl Slots {
    pub(crate) fn new(count: usize, timekeeper: Timekeeper) -> Self {
        let state = Mutex::new(State { free: count, waiting: 0 });
        Self { shared: Arc::new(Shared { state, given_back: Condvar::new() }), timekeeper }
    }

    /// Does a piece of work on a thread of its own, and waits for what it gives.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        end: End,
        work: impl FnOnce(&Deadline) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, receiver) = mpsc::channel();
        let deadline = self.start(end, move |deadline| {
            let answer = work(deadline);
            // The caller may have gone at its deadline.
            move || {
                sender.send(answer).ok();
            }
        })?;
        wait(&deadline, &receiver)
    }

    /// Begins a piece of work on a thread of its own, once a slot is free. What the work returns is done after the slot is given back.
    pub(crate) fn start<F: FnOnce()>(
        &self,
        end: End,
        work: impl FnOnce(&Deadline) -> F + Send + 'static,
    ) -> Result<Deadline, StoreError> {
        let slot = self.take(end.limit.min(PATIENCE))?;
        let deadline = Deadline::begin(end);
        self.timekeeper.watch(&deadline);
        let inside = deadline.clone();
        let body = move || {
            lower_priority();
            let tell = work(&inside);
            drop(slot);
            tell();
        };
        thread::Builder::new().name("query".to_owned()).stack_size(STACK_BYTES).spawn(body)?;
        Ok(deadline)
    }

    fn take(&self, patience: Duration) -> Result<Slot, StoreError> {
        let shared = &self.shared;
        let mut state = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.free == 0 && state.waiting >= MAX_WAITING {
            return Err(StoreError::Busy);
        }
        state.waiting += 1;
        let waited = shared.given_back.wait_timeout_while(state, patience, |state| state.free == 0);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        if state.free == 0 {
            return Err(StoreError::Busy);
        }
        state.free -= 1;
        Ok(Slot(shared.clone()))
    }
}

/// Waits for an answer as long as the deadline allows, and for a commit under way as long as it takes.
pub(crate) fn wait<T>(deadline: &Deadline, receiver: &mpsc::Receiver<Result<T, StoreError>>) -> Result<T, StoreError> {
    let answer = match receiver.recv_timeout(deadline.remaining() + LAST_WORD) {
        Err(mpsc::RecvTimeoutError::Timeout) if deadline.give_up() => return Err(deadline.reason()),
        Err(mpsc::RecvTimeoutError::Timeout) => receiver.recv().ok(),
        answer => answer.ok(),
    };
    answer.unwrap_or_else(|| Err(deadline.reason()))
}

/// Look-ups and the network go first. Elsewhere than on Linux this would be the priority of the whole process.
fn lower_priority() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(10) {
        tracing::debug!(%error, "the priority of an evaluation could not be lowered");
    }
}

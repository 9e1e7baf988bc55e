//! One thread that looks at the clock and at the memory of the process for all work under way.

use crate::deadline::{Deadline, Stop, Unfinished};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often it looks while there is work.
const TICK: Duration = Duration::from_millis(10);
/// How often it looks whether the store is still there.
const IDLE: Duration = Duration::from_secs(1);
/// What work may take beyond what the process had when it began, at least.
const ROOM: u64 = 1 << 30;

/// Clones are the same.
#[derive(Clone)]
pub(crate) struct Timekeeper(Arc<Shared>);

struct Shared {
    work: Mutex<Vec<Unfinished>>,
    more: Condvar,
    /// The most memory of the process, in bytes.
    memory_limit: AtomicU64,
    started: OnceLock<()>,
}

impl Default for Timekeeper {
    /// With half of the machine's memory as the limit, and at least 1 GiB more than the process has now.
    fn default() -> Self {
        let half = total_memory().map_or(u64::MAX, |bytes| bytes / 2);
        let limit = half.max(resident_memory().unwrap_or(0).saturating_add(ROOM));
        Self(Arc::new(Shared {
            work: Mutex::default(),
            more: Condvar::new(),
            memory_limit: AtomicU64::new(limit),
            started: OnceLock::new(),
        }))
    }
}

impl Timekeeper {
    /// The most memory that the process may have, in bytes: above it all work under way is stopped.
    pub(crate) fn set_memory_limit(&self, bytes: u64) {
        self.0.memory_limit.store(bytes, Ordering::Relaxed);
    }

    /// Watches a piece of work until it is over.
    pub(crate) fn watch(&self, deadline: &Deadline) {
        self.0.work.lock().unwrap_or_else(PoisonError::into_inner).push(deadline.unfinished());
        self.0.more.notify_one();
        self.0.started.get_or_init(|| start(&self.0));
    }
}

/// Without the thread there is no deadline, so there is no work either: a system that cannot start one cannot start that of the work.
fn start(shared: &Arc<Shared>) {
    let shared = Arc::downgrade(shared);
    let body = move || {
        while let Some(shared) = shared.upgrade() {
            shared.look();
        }
    };
    if let Err(error) = thread::Builder::new().name("timekeeper".to_owned()).spawn(body) {
        tracing::error!(%error, "deadlines are not kept");
    }
}

impl Shared {
    /// Waits for the next moment and looks at everything.
    fn look(&self) {
        let work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        if work.is_empty() {
            drop(self.more.wait_timeout_while(work, IDLE, |work| work.is_empty()));
            return;
        }
        drop(work);
        thread::sleep(TICK);
        let is_too_much = resident_memory().is_some_and(|bytes| bytes > self.memory_limit.load(Ordering::Relaxed));
        let now = Instant::now();
        self.work.lock().unwrap_or_else(PoisonError::into_inner).retain(|unfinished| {
            let Some(deadline) = unfinished.deadline() else { return false };
            if is_too_much {
                deadline.stop(Stop::Memory);
            }
            deadline.check(now);
            true
        });
    }
}

/// What the process has in memory, where the system tells (Linux).
pub(crate) fn resident_memory() -> Option<u64> {
    kibibytes("/proc/self/status", "VmRSS:")
}

/// The memory of the machine, where the system tells (Linux), or what a container is allowed.
pub(crate) fn total_memory() -> Option<u64> {
    let machine = kibibytes("/proc/meminfo", "MemTotal:")?;
    let container = std::fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse().ok());
    Some(container.map_or(machine, |container: u64| machine.min(container)))
}

/// A line `name   123 kB` of a file, in bytes.
fn kibibytes(file: &str, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_system_tells_its_memory() {
        let (has, machine) = (resident_memory().unwrap(), total_memory().unwrap());
        assert!(has > 1 << 20 && machine > has, "{has} of {machine}");
    }
}

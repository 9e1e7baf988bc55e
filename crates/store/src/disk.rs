//! Room on the disk. An engine that runs out of it in the middle of a write stops writing for good, so a write is refused before.

use crate::StoreError;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

/// What stays free unless told, in bytes: a memory table, its log, and a merge of tables.
const RESERVE: u64 = 256 << 20;

#[derive(Debug)]
pub(crate) struct Disk {
    /// None in memory.
    folder: Option<PathBuf>,
    reserve: AtomicU64,
}

impl Disk {
    /// Keeps 256 MiB free, or the twentieth part of a smaller disk.
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        let disk = Self { folder, reserve: AtomicU64::new(0) };
        let size = disk.statistics().map_or(u64::MAX, |it| it.f_blocks.saturating_mul(it.f_frsize));
        disk.set_reserve(RESERVE.min(size / 20));
        disk
    }

    pub(crate) fn set_reserve(&self, bytes: u64) {
        self.reserve.store(bytes, Ordering::Relaxed);
    }

    /// Refuses to begin a write of about so many bytes where they would not leave the reserve.
    pub(crate) fn must_have_room(&self, bytes: u64) -> Result<(), StoreError> {
        // Where the system does not tell, the write itself will.
        let Some(statistics) = self.statistics() else { return Ok(()) };
        let free = statistics.f_bavail.saturating_mul(statistics.f_frsize);
        let needed = self.reserve.load(Ordering::Relaxed).saturating_add(bytes);
        if free < needed { Err(StoreError::DiskFull { free, needed }) } else { Ok(()) }
    }

    fn statistics(&self) -> Option<rustix::fs::StatVfs> {
        rustix::fs::statvfs(self.folder.as_ref()?).ok()
    }
}

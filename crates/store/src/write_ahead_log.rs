//! Brings the engine's log onto the disk before a write of the graph is answered.
//!
//! RocksDB hands each commit to the operating system, which keeps it through a killed process, not through a power cut; its bindings
//! offer no sync but that of the whole memory table. So the log files are synced from outside. All of them: a commit may
//! stand in the log before the newest, when the engine has just begun another; what is no longer in any log is in tables, which the engine
//! syncs itself.
//!
//! Writers that come while one syncs are served together by the next.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

#[derive(Debug)]
pub(crate) struct WriteAheadLog {
    /// None in memory.
    folder: Option<PathBuf>,
    commits: AtomicU64,
    synced: Mutex<Synced>,
}

#[derive(Debug, Default)]
struct Synced {
    /// So many commits are on the disk.
    commits: u64,
    /// The names of the files, as far as they are on the disk too.
    names: BTreeSet<OsString>,
}

impl WriteAheadLog {
    /// The log of an engine that keeps its files in `folder`.
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, commits: AtomicU64::new(0), synced: Mutex::default() }
    }

    /// Waits until everything that was committed before is on the disk.
    pub(crate) fn sync(&self) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let ours = self.commits.fetch_add(1, Ordering::AcqRel) + 1;
        let mut synced = self.synced.lock().unwrap_or_else(PoisonError::into_inner);
        if synced.commits >= ours {
            return Ok(());
        }
        let commits = self.commits.load(Ordering::Acquire);
        let names = sync_logs(folder)?;
        if names != synced.names {
            File::open(folder)?.sync_all()?;
        }
        *synced = Synced { commits, names };
        Ok(())
    }
}

/// Syncs every log of a folder, and gives their names.
fn sync_logs(folder: &Path) -> io::Result<BTreeSet<OsString>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if Path::new(&name).extension().is_none_or(|ending| ending != "log") {
            continue;
        }
        match File::open(folder.join(&name)) {
            Ok(file) => file.sync_data()?,
            // The engine has moved what it held into tables.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        }
        names.insert(name);
    }
    Ok(names)
}

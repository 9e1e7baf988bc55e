//! How a command asks the process that has a store: a socket in the folder of the store, open to its owner only.
//!
//! One line is asked, `backup PATH`, and one answered, `done` or `error REASON`.

#[cfg(not(unix))]
pub(super) use elsewhere::{ask_for_backup, is_listening, listen};
#[cfg(unix)]
pub(super) use unix::{ask_for_backup, is_listening, listen};

#[cfg(unix)]
mod unix {
    use crate::output;
    use anyhow::{Context, Result};
    use chancery_store::Store;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::{Path, PathBuf};
    use std::{fs, thread};

    /// A path may be so long, with the word before it.
    const MAX_LINE: u64 = 8 << 10;

    fn socket(store: &Path) -> PathBuf {
        store.join("control")
    }

    /// Answers commands for as long as the process lives.
    pub(in crate::commands) fn listen(folder: &Path, store: Store) {
        let socket = socket(folder);
        // The store is ours, so what an earlier process left is nobody's.
        fs::remove_file(&socket).ok();
        let listener = match UnixListener::bind(&socket) {
            Ok(listener) => listener,
            Err(error) => {
                output::note(&format!("note: {}: {error}: no backup can be taken while this serves", socket.display()));
                return;
            }
        };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Whoever asks and goes gets no answer.
                answer(&store, stream).ok();
            }
        });
    }

    fn answer(store: &Store, mut stream: UnixStream) -> std::io::Result<()> {
        let mut line = String::new();
        BufReader::new(&stream).take(MAX_LINE).read_line(&mut line)?;
        let done = match line.trim_end_matches('\n').strip_prefix("backup ") {
            Some(target) => store.backup(Path::new(target)).map_err(|error| error.to_string()),
            None => Err("expected `backup PATH`".to_owned()),
        };
        let told = done.map_or_else(|reason| format!("error {}", reason.replace('\n', " ")), |()| "done".to_owned());
        stream.write_all(format!("{told}\n").as_bytes())
    }

    /// Whether a process answers for a store.
    pub(in crate::commands) fn is_listening(store: &Path) -> bool {
        UnixStream::connect(socket(store)).is_ok()
    }

    /// Has the process copy its store; what it says where it could not.
    pub(in crate::commands) fn ask_for_backup(store: &Path, target: &Path) -> Result<Result<(), String>> {
        let socket = socket(store);
        let ask = || -> std::io::Result<String> {
            let mut stream = UnixStream::connect(&socket)?;
            stream.write_all(format!("backup {}\n", target.display()).as_bytes())?;
            let mut told = String::new();
            BufReader::new(stream).read_line(&mut told)?;
            Ok(told)
        };
        let told = ask().with_context(|| socket.display().to_string())?;
        Ok(match told.trim_end() {
            "done" => Ok(()),
            told => Err(told.strip_prefix("error ").unwrap_or("nothing; did it end?").to_owned()),
        })
    }
}

/// Where there are no such sockets, a store is copied while nobody has it.
#[cfg(not(unix))]
mod elsewhere {
    use anyhow::Result;
    use chancery_store::Store;
    use std::path::Path;

    pub(in crate::commands) fn listen(_: &Path, _: Store) {}

    pub(in crate::commands) fn is_listening(_: &Path) -> bool {
        false
    }

    pub(in crate::commands) fn ask_for_backup(_: &Path, _: &Path) -> Result<Result<(), String>> {
        Ok(Err("this system has no way to ask it".to_owned()))
    }
}

//! Everything that is printed: results on standard output, progress and complaints on standard error.

use crate::args::LogFormat;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use tracing_subscriber::EnvFilter;

/// Starts the log; without a filter only warnings show.
pub(crate) fn start_log(filter: Option<&str>, format: Option<LogFormat>) {
    let filter = EnvFilter::try_new(filter.unwrap_or("warn")).unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match format {
        Some(LogFormat::Json) => log.json().flatten_event(true).init(),
        Some(LogFormat::Text) | None => log.init(),
    }
}

/// A result.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")?;
    Ok(())
}

/// A note on standard error.
#[expect(clippy::print_stderr, reason = "the command line is the one crate that prints")]
pub(crate) fn note(text: &str) {
    eprintln!("{text}");
}

/// An error with its causes.
pub(crate) fn complain(error: &anyhow::Error) {
    note(&format!("chancery: {error:#}"));
}

/// Whether the reader of our output went away: no fault of ours.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// A count of documents of which nobody knows how many come, on a terminal; nothing elsewhere.
pub(crate) fn count(what: &str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {pos} ({per_sec})").expect("our template is well formed");
    ProgressBar::new_spinner().with_style(style).with_message(what.to_owned())
}

/// A progress bar on a terminal; nothing elsewhere.
pub(crate) fn progress(total: usize, what: &str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} ({eta})").expect("our template is well formed");
    ProgressBar::new(total as u64).with_style(style).with_message(what.to_owned())
}

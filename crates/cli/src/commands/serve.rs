//! `chancery serve`: HTTP over a store.

use super::{REWRITING, control};
use crate::args::{Reads, Serve, TextShown};
use crate::output;
use anyhow::{Context, Result, bail};
use chancery_pipeline::Pipeline;
use chancery_server::{AppState, AuditLog, ConnectionLimits, Hosts, RateLimits, ServeText, Tokens};
use chancery_store::{Store, StoreError};
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// Requests a minute for each caller, where everybody can call.
const RATE_LIMIT: u32 = 600;
const PORT: u16 = 7878;
/// For so long the first request waits for the store to be read; from then on SPARQL is served without look-ups.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The options with those of their file.
pub(crate) fn with_file(options: Serve) -> Result<Serve> {
    let Some(path) = options.config.clone() else { return Ok(options) };
    let named = || path.display().to_string();
    let text = std::fs::read_to_string(&path).with_context(named)?;
    let file: Serve = toml::from_str(&text).with_context(named)?;
    // Paths in a file are those of its folder.
    let folder = path.parent().unwrap_or(Path::new(""));
    let below = |path: std::path::PathBuf| folder.join(path);
    let file = Serve {
        store: file.store.map(below),
        token_file: file.token_file.map(below),
        audit_log: file.audit_log.map(below),
        ..file
    };
    Ok(options.or(file))
}

pub(super) fn run(pipeline: Pipeline, options: Serve) -> Result<ExitCode> {
    let Some(folder) = &options.store else {
        bail!("which store? give --store DIR, CHANCERY_STORE, or `store` in the file of --config");
    };
    let store = match options.plain_dataset {
        Some(true) => Store::open_plain(folder)?,
        _ => Store::open_in_background(folder, pipeline.world().clone(), pipeline.version().to_owned())?,
    };
    if store.rewritten().is_some() {
        output::note(&format!("{REWRITING}; look-ups are answered meanwhile, and /readyz tells how far it is"));
        tell_when_whole(store.clone());
    } else if store.is_behind() {
        output::note(
            "the graph of this store is behind its newest documents, as after a kill: it is brought up to them once these are read, and /readyz tells when",
        );
    } else if !store.is_loaded_within(PATIENCE) {
        output::note(
            "the store is still being read: SPARQL is answered meanwhile, and /readyz tells when look-ups are too",
        );
    }
    control::listen(folder, store.clone());
    let unreadable = unreadable(store.clone());
    let listen = options.listen.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, PORT)));
    let state = state(store, pipeline, &options, listen)?;
    let mut limits = ConnectionLimits::default();
    if let Some(connections) = options.connections {
        limits.connections = connections.get();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await.with_context(|| listen.to_string())?;
        let address = listener.local_addr()?;
        // The first line on standard output is the address: programs that start us read it.
        output::print(&format!("http://{address}"))?;
        let mut fault = None;
        let end = async {
            tokio::select! {
                () = shutdown() => {}
                error = unreadable => fault = Some(error),
            }
        };
        chancery_server::serve(listener, state, limits, end).await?;
        fault.map_or(Ok(ExitCode::SUCCESS), |error| Err(error.into()))
    })
}

/// Says at times how much of the graph is written anew, and when all of it is.
fn tell_when_whole(store: Store) {
    const STEP: Duration = Duration::from_secs(10);
    std::thread::spawn(move || {
        let mut told = Instant::now();
        while let Some(triples) = store.rewritten() {
            if told.elapsed() >= STEP {
                told = Instant::now();
                output::note(&format!("{triples} triples of the graph are written"));
            }
            std::thread::sleep(PATIENCE);
        }
        output::note("the graph is whole: SPARQL and documents are answered");
    });
}

/// Resolves where the ledger, which is read while SPARQL is served already, cannot be read.
async fn unreadable(store: Store) -> StoreError {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    // Not a thread of the runtime: that would wait for it at its end.
    std::thread::spawn(move || store.wait_until_loaded().map_err(|error| sender.send(error)));
    match receiver.await {
        Ok(error) => error,
        Err(_) => std::future::pending().await,
    }
}

fn state(store: Store, pipeline: Pipeline, options: &Serve, listen: SocketAddr) -> Result<AppState> {
    let is_loopback = listen.ip().is_loopback();
    let mut state = AppState::new(store, Arc::new(pipeline));
    state.tokens = options.token_file.as_deref().map(tokens).transpose()?;
    state.read_only = options.read_only.unwrap_or(false);
    state.reads_need_token = options.reads == Some(Reads::Token);
    if state.reads_need_token && state.tokens.is_none() {
        bail!("reads need a token, but there is no token file; give --token-file FILE");
    }
    state.serve_text = match options.serve_text {
        Some(TextShown::Full) => ServeText::Full,
        Some(TextShown::None) => ServeText::None,
        None if is_loopback => ServeText::Full,
        Some(TextShown::Quote) | None => ServeText::Quote,
    };
    let names = options.host.clone().unwrap_or_default();
    state.hosts = if is_loopback { Hosts::Loopback(names) } else { Hosts::Named(names) };
    state.trusted_proxies = options.trusted_proxy.clone().unwrap_or_default();
    for origin in options.cors_origin.iter().flatten() {
        state.cors_origins.push(origin.parse().with_context(|| format!("{origin:?} is no origin"))?);
    }
    let per_minute = options.rate_limit.unwrap_or(if is_loopback { 0 } else { RATE_LIMIT });
    state.rate_limits = NonZeroU32::new(per_minute).map(|limit| Arc::new(RateLimits::new(limit)));
    if let Some(path) = &options.audit_log {
        let log = AuditLog::open(path).with_context(|| path.display().to_string())?;
        state.audit = Some(Arc::new(log));
    }
    if let Some(seconds) = options.query_timeout_s {
        state.query_options.timeout = Duration::from_secs(seconds);
    }
    if let Some(rows) = options.query_rows {
        state.query_options.max_rows = rows;
    }
    if !is_loopback {
        warn(&state, listen);
    }
    Ok(state)
}

fn tokens(path: &Path) -> Result<Tokens> {
    let named = || path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(named)?;
    Tokens::parse(&text).with_context(named)
}

/// What somebody should know who opens a server to others.
fn warn(state: &AppState, listen: SocketAddr) {
    let who = if state.reads_need_token { "whoever has a token" } else { "everybody who reaches it" };
    output::note(&format!(
        "WARNING: {listen} is not a loopback address. {who} can read the store, and nothing is encrypted: \
         tokens and answers can be read on the way. Put a proxy with TLS before it, or listen on 127.0.0.1."
    ));
}

/// Resolves on Ctrl-C or SIGTERM.
async fn shutdown() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupt.await.ok();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_the_unit_is_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy");
        let given = Serve { config: Some(folder.join("chancery.toml")), query_rows: Some(7), ..Serve::default() };
        let options = with_file(given).unwrap();
        assert_eq!(options.store.as_deref(), Some(Path::new("/var/lib/chancery/news.store")));
        assert_eq!(options.rate_limit, Some(RATE_LIMIT));
        assert_eq!(options.query_rows, Some(7), "a flag goes before the file");
    }

    #[test]
    fn an_option_that_is_none_is_named() {
        let unknown = toml::from_str::<Serve>("colour = \"red\"").unwrap_err().to_string();
        assert!(unknown.contains("unknown field `colour`"), "{unknown}");
    }
}

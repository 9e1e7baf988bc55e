//! `chancery serve`: HTTP over a store.

use super::open;
use crate::args::{Serve, TextShown};
use crate::output;
use anyhow::{Context, Result};
use chancery_pipeline::Pipeline;
use chancery_server::{AppState, ServeText, Tokens};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;

pub(super) fn run(pipeline: Pipeline, command: Serve) -> Result<ExitCode> {
    let store = open(&pipeline, &command.store)?;
    let tokens = match &command.token_file {
        Some(path) if !command.read_only => {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            Some(Tokens::parse(&text).with_context(|| path.display().to_string())?)
        }
        _ => None,
    };
    let loopback = command.listen.ip().is_loopback();
    if !loopback {
        output::note(&format!(
            "warning: {} is not a loopback address: everybody who reaches it can read the store, without encryption",
            command.listen
        ));
    }
    let serve_text = match command.serve_text {
        Some(TextShown::Full) => ServeText::Full,
        Some(TextShown::Quote) => ServeText::Quote,
        Some(TextShown::None) => ServeText::None,
        None if loopback => ServeText::Full,
        None => ServeText::Quote,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(command.listen).await.with_context(|| command.listen.to_string())?;
        let address = listener.local_addr()?;
        let mut state = AppState::new(store, Arc::new(pipeline));
        state.tokens = tokens;
        state.serve_text = serve_text;
        state.loopback_only = loopback;
        // The first line on standard output is the address: programs that start us read it.
        output::print(&format!("http://{address}"))?;
        chancery_server::serve(listener, chancery_server::router(state), shutdown()).await?;
        Ok(ExitCode::SUCCESS)
    })
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

//! Connections: a cap on their number, time limits on what comes slowly, and an end that lets requests under way finish.
//!
//! `axum::serve` sets no timer, so that hyper's limit on headers would never act; the connections are driven here.

use crate::access::Peer;
use crate::state::AppState;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::Service;

/// Limits of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// Open at once; others wait to be accepted.
    pub connections: usize,
    /// For the headers of a request, and for the next request on a connection.
    pub header_timeout: Duration,
    /// For requests under way when the process is asked to end.
    pub drain_timeout: Duration,
}

impl Default for ConnectionLimits {
    /// 1,024 connections, 10 s, 10 s.
    fn default() -> Self {
        Self { connections: 1_024, header_timeout: Duration::from_secs(10), drain_timeout: Duration::from_secs(10) }
    }
}

/// Headers of one request.
const MAX_HEADERS: usize = 100;
/// Bytes of request line and headers together.
const MAX_HEAD_BYTES: usize = 64 << 10;
/// How long we wait where the system gives no more connections.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until `shutdown` resolves; then no connection is accepted, requests under way are answered as far as the time for
/// it allows, and what is being written is written.
///
/// # Errors
/// Where the listener fails.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    limits: ConnectionLimits,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let closing = state.closing.clone();
    let metrics = state.metrics.clone();
    let router = crate::router(state);
    let slots = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let slot = tokio::select! {
            () = &mut shutdown => break,
            slot = slots.clone().acquire_owned() => slot.map_err(io::Error::other)?,
        };
        let (stream, peer) = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "no connection could be accepted");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
        };
        let connection = graceful.watch(connection(stream, peer, router.clone(), &limits));
        let metrics = metrics.clone();
        tokio::spawn(async move {
            let _slot = slot;
            metrics.connected();
            if let Err(error) = connection.await {
                tracing::debug!(%error, %peer, "connection");
            }
            metrics.disconnected();
        });
    }
    drop(listener);
    tracing::info!("shutting down");
    closing.cancel();
    if tokio::time::timeout(limits.drain_timeout, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were not answered in time");
    }
    Ok(())
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: &ConnectionLimits,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + use<> {
    // Answers are sent whole: to wait for more to send only delays them.
    stream.set_nodelay(true).ok();
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        let mut router = router.clone();
        async move {
            // The buffer takes more than its limit where much comes at once.
            if head_bytes(&request) > MAX_HEAD_BYTES {
                return Ok(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE.into_response());
            }
            router.call(request.map(Body::new)).await
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
}

/// Bytes of the target and of the headers.
fn head_bytes(request: &Request<Incoming>) -> usize {
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    target + request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>()
}

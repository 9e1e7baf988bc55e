//! Connections as they are: bytes over TCP to a server that listens.

use crate::empty_state;
use anyhow::{Context, Result, ensure};
use chancery_server::{AppState, ConnectionLimits, serve};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

async fn run(state: AppState, limits: ConnectionLimits) -> Result<Running> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(serve(listener, state, limits, async {
        stopped.await.ok();
    }));
    Ok(Running { address, stop, ended })
}

const SHORT: Duration = Duration::from_millis(400);

/// Limits that a test need not wait long for.
fn limits() -> ConnectionLimits {
    ConnectionLimits { header_timeout: SHORT, drain_timeout: Duration::from_secs(5), ..ConnectionLimits::default() }
}

/// Sends bytes and reads until the server has no more to say.
async fn exchange(address: SocketAddr, bytes: &[u8]) -> Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(bytes).await?;
    let mut answer = Vec::new();
    // A refused connection may be reset after its answer.
    stream.read_to_end(&mut answer).await.ok();
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[tokio::test]
async fn odd_requests_get_an_answer_and_the_next_one_too() -> Result<()> {
    let server = run(empty_state()?, limits()).await?;
    let many: String = (0..200).map(|n| format!("x-{n}: y\r\n")).collect();
    let long = "a".repeat(100 << 10);
    for (request, expected) in [
        ("CONNECT 127.0.0.1:22 HTTP/1.1\r\n\r\n".to_owned(), "4"),
        ("GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".to_owned(), "200"),
        ("GET http://evil.example/healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".to_owned(), "200"),
        ("NONSENSE\r\n\r\n".to_owned(), "400"),
        ("\u{16}\u{3}\u{1}\0\u{5}".to_owned(), "400"),
        (format!("GET /healthz HTTP/1.1\r\n{many}\r\n"), "431"),
        (format!("GET /healthz HTTP/1.1\r\nx: {long}\r\n\r\n"), "431"),
        (format!("GET /{long} HTTP/1.1\r\nhost: localhost\r\n\r\n"), "4"),
        ("BREW /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".to_owned(), "405"),
        ("OPTIONS * HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".to_owned(), "200"),
        ("GET /v1/countries/%FF%FE HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".to_owned(), "404"),
        ("POST /v1/extract HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99999999999\r\nconnection: close\r\n\r\n".to_owned(), "413"),
    ] {
        let answer = exchange(server.address, request.as_bytes()).await?;
        let shown: String = request.chars().take(60).collect();
        ensure!(status(&answer).starts_with(expected), "{shown:?}: {answer:?}");
        ensure!(!answer.contains("panicked"), "{answer}");
    }
    let well =
        exchange(server.address, b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await?;
    assert_eq!(status(&well), "200");
    Ok(())
}

/// Who sends the headers of a request letter by letter, or nothing at all, is not waited for.
#[tokio::test]
async fn slow_headers_are_not_waited_for() -> Result<()> {
    let server = run(empty_state()?, limits()).await?;
    for beginning in ["GET /healthz HTTP/1.1\r\nhost: loc", ""] {
        let started = Instant::now();
        exchange(server.address, beginning.as_bytes()).await?;
        ensure!(started.elapsed() < 10 * SHORT, "{beginning:?}: {:?}", started.elapsed());
    }
    Ok(())
}

#[tokio::test]
async fn no_more_connections_than_allowed_are_served_at_once() -> Result<()> {
    let server = run(empty_state()?, ConnectionLimits { connections: 1, ..limits() }).await?;
    let first = TcpStream::connect(server.address).await?;
    // The first says nothing and is given up; then the second has its turn.
    let request = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let answer = exchange(server.address, request).await?;
    assert_eq!(status(&answer), "200");
    drop(first);
    Ok(())
}

/// A write that is under way when the process is asked to end is finished and answered.
#[tokio::test]
async fn the_end_waits_for_writes() -> Result<()> {
    let state = empty_state()?;
    let store = state.store.clone();
    let server = run(state, ConnectionLimits { header_timeout: Duration::from_secs(10), ..limits() }).await?;
    let document =
        r#"{"id":"last","lang":"en","published":"2026-01-05","text":"France recalled its ambassador to Mali."}"#;
    let head = format!(
        "POST /v1/documents HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer abc\r\nexpect: 100-continue\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        document.len()
    );
    let mut stream = TcpStream::connect(server.address).await?;
    stream.write_all(head.as_bytes()).await?;
    // The request is under way once the server asks for its body.
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).await?;
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    server.stop.send(()).ok().context("the server listens")?;
    stream.write_all(document.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert_eq!(status(&answer), "201", "{answer}");
    server.ended.await??;
    ensure!(store.snapshot().documents.len() == 1);
    ensure!(TcpStream::connect(server.address).await.is_err(), "no connection is accepted any more");
    Ok(())
}

/// A stream of documents without end is told of while it comes, and ends with the process.
#[tokio::test]
async fn a_stream_is_told_of_as_it_comes() -> Result<()> {
    let state = empty_state()?;
    let store = state.store.clone();
    let server = run(state, ConnectionLimits { header_timeout: Duration::from_secs(10), ..limits() }).await?;
    let mut stream = TcpStream::connect(server.address).await?;
    let head = "POST /v1/documents HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer abc\r\naccept: text/event-stream\r\n\
                content-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await?;
    let line = |n: usize| format!("{{\"id\":\"d{n}\",\"lang\":\"en\",\"text\":\"France visited Mali.\"}}\n");
    let lines: String = (0..64).map(line).chain(["{\"id\":1}\n".to_owned()]).collect();
    stream.write_all(format!("{:x}\r\n{lines}\r\n", lines.len()).as_bytes()).await?;
    let mut told = String::new();
    let mut buffer = [0; 4096];
    while !told.contains("event: progress") {
        let read = stream.read(&mut buffer).await?;
        ensure!(read > 0, "{told}");
        told += &String::from_utf8_lossy(&buffer[..read]);
    }
    ensure!(told.contains("\"added\":64"), "{told}");
    ensure!(store.snapshot().documents.len() == 64);
    server.stop.send(()).ok().context("the server listens")?;
    while !told.contains("event: problem") {
        let read = stream.read(&mut buffer).await?;
        ensure!(read > 0, "{told}");
        told += &String::from_utf8_lossy(&buffer[..read]);
    }
    ensure!(told.contains("shutting-down"), "{told}");
    server.ended.await??;
    Ok(())
}

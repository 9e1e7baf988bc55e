//! Requests that mean harm: each gets a refusal within its limit, the process lives, and others are served meanwhile.

use crate::{PIPELINE, dispatches, store_of};
use anyhow::{Context, Result, ensure};
use chancery_rdf::GraphFormat;
use chancery_server::{AppState, ConnectionLimits, Tokens, serve};
use chancery_store::{GraphTarget, Store};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a query may take here.
const LIMIT: Duration = Duration::from_millis(700);

/// A server with limits of its own on a port of the system's choice, over the dispatches and a named graph with some room for products.
async fn start(store: Store) -> Result<SocketAddr> {
    let triples: String = (0..6_000).map(|n| format!("<urn:s{n}> <urn:p{}> <urn:o{}> .\n", n % 7, n % 100)).collect();
    let target = GraphTarget::Named("urn:crowd".to_owned());
    store.put_graph(&target, triples.into_bytes(), GraphFormat::NTriples, true)?;
    let mut state = AppState::new(store, PIPELINE.clone());
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    state.tokens = Some(Tokens::parse(&format!("test write {hash}"))?);
    state.query_options.timeout = LIMIT;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(serve(listener, state, ConnectionLimits::default(), std::future::pending()));
    Ok(address)
}

/// Sends bytes as they are, and reads to the end of the connection.
async fn send(address: SocketAddr, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address).await?;
    // A server that refuses early may not read to the end.
    stream.write_all(bytes).await.ok();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
    match read.context("no answer in 20 s")? {
        Ok(_) => Ok(answer),
        // It was closed before everything that we sent was read.
        Err(error) if !answer.is_empty() => {
            ensure!(error.kind() == std::io::ErrorKind::ConnectionReset, "{error}");
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

fn status(answer: &[u8]) -> u16 {
    let line = String::from_utf8_lossy(&answer[..answer.len().min(40)]).into_owned();
    line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    if !headers.iter().any(|(name, _)| *name == "content-length") {
        head += &format!("content-length: {}\r\n", body.len());
    }
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

const TOKEN: (&str, &str) = ("authorization", "Bearer abc");

fn query(text: &str) -> Vec<u8> {
    request("POST", "/sparql", &[("content-type", "application/sparql-query")], text.as_bytes())
}

fn update(text: &str) -> Vec<u8> {
    request("POST", "/update", &[("content-type", "application/sparql-update"), TOKEN], text.as_bytes())
}

fn upload(media_type: &str, text: &str) -> Vec<u8> {
    request("PUT", "/graphs?graph=urn:g", &[("content-type", media_type), TOKEN], text.as_bytes())
}

fn nested(before: &str, open: &str, middle: &str, close: &str, after: &str, count: usize) -> String {
    format!("{before}{}{middle}{}{after}", open.repeat(count), close.repeat(count))
}

const REFUSED: std::ops::RangeInclusive<u16> = 400..=499;

/// Requests that are refused before they cost anything.
fn refused() -> Vec<(&'static str, Vec<u8>)> {
    let mut requests = vec![
        ("SERVICE", query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")),
        ("SERVICE SILENT", query("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }")),
        ("LOAD", update("LOAD <http://127.0.0.1:9/> INTO GRAPH <urn:g>")),
        ("LOAD of a file", update("LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:g>")),
        ("the derived graph", update("DROP ALL")),
        ("a long query", query(&format!("ASK {{ }} # {}", "x".repeat(200_000)))),
        ("a very long query", query(&"x".repeat(2 << 20))),
        ("a thousand patterns", query(&format!("ASK {{ {} }}", "?s ?p ?o .".repeat(1_000)))),
        ("a huge table", query(&format!("ASK {{ VALUES ?x {{ {} }} ?x ?y", "1 ".repeat(50_000)))),
        ("a query of no letters", query("\u{0}\u{1}\u{2}")),
        ("three queries", request("GET", "/sparql?query=ASK{}&query=ASK{}&query=ASK{}", &[], b"")),
        ("half an escape", request("GET", "/sparql?query=%E0%A4%A&x=%", &[], b"")),
        ("an update by GET", request("GET", "/sparql?update=DROP%20ALL", &[TOKEN], b"")),
        ("a form from elsewhere", {
            let headers =
                [("content-type", "application/x-www-form-urlencoded"), ("origin", "http://evil.example"), TOKEN];
            request("POST", "/update", &headers, b"update=DROP%20ALL")
        }),
        ("an update without a token", {
            request("POST", "/update", &[("content-type", "application/sparql-update")], b"DROP GRAPH <urn:crowd>")
        }),
        (
            "UTF-16",
            request("POST", "/sparql", &[("content-type", "application/sparql-query; charset=utf-16")], b"ASK {}"),
        ),
        ("no UTF-8", request("POST", "/sparql", &[("content-type", "application/sparql-query")], b"ASK { \xFF }")),
        ("a compressed query", {
            let headers = [("content-type", "application/sparql-query"), ("content-encoding", "gzip")];
            request("POST", "/sparql", &headers, &[0x1F, 0x8B, 8, 0])
        }),
        ("a compressed graph", {
            let headers = [("content-type", "text/turtle"), ("content-encoding", "deflate"), TOKEN];
            request("PUT", "/graphs?graph=urn:g", &headers, &[0x78, 0x9C])
        }),
        ("a graph that says it is huge", {
            let headers = [("content-type", "text/turtle"), ("content-length", "9999999999"), TOKEN];
            request("PUT", "/graphs?graph=urn:g", &headers, b"")
        }),
        ("entities that grow", upload("application/rdf+xml", BILLION_LAUGHS)),
        ("an external entity", upload("application/rdf+xml", EXTERNAL_ENTITY)),
        (
            "a remote context",
            upload("application/ld+json", r#"{"@context":"http://127.0.0.1:9/","@id":"urn:a","urn:p":1}"#),
        ),
        ("a JSON bomb", upload("application/ld+json", &nested("", "[", "1", "]", "", 100_000))),
        ("collections", upload("text/turtle", &nested("<urn:a> <urn:b> ", "(", "1", ")", " .", 100_000))),
        (
            "triple terms",
            upload("text/turtle", &nested("<urn:a> <urn:b> ", "<<( <urn:a> <urn:b> ", "1", " )>>", " .", 5_000)),
        ),
        ("another graph", upload("application/n-quads", "<urn:a> <urn:b> <urn:c> <urn:other> .")),
        (
            "a graph of no name",
            request("PUT", "/graphs?graph=not%20an%20iri", &[("content-type", "text/turtle"), TOKEN], b""),
        ),
        ("a thousand parts without an end", {
            let headers = [("content-type", "multipart/form-data; boundary=b"), TOKEN];
            let part = "--b\r\ncontent-type: text/turtle\r\n\r\n<urn:a> <urn:b> 1 .\r\n".repeat(1_000);
            request("POST", "/graphs?graph=urn:g", &headers, part.as_bytes())
        }),
        ("a proxy", b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: 127.0.0.1:22\r\nconnection: close\r\n\r\n".to_vec()),
        ("another method", request("BREW", "/sparql", &[], b"")),
        ("many headers", {
            let many: String = (0..500).map(|n| format!("x-{n}: y\r\n")).collect();
            format!("GET /sparql HTTP/1.1\r\nhost: localhost\r\n{many}\r\n").into_bytes()
        }),
        (
            "a header without end",
            format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {}", "y".repeat(200_000)).into_bytes(),
        ),
        ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03\r\n\r\n".to_vec()),
    ];
    // Each of these overflowed the stack of the stock server.
    for (name, before, open, middle, close, after) in [
        ("calls", "ASK { FILTER(", "STR(", "1", ")", ") }"),
        ("groups", "ASK ", "{", "", "}", ""),
        ("EXISTS", "ASK { ", "FILTER EXISTS {", "", "}", " }"),
        ("blank nodes", "ASK { ?s ?p ", "[ ?p ", "1", "]", " }"),
        ("brackets", "ASK { FILTER(", "(", "1", ")", ") }"),
        ("paths", "ASK { ?s ", "(", "<urn:p>", ")", " ?o }"),
        ("a sum", "ASK { FILTER(1", "+1", "", "", ") }"),
    ] {
        for count in [1_000, 10_000] {
            requests.push((name, query(&nested(before, open, middle, close, after, count))));
        }
    }
    requests
}

const BILLION_LAUGHS: &str = r#"<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:a"><rdf:value>&e;</rdf:value>
</rdf:Description></rdf:RDF>"#;
const EXTERNAL_ENTITY: &str = r#"<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:a"><rdf:value>&a;</rdf:value>
</rdf:Description></rdf:RDF>"#;

/// Work without end: stopped at its limit, or before.
fn stopped() -> Vec<(&'static str, Vec<u8>)> {
    let crowd = |body: &str| query(&format!("SELECT (COUNT(*) AS ?n) FROM <urn:crowd> {{ {body} }}"));
    vec![
        ("a product", crowd("?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l")),
        ("a product of tables", {
            let table = |n: usize| format!("VALUES ?v{n} {{ {} }}", "1 ".repeat(2_000));
            query(&format!("SELECT (COUNT(*) AS ?n) {{ {}{}{}{} }}", table(0), table(1), table(2), table(3)))
        }),
        ("a sorted product", query("SELECT * FROM <urn:crowd> { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g")),
        ("everything from everything", crowd("?a (<urn:p1>|!<urn:p1>)* ?b . ?c (<urn:p1>|!<urn:p1>)* ?d")),
        ("a product that is not there", crowd("?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?f && ?d = ?i)")),
        ("a text that doubles", {
            let doubled: String = (0..40).map(|n| format!("BIND(CONCAT(?a{n}, ?a{n}) AS ?a{}) ", n + 1)).collect();
            query(&format!("SELECT * {{ BIND('x' AS ?a0) {doubled} }}"))
        }),
        ("a product that is written", {
            update("INSERT { GRAPH <urn:g> { ?a ?b ?f } } USING <urn:crowd> WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        }),
        ("too many rows", query("SELECT ('' AS ?n) FROM <urn:crowd> { ?a ?b ?x . ?c ?d ?x }")),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_hostile_request_is_refused_and_the_process_lives() -> Result<()> {
    let address = start(store_of(dispatches()?)?).await?;
    for (name, bytes) in refused() {
        let asked = Instant::now();
        let answer = send(address, &bytes).await.with_context(|| name.to_owned())?;
        let (told, took) = (status(&answer), asked.elapsed());
        let text = String::from_utf8_lossy(&answer[..answer.len().min(600)]).into_owned();
        assert!(REFUSED.contains(&told), "{name}: {text}");
        assert!(took < Duration::from_secs(5), "{name}: {took:?}");
    }
    for (name, bytes) in stopped() {
        let asked = Instant::now();
        let answer = send(address, &bytes).await.with_context(|| name.to_owned())?;
        let took = asked.elapsed();
        let text = String::from_utf8_lossy(&answer[..answer.len().min(600)]).into_owned();
        match status(&answer) {
            503 => assert!(text.to_ascii_lowercase().contains("retry-after"), "{name}: {text}"),
            told => assert!(REFUSED.contains(&told), "{name}: {text}"),
        }
        assert!(took < Duration::from_secs(5), "{name}: {took:?}");
    }
    let answer = send(address, &query("ASK { ?s a dip:Claim }")).await?;
    assert!(status(&answer) == 200 && String::from_utf8_lossy(&answer).contains("true"), "it still answers");
    let answer = send(address, &request("GET", "/graphs?graph=urn:g", &[], b"")).await?;
    assert_eq!(status(&answer), 404, "nothing was written");
    Ok(())
}

/// The matcher of regular expressions is linear: what takes others for ever is answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn regular_expressions_do_not_explode() -> Result<()> {
    let address = start(Store::plain_in_memory()?).await?;
    let letters = "a".repeat(50_000);
    for pattern in ["(a+)+$", "(a|aa)+$", "(.*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"] {
        let answer = send(address, &query(&format!("ASK {{ FILTER(REGEX('{letters}!', '{pattern}')) }}"))).await?;
        assert_eq!(status(&answer), 200, "{pattern}");
    }
    let bomb = format!("ASK {{ FILTER(REGEX('{letters}', '{}')) }}", "((a{1,100}){1,100}){1,100}");
    assert_eq!(status(&send(address, &query(&bomb)).await?), 200, "an expression too large is an error of SPARQL: no");
    Ok(())
}

/// One who asks and goes does not keep the slot.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_query_ends_with_its_connection() -> Result<()> {
    let store = Store::plain_in_memory()?;
    let address = start(store).await?;
    let product = query("SELECT (COUNT(*) AS ?n) FROM <urn:crowd> { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }");
    for _ in 0..20 {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(&product).await?;
        tokio::time::sleep(Duration::from_millis(20)).await;
        drop(stream);
    }
    // Twenty of them would take ten slots of a second one after the other; a slot is free long before.
    let asked = Instant::now();
    let answer = send(address, &query("ASK {}")).await?;
    assert_eq!(status(&answer), 200, "{}", String::from_utf8_lossy(&answer));
    assert!(asked.elapsed() < Duration::from_secs(5));
    Ok(())
}

/// An answer that cannot be finished has no last chunk; to a reader who would not see that it is not begun.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_cut_off_does_not_look_whole() -> Result<()> {
    let store = Store::plain_in_memory()?;
    let triples: String = (0..1_500).map(|n| format!("<urn:s{n}> <urn:p> <urn:o> .\n")).collect();
    store.put_graph(&GraphTarget::Named("urn:star".to_owned()), triples.into_bytes(), GraphFormat::NTriples, true)?;
    let mut state = AppState::new(store, PIPELINE.clone());
    state.query_options.max_rows = 400_000;
    state.query_options.timeout = Duration::from_secs(60);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(serve(listener, state, ConnectionLimits::default(), std::future::pending()));
    let star = |limit: usize| format!("SELECT * FROM <urn:star> {{ ?a ?b ?x . ?c ?d ?x }} LIMIT {limit}");
    let csv = [("content-type", "application/sparql-query"), ("accept", "text/csv")];
    let whole = send(address, &request("POST", "/sparql", &csv, star(400_000).as_bytes())).await?;
    assert!(status(&whole) == 200 && whole.ends_with(b"\r\n0\r\n\r\n"), "a whole answer has its last chunk");
    let rows = whole.iter().filter(|byte| **byte == b'\n').count();
    assert!(rows > 400_000, "{rows}");
    let cut = send(address, &request("POST", "/sparql", &csv, star(400_001).as_bytes())).await?;
    assert!(status(&cut) == 200 && !cut.ends_with(b"\r\n0\r\n\r\n"), "one that is cut off has none");
    let old = request("POST", "/sparql", &csv, star(400_001).as_bytes());
    let old = String::from_utf8(old)?.replacen("HTTP/1.1", "HTTP/1.0", 1).into_bytes();
    let told = send(address, &old).await?;
    assert_eq!(status(&told), 422, "HTTP/1.0 would not see it");
    Ok(())
}

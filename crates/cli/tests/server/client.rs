//! A client that knows as much of HTTP as tests and benchmarks need.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// One connection, kept alive.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Connection {
    pub(crate) fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self { stream: BufReader::new(stream), host: address.to_owned() })
    }

    /// Sends a request with the token and reads the answer to its end.
    pub(crate) fn send(&mut self, method: &str, path: &str, media_type: &str, body: &[u8]) -> io::Result<Answer> {
        let content_type =
            if media_type.is_empty() { String::new() } else { format!("content-type: {media_type}\r\n") };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer abc\r\n{content_type}content-length: {}\r\n\r\n",
            self.host,
            body.len()
        );
        self.send_bytes(&[head.as_bytes(), body].concat())?;
        self.read(method)
    }

    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.get_mut().write_all(bytes)
    }

    /// Reads one answer; an error where it is cut off.
    pub(crate) fn read(&mut self, method: &str) -> io::Result<Answer> {
        let mut head = String::new();
        loop {
            let start = head.len();
            if self.stream.read_line(&mut head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if head[start..].trim().is_empty() {
                break;
            }
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
        let field = |name: &str| {
            head.lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix(name).map(|value| value.trim().to_owned()))
        };
        let (length, encoding) = (field("content-length:"), field("transfer-encoding:"));
        let mut body = Vec::new();
        if method == "HEAD" || status == 204 || status == 304 {
        } else if encoding.as_deref() == Some("chunked") {
            self.read_chunks(&mut body)?;
        } else {
            body.resize(length.and_then(|length| length.parse().ok()).unwrap_or(0), 0);
            self.stream.read_exact(&mut body)?;
        }
        Ok(Answer { status, head, body })
    }

    fn read_chunks(&mut self, body: &mut Vec<u8>) -> io::Result<()> {
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let length = usize::from_str_radix(line.trim(), 16).map_err(|_| io::ErrorKind::InvalidData)?;
            let start = body.len();
            body.resize(start + length, 0);
            self.stream.read_exact(&mut body[start..])?;
            self.stream.read_line(&mut line)?;
            if length == 0 {
                return Ok(());
            }
        }
    }

    /// The rows of a query, whose values have no commas.
    pub(crate) fn select(&mut self, query: &str) -> Vec<Vec<String>> {
        let answer = self.send("POST", "/sparql?format=csv", "application/sparql-query", query.as_bytes()).unwrap();
        let text = String::from_utf8(answer.body).unwrap();
        assert_eq!(answer.status, 200, "{query}: {text}");
        text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }
}

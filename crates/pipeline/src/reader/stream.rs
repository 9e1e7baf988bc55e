//! Documents from a stream. JSON Lines are read line by line, so that memory does not grow with the number of documents.

use super::{Form, MAX_TEXT_BYTES, Metadata, Reader, Skipped, form, json_lines, too_large};
use chancery_model::Document;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// The longest line: a text in which every character is escaped takes six bytes for one, and claims may stand beside it.
const MAX_LINE_BYTES: usize = 8 * MAX_TEXT_BYTES;

pub(super) struct Stream<'a, R> {
    reader: &'a Reader,
    input: R,
    file: &'a str,
    metadata: &'a Metadata,
    /// Whether the lines of the input are documents; not known before the first byte is there.
    lines: Option<bool>,
    number: usize,
    ready: VecDeque<Result<Document, Skipped>>,
    done: bool,
}

impl<'a, R: BufRead> Stream<'a, R> {
    pub(super) fn new(reader: &'a Reader, input: R, file: &'a str, metadata: &'a Metadata) -> Self {
        Self { reader, input, file, metadata, lines: None, number: 0, ready: VecDeque::new(), done: false }
    }

    fn skipped(&self, line: usize, reason: String) -> Skipped {
        Skipped::new(self.file, line, reason)
    }

    fn fail(&mut self, error: &io::Error) -> Option<Result<Document, Skipped>> {
        self.done = true;
        Some(Err(self.skipped(self.number, error.to_string())))
    }

    /// The whole of an input that is no JSON Lines.
    fn whole(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.input.read_to_end(&mut bytes)?;
        self.ready.extend(self.reader.read(&bytes, self.file, self.metadata));
        self.done = true;
        Ok(())
    }

    /// The next line that is not blank; nothing at the end.
    fn line(&mut self) -> io::Result<Option<Result<Document, Skipped>>> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = (&mut self.input).take(MAX_LINE_BYTES as u64).read_until(b'\n', &mut line)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            if read == MAX_LINE_BYTES && !line.ends_with(b"\n") {
                let length = read + skip_line(&mut self.input)?;
                return Ok(Some(Err(self.skipped(self.number, too_large(length, MAX_LINE_BYTES)))));
            }
            let first = line.strip_prefix(b"\xEF\xBB\xBF").filter(|_| self.number == 1);
            let line = first.unwrap_or(&line);
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            if !line.trim_ascii().is_empty() {
                let document = json_lines::document(line, self.metadata);
                return Ok(Some(document.map_err(|fault| fault.at(self.file, self.number))));
            }
        }
    }
}

impl<R: BufRead> Iterator for Stream<'_, R> {
    type Item = Result<Document, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.lines.is_none() {
            let lines = match self.input.fill_buf() {
                Ok(head) => form(head, self.file) == Form::JsonLines,
                Err(error) => return self.fail(&error),
            };
            self.lines = Some(lines);
            if let Err(error) = if lines { Ok(()) } else { self.whole() } {
                return self.fail(&error);
            }
        }
        if let Some(document) = self.ready.pop_front() {
            return Some(document);
        }
        if self.done {
            return None;
        }
        match self.line() {
            Ok(Some(document)) => Some(document),
            Ok(None) => {
                self.done = true;
                None
            }
            Err(error) => self.fail(&error),
        }
    }
}

/// Passes over the rest of a line; its length.
fn skip_line(input: &mut impl BufRead) -> io::Result<usize> {
    let mut length = 0;
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(buffer.len(), |end| end + 1);
        input.consume(taken);
        length += taken;
        if taken == 0 || end.is_some() {
            return Ok(length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::DataFiles;
    use std::io::BufReader;

    fn reader() -> Reader {
        Reader::new(&DataFiles::embedded()).expect("the tables are well formed")
    }

    /// A stream gives what the whole gives, however small the pieces are.
    fn check(bytes: &[u8], file: &str) {
        let (reader, metadata) = (reader(), Metadata::default());
        let whole = reader.read(bytes, file, &metadata);
        for capacity in [64, 8192] {
            let input = BufReader::with_capacity(capacity, bytes);
            let streamed: Vec<_> = reader.stream(input, file, &metadata).collect();
            assert_eq!(streamed, whole, "{file} in pieces of {capacity}");
        }
    }

    #[test]
    fn a_stream_gives_what_the_whole_gives() {
        let lines = "{\"id\":\"a\",\"lang\":\"en\",\"text\":\"One.\"}\n\n{\"id\":\"b\"\n{\"id\":\"c\",\"lang\":\"ar\",\"text\":\"واحد.\"}";
        check(lines.as_bytes(), "news.jsonl");
        check(format!("\u{feff}{lines}\r\n").as_bytes(), "-");
        check(b"", "empty.jsonl");
        check("The minister of France visited Mali on Monday and left.".as_bytes(), "page.txt");
        check(b"{\"text\":\"S\xE3o\"}\n{\"lang\":\"en\",\"text\":\"x\"}", "-");
        check(format!("{lines}\n  \0{lines}\0").as_bytes(), "news.jsonl");
    }

    #[test]
    fn a_line_without_end_is_skipped_and_the_next_is_read() {
        let (reader, metadata) = (reader(), Metadata::default());
        let mut bytes = b"{\"text\":\"".to_vec();
        bytes.resize(MAX_LINE_BYTES + 10, b'a');
        bytes.extend(b"\n{\"id\":\"b\",\"lang\":\"en\",\"text\":\"x\"}");
        let read: Vec<_> = reader.stream(bytes.as_slice(), "-", &metadata).collect();
        assert!(read[0].as_ref().is_err_and(|skipped| skipped.line == 1 && skipped.reason.contains("at most")));
        assert!(read[1].as_ref().is_ok_and(|document| document.id == "b"));
        assert_eq!(read.len(), 2);
    }
}

//! RDF from outside that could harm a parser: refused before it is read.
//!
//! Measured on a stack of 2 MiB, which overflows and ends the process: a JSON-LD context whose terms are defined by each other in a
//! chain of 2,000 (1,000 pass), at 16 bytes a term. Brackets of Turtle nested 4,500 deep were measured to kill too.

use crate::StoreError;
use crate::guard::nesting;
use chancery_rdf::GraphFormat;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// The largest RDF upload, in bytes (64 MiB).
pub const MAX_UPLOAD_BYTES: usize = 64 << 20;
/// The deepest nesting of brackets in Turtle and TriG; that of JSON is 127, as `serde_json` has it.
const MAX_NESTING: usize = 1_000;
/// The most terms and other members of one JSON-LD context, with the contexts inside it. Ours has 150, that of schema.org 3,000.
const MAX_CONTEXT_MEMBERS: u64 = 5_000;
/// The most terms that contexts may copy from those around them: 50 million were measured to take 8 s.
const MAX_CONTEXT_WORK: u64 = 10_000_000;

/// Refuses an upload that is too large, and what [`check_rdf`] refuses.
///
/// # Errors
/// [`StoreError::TooLarge`] or [`StoreError::Rdf`].
pub fn check_upload(body: &[u8], format: GraphFormat) -> Result<(), StoreError> {
    if body.len() > MAX_UPLOAD_BYTES {
        return Err(StoreError::TooLarge { limit: MAX_UPLOAD_BYTES });
    }
    check_rdf(body, format)
}

/// Refuses RDF that could overflow a stack of 64 MiB or outgrow its text many times: brackets nested too deep, JSON-LD contexts of too
/// many terms, document types in XML.
///
/// # Errors
/// [`StoreError::Rdf`].
pub fn check_rdf(body: &[u8], format: GraphFormat) -> Result<(), StoreError> {
    match format {
        GraphFormat::RdfXml if contains_doctype(body) => Err(rdf(&"RDF/XML with a document type is refused")),
        GraphFormat::RdfXml | GraphFormat::NTriples | GraphFormat::NQuads => Ok(()),
        GraphFormat::Turtle | GraphFormat::TriG => match nesting(body) {
            depth if depth > MAX_NESTING => Err(rdf(&format!("brackets nested {depth} deep; at most {MAX_NESTING}"))),
            _ => Ok(()),
        },
        GraphFormat::JsonLd => check_json_ld(body),
    }
}

pub(crate) fn rdf(message: &dyn fmt::Display) -> StoreError {
    StoreError::Rdf { message: message.to_string() }
}

/// Also in UTF-16, which XML may be written in.
fn contains_doctype(body: &[u8]) -> bool {
    const DOCTYPE: &[u8] = b"<!doctype";
    let letters: Vec<u8> = body.iter().copied().filter(|byte| *byte != 0).collect();
    letters.windows(DOCTYPE.len()).any(|window| window.eq_ignore_ascii_case(DOCTYPE))
}

fn check_json_ld(body: &[u8]) -> Result<(), StoreError> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let mut counts = Counts::default();
    let mut json = serde_json::Deserializer::from_slice(body);
    let read = Walk { counts: &mut counts, is_in_context: false }.deserialize(&mut json);
    let contexts = read.and_then(|contexts| json.end().map(|()| contexts)).map_err(|error| rdf(&error))?;
    if contexts.work.max(counts.scoped_work()) > MAX_CONTEXT_WORK {
        return Err(rdf(&"large contexts with many contexts below them are refused; write one context, at the top"));
    }
    Ok(())
}

/// What is counted on the way through a document.
#[derive(Default)]
struct Counts {
    /// Members and elements of the context that we are in.
    in_this_context: u64,
    /// Those of all contexts.
    in_contexts: u64,
    /// Those of everything else.
    in_data: u64,
    /// Whether a context stands in a context: it is read wherever its term is used.
    is_scoped: bool,
}

impl Counts {
    fn add<E: Error>(&mut self, is_in_context: bool) -> Result<(), E> {
        if !is_in_context {
            self.in_data += 1;
            return Ok(());
        }
        self.in_contexts += 1;
        self.in_this_context += 1;
        if self.in_this_context > MAX_CONTEXT_MEMBERS {
            return Err(E::custom(format_args!("a context of more than {MAX_CONTEXT_MEMBERS} terms is refused")));
        }
        Ok(())
    }

    fn scoped_work(&self) -> u64 {
        if self.is_scoped { self.in_contexts.saturating_mul(self.in_data) } else { 0 }
    }
}

/// The contexts below a value, and the terms that are copied for them: each copies those that are in force around it.
#[derive(Clone, Copy, Default)]
struct Below {
    contexts: u64,
    work: u64,
}

impl Below {
    fn add(&mut self, other: Self) {
        self.contexts += other.contexts;
        self.work = self.work.saturating_add(other.work);
    }

    fn within_context_of(self, terms: u64) -> Self {
        let contexts = self.contexts + 1;
        Self { contexts, work: self.work.saturating_add(terms.saturating_mul(contexts)) }
    }
}

/// Walks through JSON without keeping it.
struct Walk<'a> {
    counts: &'a mut Counts,
    is_in_context: bool,
}

impl Walk<'_> {
    fn walk(&mut self, is_in_context: bool) -> Walk<'_> {
        Walk { counts: self.counts, is_in_context }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = Below;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Below, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = Below;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Below, A::Error> {
        let mut below = Below::default();
        let mut own = None;
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            self.counts.add(self.is_in_context)?;
            match (key == "@context", self.is_in_context) {
                (true, false) => {
                    self.counts.in_this_context = 0;
                    map.next_value_seed(self.walk(true))?;
                    *own.get_or_insert(0) += self.counts.in_this_context;
                    self.counts.in_this_context = 0;
                }
                (is_context, is_in_context) => {
                    self.counts.is_scoped |= is_context;
                    below.add(map.next_value_seed(self.walk(is_in_context))?);
                }
            }
        }
        Ok(own.map_or(below, |terms| below.within_context_of(terms)))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Below, A::Error> {
        let mut below = Below::default();
        let is_in_context = self.is_in_context;
        while let Some(element) = list.next_element_seed(self.walk(is_in_context))? {
            self.counts.add(is_in_context)?;
            below.add(element);
        }
        Ok(below)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Below, E> {
        Ok(Below::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Below, E> {
        Ok(Below::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Below, E> {
        Ok(Below::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Below, E> {
        Ok(Below::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Below, E> {
        Ok(Below::default())
    }

    fn visit_unit<E>(self) -> Result<Below, E> {
        Ok(Below::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(json: &str) -> bool {
        check_rdf(json.as_bytes(), GraphFormat::JsonLd).is_err()
    }

    /// Terms that are each defined by the next.
    fn chain(length: usize) -> String {
        let terms: Vec<String> = (0..length).map(|it| format!("\"t{it}\":\"t{}:x\"", it + 1)).collect();
        format!("{{{}}}", terms.join(","))
    }

    #[test]
    fn contexts_have_a_size() {
        let with = |context: &str| format!("{{\"@id\":\"urn:x\",\"@context\":{context},\"t0\":1}}");
        assert!(!is_refused(&with(&chain(4_999))));
        assert!(is_refused(&with(&chain(5_001))));
        assert!(
            is_refused(&with(&chain(5_001)).replace("@context", "\\u0040context")),
            "an escaped name is the same name"
        );
        assert!(is_refused(&with(&format!("{{\"s\":{{\"@id\":\"urn:s\",\"@context\":{}}}}}", chain(5_001)))));
        assert!(is_refused(&with(&format!("[{}]", vec!["{\"p\":\"urn:p\"}"; 5_000].join(",")))));
    }

    /// Each context below another copies the terms of that.
    #[test]
    fn contexts_below_contexts_have_a_limit() {
        let nodes = |count: usize| vec!["{\"@context\":{\"a\":\"urn:a\"},\"a\":1}"; count].join(",");
        let graph = |terms: usize, count: usize| {
            (format!("{{\"@context\":{},\"@graph\":[{}]}}", chain(terms), nodes(count)), chain(terms))
        };
        assert!(!is_refused(&graph(4_000, 2_000).0));
        assert!(is_refused(&graph(4_000, 3_000).0));
        let (last, context) = graph(4_000, 3_000);
        let last = last.replacen(&format!("\"@context\":{context},"), "", 1).replacen('{', "{\"@id\":\"urn:x\",", 1);
        assert!(!is_refused(&last));
        let last = format!("{},\"@context\":{context}}}", last.trim_end_matches('}'));
        assert!(is_refused(&last), "a context counts wherever it stands in its object");
        let scoped = |count: usize| {
            let uses = vec!["{\"s\":{}}"; count].join(",");
            format!(
                "{{\"@context\":{{\"s\":{{\"@id\":\"urn:s\",\"@context\":{}}}}},\"@graph\":[{uses}]}}",
                chain(4_000)
            )
        };
        assert!(!is_refused(&scoped(100)) && is_refused(&scoped(2_000)));
    }

    #[test]
    fn many_small_contexts_and_much_data_pass() {
        let node = "{\"@context\":{\"p\":\"urn:p\"},\"p\":[1,-2,0.5,true,null,\"x\"]}";
        assert!(!is_refused(&format!("\u{FEFF}[{}]", vec![node; 6_000].join(","))));
        assert!(is_refused(&format!("{}1{}", "[".repeat(200), "]".repeat(200))));
        assert!(is_refused("{\"@id\":\"urn:x\"} trailing"));
    }
}

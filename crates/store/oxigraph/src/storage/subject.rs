//! What is said of one subject, as its keys say it.

use crate::storage::StorageError;
use crate::storage::binary_encoder::{decode_term, encode_term};
use crate::storage::numeric_encoder::EncodedTerm;
use std::ops::Range;

/// Bytes of an encoded predicate, which is an IRI: its type and its hash.
const PREDICATE_BYTES: usize = 17;

/// Triples of a subject in the default graph: of each, the encoded predicate and object, in the order of the keys.
#[derive(Default)]
pub struct SubjectTriples {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// There are more, behind these.
    pub is_cut: bool,
}

impl SubjectTriples {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn push(&mut self, predicate_and_object: &[u8]) {
        self.bytes.extend_from_slice(predicate_and_object);
        self.ends.push(self.bytes.len());
    }

    /// Which of them have a predicate; none where some of them may not be here.
    pub fn range(&self, predicate: &EncodedTerm) -> Option<Range<usize>> {
        let predicate = encode_term(predicate);
        let predicate = predicate.as_slice();
        let start = self.first(|it| it >= predicate);
        let end = start
            + (start..self.len())
                .take_while(|index| self.predicate(*index) == predicate)
                .count();
        (end < self.len() || !self.is_cut).then_some(start..end)
    }

    pub fn object(&self, index: usize) -> Result<EncodedTerm, StorageError> {
        decode_term(&self.triple(index)[PREDICATE_BYTES..])
    }

    /// The first of which this holds; it holds of all behind it.
    fn first(&self, holds: impl Fn(&[u8]) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(self.predicate(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    fn predicate(&self, index: usize) -> &[u8] {
        &self.triple(index)[..PREDICATE_BYTES]
    }

    fn triple(&self, index: usize) -> &[u8] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[index]]
    }
}

//! A normalised string with the way back: which bytes of the original each of its characters stands for.

use crate::normalize::{PlainLetters, clusters, even, letters};
use chancery_model::{Language, Span};
use compact_str::CompactString;
use smallvec::SmallVec;

/// A normalised string and, for each of its characters, the bytes of the original that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OffsetMap {
    norm: CompactString,
    /// How many characters it has.
    length: usize,
    origins: Origins,
}

/// Where the characters of a normalised string came from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "the large one lives for a word that changes its length only, and boxing it costs an allocation"
)]
enum Origins {
    /// Each stands for one character of as many bytes, the first for that at byte `start`: most words are so.
    Even { start: usize, width: usize },
    /// One by one.
    Each(SmallVec<[Span; 16]>),
}

impl OffsetMap {
    /// Normalises `original`, which begins at byte `offset` of its field.
    pub fn new(original: &str, offset: usize, language: Language) -> Self {
        if let Some((norm, width)) = even(original, language) {
            return Self { length: norm.len() / width, norm, origins: Origins::Even { start: offset, width } };
        }
        let (mut norm, mut origins) = (CompactString::default(), SmallVec::new());
        for (at, cluster) in clusters(original) {
            let origin = Span::new(offset + at, offset + at + cluster.len());
            letters(cluster, language, &mut |letter| {
                origins.push(origin);
                norm.push(letter);
            });
        }
        Self { norm, length: origins.len(), origins: Origins::Each(origins) }
    }

    /// The same of a word of nothing but plain letters.
    pub(crate) fn of_plain(word: &str, letters: PlainLetters, offset: usize) -> Self {
        let origins = Origins::Even { start: offset, width: 2 };
        Self { norm: letters.normalized(word), length: word.len() / 2, origins }
    }

    /// The normalised string.
    pub fn norm(&self) -> &str {
        &self.norm
    }

    /// The normalised string, of a word mostly without memory of its own.
    pub(crate) fn word(&self) -> CompactString {
        self.norm.clone()
    }

    /// How many characters the normalised string has.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing is left of the original.
    pub fn is_empty(&self) -> bool {
        self.norm.is_empty()
    }

    /// The original bytes of the characters from `start` to `end` (counted in characters of the normalised string, half-open).
    /// Nothing where the range is empty or does not fit.
    pub fn original(&self, start: usize, end: usize) -> Option<Span> {
        if start >= end || end > self.len() {
            return None;
        }
        Some(match &self.origins {
            Origins::Even { start: first, width } => Span::new(first + width * start, first + width * end),
            Origins::Each(origins) => origins[start].cover(origins[end - 1]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_ligatures_lead_back() {
        // "Muḥammad" with vowel signs: eleven characters, four of them letters.
        let original = "مُحَمَّد";
        let map = OffsetMap::new(original, 10, Language::Arabic);
        assert_eq!(map.norm(), "محمد");
        assert_eq!(map.original(0, 4), Some(Span::new(10, 10 + original.len())));
        assert_eq!(map.original(1, 2).map(|span| span.start), Some(10 + "مُ".len()));
        assert_eq!(map.original(2, 2), None);
        assert_eq!(map.original(3, 9), None);
    }

    #[test]
    fn one_character_can_become_two() {
        let map = OffsetMap::new("ﻻ", 0, Language::Arabic);
        assert_eq!(map.norm(), "لا");
        assert_eq!(map.original(1, 2), Some(Span::new(0, "ﻻ".len())));
    }
}

//! What Arabic writes joined to a word: conjunctions and prepositions before it, pronouns behind it.

use std::fmt;
use std::ops::Deref;

/// What is joined in front of a word, in order: a conjunction, a preposition, or both. A slice in all but its size.
#[derive(Clone, Copy)]
pub struct Proclitics {
    clitics: [Proclitic; MOST],
    length: u8,
}

/// So many stand in front of a word at most.
const MOST: usize = 2;

impl Proclitics {
    /// With one more behind the others; nothing where there are too many.
    pub fn with(mut self, proclitic: Proclitic) -> Option<Self> {
        *self.clitics.get_mut(usize::from(self.length))? = proclitic;
        self.length += 1;
        Some(self)
    }
}

impl Default for Proclitics {
    fn default() -> Self {
        Self { clitics: [Proclitic::And; MOST], length: 0 }
    }
}

impl Deref for Proclitics {
    type Target = [Proclitic];

    #[inline]
    fn deref(&self) -> &[Proclitic] {
        &self.clitics[..usize::from(self.length)]
    }
}

impl<'a> IntoIterator for &'a Proclitics {
    type Item = &'a Proclitic;
    type IntoIter = std::slice::Iter<'a, Proclitic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Proclitics {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Proclitics {}

impl fmt::Debug for Proclitics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// Arabic words that are written joined to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proclitic {
    /// و
    And,
    /// ف
    So,
    /// ب
    By,
    /// ل
    For,
    /// ك
    Like,
    /// س, of the future
    Will,
}

/// Arabic pronouns that are written joined to the word before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Enclitic {
    /// ه
    He,
    /// ها
    She,
    /// هم
    They,
    /// هما
    Dual,
    /// نا
    We,
    /// ي
    I,
    /// ك, كم
    You,
}

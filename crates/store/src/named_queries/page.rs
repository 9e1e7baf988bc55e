//! Pages of answers that can be very long.
//!
//! SPARQL has no variable behind `LIMIT`. A file that answers in pages writes the usual page as it is (`LIMIT 500 OFFSET 0`) and names it in
//! its head (`# $limit  rows = 500`, `# $offset  rows = 0`); another page takes its place in the parsed query.

/// The name of the parameter that tells how long a page is.
pub(super) const LIMIT: &str = "limit";
/// The name of the parameter that tells where it begins.
pub(super) const OFFSET: &str = "offset";
/// What stands for a page without end.
const ALL: &str = "all";

/// A part of what a query goes by: relations or claims, each of which gives a row or more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    /// How many; none for all.
    pub(super) limit: Option<usize>,
    /// After so many.
    pub(super) offset: usize,
    /// The limit that the file writes, by which its slice is known.
    pub(super) usual: usize,
}

impl Page {
    /// Puts the page in the place of the slice that a query writes for it.
    pub(super) fn take_place(&self, start: &mut usize, length: &mut Option<usize>) {
        if *length == Some(self.usual) {
            (*start, *length) = (self.offset, self.limit);
        }
    }
}

/// A number of rows, or all of them.
pub(super) fn rows(word: &str) -> Option<Option<usize>> {
    if word == ALL { Some(None) } else { word.parse().ok().map(Some) }
}

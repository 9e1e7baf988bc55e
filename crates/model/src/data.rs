//! The tables of `data/` and `ontology/` as text: embedded, or given by a caller that read a folder.
//!
//! Tables are TSV with one header line, UTF-8 in NFC, `#` lines are comments.

use std::borrow::Cow;
use std::collections::BTreeMap;

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// A problem in a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct DataError {
    /// The table, `data/ar/names.tsv`.
    pub file: String,
    /// The line, from 1; 0 for the whole file.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

/// Tables by their path from the root of the project.
#[derive(Clone, Debug)]
pub struct DataFiles(BTreeMap<String, Cow<'static, str>>);

impl DataFiles {
    /// The tables that the program was built with.
    pub fn embedded() -> Self {
        Self(EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), Cow::Borrowed(*text))).collect())
    }

    /// The embedded tables with some replaced or added.
    pub fn with(mut self, files: impl IntoIterator<Item = (String, String)>) -> Self {
        self.0.extend(files.into_iter().map(|(name, text)| (name, Cow::Owned(text))));
        self
    }

    /// Paths of all tables, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The text of one file, if there is one.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(Cow::as_ref)
    }

    /// A hash of all tables: the data version that stands in `run/<hash>`.
    pub fn version(&self) -> String {
        crate::hash::content_hash(self.0.iter().flat_map(|(name, text)| [name.as_str(), text.as_ref()]))
    }

    /// The rows of one table; empty where there is no such table.
    ///
    /// # Errors
    /// Where the header is not `columns` or a row has another number of cells.
    pub fn rows<const N: usize>(&self, name: &str, columns: [&str; N]) -> Result<Vec<Row<'_, N>>, DataError> {
        let Some((name, text)) = self.0.get_key_value(name) else { return Ok(Vec::new()) };
        let fault = |line, message| DataError { file: name.clone(), line, message };
        let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
        match lines.next() {
            None => return Err(fault(0, format!("empty; expected the header {}", columns.join("\t")))),
            Some((header, number)) if !header.split('\t').eq(columns) => {
                return Err(fault(number, format!("header is {header:?}; expected {:?}", columns.join("\t"))));
            }
            Some(_) => {}
        }
        lines
            .map(|(line, number)| {
                let (mut cells, mut found, mut rest) = ([""; N], 0, Some(line));
                while let Some(cell) = rest {
                    // Cells are short, so that a plain walk over the bytes is quicker than a search in blocks.
                    let end = cell.bytes().position(|byte| byte == b'\t');
                    rest = end.map(|end| &cell[end + 1..]);
                    if let Some(place) = cells.get_mut(found) {
                        *place = &cell[..end.unwrap_or(cell.len())];
                    }
                    found += 1;
                }
                if found != N {
                    return Err(fault(number, format!("{found} cells; expected {N}")));
                }
                Ok(Row { file: name, line: number, cells })
            })
            .collect()
    }
}

/// One line of a table.
#[derive(Clone, Debug)]
pub struct Row<'a, const N: usize> {
    /// The table.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// Its cells, one for each column.
    pub cells: [&'a str; N],
}

impl<const N: usize> Row<'_, N> {
    /// A problem at this line.
    pub fn fault(&self, message: impl std::fmt::Display) -> DataError {
        DataError { file: self.file.to_owned(), line: self.line, message: message.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_row_is_named() {
        let files = DataFiles(BTreeMap::new()).with([("t.tsv".to_owned(), "a\tb\n# note\n1\t2\n3\n".to_owned())]);
        let fault = files.rows("t.tsv", ["a", "b"]).unwrap_err();
        assert_eq!((fault.line, fault.to_string().as_str()), (4, "t.tsv:4: 1 cells; expected 2"));
    }
}

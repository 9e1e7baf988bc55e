//! Lines of a page that are no news: `data/furniture.tsv` lists how they begin, in any language.

use chancery_model::{DataError, DataFiles};

/// How furniture begins, in lower case.
#[derive(Debug)]
pub(super) struct Furniture {
    prefixes: Vec<String>,
}

impl Furniture {
    pub(super) fn load(files: &DataFiles) -> Result<Self, DataError> {
        let rows = files.rows("data/furniture.tsv", ["lang", "prefix"])?;
        Ok(Self { prefixes: rows.iter().map(|row| row.cells[1].to_lowercase()).collect() })
    }

    /// Whether a line is furniture. Only short lines are: a paragraph that begins so is news.
    pub(super) fn is(&self, line: &str) -> bool {
        let lower = line.to_lowercase();
        line.chars().count() < 90 && self.prefixes.iter().any(|prefix| lower.starts_with(prefix.as_str()))
    }
}

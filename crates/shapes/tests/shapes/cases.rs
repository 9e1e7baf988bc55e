//! Small graphs of our own, one for each component, target and kind of path: shapes and data in one file, and what a
//! validation has to give in lines `# gives: focus | path | component | value`.

use chancery_shapes::{Report, ResultPath, ValidationResult};
use std::path::{Path, PathBuf};

const PREFIXES: [(&str, &str); 2] = [("ex:", "https://example.org/"), ("xsd:", "http://www.w3.org/2001/XMLSchema#")];

/// All files of a folder with an ending, in the order of their names.
pub(crate) fn files(folder: impl AsRef<Path>, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.as_ref().display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|it| it == ending));
    files.sort();
    files
}

/// The files of `tests/cases`.
pub(crate) fn cases() -> Vec<PathBuf> {
    files(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), "ttl")
}

/// The lines of a report, sorted, each once: the order of two values gives one result for each pair.
pub(crate) fn lines(report: &Report) -> Vec<String> {
    let mut lines: Vec<String> = report.results.iter().map(line).collect();
    lines.sort();
    lines.dedup();
    lines
}

fn line(result: &ValidationResult) -> String {
    let path = match &result.path {
        None => "-".to_owned(),
        Some(ResultPath::Property(property)) => short(&property.to_string()),
        Some(_) => "(path)".to_owned(),
    };
    let value = result.value.as_ref().map(|value| short(&value.to_string())).unwrap_or_default();
    let focus = short(&result.focus_node.to_string());
    format!("{focus} | {path} | {:?} | {value}", result.constraint_component)
}

/// A term with a prefix instead of its namespace, a number without quotes.
fn short(term: &str) -> String {
    let number = |datatype: &str| term.strip_suffix(datatype)?.strip_prefix('"')?.strip_suffix('"').map(str::to_owned);
    let numbers = ["integer", "decimal"].map(|name| format!("^^<http://www.w3.org/2001/XMLSchema#{name}>"));
    if let Some(number) = numbers.iter().find_map(|datatype| number(datatype)) {
        return number;
    }
    PREFIXES.iter().fold(term.to_owned(), |term, (prefix, namespace)| match term.split_once(&format!("<{namespace}")) {
        Some((front, rest)) => format!("{front}{prefix}{}", rest.trim_end_matches('>')),
        None => term,
    })
}

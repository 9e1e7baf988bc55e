//! Named queries: SPARQL in files of its own, terms in, rows out. Nothing is pasted into a query text: an argument takes the place of its
//! variable in the parsed query, where the optimiser sees it as the constant that it is.
//!
//! The head of a file (`queries/*.rq`) is its documentation and is read: the question with its number, a few words on the answer, and
//! the parameters (`# $as_of  day = newest  on which day`). Answers that can be very long come in pages (`page`).

mod answer;
mod given;
mod page;
mod parameter;

pub use answer::{Quotation, Relation, Table};
pub use parameter::{Parameter, ParameterKind};

use crate::sparql::{PreparedQuery, QueryOptions, parser};
use crate::{Store, StoreError};
use given::{Given, give};
use oxigraph::model::{Literal, Variable};
use page::Page;
use parameter::Default;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A question that users ask, as a file of SPARQL.
#[derive(Debug)]
pub struct NamedQuery {
    /// Its name: that of the file.
    pub name: &'static str,
    /// The number of the question.
    pub number: u8,
    /// The question.
    pub question: &'static str,
    /// What the answer means, where that is not plain.
    pub notes: String,
    /// What has to be given, in the order of the file.
    pub parameters: Vec<Parameter>,
    text: &'static str,
}

/// The files, with their names.
macro_rules! files {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("queries/", $name, ".rq")))),+] };
}

/// In the order of the questions.
const FILES: &[(&str, &str)] = files![
    "relations-of",
    "parties-to",
    "known-of-agreement",
    "claims-between",
    "claims-behind",
    "single-origin",
    "contradictions",
    "headline-and-body",
    "never-happened",
    "meetings",
    "meetings-of-leaders",
    "trend",
    "brokers",
    "chains",
    "unbalanced-triads",
    "members-of-both",
    "missions-in",
    "signed-not-ratified",
    "agreements-on",
    "mediations",
    "expulsions-answered",
    "representation-changes",
    "sanctions",
    "most-connected",
    "languages-on-dyad",
    "names-used",
    "attribution-chain",
    "changes-since",
    "events-near",
    "news-against-reference",
];

static ALL: LazyLock<Vec<NamedQuery>> = LazyLock::new(|| {
    let read = |(name, text): &(&'static str, &'static str)| NamedQuery::read(name, text);
    FILES.iter().map(|file| read(file).expect("the tests read every file")).collect()
});

impl NamedQuery {
    /// All of them, in the order of the questions.
    pub fn all() -> &'static [NamedQuery] {
        &ALL
    }

    /// The one with this name.
    ///
    /// # Errors
    /// Where there is none; the error lists the names.
    pub fn named(name: &str) -> Result<&'static NamedQuery, StoreError> {
        let unknown = || StoreError::UnknownQuery {
            name: name.to_owned(),
            expected: Self::all().iter().map(|query| query.name).collect::<Vec<_>>().join(", "),
        };
        Self::all().iter().find(|query| query.name == name).ok_or_else(unknown)
    }

    /// The file as it is.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// None where the head is not of the form that the module describes.
    fn read(name: &'static str, text: &'static str) -> Option<Self> {
        let mut head = text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim);
        let (number, question) = head.next()?.split_once(". ")?;
        let (parameters, notes): (Vec<&str>, Vec<&str>) = head.partition(|line| line.starts_with('$'));
        Some(Self {
            name,
            number: number.parse().ok()?,
            question,
            notes: notes.join(" ").trim().to_owned(),
            parameters: parameters.into_iter().map(Parameter::read).collect::<Option<_>>()?,
            text,
        })
    }

    /// The page that is asked for, where the answer comes in pages.
    fn page(&self, arguments: &BTreeMap<String, String>) -> Result<Option<Page>, StoreError> {
        let (Some(limit), Some(offset)) = (self.parameter(page::LIMIT), self.parameter(page::OFFSET)) else {
            return Ok(None);
        };
        let asked = |parameter: &Parameter| arguments.get(parameter.name).map(String::as_str).or(parameter.default());
        let rows = |parameter| asked(parameter).and_then(page::rows).ok_or_else(|| self.misfit(parameter, arguments));
        let usual = limit.default().and_then(page::rows).flatten().unwrap_or_default();
        let from = rows(offset)?.ok_or_else(|| self.misfit(offset, arguments))?;
        Ok(Some(Page { limit: rows(limit)?, offset: from, usual }))
    }

    fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// The term for every variable that has one, what is given or else what stands for it when nothing is, and the page.
    fn given(&self, store: &Store, arguments: &BTreeMap<String, String>) -> Result<Given, StoreError> {
        if let Some(unknown) = arguments.keys().find(|name| self.parameter(name).is_none()) {
            let expected = self.parameters.iter().map(|parameter| parameter.name).collect::<Vec<_>>().join(", ");
            return Err(self.fault(format!("{unknown:?} is no parameter of it: expected {expected}")));
        }
        let mut terms = BTreeMap::new();
        for parameter in self.parameters.iter().filter(|parameter| parameter.kind != ParameterKind::Rows) {
            let word = match (arguments.get(parameter.name), &parameter.default) {
                (Some(given), _) => given.clone(),
                (None, Default::Word(word)) => (*word).to_owned(),
                (None, Default::Newest) => newest_day(store).ok_or_else(|| {
                    self.fault(format!(
                        "{} is not given, and no document has a day that could stand for it",
                        parameter.name
                    ))
                })?,
                (None, Default::Any) => continue,
                (None, Default::Required) => {
                    return Err(
                        self.fault(format!("{} is missing: {}, {}", parameter.name, parameter.kind, parameter.meaning))
                    );
                }
            };
            let term = parameter.kind.term(&word).ok_or_else(|| self.misfit(parameter, arguments))?;
            terms.insert(Variable::new_unchecked(parameter.name), term);
        }
        Ok(Given { terms, page: self.page(arguments)? })
    }

    /// What is given for a parameter is not of its kind.
    fn misfit(&self, parameter: &Parameter, arguments: &BTreeMap<String, String>) -> StoreError {
        let word = arguments.get(parameter.name).map_or("", String::as_str);
        self.fault(format!("{} is {word:?}: expected {}", parameter.name, parameter.kind.expected()))
    }

    fn fault(&self, message: String) -> StoreError {
        StoreError::Argument { query: self.name.to_owned(), message }
    }
}

/// The day of the newest document.
fn newest_day(store: &Store) -> Option<String> {
    store.snapshot().newest().map(|day| day.to_string())
}

impl Store {
    /// A named query with its arguments, as words: an actor by its id, a day as `2025-11-07`.
    ///
    /// # Errors
    /// Where an argument is missing, unknown, or not of its kind.
    pub fn prepare_named(
        &self,
        query: &NamedQuery,
        arguments: &BTreeMap<String, String>,
    ) -> Result<PreparedQuery, StoreError> {
        let given = query.given(self, arguments)?;
        let mut parsed =
            parser(None)?.parse_query(query.text).map_err(|error| StoreError::Evaluation(error.to_string()))?;
        give(&mut parsed, &given);
        Ok(PreparedQuery::new(parsed, self))
    }

    /// The offset of the next page of a named query, where its answer comes in pages and this one is not the last.
    ///
    /// # Errors
    /// As for [`Store::prepare_named`], and where the graph cannot be read in time.
    pub fn next_page(
        &self,
        query: &NamedQuery,
        arguments: &BTreeMap<String, String>,
        options: &QueryOptions,
    ) -> Result<Option<usize>, StoreError> {
        let page = query.page(arguments)?;
        let Some(offset) = page.and_then(|page| page.offset.checked_add(page.limit?)) else { return Ok(None) };
        let mut next = arguments.clone();
        next.insert(page::OFFSET.to_owned(), offset.to_string());
        next.insert(page::LIMIT.to_owned(), "1".to_owned());
        let (_, rows) = self.prepare_named(query, &next)?.read_rows(options, |_, _| Ok(()))?;
        Ok((!rows.is_empty()).then_some(offset))
    }
}

/// A point on earth as GeoSPARQL writes it, the longitude first.
fn point(latitude: f64, longitude: f64) -> Literal {
    let wkt = format!("POINT({longitude} {latitude})");
    Literal::new_typed_literal(wkt, chancery_rdf::vocab::GEO_WKT_LITERAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_listed_in_the_order_of_the_questions() {
        let numbers: Vec<u8> = NamedQuery::all().iter().map(|query| query.number).collect();
        assert_eq!(numbers, (1..=30).collect::<Vec<u8>>());
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/queries");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut files: Vec<String> = files.map(|file| file.trim_end_matches(".rq").to_owned()).collect();
        let mut listed: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        files.sort();
        listed.sort_unstable();
        assert_eq!(files, listed);
    }

    /// A parameter that the text does not name, or a `$name` that the head does not explain, is a slip.
    #[test]
    fn heads_name_the_parameters_of_their_texts() {
        for query in NamedQuery::all() {
            let body: Vec<&str> = query.text.lines().filter(|line| !line.starts_with('#')).collect();
            let words =
                |line: &&'static str| line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$'));
            let named: std::collections::BTreeSet<&str> = body
                .iter()
                .flat_map(words)
                .filter_map(|word| word.strip_prefix('$'))
                .filter(|name| !name.is_empty())
                .collect();
            let (rows, terms): (Vec<&Parameter>, Vec<&Parameter>) =
                query.parameters.iter().partition(|parameter| parameter.kind == ParameterKind::Rows);
            let explained = terms.iter().map(|parameter| parameter.name).collect();
            assert_eq!(named, explained, "{}", query.name);
            let page: Vec<String> = rows
                .iter()
                .map(|row| format!("{} {}", row.name.to_uppercase(), row.default().unwrap_or_default()))
                .collect();
            if !page.is_empty() {
                assert_eq!(body.join("\n").matches(&page.join(" ")).count(), 1, "{}: {page:?}", query.name);
            }
            let shadow = |name: &&&str| body.iter().any(|line| line.contains(&format!("?{name} ")));
            assert_eq!(named.iter().find(shadow), None, "{}: a parameter is written with ?", query.name);
        }
    }
}

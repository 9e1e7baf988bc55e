//! `data/<lang>/ambiguity.tsv`: what a form means beside which words, and `guards.tsv`: words that name nobody though a name stands
//! in them (Guinea pig, 印度洋).
//!
//! One mechanism for all: the rules of a form are tried in the order of the table, and the first that holds decides. A form with no
//! rule that holds means what `names.tsv` says.

use super::{LanguageLexicon, NameEntry, NameForm};
use crate::trie::Word;
use chancery_model::{DataError, DataFiles, EntityId, Language};
use chancery_text::Analyzer;

/// A rule of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Whom the form denotes; nobody where none.
    pub(crate) id: Option<EntityId>,
    /// Where the words stand.
    pub(crate) place: Where,
    /// The words of which one must stand there.
    pub(crate) words: Vec<Vec<Word>>,
}

/// Where the words of a rule stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// Anywhere in the sentence.
    Near,
    /// Directly before the form.
    Before,
    /// Directly behind the form.
    After,
    /// A family name, which no table lists, directly behind the form: "Maurice Lambert".
    Surname,
    /// No words are wanted: the form stands alone, as in a list of states.
    Alone,
    /// No words are wanted: the rule decides where no other does in a sentence.
    Else,
}

impl std::str::FromStr for Where {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "near" => Ok(Self::Near),
            "before" => Ok(Self::Before),
            "after" => Ok(Self::After),
            "surname" => Ok(Self::Surname),
            "alone" => Ok(Self::Alone),
            "else" => Ok(Self::Else),
            other => Err(format!("where is {other:?}; expected near, before, after, surname, alone or else")),
        }
    }
}

/// The columns of `ambiguity.tsv`.
pub(crate) const COLUMNS: [&str; 4] = ["form", "id", "where", "words"];

pub(super) fn load(files: &DataFiles, analyzer: &Analyzer, lexicon: &mut LanguageLexicon) -> Result<(), DataError> {
    let language = lexicon.language;
    for row in files.rows(&format!("data/{language}/ambiguity.tsv"), COLUMNS)? {
        let [forms, id, place, words] = row.cells;
        let place: Where = place.parse().map_err(|e| row.fault(e))?;
        if matches!(place, Where::Else | Where::Alone | Where::Surname) != words.is_empty() {
            return Err(row.fault("words stand with near, before and after, and only there"));
        }
        let id = if id == "-" { None } else { Some(id.parse().map_err(|e| row.fault(e))?) };
        let words = words.split('|').filter(|word| !word.is_empty());
        let words: Vec<Vec<Word>> = words.map(|word| lexicon.intern(analyzer, word).to_vec()).collect();
        for form in forms.split('|') {
            let rule = Rule { id: id.clone(), place, words: words.clone() };
            lexicon.add_name(analyzer, form, NameEntry::Rule(rule), row.line);
        }
    }
    for row in files.rows(&format!("data/{language}/guards.tsv"), ["forms"])? {
        lexicon.add_name(analyzer, row.cells[0], NameEntry::Guard, row.line);
    }
    Ok(())
}

impl LanguageLexicon {
    /// Adds a form of a name as it is written in a table.
    pub(super) fn add_name(&mut self, analyzer: &Analyzer, form: &str, entry: NameEntry, line: usize) {
        let words = self.intern(analyzer, form);
        // Arabic and Chinese have no capitals, and looking for them costs.
        let is_capital =
            !matches!(self.language, Language::Arabic | Language::Chinese) && form.chars().any(char::is_uppercase);
        self.names.insert(&words, NameForm { entry, form: form.into(), is_capital, line });
    }
}

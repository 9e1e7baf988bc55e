//! The words of `data/<lang>`: names, demonyms, titles, triggers, classes, modality, reporting, topics.
//!
//! Adding a word, an actor or a language changes no Rust: this module only says what the columns mean.

mod frames;
mod names;
mod words;

pub(crate) use frames::{ArgumentFunction, Frame};
pub(crate) use names::NameEntry;
pub(crate) use words::{Argument, Cue, CuePosition, Form, Reporting, ReportingKind, Slot, Trigger, WordEntry};

use crate::trie::Trie;
use chancery_model::{DataError, DataFiles, Document, Language, World};
use chancery_text::Analyzer;
use std::collections::BTreeMap;

/// The words of every language that has a folder of lexicons.
#[derive(Debug)]
pub(crate) struct Lexicon {
    languages: BTreeMap<Language, LanguageLexicon>,
}

/// The words of one language.
#[derive(Debug, Default)]
pub(crate) struct LanguageLexicon {
    pub(crate) names: Trie<NameEntry>,
    pub(crate) words: Trie<WordEntry>,
    pub(crate) triggers: Vec<Trigger>,
}

impl Lexicon {
    /// Reads the tables of every language.
    ///
    /// # Errors
    /// Every bad row, not only the first.
    pub(crate) fn load(files: &DataFiles, world: &World, analyzer: &Analyzer) -> Result<Self, Vec<DataError>> {
        let mut faults = Vec::new();
        let frames = frames::load(files).unwrap_or_else(|fault| {
            faults.push(fault);
            BTreeMap::new()
        });
        let mut languages = BTreeMap::new();
        for language in Language::ALL {
            let cut = |form: &str| words_of(analyzer, form, language);
            let mut lexicon = LanguageLexicon::default();
            faults.extend(names::load(files, language, world, &cut, &mut lexicon));
            faults.extend(words::load(files, language, &frames, &cut, &mut lexicon));
            if !lexicon.triggers.is_empty() {
                languages.insert(language, lexicon);
            }
        }
        if faults.is_empty() { Ok(Self { languages }) } else { Err(faults) }
    }

    /// The words of one language, where there are any.
    pub(crate) fn language(&self, language: Language) -> Option<&LanguageLexicon> {
        self.languages.get(&language)
    }
}

/// A form cut into normalised words exactly as a text is.
fn words_of(analyzer: &Analyzer, form: &str, language: Language) -> Vec<String> {
    let document = Document {
        id: String::new(),
        lang: language,
        published: None,
        publisher: None,
        title: None,
        text: form.to_owned(),
        recorded: None,
    };
    let text = analyzer.analyze(&document);
    text.body.iter().flat_map(|sentence| &sentence.tokens).map(|token| token.norm.clone()).collect()
}

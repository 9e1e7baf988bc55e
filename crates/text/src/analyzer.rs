//! The stages in order: lines, tokens, sentences, numerals, dates.

use crate::words::{Known, Words};
use crate::{Sentence, Text, Token, numeral, sentence, temporal, tokenize};
use chancery_model::{DataError, DataFiles, Document, Field, Language, Span};
use compact_str::CompactString;
use std::collections::BTreeMap;

/// Cuts documents into sentences with tokens, numerals and dates. Immutable; can be shared between threads.
#[derive(Clone, Debug)]
pub struct Analyzer {
    words: BTreeMap<Language, Words>,
    none: Words,
}

impl Analyzer {
    /// Reads the tables of all languages. A language without tables has tokens and sentences, but no dates in words.
    ///
    /// # Errors
    /// Every bad row.
    pub fn new(files: &DataFiles) -> Result<Self, Vec<DataError>> {
        let (mut words, mut faults) = (BTreeMap::new(), Vec::new());
        for language in Language::ALL {
            match Words::load(files, language) {
                Ok(table) => drop(words.insert(language, table)),
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() { Ok(Self { words, none: Words::default() }) } else { Err(faults) }
    }

    /// Cuts title and body. Cost is linear in the text.
    pub fn analyze(&self, document: &Document) -> Text {
        let mut known = Known::new();
        let mut field = |text: &str, field| self.field(text, field, document, &mut known);
        Text {
            language: document.lang,
            title: document.title.as_deref().map(|title| field(title, Field::Title)).unwrap_or_default(),
            body: field(&document.text, Field::Text),
        }
    }

    /// The normalised tokens of a form of the lexicon, cut as a text is, but without clitics, sentences and dates.
    pub fn words(&self, form: &str, language: Language) -> impl Iterator<Item = CompactString> {
        tokenize::norms(form, language)
    }

    fn field<'w>(&'w self, text: &str, field: Field, document: &Document, known: &mut Known<'w>) -> Vec<Sentence> {
        let words = self.words.get(&document.lang).unwrap_or(&self.none);
        let mut sentences: Vec<Sentence> = Vec::new();
        for (paragraph, (start, line)) in lines(text).enumerate() {
            let tokens = tokenize::tokenize(line, start, document.lang, words);
            let parts = sentence::split(tokens, text, document.lang, words).into_iter();
            sentences.extend(parts.map(|tokens| bare(tokens, field, paragraph)));
        }
        let mut counted = CodePoints { text, byte: 0, count: 0 };
        for sentence in &mut sentences {
            sentence.code_point_start = counted.up_to(sentence.span.start);
            known.read(&sentence.tokens, words);
            let (tokens, lang) = (&sentence.tokens, document.lang);
            sentence.numerals = numeral::numerals(tokens, lang, known);
            sentence.temporals = temporal::temporals(tokens, &sentence.numerals, text, lang, known, document.published);
        }
        sentences
    }
}

/// A sentence whose numbers and dates are not read yet.
fn bare(tokens: Vec<Token>, field: Field, paragraph: usize) -> Sentence {
    let span = tokens.first().zip(tokens.last()).map_or(Span::new(0, 0), |(a, b)| a.span.cover(b.span));
    Sentence { field, span, code_point_start: 0, paragraph, tokens, temporals: Vec::new(), numerals: Vec::new() }
}

/// Counts the code points of a text on the way through it: from its start for each sentence would take the square of its length.
struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl CodePoints<'_> {
    /// How many stand before a byte; bytes are asked for in order.
    fn up_to(&mut self, byte: usize) -> usize {
        self.count += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.count
    }
}

/// Lines with their first byte, without those that are empty; numbered as they come.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split('\n')
        .map(move |line| {
            let start = at;
            at += line.len() + 1;
            (start, line)
        })
        .filter(|(_, line)| !line.trim().is_empty())
}

//! The words of `data/<lang>`: names, demonyms, titles, triggers, classes, modality, reporting, topics.
//!
//! Adding a word, an actor or a language changes no Rust: this module only says what the columns mean.

mod ambiguity;
mod check;
mod frames;
mod names;
mod words;

pub(crate) use ambiguity::{Rule, Where};
pub(crate) use check::check;
pub(crate) use frames::{ArgumentFunction, Frame, SPEECH};
pub(crate) use names::{NameEntry, NameForm, NameKind};
pub(crate) use words::{
    Argument, ClassBits, ClosedClasses, Cue, CuePosition, Form, Member, Reporting, ReportingKind, Slot, Trigger,
    WordEntry,
};

use crate::trie::{Trie, Vocabulary, Word};
use chancery_model::{DataError, DataFiles, Language, World};
use chancery_text::{Analyzer, morphology};
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// The words of every language that has a folder of lexicons.
#[derive(Debug)]
pub(crate) struct Lexicon {
    languages: BTreeMap<Language, LanguageLexicon>,
}

/// The words of one language.
#[derive(Debug)]
pub(crate) struct LanguageLexicon {
    language: Language,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) names: Trie<NameForm>,
    pub(crate) words: Trie<WordEntry>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) members: Vec<Member>,
    pub(crate) cues: Vec<Cue>,
}

impl LanguageLexicon {
    fn new(language: Language) -> Self {
        Self {
            language,
            vocabulary: Vocabulary::default(),
            names: Trie::default(),
            words: Trie::default(),
            triggers: Vec::new(),
            members: Vec::new(),
            cues: Vec::new(),
        }
    }

    fn load(
        files: &DataFiles,
        world: &World,
        analyzer: &Analyzer,
        frames: &BTreeMap<String, Frame>,
        language: Language,
    ) -> (Self, Vec<DataError>) {
        let mut lexicon = Self::new(language);
        let mut faults = names::load(files, world, analyzer, &mut lexicon);
        faults.extend(ambiguity::load(files, analyzer, &mut lexicon).err());
        faults.extend(words::load(files, frames, analyzer, &mut lexicon));
        lexicon.names.finish();
        lexicon.words.finish();
        (lexicon, faults)
    }

    /// The numbers of the words of a form; a new Russian one brings its declined forms.
    fn intern(&mut self, analyzer: &Analyzer, form: &str) -> SmallVec<[Word; 6]> {
        analyzer.words(form, self.language).map(|word| self.intern_one(&word)).collect()
    }

    fn intern_one(&mut self, word: &str) -> Word {
        let (number, is_new) = self.vocabulary.intern(word);
        if is_new && self.language == Language::Russian {
            for form in morphology::russian::forms(word) {
                self.vocabulary.spell(&form, number);
            }
        }
        number
    }

    /// The class that an entry makes a word a member of.
    pub(crate) fn class(&self, entry: &WordEntry) -> Option<&str> {
        match entry {
            WordEntry::Class { member, .. } => Some(&self.members[*member as usize].class),
            _ => None,
        }
    }

    /// Adds a form of a word that is no name.
    fn add_word(&mut self, analyzer: &Analyzer, form: &str, entry: WordEntry) {
        let words = self.intern(analyzer, form);
        self.words.insert(&words, entry);
    }
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
        let load = |language| LanguageLexicon::load(files, world, analyzer, &frames, language);
        // One thread a language: the tables do not know each other, and their faults are joined in order.
        let loaded: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                Language::ALL.map(|language| scope.spawn(move || load(language))).into_iter().collect();
            threads.into_iter().map(|thread| thread.join().expect("reading a table does not panic")).collect()
        });
        let mut languages = BTreeMap::new();
        for (lexicon, found) in loaded {
            faults.extend(found);
            languages.insert(lexicon.language, lexicon);
        }
        if faults.is_empty() { Ok(Self { languages }) } else { Err(faults) }
    }

    /// The words of one language; without tables there are none.
    pub(crate) fn language(&self, language: Language) -> &LanguageLexicon {
        &self.languages[&language]
    }
}

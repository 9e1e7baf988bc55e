//! The stages in order, and the claims that come of them.

mod candidate;
mod credit;
mod draft;
mod embedded;
mod parties;
mod parts;
mod reading;
mod threat;

use crate::lexicon::{self, Lexicon};
use crate::name::names;
use crate::resolve::{Answer, Query, Resolver, rank};
use crate::scan::Scan;
use crate::trie::Known;
use chancery_model::{DataError, DataFiles, Document, EntityId, Extraction, Field, Language, Span, World};
use chancery_text::{Analyzer, Text};
use reading::Reading;
use std::sync::Arc;

/// Reads documents. Build it once; it is immutable and can be shared between threads.
#[derive(Debug)]
pub struct Extractor {
    pub(crate) analyzer: Analyzer,
    pub(crate) lexicon: Lexicon,
    world: Arc<World>,
}

/// So many sentences go through a stage one behind the other, so that its code stays near the processor.
const BATCH: usize = 16;

impl Extractor {
    /// Reads the lexicons.
    ///
    /// # Errors
    /// Every bad row of the tables.
    pub fn new(files: &DataFiles, world: Arc<World>) -> Result<Self, Vec<DataError>> {
        let analyzer = Analyzer::new(files)?;
        let lexicon = Lexicon::load(files, &world, &analyzer)?;
        Ok(Self { analyzer, lexicon, world })
    }

    /// The knowledge of the world that names are resolved with.
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// What is wrong in the gazetteer beyond columns and ids, which building it has checked: every fault with file and line.
    pub fn check(&self, files: &DataFiles) -> Vec<DataError> {
        lexicon::check(files, &self.world, &self.analyzer)
    }

    /// The words of a document, as [`Extractor::names`] takes them.
    pub fn analyze(&self, document: &Document) -> Text {
        self.analyzer.analyze(document)
    }

    /// Every form of the gazetteer in the body of an analysed document: the longest at each place, in one pass, with the first entity
    /// that it denotes (titles and blocs denote none by themselves).
    pub fn names<'a>(&'a self, document: &Document, text: &'a Text) -> Vec<(Span, Option<&'a EntityId>)> {
        let lexicon = self.lexicon.language(text.language);
        let mut found = Vec::new();
        for sentence in &text.body {
            let known = Known::new(&sentence.tokens, &lexicon.vocabulary);
            for named in names(&document.text, sentence, text.language, lexicon, &known) {
                let tokens = &sentence.tokens[named.tokens.clone()];
                let span = tokens.iter().map(|token| token.span).reduce(Span::cover);
                let id = named.entries.first().and_then(|form| form.entry.id());
                found.extend(span.map(|span| (span, id)));
            }
        }
        found
    }

    /// Whom a name may mean, the likeliest first; nobody where no form and no phrase of the gazetteer covers it.
    pub fn resolve(&self, query: Query<'_>) -> Vec<Answer> {
        let resolver = Resolver { analyzer: &self.analyzer, world: &self.world };
        let languages = query.language.map_or_else(|| Language::ALL.to_vec(), |language| vec![language]);
        let mut answers: Vec<Answer> =
            self.world.look_up(query.name).map(|entity| Answer::by_code(entity.id.clone())).into_iter().collect();
        for language in languages {
            answers.extend(resolver.answers(query, language, self.lexicon.language(language)));
        }
        rank(answers)
    }

    /// What a document says. Empty text, unknown words and missing dates give less, never an error.
    pub fn extract(&self, document: &Document) -> Extraction {
        let lexicon = self.lexicon.language(document.lang);
        let text = self.analyzer.analyze(document);
        let mut reading = Reading::new(document, &self.world);
        if document.published.is_none() && text.body.iter().any(|s| s.temporals.iter().any(|t| !t.resolved)) {
            reading.note("no-publication-date", "relative dates stay unresolved: give the day of publication", None);
        }
        if lexicon.triggers.is_empty() {
            let message =
                format!("the actors of texts in {} are named, but their events are not read yet", document.lang);
            reading.note("no-lexicon", message, None);
        }
        let title = document.title.as_deref().unwrap_or_default();
        let body = text.body.iter().map(|sentence| (document.text.as_str(), sentence));
        let sentences: Vec<_> = text.title.iter().map(|sentence| (title, sentence)).chain(body).collect();
        let mut known = Known::default();
        for batch in sentences.chunks(BATCH) {
            let scans =
                batch.iter().map(|(text, sentence)| Scan::new(text, sentence, document.lang, lexicon, &mut known));
            let scans: Vec<_> = scans.collect();
            // A headline calls by last name whom only the text introduces: it is read behind the text's first sentences.
            let headline = scans.iter().take_while(|scan| scan.sentence.field == Field::Title).count();
            let (headline, text) = scans.split_at(headline);
            let of_text: Vec<_> = text.iter().map(|scan| reading.phrases(scan)).collect();
            let of_headline: Vec<_> = headline.iter().map(|scan| reading.phrases(scan)).collect();
            let phrases = of_headline.into_iter().chain(of_text);
            scans.iter().zip(phrases).for_each(|(scan, phrases)| reading.sentence(scan, phrases));
        }
        reading.finish()
    }
}

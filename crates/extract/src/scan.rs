//! One sentence with every word of the lexicon found in it: the ground that all later stages stand on.

use crate::lexicon::{Cue, Form, LanguageLexicon, Reporting, Trigger, WordEntry};
use crate::name::{Named, names};
use crate::trie::{Hit, Known};
use chancery_model::{Language, Topic};
use chancery_text::{Enclitic, Numeral, Proclitic, Proclitics, Sentence, TokenKind};
use std::ops::Range;

/// A sentence and what the lexicon knows of its words.
#[derive(Debug)]
pub(crate) struct Scan<'a> {
    pub(crate) language: Language,
    /// The whole field that the sentence stands in.
    pub(crate) text: &'a str,
    pub(crate) sentence: &'a Sentence,
    pub(crate) names: Vec<Named<'a>>,
    pub(crate) triggers: Vec<TriggerHit<'a>>,
    pub(crate) classes: Vec<ClassHit<'a>>,
    pub(crate) cues: Vec<CueHit<'a>>,
    pub(crate) reporting: Vec<ReportingHit<'a>>,
    pub(crate) topics: Vec<(Range<usize>, Topic)>,
}

/// A trigger in one of its forms.
#[derive(Clone, Debug)]
pub(crate) struct TriggerHit<'a> {
    pub(crate) tokens: Range<usize>,
    pub(crate) trigger: &'a Trigger,
    pub(crate) form: Form,
    pub(crate) proclitics: Proclitics,
    pub(crate) enclitic: Option<Enclitic>,
}

/// A member of a class of words.
#[derive(Clone, Debug)]
pub(crate) struct ClassHit<'a> {
    pub(crate) tokens: Range<usize>,
    pub(crate) class: &'a str,
    pub(crate) canonical: &'a str,
    pub(crate) proclitics: Proclitics,
    pub(crate) article: bool,
    pub(crate) enclitic: Option<Enclitic>,
}

/// A cue of status.
#[derive(Clone, Debug)]
pub(crate) struct CueHit<'a> {
    pub(crate) tokens: Range<usize>,
    pub(crate) cue: &'a Cue,
}

/// A word that reports speech.
#[derive(Clone, Debug)]
pub(crate) struct ReportingHit<'a> {
    pub(crate) tokens: Range<usize>,
    pub(crate) reporting: &'a Reporting,
    pub(crate) form: Form,
}

impl<'a> Scan<'a> {
    /// Finds every word of `lexicon` in `sentence`, which stands in `text`.
    pub(crate) fn new(text: &'a str, sentence: &'a Sentence, language: Language, lexicon: &'a LanguageLexicon) -> Self {
        let known = Known::new(&sentence.tokens, &lexicon.vocabulary);
        let mut scan = Self {
            language,
            text,
            sentence,
            names: names(text, sentence, language, lexicon, &known),
            triggers: Vec::new(),
            classes: Vec::new(),
            cues: Vec::new(),
            reporting: Vec::new(),
            topics: Vec::new(),
        };
        for start in 0..sentence.tokens.len() {
            if sentence.tokens[start].kind == TokenKind::Word {
                for hit in lexicon.words.forms.hits_at(&sentence.tokens, &known, start) {
                    scan.add(hit, lexicon);
                }
            }
        }
        scan.keep_longest();
        scan
    }

    fn add(&mut self, hit: Hit<'a, WordEntry>, lexicon: &'a LanguageLexicon) {
        let tokens = hit.tokens.clone();
        let arabic = self.language == Language::Arabic;
        match hit.payload {
            WordEntry::Trigger { trigger, form } => {
                let plausible = !arabic || if form.is_verb() { verb_cut(&hit) } else { true };
                if plausible {
                    self.triggers.push(TriggerHit {
                        tokens,
                        trigger: &lexicon.triggers[*trigger],
                        form: *form,
                        proclitics: hit.first.proclitics.clone(),
                        enclitic: hit.enclitic,
                    });
                }
            }
            WordEntry::Class { class, canonical } => self.classes.push(ClassHit {
                tokens,
                class,
                canonical,
                proclitics: hit.first.proclitics.clone(),
                article: hit.first.article,
                enclitic: hit.enclitic,
            }),
            WordEntry::Cue { cue, form } => {
                if !arabic || !form.is_verb() || verb_cut(&hit) {
                    self.cues.push(CueHit { tokens, cue });
                }
            }
            WordEntry::Reporting { reporting, form } => {
                if !arabic || !form.is_verb() || verb_cut(&hit) {
                    self.reporting.push(ReportingHit { tokens, reporting, form: *form });
                }
            }
            WordEntry::Topic(topic) => self.topics.push((tokens, *topic)),
        }
    }

    /// Drops hits that lie inside a longer hit of their own kind, and second cuts of the same token.
    fn keep_longest(&mut self) {
        let inside = |a: &Range<usize>, b: &Range<usize>| b.start <= a.start && a.end <= b.end && b.len() > a.len();
        let ranges: Vec<_> = self.triggers.iter().map(|t| t.tokens.clone()).collect();
        self.triggers.retain(|t| !ranges.iter().any(|r| inside(&t.tokens, r)));
        let names: Vec<_> = self.names.iter().map(|n| n.tokens.clone()).collect();
        self.triggers.retain(|t| !names.iter().any(|n| n.start <= t.tokens.start && t.tokens.end <= n.end));
        let cues: Vec<_> = self.cues.iter().map(|c| c.tokens.clone()).collect();
        self.cues.retain(|c| !cues.iter().any(|r| inside(&c.tokens, r)));
        self.classes.retain(|c| {
            c.class != "preposition" || !names.iter().any(|n| n.start <= c.tokens.start && c.tokens.end <= n.end)
        });
    }

    /// The normalised word of a token; empty beyond the ends.
    pub(crate) fn word(&self, token: usize) -> &str {
        self.sentence.tokens.get(token).map_or("", |t| t.norm.as_str())
    }

    /// The number that ends right before a token.
    pub(crate) fn numeral_before(&self, token: usize) -> Option<&Numeral> {
        self.sentence.numerals.iter().find(|numeral| numeral.tokens.end == token)
    }

    /// Whether a token is a number or a part of one.
    pub(crate) fn is_numeral(&self, token: usize) -> bool {
        self.sentence.numerals.iter().any(|numeral| numeral.tokens.contains(&token))
    }

    /// Members of `class`, in order.
    pub(crate) fn of_class(&self, class: &'a str) -> impl Iterator<Item = &ClassHit<'a>> {
        self.classes.iter().filter(move |hit| hit.class == class)
    }

    /// Whether the token begins a member of `class`.
    pub(crate) fn begins_class(&self, token: usize, class: &'a str) -> bool {
        self.of_class(class).any(|hit| hit.tokens.start == token)
    }

    /// Whether a clause cannot reach across this token.
    pub(crate) fn is_strong_boundary(&self, token: usize) -> bool {
        let Some(t) = self.sentence.tokens.get(token) else { return true };
        t.kind == TokenKind::Punctuation && matches!(t.norm.as_str(), "." | "!" | "?" | "؟" | "؛" | ";" | ":" | "...")
    }

    /// Whether a new clause begins at this token: a relative pronoun or a subordinating conjunction.
    pub(crate) fn begins_clause(&self, token: usize) -> bool {
        self.begins_class(token, "relative") || self.begins_class(token, "subordinator")
    }

    /// Whether the content of speech or of a cue begins at this token: "that", أن.
    pub(crate) fn is_complementizer(&self, token: usize) -> bool {
        self.begins_class(token, "complementizer")
    }

    /// The finite verbs that we know, as token ranges.
    pub(crate) fn finite_verb_at(&self, token: usize) -> bool {
        let finite = |form: Form| matches!(form, Form::Past | Form::Present | Form::PastPassive | Form::PresentPassive);
        self.triggers.iter().any(|t| t.tokens.start == token && t.trigger.is_verb && finite(t.form))
            || self.reporting.iter().any(|r| r.tokens.start == token && finite(r.form))
    }
}

/// Arabic verbs take only conjunctions, the future prefix and the asseverative or jussive lam.
fn verb_cut<T>(hit: &Hit<'_, T>) -> bool {
    !hit.first.article && !hit.has_proclitic(Proclitic::By) && !hit.has_proclitic(Proclitic::Like)
}

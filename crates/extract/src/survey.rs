//! What was not read, and why: sentence by sentence for `--explain`, and counted over many documents for `--report`.
//!
//! A sentence without a claim has something that came nearest to one. In this order: a trigger whose slot stayed empty, a trigger
//! whose condition did not hold, actors without a trigger, one actor alone, nobody. The counts tell which words to add first.

mod words;

use crate::Extractor;
use crate::scan::Scan;
use crate::trie::Known;
use chancery_model::{Diagnostic, Document, EntityId, Extraction, Field, Mention, Passage, Span};
use chancery_text::Sentence;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A sentence and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentenceReport {
    /// Title or body.
    pub field: Field,
    /// Where, in bytes of that field.
    pub span: Span,
    /// Indices of the claims that it tells, be it that another sentence tells them more exactly.
    pub claims: Vec<usize>,
    /// Whom it names.
    pub actors: BTreeSet<EntityId>,
    /// What came nearest to a claim, the nearest first; empty where there is a claim.
    pub nearest: Vec<Near>,
    /// Names that resolve to nobody.
    pub unknown_actors: Vec<String>,
    /// Verbs that no claim and no speech comes of.
    pub verbs: Vec<String>,
}

/// Something that was nearly a claim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Near {
    /// The word; empty where no trigger stands there.
    pub word: String,
    /// The sense, where there is a trigger: a row of `data/frames.tsv`.
    pub sense: String,
    /// The row of the lexicon, where there is a trigger: `data/ar/triggers.tsv:12`.
    pub entry: String,
    /// What was missing.
    pub lacks: String,
}

impl Near {
    /// What is counted: the sense and what it lacked; of a condition the word, since many senses share it.
    fn kind(&self) -> String {
        match self.lacks.strip_prefix(WORD_OF) {
            Some(classes) => format!("«{}» without {classes}", self.word),
            None => format!("{} lacks {}", self.sense, self.lacks),
        }
    }
}

impl Extractor {
    /// What became of each sentence of a document that gave `extraction`; nothing in a language without lexicon.
    pub fn survey(&self, document: &Document, extraction: &Extraction) -> Vec<SentenceReport> {
        let lexicon = self.lexicon.language(document.lang);
        let text = self.analyzer.analyze(document);
        let title = document.title.as_deref().unwrap_or_default();
        let sentences: Vec<&Sentence> = text.title.iter().chain(&text.body).collect();
        let found = found(&sentences, extraction);
        let mut known = Known::default();
        let reports = sentences.into_iter().zip(found).map(|(sentence, found)| {
            let text = if sentence.field == Field::Title { title } else { document.text.as_str() };
            report(&Scan::new(text, sentence, document.lang, lexicon, &mut known), found)
        });
        reports.collect()
    }
}

/// What was found in one sentence.
#[derive(Clone, Debug, Default)]
struct Found<'a> {
    /// Claims that it tells, be it that another sentence gave them.
    claims: Vec<usize>,
    mentions: Vec<&'a Mention>,
    misses: Vec<Near>,
}

/// What was found in each of the sentences, which stand in their order.
fn found<'a>(sentences: &[&Sentence], extraction: &'a Extraction) -> Vec<Found<'a>> {
    let mut found = vec![Found::default(); sentences.len()];
    let holds = |field: Field, span: Span| {
        let behind = sentences.partition_point(|sentence| (sentence.field, sentence.span.start) <= (field, span.start));
        behind.checked_sub(1).filter(|&at| sentences[at].field == field && sentences[at].span.contains(span))
    };
    for (index, (claim, why)) in extraction.claims.iter().zip(&extraction.explanations).enumerate() {
        let evidence = Passage { field: claim.evidence.field, span: claim.evidence.span };
        for passage in std::iter::once(&evidence).chain(&why.also) {
            let Some(at) = holds(passage.field, passage.span) else { continue };
            if !found[at].claims.contains(&index) {
                found[at].claims.push(index);
            }
        }
    }
    for mention in &extraction.mentions {
        if let Some(at) = holds(mention.field, mention.span) {
            found[at].mentions.push(mention);
        }
    }
    for diagnostic in &extraction.diagnostics {
        let place = diagnostic.field.zip(diagnostic.span).and_then(|(field, span)| holds(field, span));
        if let Some(at) = place {
            found[at].misses.extend(near_miss(diagnostic));
        }
    }
    found
}

fn report(scan: &Scan<'_>, found: Found<'_>) -> SentenceReport {
    let Found { mut claims, mentions, misses } = found;
    claims.sort_unstable();
    let actors: BTreeSet<EntityId> = mentions.iter().map(|m| m.entity.clone()).filter(EntityId::is_actor).collect();
    let named: Vec<Span> = mentions.iter().map(|m| m.span).collect();
    let verbs = words::verbs(scan);
    let nearest = if claims.is_empty() { nearest(scan, misses, &actors, &verbs) } else { Vec::new() };
    let (field, span) = (scan.sentence.field, scan.sentence.span);
    SentenceReport { field, span, claims, actors, nearest, unknown_actors: words::unknown_actors(scan, &named), verbs }
}

fn nearest(scan: &Scan<'_>, misses: Vec<Near>, actors: &BTreeSet<EntityId>, verbs: &[String]) -> Vec<Near> {
    let mut near = misses;
    near.sort_by_key(|miss| order(&miss.lacks));
    near.dedup();
    near.extend(conditions(scan, &near));
    if near.is_empty() {
        near.push(Near {
            word: String::new(),
            sense: String::new(),
            entry: String::new(),
            lacks: absent(actors, verbs),
        });
    }
    near
}

/// Triggers whose condition did not hold. Light verbs have many senses, each with a class of its own: they are one row a word.
fn conditions(scan: &Scan<'_>, known: &[Near]) -> Vec<Near> {
    let mut by_word: BTreeMap<usize, (Near, Vec<String>)> = BTreeMap::new();
    for hit in &scan.triggers {
        let lacking: Vec<String> = hit.trigger.needs.iter().filter(|class| !has_class(scan, class)).cloned().collect();
        let word = words::joined(scan, &hit.tokens);
        if lacking.is_empty() || known.iter().any(|near| near.word.ends_with(&word)) {
            continue;
        }
        let near =
            || Near { word, sense: hit.trigger.sense.clone(), entry: hit.trigger.entry.clone(), lacks: String::new() };
        let (_, classes) = by_word.entry(hit.tokens.start).or_insert_with(|| (near(), Vec::new()));
        classes.extend(lacking);
    }
    let told = |(mut near, mut classes): (Near, Vec<String>)| {
        classes.sort();
        classes.dedup();
        near.lacks = format!("{WORD_OF}{}", classes.join(", "));
        near
    };
    by_word.into_values().map(told).collect()
}

/// How a condition that did not hold begins.
const WORD_OF: &str = "a word of the class ";

fn has_class(scan: &Scan<'_>, class: &str) -> bool {
    scan.classes.iter().any(|hit| hit.class == class)
}

/// A claim that lacks its other side is nearer than one of which nothing stands there.
fn order(lacks: &str) -> u8 {
    match lacks {
        "a patient" | "a second party" => 0,
        "an agent" => 1,
        _ => 2,
    }
}

fn absent(actors: &BTreeSet<EntityId>, verbs: &[String]) -> String {
    let names = actors.iter().map(EntityId::as_str).collect::<Vec<_>>().join(", ");
    match (actors.len(), verbs.is_empty()) {
        (0, _) => "an actor that the gazetteer knows".to_owned(),
        (1, _) => format!("a trigger and a second actor beside {names}"),
        (_, true) => format!("a verb or noun that tells an event between {names}"),
        (_, false) => format!("a trigger between {names}: {} is none", verbs.join(", ")),
    }
}

/// Reads the message of a near miss: `"visit" (visit, data/en/triggers.tsv:12) lacks an agent`.
fn near_miss(diagnostic: &Diagnostic) -> Option<Near> {
    if diagnostic.code != "near-miss" {
        return None;
    }
    let (head, lacks) = diagnostic.message.rsplit_once(") lacks ")?;
    let (word, row) = head.rsplit_once(" (")?;
    let (sense, entry) = row.split_once(", ")?;
    let word = word.trim_matches('"').to_owned();
    Some(Near { word, sense: sense.to_owned(), entry: entry.to_owned(), lacks: lacks.to_owned() })
}

/// How often something stands in the documents, and one sentence that shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// In how many sentences.
    pub count: usize,
    /// The key of the first document.
    pub document: String,
    /// The first sentence.
    pub example: String,
}

/// Counts over many documents. Memory is bounded: see [`Survey::add`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    documents: usize,
    sentences: usize,
    with_claim: usize,
    between_two: usize,
    unknown_actors: Counts,
    verbs: Counts,
    near_misses: Counts,
}

/// The commonest of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SurveyReport {
    /// Documents seen.
    pub documents: usize,
    /// Sentences in them.
    pub sentences: usize,
    /// Sentences that gave a claim.
    pub sentences_with_claim: usize,
    /// Sentences with two actors at least and no claim.
    pub silent_sentences_with_two_actors: usize,
    /// Names that resolve to nobody.
    pub unknown_actors: Vec<(String, Count)>,
    /// Verbs of sentences with two actors and no claim.
    pub verbs: Vec<(String, Count)>,
    /// Near misses by sense and what they lacked: `visit lacks a patient`.
    pub near_misses: Vec<(String, Count)>,
}

impl Survey {
    /// Counts the sentences of one document. Of words in a long stream only those that come back are kept: when a table is full its rare
    /// rows go (lossy counting, Manku and Motwani 2002), so that counts are lower bounds then.
    pub fn add(&mut self, document: &Document, sentences: &[SentenceReport]) {
        self.documents += 1;
        let title = document.title.as_deref().unwrap_or_default();
        for sentence in sentences {
            let text = if sentence.field == Field::Title { title } else { document.text.as_str() };
            let seen = Seen { document: &document.id, sentence: sentence.span.of(text) };
            self.sentences += 1;
            self.with_claim += usize::from(!sentence.claims.is_empty());
            self.unknown_actors.add(sentence.unknown_actors.iter().cloned(), seen);
            if sentence.claims.is_empty() && sentence.actors.len() >= 2 {
                self.between_two += 1;
                self.verbs.add(sentence.verbs.iter().cloned(), seen);
            }
            let misses = sentence.nearest.iter().filter(|near| !near.entry.is_empty());
            self.near_misses.add(misses.map(Near::kind), seen);
        }
    }

    /// The `most` commonest of each kind.
    pub fn report(&self, most: usize) -> SurveyReport {
        SurveyReport {
            documents: self.documents,
            sentences: self.sentences,
            sentences_with_claim: self.with_claim,
            silent_sentences_with_two_actors: self.between_two,
            unknown_actors: self.unknown_actors.commonest(most),
            verbs: self.verbs.commonest(most),
            near_misses: self.near_misses.commonest(most),
        }
    }
}

/// Where something was seen.
#[derive(Clone, Copy)]
struct Seen<'a> {
    document: &'a str,
    sentence: &'a str,
}

/// Rows of a table of counts.
const MOST_ROWS: usize = 50_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Counts {
    rows: BTreeMap<String, Count>,
    /// Rows with this count or less were dropped once.
    dropped: usize,
}

impl Counts {
    fn add(&mut self, words: impl Iterator<Item = String>, seen: Seen<'_>) {
        let words: BTreeSet<String> = words.collect();
        for word in words {
            let row = self.rows.entry(word).or_insert_with(|| Count {
                count: 0,
                document: seen.document.to_owned(),
                example: seen.sentence.chars().take(160).collect(),
            });
            row.count += 1;
        }
        while self.rows.len() > MOST_ROWS {
            self.dropped += 1;
            let rare = self.dropped;
            self.rows.retain(|_, row| row.count > rare);
        }
    }

    fn commonest(&self, most: usize) -> Vec<(String, Count)> {
        let mut rows: Vec<(String, Count)> = self.rows.iter().map(|(word, row)| (word.clone(), row.clone())).collect();
        rows.sort_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(&b.0)));
        rows.truncate(most);
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_table_keeps_what_comes_back() {
        let mut counts = Counts::default();
        let seen = Seen { document: "d", sentence: "s" };
        for n in 0..3 * MOST_ROWS {
            counts.add([format!("rare {n}"), "common".to_owned()].into_iter(), seen);
        }
        assert!(counts.rows.len() <= MOST_ROWS);
        assert_eq!(counts.commonest(1)[0].0, "common");
        assert_eq!(counts.commonest(1)[0].1.count, 3 * MOST_ROWS);
    }
}

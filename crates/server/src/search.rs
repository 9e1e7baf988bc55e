//! Words of names, headlines and quotes, to look documents and entities up by.
//!
//! Words are compared in one spelling (`chancery_text::normalize`), Arabic ones without the article and the particles written
//! together with it; Chinese is looked up by its characters.

use chancery_model::{DocumentFacts, Entity, EntityId, EntityKind, Language, ReportedClaim, World};
use chancery_store::{Documents, Snapshot};
use chancery_text::normalize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Particles that Arabic writes together with the article, and the article: the longest first.
const ARTICLES: [&str; 6] = [
    "\u{648}\u{627}\u{644}",
    "\u{628}\u{627}\u{644}",
    "\u{641}\u{627}\u{644}",
    "\u{643}\u{627}\u{644}",
    "\u{644}\u{644}",
    "\u{627}\u{644}",
];
/// The shortest word, in letters, that is left when an article is cut off.
const SHORTEST: usize = 2;

/// The words of a text, in order.
pub(crate) fn words(text: &str, language: Language) -> Vec<String> {
    let plain = normalize(text, language);
    let mut words = Vec::new();
    for run in plain.split(|letter: char| !letter.is_alphanumeric()).filter(|run| !run.is_empty()) {
        if run.chars().any(is_han) {
            words.extend(run.chars().map(String::from));
        } else {
            words.push(bare(run).to_owned());
        }
    }
    words
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// A word without the article.
fn bare(word: &str) -> &str {
    let cut = ARTICLES.iter().find_map(|article| word.strip_prefix(article));
    cut.filter(|rest| rest.chars().count() >= SHORTEST).unwrap_or(word)
}

/// Names of entities in one spelling.
#[derive(Debug)]
pub(crate) struct Names(Vec<Named>);

#[derive(Debug)]
struct Named {
    id: EntityId,
    names: Vec<Vec<String>>,
    /// The ISO codes of a state: they stand for it where they are the whole question.
    codes: Vec<String>,
}

impl Names {
    /// Every name of every entity.
    pub(crate) fn of(world: &World) -> Self {
        Self(world.entities().map(Named::of).collect())
    }

    /// Entities with a name in which every word of the question stands, or begins a word; with a score from 0 to 1, the
    /// share of the name that was asked for. The best first.
    pub(crate) fn find(&self, asked: &[String]) -> Vec<(EntityId, f64)> {
        let mut found: Vec<(EntityId, f64)> =
            self.0.iter().filter_map(|named| Some((named.id.clone(), named.score(asked)?))).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found
    }
}

impl Named {
    fn of(entity: &Entity) -> Self {
        let labels = entity.labels.iter().map(|(language, name)| (*language, name));
        let others = entity.alternative.iter().map(|(language, name)| (*language, name));
        let names = labels.chain(others).map(|(language, name)| words(name, language)).collect();
        let long = (entity.id.kind() == EntityKind::State).then(|| entity.id.as_str());
        let codes = long.into_iter().chain(entity.alpha2.as_deref()).map(str::to_lowercase).collect();
        Self { id: entity.id.clone(), names, codes }
    }

    fn score(&self, asked: &[String]) -> Option<f64> {
        if matches!(asked, [word] if self.codes.contains(word)) {
            return Some(1.0);
        }
        self.names.iter().filter_map(|name| score(name, asked)).max_by(f64::total_cmp)
    }
}

fn score(name: &[String], asked: &[String]) -> Option<f64> {
    let letters = |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>() as f64;
    let stands = |word: &String| name.iter().any(|known| known.starts_with(word.as_str()));
    (!asked.is_empty() && asked.iter().all(stands)).then(|| (letters(asked) / letters(name)).min(1.0))
}

/// Documents by the words of their headlines and quotes; follows the store from snapshot to snapshot.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// Those that were taken up.
    seen: Documents,
    documents: BTreeMap<String, BTreeSet<String>>,
    words: HashMap<String, BTreeSet<String>>,
}

impl News {
    /// Takes up what came, went or changed. Cost: the words of these.
    pub(crate) fn follow(&mut self, snapshot: &Snapshot) {
        let seen = std::mem::replace(&mut self.seen, snapshot.documents.clone());
        for key in snapshot.documents_changed_since(&seen) {
            self.remove(key);
            if let Some(facts) = snapshot.documents.get(key) {
                self.add(facts, &snapshot.claims_of_document(key));
            }
        }
    }

    fn add(&mut self, facts: &DocumentFacts, claims: &[&ReportedClaim]) {
        let quotes = claims.iter().map(|told| told.claim.evidence.quote.as_str());
        let found: BTreeSet<String> =
            facts.title.as_deref().into_iter().chain(quotes).flat_map(|text| words(text, facts.lang)).collect();
        for word in &found {
            self.documents.entry(word.clone()).or_default().insert(facts.id.to_string());
        }
        self.words.insert(facts.id.to_string(), found);
    }

    fn remove(&mut self, key: &str) {
        let Some(words) = self.words.remove(key) else { return };
        for word in words {
            if let Some(keys) = self.documents.get_mut(&word) {
                keys.remove(key);
                if keys.is_empty() {
                    self.documents.remove(&word);
                }
            }
        }
    }

    /// Keys of the documents in which every word of the question stands, or begins a word.
    pub(crate) fn find(&self, asked: &[String]) -> BTreeSet<String> {
        let with = |word: &String| -> BTreeSet<String> {
            let from = self.documents.range(word.clone()..).take_while(|(known, _)| known.starts_with(word.as_str()));
            from.flat_map(|(_, keys)| keys.iter().cloned()).collect()
        };
        let mut sets = asked.iter().map(with);
        let first = sets.next().unwrap_or_default();
        sets.fold(first, |found, next| found.intersection(&next).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_one_spelling() {
        assert_eq!(words("The Élysée's envoy", Language::English), ["the", "elysee", "s", "envoy"]);
        // "and the minister", "the agreement", "for the ministry".
        assert_eq!(
            words("والوزير الاتفاق للوزارة", Language::Arabic),
            ["وزير", "اتفاق", "وزارة"].map(|word| normalize(word, Language::Arabic))
        );
        assert_eq!(words("中国外交部", Language::Chinese).len(), 5);
    }

    #[test]
    fn the_share_of_the_name_is_the_score() {
        let name = words("United Arab Emirates", Language::English);
        assert_eq!(score(&name, &words("united arab emirates", Language::English)), Some(1.0));
        assert!(score(&name, &words("emir", Language::English)) < Some(0.5));
        assert_eq!(score(&name, &words("kingdom", Language::English)), None);
        assert_eq!(score(&name, &[]), None);
    }
}

//! Persons that the gazetteer does not know: a text introduces them by title and state ("the Slovak foreign minister,
//! Miroslav Lajčák") and then calls them by their last name.

use crate::mention::{Anaphor, Ids, Phrase, PhraseKind};
use crate::scan::Scan;
use crate::syntax::Tag;
use chancery_model::{EntityId, Language, World};
use chancery_text::TokenKind;
use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};
use std::ops::Range;

/// A name has so many words at most.
const LONGEST: usize = 6;
/// Shorter words are no family names.
const SHORTEST: usize = 3;

/// Given names of so many that they stand for nobody alone.
const COMMON: [&str; 16] = [
    "محمد",
    "احمد",
    "علي",
    "حسن",
    "حسين",
    "عبد",
    "عبدالله",
    "ابراهيم",
    "يوسف",
    "خالد",
    "سعيد",
    "صالح",
    "جون",
    "بن",
    "ابو",
    "ال",
];

/// States whose names stand in English with the family name first.
const FAMILY_NAME_FIRST: [&str; 6] = ["CHN", "KOR", "PRK", "TWN", "VNM", "KHM"];

const ARTICLE: &str = "ال";

/// The last names that a document has introduced, and whom they act for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Introduced {
    /// By last name.
    names: FxHashMap<CompactString, Ids>,
    /// Those that begin with the Arabic article, without it.
    without_article: FxHashMap<CompactString, Ids>,
    /// By any word of the name of somebody known, for titles before it.
    parts: FxHashMap<CompactString, Ids>,
}

impl Introduced {
    /// Whom a word stands for, if the document has introduced it as a name.
    pub(crate) fn get(&self, scan: &Scan<'_>, token: usize) -> Option<&[EntityId]> {
        if self.names.is_empty() && self.parts.is_empty() {
            return None;
        }
        let arabic = scan.language == Language::Arabic;
        if scan.in_name(token) || !arabic && !scan.is_capital(token) {
            return None;
        }
        let head = || token == 0 || matches!(scan.tags.get(token.wrapping_sub(1)), Some(Tag::Stop | Tag::Mark));
        if !arabic && head() && scan.is_known(token) {
            return None;
        }
        let titled = || token > 0 && scan.begins_class(token - 1, "honorific");
        if let Some(ids) = self.parts.get(scan.word(token)).filter(|_| titled()) {
            return Some(ids);
        }
        if self.names.is_empty() {
            return None;
        }
        let bare = scan.sentence.tokens.get(token)?.splits.iter().filter(|split| split.enclitic.is_none());
        let known = |stem: &CompactString| self.names.get(stem).or_else(|| self.without_article.get(stem));
        bare.filter_map(|split| known(&split.stem)).map(SmallVec::as_slice).next()
    }

    /// Whether the whole of a word is a name that the document has introduced.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.names.contains_key(word)
    }

    /// Whom the document has introduced by the family name that the gazetteer gives to somebody else.
    pub(crate) fn instead(&self, scan: &Scan<'_>, tokens: &Range<usize>) -> Option<&[EntityId]> {
        if self.names.is_empty() || tokens.len() != 1 {
            return None;
        }
        let splits = scan.sentence.tokens[tokens.start].splits.iter().filter(|split| split.enclitic.is_none());
        splits.filter_map(|split| self.names.get(&split.stem)).map(SmallVec::as_slice).next()
    }

    /// Joins names to the titles that introduce them, and remembers them; gives the names that stand apart from what introduces
    /// them, with whom they act for.
    pub(crate) fn learn(
        &mut self,
        scan: &Scan<'_>,
        world: &World,
        day: Option<Date>,
        phrases: &mut Vec<Phrase>,
    ) -> Vec<(Range<usize>, Ids)> {
        let english = scan.language == Language::English;
        let mut apart = Vec::new();
        for at in 0..phrases.len() {
            if at >= phrases.len() {
                break;
            }
            let next = phrases.get(at + 1).map_or(scan.sentence.tokens.len(), |phrase| phrase.tokens.start);
            if phrases[at].named && phrases[at].kind == PhraseKind::Actor {
                self.remember_parts(scan, &phrases[at]);
            }
            if english && phrases[at].kind == PhraseKind::Anaphor(Anaphor::Office) {
                let name = name_at(scan, phrases[at].tokens.end, next);
                phrases[at].tokens.end = name.end;
                if let (false, Some(day)) = (name.is_empty(), day) {
                    name_by_office(world, day, scan.word(name.end - 1), &mut phrases[at]);
                }
            }
            let phrase = &phrases[at];
            let named = if english { phrase.person.is_some() && holds_name(scan, phrase) } else { phrase.named };
            if phrase.office.is_none() || named || phrase.kind != PhraseKind::Actor {
                continue;
            }
            let behind = name_at(scan, phrase.tokens.end, next);
            if !behind.is_empty() {
                // "EU foreign policy chief Javier Solana": not who holds the office on the day.
                phrases[at].person = None;
                let whole = with_family_name(phrases, at, behind);
                self.remember(scan, &whole, &phrases[at].ids);
                phrases[at].tokens.end = whole.end;
            } else if scan.tags.get(phrase.tokens.end) == Some(&Tag::Comma) {
                let aside = name_at(scan, phrase.tokens.end + 1, next);
                if !aside.is_empty() && ends_aside(scan, aside.end) {
                    self.remember(scan, &aside, &phrase.ids);
                }
            }
            let phrase = &phrases[at];
            if let Some(before) = name_before(scan, phrase.tokens.start) {
                self.remember(scan, &before, &phrase.ids);
                apart.push((before, phrase.ids.clone()));
            }
        }
        if scan.language == Language::English {
            for (name, ids) in heads(scan, phrases) {
                self.remember(scan, &name, &ids);
                apart.push((name, ids));
            }
        }
        apart
    }

    /// "Finance Minister Michael Wilson", where the document shows whose minister he is.
    pub(crate) fn learn_offices(&mut self, scan: &Scan<'_>, phrases: &[Phrase]) {
        let known =
            |p: &&Phrase| p.kind == PhraseKind::Anaphor(Anaphor::Office) && !p.ids.is_empty() && p.person.is_none();
        for phrase in phrases.iter().filter(known).filter(|_| scan.language == Language::English) {
            let last = phrase.tokens.end - 1;
            if phrase.tokens.len() > 1 && scan.is_capital(last) && !scan.noun_at(last) {
                self.remember(scan, &(last..last + 1), &phrase.ids);
            }
        }
    }

    /// Every word of a full name may come back behind "Mr" or "President": "Mr Moon" of Moon Jae-in.
    fn remember_parts(&mut self, scan: &Scan<'_>, phrase: &Phrase) {
        if scan.language == Language::Arabic {
            let mut names = phrase.tokens.clone().filter(|&t| scan.in_name(t) && !COMMON.contains(&scan.word(t)));
            let (first, last) = (names.next(), names.next_back());
            for token in first.into_iter().chain(last) {
                if scan.word(token).chars().count() >= SHORTEST && !scan.noun_at(token) {
                    self.add(scan.word(token), &phrase.ids);
                }
            }
            return;
        }
        // "Straw" of Jack Straw, but "Power" at the head of a sentence is none.
        let last = phrase.tokens.end - 1;
        if scan.language == Language::English && holds_name(scan, phrase) && phrase.tokens.len() > 1 {
            let named = |at: &usize| scan.in_name(*at) && scan.is_capital(*at) && !scan.is_demonym(*at);
            let first = (phrase.tokens.start..last).rev().take_while(named).last().unwrap_or(last);
            self.remember(scan, &(first..last + 1), &phrase.ids);
        }
        for token in phrase.tokens.clone() {
            let word = scan.word(token);
            if scan.in_name(token) && scan.is_capital(token) && word.chars().count() >= 2 {
                self.parts.insert(word.into(), phrase.ids.as_slice().into());
            }
        }
    }

    fn remember(&mut self, scan: &Scan<'_>, name: &Range<usize>, ids: &[EntityId]) {
        let last = scan.word(name.end - 1);
        // "Mr Wu".
        let shortest = if scan.language == Language::English { 2 } else { SHORTEST };
        if last.chars().count() >= shortest && !ids.is_empty() {
            self.add(last, ids);
        }
        // "Yoon" of Yoon Suk Yeol.
        let family = scan.word(name.start);
        let first = ids.first().is_some_and(|id| FAMILY_NAME_FIRST.contains(&id.as_str()));
        if scan.language == Language::English && first && name.len() > 1 && family.chars().count() >= shortest {
            self.add(family, ids);
        }
    }

    fn add(&mut self, name: &str, ids: &[EntityId]) {
        if let Some(bare) = name.strip_prefix(ARTICLE) {
            self.without_article.insert(bare.into(), ids.into());
        }
        self.names.insert(name.into(), ids.into());
    }
}

/// Whether a phrase ends in a name, and not in the title of somebody known.
fn holds_name(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    let last = phrase.tokens.end - 1;
    scan.in_name(last) && scan.is_capital(last) && !scan.noun_at(last)
}

/// "President Bush": who held that office on the day under that family name.
fn name_by_office(world: &World, day: Date, surname: &str, phrase: &mut Phrase) {
    let Some(office) = phrase.office.clone() else { return };
    let named = |id: &EntityId| id.as_str().rsplit('-').next() == Some(surname);
    let mut held = world.tenures().iter().filter(|t| t.office == office && named(&t.person) && t.covers(day));
    if let (Some(tenure), None) = (held.next(), held.next()) {
        phrase.kind = PhraseKind::Actor;
        phrase.ids = smallvec![tenure.actor.clone()];
        phrase.person = Some(tenure.person.clone());
    }
}

/// "Samantha Power, who runs the American aid agency": those who lead a body act for it.
fn heads(scan: &Scan<'_>, phrases: &[Phrase]) -> Vec<(Range<usize>, Ids)> {
    let mut found = Vec::new();
    for verb in scan.of_class("leads").map(|hit| hit.tokens.start) {
        let Some(comma) = verb.checked_sub(2) else { continue };
        let relative = scan.tags[comma] == Tag::Comma && scan.word(comma + 1) == "who";
        let body = phrases.iter().find(|p| p.tokens.start > verb && p.tokens.start <= verb + 3);
        let body = body.filter(|p| p.kind == PhraseKind::Actor && !p.personal && p.preposition.is_none());
        if let (true, Some(body), Some(name)) = (relative, body, last_name(scan, comma)) {
            found.push((name, body.ids.clone()));
        }
    }
    found
}

/// The name of two words or more that ends before a token.
fn last_name(scan: &Scan<'_>, end: usize) -> Option<Range<usize>> {
    let start = (end.saturating_sub(LONGEST)..end).find(|&at| (at..end).all(|t| can_be_name(scan, t, t == at)))?;
    let titled = start > 0 && scan.begins_class(start - 1, "honorific");
    (end - start >= 2 || titled).then_some(start..end)
}

/// The unknown words at a token that can be a name: capitalised, or in Arabic without article and clitics.
fn name_at(scan: &Scan<'_>, start: usize, limit: usize) -> Range<usize> {
    let end = (start..limit.min(start + LONGEST)).find(|&token| !can_be_name(scan, token, token == start));
    start..end.unwrap_or(limit.min(start + LONGEST)).max(start)
}

/// "الرئيس السويسري هانس رودولف ميرتس": behind unknown names may stand a family name that somebody else has too. It is no phrase of its own.
fn with_family_name(phrases: &mut Vec<Phrase>, at: usize, names: Range<usize>) -> Range<usize> {
    let family = names.end..names.end + 1;
    let is_family = |last: &Phrase| last.named && last.office.is_none() && last.tokens == family;
    if !phrases.get(at + 1).is_some_and(is_family) {
        return names;
    }
    phrases.remove(at + 1);
    names.start..family.end
}

fn can_be_name(scan: &Scan<'_>, token: usize, first: bool) -> bool {
    let Some(word) = scan.sentence.tokens.get(token) else { return false };
    if scan.language == Language::English && !first && (is_hyphened(scan, token) || is_particle(scan, token)) {
        return true;
    }
    if word.kind != TokenKind::Word || word.quoted || scan.in_name(token) || scan.is_temporal(token) {
        return false;
    }
    if scan.language != Language::Arabic {
        return scan.is_capital(token) && !scan.all_caps && scan.tags[token] == Tag::Noun;
    }
    let clitic = scan.conjoined(token) || scan.has_preposition(token);
    let described = first && word.norm.starts_with("ال");
    scan.tags[token] == Tag::Noun && !scan.is_known(token) && !clitic && !described
}

/// "Hsu Ming-chieh": the hyphen of a name, and what stands behind it.
fn is_hyphened(scan: &Scan<'_>, token: usize) -> bool {
    let hyphen = |at: usize| {
        at > 0
            && scan.word(at) == "-"
            && scan.adjacent(at - 1)
            && scan.adjacent(at)
            && scan.is_capital(at - 1)
            && !scan.in_name(at - 1)
            && !scan.begins_class(at + 1, "compound-participle")
            && scan.sentence.tokens.get(at + 1).is_some_and(|word| word.kind == TokenKind::Word)
    };
    hyphen(token) || hyphen(token - 1)
}

/// "Abdullah bin Yousef", "Ursula van Berg": a little word between two names.
fn is_particle(scan: &Scan<'_>, token: usize) -> bool {
    matches!(scan.word(token), "bin" | "ibn" | "ben" | "al" | "el" | "van" | "von" | "der" | "da" | "de" | "dos")
        && scan.is_capital(token - 1)
        && scan.sentence.tokens.get(token + 1).is_some_and(|word| word.kind == TokenKind::Word)
        && scan.is_capital(token + 1)
        && !scan.in_name(token + 1)
}

fn ends_aside(scan: &Scan<'_>, token: usize) -> bool {
    matches!(scan.tags.get(token), None | Some(Tag::Comma | Tag::Stop))
}

/// "Miroslav Lajčák, the Slovak foreign minister": two words at least.
fn name_before(scan: &Scan<'_>, start: usize) -> Option<Range<usize>> {
    let article = start.checked_sub(1).filter(|&at| matches!(scan.word(at), "the" | "a" | "an")).unwrap_or(start);
    let comma = article.checked_sub(1).filter(|&at| scan.tags[at] == Tag::Comma)?;
    last_name(scan, comma).filter(|_| scan.language != Language::Arabic)
}

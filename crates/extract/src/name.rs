//! The names of a sentence: the longest forms of the gazetteer, and which of their meanings the words beside them leave.
//!
//! What is decided here needs only the words of the form and its neighbours: capital letters, clitics, the rules of
//! `ambiguity.tsv`, guards, and the one-letter names of states in Chinese. What needs phrases is decided in [`crate::mention`].

use crate::lexicon::{LanguageLexicon, NameEntry, NameForm, NameKind, Rule, Where};
use crate::trie::{Hit, Hits, Known, Word};
use chancery_model::{EntityId, EntityKind, Field, Language};
use chancery_text::{Enclitic, Proclitic, Proclitics, Sentence, Token};
use smallvec::SmallVec;
use std::ops::Range;

/// Classes whose members are no inflected form of anything else.
const FUNCTION_CLASSES: [&str; 7] =
    ["preposition", "conjunction", "complementizer", "relative", "subordinator", "pronoun", "possessive-pronoun"];

/// A name of the gazetteer; overlapping ones are already resolved to the longest.
#[derive(Clone, Debug)]
pub(crate) struct Named<'a> {
    pub(crate) tokens: Range<usize>,
    /// What it may mean, the likeliest first; nothing where a guard or a rule says that it names nobody.
    pub(crate) entries: Meanings<'a>,
    pub(crate) proclitics: Proclitics,
    pub(crate) enclitic: Option<Enclitic>,
    /// The adjective inside a title: "le ministre *russe* des Affaires étrangères".
    pub(crate) owner: Option<&'a NameForm>,
}

/// Meanings of a name, the likeliest first. Most names have one, which needs no memory of its own.
#[derive(Clone, Debug)]
pub(crate) struct Meanings<'a> {
    first: Option<&'a NameForm>,
    others: Vec<&'a NameForm>,
}

impl<'a> Meanings<'a> {
    fn new(meanings: &[&'a NameForm]) -> Self {
        Self { first: meanings.first().copied(), others: meanings.iter().skip(1).copied().collect() }
    }

    pub(crate) fn first(&self) -> Option<&'a NameForm> {
        self.first
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a NameForm> {
        self.first.iter().chain(&self.others).copied()
    }
}

/// The names of a sentence that stands in `text`, in order, without overlap.
pub(crate) fn names<'a>(
    text: &str,
    sentence: &'a Sentence,
    language: Language,
    lexicon: &'a LanguageLexicon,
    known: &Known,
) -> Vec<Named<'a>> {
    let is_title = sentence.field == Field::Title;
    let search = Search { text, tokens: &sentence.tokens, is_title, language, lexicon, known };
    let (mut found, mut start) = (Vec::with_capacity(8), 0);
    while start < search.tokens.len() {
        match search.longest(start, usize::MAX).and_then(|named| search.uncut(named)) {
            Some(named) => {
                start = named.tokens.end;
                found.push(named);
            }
            None => start += 1,
        }
    }
    match language {
        Language::Chinese => search.keep_abbreviations_in_company(&mut found),
        Language::French | Language::Spanish | Language::Arabic => search.join_parted_titles(&mut found),
        Language::English => found.retain(|named| !search.is_anothers_surname(named)),
        Language::Russian => {}
    }
    found
}

/// A sentence in which names are sought.
struct Search<'t, 'a, 'k> {
    text: &'t str,
    tokens: &'a [Token],
    is_title: bool,
    language: Language,
    lexicon: &'a LanguageLexicon,
    known: &'k Known,
}

impl<'a> Search<'_, 'a, '_> {
    /// The longest name at a token; among equally long ones the cut that removes least, then all its meanings.
    fn longest(&self, start: usize, limit: usize) -> Option<Named<'a>> {
        let mut hits = Hits::new();
        self.lexicon.names.each_hit(self.tokens, self.known, start, |hit| {
            if hit.tokens.end <= limit && self.is_plausible(&hit) {
                hits.push(hit);
            }
        });
        if self.language == Language::Russian {
            self.prefer_exact(&mut hits);
        }
        let length = hits.iter().map(|hit| hit.tokens.len()).max()?;
        let first = hits.iter().find(|hit| hit.tokens.len() == length)?;
        let (split, enclitic) = (first.first, first.enclitic);
        let alike = |hit: &&Hit<'_, NameForm>| hit.tokens.len() == length && std::ptr::eq(hit.first, split);
        let mut entries: SmallVec<[&NameForm; 4]> = hits.iter().filter(alike).map(|hit| hit.payload).collect();
        entries.dedup_by(|a, b| a.entry == b.entry);
        let tokens = start..start + length;
        decide(&mut entries, |rule| holds(rule, self.known, &tokens) || self.is_given_name(rule, &tokens));
        let entries = Meanings::new(&entries);
        Some(Named { tokens, entries, proclitics: split.proclitics, enclitic, owner: None })
    }

    /// "President Xi Jinping" is a title and a full name, not "President Xi" and an unknown word: a name that cuts another
    /// person's in two gives way to the shorter one before it.
    fn uncut(&self, named: Named<'a>) -> Option<Named<'a>> {
        let person = |named: &Named<'_>| {
            named.entries.iter().any(|form| form.entry.id().is_some_and(|id| id.kind() == EntityKind::Person))
        };
        if named.tokens.len() < 2 || self.language == Language::Chinese || !person(&named) {
            return Some(named);
        }
        let inside = named.tokens.start + 1..named.tokens.end;
        let whole = inside.into_iter().find(|&start| {
            self.longest(start, usize::MAX).is_some_and(|other| other.tokens.end > named.tokens.end && person(&other))
        });
        match whole {
            Some(start) => self.longest(named.tokens.start, start),
            None => Some(named),
        }
    }

    /// "Мали" is a state, not the prepositional of Мале; "после" is "after", not an ambassador.
    fn prefer_exact(&self, hits: &mut Hits<'a, NameForm>) {
        let exact = hits.iter().filter(|hit| hit.is_exact).map(|hit| hit.tokens.len()).max().unwrap_or(0);
        let function = |hit: &Hit<'_, NameForm>| hit.tokens.len() == 1 && self.is_function_word(hit.tokens.start);
        hits.retain(|hit| hit.is_exact || hit.tokens.len() > exact && !function(hit));
    }

    fn is_function_word(&self, token: usize) -> bool {
        let hits = self.lexicon.words.hits_at(self.tokens, self.known, token);
        hits.iter().any(|hit| {
            hit.is_exact && self.lexicon.class(hit.payload).is_some_and(|class| FUNCTION_CLASSES.contains(&class))
        })
    }

    fn is_plausible(&self, hit: &Hit<'_, NameForm>) -> bool {
        if hit.enclitic.is_some() && !matches!(hit.payload.entry, NameEntry::Title { .. }) {
            return false;
        }
        if self.language == Language::Arabic {
            return !hit.has_proclitic(Proclitic::Will) && !is_common_noun(hit) && !is_definite_dual(hit);
        }
        match &hit.payload.entry {
            NameEntry::Title { .. } | NameEntry::Bloc { .. } | NameEntry::Guard => true,
            // "В нормандском формате": talks and processes are often written small.
            NameEntry::Entity { id, .. } if id.kind() == EntityKind::Agreement && hit.tokens.len() > 1 => true,
            _ => !hit.payload.is_capital || self.has_capitals(hit),
        }
    }

    /// Names that are listed with a capital letter have one in the text: "turkey" is a bird, "china" a ware. Short initials have two:
    /// "Us" is no state.
    fn has_capitals(&self, hit: &Hit<'_, NameForm>) -> bool {
        let words = || self.tokens[hit.tokens.clone()].iter().map(|token| token.span.of(self.text));
        let form = &hit.payload.form;
        let initials = form.chars().count() <= 3 && form.chars().all(char::is_uppercase) && form.chars().count() > 1;
        if initials {
            return words().all(|word| word.chars().all(|c| !c.is_lowercase()));
        }
        words().any(|word| word.chars().next().is_some_and(char::is_uppercase))
    }

    /// 中, 美 and the like are names only beside another one (中美), or before an office or a body (俄外长).
    fn keep_abbreviations_in_company(&self, found: &mut Vec<Named<'a>>) {
        let short = |named: &Named<'_>| {
            named.entries.iter().all(|form| matches!(form.entry, NameEntry::Abbreviation { .. }))
                && !named.entries.is_empty()
        };
        let has_title =
            |named: &Named<'_>| named.entries.iter().any(|form| matches!(form.entry, NameEntry::Title { .. }));
        let keep: Vec<bool> = (0..found.len())
            .map(|at| {
                let here = &found[at];
                let touches = |a: &Named<'_>, b: &Named<'_>| a.tokens.end == b.tokens.start;
                let before = at.checked_sub(1).map(|before| &found[before]).filter(|before| touches(before, here));
                let after = found.get(at + 1).filter(|after| touches(here, after));
                !short(here)
                    || before.is_some_and(short)
                    || after.is_some_and(|after| short(after) || has_title(after))
                    || self.begins_body(here.tokens.end)
            })
            .collect();
        let mut keep = keep.into_iter();
        found.retain(|_| keep.next().unwrap_or(true));
    }

    /// "Maurice Lambert": a rule that asks for a family name is met by a capitalised word that the lexicon does not know.
    fn is_given_name(&self, rule: &Rule, tokens: &Range<usize>) -> bool {
        // Every word of a headline may have a capital letter.
        let asked = rule.place == Where::Surname && !self.is_title;
        let Some(next) = self.tokens.get(tokens.end).filter(|_| asked) else { return false };
        let capital = next.span.of(self.text).starts_with(char::is_uppercase);
        capital && !self.begins_any(tokens.end)
    }

    /// "Wayne Bennett" is not Naftali Bennett: before a family name that stands alone a given name that no table knows.
    fn is_anothers_surname(&self, named: &Named<'a>) -> bool {
        let Some(before) = named.tokens.start.checked_sub(1) else { return false };
        let own = |id: &EntityId| id.as_str().split([':', '-']).any(|part| part == self.tokens[before].norm);
        let surname = |form: &NameForm| match &form.entry {
            NameEntry::Entity { id, kind: NameKind::Surname } => !own(id),
            _ => false,
        };
        let word = self.tokens[before].span.of(self.text);
        let given =
            word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase) && word.len() > 2;
        named.tokens.len() == 1
            && named.entries.iter().all(surname)
            && !named.entries.is_empty()
            && !self.is_title
            && given
            && !self.begins_any(before)
            && self.lexicon.names.hits_at(self.tokens, self.known, before).is_empty()
    }

    fn begins_any(&self, token: usize) -> bool {
        let names = self.lexicon.names.hits_at(self.tokens, self.known, token);
        let words = self.lexicon.words.hits_at(self.tokens, self.known, token);
        !words.is_empty()
            || names.iter().any(
                |hit| !matches!(&hit.payload.entry, NameEntry::Entity { id, .. } if id.kind() == EntityKind::Person),
            )
    }

    fn begins_body(&self, token: usize) -> bool {
        token < self.tokens.len()
            && self.lexicon.words.hits_at(self.tokens, self.known, token).iter().any(|hit| {
                self.lexicon.class(hit.payload).is_some_and(|class| ["body", "counterpart"].contains(&class))
            })
    }

    /// "Le ministre *russe* des Affaires étrangères": the adjective stands inside the title.
    fn join_parted_titles(&self, found: &mut Vec<Named<'a>>) {
        let adjective =
            |named: &Named<'a>| named.entries.iter().find(|form| matches!(form.entry, NameEntry::Adjective { .. }));
        for at in 0..found.len() {
            let Some(owner) = adjective(&found[at]) else { continue };
            let gap = found[at].tokens.clone();
            let Some(title) = (gap.start.saturating_sub(4)..gap.start).find_map(|start| self.title_around(start, &gap))
            else {
                continue;
            };
            let tokens = title.tokens.clone();
            let named = Named {
                tokens: tokens.clone(),
                entries: Meanings::new(&[title.payload]),
                proclitics: title.first.proclitics,
                enclitic: title.enclitic,
                owner: Some(owner),
            };
            found.retain(|other| other.tokens.end <= tokens.start || tokens.end <= other.tokens.start);
            let place = found.iter().position(|other| other.tokens.start > tokens.start).unwrap_or(found.len());
            found.insert(place, named);
            return self.join_parted_titles(found);
        }
    }

    fn title_around(&self, start: usize, gap: &Range<usize>) -> Option<Hit<'a, NameForm>> {
        let mut longest: Option<Hit<'a, NameForm>> = None;
        self.lexicon.names.each_hit_around(self.tokens, self.known, start, gap, |hit| {
            let is_title = matches!(hit.payload.entry, NameEntry::Title { .. });
            if is_title && longest.as_ref().is_none_or(|longest| hit.tokens.end >= longest.tokens.end) {
                longest = Some(hit);
            }
        });
        longest
    }
}

/// Leaves the meanings that guards and the first rule that holds allow.
fn decide(entries: &mut SmallVec<[&NameForm; 4]>, holds: impl Fn(&Rule) -> bool) {
    if entries.iter().any(|form| matches!(form.entry, NameEntry::Guard)) {
        let is_place = |form: &mut &NameForm| form.entry.id().is_some_and(|id| id.kind() == EntityKind::Place);
        return entries.retain(is_place);
    }
    if !entries.iter().any(|form| matches!(form.entry, NameEntry::Rule(_))) {
        return;
    }
    let rule = entries.iter().find_map(|form| match &form.entry {
        NameEntry::Rule(rule) if holds(rule) => Some(rule),
        _ => None,
    });
    entries.retain(|form| !matches!(form.entry, NameEntry::Rule(_)));
    if let Some(rule) = rule {
        entries.retain(|form| rule.id.is_some() && form.entry.id() == rule.id.as_ref());
    }
}

/// القطر is a diameter or a region: the name of a state that is listed without an article never takes one.
fn is_common_noun(hit: &Hit<'_, NameForm>) -> bool {
    let state = matches!(&hit.payload.entry, NameEntry::Entity { id, .. } if id.kind() == EntityKind::State);
    state && hit.first.article && hit.tokens.len() == 1
}

/// الملكي is "royal", not the two kings: a dual in construct takes no article.
fn is_definite_dual(hit: &Hit<'_, NameForm>) -> bool {
    let title = matches!(hit.payload.entry, NameEntry::Title { .. });
    title && hit.first.article && hit.tokens.len() == 1 && hit.payload.form.ends_with('ي')
}

/// Whether the words of a rule stand where it wants them, seen from a name at `tokens`.
pub(crate) fn holds(rule: &Rule, known: &Known, tokens: &Range<usize>) -> bool {
    let any = |test: &dyn Fn(&[Word]) -> bool| rule.words.iter().any(|words| test(words));
    match rule.place {
        Where::Else => true,
        Where::Surname | Where::Alone => false,
        Where::Near => any(&|words| known.begins_outside(tokens, words)),
        Where::Before => any(&|words| tokens.start.checked_sub(words.len()).is_some_and(|at| known.begins(at, words))),
        Where::After => any(&|words| known.begins(tokens.end, words)),
    }
}

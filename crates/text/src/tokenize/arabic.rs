//! Arabic clitics as alternatives: (و|ف) (ب|ل|ك|س) ال stem pronoun. Nothing is cut blindly: every way is offered, and words of
//! `data/ar/clitics.tsv` are never cut at their front.

use crate::offset_map::OffsetMap;
use crate::words::Words;
use crate::{Enclitic, Proclitic, Proclitics, Split, Splits};
use compact_str::CompactString;

const ARTICLE: &str = "ال";
const LAM: char = 'ل';
const ALEF: char = 'ا';
/// A stem has so many letters at least.
const MIN_STEM: usize = 2;

fn conjunction(letter: char) -> Option<Proclitic> {
    match letter {
        'و' => Some(Proclitic::And),
        'ف' => Some(Proclitic::So),
        _ => None,
    }
}

fn preposition(letter: char) -> Option<Proclitic> {
    match letter {
        'ب' => Some(Proclitic::By),
        LAM => Some(Proclitic::For),
        'ك' => Some(Proclitic::Like),
        'س' => Some(Proclitic::Will),
        _ => None,
    }
}

/// With their number of letters; the longer ones first.
const PRONOUNS: [(&str, usize, Enclitic); 8] = [
    ("هما", 3, Enclitic::Dual),
    ("هم", 2, Enclitic::They),
    ("ها", 2, Enclitic::She),
    ("نا", 2, Enclitic::We),
    ("كم", 2, Enclitic::You),
    ("ه", 1, Enclitic::He),
    ("ك", 1, Enclitic::You),
    ("ي", 1, Enclitic::I),
];

/// What stands before the stem, and what is left behind it.
#[derive(Clone, Copy)]
struct Front<'n> {
    proclitics: Proclitics,
    /// How many letters of the token the proclitics take, and how many it has.
    letters: usize,
    all: usize,
    /// Letters that assimilation has taken: "للاتفاق" stands for ل + ال + اتفاق, "للجنة" also for ل + ال + لجنة.
    restored: &'static str,
    /// The letters that are written.
    rest: &'n str,
}

/// Adds every way to cut a token but the uncut one.
pub(super) fn cuts(map: &OffsetMap, words: &Words, splits: &mut Splits) {
    let whole = Front { proclitics: Proclitics::default(), letters: 0, all: map.len(), restored: "", rest: map.norm() };
    let conjoined = whole.cut(conjunction, words);
    let bare = [Some(whole), conjoined];
    bare.iter().flatten().for_each(|front| front.stems(map, splits));
    for cut in bare.iter().flatten().filter_map(|front| front.cut(preposition, words)) {
        cut.stems(map, splits);
        if cut.proclitics.last() == Some(&Proclitic::For)
            && let Some(rest) = cut.rest.strip_prefix(LAM)
        {
            // The article has lost its alef behind the lam, and its lam too where another one follows.
            Front { restored: ALEF_ONLY, ..cut }.stems(map, splits);
            if rest.starts_with(LAM) || has_letters(rest, MIN_STEM) {
                Front { restored: ARTICLE, ..cut }.stems(map, splits);
            }
        }
    }
}

fn push(split: Split, splits: &mut Splits) {
    if !splits[1..].contains(&split) {
        splits.push(split);
    }
}

const ALEF_ONLY: &str = "ا";

fn has_letters(text: &str, count: usize) -> bool {
    text.chars().nth(count - 1).is_some()
}

impl<'n> Front<'n> {
    /// Adds what is left behind the proclitics, with article and pronoun and without.
    fn stems(&self, map: &OffsetMap, splits: &mut Splits) {
        let letters = self.all - self.letters;
        let mut add = |stem, article, enclitic, begin: usize, end: usize| {
            let Some(stem_span) = map.original(self.letters + begin, self.letters + end) else { return };
            push(Split { proclitics: self.proclitics, stem, article, enclitic, stem_span }, splits);
        };
        // Restored letters are written nowhere, so that the whole rest stands for the stem with them.
        if !self.proclitics.is_empty() {
            add(self.whole(), false, None, 0, letters);
        }
        if let Some((stem, article)) = self.without_article() {
            add(stem.into(), true, None, article, letters);
        }
        if let Some(cut) = self.pronoun() {
            let end = letters - cut.letters;
            add(cut.stem.into(), false, Some(cut.pronoun), 0, end);
            if let Some(stem) = cut.restored() {
                add(stem, false, Some(cut.pronoun), 0, end);
            }
        }
    }

    /// What is left as one word.
    fn whole(&self) -> CompactString {
        if self.restored.is_empty() {
            return self.rest.into();
        }
        let mut whole = CompactString::from(self.restored);
        whole.push_str(self.rest);
        whole
    }

    /// The clitic that the first letter may be cut off.
    fn cut(&self, clitic: impl Fn(char) -> Option<Proclitic>, words: &Words) -> Option<Self> {
        let mut rest = self.rest.chars();
        let proclitic = rest.next().and_then(clitic)?;
        let rest = rest.as_str();
        if !has_letters(rest, MIN_STEM) || is_whole(self.rest, words) {
            return None;
        }
        let proclitics = self.proclitics.with(proclitic)?;
        Some(Self { proclitics, letters: self.letters + 1, rest, ..*self })
    }

    /// The stem behind an article, and how many letters of the article are written.
    fn without_article(&self) -> Option<(&'n str, usize)> {
        let cut = match self.restored {
            "" => (self.rest.strip_prefix(ARTICLE)?, 2),
            ALEF_ONLY => (self.rest.strip_prefix(LAM)?, 1),
            _ => (self.rest, 0),
        };
        has_letters(cut.0, MIN_STEM).then_some(cut)
    }

    /// A noun with article takes no pronoun.
    fn pronoun(&self) -> Option<Pronoun<'n>> {
        if self.restored.is_empty() { pronoun(self.rest) } else { None }
    }
}

/// Whether a word, perhaps with a pronoun, is known to begin with its own letter.
fn is_whole(rest: &str, words: &Words) -> bool {
    let with_pronoun = |cut: Pronoun<'_>| {
        words.whole.contains(cut.stem) || cut.restored().is_some_and(|stem| words.whole.contains(stem.as_str()))
    };
    words.whole.contains(rest) || pronoun(rest).is_some_and(with_pronoun)
}

/// A stem and the pronoun behind it.
#[derive(Clone, Copy)]
struct Pronoun<'n> {
    stem: &'n str,
    pronoun: Enclitic,
    /// How many letters the pronoun takes.
    letters: usize,
}

fn pronoun(rest: &str) -> Option<Pronoun<'_>> {
    let last = rest.chars().next_back()?;
    if !matches!(last, 'ا' | 'م' | 'ه' | 'ك' | 'ي') || rest.starts_with(ARTICLE) {
        return None;
    }
    PRONOUNS.iter().find_map(|(suffix, letters, pronoun)| {
        let stem = rest.strip_suffix(suffix).filter(|stem| has_letters(stem, MIN_STEM))?;
        Some(Pronoun { stem, pronoun: *pronoun, letters: *letters })
    })
}

impl Pronoun<'_> {
    /// The stem as it is written alone, where that is another way: teh marbuta, hamza and alef maqsura restored.
    fn restored(&self) -> Option<CompactString> {
        let last = self.stem.chars().next_back()?;
        let letter = match last {
            'ت' => 'ة',
            'ئ' | 'ؤ' => 'ء',
            ALEF => 'ي',
            _ => return None,
        };
        let mut stem = CompactString::from(&self.stem[..self.stem.len() - last.len_utf8()]);
        stem.push(letter);
        Some(stem)
    }
}

//! Arabic clitics as alternatives: (و|ف) (ب|ل|ك|س) ال stem pronoun. Nothing is cut blindly: every way is offered, and words of
//! `data/ar/clitics.tsv` are never cut at their front.

use crate::offset_map::OffsetMap;
use crate::words::Words;
use crate::{Enclitic, Proclitic, Proclitics, Split};
use compact_str::{CompactString, format_compact};
use smallvec::SmallVec;

const ARTICLE: &str = "ال";
const LAM: char = 'ل';
const ALEF: char = 'ا';
/// A stem has so many letters at least.
const MIN_STEM: usize = 2;

const CONJUNCTIONS: [(char, Proclitic); 2] = [('و', Proclitic::And), ('ف', Proclitic::So)];
const PREPOSITIONS: [(char, Proclitic); 4] =
    [('ب', Proclitic::By), (LAM, Proclitic::For), ('ك', Proclitic::Like), ('س', Proclitic::Will)];
/// The longer ones first.
const PRONOUNS: [(&str, Enclitic); 8] = [
    ("هما", Enclitic::Dual),
    ("هم", Enclitic::They),
    ("ها", Enclitic::She),
    ("نا", Enclitic::We),
    ("كم", Enclitic::You),
    ("ه", Enclitic::He),
    ("ك", Enclitic::You),
    ("ي", Enclitic::I),
];

/// What stands before the stem: its proclitics, and how many letters of the token they take.
#[derive(Clone)]
struct Front {
    proclitics: Proclitics,
    letters: usize,
    rest: CompactString,
}

/// Rows of proclitics of one token: at most two conjunctions' worth, each with its prepositions.
type Fronts = SmallVec<[Front; 8]>;

/// Adds every way to cut a token but the uncut one.
pub(super) fn cuts(map: &OffsetMap, words: &Words, splits: &mut SmallVec<[Split; 1]>) {
    for front in fronts(map.norm(), words) {
        if !front.proclitics.is_empty() {
            add(map, &front, (front.rest.clone(), false, None), splits);
        }
        if let Some(stem) = with_article(&front.rest) {
            add(map, &front, stem, splits);
        }
        for stem in with_pronoun(&front.rest) {
            add(map, &front, stem, splits);
        }
    }
}

fn add(map: &OffsetMap, front: &Front, (stem, article, enclitic): Stem, splits: &mut SmallVec<[Split; 1]>) {
    let end = map.len() - enclitic.map_or(0, |enclitic| letters_of(enclitic, map.norm()));
    // Restored letters stand for written ones, but for the alef of an article behind a lam.
    let begin = end.saturating_sub(stem.chars().count()).max(front.letters);
    let Some(stem_span) = map.original(begin, end) else { return };
    let split = Split { proclitics: front.proclitics.clone(), stem, article, enclitic, stem_span };
    if !splits[1..].contains(&split) {
        splits.push(split);
    }
}

/// The token itself, and what is left of it behind each row of proclitics.
fn fronts(norm: &str, words: &Words) -> Fronts {
    let whole = Front { proclitics: Proclitics::new(), letters: 0, rest: norm.into() };
    let mut fronts = Fronts::new();
    fronts.push(whole);
    cut(0, &CONJUNCTIONS, words, &mut fronts);
    for at in 0..fronts.len() {
        let from = fronts.len();
        cut(at, &PREPOSITIONS, words, &mut fronts);
        for at in from..fronts.len() {
            let cut = &fronts[at];
            // "للاتفاق": the article has lost its alef behind the lam.
            if cut.proclitics.last() == Some(&Proclitic::For)
                && let Some(rest) = cut.rest.strip_prefix(LAM)
            {
                let (with_alef, whole) = (format_compact!("{ALEF}{}", cut.rest), rest.chars().count() >= MIN_STEM);
                // "للجنة" is also ل + ال + لجنة.
                let doubled = (rest.starts_with(LAM) || whole).then(|| format_compact!("{ARTICLE}{LAM}{rest}"));
                let front = cut.clone();
                fronts.push(Front { rest: with_alef, ..front.clone() });
                fronts.extend(doubled.map(|rest| Front { rest, ..front }));
            }
        }
    }
    fronts
}

/// Adds the ways to cut one of `clitics` off the front at `at`.
fn cut(at: usize, clitics: &[(char, Proclitic)], words: &Words, fronts: &mut Fronts) {
    let front = &fronts[at];
    let begins = |(letter, _): &&(char, Proclitic)| front.rest.starts_with(*letter);
    let Some((letter, proclitic)) = clitics.iter().find(begins) else { return };
    let rest = &front.rest[letter.len_utf8()..];
    if rest.chars().nth(MIN_STEM - 1).is_none() || is_whole(&front.rest, words) {
        return;
    }
    let mut proclitics = front.proclitics.clone();
    if proclitics.try_push(*proclitic).is_ok() {
        let cut = Front { proclitics, letters: front.letters + 1, rest: rest.into() };
        fronts.push(cut);
    }
}

/// Whether a word, perhaps with a pronoun, is known to begin with its own letter.
fn is_whole(rest: &str, words: &Words) -> bool {
    words.whole.contains(rest) || with_pronoun(rest).iter().any(|(stem, _, _)| words.whole.contains(stem.as_str()))
}

type Stem = (CompactString, bool, Option<Enclitic>);

fn with_article(rest: &str) -> Option<Stem> {
    let stem = rest.strip_prefix(ARTICLE).filter(|stem| stem.chars().nth(MIN_STEM - 1).is_some())?;
    Some((stem.into(), true, None))
}

/// A noun with article takes no pronoun. The stem is given as it is written alone: teh marbuta, hamza and alef maqsura restored.
fn with_pronoun(rest: &str) -> SmallVec<[Stem; 2]> {
    let mut stems = SmallVec::new();
    if rest.starts_with(ARTICLE) {
        return stems;
    }
    for (suffix, pronoun) in PRONOUNS {
        let Some(stem) = rest.strip_suffix(suffix).filter(|stem| stem.chars().nth(MIN_STEM - 1).is_some()) else {
            continue;
        };
        let last = stem.chars().last().unwrap_or_default();
        let front = stem.strip_suffix(last).unwrap_or_default();
        stems.push((stem.into(), false, Some(pronoun)));
        let restored = match last {
            'ت' => Some('ة'),
            'ئ' | 'ؤ' => Some('ء'),
            ALEF => Some('ي'),
            _ => None,
        };
        stems.extend(restored.map(|letter| (format_compact!("{front}{letter}"), false, Some(pronoun))));
        break;
    }
    stems
}

/// How many letters a pronoun takes at the end of a token.
fn letters_of(enclitic: Enclitic, norm: &str) -> usize {
    let written = PRONOUNS.iter().find(|(suffix, pronoun)| *pronoun == enclitic && norm.ends_with(suffix));
    written.map_or(0, |(suffix, _)| suffix.chars().count())
}

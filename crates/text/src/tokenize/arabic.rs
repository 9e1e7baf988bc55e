//! Arabic clitics as alternatives: (و|ف) (ب|ل|ك|س) ال stem pronoun. Nothing is cut blindly: every way is offered, and words of
//! `data/ar/clitics.tsv` are never cut at their front.

use crate::offset_map::OffsetMap;
use crate::words::Words;
use crate::{Enclitic, Proclitic, Split};

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
    proclitics: Vec<Proclitic>,
    letters: usize,
    rest: String,
}

/// Every way to cut a token but the uncut one.
pub(super) fn cuts(map: &OffsetMap, words: &Words) -> Vec<Split> {
    let total = map.norm().chars().count();
    let mut splits: Vec<Split> = Vec::new();
    for front in fronts(map.norm(), words) {
        let bare = !front.proclitics.is_empty();
        let stems = bare.then(|| (front.rest.clone(), false, None)).into_iter();
        for (stem, article, enclitic) in stems.chain(with_article(&front)).chain(with_pronoun(&front.rest)) {
            let end = total - enclitic.map_or(0, |enclitic| letters_of(enclitic, map.norm()));
            // Restored letters stand for written ones, but for the alef of an article behind a lam.
            let begin = end.saturating_sub(stem.chars().count()).max(front.letters);
            let Some(stem_span) = map.original(begin, end) else { continue };
            let split = Split { proclitics: front.proclitics.clone(), stem, article, enclitic, stem_span };
            if !splits.contains(&split) {
                splits.push(split);
            }
        }
    }
    splits
}

/// The token itself, and what is left of it behind each row of proclitics.
fn fronts(norm: &str, words: &Words) -> Vec<Front> {
    let whole = Front { proclitics: Vec::new(), letters: 0, rest: norm.to_owned() };
    let mut fronts = vec![whole.clone()];
    fronts.extend(cut(&whole, &CONJUNCTIONS, words));
    for front in fronts.clone() {
        for cut in cut(&front, &PREPOSITIONS, words) {
            // "للاتفاق": the article has lost its alef behind the lam.
            if cut.proclitics.last() == Some(&Proclitic::For) && cut.rest.starts_with(LAM) {
                fronts.push(Front { rest: format!("{ALEF}{}", cut.rest), ..cut.clone() });
                let rest: String = cut.rest.chars().skip(1).collect();
                if rest.starts_with(LAM) || rest.chars().count() >= MIN_STEM {
                    // "للجنة" is also ل + ال + لجنة.
                    fronts.push(Front { rest: format!("{ARTICLE}{LAM}{rest}"), ..cut.clone() });
                }
            }
            fronts.push(cut);
        }
    }
    fronts
}

fn cut(front: &Front, clitics: &[(char, Proclitic)], words: &Words) -> Vec<Front> {
    if is_whole(&front.rest, words) {
        return Vec::new();
    }
    let one = |(letter, proclitic): &(char, Proclitic)| {
        let rest = front.rest.strip_prefix(*letter).filter(|rest| rest.chars().count() >= MIN_STEM)?;
        let proclitics = front.proclitics.iter().copied().chain([*proclitic]).collect();
        Some(Front { proclitics, letters: front.letters + 1, rest: rest.to_owned() })
    };
    clitics.iter().filter_map(one).collect()
}

/// Whether a word, perhaps with a pronoun, is known to begin with its own letter.
fn is_whole(rest: &str, words: &Words) -> bool {
    words.whole.contains(rest) || with_pronoun(rest).iter().any(|(stem, _, _)| words.whole.contains(stem))
}

type Stem = (String, bool, Option<Enclitic>);

fn with_article(front: &Front) -> Vec<Stem> {
    let stem = front.rest.strip_prefix(ARTICLE).filter(|stem| stem.chars().count() >= MIN_STEM);
    stem.map(|stem| (stem.to_owned(), true, None)).into_iter().collect()
}

/// A noun with article takes no pronoun. The stem is given as it is written alone: teh marbuta, hamza and alef maqsura restored.
fn with_pronoun(rest: &str) -> Vec<Stem> {
    let mut stems = Vec::new();
    if rest.starts_with(ARTICLE) {
        return stems;
    }
    for (suffix, pronoun) in PRONOUNS {
        let Some(stem) = rest.strip_suffix(suffix).filter(|stem| stem.chars().count() >= MIN_STEM) else { continue };
        let last = stem.chars().last().unwrap_or_default();
        let front: String = stem.strip_suffix(last).unwrap_or_default().to_owned();
        stems.push((stem.to_owned(), false, Some(pronoun)));
        let restored = match last {
            'ت' => Some('ة'),
            'ئ' | 'ؤ' => Some('ء'),
            ALEF => Some('ي'),
            _ => None,
        };
        stems.extend(restored.map(|letter| (format!("{front}{letter}"), false, Some(pronoun))));
        break;
    }
    stems
}

/// How many letters a pronoun takes at the end of a token.
fn letters_of(enclitic: Enclitic, norm: &str) -> usize {
    let written = PRONOUNS.iter().find(|(suffix, pronoun)| *pronoun == enclitic && norm.ends_with(suffix));
    written.map_or(0, |(suffix, _)| suffix.chars().count())
}

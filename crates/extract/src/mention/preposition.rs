//! The preposition that governs a phrase.

use super::join::function_word;
use super::piece::Piece;
use super::{Phrase, has_own_grammar};
use crate::grammar::grammar;
use crate::lexicon::{Form, Slot};
use crate::scan::{ClassHit, Scan};
use chancery_model::Language;
use chancery_text::Proclitic;
use compact_str::CompactString;

/// Arabic directions that stand as prepositions too.
const DIRECTIONS: [&str; 8] = ["شمال", "جنوب", "شرق", "غرب", "داخل", "خارج", "وسط", "قرب"];

/// Whether a preposition ends a verb of several words that has no slot for it.
fn is_particle(scan: &Scan<'_>, preposition: &ClassHit<'_>) -> bool {
    let slot = Slot::Preposition(preposition.canonical.to_owned());
    let verbs = scan.triggers.iter().filter(|hit| {
        hit.form != Form::Noun
            && hit.tokens.len() > 1
            && hit.tokens.end == preposition.tokens.end
            && hit.trigger.is_verb
    });
    let mut slots = verbs.map(|hit| hit.trigger.arguments.iter().any(|argument| argument.slot == slot)).peekable();
    slots.peek().is_some() && !slots.any(|has_slot| has_slot)
}

/// The preposition that governs a piece: its own proclitic, or the word before it past articles and quantifiers.
pub(super) fn preposition(scan: &Scan<'_>, piece: &Piece) -> Option<CompactString> {
    for proclitic in &piece.proclitics {
        match proclitic {
            Proclitic::By => return Some("ب".into()),
            Proclitic::For => return Some("ل".into()),
            Proclitic::Like => return Some("ك".into()),
            Proclitic::And | Proclitic::So | Proclitic::Will => {}
        }
    }
    if !piece.proclitics.is_empty() {
        return None;
    }
    let mut at = piece.tokens.start;
    if at > 1 && scan.is_each_of(at - 2) {
        let before = at - 2;
        // "مساعدات لكل من تشاد وغانا".
        if let Some(written) = written_on_each(scan.word(before)) {
            return Some(written.into());
        }
        return scan
            .of_class_before(before, "preposition")
            .find(|hit| hit.tokens.len() == 1)
            .map(|hit| hit.canonical.into());
    }
    for _ in 0..4 {
        at = at.checked_sub(1)?;
        if let Some(hit) = scan.of_class_before(at + 1, "preposition").max_by_key(|hit| hit.tokens.len()) {
            // "فاجأت فيها سويسرا": a preposition with a pronoun on it leads to nothing more; "منتجون بينهم روسيا" does.
            let among = matches!(hit.canonical, "بين" | "من");
            if scan.language == Language::Arabic && hit.enclitic.is_some() && !among {
                return None;
            }
            // "called in the envoy": the particle of a verb leads nothing in.
            if scan.language == Language::English && is_particle(scan, hit) {
                return None;
            }
            // "على شمال سوريا": the direction lies between the preposition and its noun.
            let direction = scan.language == Language::Arabic && DIRECTIONS.contains(&hit.canonical);
            let outer = at
                .checked_sub(1)
                .filter(|_| direction)
                .and_then(|before| scan.of_class_before(before + 1, "preposition").find(|hit| hit.tokens.len() == 1));
            return Some(outer.unwrap_or(hit).canonical.into());
        }
        // "to quake-hit Nepal": an adjective of two words.
        if let Some(first) = compound_before(scan, at).filter(|_| at + 1 == piece.tokens.start) {
            at = first;
            continue;
        }
        let token = &scan.sentence.tokens[at];
        let skippable = scan.begins_class(at, "honorific")
            || scan.begins_class(at, "quantifier")
            || scan.begins_class(at, "demonstrative")
            || scan.begins_class(at, "type-noun")
            || matches!(token.norm.as_str(), "the" | "a" | "an" | "both" | "\"" | "«" | "“" | "'")
            || has_own_grammar(scan.language) && grammar(scan.language).articles.contains(&token.norm.as_str())
            || scan.is_numeral(at);
        // "In November Chad": a date modifies nobody.
        let date = scan.language == Language::English && scan.is_temporal(at);
        let modifier = !matches!(scan.language, Language::Arabic | Language::Chinese)
            && !function_word(scan, at)
            && !date
            && at + 1 == piece.tokens.start;
        if !skippable && !modifier {
            return None;
        }
        // "بفخامة الرئيس": the preposition is written on the honorific.
        if scan.language == Language::Arabic {
            for (proclitic, written) in [(Proclitic::By, "ب"), (Proclitic::For, "ل"), (Proclitic::Like, "ك")] {
                if scan.class_proclitics(at).contains(&proclitic) {
                    return Some(written.into());
                }
            }
        }
    }
    None
}

/// The preposition that is written on "each": لكل, بكل.
fn written_on_each(word: &str) -> Option<&'static str> {
    let word = word.trim_start_matches(['و', 'ف']);
    ["ل", "ب"].into_iter().find(|preposition| word.strip_prefix(preposition) == Some("كل"))
}

/// Where an English adjective of two words begins that ends at a token: "quake-hit", "war-torn".
fn compound_before(scan: &Scan<'_>, last: usize) -> Option<usize> {
    let hyphen =
        last.checked_sub(1).filter(|&at| at > 0 && scan.word(at) == "-" && scan.language == Language::English)?;
    let joined = scan.adjacent(hyphen) && scan.adjacent(hyphen - 1);
    (joined && scan.begins_class(last, "compound-participle") && !scan.in_name(hyphen - 1)).then_some(hyphen - 1)
}

/// In "with Egypt, Jordan and Iraq" the preposition governs all three, unless a later one has its own.
pub(super) fn inherit_prepositions(phrases: &mut [Phrase]) {
    for at in 1..phrases.len() {
        if phrases[at].coordinated && phrases[at].preposition.is_none() {
            phrases[at].preposition = phrases[at - 1].preposition.clone();
        }
    }
}

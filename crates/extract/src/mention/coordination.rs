//! What "and" and commas join.

use super::piece::Piece;
use super::{Phrase, PhraseKind, has_own_grammar};
use crate::grammar::grammar;
use crate::lexicon::Form;
use crate::scan::{CueHit, Scan};
use crate::syntax::{Tag, joins_clauses};
use chancery_model::{Field, Language, Status};
use chancery_text::Proclitic;
use smallvec::SmallVec;
use std::ops::Range;

/// "On a trip to Morocco, the Spanish minister praised": behind the comma stands the subject of a clause.
pub(super) fn opens_clause(scan: &Scan<'_>, before: &Phrase, phrase: &Phrase) -> bool {
    let gap = before.tokens.end..phrase.tokens.start;
    let joined = gap.clone().any(|at| scan.tags[at] == Tag::Conjunction);
    let verb = matches!(scan.tags.get(phrase.tokens.end), Some(Tag::Verb(Form::Past | Form::Present) | Tag::Auxiliary));
    if gap.end > 0 && joins_clauses(scan, gap.end - 1, phrase.tokens.end) {
        return true;
    }
    // "with Chad expelling the envoy and Niger recalling its own".
    let acts = scan.tags.get(phrase.tokens.end) == Some(&Tag::Verb(Form::Gerund))
        && scan.triggers_at(phrase.tokens.end).iter().any(|hit| hit.form == Form::Gerund);
    if scan.language == Language::English && joined && acts && before.preposition.is_none() {
        return true;
    }
    // In a headline a comma may stand for "and": "Chad, Niger sign pact".
    if scan.sentence.field == Field::Title && before.preposition.is_none() {
        return false;
    }
    // "a camp inside Chad, and Niger shot down".
    let joined = joined && before.preposition.is_none();
    scan.language == Language::English
        && scan.tags.get(gap.start) == Some(&Tag::Comma)
        && !joined
        && verb
        && !before.coordinated
}

/// "… to Mali, the president said": behind the comma stands a speaker, not one more of a list.
pub(super) fn speaks(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    let at = (0..phrase.tokens.start).rev().find(|&at| scan.word(at) != "the");
    let behind_comma = at.is_some_and(|at| scan.word(at) == ",");
    scan.language != Language::Arabic
        && behind_comma
        && scan.reporting.iter().any(|hit| hit.tokens.start == phrase.tokens.end)
}

/// Joined by "and": the conjunction may stand on the word itself (و) or before it, or a comma in a list.
pub(super) fn coordinated(scan: &Scan<'_>, before: &Phrase, piece: &Piece) -> bool {
    let Some(gap) = piece.tokens.start.checked_sub(before.tokens.end) else { return false };
    if piece.proclitics.contains(&Proclitic::And) {
        // "السلطان هيثم -حفظه الله- والرئيس الكيني": what is wished to a ruler does not part him from whom he is joined to.
        let wished = |at: usize| matches!(scan.tags[at], Tag::Adverb | Tag::Mark);
        let near = gap == 1 && scan.word(before.tokens.end) == "،";
        return gap == 0 || near || gap <= LONGEST_WISH && (before.tokens.end..piece.tokens.start).all(wished);
    }
    if has_own_grammar(scan.language) {
        return coordinated_by_grammar(scan, before.tokens.end..piece.tokens.start);
    }
    // "الوزير المصري ونظيريه الأردني والعراقي": "and" stands on the word for those who are told by their states.
    let next = before.tokens.end;
    if scan.language == Language::Arabic && gap == 1 && scan.begins_class(next, "counterpart") {
        return scan.conjoined(next);
    }
    let mut end = piece.tokens.start;
    if scan.language == Language::English {
        // "Mr Putin and the visiting Mr Xi", "Chad and its neighbour Niger".
        let small = |at: usize| {
            scan.begins_class(at, "honorific")
                || scan.begins_class(at, "determiner")
                || scan.begins_class(at, "quantifier")
                || scan.begins_class(at, "counterpart")
                || scan.is_numeral(at)
        };
        while end > before.tokens.end && small(end - 1) {
            end -= 1;
        }
    }
    if end - before.tokens.end > LONGEST_JOINT {
        return false;
    }
    let between: SmallVec<[&str; LONGEST_JOINT]> = (before.tokens.end..end).map(|t| scan.word(t)).collect();
    matches!(
        between.as_slice(),
        ["and" | "," | "-" | "–" | "و" | "&"]
            | ["and" | ",", "the"]
            | [",", "and"]
            | [",", "and", "the"]
            | ["and", "his" | "her"]
            | ["as", "well", "as"]
            | [",", "as", "well", "as"]
            | ["along" | "together", "with"]
            | [",", "along" | "together", "with"]
    ) || matches!(between.as_slice(), ["or" | "nor"] | [",", "or" | "nor"]) && is_denied_before(scan, next)
}

/// "has not been recognised by Spain or Cyprus": behind a negation "or" joins what is denied of each.
fn is_denied_before(scan: &Scan<'_>, at: usize) -> bool {
    let denies = |cue: &CueHit<'_>| cue.tokens.end <= at && cue.cue.status == Status::Denied;
    scan.cues.iter().any(denies)
}

/// So many words between dashes wish a ruler well at most.
pub(super) const LONGEST_WISH: usize = 7;

/// So many words join two phrases at most: ", as well as".
const LONGEST_JOINT: usize = 4;

/// One mark or "and", with the little words that may follow it: "et de l'", "и". Chinese may write nothing at all: 中美.
fn coordinated_by_grammar(scan: &Scan<'_>, between: Range<usize>) -> bool {
    let grammar = grammar(scan.language);
    if between.is_empty() {
        return scan.language == Language::Chinese;
    }
    let joins = |t: usize| matches!(scan.word(t), "," | "-" | "–" | "—") || grammar.and.contains(&scan.word(t));
    let little = |t: usize| {
        joins(t)
            || grammar.articles.contains(&scan.word(t))
            || grammar.of.contains(&scan.word(t))
            || scan.begins_class(t, "preposition")
            || scan.begins_class(t, "possessive-pronoun")
    };
    between.len() <= 4 && joins(between.start) && between.into_iter().all(little)
}

/// "The French and German governments", "les gouvernements français et allemand": each adjective has its government.
pub(super) fn share_heads(language: Language, phrases: &mut [Phrase]) {
    let head_first = matches!(language, Language::Arabic | Language::French | Language::Spanish);
    for at in 1..phrases.len() {
        let (before, rest) = phrases.split_at_mut(at);
        let (before, phrase) = (&mut before[at - 1], &mut rest[0]);
        if !phrase.coordinated {
            continue;
        }
        match (before.kind, phrase.kind) {
            (PhraseKind::Adjective, PhraseKind::Actor) if !head_first && phrase.adjectival => {
                before.kind = PhraseKind::Actor
            }
            (PhraseKind::Actor, PhraseKind::Adjective) if head_first && before.adjectival => {
                phrase.kind = PhraseKind::Actor
            }
            _ => {}
        }
    }
}

/// "Russian and Uzbek forces", "وزيرا الخارجية السعودي والإيراني": two adjectives of one body are two actors.
pub(super) fn promote_coordinated(scan: &Scan<'_>, phrases: &mut [Phrase]) {
    for at in 1..phrases.len() {
        if !phrases[at].coordinated {
            continue;
        }
        let holds = |phrase: &Phrase| phrase.kind == PhraseKind::Actor && (phrase.body || phrase.office.is_some());
        if scan.language == Language::Arabic && holds(&phrases[at - 1]) && phrases[at].kind == PhraseKind::Adjective {
            let before = phrases[at - 1].clone();
            phrases[at].kind = PhraseKind::Actor;
            (phrases[at].body, phrases[at].personal) = (before.body, before.personal);
            phrases[at].office = before.office;
        }
        let adjacent = phrases[at - 1].tokens.end + 1 == phrases[at].tokens.start;
        if scan.language != Language::Arabic
            && holds(&phrases[at])
            && adjacent
            && phrases[at - 1].kind == PhraseKind::Adjective
        {
            phrases[at - 1].kind = PhraseKind::Actor;
            phrases[at - 1].body = phrases[at].body;
            phrases[at - 1].personal = phrases[at].personal;
        }
    }
}

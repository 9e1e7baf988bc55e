//! What the phrases of a sentence tell of one another once all are there.

use super::arabic;
use super::coordination::coordinated;
use super::denote::phrase;
use super::piece::{Part, Piece};
use super::preposition::preposition;
use super::{Anaphor, Ids, Phrase, PhraseKind};
use crate::lexicon::Form;
use crate::scan::{Scan, TriggerHit};
use crate::syntax::Tag;
use chancery_model::{EntityKind, Language, World};
use chancery_text::Proclitics;
use jiff::civil::Date;
use std::ops::Range;

/// "the Group of Seven (G-7) meeting": the acronym in brackets belongs to the name before it.
pub(super) fn fold_acronyms(scan: &Scan<'_>, phrases: &mut Vec<Phrase>) {
    let folds = |name: &Phrase, acronym: &Phrase| {
        acronym.tokens.start == name.tokens.end + 1
            && scan.word(name.tokens.end) == "("
            && scan.word(acronym.tokens.end) == ")"
            && name.ids == acronym.ids
            && !name.ids.is_empty()
    };
    let mut at = 1;
    while at < phrases.len() {
        if folds(&phrases[at - 1], &phrases[at]) {
            phrases[at - 1].tokens.end = phrases[at].tokens.end + 1;
            phrases.remove(at);
        } else {
            at += 1;
        }
    }
}

/// "Samantha Power, who runs the American aid agency, flew": a name of which only what stands behind it tells whom it acts for.
pub(super) fn add_name(
    scan: &Scan<'_>,
    world: &World,
    day: Option<Date>,
    phrases: &mut Vec<Phrase>,
    tokens: Range<usize>,
    ids: Ids,
) {
    if phrases.iter().any(|phrase| phrase.tokens.start < tokens.end && tokens.start < phrase.tokens.end) {
        return;
    }
    let (part, proclitics) = (Part::Introduced { ids }, Proclitics::default());
    let piece = Piece { tokens, part, proclitics, enclitic: None, owner: None };
    let mut phrase = phrase(world, day, std::slice::from_ref(&piece));
    phrase.preposition = preposition(scan, &piece);
    let at = phrases.partition_point(|known| known.tokens.start < piece.tokens.start);
    phrase.coordinated = at.checked_sub(1).is_some_and(|before| coordinated(scan, &phrases[before], &piece));
    phrases.insert(at, phrase);
}

/// "her counterpart, Toshimitsu Motegi": the name says who it is.
pub(super) fn name_counterparts(scan: &Scan<'_>, phrases: &mut [Phrase]) {
    for at in 1..phrases.len() {
        let gap = phrases[at - 1].tokens.end..phrases[at].tokens.start;
        let apposed = gap.is_empty() || gap.len() == 1 && scan.tags[gap.start] == Tag::Comma;
        // "جارتها مالاوي": the neighbour is named.
        let is_state = gap.is_empty()
            && phrases[at].kind == PhraseKind::Actor
            && phrases[at].ids.iter().all(|id| id.kind() == EntityKind::State)
            && !phrases[at].personal;
        if is_state && phrases[at - 1].kind == PhraseKind::Anaphor(Anaphor::Counterpart) {
            phrases[at - 1].kind = PhraseKind::Actor;
            phrases[at - 1].ids = phrases[at].ids.clone();
        }
        if phrases[at - 1].kind == PhraseKind::Anaphor(Anaphor::Counterpart) && apposed && phrases[at].person.is_some()
        {
            phrases[at - 1].kind = PhraseKind::Actor;
            phrases[at - 1].ids = phrases[at].ids.clone();
            phrases[at - 1].person = phrases[at].person.clone();
            phrases[at - 1].personal = true;
        }
    }
}

/// "the Interior Minister and Vice President of Kenya": two offices without an article between them are of one state.
pub(super) fn share_state(scan: &Scan<'_>, phrases: &mut [Phrase]) {
    if scan.language != Language::English {
        return;
    }
    for at in 1..phrases.len() {
        let and = phrases[at - 1].tokens.end;
        let joined = phrases[at].tokens.start == and + 1 && scan.word(and) == "and";
        let bare = phrases[at - 1].kind == PhraseKind::Anaphor(Anaphor::Office);
        let known = phrases[at].kind == PhraseKind::Actor && phrases[at].office.is_some() && phrases[at].personal;
        if joined && bare && known {
            phrases[at - 1].kind = PhraseKind::Actor;
            phrases[at - 1].ids = phrases[at].ids.clone();
        }
    }
}

/// "UK steel-makers", "the EU executive's": a name before another noun only says of whom that is.
pub(super) fn demote_modifiers(scan: &Scan<'_>, phrases: &mut [Phrase]) {
    if scan.language == Language::Arabic {
        return arabic::demote_accusatives(scan, phrases);
    }
    if scan.language != Language::English {
        return;
    }
    for phrase in phrases {
        let next = phrase.tokens.end;
        let hyphen = matches!(scan.word(next), "-" | "–") && scan.adjacent(next - 1) && scan.adjacent(next);
        // "the M23 rebels" are the group itself.
        let group = !phrase.ids.is_empty() && phrase.ids.iter().all(|id| id.kind() == EntityKind::Group);
        let band = group && phrase.kind == PhraseKind::Actor && scan.begins_class(next, "band");
        // "flew to Tokyo days later".
        let later = matches!(scan.word(next), "hours" | "days" | "weeks" | "months" | "years" | "minutes");
        let noun = !later
            && scan.tags.get(next) == Some(&Tag::Noun)
            && !scan.in_name(next)
            && !is_recipient(scan, phrase)
            && !band;
        // "the Russian city of Ryazan": a place in the state.
        if phrase.kind == PhraseKind::Adjective && scan.begins_class(next, "town") && phrase.tokens.len() == 1 {
            phrase.kind = PhraseKind::Place;
            phrase.tokens.end += 1;
            continue;
        }
        if band {
            phrase.tokens.end += 1;
        }
        if phrase.kind == PhraseKind::Actor && !phrase.personal && !phrase.body && (noun || hyphen) {
            phrase.kind = PhraseKind::Adjective;
        }
    }
}

/// "gave Chad money": the name of a state right behind a verb of giving, before what is given.
pub(crate) fn is_recipient(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    let gives = |hit: &TriggerHit<'_>| {
        hit.form != Form::Noun
            && hit.tokens.end == phrase.tokens.start
            && matches!(hit.trigger.frame.event_type.name(), "give-aid" | "supply-arms")
    };
    let named = phrase.tokens.clone().all(|at| scan.in_name(at) && !scan.is_demonym(at));
    named && !phrase.possessive && scan.triggers.iter().any(gives)
}

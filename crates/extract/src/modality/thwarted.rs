//! What somebody did not bring about, whatever the verb: failed to, nearly did, was kept from, would have done.

use super::{REACH, Reality, is_negated};
use crate::lexicon::Form;
use crate::scan::{Scan, TriggerHit};
use crate::syntax::Tag;
use chancery_model::{Language, Status};
use compact_str::format_compact;

/// Arabic verbs by class, between which and their preposition the subject may stand, and what they make of the noun behind it.
const PARTED: [(&str, &[&str], Status); 4] = [
    // "تراجعت المجر عن قرارها الانسحاب".
    ("backs-out", &["عن"], Status::Cancelled),
    // "فشلت أرمينيا وأذربيجان في توقيع معاهدة".
    ("fails", &["في", "عن"], Status::Denied),
    ("refrains", &["عن"], Status::Denied),
    // "اقتربت واشنطن وطهران من إبرام اتفاق".
    ("nears", &["من"], Status::Possible),
];

/// The status of what failed, nearly happened or was prevented.
pub(super) fn thwarted(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    let (verb, status) = match scan.language {
        Language::Arabic => parted(scan, hit)?,
        Language::English => (nearly(scan, hit).or_else(|| prevented(scan, hit))?, Status::Denied),
        _ => return None,
    };
    Some(Reality { status, firm: true, cue: Some(verb), because: format_compact!("cue {}", scan.word(verb)) })
}

fn parted(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<(usize, Status)> {
    if hit.form != Form::Noun {
        return None;
    }
    let start = hit.tokens.start;
    let within = |at: &usize| !scan.is_strong_boundary(*at) && scan.tags[*at] != Tag::Comma;
    let stands = |class: &'static str| scan.of_class(class).next().is_some();
    PARTED.iter().filter(|(class, ..)| stands(class)).find_map(|(class, prepositions, status)| {
        let before = (0..start).rev().take(REACH).take_while(within);
        let led = before.into_iter().find(|&at| prepositions.contains(&scan.word(at)))?;
        let verb = (0..led).rev().take(REACH).take_while(within).find(|&at| scan.finite_verb_at(at))?;
        let plain = !(led..start).any(|at| scan.finite_verb_at(at) || scan.tags[at] == Tag::Complementizer);
        (plain && !is_negated(scan, verb) && scan.begins_class(verb, class)).then_some((verb, *status))
    })
}

/// "nearly signed", "was almost expelled".
fn nearly(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<usize> {
    let done = matches!(hit.form, Form::Past | Form::Participle);
    hit.tokens.start.checked_sub(1).filter(|&at| done && matches!(scan.word(at), "nearly" | "almost"))
}

/// "prevented the minister from visiting".
fn prevented(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<usize> {
    let from = hit.tokens.start.checked_sub(1).filter(|&at| hit.form == Form::Gerund && scan.word(at) == "from")?;
    let object = |at: &usize| matches!(scan.tags[*at], Tag::Noun | Tag::Determiner | Tag::Possessive | Tag::Pronoun);
    let verb = (0..from).rev().find(|at| !object(at))?;
    (verb + 1 < from && scan.begins_class(verb, "prevents")).then_some(verb)
}

/// "Had Kyiv signed, troops would have left", "if it had signed, …": both clauses tell what did not happen.
pub(super) fn is_counterfactual(scan: &Scan<'_>) -> bool {
    let length = scan.tags.len();
    let would = |at: &usize| matches!(scan.word(*at), "would" | "could" | "might") && scan.word(at + 1) == "have";
    let opens = |at: usize| at == 0 || scan.word(at - 1) == "\"" || scan.tags[at - 1] == Tag::Comma;
    let had = |at: usize| scan.word(at) == "had" && (opens(at) && scan.tags.get(at + 1) == Some(&Tag::Noun));
    let unmet = |at: usize| scan.word(at) == "if" && (at + 1..length.min(at + 7)).any(|at| scan.word(at) == "had");
    scan.language == Language::English && (0..length).any(|at| would(&at)) && (0..length).any(|at| had(at) || unmet(at))
}

/// "the trip fell through", "the meeting never took place": said of a noun behind it.
pub(super) fn came_to_nothing(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    let inside = |at: &usize| !matches!(scan.tags[*at], Tag::Stop | Tag::Comma | Tag::Conjunction);
    let behind = (hit.tokens.end..scan.tags.len()).take(REACH).take_while(inside);
    let said = behind.into_iter().find(|&at| scan.begins_class(at, "comes-to-nothing"))?;
    let because = format_compact!("said of it: {}", scan.word(said));
    Some(Reality { status: Status::Cancelled, firm: true, cue: Some(said), because })
}

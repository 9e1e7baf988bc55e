//! What is told of as the content of something else: the object of a verb that tells when, what a plan provides, what talks are about.

use super::{REACH, Reality};
use crate::lexicon::Form;
use crate::scan::{Scan, TriggerHit};
use crate::syntax::Tag;
use chancery_model::{Language, Status};
use chancery_text::Proclitic;
use compact_str::format_compact;

/// How real an Arabic noun is by what it is the content of.
pub(super) fn content(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    if hit.form != Form::Noun || scan.language != Language::Arabic {
        return None;
    }
    governing_verb(scan, hit).or_else(|| decided(scan, hit)).or_else(|| {
        let changes = CHANGES.contains(&hit.trigger.frame.event_type.name());
        let (cue, status) = Some(changes)
            .filter(|changes| *changes)
            .and_then(|_| provided(scan, hit).or_else(|| discussed(scan, hit).map(|at| (at, Status::Possible))))?;
        Some(Reality { status, firm: true, cue: Some(cue), because: format_compact!("content of {}", scan.word(cue)) })
    })
}

/// Acts that are still to come where a plan provides them or talks are about them. A war, a charge or sanctions are there already.
const CHANGES: [&str; 18] = [
    "withdraw-forces",
    "ease-sanctions",
    "release",
    "open-mission",
    "close-mission",
    "establish-relations",
    "restore-relations",
    "normalise-relations",
    "sever-relations",
    "recognise",
    "join-agreement",
    "leave-agreement",
    "ratify-agreement",
    "supply-arms",
    "give-aid",
    "halt-cooperation",
    "military-exercise",
    "visit",
];

/// "ستعيد فرض العقوبات", "لن تستأنف المفاوضات": an Arabic noun is as real as the verb whose object it is; "سيوقع مرسوما يقضي برفع العقوبات", as
/// the verb whose object contains it.
fn governing_verb(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    let behind_nouns = |end: usize| (end.saturating_sub(8)..end).rev().find(|&at| scan.tags[at] != Tag::Noun);
    let verb = match container(scan, hit) {
        Some(contains) => behind_nouns(contains)?,
        None if hit.proclitics.iter().any(|p| *p != Proclitic::And) => return None,
        None => behind_nouns(hit.tokens.start)?,
    };
    if !scan.tags[verb].is_verb() || scan.reporting.iter().any(|hit| hit.tokens.start == verb) {
        return None;
    }
    let negated = verb.checked_sub(1).is_some_and(|at| matches!(scan.word(at), "لن" | "لم"));
    let status = match (negated, scan.has_proclitic(verb, Proclitic::Will)) {
        (true, _) => Status::Denied,
        (_, true) => Status::Planned,
        _ => return None,
    };
    Some(Reality { status, firm: true, cue: Some(verb), because: format_compact!("verb above: {}", scan.word(verb)) })
}

/// Acts that are still to be carried out when they have been decided upon. To cut relations or to impose sanctions is done by deciding it.
const CARRIED_OUT: [&str; 10] = [
    "open-mission",
    "establish-relations",
    "restore-relations",
    "withdraw-forces",
    "release",
    "supply-arms",
    "give-aid",
    "join-agreement",
    "leave-agreement",
    "visit",
];

/// "قررت سلوفينيا إعادة فتح سفارتها".
fn decided(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    if !CARRIED_OUT.contains(&hit.trigger.frame.event_type.name()) || scan.has_preposition(hit.tokens.start) {
        return None;
    }
    let verb = (0..hit.tokens.start).rev().take(REACH).find(|&at| scan.tags[at] != Tag::Noun)?;
    let decides = scan.tags[verb] == Tag::Verb(Form::Past) && scan.begins_class(verb, "decides");
    decides.then(|| Reality { status: Status::Planned, firm: true, cue: Some(verb), because: "a decision".into() })
}

/// The verb that says what a decree or a deal contains: "مرسوما يتضمن رفع", "قرارا يقضي بفرض", "اتفاقا ينص على إعادة".
fn container(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<usize> {
    let before = hit.tokens.start.checked_sub(1)?;
    let verb = if scan.tags[before] == Tag::Preposition { before.checked_sub(1)? } else { before };
    scan.begins_class(verb, "contains").then_some(verb)
}

/// "ينص الاتفاق على نزع السلاح وانسحاب القوات", "خطة تتضمن رفع العقوبات": what a deal or a plan provides, and whether it binds anybody.
fn provided(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<(usize, Status)> {
    let mut before = (0..hit.tokens.start).rev().take(REACH).take_while(|at| is_within(scan, *at));
    // تشمل stands as a preposition too, "including".
    let contains = |at: usize| scan.begins_class(at, "contains");
    let verb = before.find(|&at| scan.tags[at].is_verb() || contains(at)).filter(|&at| contains(at))?;
    let named = |class: &str| (verb.saturating_sub(3)..verb + 3).find(|&at| at != verb && scan.begins_class(at, class));
    named("proposal").map(|at| (at, Status::Possible)).or_else(|| named("agreement").map(|at| (at, Status::Planned)))
}

/// "المفاوضات بشأن انسحاب الجيش", "محادثات مع طهران حول رفع العقوبات": what talks are about.
fn discussed(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<usize> {
    let talks = |at: &usize| scan.begins_class(*at, "talks") || scan.begins_class(*at, "negotiation");
    let mut before = (0..hit.tokens.start).rev().take(REACH).take_while(|at| is_within(scan, *at));
    let about = before.find(|&at| scan.tags[at].is_verb() || matches!(scan.word(at), "بشان" | "حول" | "بخصوص"))?;
    if !scan.tags[about].is_verb() {
        return before.find(talks);
    }
    // "تتناول المفاوضات انسحاب الجيش".
    Some(about + 1).filter(|at| scan.begins_class(about, "deals-with") && talks(at))
}

/// Whether a token belongs to the clause of what stands behind it.
fn is_within(scan: &Scan<'_>, at: usize) -> bool {
    !matches!(scan.tags[at], Tag::Stop | Tag::Complementizer | Tag::Relative | Tag::Subordinator)
}

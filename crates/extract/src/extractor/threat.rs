//! Acts that are only threatened: the threat is the event.

use crate::lexicon::Form;
use crate::scan::{Scan, TriggerHit};
use crate::syntax::Tag;
use chancery_model::{AttributionStep, Claim, Language, Status};
use chancery_text::Proclitic;

/// Hostile acts that news threatens with.
const THREATENED: [&str; 12] = [
    "attack",
    "impose-sanctions",
    "coerce",
    "expel-diplomat",
    "sever-relations",
    "halt-cooperation",
    "close-mission",
    "recall-envoy",
    "suspend-relations",
    "downgrade-relations",
    "mobilise",
    "accuse",
];

/// "said it would strike Chad if provoked": what one says that one will do to others on a condition.
pub(super) fn is_conditional_threat(scan: &Scan<'_>, hit: &TriggerHit<'_>, claim: &Claim) -> bool {
    let start = hit.tokens.start;
    let own = |step: &AttributionStep| step.agent.as_ref().is_some_and(|id| claim.source.contains(id));
    scan.language == Language::English
        && THREATENED.contains(&claim.event_type.name())
        && matches!(claim.status, Status::Planned | Status::Possible)
        && claim.attribution.last().is_some_and(own)
        && start.checked_sub(1).is_some_and(|at| matches!(scan.word(at), "would" | "will"))
        && (hit.tokens.end..scan.tags.len()).any(|at| matches!(scan.word(at), "if" | "unless"))
}

/// "if Chad keeps threatening Mali": what would be answered has been said by nobody.
fn is_mere_condition(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    const NEAR: usize = 6;
    let start = hit.tokens.start;
    let inside = |at: &usize| !matches!(scan.tags[*at], Tag::Comma | Tag::Stop | Tag::Complementizer | Tag::Relative);
    let mut clause = (start.saturating_sub(NEAR)..start).rev().take_while(inside);
    hit.form != Form::Noun && clause.any(|at| matches!(scan.word(at), "if" | "unless"))
}

/// "منطلق لتهديد أمنها", "التهديد الصيني": what a thing serves for, and what somebody is held to be, threatens nobody yet.
pub(super) fn is_mere_danger(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let danger = scan.word(hit.tokens.start) == "التهديد" && !scan.has_proclitic(hit.tokens.end, Proclitic::By);
    // "تهديد مصالح شعوبها", "سلسلة من التهديدات لسيادتها": so is what it does harm to.
    let danger = danger || scan.begins_class(hit.tokens.end, "endangered");
    if scan.language == Language::English {
        return hit.trigger.frame.event_type.name() == "threaten" && is_mere_condition(scan, hit);
    }
    scan.language == Language::Arabic
        && hit.form == Form::Noun
        && hit.trigger.frame.event_type.name() == "threaten"
        && (danger || hit.proclitics.contains(&Proclitic::For))
}

/// Under a verb of threatening.
pub(super) fn is_threatened(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    if !THREATENED.contains(&hit.trigger.frame.event_type.name()) {
        return false;
    }
    match scan.language {
        Language::English => is_threatened_in_english(scan, hit),
        Language::Arabic => is_threatened_in_arabic(scan, hit),
        _ => false,
    }
}

/// "هدد الرئيس بقطع العلاقات مع غيانا": a verbal noun with ب behind the verb, with nothing between but who threatens.
fn is_threatened_in_arabic(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let start = hit.tokens.start;
    let between = |at: &usize| !scan.is_strong_boundary(*at) && !scan.finite_verb_at(*at);
    let verb = (0..start).rev().take(ARABIC_REACH).find(|at| !between(at));
    hit.form == Form::Noun
        && hit.proclitics.contains(&Proclitic::By)
        && verb.is_some_and(|verb| scan.finite_verb_at(verb) && scan.begins_class(verb, "threat-verb"))
}

/// So far behind the verb may stand what it threatens with: its subject has title and name.
const ARABIC_REACH: usize = 10;

/// "vowed to avenge the killing and punish Chad".
fn is_threatened_in_english(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let start = hit.tokens.start;
    let inside = |at: &usize| {
        !matches!(scan.tags[*at], Tag::Stop | Tag::Relative | Tag::Complementizer | Tag::Comma)
            && !scan.finite_verb_at(*at)
    };
    let above = || (0..start).rev().take(12).find(|at| !inside(at));
    scan.tags[start] == Tag::Verb(Form::Base)
        && (0..start).rev().take(12).take_while(inside).any(|at| scan.word(at) == "to")
        && above().is_some_and(|verb| scan.tags[verb].is_verb() && scan.begins_class(verb, "threatens"))
}

//! Whose the pronoun on a noun is: "their attack", "اتهامه لها", "بعد اعترافهما".

use super::{first_of_group, with_coordinated};
use crate::lexicon::Form;
use crate::mention::{Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Tag, agrees_with};
use chancery_model::{EntityId, Language};
use chancery_text::{Enclitic, Proclitic};

/// "سحبت بيرو سفيريها من تشيلي وبوليفيا بعد اعترافهما", "بعد تحركهما نحو الاعتراف": the pronoun of several is not of one subject.
pub(super) fn disagrees(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, subject: usize) -> bool {
    let first = first_of_group(phrases, subject);
    let lone = phrases[first].ids.len() == 1 && with_coordinated(phrases, first).len() == 1;
    let people = agrees_with(scan, &phrases[subject], Enclitic::They) || phrases[subject].body;
    let one = lone && !people && phrases[subject].kind == PhraseKind::Actor;
    one && of_several(scan, hit)
}

/// Whether the pronoun of a noun is of several.
pub(super) fn of_several(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let several = |pronoun: Enclitic| matches!(pronoun, Enclitic::They | Enclitic::Dual);
    scan.language == Language::Arabic && pronoun_told(scan, hit).is_some_and(several)
}

/// The pronoun on a noun, or on the noun whose preposition leads to it: "تحركهما نحو الاعتراف".
fn pronoun_told(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Enclitic> {
    let above = || {
        let noun = hit.tokens.start.checked_sub(2).filter(|&at| scan.tags[at + 1] == Tag::Preposition)?;
        (scan.tags[noun] == Tag::Noun && scan.word(noun).ends_with("هما")).then_some(Enclitic::Dual)
    };
    hit.enclitic.or_else(above)
}

/// The first of the last list of actors before a noun.
pub(super) fn several_named_before(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> Option<usize> {
    let before = |phrase: &Phrase| phrase.tokens.end <= hit.tokens.start && phrase.is_actor() && !phrase.ids.is_empty();
    let last = (0..phrases.len())
        .rev()
        .find(|&at| before(&phrases[at]) && (phrases[at].coordinated || phrases[at].ids.len() > 1))?;
    let first = (0..=last).rev().find(|&at| !phrases[at].coordinated)?;
    (scan.language == Language::Arabic).then_some(first)
}

/// Acts that answer what those did to whom they are done.
const JUDGING: [&str; 9] = [
    "impose-sanctions",
    "condemn",
    "accuse",
    "express-support",
    "courtesy",
    "expel-diplomat",
    "summon-envoy",
    "threaten",
    "coerce",
];

/// "عاقبت كندا شركات كينية لتزويدها تشاد بالسلاح", "شكر قطر على استضافتها المحادثات": the verb that judges somebody for what a noun with their
/// pronoun tells.
pub(super) fn judged_for(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<usize> {
    let start = hit.tokens.start;
    let reason = hit.proclitics.contains(&Proclitic::For)
        || start.checked_sub(1).is_some_and(|at| matches!(scan.word(at), "علي" | "بسبب" | "جراء"));
    let verb = scan.finite_verb_before(start).filter(|_| scan.language == Language::Arabic && reason)?;
    let judges = |other: &TriggerHit<'_>| JUDGING.contains(&other.trigger.frame.event_type.name());
    scan.triggers_at(verb).iter().any(judges).then_some(verb)
}

/// "his trip": of a person.
fn persons_own(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let near = (hit.tokens.start.saturating_sub(3)..hit.tokens.start).rev();
    let pronoun = near.into_iter().find(|&at| scan.begins_class(at, "possessive-pronoun"));
    scan.language == Language::English && pronoun.is_some_and(|at| matches!(scan.word(at), "his" | "her"))
}

/// "تصريحات المالكي ضد السعودية واتهامه لها": the actor named last that the pronoun on the noun agrees with, else the one named last.
pub(super) fn possessor_named_before(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    others: &[EntityId],
) -> Option<usize> {
    let fits = |at: &usize| {
        let phrase = &phrases[*at];
        let free = !phrase.ids.iter().any(|id| others.contains(id));
        let person = phrase.personal || !persons_own(scan, hit);
        phrase.tokens.end <= hit.tokens.start && phrase.is_actor() && !phrase.ids.is_empty() && free && person
    };
    let before: Vec<usize> = (0..phrases.len()).rev().filter(fits).collect();
    let agreeing = hit.enclitic.filter(|_| scan.language == Language::Arabic);
    let agrees = |at: &&usize| agreeing.is_some_and(|pronoun| agrees_with(scan, &phrases[**at], pronoun));
    before.iter().find(agrees).or(before.first()).copied()
}

pub(super) fn possessive_pronoun_before(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    // "بتقديمها اعتذارا", "لقيامه بقصف المدينة": on the noun that only says that it is done.
    let light = hit.tokens.start.checked_sub(1).is_some_and(|at| scan.class_enclitic(at, "resolve"));
    if light && scan.language == Language::Arabic && hit.form == Form::Noun {
        return true;
    }
    (1..=3).filter_map(|back| hit.tokens.start.checked_sub(back)).any(|t| scan.begins_class(t, "possessive-pronoun"))
}

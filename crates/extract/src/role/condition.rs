//! Whom a threat is for, told only by its condition: "هددت كينيا بإجراءات صارمة إذا لم تسحب أوغندا قواتها".

use super::{REACH, Roles};
use crate::lexicon::{ArgumentFunction, Form};
use crate::mention::{Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Subject, Syntax, Tag};

/// Behind the word that opens a condition its verb or its noun stands so near.
const NEAR: usize = 5;

/// Whoever has to meet the condition of a threat that names nobody else is threatened.
pub(super) fn threatened_on_condition(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    roles: &mut Roles,
) {
    if hit.trigger.frame.event_type.name() != "threaten" || hit.form == Form::Noun || roles.agents.is_empty() {
        return;
    }
    let end = (hit.tokens.end + REACH).min(scan.tags.len());
    let clause = (hit.tokens.end..end).take_while(|&at| scan.tags[at] != Tag::Stop);
    let Some(opens) = clause.into_iter().find(|&at| opens_condition(scan, at)) else { return };
    let near = opens + 1..(opens + 1 + NEAR).min(scan.tags.len());
    let found = match near.clone().find(|&at| scan.tags[at].is_verb()) {
        Some(verb) => match syntax.subject(scan, phrases, verb) {
            Subject::Phrase(at) if phrases[at].tokens.start > opens => Some(at),
            _ => None,
        },
        None => phrases.iter().position(|p| near.contains(&p.tokens.start) && p.preposition.is_none()),
    };
    let acts = |phrase: &Phrase| roles.agents.iter().any(|&agent| phrases[agent].ids == phrase.ids);
    let found = found.filter(|&at| phrases[at].kind == PhraseKind::Actor && !acts(&phrases[at]));
    roles.step("who has to meet the condition", scan, phrases, found.as_slice());
    roles.fill(ArgumentFunction::Patient, found.as_slice());
}

/// "إذا", "في حال", "ما لم".
fn opens_condition(scan: &Scan<'_>, token: usize) -> bool {
    let before = token.checked_sub(1).map(|at| scan.word(at)).unwrap_or_default();
    match scan.word(token) {
        "اذا" => true,
        "حال" | "حالة" => before == "في",
        "لم" => before == "ما",
        _ => false,
    }
}

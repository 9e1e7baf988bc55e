//! Whose word a claim is, beyond the frames of reporting: what is presupposed, denied, pledged.

use super::parties::Parties;
use crate::lexicon::Form;
use crate::mention::Phrase;
use crate::modality::Reality;
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Subject, Syntax, Tag};
use chancery_model::{AttributionStep, Language, SourceKind, Status};

/// "the embargo, which the United States imposed in 1962": the first verb behind a relative pronoun.
pub(super) fn in_relative_clause(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let before = (0..hit.tokens.start).rev().take(8);
    before
        .take_while(|&at| !matches!(scan.tags[at], Tag::Stop | Tag::Complementizer) && !scan.finite_verb_at(at))
        .any(|at| scan.tags[at] == Tag::Relative)
}

/// "the ties that it cut in 2003", "a pact struck between the two", "despite its refusal to sign": known already, whoever speaks.
pub(super) fn is_presupposed(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let start = hit.tokens.start;
    let participle = |at: usize| {
        scan.tags.get(at) == Some(&Tag::Verb(Form::Participle))
            && at > 0
            && scan.tags[at - 1] == Tag::Noun
            && scan.tags.get(at + 1) == Some(&Tag::Preposition)
    };
    let reduced = participle(start) || hit.form == Form::Noun && participle(hit.tokens.end);
    let inside = |at: &usize| !matches!(scan.tags[*at], Tag::Stop | Tag::Comma) && !scan.finite_verb_at(*at);
    let before = || (0..start).rev().take(10).take_while(inside);
    let told = |at: usize| scan.reporting.iter().any(|said| (at.saturating_sub(6)..at).contains(&said.tokens.start));
    // "evidence that Chad attacked", "reports that", "it was clear that": that is told, not known.
    let opens_content = |noun: usize| scan.begins_class(noun, "report") || scan.begins_class(noun, "opens-content");
    let relative = |at: usize| {
        scan.word(at) == "that"
            && at > 0
            && scan.tags[at - 1] == Tag::Noun
            && !opens_content(at - 1)
            && scan.tags[at] == Tag::Complementizer
            && !told(at)
    };
    let despite = |at: usize| scan.word(at) == "despite";
    reduced || before().any(|at| relative(at) || despite(at))
}

/// "Denial"; نفى, "denied", is written alike once letters are made equal.
const DENIAL: &str = "نفي";

/// Who denies it: the subject of "denied" is whose word it is.
pub(super) fn denier(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    syntax: &Syntax,
    reality: &Reality,
) -> Option<AttributionStep> {
    let cue = reality.cue.filter(|_| reality.status == Status::Denied)?;
    // "جدد وزير الخارجية القطري نفي بلاده": a denial may be a noun.
    let verb = scan.tags[cue].is_verb();
    let noun = scan.language == Language::Arabic && !verb && scan.word(cue).trim_start_matches('ب') == DENIAL;
    let denies = noun || scan.begins_class(cue, "denies") || scan.reporting.iter().any(|hit| hit.tokens.start == cue);
    let subject = match noun {
        true => syntax.clause_subject(scan, phrases, cue),
        false if verb => syntax.subject(scan, phrases, cue),
        false => return None,
    };
    let Subject::Phrase(at) = subject else { return None };
    let agent = phrases[at].ids.first().filter(|id| denies && id.is_actor())?;
    let surface = phrases[at].span(scan).of(scan.text).to_owned();
    Some(AttributionStep { agent: Some(agent.clone()), kind: SourceKind::Speaker, surface })
}

/// Whether a preposition leads to the noun group of a trigger.
pub(super) fn is_governed(scan: &Scan<'_>, syntax: &Syntax, hit: &TriggerHit<'_>) -> bool {
    let group = syntax.group_at(hit.tokens.start).map(|at| &syntax.groups[at]);
    group.and_then(|group| group.tokens.start.checked_sub(1)).is_some_and(|at| scan.tags[at] == Tag::Preposition)
}

/// "The EU pledged to lift the ban": what somebody promises is on their own word.
pub(super) fn pledger(scan: &Scan<'_>, parties: &Parties, reality: &Reality) -> Option<AttributionStep> {
    let cue = reality.cue.filter(|&at| reality.status == Status::Planned && scan.begins_class(at, "pledges"))?;
    let agent = parties.source.first()?.clone();
    let surface = scan.sentence.tokens[cue].span.of(scan.text).to_owned();
    Some(AttributionStep { agent: Some(agent), kind: SourceKind::Speaker, surface })
}

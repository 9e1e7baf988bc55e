//! "نفت بغداد ما تردد عن زيارة", "denied reports of a visit", "reports of a visit are untrue": who denies a report denies what it tells.

use super::{Reality, is_negated};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::Tag;
use chancery_model::{Language, Status};
use compact_str::format_compact;

/// So far from the report may stand what it tells, and who denies it.
const REACH: usize = 16;

/// What becomes of a trigger that stands in what a report tells, where somebody says something of the report.
pub(super) enum Told {
    /// They deny it.
    Denied(Reality),
    /// They do not deny it, or do not comment on it.
    Open,
}

/// What is said of the report that a trigger stands in.
pub(super) fn of_report(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Told> {
    // Most sentences speak of none.
    scan.of_class("report").next()?;
    let start = hit.tokens.start;
    let within = |at: &usize| scan.tags[*at] != Tag::Stop;
    let report = (0..start).rev().take(REACH).take_while(within).find(|&at| is_report(scan, at))?;
    let tells = (report + 1..start).any(|at| is_about(scan, at));
    if !tells || (report + 1..start).any(|at| goes_on(scan, at)) || is_joined(scan, start) {
        return None;
    }
    let verb = governor(scan, report);
    let open = verb.is_some_and(|at| scan.begins_class(at, "leaves-open") || is_negated(scan, at));
    if open {
        return Some(Told::Open);
    }
    let cue = verb.or_else(|| denial_behind(scan, hit.tokens.end))?;
    let because = format_compact!("denied report: {}", scan.word(cue));
    Some(Told::Denied(Reality { status: Status::Denied, firm: true, cue: Some(cue), because }))
}

/// "dismissed rumours of a meeting": the report is what is refused, and nobody else.
pub(crate) fn refuses_report(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let end = hit.tokens.end;
    let plain = |at: &usize| matches!(scan.tags[*at], Tag::Noun | Tag::Determiner) && !scan.in_name(*at);
    let object = (end..scan.tags.len().min(end + 5)).take_while(plain);
    let report = object.into_iter().find(|&at| is_report(scan, at));
    hit.trigger.frame.event_type.name() == "reject"
        && report.is_some_and(|at| is_about(scan, at + 1) && !matches!(scan.word(at + 1), "by" | "from"))
}

/// A word for what is told: "reports", "أنباء", "ما تردد", "ما تم تداوله".
fn is_report(scan: &Scan<'_>, at: usize) -> bool {
    if !scan.begins_class(at, "report") {
        return false;
    }
    let told = |at: usize| scan.word(at) == "ما";
    scan.language != Language::Arabic || !scan.tags[at].is_verb() || (at.saturating_sub(2)..at).any(told)
}

/// The word between a report and what it tells.
fn is_about(scan: &Scan<'_>, at: usize) -> bool {
    match scan.language {
        Language::Arabic => matches!(scan.word(at), "عن" | "حول" | "بشان" | "بخصوص" | "من" | "بان" | "ان"),
        _ => scan.begins_class(at, "tells-of"),
    }
}

/// Whether a clause of its own begins behind a report: "… وأكدت أن", "…, adding that", "but".
pub(super) fn goes_on(scan: &Scan<'_>, at: usize) -> bool {
    let verb = scan.finite_verb_at(at) && scan.conjoined(at);
    let said = scan.reporting.iter().any(|said| said.tokens.start == at);
    let apart = at.checked_sub(1).is_some_and(|before| matches!(scan.tags[before], Tag::Comma | Tag::Conjunction));
    verb || said && apart || matches!(scan.word(at), "but" | "لكن" | "بل" | "فيما" | "بينما" | "while")
}

/// "dismissed claims that it had fired, and accused Chad": behind a comma "and" joins a verb to that of the main clause.
pub(super) fn is_joined(scan: &Scan<'_>, verb: usize) -> bool {
    scan.language == Language::English
        && verb > 1
        && scan.tags[verb].is_verb()
        && scan.tags[verb - 1] == Tag::Conjunction
        && scan.tags[verb - 2] == Tag::Comma
}

/// The verb of denying or of saying nothing that governs a report.
fn governor(scan: &Scan<'_>, report: usize) -> Option<usize> {
    let within = |at: &usize| scan.tags[*at] != Tag::Stop;
    let speaks = |at: usize| scan.begins_class(at, "denies") || scan.begins_class(at, "leaves-open");
    let verb = (0..report).rev().take(REACH).take_while(within).find(|&at| {
        // "ما تردد", "what it called".
        let relative = (at.saturating_sub(2)..at).any(|before| matches!(scan.word(before), "ما" | "what"));
        speaks(at) || scan.finite_verb_at(at) && !relative
    })?;
    speaks(verb).then_some(verb)
}

/// "… are false", "… لا أساس لها من الصحة": said of the report behind what it tells.
fn denial_behind(scan: &Scan<'_>, end: usize) -> Option<usize> {
    let within = |at: &usize| scan.tags[*at] != Tag::Stop && !goes_on(scan, *at);
    let untrue = (end..scan.tags.len()).take(REACH).take_while(within).find(|&at| scan.begins_class(at, "untrue"))?;
    let said = (end..untrue).rev().take(3).any(|at| scan.begins_class(at, "be"));
    (said || scan.language == Language::Arabic).then_some(untrue)
}

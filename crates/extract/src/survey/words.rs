//! Words that the tables lack: names that resolve to nobody, verbs that tell nothing.

use crate::lexicon::NameEntry;
use crate::scan::Scan;
use crate::syntax::Tag;
use chancery_model::{Language, Span};
use chancery_text::TokenKind;
use std::ops::Range;

/// A name has so many words at most.
const LONGEST: usize = 5;

/// Names that resolve to nobody: capitalised words, and in Arabic unknown words behind a title. `named` is what the extractor resolved.
pub(super) fn unknown_actors(scan: &Scan<'_>, named: &[Span]) -> Vec<String> {
    let free = |token: usize| {
        let span = scan.sentence.tokens[token].span;
        !scan.names.iter().any(|name| name.tokens.contains(&token)) && !named.iter().any(|known| known.overlaps(span))
    };
    let runs = if scan.language == Language::Arabic { titled_runs(scan, &free) } else { capital_runs(scan, &free) };
    runs.iter().map(|tokens| surface(scan, tokens)).collect()
}

fn is_word(scan: &Scan<'_>, token: usize) -> bool {
    scan.sentence.tokens.get(token).is_some_and(|t| t.kind == TokenKind::Word) && !scan.is_temporal(token)
}

fn capital_runs(scan: &Scan<'_>, free: &dyn Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    if scan.all_caps {
        return runs;
    }
    let fits = |token: usize| is_word(scan, token) && scan.is_capital(token) && free(token);
    let mut at = 0;
    while at < scan.tags.len() {
        let end = (at..scan.tags.len()).find(|&token| !fits(token)).unwrap_or(scan.tags.len());
        // The first word of a sentence has a capital in any case.
        let first = at == 0 || scan.is_strong_boundary(at - 1) || scan.tags[at - 1] == Tag::Mark;
        let start =
            if first && (end - at == 1 || scan.is_known(at) || scan.tags[at] != Tag::Noun) { at + 1 } else { at };
        let short = |run: &Range<usize>| run.len() == 1 && scan.word(run.start).chars().count() < 3;
        let run = start..end.min(start + LONGEST);
        if start < end && !short(&run) && !(run.len() == 1 && scan.is_known(run.start)) {
            runs.push(run);
        }
        at = end.max(at) + 1;
    }
    runs
}

/// "رئيس الوزراء فلان": in Arabic only a title shows that a name follows.
fn titled_runs(scan: &Scan<'_>, free: &dyn Fn(usize) -> bool) -> Vec<Range<usize>> {
    let titles = scan
        .names
        .iter()
        .filter(|name| matches!(name.entries.first(), Some(form) if matches!(form.entry, NameEntry::Title { .. })));
    let fits = |token: usize| {
        is_word(scan, token)
            && free(token)
            && !scan.is_known(token)
            && scan.tags[token] == Tag::Noun
            && !scan.conjoined(token)
            && !scan.has_preposition(token)
    };
    let run = |start: usize| {
        let limit = scan.tags.len().min(start + LONGEST);
        start..(start..limit).find(|&token| !fits(token)).unwrap_or(limit)
    };
    titles.map(|title| run(title.tokens.end)).filter(|run| !run.is_empty()).collect()
}

/// Verbs and what stands where a verb stands, in order, each once; speech and names apart.
pub(super) fn verbs(scan: &Scan<'_>) -> Vec<String> {
    let mut verbs: Vec<String> = Vec::new();
    for token in 0..scan.tags.len() {
        let speaks = scan.reporting.iter().any(|hit| hit.tokens.contains(&token));
        if !is_word(scan, token)
            || speaks
            || scan.in_name(token)
            || !(scan.tags[token].is_verb() || may_be_verb(scan, token))
        {
            continue;
        }
        let arabic = scan.language == Language::Arabic;
        let word = if arabic { scan.verb_stem(token) } else { scan.word(token) }.to_owned();
        if !verbs.contains(&word) {
            verbs.push(word);
        }
    }
    verbs
}

/// An unknown word where a verb stands: in Arabic at the head of a clause before a name or a definite noun, elsewhere behind a name.
fn may_be_verb(scan: &Scan<'_>, token: usize) -> bool {
    if scan.is_known(token) || scan.starts_name(token) {
        return false;
    }
    if scan.language == Language::Arabic {
        let heads = token == 0
            || scan.conjoined(token)
            || matches!(
                scan.tags[token - 1],
                Tag::Stop | Tag::Comma | Tag::Conjunction | Tag::Complementizer | Tag::Relative
            );
        let definite = scan.word(token + 1).starts_with("ال") || scan.starts_name(token + 1);
        return heads && definite && !scan.word(token).starts_with("ال");
    }
    token > 0 && scan.in_name(token - 1) && !scan.is_capital(token) && scan.tags[token] == Tag::Noun
}

/// The words of some tokens, normalised.
pub(super) fn joined(scan: &Scan<'_>, tokens: &Range<usize>) -> String {
    tokens.clone().map(|token| scan.word(token)).collect::<Vec<_>>().join(" ")
}

fn surface(scan: &Scan<'_>, tokens: &Range<usize>) -> String {
    let all = &scan.sentence.tokens;
    all[tokens.start]
        .span
        .cover(all[tokens.end - 1].span)
        .of(scan.text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

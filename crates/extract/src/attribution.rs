//! Who says it, through whom: reporting verbs and phrases, their sources, and how far their words reach.

use crate::coreference::Memory;
use crate::lexicon::{Form, ReportingKind};
use crate::mention::{Phrase, PhraseKind};
use crate::scan::{ReportingHit, Scan};
use chancery_model::{AttributionStep, EntityId, Language, SourceKind};
use std::ops::Range;

/// A stretch of a sentence that somebody is said to say.
#[derive(Clone, Debug)]
pub(crate) struct Speech {
    /// The words said, as tokens.
    pub(crate) content: Range<usize>,
    /// Who says them: from the reader to the origin.
    pub(crate) chain: Vec<AttributionStep>,
}

/// The chains of one document: the last one, for "he added".
#[derive(Debug, Default)]
pub(crate) struct Voices {
    last: Vec<AttributionStep>,
}

impl Voices {
    /// Every stretch of speech in a sentence. Longer stretches come first, so that the last match is the innermost.
    pub(crate) fn speeches(&mut self, scan: &Scan<'_>, phrases: &[Phrase], memory: &Memory) -> Vec<Speech> {
        let mut speeches: Vec<Speech> = Vec::new();
        let mut hits: Vec<&ReportingHit<'_>> = scan.reporting.iter().collect();
        hits.sort_by_key(|hit| (hit.tokens.start, std::cmp::Reverse(hit.tokens.end)));
        hits.dedup_by_key(|hit| hit.tokens.start);
        for hit in hits {
            if let Some(mut speech) = self.speech(scan, phrases, memory, hit) {
                nest(&speeches, &mut speech, hit.tokens.start);
                self.last.clone_from(&speech.chain);
                speeches.push(speech);
            }
        }
        speeches.sort_by_key(|speech| std::cmp::Reverse(speech.content.len()));
        speeches
    }

    fn speech(&self, scan: &Scan<'_>, phrases: &[Phrase], memory: &Memory, hit: &ReportingHit<'_>) -> Option<Speech> {
        match hit.reporting.kind {
            ReportingKind::According => according(scan, phrases, hit),
            ReportingKind::Quote => quoting(scan, phrases, hit),
            ReportingKind::Statement => statement(scan, phrases, memory, hit),
            ReportingKind::Say => self.saying(scan, phrases, memory, hit, false),
            ReportingKind::Continue => self.saying(scan, phrases, memory, hit, true),
        }
    }

    fn saying(
        &self,
        scan: &Scan<'_>,
        phrases: &[Phrase],
        memory: &Memory,
        hit: &ReportingHit<'_>,
        continues: bool,
    ) -> Option<Speech> {
        let found = if scan.language == Language::Arabic {
            arabic_saying(scan, phrases, hit)
        } else {
            english_saying(scan, phrases, hit)
        };
        let (content, voice) = found?;
        match voice {
            Some((step, _)) => {
                let told = told_outlet(scan, phrases, hit, content.start);
                Some(Speech { content, chain: told.into_iter().chain([step]).collect() })
            }
            None if continues && !self.last.is_empty() => Some(Speech { content, chain: self.last.clone() }),
            None if hit.form == Form::Gerund || hit.form == Form::Fixed || is_pronoun_subject(scan, hit) => {
                let chain = continued(&self.last, memory);
                (!chain.is_empty()).then_some(Speech { content, chain })
            }
            None => None,
        }
    }
}

/// Fewer quoted words are a name ("Axios"), not speech.
const MIN_QUOTED: usize = 3;

type Voice = (AttributionStep, usize);

/// "قال الوزير إن …", "الوزير قال إن …": the speaker stands between the verb and the content, or before the verb.
fn arabic_saying(scan: &Scan<'_>, phrases: &[Phrase], hit: &ReportingHit<'_>) -> Option<(Range<usize>, Option<Voice>)> {
    let start = content_start(scan, hit.tokens.end)?;
    let before = clause_start(scan, hit.tokens.start)..hit.tokens.start;
    let voice = voice_in(scan, phrases, hit.tokens.end..start).or_else(|| voice_in(scan, phrases, before));
    Some((start..scan.sentence.tokens.len(), voice))
}

/// "The minister said (that) …" has its content behind it; "…, the minister said" and "…, said the minister" before.
fn english_saying(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &ReportingHit<'_>,
) -> Option<(Range<usize>, Option<Voice>)> {
    let length = scan.sentence.tokens.len();
    let behind = hit.tokens.end..hit.tokens.end + 3;
    let inverted = voice_in(scan, phrases, behind).filter(|(step, at)| {
        // "told Reuters" names who was told.
        if step.kind == SourceKind::Outlet {
            return false;
        }
        scan.word(hit.tokens.start.wrapping_sub(1)) == "," || phrases[*at].tokens.start == hit.tokens.end
    });
    let clause = clause_start(scan, hit.tokens.start);
    let adjacent = (0..phrases.len()).rev().find(|&at| {
        let phrase = &phrases[at];
        phrase.tokens.start >= clause
            && phrase.tokens.end <= hit.tokens.start
            && phrase.tokens.end + 1 >= hit.tokens.start
    });
    let pronoun = hit.tokens.start > 0 && scan.begins_class(hit.tokens.start - 1, "pronoun");
    let subject_start = adjacent.map_or(hit.tokens.start - usize::from(pronoun), |at| phrases[at].tokens.start);
    let trailing = subject_start > 3
        && (0..2).any(|back| matches!(scan.word(subject_start.wrapping_sub(1 + back)), "," | "\"" | "”" | "”," | "'"));
    let voice = || {
        let near = adjacent.and_then(|at| voice_in(scan, phrases, phrases[at].tokens.clone()));
        if near.is_some() || pronoun { near } else { voice_in(scan, phrases, clause..hit.tokens.start) }
    };
    if trailing {
        return Some((0..subject_start, voice()));
    }
    if let Some(inverted) = inverted {
        return Some((0..hit.tokens.start, Some(inverted)));
    }
    let start = content_start(scan, hit.tokens.end).unwrap_or(hit.tokens.end);
    (length > hit.tokens.end + 2).then(|| (start..length, voice()))
}

/// The outlet that a speaker talks to: "told Reuters", قال لشبكة الجزيرة, "in an interview with the BBC".
fn told_outlet(scan: &Scan<'_>, phrases: &[Phrase], hit: &ReportingHit<'_>, content: usize) -> Option<AttributionStep> {
    let reach = if content > hit.tokens.end { content } else { hit.tokens.end + 6 };
    let phrase = phrases.iter().find(|phrase| {
        phrase.kind == PhraseKind::Outlet
            && (hit.tokens.end..reach).contains(&phrase.tokens.start)
            && (phrase.tokens.start <= hit.tokens.end + 1
                || matches!(phrase.preposition.as_deref(), Some("ل" | "مع" | "with" | "to" | "في" | "عبر")))
    })?;
    let surface = surface(scan, phrase.tokens.clone());
    Some(AttributionStep { agent: phrase.ids.first().cloned(), kind: SourceKind::Outlet, surface })
}

fn continued(last: &[AttributionStep], memory: &Memory) -> Vec<AttributionStep> {
    if !last.is_empty() {
        return last.to_vec();
    }
    let agent = memory.subject().cloned();
    agent
        .map(|id| AttributionStep { surface: id.to_string(), agent: Some(id), kind: SourceKind::Speaker })
        .into_iter()
        .collect()
}

/// Arabic verbs need no subject; English ones have a pronoun.
fn is_pronoun_subject(scan: &Scan<'_>, hit: &ReportingHit<'_>) -> bool {
    scan.language == Language::Arabic
        || hit.tokens.start.checked_sub(1).is_some_and(|before| scan.begins_class(before, "pronoun"))
}

/// Speech within speech takes the outer chain before its own.
fn nest(outer: &[Speech], inner: &mut Speech, at: usize) {
    let around = outer.iter().filter(|speech| speech.content.contains(&at)).min_by_key(|speech| speech.content.len());
    if let Some(around) = around {
        let mut chain = around.chain.clone();
        for step in &inner.chain {
            if !chain.iter().any(|known| known.agent == step.agent && known.agent.is_some()) {
                chain.push(step.clone());
            }
        }
        inner.chain = chain;
    }
}

/// "according to X, …" reaches over the whole sentence; "…, according to X" too.
fn according(scan: &Scan<'_>, phrases: &[Phrase], hit: &ReportingHit<'_>) -> Option<Speech> {
    let limit = (hit.tokens.end..hit.tokens.end + 14)
        .find(|&t| scan.is_strong_boundary(t) || matches!(scan.word(t), "," | "،"))
        .unwrap_or(hit.tokens.end + 14);
    let (step, _) = voice_in(scan, phrases, hit.tokens.end..limit)?;
    let chain = with_cited(scan, phrases, step, limit);
    Some(Speech { content: 0..scan.sentence.tokens.len(), chain })
}

/// "…, citing Y" after an outlet.
fn with_cited(scan: &Scan<'_>, phrases: &[Phrase], step: AttributionStep, from: usize) -> Vec<AttributionStep> {
    let cited = scan
        .reporting
        .iter()
        .find(|hit| hit.reporting.kind == ReportingKind::Quote && (from..from + 3).contains(&hit.tokens.start));
    let second = cited.and_then(|hit| voice_in(scan, phrases, hit.tokens.end..hit.tokens.end + 8));
    std::iter::once(step).chain(second.map(|(step, _)| step)).collect()
}

/// "نقل موقع أكسيوس عن مسؤولين أميركيين أن …", "Axios, citing US officials, …", "Reuters quoted him as saying".
fn quoting(scan: &Scan<'_>, phrases: &[Phrase], hit: &ReportingHit<'_>) -> Option<Speech> {
    let length = scan.sentence.tokens.len();
    let start = content_start(scan, hit.tokens.end);
    let end = start.unwrap_or_else(|| (hit.tokens.end + 14).min(length));
    if scan.language == Language::Arabic {
        let from = (hit.tokens.end..end).find(|&t| scan.word(t) == "عن")?;
        let outlet = voice_in(scan, phrases, hit.tokens.end..from)
            .or_else(|| voice_in(scan, phrases, clause_start(scan, hit.tokens.start)..hit.tokens.start));
        let origin = voice_in(scan, phrases, from..end);
        let chain: Vec<_> = outlet.into_iter().chain(origin).map(|(step, _)| step).collect();
        return (!chain.is_empty()).then(|| Speech { content: start.unwrap_or(end)..length, chain });
    }
    let outlet = voice_in(scan, phrases, clause_start(scan, hit.tokens.start)..hit.tokens.start);
    let origin = voice_in(scan, phrases, hit.tokens.end..end);
    let chain: Vec<_> = outlet.into_iter().chain(origin).map(|(step, _)| step).collect();
    // "Reuters quoted him as saying": what is said stands behind "as"; "citing officials" speaks for the whole sentence.
    let quoted = (hit.tokens.end..length).find(|&t| scan.word(t) == "as" && hit.form != Form::Gerund);
    (!chain.is_empty()).then(|| Speech { content: quoted.unwrap_or(0)..length, chain })
}

/// "جاء في بيان حكومي أن …": the statement of whoever is named beside it, else of the last subject.
fn statement(scan: &Scan<'_>, phrases: &[Phrase], memory: &Memory, hit: &ReportingHit<'_>) -> Option<Speech> {
    let start = content_start(scan, hit.tokens.end)?;
    let content = start..scan.sentence.tokens.len();
    if let Some((step, _)) = voice_in(scan, phrases, hit.tokens.end..start) {
        return Some(Speech { content, chain: vec![step] });
    }
    let agent = memory.subject().cloned()?;
    let surface = surface(scan, hit.tokens.start..start.min(hit.tokens.end + 3));
    let step = AttributionStep { agent: Some(agent), kind: SourceKind::Statement, surface };
    Some(Speech { content, chain: vec![step] })
}

/// The first voice among the phrases of a range: an outlet, a speaker, or an unnamed source of a state.
fn voice_in(scan: &Scan<'_>, phrases: &[Phrase], range: Range<usize>) -> Option<(AttributionStep, usize)> {
    let (index, phrase) = phrases.iter().enumerate().find(|(_, phrase)| {
        range.contains(&phrase.tokens.start)
            && !phrase.ids.is_empty()
            && (phrase.kind == PhraseKind::Outlet || phrase.is_actor())
            && !is_setting(phrase)
    })?;
    let unnamed = scan.of_class("unnamed").any(|hit| {
        hit.tokens.start < phrase.tokens.end && phrase.tokens.start <= hit.tokens.end && phrase.person.is_none()
    });
    let kind = match phrase.kind {
        PhraseKind::Outlet => SourceKind::Outlet,
        _ if unnamed => SourceKind::Unnamed,
        _ => SourceKind::Speaker,
    };
    let step =
        AttributionStep { agent: phrase.ids.first().cloned(), kind, surface: surface(scan, phrase.tokens.clone()) };
    Some((step, index))
}

/// A seat after "in" is a place: "said in Washington that".
fn is_setting(phrase: &Phrase) -> bool {
    phrase
        .preposition
        .as_deref()
        .is_some_and(|p| matches!(p, "في" | "in" | "at" | "with" | "مع" | "to" | "ل" | "of" | "on" | "خلال" | "during"))
}

/// Where reported words begin: after "that", أن, a colon, or at a quotation mark.
fn content_start(scan: &Scan<'_>, from: usize) -> Option<usize> {
    let limit = (from + 26).min(scan.sentence.tokens.len());
    (from..limit).find_map(|token| {
        if scan.is_complementizer(token) {
            return Some(token + 1);
        }
        let word = scan.word(token);
        if word == ":" {
            return Some(token + 1);
        }
        (matches!(word, "\"" | "«" | "“") && quoted_from(scan, token + 1) >= MIN_QUOTED).then_some(token + 1)
    })
}

fn clause_start(scan: &Scan<'_>, from: usize) -> usize {
    (0..from).rev().find(|&t| scan.is_strong_boundary(t) || scan.is_complementizer(t)).map_or(0, |t| t + 1)
}

/// How many tokens stand quoted from here on.
fn quoted_from(scan: &Scan<'_>, from: usize) -> usize {
    scan.sentence.tokens[from..].iter().take_while(|token| token.quoted).count()
}

fn surface(scan: &Scan<'_>, tokens: Range<usize>) -> String {
    let tokens = &scan.sentence.tokens[tokens.start..tokens.end.min(scan.sentence.tokens.len())];
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => scan.text.get(first.span.start..last.span.end).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// The chain over a token: that of the innermost speech around it.
pub(crate) fn speech_at(speeches: &[Speech], token: usize) -> Option<&Speech> {
    speeches.iter().filter(|speech| speech.content.contains(&token)).min_by_key(|speech| speech.content.len())
}

/// The origin of a chain: who speaks in the first person.
pub(crate) fn origin(speech: &Speech) -> Option<&EntityId> {
    speech.chain.iter().rev().find_map(|step| step.agent.as_ref())
}

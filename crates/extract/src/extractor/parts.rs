//! The parts of a claim: its id, evidence, place, participants and confidence.

use super::candidate::Candidate;
use crate::lexicon::Form;
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::modality::Reality;
use crate::role::Roles;
use crate::scan::{Scan, TriggerHit};
use chancery_model::hash::content_hash;
use chancery_model::{Claim, ClaimId, EntityId, EntityKind, Evidence, Field, Mention, Participant, Role, Span, World};
use chancery_text::Sentence;
use compact_str::{CompactString, ToCompactString};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Adds what a phrase names. An adjective names its state only beside another one ("Saudi-Iranian talks"): a French tourist is nobody.
pub(super) fn mentions(scan: &Scan<'_>, phrases: &[Phrase], at: usize, found: &mut Vec<Mention>) {
    let phrase = &phrases[at];
    // A seat that is only a place is no mention of its state.
    if phrase.kind == PhraseKind::Place && phrase.ids.iter().any(|id| id.kind() == EntityKind::State) {
        return;
    }
    let is_adjective = |at: usize| phrases.get(at).is_some_and(|phrase| phrase.kind == PhraseKind::Adjective);
    let in_pair =
        phrase.coordinated && is_adjective(at.wrapping_sub(1)) || is_adjective(at + 1) && phrases[at + 1].coordinated;
    if is_adjective(at) && !in_pair {
        return;
    }
    let span = phrase.span(scan);
    let mention = |id: &EntityId| Mention {
        field: scan.sentence.field,
        span,
        surface: span.of(scan.text).to_owned(),
        entity: id.clone(),
        person: phrase.person.clone(),
        office: phrase.office.as_deref().map(str::to_owned),
    };
    found.extend(phrase.ids.iter().map(mention));
}

pub(super) fn trigger_span(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Span {
    tokens_span(scan.sentence, &hit.tokens)
}

fn tokens_span(sentence: &Sentence, tokens: &std::ops::Range<usize>) -> Span {
    Span::new(sentence.tokens[tokens.start].span.start, sentence.tokens[tokens.end - 1].span.end)
}

/// The shortest stretch of the sentence that shows the trigger and its parties.
pub(super) fn evidence(scan: &Scan<'_>, phrases: &[Phrase], candidate: &Candidate<'_, '_>, roles: &Roles) -> Evidence {
    let start = tokens_span(scan.sentence, &candidate.hit.tokens);
    let span = roles.all().fold(start, |span, at| span.cover(phrases[at].span(scan)));
    let span = candidate.needed.iter().fold(span, |span, tokens| span.cover(tokens_span(scan.sentence, tokens)));
    Evidence {
        field: scan.sentence.field,
        span,
        code_points: scan.code_points(span),
        quote: span.of(scan.text).to_owned(),
        sentence: scan.sentence.span,
    }
}

pub(super) fn claim_id(document: &str, claim: &Claim) -> ClaimId {
    let evidence = &claim.evidence;
    let mut place = CompactString::from(if evidence.field == Field::Title { "Title" } else { "Text" });
    for byte in [evidence.span.start, evidence.span.end] {
        place.push(' ');
        place.push_str(&byte.to_compact_string());
    }
    content_hash([
        "claim",
        document,
        claim.event_type.name(),
        &list(&claim.source),
        &list(&claim.target),
        claim.status.as_str(),
        &place,
    ])
    .into()
}

/// Ids with spaces between; mostly there is one.
fn list(ids: &[EntityId]) -> Cow<'_, str> {
    match ids {
        [only] => only.as_str().into(),
        _ => ids.iter().map(EntityId::as_str).collect::<Vec<_>>().join(" ").into(),
    }
}

/// The id of a claim that has none yet: the same fact told twice is one claim, so that ids are given last.
pub(super) fn nameless() -> ClaimId {
    static NAMELESS: LazyLock<ClaimId> = LazyLock::new(|| "".into());
    NAMELESS.clone()
}

/// How sure the rule is: verbs more than nouns, own slots more than inferred ones, firm status more than presupposed.
pub(super) fn confidence(hit: &TriggerHit<'_>, roles: &Roles, reality: &Reality) -> f64 {
    let mut hundredths: i32 = if hit.form == Form::Noun { 84 } else { 92 };
    if roles.inferred {
        hundredths -= 10;
    }
    if !reality.firm {
        hundredths -= 12;
    }
    f64::from(hundredths) / 100.0
}

/// A place named in the clause behind "in": a capital or a venue.
pub(super) fn place(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> Option<EntityId> {
    let near = |p: &&Phrase| {
        p.kind == PhraseKind::Place
            && matches!(p.preposition.as_deref(), Some("في" | "ب" | "in" | "at"))
            && p.tokens.start < hit.tokens.end + 20
            && p.tokens.start + 12 > hit.tokens.start
            && (hit.tokens.end..p.tokens.start).all(|t| !scan.is_strong_boundary(t))
    };
    // "the ministry in Damascus said after they met in Riyadh": behind the act; before it only where no other act stands between.
    let behind = |p: &&Phrase| near(p) && p.tokens.start >= hit.tokens.start;
    let before = |p: &&Phrase| near(p) && (p.tokens.end..hit.tokens.start).all(|t| !scan.finite_verb_at(t));
    let named = phrases.iter().find(behind).or_else(|| phrases.iter().rfind(before));
    let id = named.and_then(|p| p.ids.first())?;
    if id.kind() == EntityKind::Place {
        return Some(id.clone());
    }
    let (_, city) = SEATS.iter().find(|(state, _)| *state == id.as_str())?;
    city.parse().ok()
}

/// Where the seats stand by which news calls a state: "at the White House", "في قصر الإليزيه".
const SEATS: [(&str, &str); 6] = [
    ("USA", "place:washington"),
    ("RUS", "place:moscow"),
    ("FRA", "place:paris"),
    ("GBR", "place:london"),
    ("KOR", "place:seoul"),
    ("ITA", "place:rome"),
];

pub(super) fn participants(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    roles: &Roles,
    hit: &TriggerHit<'_>,
    world: &World,
) -> Vec<Participant> {
    let frame = &hit.trigger.frame;
    let symmetric = frame.event_type.is_symmetric();
    let mut participants = Vec::with_capacity(roles.all().count());
    for (slots, role) in
        [(&roles.agents, frame.agent), (&roles.patients, frame.patient), (&roles.instruments, Role::Target)]
    {
        for &at in slots {
            let phrase = &phrases[at];
            // "signed the treaty" names nobody anew.
            if phrase.kind == PhraseKind::Anaphor(Anaphor::Event) && roles.instruments.contains(&at) {
                continue;
            }
            let span = phrase.name_span(scan);
            let (surface, code_points) = (span.of(scan.text), scan.code_points(span));
            let role = if symmetric { Role::Source } else { role };
            let office = phrase.office.as_deref();
            let level = office.and_then(|office| world.office_level(office));
            participants.extend(phrase.ids.iter().map(|id| Participant {
                id: id.clone(),
                role,
                surface: surface.to_owned(),
                span: Some(code_points),
                person: phrase.person.clone(),
                office: office.map(str::to_owned),
                level: level.map(str::to_owned),
            }));
        }
    }
    participants
}

//! Headlines without a verb: "وزير الخارجية الكيني في مقديشو" tells a visit.

use super::Roles;
use crate::lexicon::ArgumentFunction;
use crate::mention::{Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};

/// Those who live where they serve, or speak from where they are.
const STAY: [&str; 8] = [
    "ambassador",
    "envoy",
    "consul",
    "charge-d-affaires",
    "permanent-representative",
    "official",
    "spokesperson",
    "commander",
];

/// Somebody who opens the headline, right before "in", and the place right behind it.
pub(super) fn headline_roles(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> Roles {
    let mut roles = Roles { closed: true, ..Roles::default() };
    let stays = |phrase: &Phrase| phrase.office.as_deref().is_some_and(|office| STAY.contains(&office));
    let opens = |phrase: &Phrase| {
        phrase.tokens.start == 0 && phrase.tokens.end == hit.tokens.start && phrase.personal && !stays(phrase)
    };
    let place = |phrase: &Phrase| {
        phrase.tokens.start == hit.tokens.end && matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Place)
    };
    if let (Some(who), Some(place)) = (phrases.iter().position(opens), phrases.iter().position(place)) {
        roles.step("who opens the headline", scan, phrases, &[who]);
        roles.fill(ArgumentFunction::Agent, &[who]);
        roles.step("where they are", scan, phrases, &[place]);
        roles.fill(ArgumentFunction::Patient, &[place]);
    }
    roles
}

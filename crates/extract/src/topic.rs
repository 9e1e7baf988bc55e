//! What an agreement, a meeting or an aid is about, where the words beside it say so.

use crate::mention::{Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use chancery_model::{EntityId, EntityKind, Topic};
use std::collections::BTreeMap;
use std::ops::Range;

/// Event types that have a topic.
const WITH_TOPIC: [&str; 7] = ["sign-agreement", "negotiate", "cooperate", "give-aid", "meet", "call", "visit"];

/// The topic that most words of the clause name; among equals the one named first. Nothing where none is named.
pub(crate) fn topic(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> Option<Topic> {
    if !WITH_TOPIC.contains(&hit.trigger.frame.event_type.name()) {
        return None;
    }
    let start = hit.tokens.start.saturating_sub(4);
    let end =
        (hit.tokens.end..hit.tokens.end + 24).find(|&t| scan.is_strong_boundary(t)).unwrap_or(hit.tokens.end + 24);
    let mut counts: BTreeMap<Topic, (usize, usize)> = BTreeMap::new();
    // "Qin Gang", "مالي": the names of persons and states are about nothing.
    let named = |token: usize| {
        let state = |id: &EntityId| id.kind() == EntityKind::State;
        let names = |p: &Phrase| p.person.is_some() || p.ids.iter().all(state) && p.tokens.len() == 1;
        phrases.iter().any(|p| p.kind == PhraseKind::Actor && p.tokens.contains(&token) && names(p))
    };
    let told = |tokens: &Range<usize>| (start..end).contains(&tokens.start) && !named(tokens.start);
    for (tokens, topic) in scan.topics.iter().filter(|(tokens, _)| told(tokens)) {
        let entry = counts.entry(*topic).or_insert((0, usize::MAX - tokens.start));
        entry.0 += tokens.len();
    }
    counts.into_iter().max_by_key(|(_, rank)| *rank).map(|(topic, _)| topic)
}

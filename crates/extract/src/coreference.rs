//! What a document has spoken of so far, and whom "the president", "his country" and "the two sides" mean.

use crate::mention::{Anaphor, Phrase, PhraseKind};
use chancery_model::{EntityId, EntityKind};
use std::collections::BTreeMap;

/// What the sentences so far have named.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The last holder named of each office: whom they act for, and the person.
    offices: BTreeMap<String, (Vec<EntityId>, Option<EntityId>)>,
    /// Actors in the order of their last mention, the newest last.
    recent: Vec<EntityId>,
    /// The subject of the last clause.
    subject: Option<EntityId>,
    /// The agreement named last.
    agreement: Option<EntityId>,
    /// Who did what was told last: whom "the move" and "the agreement" stand for.
    event: Vec<EntityId>,
}

impl Memory {
    /// Resolves the anaphors of one sentence in order, and remembers its names.
    pub(crate) fn resolve(&mut self, phrases: &mut [Phrase]) {
        for at in 0..phrases.len() {
            let (before, rest) = phrases.split_at_mut(at);
            let phrase = &mut rest[0];
            if let PhraseKind::Anaphor(anaphor) = phrase.kind {
                phrase.ids = self.antecedent(anaphor, phrase, before);
            }
            self.remember(phrase);
        }
    }

    fn antecedent(&self, anaphor: Anaphor, phrase: &mut Phrase, before: &[Phrase]) -> Vec<EntityId> {
        match anaphor {
            Anaphor::Office => {
                let held = phrase.office.as_ref().and_then(|office| self.offices.get(office));
                held.map_or_else(Vec::new, |(ids, person)| {
                    phrase.person.clone_from(person);
                    ids.clone()
                })
            }
            Anaphor::OwnCountry => {
                let personal = before.iter().rev().find(|p| p.personal && !p.object && p.ids.len() == 1);
                personal.map(|p| p.ids.clone()).unwrap_or_else(|| self.subject.iter().cloned().collect())
            }
            Anaphor::TheCountry | Anaphor::Pronoun => self.subject.iter().cloned().collect(),
            Anaphor::Pair => self.last_two(),
            Anaphor::Event => self.event.clone(),
        }
    }

    fn last_two(&self) -> Vec<EntityId> {
        let mut states: Vec<_> =
            self.recent.iter().rev().filter(|id| id.kind() == EntityKind::State).take(2).cloned().collect();
        states.sort();
        if states.len() == 2 { states } else { Vec::new() }
    }

    fn remember(&mut self, phrase: &Phrase) {
        match phrase.kind {
            PhraseKind::Actor | PhraseKind::Adjective => {
                for id in &phrase.ids {
                    self.recent.retain(|known| known != id);
                    self.recent.push(id.clone());
                }
            }
            PhraseKind::Agreement => self.agreement = phrase.ids.first().cloned(),
            _ => {}
        }
        if let (Some(office), false) = (&phrase.office, phrase.ids.is_empty()) {
            self.offices.insert(office.clone(), (phrase.ids.clone(), phrase.person.clone()));
        }
    }

    /// Notes who acted or spoke last.
    pub(crate) fn set_subject(&mut self, subject: &EntityId) {
        self.subject = Some(subject.clone());
    }

    /// Notes who did what was told last.
    pub(crate) fn set_event(&mut self, source: &[EntityId]) {
        self.event = source.to_vec();
    }

    /// Who acted or spoke last.
    pub(crate) fn subject(&self) -> Option<&EntityId> {
        self.subject.as_ref()
    }

    /// The agreement named last: what "the agreement" means.
    pub(crate) fn agreement(&self) -> Option<&EntityId> {
        self.agreement.as_ref()
    }
}

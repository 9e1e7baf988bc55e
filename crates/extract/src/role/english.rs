//! The slots of an English trigger: voice, objects before and behind the verb, pronouns, and nouns that point back.

mod object;
mod place;
mod told;
mod verb;

use super::agent::infer_agent;
use super::noun::noun_roles;
use super::possessor::possessive_pronoun_before;
use super::preposition::prepositions;
use super::{Context, FOLLOWS, Roles, envoys_only, right_region};
use crate::lexicon::Form;
use crate::mention::{Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use chancery_model::EntityId;
pub(crate) use told::{points_back, spoken_of};

/// Acts that one asks of others.
const OTHERS_DO: [&str; 9] = [
    "mediate",
    "ease-sanctions",
    "impose-sanctions",
    "withdraw-forces",
    "release",
    "attack",
    "ceasefire",
    "recognise",
    "give-aid",
];

pub(super) fn roles(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, context: Context<'_>) -> Roles {
    let mut roles = Roles::default();
    let slots = Slots { scan, phrases, hit, context };
    let right = right_region(scan, hit);
    if hit.form == Form::Noun {
        noun_roles(scan, phrases, hit, &right, &mut roles);
        prepositions(scan, phrases, hit, context.syntax, &right, &mut roles);
        slots.told_in_content(&mut roles);
        slots.whose_measure(&mut roles);
    } else if hit.trigger.sense == FOLLOWS && hit.form == Form::Fixed {
        slots.followers(&mut roles);
    } else if slots.follows_somebody() || slots.is_led() {
        roles.closed = true;
    } else {
        slots.verb(&mut roles);
        slots.envoy(&mut roles);
        slots.whose_greetings(&mut roles);
        slots.owner_of_needed(&mut roles);
        slots.club_of_needed(&mut roles);
        prepositions(scan, phrases, hit, context.syntax, &right, &mut roles);
        // "attributed the attack to rebels": of whom no table knows.
        roles.unknown_patient |= roles.patients.is_empty() && scan.begins_class(hit.tokens.start, "attributes");
        if let Some(left) = slots.noun_before() {
            prepositions(scan, phrases, hit, context.syntax, &left, &mut roles);
        }
    }
    if roles.patients.is_empty() && roles.outside_patients.is_empty() {
        super::owners_behind_prepositions(scan, phrases, hit, context.syntax, &right, &mut roles);
        slots.place(&right, &mut roles);
        slots.purpose(&mut roles);
        slots.pointed_at(&right, &mut roles);
        slots.threatened(&mut roles);
        slots.same_again(&mut roles);
        slots.recipient(&mut roles);
        slots.host(&mut roles);
    }
    if roles.agents.is_empty() && roles.outside_agent.is_none() && !roles.closed && !slots.is_somebody_elses() {
        infer_agent(scan, phrases, hit, context, &mut roles);
    }
    // "He saw the minister", but not "he saw Chad as a rival"; "welcomed Argentina", "called on Chad" are no meetings either.
    let verb = scan.word(hit.tokens.start);
    let sees = scan.begins_class(hit.tokens.start, "sees") || verb.starts_with("welcom") || verb.starts_with("call");
    if hit.trigger.sense == "meet" && sees {
        roles.patients.retain(|at| phrases[*at].personal);
        if roles.patients.is_empty() {
            roles.agents.clear();
        }
    }
    // "Kenya's expulsion of two Chadians from the United Nations": where they leave acts only where nobody else does.
    if hit.form == Form::Noun && slots.name() == "expel-diplomat" && roles.agents.len() > 1 {
        roles.agents.retain(|at| phrases[*at].preposition.as_deref() != Some("from"));
    }
    // "left for the Apec summit" is no visit to Apec.
    if hit.trigger.frame.event_type.name() == "visit" {
        roles.patients.retain(|at| phrases[*at].kind != PhraseKind::Adjective);
    }
    roles.patients.retain(|p| !roles.agents.contains(p));
    envoys_only(phrases, hit, &mut roles);
    roles
}

/// A trigger whose slots are filled.
#[derive(Clone, Copy)]
struct Slots<'a> {
    scan: &'a Scan<'a>,
    phrases: &'a [Phrase],
    hit: &'a TriggerHit<'a>,
    context: Context<'a>,
}

impl<'a> Slots<'a> {
    /// "kept negotiating for the removal of the duty", "spoke of the withdrawal": who speaks of an act does not do it.
    fn is_somebody_elses(self) -> bool {
        let (scan, hit) = (self.scan, self.hit);
        let start =
            self.context.syntax.group_at(hit.tokens.start).map(|at| self.context.syntax.groups[at].tokens.start);
        let before = start.and_then(|start| start.checked_sub(1)).map(|at| scan.word(at));
        let spoken_of = matches!(before, Some("for" | "of" | "about" | "from" | "at"));
        hit.form == Form::Noun && spoken_of && !possessive_pronoun_before(scan, hit) && OTHERS_DO.contains(&self.name())
    }

    /// "a delegation headed by Mr Ali": nobody travels.
    fn is_led(self) -> bool {
        self.name() == "visit" && self.scan.word(self.hit.tokens.end) == "by"
    }

    fn name(self) -> &'static str {
        self.hit.trigger.frame.event_type.name()
    }

    fn taken(self, roles: &Roles) -> Vec<&'a EntityId> {
        let agents = roles.agents.iter().flat_map(|&at| &self.phrases[at].ids);
        let speaker = self.context.speaker.filter(|id| roles.outside_agent.as_ref() == Some(id));
        agents.chain(speaker).collect()
    }
}

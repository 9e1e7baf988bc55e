//! The slots of an English trigger: voice, objects before and behind the verb, pronouns, and nouns that point back.

use super::{
    Context, OWN_THINGS, REACHES_OWNER, Roles, infer_agent, noun_roles, object_function, passive_owner,
    phrases_with_preposition, prepositions, right_region, with_coordinated,
};
use crate::coreference::{Kind, SpokenOf};
use crate::lexicon::{Argument, ArgumentFunction, Form, Slot};
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Group, Subject, Syntax, Tag};
use chancery_model::{EntityId, EntityKind, Field};
use std::ops::Range;

/// Acts that answer what somebody did: what is answered stands for who did it.
const ANSWERS: [&str; 3] = ["condemn", "express-support", "reject"];

/// Acts on others only: in "shelled two of its ships" the ships are not one's own.
const ON_OTHERS: [&str; 10] = [
    "attack",
    "coerce",
    "release",
    "expel-diplomat",
    "condemn",
    "reject",
    "express-support",
    "summon-envoy",
    "accuse",
    "impose-sanctions",
];

/// Acts whose object is somebody, so that somebody unknown there is not whomever the document speaks of.
const ADDRESSED: [&str; 2] = ["accuse", "request"];

/// Acts that one asks of others.
const OTHERS_DO: [&str; 8] = [
    "ease-sanctions",
    "impose-sanctions",
    "withdraw-forces",
    "release",
    "attack",
    "ceasefire",
    "recognise",
    "give-aid",
];

/// How far a passive verb reaches for "by", in tokens.
const BY: usize = 16;

pub(super) fn roles(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, context: Context<'_>) -> Roles {
    let mut roles = Roles::default();
    let slots = Slots { scan, phrases, hit, context };
    let right = right_region(scan, hit);
    if hit.form == Form::Noun {
        noun_roles(scan, phrases, hit, &right, &mut roles);
        prepositions(scan, phrases, hit, context.syntax, &right, &mut roles);
    } else {
        slots.verb(&mut roles);
        prepositions(scan, phrases, hit, context.syntax, &right, &mut roles);
        if let Some(left) = slots.noun_before() {
            prepositions(scan, phrases, hit, context.syntax, &left, &mut roles);
        }
    }
    if roles.patients.is_empty() && roles.outside_patients.is_empty() {
        super::owners_behind_prepositions(scan, phrases, hit, context.syntax, &right, &mut roles);
        slots.place(&right, &mut roles);
        slots.pointed_at(&right, &mut roles);
    }
    if roles.agents.is_empty() && roles.outside_agent.is_none() && !roles.closed && !slots.is_somebody_elses() {
        infer_agent(scan, phrases, hit, context, &mut roles);
    }
    roles.patients.retain(|p| !roles.agents.contains(p));
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
        hit.form == Form::Noun
            && spoken_of
            && !super::possessive_pronoun_before(scan, hit)
            && OTHERS_DO.contains(&self.name())
    }

    fn name(self) -> &'static str {
        self.hit.trigger.frame.event_type.name()
    }

    fn verb(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, context } = self;
        let passive = self.is_passive();
        let subject = context.syntax.subject(scan, phrases, hit.tokens.start);
        let own = passive && OWN_THINGS.contains(&self.name());
        match subject {
            Subject::Phrase(at) => {
                let group = with_coordinated(phrases, at);
                // "American troops would be pulled out": whose they are acts.
                let function = if passive && !own { object_function(hit) } else { Some(ArgumentFunction::Agent) };
                if let Some(function) = function {
                    roles.step(if passive { "passive subject" } else { "subject" }, scan, phrases, &group);
                    roles.fill(function, &group);
                }
            }
            Subject::Unknown if own => passive_owner(scan, phrases, hit, context.syntax, roles),
            Subject::Unknown if passive => self.passive_object(roles),
            Subject::Unknown => self.first_person(roles),
            Subject::Absent => {}
        }
        self.joiner(roles);
        roles.closed = subject == Subject::Unknown && roles.outside_agent.is_none() || passive;
        if passive {
            let by = phrases_with_preposition(phrases, &self.by_region(), "by");
            roles.step("by", scan, phrases, &by);
            roles.fill(ArgumentFunction::Agent, &by);
        } else if let Some(function) = object_function(hit) {
            self.object(function, subject, roles);
        }
    }

    /// "joined Britain in condemning": both do it.
    fn joiner(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        let Some(at) = hit.tokens.start.checked_sub(1).filter(|&at| scan.word(at) == "in") else { return };
        let joins = |token: usize| scan.begins_class(token, "joins");
        let Some(verb) = (at.saturating_sub(8)..at).rev().find(|&token| scan.tags[token].is_verb()) else { return };
        if hit.form != Form::Gerund || !joins(verb) {
            return;
        }
        let joined =
            (0..phrases.len()).find(|&p| (verb + 1..at).contains(&phrases[p].tokens.start) && phrases[p].is_actor());
        if let Some(joined) = joined {
            let group = with_coordinated(phrases, joined);
            roles.step("joined by", scan, phrases, &group);
            roles.fill(ArgumentFunction::Agent, &group);
        } else if self.pronoun_at(verb + 1) {
            let taken = self.taken(roles);
            let other = self.context.memory.doers(Kind::Words, &taken);
            roles.outside_agent = other.first().cloned();
        }
    }

    /// "We will not accept the plan," he said: the speaker.
    fn first_person(self, roles: &mut Roles) {
        let Some(group) = self.subject_group() else { return };
        if group.tokens.len() == 1 && self.scan.begins_class(group.tokens.start, "first-person") {
            roles.outside_agent = self.context.speaker.cloned();
            roles.steps.push("agent: the speaker".into());
        }
    }

    fn subject_group(self) -> Option<&'a Group> {
        let at = self.context.syntax.subject_group(self.scan, self.phrases, self.hit.tokens.start)?;
        self.context.syntax.groups.get(at)
    }

    /// A participle after a form of "be", before "by", or in a headline without an object: "Chad urged to open its border".
    fn is_passive(self) -> bool {
        let (scan, hit) = (self.scan, self.hit);
        if !matches!(hit.form, Form::Participle | Form::Past) || object_function(hit).is_none() {
            return false;
        }
        let be = (1..=3)
            .filter_map(|back| hit.tokens.start.checked_sub(back))
            .take_while(|&at| matches!(scan.tags[at], Tag::Auxiliary | Tag::Adverb))
            .any(|at| scan.begins_class(at, "be"));
        let next = (hit.tokens.end..scan.tags.len()).find(|&at| scan.tags[at] != Tag::Adverb);
        let by = next.is_some_and(|at| scan.word(at) == "by");
        let headline = scan.sentence.field == Field::Title
            && next
                .is_none_or(|at| matches!(scan.tags[at], Tag::Preposition | Tag::Auxiliary | Tag::Stop | Tag::Comma));
        let reduced = scan.tags[hit.tokens.start] == Tag::Verb(Form::Participle) && !self.after_have();
        be || by || headline || reduced
    }

    fn after_have(self) -> bool {
        let before = (0..self.hit.tokens.start).rev().take(4);
        before
            .take_while(|&at| matches!(self.scan.tags[at], Tag::Auxiliary | Tag::Adverb))
            .any(|at| self.scan.begins_class(at, "have"))
    }

    /// "was urged to raise spending by Chad": past the infinitive.
    fn by_region(self) -> Range<usize> {
        let (scan, start) = (self.scan, self.hit.tokens.end);
        let limit = (start + BY).min(scan.tags.len());
        let ends = |at: usize| {
            scan.finite_verb_at(at)
                || matches!(scan.tags[at], Tag::Stop | Tag::Relative | Tag::Subordinator | Tag::Complementizer)
        };
        start..(start..limit).find(|&at| ends(at)).unwrap_or(limit)
    }

    /// "A US proposal was rejected", "the plan was rejected": whose it is.
    fn passive_object(self, roles: &mut Roles) {
        let (Some(function), Some(group)) = (object_function(self.hit), self.subject_group()) else { return };
        if function == ArgumentFunction::Patient {
            self.owner(group, group.tokens.end..self.hit.tokens.start, roles);
        }
    }

    fn object(self, function: ArgumentFunction, subject: Subject, roles: &mut Roles) {
        let Self { scan, phrases, hit, context } = self;
        if function == ArgumentFunction::Patient && self.pronoun_at(hit.tokens.end) {
            return self.pronoun(hit.tokens.end, roles);
        }
        let Some(group) = context.syntax.object(scan, hit.tokens.end, subject) else {
            if let Some(group) = self.antecedent().filter(|_| function == ArgumentFunction::Patient) {
                self.reached(group, group.tokens.end..hit.tokens.start, function, roles);
            }
            return;
        };
        let behind = group.tokens.end..(group.tokens.end + 6).min(right_region(scan, hit).end.max(group.tokens.end));
        self.reached(group, behind, function, roles);
        let unknown = roles.patients.is_empty() && roles.outside_patients.is_empty();
        roles.unknown_patient = unknown && ADDRESSED.contains(&self.name()) && group.phrase.is_none();
        if group.phrase.is_some_and(|at| phrases[at].ids.is_empty()) {
            roles.unknown_patient |= ADDRESSED.contains(&self.name());
        }
    }

    /// Fills a slot with whom a group denotes, or whose it is. What belongs to it stands in `behind`.
    fn reached(self, group: &Group, behind: Range<usize>, function: ArgumentFunction, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        let is_actor = group.phrase.is_some_and(|at| phrases[at].kind == PhraseKind::Actor);
        if REACHES_OWNER.contains(&self.name()) && !is_actor && self.owner(group, behind, roles) {
            return;
        }
        if let Some(at) = group.phrase
            && !matches!(phrases[at].kind, PhraseKind::Adjective | PhraseKind::Outlet)
            && !phrases[at].ids.is_empty()
        {
            let group = with_coordinated(phrases, at);
            roles.step("object", scan, phrases, &group);
            roles.fill(function, &group);
            return;
        }
        let theirs = group.tokens.clone().find(|&at| scan.begins_class(at, "possessive-pronoun"));
        let theirs = theirs.or_else(|| self.of_theirs(group));
        if let Some(at) = theirs.filter(|_| ON_OTHERS.contains(&self.name()) && hit.form != Form::Noun) {
            self.somebody_else(scan.word(at), roles);
        }
    }

    /// "two of its ships".
    fn of_theirs(self, group: &Group) -> Option<usize> {
        let of = group.tokens.end;
        (self.scan.word(of) == "of" && self.scan.begins_class(of + 1, "possessive-pronoun")).then_some(of + 1)
    }

    /// The state that a group is of: by an adjective or possessor in it, or behind "of" or "by".
    fn owner(self, group: &Group, behind: Range<usize>, roles: &mut Roles) -> bool {
        let Self { scan, phrases, .. } = self;
        let of = ["of", "by", "from", "between"];
        let owner = (0..phrases.len()).find(|&at| {
            let phrase = &phrases[at];
            let inside = group.tokens.contains(&phrase.tokens.start);
            let belongs =
                behind.contains(&phrase.tokens.start) && phrase.preposition.as_deref().is_some_and(|p| of.contains(&p));
            (inside || belongs)
                && matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective)
                && !phrase.ids.is_empty()
        });
        let Some(owner) = owner else { return false };
        let group = with_coordinated(phrases, owner);
        roles.step("owner of the object", scan, phrases, &group);
        roles.fill(ArgumentFunction::Patient, &group);
        true
    }

    fn pronoun_at(self, token: usize) -> bool {
        self.scan.begins_class(token, "pronoun-object") && self.scan.tags.get(token) == Some(&Tag::Pronoun)
    }

    /// "denounced it" is of what was done, "accused them" of somebody, "left it" of an organisation.
    fn pronoun(self, token: usize, roles: &mut Roles) {
        let word = self.scan.word(token);
        roles.steps.push("pronoun as object".into());
        if self.hit.trigger.frame.about_agreement {
            let org = |p: &&Phrase| {
                matches!(p.kind, PhraseKind::Agreement) || p.ids.iter().any(|id| id.kind() == EntityKind::Org)
            };
            let here = self.before().filter(org).last();
            let thing = here.map(|p| p.ids.clone()).unwrap_or_else(|| self.context.memory.membership());
            roles.outside_patients = if matches!(word, "it" | "them") { thing } else { Vec::new() };
            roles.unknown_patient = true;
            return;
        }
        // "wants it to end": what was done, not somebody.
        let thing = self.name() == "request" && word == "it";
        if ANSWERS.contains(&self.name()) && matches!(word, "it" | "them") || thing {
            roles.outside_patients = self.context.memory.answered(&self.taken(roles));
        } else {
            self.somebody_else(word, roles);
        }
    }

    /// Somebody who is not the agent: named before in the sentence, else whom the agent has to do with.
    fn somebody_else(self, word: &str, roles: &mut Roles) {
        let taken = self.taken(roles);
        let other = |phrase: &&Phrase| {
            let person = matches!(word, "him" | "her" | "his");
            phrase.is_actor()
                && phrase.kind != PhraseKind::Anaphor(Anaphor::Pronoun)
                && !phrase.ids.is_empty()
                && (!person || phrase.personal)
                && !phrase.ids.iter().any(|id| taken.contains(&id))
        };
        let here = self.before().filter(other).last().map(|phrase| phrase.ids.clone());
        let agents: Vec<EntityId> = taken.iter().map(|id| (*id).clone()).collect();
        let subject = self.context.subject.filter(|id| !taken.contains(id)).map(|id| vec![id.clone()]);
        roles.outside_patients = here.or(subject).unwrap_or_else(|| self.context.memory.counterpart(&agents));
    }

    fn before(self) -> impl Iterator<Item = &'a Phrase> {
        let start = self.hit.tokens.start;
        self.phrases.iter().filter(move |phrase| phrase.tokens.end <= start)
    }

    fn taken(self, roles: &Roles) -> Vec<&'a EntityId> {
        let agents = roles.agents.iter().flat_map(|&at| &self.phrases[at].ids);
        let speaker = self.context.speaker.filter(|id| roles.outside_agent.as_ref() == Some(id));
        agents.chain(speaker).collect()
    }

    /// The noun whose relative clause lacks its object: "the sanctions that Chad imposed", "a request it turned down".
    fn antecedent(self) -> Option<&'a Group> {
        let (scan, syntax) = (self.scan, self.context.syntax);
        let before = self.subject_group()?.tokens.start.checked_sub(1)?;
        let noun = match scan.tags[before] {
            Tag::Relative => before.checked_sub(1)?,
            Tag::Complementizer if before > 0 && scan.tags[before - 1] == Tag::Noun => before - 1,
            _ => before,
        };
        let noun = if noun < before && scan.tags[noun] == Tag::Comma { noun.checked_sub(1)? } else { noun };
        let group = syntax.groups.get(syntax.group_at(noun)?)?;
        let relative = scan.tags[before] == Tag::Relative;
        let names_act = || kind_of(scan, group).is_some() || scan.begins_class(group.tokens.end - 1, "agreement");
        (group.tokens.end == noun + 1 && (relative || names_act())).then_some(group)
    }

    /// What belongs to a noun that stands before its verb: "sanctions on Chad were lifted", "the curbs on Chad which it imposed".
    fn noun_before(self) -> Option<Range<usize>> {
        let group = if self.is_passive() { self.subject_group() } else { self.antecedent() }?;
        (group.tokens.end < self.hit.tokens.start).then_some(group.tokens.start..self.hit.tokens.start)
    }

    /// "bombed a camp inside Pakistan": where it is done.
    fn place(self, right: &Range<usize>, roles: &mut Roles) {
        if self.name() != "attack" || !roles.patients.is_empty() || !roles.outside_patients.is_empty() {
            return;
        }
        let places = ["in", "inside", "near", "across"];
        let found = places.iter().map(|p| phrases_with_preposition(self.phrases, right, p)).find(|f| !f.is_empty());
        roles.fill(ArgumentFunction::Patient, &found.unwrap_or_default());
    }

    /// "denounced the raid", "objected to the plan", "a charge that Chad rejects": an act told before stands for who did it.
    fn pointed_at(self, right: &Range<usize>, roles: &mut Roles) {
        let Self { scan, hit, context, .. } = self;
        let none = roles.patients.is_empty() && roles.outside_patients.is_empty();
        let agent = !roles.agents.is_empty() || roles.outside_agent.is_some();
        if !none || !agent || !ANSWERS.contains(&self.name()) || hit.form == Form::Noun {
            return;
        }
        let governed = |group: &&Group| {
            right.contains(&group.tokens.start) && group.preposition.is_none_or(|at| self.is_slot(scan.word(at)))
        };
        let direct = context.syntax.groups.iter().find(governed).filter(|group| self.is_definite(group));
        let group = direct.or_else(|| self.antecedent());
        let group = group.or_else(|| self.subject_group().filter(|group| self.is_passive() && self.is_definite(group)));
        if let Some(kind) = group.and_then(|group| kind_of(scan, group)) {
            roles.steps.push("what was told before".into());
            roles.outside_patients = context.memory.doers(kind, &self.taken(roles));
        }
    }

    fn is_slot(self, preposition: &str) -> bool {
        let slot = |argument: &Argument| matches!(&argument.slot, Slot::Preposition(p) if p.as_str() == preposition);
        self.hit.trigger.arguments.iter().any(slot)
    }

    fn is_definite(self, group: &Group) -> bool {
        let first = self.scan.word(group.tokens.start);
        matches!(
            first,
            "the" | "this" | "these" | "those" | "that" | "such" | "any" | "all" | "both" | "its" | "their" | "his"
        )
    }
}

/// What the noun of a group points back at.
pub(crate) fn kind_of(scan: &Scan<'_>, group: &Group) -> Option<Kind> {
    group.tokens.clone().rev().find_map(|token| {
        let class = scan.classes_at(token).find_map(|hit| Kind::of_class(hit.class));
        class.or_else(|| {
            let noun = scan.triggers_at(token).iter().find(|hit| hit.form == Form::Noun)?;
            Some(Kind::of_type(noun.trigger.frame.event_type.name()))
        })
    })
}

/// What a sentence speaks of as known, with whose it is and whom it concerns: "the EU's ban on arms sales to China".
pub(crate) fn spoken_of(scan: &Scan<'_>, phrases: &[Phrase], syntax: &Syntax) -> Vec<SpokenOf> {
    let mut found = Vec::new();
    for group in syntax.groups.iter().filter(|group| group.phrase.is_none() && group.tokens.len() > 1) {
        let Some(kind) = kind_of(scan, group) else { continue };
        let named = |at: &usize| {
            matches!(phrases[*at].kind, PhraseKind::Actor | PhraseKind::Adjective) && !phrases[*at].ids.is_empty()
        };
        let behind = group.tokens.end..group.tokens.end + 8;
        let with = |prepositions: &[&str]| {
            let fits = |at: &usize| {
                behind.contains(&phrases[*at].tokens.start)
                    && phrases[*at].preposition.as_deref().is_some_and(|p| prepositions.contains(&p))
            };
            (0..phrases.len()).filter(named).find(fits)
        };
        let inside = (0..phrases.len()).filter(named).find(|&at| group.tokens.contains(&phrases[at].tokens.start));
        let Some(owner) = inside.or_else(|| with(&["by", "between"])) else { continue };
        let ids = |at: usize| -> Vec<EntityId> {
            with_coordinated(phrases, at).into_iter().flat_map(|at| phrases[at].ids.iter().cloned()).collect()
        };
        let target = with(&["on", "against", "to", "with", "for"]).map(ids).unwrap_or_default();
        let noun = scan.word(group.tokens.end - 1).into();
        found.push(SpokenOf { kind, noun, source: ids(owner), target });
    }
    found
}

/// Whether the noun at a token points back at what was told: "the talks", "these sanctions", "its remaining tariffs".
pub(crate) fn points_back(scan: &Scan<'_>, syntax: &Syntax, noun: usize) -> bool {
    let Some(group) = syntax.group_at(noun).map(|at| &syntax.groups[at]) else { return false };
    matches!(
        scan.word(group.tokens.start),
        "the" | "this" | "these" | "those" | "that" | "such" | "all" | "both" | "its" | "their" | "remaining"
    )
}

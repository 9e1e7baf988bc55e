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
        slots.envoy(&mut roles);
        slots.owner_of_needed(&mut roles);
        prepositions(scan, phrases, hit, context.syntax, &right, &mut roles);
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
            Subject::Unknown if self.name() == "protest" => self.crowd(roles),
            Subject::Unknown => self.first_person(roles),
            Subject::Absent => {}
        }
        self.joiner(roles);
        self.alongside(roles);
        // "Under an agreement signed with Chad, Niger will": the other party is that of the clause.
        let shared = passive && hit.trigger.frame.event_type.is_symmetric() && scan.word(hit.tokens.end) == "with";
        if shared {
            self.clause_party(roles);
        }
        roles.closed = subject == Subject::Unknown && roles.outside_agent.is_none() || passive;
        self.compound_doer(roles);
        if passive {
            self.passive_agent(roles);
            let by = phrases_with_preposition(phrases, &self.by_region(), "by");
            roles.step("by", scan, phrases, &by);
            roles.fill(ArgumentFunction::Agent, &by);
        } else if let Some(function) = object_function(hit) {
            self.object(function, subject, roles);
        }
    }

    /// "which West Germany is against, along with Britain and Denmark".
    fn alongside(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        if roles.agents.is_empty() {
            return;
        }
        let along = (hit.tokens.end..scan.tags.len().min(hit.tokens.end + BY))
            .take_while(|&at| scan.tags[at] != Tag::Stop)
            .find(|&at| matches!(scan.word(at), "along" | "together") && scan.word(at + 1) == "with");
        let first = along.and_then(|along| {
            (0..phrases.len()).find(|&at| (along + 2..along + 4).contains(&phrases[at].tokens.start))
        });
        if let Some(at) = first.filter(|&at| phrases[at].kind == PhraseKind::Actor) {
            let group = with_coordinated(phrases, at);
            roles.step("along with", scan, phrases, &group);
            roles.fill(ArgumentFunction::Agent, &group);
        }
    }

    fn clause_party(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, context } = self;
        let comma = (hit.tokens.end..scan.tags.len())
            .take_while(|&at| scan.tags[at] != Tag::Stop)
            .find(|&at| scan.tags[at] == Tag::Comma);
        let first = comma.and_then(|comma| context.syntax.group_at(comma + 1));
        if let Some(at) = first.and_then(|group| context.syntax.groups[group].phrase)
            && phrases[at].is_actor()
            && roles.agents.is_empty()
        {
            roles.step("party of the clause", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Agent, &[at]);
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

    /// "Iranian students stormed the embassy": whose people they are.
    fn crowd(self, roles: &mut Roles) {
        let Some(group) = self.subject_group() else { return };
        let inside =
            |at: &usize| group.tokens.contains(&self.phrases[*at].tokens.start) && !self.phrases[*at].ids.is_empty();
        let Some(owner) = (0..self.phrases.len()).find(inside) else { return };
        roles.step("whose people they are", self.scan, self.phrases, &[owner]);
        roles.fill(ArgumentFunction::Agent, &[owner]);
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
        // "pulled the country out of the treaty": what is left is named behind the preposition.
        let about = hit.trigger.frame.about_agreement && self.name() != "suspend-agreement";
        if about && group.phrase.is_some_and(|at| phrases[at].ids.iter().all(|id| id.kind() == EntityKind::State)) {
            return;
        }
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
        // "freed Alan Gross, an American contractor".
        if REACHES_OWNER.contains(&self.name()) && scan.tags.get(group.tokens.end) == Some(&Tag::Comma) {
            let apposed = self.context.syntax.group_at(group.tokens.end + 1).map(|at| &self.context.syntax.groups[at]);
            let article = matches!(scan.word(group.tokens.end + 1), "a" | "an" | "the");
            if let Some(apposed) = apposed.filter(|apposed| article && apposed.phrase.is_none())
                && self.owner(apposed, apposed.tokens.end..apposed.tokens.end, roles)
            {
                return;
            }
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
        let of: &[&str] = if self.name() == "reject" {
            &["of", "by", "from", "between", "with", "for"]
        } else {
            &["of", "by", "from", "between"]
        };
        let owner = (0..phrases.len()).find(|&at| {
            let phrase = &phrases[at];
            let inside = group.tokens.contains(&phrase.tokens.start);
            let belongs = behind.contains(&phrase.tokens.start)
                && phrase.preposition.as_deref().is_some_and(|p| {
                    // "a move in the Security Council".
                    of.contains(&p) || p == "in" && phrase.ids.iter().all(|id| id.kind() == EntityKind::Org)
                });
            // "pounded Beirut's airport": where it is.
            let place = phrase.kind == PhraseKind::Place && self.name() == "attack" && inside;
            let owns = matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective)
                || place
                || matches!(phrase.kind, PhraseKind::Anaphor(_)) && phrase.possessive;
            (inside || belongs) && owns && !phrase.ids.is_empty()
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
        // "the Commonwealth, which suspended it".
        let member = self.name() == "suspend-agreement"
            && self.taken(roles).iter().all(|id| id.kind() == EntityKind::Org)
            && !roles.agents.is_empty();
        if self.hit.trigger.frame.about_agreement && !member {
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
                && (word != "them" || self.name() != "recognise" || phrase.ids.len() > 1)
                && !phrase.ids.iter().any(|id| taken.contains(&id))
        };
        let here = self.before().filter(other).last().map(|phrase| phrase.ids.clone());
        let agents: Vec<EntityId> = taken.iter().map(|id| (*id).clone()).collect();
        if here.is_none() && word == "them" && self.name() == "recognise" {
            return;
        }
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
        // "the ban on U.S. poultry that Russia brought in": through the preposition to the noun that is meant.
        let outer = group.preposition.and_then(|at| at.checked_sub(1)).and_then(|at| syntax.group_at(at));
        let outer = outer.map(|at| &syntax.groups[at]).filter(|outer| kind_of(scan, outer).is_some());
        if let Some(outer) = outer.filter(|_| noun < before) {
            return Some(outer);
        }
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

    /// "an Egyptian-brokered truce".
    fn compound_doer(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        let Some(hyphen) = hit.tokens.start.checked_sub(1).filter(|&at| matches!(scan.word(at), "-" | "–")) else {
            return;
        };
        let doer = |at: &usize| phrases[*at].tokens.end == hyphen && !phrases[*at].ids.is_empty();
        if let Some(at) = (0..phrases.len()).find(doer).filter(|_| scan.adjacent(hyphen - 1)) {
            roles.agents.clear();
            roles.patients.retain(|&patient| patient != at);
            roles.step("before the hyphen", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Agent, &[at]);
        }
    }

    /// Who does what the passive of some verbs tells: "was summoned to the Norwegian ministry", "was suspended from the bloc", "were
    /// ordered to leave Russia", "EU sanctions were lifted".
    fn passive_agent(self, roles: &mut Roles) {
        let Self { scan, phrases, .. } = self;
        let region = self.by_region();
        let found = match self.name() {
            "summon-envoy" => phrases_with_preposition(phrases, &region, "to"),
            "suspend-agreement" => phrases_with_preposition(phrases, &region, "from"),
            "expel-diplomat" => {
                let leave = region.clone().find(|&at| scan.word(at) == "leave");
                let state = |at: &usize| leave.is_some_and(|leave| phrases[*at].tokens.start == leave + 1);
                (0..phrases.len()).filter(state).collect()
            }
            "ease-sanctions" | "impose-sanctions" if roles.agents.is_empty() => {
                let owner = |group: &&Group| {
                    let inside = |at: &usize| {
                        group.tokens.contains(&phrases[*at].tokens.start)
                            && matches!(phrases[*at].kind, PhraseKind::Actor | PhraseKind::Adjective)
                            && !phrases[*at].ids.is_empty()
                    };
                    (0..phrases.len()).find(inside)
                };
                self.subject_group()
                    .filter(|group| group.phrase.is_none())
                    .and_then(|group| owner(&group))
                    .into_iter()
                    .collect()
            }
            _ => Vec::new(),
        };
        let found: Vec<usize> =
            found.into_iter().filter(|&at| phrases[at].ids.iter().all(|id| id.is_actor())).collect();
        roles.patients.retain(|at| !found.contains(at));
        roles.step("by whom, as the verb tells it", scan, phrases, &found);
        roles.fill(ArgumentFunction::Agent, &found);
    }

    /// "Japan's new ambassador to China presented his credentials", "Kuwait's ambassador to Tehran was recalled": whose envoy, and where.
    fn envoy(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        if !matches!(self.name(), "appoint-envoy" | "recall-envoy") || hit.trigger.sense == "receive-envoy" {
            return;
        }
        let near = hit.tokens.start.saturating_sub(12)..hit.tokens.end + 12;
        let envoys = scan.of_class("ambassador").filter(|envoy| near.contains(&envoy.tokens.start));
        for envoy in envoys {
            let post = |at: &usize| {
                let phrase = &phrases[*at];
                (envoy.tokens.end + 1..envoy.tokens.end + 4).contains(&phrase.tokens.start)
                    && matches!(scan.word(envoy.tokens.end), "to" | "in" | "at")
                    && !phrase.ids.is_empty()
            };
            if roles.patients.is_empty()
                && let Some(at) = (0..phrases.len()).find(post)
            {
                roles.step("where the envoy is posted", scan, phrases, &[at]);
                roles.fill(ArgumentFunction::Patient, &[at]);
            }
        }
    }

    /// "sought Japan's help", "became Nato's 29th member": whose the noun is that the verb needs.
    fn owner_of_needed(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, context } = self;
        let open = matches!(self.name(), "request" | "join-agreement" | "demand");
        if !open || !roles.patients.is_empty() || !roles.outside_patients.is_empty() {
            return;
        }
        let Some(group) = context.syntax.object(scan, hit.tokens.end, Subject::Absent) else { return };
        let needs = |class: &String| group.tokens.clone().any(|at| scan.begins_class(at, class));
        if !hit.trigger.needs.iter().any(needs) {
            return;
        }
        let inside = |at: &usize| {
            let phrase = &phrases[*at];
            group.tokens.contains(&phrase.tokens.start)
                && matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective)
                && !phrase.ids.is_empty()
                && !roles.agents.contains(at)
        };
        if let Some(at) = (0..phrases.len()).find(inside) {
            roles.step("whose it is", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Patient, &[at]);
        }
    }

    /// "sent warships to the Gulf to deter Iran".
    fn purpose(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        if self.name() != "mobilise" || !roles.patients.is_empty() {
            return;
        }
        let end = (hit.tokens.end + BY).min(scan.tags.len());
        let deters = (hit.tokens.end..end).find(|&at| scan.tags[at].is_verb() && scan.begins_class(at, "deters"));
        let found = deters
            .and_then(|verb| (0..phrases.len()).find(|&at| (verb + 1..verb + 4).contains(&phrases[at].tokens.start)));
        if let Some(at) = found.filter(|&at| phrases[at].is_actor() && !phrases[at].ids.is_empty()) {
            let group = with_coordinated(phrases, at);
            roles.step("against whom", scan, phrases, &group);
            roles.fill(ArgumentFunction::Patient, &group);
        }
    }

    /// "Niger followed suit": to those to whom it was done.
    fn same_again(self, roles: &mut Roles) {
        if self.hit.trigger.sense == "follow-suit"
            && let Some((_, target)) = self.context.memory.last_deed()
        {
            roles.outside_patients = target.to_vec();
        }
    }

    /// "flew to Yerevan and announced 11 million dollars in help", "…; the EU has pledged five million".
    fn recipient(self, roles: &mut Roles) {
        let none = roles.patients.is_empty() && roles.outside_patients.is_empty();
        let agent = !roles.agents.is_empty() || roles.outside_agent.is_some();
        if none && agent && self.name() == "give-aid" && self.hit.form != Form::Noun {
            roles.outside_patients = self.context.memory.helped(&self.taken(roles));
        }
    }

    /// "will hold talks in Beijing", "in Dar es Salaam he will sign": with those in whose capital it is, venues of third parties apart.
    fn host(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        let alone = roles.patients.is_empty() && roles.outside_patients.is_empty() && roles.agents.len() == 1;
        if self.name() == "summit" && alone {
            return self.summit_host(roles);
        }
        let meets = matches!(self.name(), "meet" | "negotiate" | "sign-agreement");
        if !alone || !meets || hit.form == Form::Noun || !phrases[roles.agents[0]].personal {
            return;
        }
        let near = |p: &Phrase| p.tokens.start < hit.tokens.end + 6 && p.tokens.start + 12 > hit.tokens.start;
        let place = (0..phrases.len()).find(|&at| {
            phrases[at].kind == PhraseKind::Place
                && phrases[at].preposition.as_deref() == Some("in")
                && near(&phrases[at])
        });
        let Some(at) = place else { return };
        let venue = (phrases[at].tokens.start..phrases[at].tokens.end).any(|token| scan.begins_class(token, "venue"));
        if !venue && !phrases[at].ids.is_empty() {
            roles.step("in whose capital", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Patient, &[at]);
        }
    }

    /// "will attend the Bali summit", "goes to the COP27 summit in Egypt": where it is held.
    fn summit_host(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        let summit = (hit.tokens.start..scan.tags.len().min(hit.tokens.end + 8))
            .find(|&at| scan.word(at) == "summit" || scan.begins_class(at, "summit"))
            .unwrap_or(hit.tokens.start);
        let found = (0..phrases.len()).find(|&at| {
            let phrase = &phrases[at];
            let named = matches!(phrase.kind, PhraseKind::Place | PhraseKind::Actor | PhraseKind::Adjective);
            let before = phrase.tokens.end == summit && phrase.tokens.start >= hit.tokens.start.saturating_sub(4);
            let inside =
                phrase.preposition.as_deref() == Some("in") && (summit..summit + 6).contains(&phrase.tokens.start);
            named && (before || inside) && !phrase.ids.is_empty() && !roles.agents.contains(&at)
        });
        if let Some(at) = found.filter(|&at| phrases[at].ids.iter().all(|id| id.kind() != EntityKind::Org)) {
            roles.step("where it is held", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Patient, &[at]);
        }
    }

    /// "would retaliate if the U.S. raised its tariffs": against whom the condition names.
    fn threatened(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        let none = roles.patients.is_empty() && roles.outside_patients.is_empty();
        if self.name() != "threaten" || !none || hit.form == Form::Noun {
            return;
        }
        let condition = (hit.tokens.end..scan.tags.len())
            .take_while(|&at| scan.tags[at] != Tag::Stop)
            .find(|&at| matches!(scan.word(at), "if" | "unless" | "should"));
        // "threatened to turn Seoul into a sea of fire".
        let threatens = scan.begins_class(hit.tokens.start, "threatens") && scan.word(hit.tokens.end) == "to";
        let condition = condition.or(Some(hit.tokens.end).filter(|_| threatens));
        let taken = self.taken(roles);
        let other = |at: &usize| {
            let phrase = &phrases[*at];
            condition.is_some_and(|condition| phrase.tokens.start > condition)
                && (!threatens || phrase.preposition.is_none())
                && phrase.kind == PhraseKind::Actor
                && !phrase.ids.iter().any(|id| taken.contains(&id))
                && phrase.ids.iter().all(|id| id.is_actor())
        };
        if let Some(at) = (0..phrases.len()).find(other) {
            roles.step("in the condition", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Patient, &[at]);
        }
    }

    /// "denounced the raid", "objected to the plan", "a charge that Chad rejects": an act told before stands for who did it.
    fn pointed_at(self, right: &Range<usize>, roles: &mut Roles) {
        let Self { scan, hit, context, .. } = self;
        let none = roles.patients.is_empty() && roles.outside_patients.is_empty();
        let agent = !roles.agents.is_empty() || roles.outside_agent.is_some();
        let asks = matches!(self.name(), "request" | "demand");
        if !none || !agent || !ANSWERS.contains(&self.name()) && !asks {
            return;
        }
        if hit.form == Form::Noun {
            // "despite US objections": to what was told.
            let at = context.syntax.group_at(hit.tokens.start).map(|at| context.syntax.groups[at].tokens.start);
            let despite = at
                .and_then(|at| at.checked_sub(1))
                .is_some_and(|at| matches!(scan.word(at), "despite" | "over" | "amid"));
            if despite && self.name() == "reject" {
                roles.outside_patients = context.memory.answered(&self.taken(roles));
            }
            return;
        }
        let governed = |group: &&Group| {
            right.contains(&group.tokens.start)
                && group.preposition.is_none_or(|at| self.is_slot(scan.word(at)) || asks)
        };
        let direct = context.syntax.groups.iter().filter(governed).find(|group| self.is_definite(group));
        let direct = direct.filter(|group| !asks || kind_of(scan, group).is_some_and(Kind::can_be_ended));
        let passive = || self.subject_group().filter(|_| self.is_passive());
        let group = if asks { direct } else { direct.or_else(|| self.antecedent()) };
        let group =
            group.or_else(|| passive().filter(|group| !asks && (self.is_definite(group) || self.is_apposed(group))));
        let Some(group) = group else { return };
        let Some(kind) = kind_of(scan, group) else { return };
        let taken = self.taken(roles);
        let here = if self.is_apposed(group) { self.clause_before(group, &taken) } else { Vec::new() };
        roles.steps.push("what was told before".into());
        roles.outside_patients = if here.is_empty() { context.memory.doers(kind, &taken) } else { here };
    }

    /// "…, a position described by Chad as undemocratic": what the clause before tells.
    fn is_apposed(self, group: &Group) -> bool {
        let start = group.tokens.start;
        let comma = start.checked_sub(1).is_some_and(|at| self.scan.tags[at] == Tag::Comma);
        comma && matches!(self.scan.word(start), "a" | "an" | "the")
    }

    /// Who did what an apposed noun sums up: the subject of the clause before it.
    fn clause_before(self, group: &Group, taken: &[&EntityId]) -> Vec<EntityId> {
        let Self { scan, phrases, context, .. } = self;
        let before = (0..group.tokens.start).rev().take_while(|&at| scan.tags[at] != Tag::Stop);
        let finite = before.into_iter().filter(|&at| scan.tags[at].is_verb());
        for verb in finite {
            if let Subject::Phrase(at) = context.syntax.subject(scan, phrases, verb) {
                let ids: Vec<EntityId> = with_coordinated(phrases, at)
                    .into_iter()
                    .flat_map(|at| phrases[at].ids.iter().filter(|id| id.is_actor() && !taken.contains(id)).cloned())
                    .collect();
                if !ids.is_empty() {
                    return ids;
                }
            }
        }
        Vec::new()
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

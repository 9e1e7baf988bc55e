//! The subject of an English verb, its voice, and who acts with it.

use super::Slots;
use crate::coreference::Kind;
use crate::lexicon::{ArgumentFunction, Form};
use crate::mention::{Phrase, PhraseKind};
use crate::role::preposition::phrases_with_preposition;
use crate::role::verb::{OWN_THINGS, passive_owner};
use crate::role::{Places, Roles, object_function, with_coordinated};
use crate::syntax::{Group, Subject, Tag};
use chancery_model::Field;
use std::ops::Range;

/// How far a passive verb reaches for "by", in tokens.
pub(super) const BY: usize = 16;

impl<'a> Slots<'a> {
    pub(super) fn verb(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, context } = self;
        if self.is_charge_aside() {
            return self.charged_aside(roles);
        }
        if self.is_of_act() || self.says_of_it() {
            roles.closed = true;
            roles.blocked = true;
            return;
        }
        let passive = self.is_passive();
        let subject = context.syntax.subject(scan, phrases, hit.tokens.start);
        let own = passive && OWN_THINGS.contains(&self.name());
        match subject {
            // "Qatar brokered a truce between Chad and Niger": who brokers it is no party.
            Subject::Phrase(_) if !passive && self.name() == "ceasefire" && self.brokers_between() => {}
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
            Subject::Unknown if self.some_of_many(roles) => {}
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
            // "He is accused of spying": by whom nobody says.
            let of_person = self.pronoun_at(hit.tokens.start.saturating_sub(2))
                || subject == Subject::Unknown
                || matches!(subject, Subject::Phrase(at) if matches!(phrases[at].kind, PhraseKind::Anaphor(_)));
            roles.blocked |= self.name() == "accuse" && by.is_empty() && of_person;
        } else if let Some(function) = object_function(hit) {
            self.object(function, subject, roles);
        }
    }

    /// "handed over 12 Chadians, accused of smuggling": behind the comma stands of what those are accused who were named last.
    fn is_charge_aside(self) -> bool {
        let Self { scan, hit, .. } = self;
        let comma = hit.tokens.start.checked_sub(1).is_some_and(|at| scan.tags[at] == Tag::Comma);
        comma && scan.word(hit.tokens.start) == "accused" && scan.word(hit.tokens.end) == "of"
    }

    /// "condemned the cowardly act of bombing a mosque": of whose act it is nothing is said.
    fn is_of_act(self) -> bool {
        let Self { scan, hit, .. } = self;
        let act = hit.tokens.start.checked_sub(2).filter(|&at| scan.word(at + 1) == "of");
        let names = |at: usize| matches!(scan.word(at), "act" | "acts" | "policy" | "practice" | "crime" | "crimes");
        hit.form == Form::Gerund && matches!(self.name(), "attack" | "coerce") && act.is_some_and(names)
    }

    /// "Chad said it had ordered the raid": of oneself, or of somebody whom only the text before tells.
    fn says_of_it(self) -> bool {
        let Self { scan, hit, .. } = self;
        let that = usize::from(scan.word(hit.tokens.end) == "that");
        let behind = hit.trigger.needs.iter().any(|class| class == "was-behind");
        behind && matches!(scan.word(hit.tokens.end + that), "it" | "they" | "he" | "she")
    }

    /// Who is accused in an aside, and by whom; nobody else is either.
    fn charged_aside(self, roles: &mut Roles) {
        let Self { phrases, hit, .. } = self;
        let named = |at: &usize| phrases[*at].tokens.end + 1 == hit.tokens.start && phrases[*at].is_actor();
        let accused: Places = (0..phrases.len()).filter(named).collect();
        roles.fill(ArgumentFunction::Patient, &accused);
        let by = phrases_with_preposition(phrases, &self.by_region(), "by");
        roles.fill(ArgumentFunction::Agent, &by);
        roles.closed = true;
        roles.blocked = true;
    }

    fn brokers_between(self) -> bool {
        let Self { scan, phrases, hit, .. } = self;
        let between = |p: &Phrase| p.tokens.start > hit.tokens.start && p.preposition.as_deref() == Some("between");
        scan.begins_class(hit.tokens.start, "brokers") && phrases.iter().any(between)
    }

    /// "which West Germany is against, along with Britain and Denmark".
    fn alongside(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        if roles.agents.is_empty() {
            return;
        }
        let along = (hit.tokens.end..scan.tags.len().min(hit.tokens.end + BY))
            .take_while(|&at| scan.tags[at] != Tag::Stop && !scan.finite_verb_at(at))
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
        // "protesters in the Chadian capital burned flags".
        let behind = |at: &usize| {
            let phrase = &self.phrases[*at];
            phrase.tokens.start > group.tokens.start
                && phrase.tokens.end <= self.hit.tokens.start
                && matches!(phrase.preposition.as_deref(), Some("in" | "from"))
                && !phrase.ids.is_empty()
        };
        let places = || (0..self.phrases.len()).find(behind);
        let Some(owner) = (0..self.phrases.len()).find(inside).or_else(places) else { return };
        roles.step("whose people they are", self.scan, self.phrases, &[owner]);
        roles.fill(ArgumentFunction::Agent, &[owner]);
    }

    /// "More than twenty states, among them Chad and Niger, recognised it", "…, including Mali": those who are named of many.
    fn some_of_many(self, roles: &mut Roles) -> bool {
        const NEAR: usize = 14;
        let Self { scan, phrases, hit, .. } = self;
        let many = self.subject_group().filter(|group| scan.begins_class(group.tokens.end - 1, "many-states"));
        let Some(many) = many else { return false };
        let opens = |at: usize| scan.word(at) == "including" || scan.word(at) == "among" && scan.word(at + 1) == "them";
        let behind = |from: usize| {
            let comma = (from..scan.tags.len().min(from + NEAR)).take_while(|&at| scan.tags[at] != Tag::Stop);
            comma.into_iter().find(|&at| scan.tags[at] == Tag::Comma && opens(at + 1))
        };
        let right_behind = behind(many.tokens.end).filter(|&at| at == many.tokens.end);
        let Some(comma) = right_behind.or_else(|| behind(hit.tokens.end)) else { return false };
        let first = (0..phrases.len()).find(|&at| (comma + 2..comma + 5).contains(&phrases[at].tokens.start));
        let Some(first) = first.filter(|&at| phrases[at].is_actor() && !phrases[at].ids.is_empty()) else {
            return false;
        };
        let group = with_coordinated(phrases, first);
        roles.step("named of many", scan, phrases, &group);
        roles.fill(ArgumentFunction::Agent, &group);
        true
    }

    /// "We will not accept the plan," he said: the speaker.
    fn first_person(self, roles: &mut Roles) {
        let Some(group) = self.subject_group() else { return };
        if group.tokens.len() == 1 && self.scan.begins_class(group.tokens.start, "first-person") {
            roles.outside_agent = self.context.speaker.cloned();
            roles.steps.push("agent: the speaker".into());
        }
    }

    pub(super) fn subject_group(self) -> Option<&'a Group> {
        let at = self.context.syntax.subject_group(self.scan, self.phrases, self.hit.tokens.start)?;
        self.context.syntax.groups.get(at)
    }

    /// A participle after a form of "be", before "by", or in a headline without an object: "Chad urged to open its border".
    pub(super) fn is_passive(self) -> bool {
        let (scan, hit) = (self.scan, self.hit);
        let next = (hit.tokens.end..scan.tags.len()).find(|&at| scan.tags[at] != Tag::Adverb);
        let by = next.is_some_and(|at| scan.word(at) == "by");
        if !matches!(hit.form, Form::Participle | Form::Past) {
            return false;
        }
        let be = self.verb_group().any(|at| scan.begins_class(at, "be"));
        // "talks mediated by Chad"; "relations with Chad were restored by Niger".
        let shaped = object_function(hit).is_some()
            || by && matches!(self.name(), "mediate" | "appoint-envoy" | "recall-envoy")
            || be && (self.name() == "appoint-envoy" || self.by_region().any(|at| scan.word(at) == "by"));
        if !shaped {
            return false;
        }
        // "would be arrested or prosecuted": two participles of one "be".
        let shared = || {
            let and = hit.tokens.start.checked_sub(1).filter(|&at| scan.tags[at] == Tag::Conjunction);
            let first =
                and.and_then(|and| and.checked_sub(1)).filter(|&at| scan.tags[at] == Tag::Verb(Form::Participle));
            first.is_some_and(|at| at > 0 && scan.begins_class(at - 1, "be"))
        };
        let headline = scan.sentence.field == Field::Title
            && next
                .is_none_or(|at| matches!(scan.tags[at], Tag::Preposition | Tag::Auxiliary | Tag::Stop | Tag::Comma));
        let reduced = scan.tags[hit.tokens.start] == Tag::Verb(Form::Participle) && !self.after_have();
        be || by || headline || reduced || shared()
    }

    fn after_have(self) -> bool {
        self.verb_group().any(|at| self.scan.begins_class(at, "have"))
    }

    /// Auxiliaries before the verb, with adverbs and times between them: "has for years been asked", "was on Monday summoned".
    fn verb_group(self) -> impl Iterator<Item = usize> + use<'a> {
        const LONGEST: usize = 5;
        let tags = &self.scan.tags;
        let belongs = move |at: &usize| {
            matches!(tags[*at], Tag::Auxiliary | Tag::Adverb)
                || tags[*at] == Tag::Preposition && tags.get(at + 1) == Some(&Tag::Adverb)
        };
        (0..self.hit.tokens.start).rev().take(LONGEST).take_while(belongs)
    }

    /// "Chad's membership of the bloc was suspended": whose member it is.
    fn club_of_membership(self) -> Places {
        let Self { scan, phrases, hit, .. } = self;
        let Some(group) = self.subject_group() else { return Places::new() };
        let member = |at: usize| matches!(scan.word(at), "membership" | "participation" | "rights");
        if !member(group.tokens.end - 1) {
            return Places::new();
        }
        let behind = group.tokens.end..hit.tokens.start;
        let of = phrases_with_preposition(phrases, &behind, "of");
        if of.is_empty() { phrases_with_preposition(phrases, &behind, "in") } else { of }
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

    /// "an Egyptian-brokered truce".
    fn compound_doer(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        let Some(hyphen) = hit.tokens.start.checked_sub(1).filter(|&at| matches!(scan.word(at), "-" | "–")) else {
            return;
        };
        let doer = |at: &usize| phrases[*at].tokens.end == hyphen && !phrases[*at].ids.is_empty();
        if let Some(at) = (0..phrases.len()).find(doer).filter(|_| scan.adjacent(hyphen - 1)) {
            roles.agents.clear();
            roles.patients.retain(|patient| *patient != at);
            // "a U.S. and Saudi-brokered truce".
            let joined = at > 0 && phrases[at].coordinated && !phrases[at - 1].ids.is_empty();
            let doers: Places = if joined { [at - 1, at].into_iter().collect() } else { [at].into_iter().collect() };
            // Who brokers a truce is no party of it.
            if self.name() == "ceasefire" && scan.begins_class(hit.tokens.start, "brokers") {
                roles.patients.retain(|patient| !doers.contains(patient));
                (roles.closed, roles.blocked) = (true, roles.patients.len() < 2);
                return;
            }
            roles.step("before the hyphen", scan, phrases, &doers);
            roles.fill(ArgumentFunction::Agent, &doers);
        }
    }

    /// Who does what the passive of some verbs tells: "was summoned to the Norwegian ministry", "was suspended from the bloc", "were
    /// ordered to leave Russia", "EU sanctions were lifted".
    fn passive_agent(self, roles: &mut Roles) {
        let Self { scan, phrases, .. } = self;
        let region = self.by_region();
        let found = match self.name() {
            "summon-envoy" => phrases_with_preposition(phrases, &region, "to"),
            "suspend-agreement" => {
                let from = phrases_with_preposition(phrases, &region, "from");
                if from.is_empty() { self.club_of_membership() } else { from }
            }
            // "has been named Chad's ambassador to Niger".
            "appoint-envoy" if roles.agents.is_empty() => {
                let envoy = |at: &usize| {
                    let phrase = &phrases[*at];
                    region.contains(&phrase.tokens.start)
                        && matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective)
                        && phrase.preposition.as_deref().is_none_or(|p| p == "as")
                        && !phrase.ids.is_empty()
                };
                (0..phrases.len()).find(envoy).into_iter().collect()
            }
            "expel-diplomat" => {
                let leave = region.clone().find(|&at| scan.word(at) == "leave");
                let state = |at: &usize| leave.is_some_and(|leave| phrases[*at].tokens.start == leave + 1);
                let from = |at: &usize| {
                    phrases[*at].tokens.start == self.hit.tokens.end + 1
                        && phrases[*at].preposition.as_deref().is_some_and(|p| matches!(p, "from" | "of" | "out of"))
                };
                (0..phrases.len()).filter(|at| state(at) || leave.is_none() && from(at)).collect()
            }
            // "was denied entry to Chad".
            "impose-sanctions" if self.hit.trigger.needs.iter().any(|class| class == "entry") => {
                phrases_with_preposition(phrases, &region, "to")
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
            _ => Places::new(),
        };
        let found: Places = found.into_iter().filter(|&at| phrases[at].ids.iter().all(|id| id.is_actor())).collect();
        roles.patients.retain(|at| !found.contains(at));
        roles.step("by whom, as the verb tells it", scan, phrases, &found);
        roles.fill(ArgumentFunction::Agent, &found);
    }
}

//! The object of an English verb: somebody, what is theirs, or a pronoun.

use super::Slots;
use super::told::{ANSWERS, kind_of};
use crate::lexicon::{ArgumentFunction, Form};
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::role::preposition::is_by_of_answer;
use crate::role::verb::named_object;
use crate::role::{BREAKS, Roles, object_function, reaches_owner, right_region, with_coordinated};
use crate::syntax::{Group, Subject, Tag};
use chancery_model::{EntityId, EntityKind};
use std::ops::Range;

/// Acts on others only: in "shelled two of its ships" the ships are not one's own.
const ON_OTHERS: [&str; 11] = [
    "recognise",
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

impl<'a> Slots<'a> {
    /// "A US proposal was rejected", "the plan was rejected": whose it is.
    pub(super) fn passive_object(self, roles: &mut Roles) {
        let (Some(function), Some(group)) = (object_function(self.hit), self.subject_group()) else { return };
        if function == ArgumentFunction::Patient {
            self.owner(group, group.tokens.end..self.hit.tokens.start, roles);
        }
    }

    pub(super) fn object(self, function: ArgumentFunction, subject: Subject, roles: &mut Roles) {
        let Self { scan, phrases, hit, context } = self;
        if function == ArgumentFunction::Patient && self.pronoun_at(hit.tokens.end) {
            self.pronoun(hit.tokens.end, roles);
            return self.joined_to_pronoun(hit.tokens.end, roles);
        }
        if let Some(group) = self.told_to(function) {
            self.reached(group, group.tokens.end..group.tokens.end, function, roles);
            roles.unknown_patient = roles.patients.is_empty();
            return;
        }
        let Some(group) = context.syntax.object(scan, hit.tokens.end, subject) else {
            if let Some(group) = self.antecedent().filter(|_| function == ArgumentFunction::Patient) {
                self.reached(group, group.tokens.end..hit.tokens.start, function, roles);
            }
            return;
        };
        // "declared that", with "that" left out: "declared Chad was provoking Niger".
        let clause = group.phrase.is_some() && scan.tags.get(group.tokens.end) == Some(&Tag::Auxiliary);
        if clause && self.name() == "express-support" && scan.word(group.tokens.end) != "to" {
            roles.unknown_patient = true;
            return;
        }
        // "pulled the country out of the treaty": what is left is named behind the preposition.
        let about = hit.trigger.frame.about_agreement && self.name() != "suspend-agreement";
        if about && group.phrase.is_some_and(|at| phrases[at].ids.iter().all(|id| id.kind() == EntityKind::State)) {
            return;
        }
        let behind = group.tokens.end..(group.tokens.end + 6).min(right_region(scan, hit).end.max(group.tokens.end));
        self.reached(group, behind, function, roles);
        self.second_object(group, function, roles);
        let unknown = roles.patients.is_empty() && roles.outside_patients.is_empty();
        // "gave the head of the mission two days to leave".
        let ultimatum = hit.trigger.needs.iter().any(|class| class == "ultimatum");
        // "warned Western states of the consequences".
        let direct = group.tokens.start <= hit.tokens.end + 1;
        let warned = direct && hit.trigger.needs.iter().any(|class| class == "harm");
        let addressed = ultimatum || warned || ADDRESSED.contains(&self.name());
        roles.unknown_patient |= unknown && addressed && group.phrase.is_none();
        if group.phrase.is_some_and(|at| phrases[at].ids.is_empty()) {
            roles.unknown_patient |= ADDRESSED.contains(&self.name());
        }
    }

    /// "sanctioned two persons and a Chadian bank": whose the second is, where the first is nobody's.
    fn second_object(self, first: &Group, function: ArgumentFunction, roles: &mut Roles) {
        let groups = &self.context.syntax.groups;
        let none = roles.patients.is_empty() && roles.outside_patients.is_empty();
        if self.name() != "impose-sanctions" || function != ArgumentFunction::Patient || !none {
            return;
        }
        let next = self.context.syntax.group_at(first.tokens.start).and_then(|at| groups.get(at + 1));
        let joined = |group: &&Group| {
            let and = self.scan.tags.get(first.tokens.end) == Some(&Tag::Conjunction);
            and && group.coordinated && group.preposition.is_none() && group.tokens.start == first.tokens.end + 1
        };
        if let Some(group) = next.filter(joined) {
            self.owner(group, group.tokens.end..group.tokens.end, roles);
        }
    }

    /// "insisted last week that Chad withdraw": the subject of what is demanded.
    fn told_to(self, function: ArgumentFunction) -> Option<&'a Group> {
        let (scan, syntax) = (self.scan, self.context.syntax);
        let asks = matches!(self.name(), "demand" | "request") && function == ArgumentFunction::Patient;
        let that = (self.hit.tokens.end..scan.tags.len()).find(|&at| scan.tags[at] != Tag::Adverb)?;
        let adverb = that > self.hit.tokens.end;
        let group = syntax.group_at(that + 1).filter(|_| asks && adverb && scan.tags[that] == Tag::Complementizer)?;
        syntax.groups.get(group)
    }

    /// Fills a slot with whom a group denotes, or whose it is. What belongs to it stands in `behind`.
    fn reached(self, group: &Group, behind: Range<usize>, function: ArgumentFunction, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        let is_actor = group.phrase.is_some_and(|at| phrases[at].kind == PhraseKind::Actor);
        // "condemned the Saudi mosque attack": it was struck there.
        let struck = |at: usize| scan.begins_class(at, "struck-site") && scan.begins_class(at + 1, "told-attack");
        if self.name() == "condemn" && group.tokens.clone().any(struck) {
            roles.unknown_patient = true;
            return;
        }
        // "backed its foes": not those whose foes they are.
        if self.name() == "express-support" && group.tokens.clone().any(|at| scan.begins_class(at, "foes")) {
            roles.unknown_patient = true;
            return;
        }
        if reaches_owner(self.hit) && !is_actor && self.owner(group, behind, roles) {
            return;
        }
        if named_object(scan, phrases, group, function, roles) {
            return;
        }
        // "freed Alan Gross, an American contractor".
        if reaches_owner(self.hit) && scan.tags.get(group.tokens.end) == Some(&Tag::Comma) {
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
        // "expressed its solidarity": one's own.
        let own = |class: &String| group.tokens.clone().any(|at| scan.begins_class(at, class));
        let defends = scan.begins_class(hit.tokens.start, "defends");
        let own = (defends || hit.trigger.needs.iter().any(own)) && self.name() == "express-support";
        if let Some(at) = theirs.filter(|_| ON_OTHERS.contains(&self.name()) && hit.form != Form::Noun && !own) {
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
        let owns = |&at: &usize| {
            let phrase = &phrases[at];
            let inside = group.tokens.contains(&phrase.tokens.start);
            let belongs = behind.contains(&phrase.tokens.start)
                && !is_by_of_answer(scan, self.hit, phrase.tokens.start)
                && phrase.preposition.as_deref().is_some_and(|p| {
                    // "a move in the Security Council".
                    of.contains(&p) || p == "in" && phrase.ids.iter().all(|id| id.kind() == EntityKind::Org)
                });
            // "pounded Beirut's airport": where it is.
            let place = phrase.kind == PhraseKind::Place && self.name() == "attack" && (inside || belongs);
            let owns = matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective)
                || place
                || matches!(phrase.kind, PhraseKind::Anaphor(_)) && phrase.possessive;
            (inside || belongs) && owns && !phrase.ids.is_empty()
        };
        // "welcomed the release of two Chadians by Niger": what somebody did is answered, not to whom it was done.
        let doer = |at: &usize| owns(at) && phrases[*at].preposition.as_deref() == Some("by");
        let doer = (0..phrases.len()).find(doer).filter(|_| ANSWERS.contains(&self.name()));
        let owner = doer.or_else(|| (0..phrases.len()).find(owns));
        let maker = || self.maker(group).filter(|at| !roles.agents.contains(at));
        let Some(owner) = owner.or_else(maker) else { return false };
        let group = with_coordinated(phrases, owner);
        roles.step("owner of the object", scan, phrases, &group);
        roles.fill(ArgumentFunction::Patient, &group);
        true
    }

    /// "rejected the ceiling of 1.1 mln barrels which OPEC set": who acts in the relative clause of a noun.
    fn maker(self, group: &Group) -> Option<usize> {
        let Self { scan, phrases, .. } = self;
        let nominal = |at: &usize| {
            matches!(scan.tags[*at], Tag::Noun | Tag::Preposition | Tag::Determiner | Tag::Number | Tag::Adverb)
                && scan.word(*at) != "that"
        };
        let relative = (group.tokens.end..(group.tokens.end + 9).min(scan.tags.len())).find(|at| !nominal(at))?;
        let opens = matches!(scan.word(relative), "which" | "that");
        let subject = (0..phrases.len()).find(|&at| phrases[at].tokens.start == relative + 1)?;
        let acts = phrases[subject].kind == PhraseKind::Actor && !phrases[subject].ids.is_empty();
        let verb = (phrases[subject].tokens.end..scan.tags.len()).find(|&at| scan.tags[at] != Tag::Auxiliary)?;
        (opens && acts && scan.tags[verb].is_verb()).then_some(subject)
    }

    pub(super) fn pronoun_at(self, token: usize) -> bool {
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
            // "refused to sign it": a deal, not an organisation.
            let signs = matches!(self.scan.word(self.hit.tokens.start).get(..4), Some("sign" | "init" | "endo"));
            if signs {
                roles.unknown_patient = true;
                return;
            }
            let here = self.before().filter(org).last();
            let thing = here.map(|p| p.ids.to_vec()).unwrap_or_else(|| self.context.memory.membership());
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

    /// "met her and the Greek minister".
    fn joined_to_pronoun(self, pronoun: usize, roles: &mut Roles) {
        let Self { scan, phrases, context, .. } = self;
        let group = context.syntax.group_at(pronoun + 2).map(|at| &context.syntax.groups[at]);
        let Some(group) = group.filter(|_| scan.tags.get(pronoun + 1) == Some(&Tag::Conjunction)) else { return };
        if !scan.tags.get(group.tokens.end).is_some_and(|tag| tag.is_verb() || *tag == Tag::Auxiliary) {
            named_object(scan, phrases, group, ArgumentFunction::Patient, roles);
        }
    }

    /// Somebody who is not the agent: named before in the sentence, else whom the agent has to do with.
    pub(super) fn somebody_else(self, word: &str, roles: &mut Roles) {
        let taken = self.taken(roles);
        let other = |phrase: &&Phrase| {
            let person = matches!(word, "him" | "her" | "his");
            phrase.is_actor()
                && phrase.kind != PhraseKind::Anaphor(Anaphor::Pronoun)
                && !phrase.ids.is_empty()
                && (!person || phrase.personal && !self.are_several(phrase))
                && (word != "them" || self.name() != "recognise" || phrase.ids.len() > 1)
                && (word != "its" || self.name() != "recognise" || phrase.preposition.is_none())
                && !phrase.ids.iter().any(|id| taken.contains(&id))
        };
        // "spoke to both leaders … and urged them".
        let pair = self.before().filter(other).filter(|phrase| word == "them" && phrase.ids.len() > 1).last();
        let list = self.list_before(&taken).filter(|_| word == "them" && pair.is_none());
        let last = || pair.or_else(|| self.before().filter(other).last()).map(|phrase| phrase.ids.to_vec());
        let here = list.or_else(last);
        let agents: Vec<EntityId> = taken.iter().map(|id| (*id).clone()).collect();
        if here.is_none() && word == "them" && self.name() == "recognise" {
            return;
        }
        // "authorities arrested him": of whom no table knows the text tells elsewhere.
        if here.is_none() && matches!(word, "him" | "her") && matches!(self.name(), "coerce" | "release" | "accuse") {
            return;
        }
        // "called on the powers to talk and urged them to stop": several are meant, not the one whom the text told of.
        let several_asked = here.is_none() && word == "them" && matches!(self.name(), "request" | "demand");
        if several_asked && self.context.memory.several_done_to(&agents).is_none() {
            return;
        }
        let subject = self.context.subject.filter(|id| !taken.contains(id)).map(|id| vec![id.clone()]);
        let several = || self.context.memory.several_done_to(&agents).filter(|_| word == "them");
        roles.outside_patients =
            here.or_else(several).or(subject).unwrap_or_else(|| self.context.memory.counterpart(&agents));
    }

    /// "lawmakers said that he had arrested him": of several nobody is "him".
    fn are_several(self, phrase: &Phrase) -> bool {
        let last = phrase.tokens.end - 1;
        phrase.person.is_none() && !self.scan.is_capital(last) && self.scan.word(last).ends_with('s')
    }

    /// "Mr Ali and Mr Maduro met …, and Mr Gonsalves had invited them": the last who were named together, without those who act.
    fn list_before(self, taken: &[&EntityId]) -> Option<Vec<EntityId>> {
        let start = self.hit.tokens.start;
        let run = |first: usize| -> Vec<EntityId> {
            let places = with_coordinated(self.phrases, first);
            let ids = places.into_iter().filter(|&at| self.phrases[at].tokens.end <= start);
            let mut ids: Vec<EntityId> = ids.flat_map(|at| self.phrases[at].ids.iter().cloned()).collect();
            ids.dedup();
            ids
        };
        let opens = |at: &usize| {
            let phrase = &self.phrases[*at];
            !phrase.coordinated && phrase.is_actor() && phrase.tokens.end <= start
        };
        let runs = (0..self.phrases.len()).rev().filter(opens).map(run);
        runs.into_iter().find(|ids| ids.len() > 1 && !ids.iter().any(|id| taken.contains(&id)))
    }

    fn before(self) -> impl Iterator<Item = &'a Phrase> {
        let start = self.hit.tokens.start;
        self.phrases.iter().filter(move |phrase| phrase.tokens.end <= start)
    }

    /// The noun whose relative clause lacks its object: "the sanctions that Chad imposed", "a request it turned down".
    pub(super) fn antecedent(self) -> Option<&'a Group> {
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
    pub(super) fn noun_before(self) -> Option<Range<usize>> {
        // "Relations between Chad and Niger were upgraded".
        let start = self.hit.tokens.start;
        let be = start.checked_sub(1).is_some_and(|at| self.scan.begins_class(at, "be"));
        let of_both = self.hit.trigger.frame.event_type.is_symmetric() || BREAKS.contains(&self.name());
        let done = be && self.hit.form == Form::Participle && of_both;
        let group = if done || self.is_passive() { self.subject_group() } else { self.antecedent() }?;
        (group.tokens.end < self.hit.tokens.start).then_some(group.tokens.start..self.hit.tokens.start)
    }
}

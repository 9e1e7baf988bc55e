//! Parties that the verb itself leaves out: what a condition or a purpose names, and what was told before.

use super::Slots;
use super::verb::BY;
use crate::coreference::{Kind, SpokenOf};
use crate::lexicon::{Argument, ArgumentFunction, Form, Slot};
use crate::mention::{Phrase, PhraseKind};
use crate::modality::asked_to_convey;
use crate::role::{FOLLOWS, Roles, with_coordinated};
use crate::scan::Scan;
use crate::syntax::{Group, Subject, Syntax, Tag};
use chancery_model::{EntityId, EntityKind};
use std::ops::Range;

/// Acts that answer what somebody did: what is answered stands for who did it.
pub(super) const ANSWERS: [&str; 3] = ["condemn", "express-support", "reject"];

impl<'a> Slots<'a> {
    /// "flew to Yerevan and announced 11 million dollars in help", "…; the EU has pledged five million".
    pub(super) fn recipient(self, roles: &mut Roles) {
        let none = roles.patients.is_empty() && roles.outside_patients.is_empty();
        let agent = !roles.agents.is_empty() || roles.outside_agent.is_some();
        if none && agent && self.name() == "give-aid" && self.hit.form != Form::Noun {
            roles.outside_patients = self.context.memory.helped(&self.taken(roles));
        }
    }

    /// "Niger followed suit": to those to whom it was done.
    pub(super) fn same_again(self, roles: &mut Roles) {
        if self.hit.trigger.sense == "follow-suit"
            && let Some((_, target)) = self.context.memory.last_deed()
        {
            roles.outside_patients = target.to_vec();
        }
    }

    /// "…, as did Colombia and Chile", "…, followed by Sudan"; "Honduras did the same".
    pub(super) fn followers(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        let start = hit.tokens.end;
        let first = (start..start + 2).take_while(|&at| at == start || scan.tags[at - 1] == Tag::Determiner);
        let first = first.into_iter().find_map(|at| (0..phrases.len()).find(|&p| phrases[p].tokens.start == at));
        let before = || (0..phrases.len()).find(|&at| phrases[at].tokens.end == hit.tokens.start);
        roles.closed = true;
        if let Some(at) = first.or_else(before).filter(|&at| phrases[at].is_actor() && !phrases[at].ids.is_empty()) {
            let group = with_coordinated(phrases, at);
            roles.step("who did the same", scan, phrases, &group);
            roles.fill(ArgumentFunction::Agent, &group);
        }
    }

    /// "Niger followed Mali in leaving": what is done the verb behind it tells.
    pub(super) fn follows_somebody(self) -> bool {
        let next = self.scan.tags.get(self.hit.tokens.end);
        let ends = matches!(next, None | Some(Tag::Stop | Tag::Comma | Tag::Adverb | Tag::Conjunction));
        self.hit.trigger.sense == FOLLOWS && self.scan.word(self.hit.tokens.end - 1).starts_with("follow") && !ends
    }

    /// "sent warships to the Gulf to deter Iran".
    pub(super) fn purpose(self, roles: &mut Roles) {
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

    /// "would retaliate if the U.S. raised its tariffs": against whom the condition names.
    pub(super) fn threatened(self, roles: &mut Roles) {
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
            let inside = |condition: usize| {
                phrase.tokens.start > condition
                    && !(threatens && (condition..phrase.tokens.start).any(|at| scan.tags[at] == Tag::Relative))
            };
            let whose = threatens && phrase.kind == PhraseKind::Adjective;
            condition.is_some_and(inside)
                && (!threatens || phrase.preposition.as_deref().is_none_or(|p| p == "against"))
                && (phrase.kind == PhraseKind::Actor || whose)
                && !phrase.ids.iter().any(|id| taken.contains(&id))
                && phrase.ids.iter().all(|id| id.is_actor())
        };
        if let Some(at) = (0..phrases.len()).find(other) {
            roles.step("in the condition", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Patient, &[at]);
        }
    }

    /// "denounced the raid", "objected to the plan", "a charge that Chad rejects": an act told before stands for who did it.
    pub(super) fn pointed_at(self, right: &Range<usize>, roles: &mut Roles) {
        let Self { scan, hit, context, .. } = self;
        let none = roles.patients.is_empty() && roles.outside_patients.is_empty();
        let agent = !roles.agents.is_empty() || roles.outside_agent.is_some();
        let asks = matches!(self.name(), "request" | "demand");
        let nobodys = self.name() == "condemn" && roles.unknown_patient;
        if !none || nobodys || !agent || !ANSWERS.contains(&self.name()) && !asks {
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
        // "expelled the envoy … The other side denied the accusation".
        if roles.outside_patients.is_empty() && self.name() == "reject" && kind.is_said() {
            roles.outside_patients = context.memory.wronged_by(&taken);
        }
        // "rejected the ruling": of a court, or of nobody that the text names.
        if matches!(scan.word(group.tokens.end - 1), "ruling" | "verdict" | "judgment" | "judgement" | "award") {
            roles.outside_patients.retain(|id| id.kind() == EntityKind::Org);
        }
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
        let infinitive = |at: usize| at > 0 && scan.word(at - 1) == "to" && scan.tags[at] == Tag::Verb(Form::Base);
        let finite = before.into_iter().filter(|&at| scan.tags[at].is_verb() && !infinitive(at));
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

    /// "Chad's demand that Niger withdraw", "its accusation that Niger armed rebels", "the threat to attack Niger": the subject of what is
    /// asked or alleged, the object of what is threatened.
    pub(super) fn told_in_content(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, context } = self;
        let none = roles.patients.is_empty() && roles.outside_patients.is_empty();
        let that = if scan.word(hit.tokens.end - 1) == "that" { hit.tokens.end - 1 } else { hit.tokens.end };
        let opens = match self.name() {
            "demand" | "accuse" | "request" => "that" == scan.word(that),
            "threaten" => scan.tags.get(hit.tokens.end + 1) == Some(&Tag::Verb(Form::Base)),
            _ => false,
        };
        if !none || !opens {
            return;
        }
        let start = if self.name() == "threaten" { hit.tokens.end + 2 } else { that + 1 };
        let group = context.syntax.group_at(start).map(|at| &context.syntax.groups[at]);
        let somebody = group.and_then(|group| group.phrase).filter(|&at| phrases[at].kind == PhraseKind::Actor);
        if let Some(at) = somebody.filter(|at| !phrases[*at].ids.is_empty() && !roles.agents.contains(at)) {
            let group = with_coordinated(phrases, at);
            roles.step("in what is said", scan, phrases, &group);
            roles.fill(ArgumentFunction::Patient, &group);
        }
    }

    /// "conveyed to the king the greetings of the Chadian president", "asked the envoy to convey his greetings": whose greetings they are,
    /// not who brings them.
    pub(super) fn whose_greetings(self, roles: &mut Roles) {
        const NEAR: usize = 10;
        let Self { scan, phrases, hit, context } = self;
        if self.name() != "courtesy" || !scan.begins_class(hit.tokens.start, "conveys") {
            return;
        }
        if let Some(verb) = asked_to_convey(scan, hit)
            && let Subject::Phrase(at) = context.syntax.subject(scan, phrases, verb)
        {
            roles.agents = with_coordinated(phrases, at);
            return;
        }
        let end = scan.tags.len().min(hit.tokens.end + NEAR);
        let noun = (hit.tokens.end..end).find(|&at| scan.begins_class(at, "congratulation"));
        let Some(group) = noun.and_then(|at| context.syntax.group_at(at)) else { return };
        let tokens = &context.syntax.groups[group].tokens;
        let sender = |at: &usize| {
            let phrase = &phrases[*at];
            let inside = tokens.contains(&phrase.tokens.start) && phrase.tokens.end < tokens.end;
            let of = (tokens.end..tokens.end + 3).contains(&phrase.tokens.start)
                && matches!(phrase.preposition.as_deref(), Some("of" | "from"));
            (inside || of) && matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective) && !phrase.ids.is_empty()
        };
        if let Some(at) = (0..phrases.len()).find(sender) {
            roles.step("whose greetings they are", scan, phrases, &[at]);
            roles.agents = with_coordinated(phrases, at);
            roles.patients.retain(|patient| *patient != at);
        }
    }

    /// "the lifting of EU sanctions on Chad": whose sanctions they are lifts them.
    pub(super) fn whose_measure(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, context } = self;
        if self.name() != "ease-sanctions" || !roles.agents.is_empty() || scan.word(hit.tokens.end) != "of" {
            return;
        }
        let Some(group) = context.syntax.group_at(hit.tokens.end + 1).map(|at| &context.syntax.groups[at]) else {
            return;
        };
        let owner = |at: &usize| {
            let phrase = &phrases[*at];
            group.tokens.contains(&phrase.tokens.start)
                && phrase.tokens.end < group.tokens.end
                && matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective)
                && !phrase.ids.is_empty()
        };
        if let Some(at) = (0..phrases.len()).find(owner) {
            roles.step("whose measure it is", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Agent, &[at]);
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
        let class = scan.classes_at(token).iter().find_map(|hit| Kind::of_class(hit.class));
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
    found.extend(tests_told(scan, phrases, syntax));
    found
}

/// "North Korea fired a missile into the sea": of nobody whom it hits, but others denounce "the launch".
fn tests_told(scan: &Scan<'_>, phrases: &[Phrase], syntax: &Syntax) -> Option<SpokenOf> {
    const NEAR: usize = 9;
    let arms = |verb: usize| {
        (verb + 1..verb + NEAR).any(|at| scan.begins_class(at, "missile") || scan.begins_class(at, "told-test"))
    };
    let verb =
        scan.of_class("tests-arms").map(|hit| hit.tokens.start).find(|&at| scan.tags[at].is_verb() && arms(at))?;
    let Subject::Phrase(at) = syntax.subject(scan, phrases, verb) else { return None };
    let source = phrases[at].ids.to_vec();
    let kind = Kind::of_class("told-test").filter(|_| !source.is_empty())?;
    Some(SpokenOf { kind, noun: "launch".into(), source, target: Vec::new() })
}

/// Whether the noun at a token points back at what was told: "the talks", "these sanctions", "its remaining tariffs".
pub(crate) fn points_back(scan: &Scan<'_>, syntax: &Syntax, noun: usize) -> bool {
    let Some(group) = syntax.group_at(noun).map(|at| &syntax.groups[at]) else { return false };
    matches!(
        scan.word(group.tokens.start),
        "the" | "this" | "these" | "those" | "that" | "such" | "all" | "both" | "its" | "their" | "remaining"
    )
}

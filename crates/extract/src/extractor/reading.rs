//! One document being read: each sentence through the stages, its claims drafted and kept.

use super::candidate::Candidate;
use super::credit::{denier, in_relative_clause, is_governed, is_presupposed, pledger};
use super::draft::{Draft, said_together, told_twice, unite, with_each};
use super::embedded::{
    calls_off, content_of, is_agreed_aim, is_alleged, is_asked_at_home, is_discussed, is_judged, is_manner,
    is_ratified, is_shunned, is_signed_by_others, is_spoken_of, joins_in, recalls_for, refuses_others_act,
    refuses_own_act, swallows_content,
};
use super::parties::Parties;
use super::parts::{claim_id, confidence, evidence, mentions, nameless, participants, place, trigger_span};
use super::threat::{is_conditional_threat, is_mere_danger, is_threatened};
use crate::attribution::{Speech, Voices, origin, speech_at};
use crate::coreference::Memory;
use crate::introduced::Introduced;
use crate::lexicon::{Form, SPEECH};
use crate::mention::{Anaphor, Phrase, PhraseKind, phrases, precede};
use crate::modality::{Reality, is_told_behind, reality, refuses_report};
use crate::role::{Context, FOLLOWS, Roles, points_back, roles, spoken_of};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Subject, Syntax, Tag};
use crate::time::Clock;
use crate::topic::topic;
use chancery_model::{
    AttributionStep, Claim, Diagnostic, Document, EntityId, EventDate, EventType, Explanation, Extraction, Field,
    Language, Mention, Passage, Span, Status, World,
};
use jiff::civil::Date;
use std::cmp::Reverse;

/// So many claims back a plan is looked for that is called off: the time of a long document stays linear.
const RECENT: usize = 64;

/// So many actors a report names, mostly.
const MENTIONS: usize = 16;

/// One document being read.
pub(super) struct Reading<'a> {
    document: &'a Document,
    world: &'a World,
    memory: Memory,
    introduced: Introduced,
    voices: Voices,
    clock: Clock,
    drafts: Vec<Draft>,
    /// Days of acts that were told again without their parties: "التوقيع على الاتفاق في 14 يوليو".
    days: Vec<(EventType, EventDate)>,
    mentions: Vec<Mention>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(document: &'a Document, world: &'a World) -> Self {
        Self {
            document,
            world,
            memory: Memory::default(),
            introduced: Introduced::default(),
            voices: Voices::default(),
            clock: Clock::default(),
            drafts: Vec::new(),
            days: Vec::new(),
            mentions: Vec::with_capacity(MENTIONS),
            diagnostics: Vec::new(),
        }
    }

    /// The noun phrases of the next sentence, before anaphors are resolved.
    pub(super) fn phrases(&mut self, scan: &Scan<'_>) -> Vec<Phrase> {
        phrases(scan, self.world, self.document.published, &mut self.introduced)
    }

    pub(super) fn sentence(&mut self, scan: &Scan<'_>, mut phrases: Vec<Phrase>) {
        self.memory.resolve(scan, self.world, &mut phrases);
        self.introduced.learn_offices(scan, &phrases);
        (0..phrases.len()).for_each(|at| mentions(scan, &phrases, at, &mut self.mentions));
        if scan.sentence.field == Field::Title {
            self.memory.set_headline(&phrases, scan.language);
        }
        let mut candidates: Vec<Candidate<'_, '_>> =
            scan.triggers.iter().filter_map(|hit| Candidate::met(scan, hit)).collect();
        // Of two senses of one word the one with more conditions, told by more words, decides.
        // A verb of more words goes before a shorter one that begins with it.
        let english = scan.language == Language::English;
        let words = |c: &Candidate<'_, '_>| if english && c.hit.trigger.is_verb { c.hit.tokens.len() } else { 0 };
        candidates.sort_by_key(|c| (c.hit.tokens.start, Reverse(words(c)), Reverse(c.weight()), c.hit.tokens.end));
        // Where nothing happens and nobody speaks nobody asks for subjects.
        let tests = english && scan.of_class("tests-arms").next().is_some();
        let silent = candidates.is_empty() && scan.reporting.is_empty() && !tests;
        let syntax = if silent { Syntax::default() } else { Syntax::new(scan, &phrases) };
        let speeches = self.voices.speeches(scan, &phrases, &syntax, &self.memory, self.world);
        if scan.language == Language::English {
            for spoken in spoken_of(scan, &phrases, &syntax) {
                self.memory.note_spoken_of(spoken);
            }
        }
        let mut swallowed: Vec<std::ops::Range<usize>> = Vec::new();
        let mut told: Option<(std::ops::Range<usize>, (usize, usize))> = None;
        let first = self.drafts.len();
        for candidate in candidates {
            let hit = candidate.hit;
            let start = hit.tokens.start;
            let outdone = |(tokens, known): &(std::ops::Range<usize>, (usize, usize))| {
                tokens.start == start && (candidate.weight() < *known || english && hit.tokens.end < tokens.end)
            };
            if told.as_ref().is_some_and(outdone)
                || swallowed.iter().any(|range| range.contains(&start)) && !is_signed_by_others(scan, hit)
                || refuses_own_act(scan, &phrases, hit)
                || refuses_others_act(scan, hit)
                || refuses_report(scan, hit)
                || joins_in(scan, hit)
                || calls_off(scan, hit)
                || recalls_for(scan, hit)
                || is_asked_at_home(scan, hit)
                || is_discussed(scan, hit)
                || is_agreed_aim(scan, hit)
                || is_alleged(scan, hit)
                || is_spoken_of(scan, hit)
                || is_ratified(scan, hit)
                || is_manner(scan, hit)
                || is_shunned(scan, hit)
                || is_mere_danger(scan, hit)
                || is_judged(scan, hit)
            {
                continue;
            }
            let met = self.drafts[first..].iter().rev().map(|draft| &draft.claim).find(|claim| brings_together(claim));
            let met = met.filter(|_| scan.language == Language::Arabic && leads_to(scan, hit)).cloned();
            if let Some(mut draft) = self.draft(scan, &phrases, &syntax, &speeches, &candidate, met.as_ref()) {
                if is_threatened(scan, hit) || is_conditional_threat(scan, hit, &draft.claim) {
                    draft.threaten();
                }
                if hit.trigger.sense == FOLLOWS
                    && let Some((event_type, _)) = self.memory.last_deed()
                {
                    draft.claim.event_type = event_type;
                    if said_together(&mut self.drafts[first..], &draft) {
                        continue;
                    }
                }
                told = Some((hit.tokens.clone(), candidate.weight()));
                if self.goes_on_about(scan, &phrases, &draft) {
                    continue;
                }
                let again = |known: &Draft| known.is_same_act(&draft);
                if draft.claim.status == Status::Cancelled && self.cancel(again, &draft.explanation.trigger) {
                    continue;
                }
                if swallows_content(hit, &draft.claim) {
                    swallowed.push(content_of(scan, hit));
                }
                // "pulled out of talks with Chad": they were not held.
                let talks =
                    hit.trigger.sense == "halt-cooperation" && hit.trigger.needs.iter().any(|class| class == "talks");
                let ends = draft.claim.event_type.name() == "leave-agreement" && hit.form != Form::Noun;
                if scan.language == Language::English && (talks || ends) {
                    swallowed.extend(candidate.needed.iter().filter(|needed| needed.start > start).cloned());
                }
                let last = self.drafts.len();
                draft.one_by_one(|draft| {
                    if !self.drafts[first..last].iter().any(|known| told_twice(known, &draft, scan, hit)) {
                        let background = match scan.language {
                            Language::English => is_background(scan, hit, &draft),
                            _ => draft.long_past,
                        };
                        self.memory.set_event(&draft.claim, scan.language, background);
                        if scan.language == Language::English {
                            self.memory.note_act(
                                &draft.claim,
                                &candidate.nouns(scan),
                                background,
                                hit.trigger.sense == "admit",
                            );
                        }
                        self.drafts.push(draft);
                    }
                });
                if scan.language == Language::Arabic {
                    self.memory.point_back(&mut phrases, hit.tokens.end);
                }
            }
        }
        self.clock.pass(scan, &speeches);
        if let Some(subject) = main_subject(scan, &phrases, Some(&syntax).filter(|_| !silent), &speeches) {
            self.memory.set_subject(&subject);
        }
        if scan.language == Language::English {
            self.memory.set_subjects(&phrases);
        }
    }

    /// "… الاتصال … وناقش الرئيسان": what two do who have just been told to speak on the telephone or to negotiate is no meeting more.
    fn goes_on_about(&self, scan: &Scan<'_>, phrases: &[Phrase], draft: &Draft) -> bool {
        let claim = &draft.claim;
        // "Both leaders exchanged views", but "the two leaders met" is another act.
        let talks_only = || {
            let verb = (0..scan.tags.len()).find(|&at| scan.finite_verb_at(at) && scan.begins_class(at, "talks-over"));
            verb.is_some_and(|at| {
                scan.triggers_at(at).iter().any(|hit| hit.trigger.frame.event_type == claim.event_type)
            })
        };
        let both = |phrase: &Phrase| {
            matches!(phrase.kind, PhraseKind::Anaphor(Anaphor::Pair { .. })) && *phrase.ids == claim.source
        };
        let talks = |known: &Draft| {
            matches!(known.claim.event_type.name(), "call" | "negotiate" | "summit")
                && known.claim.source == claim.source
                && known.claim.status == claim.status
        };
        let goes_on = self.document.lang == Language::Arabic || self.document.lang == Language::English && talks_only();
        claim.event_type.name() == "meet" && phrases.iter().any(both) && self.drafts.iter().any(talks) && goes_on
    }

    fn draft(
        &mut self,
        scan: &Scan<'_>,
        phrases: &[Phrase],
        syntax: &Syntax,
        speeches: &[Speech],
        candidate: &Candidate<'_, '_>,
        met: Option<&Claim>,
    ) -> Option<Draft> {
        let hit = candidate.hit;
        let speech = speech_at(speeches, hit.tokens.start);
        let context =
            Context { syntax, speaker: speech.and_then(origin), memory: &self.memory, subject: self.memory.subject() };
        let roles = roles(scan, phrases, hit, context);
        let mut parties = Parties::new(phrases, &roles, hit, self.memory.agreement());
        parties.complete_from(scan, &self.memory, phrases, &roles, hit, self.world);
        if scan.language == Language::English && !(hit.form == Form::Noun && is_governed(scan, syntax, hit)) {
            parties.spell_out(hit, self.world, self.document.published);
        }
        precede(self.document.published, &mut parties.source);
        precede(self.document.published, &mut parties.target);
        if scan.language == Language::English && parties.complete(hit).is_err() {
            parties.complete_from_told(scan, syntax, &self.memory, candidate);
            parties.complete_measure(&self.memory, hit);
        }
        parties.complete_from_meeting(hit, &roles, met);
        if let Err(missing) = parties.complete(hit) {
            self.note_day(scan, hit, speech);
            self.call_off(scan, hit);
            self.near_miss(scan, hit, missing);
            return None;
        }
        // "ثم اتصل بالرئيس الأوكراني": whoever acted last does.
        let goes_on = scan.language == Language::Arabic
            && matches!(hit.form, Form::Past)
            && roles.agents.is_empty()
            && roles.outside_agent.is_some();
        if hit.trigger.personal
            && !goes_on
            && !roles.agents.iter().any(|&at| is_person(scan, &phrases[at]))
            && !hosts_person(scan, phrases, hit, &roles)
        {
            self.near_miss(scan, hit, "a person as agent");
            return None;
        }
        let Some(reality) = reality(scan, hit) else {
            self.near_miss(scan, hit, "a sign of how real it is");
            return None;
        };
        let mut reality = reality;
        // "said it would not retaliate" threatens nobody.
        let retaliates = hit.trigger.forbids.iter().any(|class| class == "by-doing");
        // "agreed not to threaten each other".
        let threatens = hit.trigger.frame.event_type.name() == "threaten" && hit.form == Form::Base;
        if scan.language == Language::English && (retaliates || threatens) && reality.status == Status::Denied {
            return None;
        }
        // "Would retaliate": what is said to come is the threat, which is there.
        let threat =
            hit.trigger.frame.event_type.name() == "threaten" && !scan.begins_class(hit.tokens.start, "threatens");
        if threat && scan.language == Language::English && matches!(reality.status, Status::Planned | Status::Possible)
        {
            reality.status = Status::Occurred;
            reality.because = "a threat".into();
        }
        if self.is_of_plan(scan, syntax, hit, &parties, &reality) {
            reality = Reality { status: Status::Planned, because: "of what is planned".into(), ..reality };
        }
        let said = speech.map_or(0..scan.sentence.tokens.len(), |speech| speech.content.clone());
        // "He flies to Japan on Friday.", "يبدأ ملك بلجيكا الأحد زيارة"; what an Arabic headline dates so lies ahead too.
        let present = hit.form == Form::Present || hit.form == Form::Gerund && is_under_way(scan, hit);
        let ahead = present
            && (scan.language == Language::Arabic || scan.sentence.field != Field::Title)
            && (matches!(hit.trigger.frame.event_type.name(), "visit" | "meet" | "negotiate" | "summit")
                || scan.language == Language::Arabic && hit.trigger.frame.event_type.name() == "sign-agreement")
            && Clock::has_day_ahead(scan, hit, &said);
        if ahead && reality.status == Status::Occurred {
            reality.status = Status::Planned;
            reality.because = "present tense, on a day to come".into();
        }
        let date = self.clock.date(scan, hit, &said, &reality, self.document.published);
        let speaks =
            || speech.is_none() && speeches.last().and_then(origin).is_some_and(|id| parties.source.contains(id));
        let date = match date {
            EventDate::UNKNOWN if speaks() => self.clock.while_speaking(scan, hit, speeches).unwrap_or(date),
            _ => date,
        };
        if reality.status == Status::Occurred && is_ahead(date, self.document.published) {
            reality.status = Status::Planned;
            reality.because.push_str(", on a day still to come");
        }
        Some(self.claim(scan, phrases, syntax, candidate, &roles, parties, reality, date, speech))
    }

    /// "will visit Chad and Mali … During her stay in Mali", "the theme of the talks": a meeting spoken of as known, where the
    /// text has told so far only that those are to meet.
    fn is_of_plan(
        &self,
        scan: &Scan<'_>,
        syntax: &Syntax,
        hit: &TriggerHit<'_>,
        parties: &Parties,
        reality: &Reality,
    ) -> bool {
        let meets = |name: &str| matches!(name, "meet" | "visit" | "negotiate");
        let open = hit.form == Form::Noun && !reality.firm && reality.status == Status::Occurred;
        if scan.language != Language::English || !open || !meets(hit.trigger.frame.event_type.name()) {
            return false;
        }
        let involved = |claim: &Claim, id: &EntityId| claim.source.contains(id) || claim.target.contains(id);
        let same = |claim: &Claim| {
            meets(claim.event_type.name()) && parties.source.iter().chain(&parties.target).all(|id| involved(claim, id))
        };
        let own = || {
            let group = syntax.group_at(hit.tokens.start).map(|at| syntax.groups[at].tokens.start);
            group.is_some_and(|at| matches!(scan.word(at), "his" | "her"))
        };
        let mut told = self.drafts.iter().map(|draft| &draft.claim).filter(|claim| same(claim)).peekable();
        told.peek().is_some()
            && told.all(|claim| claim.status == Status::Planned)
            && (points_back(scan, syntax, hit.tokens.start) || own())
    }

    #[expect(clippy::too_many_arguments, reason = "one claim is made of exactly these")]
    fn claim(
        &self,
        scan: &Scan<'_>,
        phrases: &[Phrase],
        syntax: &Syntax,
        candidate: &Candidate<'_, '_>,
        roles: &Roles,
        parties: Parties,
        reality: Reality,
        date: EventDate,
        speech: Option<&Speech>,
    ) -> Draft {
        let hit = candidate.hit;
        let frame = &hit.trigger.frame;
        let evidence = evidence(scan, phrases, candidate, roles);
        let mut attribution = speech.map(|s| s.chain.clone()).unwrap_or_default();
        let english = scan.language == Language::English;
        let own = |step: &AttributionStep| step.agent.as_ref().is_some_and(|id| parties.source.contains(id));
        if english && speech.is_some_and(|speech| speech.announces) && attribution.last().is_some_and(own) {
            attribution.clear();
        }
        let speaks = SPEECH.contains(&frame.event_type.name()) && (english || reality.status == Status::Occurred);
        if speaks && !english {
            // The act is the speech: who accuses does not also say that they accuse.
            attribution.retain(|step| !step.agent.as_ref().is_some_and(|id| parties.source.contains(id)));
        }
        let known = in_relative_clause(scan, hit) || english && is_presupposed(scan, hit);
        let told_behind = !english && reality.status == Status::Occurred && is_told_behind(scan, hit);
        if roles.made || told_behind || (english || !speaks) && known {
            // What a relative clause adds to words said is told by the text itself.
            attribution.clear();
        }
        // "Mr Straw said he wanted it to end": an act of speech of one's own; "for its war in Ukraine": told as known.
        let pronoun = |&at: &usize| phrases[at].kind == PhraseKind::Anaphor(Anaphor::Pronoun);
        let ones_own = SPEECH.contains(&frame.event_type.name())
            && reality.status == Status::Occurred
            && roles.agents.iter().any(pronoun)
            && attribution.last().is_some_and(own);
        let known = hit.form == Form::Noun
            && !reality.firm
            && frame.event_type.name() == "attack"
            && is_governed(scan, syntax, hit);
        // "said that it had acted lawfully and accused Chad".
        let before = (0..hit.tokens.start).rev().find(|&at| scan.tags[at] != Tag::Adverb);
        let goes_on = SPEECH.contains(&frame.event_type.name())
            && hit.form == Form::Past
            && before.is_some_and(|at| scan.tags[at] == Tag::Conjunction)
            && attribution.len() == 1
            && own(&attribution[0])
            && parties.source.len() == 1
            && reality.status == Status::Occurred;
        if english && (ones_own || known || goes_on) {
            attribution.clear();
        }
        if english && attribution.is_empty() {
            attribution.extend(pledger(scan, &parties, &reality));
        }
        if attribution.is_empty() && !speaks {
            attribution.extend(denier(scan, phrases, syntax, &reality));
        }
        let confidence = confidence(hit, roles, &reality);
        let mut steps = Vec::with_capacity(1 + roles.steps.len() + attribution.len());
        steps.push(["status ", reality.status.as_str(), ": ", &reality.because].concat());
        steps.extend(roles.steps.iter().map(|step| step.told(scan, phrases)));
        let said = |step: &AttributionStep| ["said by ", &step.surface, " (", step.kind.as_str(), ")"].concat();
        steps.extend(attribution.iter().map(said));
        let trigger = trigger_span(scan, hit);
        Draft {
            firm: reality.firm,
            long_past: reality.status == Status::Occurred && is_long_past(date, self.document.published),
            with_each: with_each(scan, phrases, candidate, roles),
            explanation: Explanation {
                claim: nameless(),
                rule: hit.trigger.rule.clone(),
                entry: hit.trigger.entry.clone(),
                trigger: trigger.of(scan.text).to_owned(),
                trigger_span: scan.code_points(trigger),
                steps,
                also: Vec::new(),
            },
            claim: Claim {
                id: nameless(),
                event_type: frame.event_type,
                subtype: frame.subtype.clone(),
                source: parties.source,
                target: parties.target,
                agreement: parties.agreement,
                status: reality.status,
                attribution,
                date,
                place: place(scan, phrases, hit),
                topic: topic(scan, phrases, hit),
                participants: participants(scan, phrases, roles, hit, self.world),
                evidence,
                rule: hit.trigger.rule.clone(),
                confidence,
            },
        }
    }

    /// Keeps the day of a known act whose parties are told elsewhere.
    fn note_day(&mut self, scan: &Scan<'_>, hit: &TriggerHit<'_>, speech: Option<&Speech>) {
        let known = hit.form == Form::Noun && scan.word(hit.tokens.start).starts_with("ال") || hit.trigger.adjacent;
        if self.document.lang != Language::Arabic || !known {
            return;
        }
        let Some(reality) = reality(scan, hit).filter(|reality| reality.status == Status::Occurred) else { return };
        let said = speech.map_or(0..scan.sentence.tokens.len(), |speech| speech.content.clone());
        let date = self.clock.date(scan, hit, &said, &reality, self.document.published);
        if date.as_day().is_some() {
            self.days.push((hit.trigger.frame.event_type, date));
        }
    }

    /// "was to visit Chad, but the trip was cancelled": what was planned is called off where it is told again without its parties.
    fn call_off(&mut self, scan: &Scan<'_>, hit: &TriggerHit<'_>) {
        let before = hit.tokens.start.checked_sub(1).map(|at| scan.word(at)).unwrap_or_default();
        let definite = match scan.language {
            Language::Arabic => scan.word(hit.tokens.start).starts_with("ال"),
            _ => matches!(before, "the" | "that" | "this" | "his" | "her" | "its" | "their"),
        };
        if hit.form != Form::Noun || !definite {
            return;
        }
        // "لكن اللقاء لم يعقد".
        let off = |status: Status| {
            status == Status::Cancelled || status == Status::Denied && scan.language == Language::Arabic
        };
        let cancelled = reality(scan, hit).filter(|reality| off(reality.status));
        let same = |draft: &Draft| draft.claim.event_type == hit.trigger.frame.event_type;
        if let Some(cancelled) = cancelled {
            self.cancel(same, &cancelled.because);
        }
    }

    /// Calls off the plan that was told last of those that are the same; false where there is none.
    fn cancel(&mut self, same: impl Fn(&Draft) -> bool, because: &str) -> bool {
        let last = self.drafts.iter_mut().rev().take(RECENT).find(|draft| same(draft));
        let Some(plan) = last.filter(|draft| draft.claim.status == Status::Planned) else { return false };
        plan.claim.status = Status::Cancelled;
        plan.explanation.steps.push(["status cancelled, told again: ", because].concat());
        true
    }

    /// Gives the days of acts told again to the one claim of the kind that has none.
    fn date_drafts(&self, drafts: &mut [Draft]) {
        for (event_type, date) in &self.days {
            let mut alike = drafts.iter_mut().filter(|draft| draft.claim.event_type == *event_type);
            if let (Some(only), None) = (alike.next(), alike.next())
                && only.claim.date.is_unknown()
                && only.claim.status == Status::Occurred
            {
                only.claim.date = *date;
            }
        }
    }

    fn near_miss(&mut self, scan: &Scan<'_>, hit: &TriggerHit<'_>, missing: &str) {
        if hit.trigger.headline {
            return;
        }
        let span = trigger_span(scan, hit);
        let word = span.of(scan.text);
        let (sense, entry) = (hit.trigger.sense.as_str(), hit.trigger.entry.as_str());
        let message = [&quoted(word), " (", sense, ", ", entry, ") lacks ", missing].concat();
        self.note("near-miss", message, Some((scan.sentence.field, span)));
    }

    pub(super) fn note(&mut self, code: &str, message: impl Into<String>, at: Option<(Field, Span)>) {
        let (field, span) = at.unzip();
        self.diagnostics.push(Diagnostic { code: code.into(), message: message.into(), field, span });
    }

    pub(super) fn finish(mut self) -> Extraction {
        let mut drafts = std::mem::take(&mut self.drafts);
        unite(&mut drafts);
        self.date_drafts(&mut drafts);
        for draft in &mut drafts {
            draft.claim.id = claim_id(&self.document.id, &draft.claim);
            draft.explanation.claim = draft.claim.id.clone();
            // Two senses of one word may tell the same fact: that is not told again.
            let own = Passage { field: draft.claim.evidence.field, span: draft.claim.evidence.span };
            draft.explanation.also.retain(|passage| *passage != own);
        }
        if drafts.is_empty() {
            let what = if self.mentions.is_empty() {
                "names no actor that the gazetteer knows"
            } else {
                "tells no event that the lexicon knows"
            };
            self.note("no-claim", format!("the document {what}"), None);
        }
        let (claims, explanations) = drafts.into_iter().map(|draft| (draft.claim, draft.explanation)).unzip();
        Extraction { claims, mentions: self.mentions, explanations, diagnostics: self.diagnostics }
    }
}

/// "is visiting", "are meeting".
fn is_under_way(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    hit.tokens.start.checked_sub(1).is_some_and(|at| scan.begins_class(at, "be"))
}

/// Whether a phrase is of persons: named, pointed back to, or "his Chadian counterpart".
fn is_person(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    let counterpart = scan.language == Language::English && scan.begins_class(phrase.tokens.end - 1, "counterpart");
    phrase.personal || counterpart || is_told_of_persons(phrase)
}

/// "Chad hosted the Kenyan president": a state has a person as its guest.
fn hosts_person(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, roles: &Roles) -> bool {
    let hosts = hit.trigger.sense == "host" && hit.form != Form::Noun && scan.language == Language::English;
    hosts && roles.patients.iter().any(|&at| phrases[at].personal)
}

/// Whether a phrase may point back to persons: "the two", "he", but not "the agreement".
fn is_told_of_persons(phrase: &Phrase) -> bool {
    matches!(phrase.kind, PhraseKind::Anaphor(anaphor) if anaphor != Anaphor::Event)
}

/// Whether somebody met somebody there.
fn brings_together(claim: &Claim) -> bool {
    matches!(claim.event_type.name(), "meet" | "visit" | "summit" | "negotiate" | "call")
        && claim.status == Status::Occurred
        && claim.parties().len() == 2
}

/// "أسفرت الزيارة عن توقيع", "شهد اللقاء توقيع": whether the noun of a trigger is what the clause before it led to.
fn leads_to(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let verb =
        (0..hit.tokens.start).rev().take_while(|&at| scan.tags[at] != Tag::Stop).find(|&at| scan.tags[at].is_verb());
    verb.is_some_and(|at| scan.begins_class(at, "leads-to"))
}

/// What a relative clause, a participle or a date long past tells is no news: "fishermen detained by Qatar", "after the invasion", "in 2017".
fn is_background(scan: &Scan<'_>, hit: &TriggerHit<'_>, draft: &Draft) -> bool {
    let mere_noun = hit.form == Form::Noun && draft.claim.event_type.name() == "attack";
    draft.long_past || mere_noun || in_relative_clause(scan, hit) || is_presupposed(scan, hit)
}

/// Whether a date lies so far back that an article tells of it only to explain its news.
fn is_long_past(date: EventDate, published: Option<Date>) -> bool {
    const DAYS: i32 = 45;
    matches!((date.not_after(), published), (Some(last), Some(published)) if (published - last).get_days() > DAYS)
}

/// Whether a date lies wholly behind the day of publication.
fn is_ahead(date: EventDate, published: Option<Date>) -> bool {
    matches!((date.not_before(), published), (Some(first), Some(published)) if first > published)
}

/// Whoever speaks; else the first actor of the sentence that no preposition governs. In "وتلا الوزير القرار، واتهم الإمارات" that is nobody: its
/// subject is somebody whom the text has told before.
fn main_subject(scan: &Scan<'_>, phrases: &[Phrase], syntax: Option<&Syntax>, speeches: &[Speech]) -> Option<EntityId> {
    let speaker = speeches.last().and_then(origin).filter(|id| id.is_actor());
    let first = (0..scan.tags.len()).find(|&at| scan.finite_verb_at(at)).filter(|_| scan.language == Language::Arabic);
    let subject = first.and_then(|verb| syntax.map(|syntax| syntax.subject(scan, phrases, verb)));
    let unknown = |subject: Subject| match subject {
        Subject::Phrase(at) => phrases[at].ids.is_empty(),
        other => other == Subject::Unknown,
    };
    if speaker.is_none() && subject.is_some_and(unknown) {
        return None;
    }
    let first = phrases.iter().find(|p| p.preposition.is_none() && p.kind == PhraseKind::Actor && p.ids.len() == 1);
    speaker.cloned().or_else(|| first.map(|p| p.ids[0].clone()))
}

/// A word in quotation marks, with what breaks a line escaped. Letters need no look at the tables of Unicode.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == ' ' || ('\u{621}'..='\u{64A}').contains(&c);
    if word.chars().all(plain) { ["\"", word, "\""].concat() } else { format!("{word:?}") }
}

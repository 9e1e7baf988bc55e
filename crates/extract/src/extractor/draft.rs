//! What becomes of a claim on the way out: several pairs told at once are several, the same fact told twice is one.

use super::candidate::Candidate;
use crate::lexicon::{Form, SPEECH};
use crate::mention::Phrase;
use crate::role::Roles;
use crate::scan::{Scan, TriggerHit};
use crate::syntax::Tag;
use chancery_model::{Claim, EntityId, EventDate, Explanation, Field, Language, Passage, Role, Status};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::hash::BuildHasher;

/// A claim before the same fact told twice is joined.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) claim: Claim,
    pub(super) firm: bool,
    pub(super) explanation: Explanation,
    /// Whether it is told of a time so far back that it only explains the news.
    pub(super) long_past: bool,
    /// "Signed agreements with A and B": who did it with each of the others by itself.
    pub(super) with_each: Option<EntityId>,
}

impl Draft {
    /// Whether two tell an act of one type between the same parties.
    pub(super) fn is_same_act(&self, other: &Self) -> bool {
        self.claim.event_type == other.claim.event_type && self.claim.parties() == other.claim.parties()
    }

    /// "Threatened to bomb": the threat is the event.
    pub(super) fn threaten(&mut self) {
        let claim = &mut self.claim;
        claim.event_type = "threaten".parse().expect("the table of types has threats");
        claim.subtype = None;
        claim.status = Status::Occurred;
        claim.attribution.retain(|step| !step.agent.as_ref().is_some_and(|id| claim.source.contains(id)));
        self.firm = true;
    }
}

impl Draft {
    /// Gives one claim for each pair where several agreements are told at once, and one each way where both do it to each other.
    #[inline]
    pub(super) fn one_by_one(self, mut give: impl FnMut(Self)) {
        if self.is_each_way() {
            return self.each_way().into_iter().for_each(give);
        }
        let Some(agent) = self.with_each.clone() else { return give(self) };
        for other in self.claim.source.iter().filter(|id| **id != agent) {
            let mut draft = self.clone();
            let mut source = vec![agent.clone(), other.clone()];
            source.sort();
            let claim = &mut draft.claim;
            claim.participants.retain(|participant| source.contains(&participant.id));
            claim.source = source;
            draft.with_each = None;
            give(draft);
        }
    }

    /// "Chad and Niger trade blame": two acts. An exchange of prisoners or envoys is one.
    fn is_each_way(&self) -> bool {
        let claim = &self.claim;
        claim.source.len() == 2 && claim.source == claim.target && EACH_WAY.contains(&claim.event_type.name())
    }

    fn each_way(self) -> [Self; 2] {
        let claim = &self.claim;
        let pair = [claim.source[0].clone(), claim.source[1].clone()];
        let one = |from: &EntityId, to: &EntityId| {
            let mut draft = self.clone();
            let claim = &mut draft.claim;
            claim.source = vec![from.clone()];
            claim.target = vec![to.clone()];
            for participant in &mut claim.participants {
                participant.role = if participant.id == *from { Role::Source } else { Role::Target };
            }
            draft
        };
        [one(&pair[0], &pair[1]), one(&pair[1], &pair[0])]
    }
}

/// What two do to each other in acts of their own.
const EACH_WAY: [&str; 10] = [
    "accuse",
    "condemn",
    "threaten",
    "attack",
    "recognise",
    "impose-sanctions",
    "express-support",
    "courtesy",
    "express-intent",
    "summon-envoy",
];

/// "Signed agreements with Chad and Niger", of which each is one.
pub(super) fn with_each(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    candidate: &Candidate<'_, '_>,
    roles: &Roles,
) -> Option<EntityId> {
    let hit = candidate.hit;
    if scan.language == Language::Arabic {
        return with_each_apart(scan, phrases, hit, roles);
    }
    if scan.language != Language::English {
        return None;
    }
    let own = (hit.form == Form::Noun).then(|| hit.tokens.end - 1);
    let plural =
        candidate.needed.iter().map(|range| range.end - 1).chain(own).any(|noun| scan.word(noun).ends_with('s'));
    let with = roles
        .patients
        .iter()
        .all(|&at| phrases[at].preposition.as_deref() == Some("with") && phrases[at].ids.len() == 1);
    let [agent] = roles.agents[..] else { return None };
    let several = hit.trigger.frame.event_type.name() == "sign-agreement"
        && plural
        && with
        && roles.patients.len() > 1
        && phrases[agent].ids.len() == 1;
    several.then(|| phrases[agent].ids[0].clone())
}

/// "عقد الوزير لقاءات منفصلة مع نظيريه التركي والإيراني": each of the meetings is one.
fn with_each_apart(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, roles: &Roles) -> Option<EntityId> {
    const NEAR: usize = 8;
    let [agent] = roles.agents[..] else { return None };
    let near = hit.tokens.end..(hit.tokens.end + NEAR).min(scan.tags.len());
    let apart = near.into_iter().any(|at| matches!(scan.word(at), "منفصلة" | "منفصل" | "منفصلين" | "حدة"));
    let meets = hit.trigger.frame.event_type.name() == "meet" && roles.patients.len() > 1;
    (meets && apart && phrases[agent].ids.len() == 1).then(|| phrases[agent].ids[0].clone())
}

/// "Turkey welcomed the deal, as did Georgia": what several say of the same is one claim of all. Tells whether it was joined to one.
pub(super) fn said_together(drafts: &mut [Draft], other: &Draft) -> bool {
    let claim = &other.claim;
    let same = |known: &&mut Draft| {
        let known = &known.claim;
        known.event_type == claim.event_type && known.target == claim.target && known.status == claim.status
    };
    let speech = SPEECH.contains(&claim.event_type.name());
    let Some(known) = drafts.iter_mut().rev().find(same).filter(|_| speech) else { return false };
    known.claim.source.extend(claim.source.iter().cloned());
    known.claim.source.sort();
    known.claim.source.dedup();
    known.claim.participants.extend(claim.participants.iter().filter(|p| p.role == Role::Source).cloned());
    true
}

/// Two senses of one word that tell the same of the same parties.
pub(super) fn told_twice(known: &Draft, draft: &Draft, scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    // "spoke by telephone, their first conversation since May".
    let apposed = hit.form == Form::Noun
        && (hit.tokens.start.saturating_sub(4)..hit.tokens.start)
            .any(|at| scan.begins_class(at, "possessive-pronoun") && at > 0 && scan.tags[at - 1] == Tag::Comma);
    if apposed && known.is_same_act(draft) {
        return true;
    }
    // "summoned the envoy to hand him a protest", "to protest against the raid": the purpose of the act is the act.
    let to_that_end = scan.language == Language::English
        && hit.form == Form::Base
        && known.claim.status == Status::Occurred
        && known.claim.event_type.name() == "summon-envoy"
        && hit.tokens.start > 0
        && scan.word(hit.tokens.start - 1) == "to";
    let protests = draft.claim.event_type.name() == "condemn" && known.claim.parties() == draft.claim.parties();
    if to_that_end && (known.is_same_act(draft) || protests) {
        return true;
    }
    // "يبدأ الأحد زيارة": the noun under a verb that tells the same of a day to come.
    let under_verb = scan.language == Language::Arabic
        && hit.form == Form::Noun
        && !draft.firm
        && known.claim.status == Status::Planned
        && known.claim.evidence.span.overlaps(draft.claim.evidence.span);
    if under_verb && known.is_same_act(draft) {
        return true;
    }
    // "declared him persona non grata and gave him 72 hours to leave".
    let expelled = known.claim.event_type.name() == "expel-diplomat" && draft.claim.event_type.name() == "demand";
    if expelled && known.claim.source == draft.claim.source && known.claim.target == draft.claim.target {
        return true;
    }
    let same_words = known.explanation.trigger == draft.explanation.trigger
        && known.claim.evidence.span.overlaps(draft.claim.evidence.span);
    // "expressed appreciation to Chad for hosting": thanks, and no praise besides.
    let thanks = known.claim.event_type.name() == "courtesy" && draft.claim.event_type.name() == "express-support";
    same_words && (known.is_same_act(draft) || thanks && known.claim.parties() == draft.claim.parties())
}

/// The same fact told twice in a document is one claim: the firmer telling gives the status, the more exact one the
/// date, the first that names its source the attribution.
pub(super) fn unite(drafts: &mut Vec<Draft>) {
    // The same fact is of the same type and parties: only such claims are compared.
    let mut alike: FxHashMap<u64, SmallVec<[usize; 2]>> = FxHashMap::default();
    let mut count = 0;
    for at in 0..drafts.len() {
        let (united, rest) = drafts.split_at_mut(at);
        let draft = &mut rest[0];
        let claim = &draft.claim;
        let key = FxBuildHasher.hash_one((claim.event_type, &claim.source, &claim.target));
        let alike = alike.entry(key).or_default();
        let told = |known: &usize| same_fact(&united[*known], draft) || same_claim(&united[*known].claim, claim);
        // Of several that it may be, the one of the same day.
        let same_day = |known: &usize| united[*known].claim.date == claim.date && told(known);
        match alike.iter().copied().find(same_day).or_else(|| alike.iter().copied().find(told)) {
            Some(known) => merge(&mut united[known], draft),
            None => {
                alike.push(count);
                drafts.swap(count, at);
                count += 1;
            }
        }
    }
    drafts.truncate(count);
    keep_named(drafts);
    keep_told_in_full(drafts);
}

/// "EU asks court", and in the text "China and the EU asked the court": the headline names some of those whom one sentence of the text names.
/// "Chad expels Mali and Niger envoys", and in the text one after the other: it names all of them.
fn keep_told_in_full(united: &mut Vec<Draft>) {
    let within = |some: &[EntityId], all: &[EntityId]| some.iter().all(|id| all.contains(id));
    let text: Vec<Claim> =
        united.iter().map(|draft| &draft.claim).filter(|c| c.evidence.field == Field::Text).cloned().collect();
    let told = |title: &Claim| {
        let same =
            |c: &&Claim| c.event_type == title.event_type && c.status == title.status && compatible(c.date, title.date);
        let wider = |c: &Claim| within(&title.source, &c.source) && within(&title.target, &c.target);
        let parts = |c: &&Claim| within(&c.source, &title.source) && within(&c.target, &title.target);
        let covers = |id: &EntityId| {
            text.iter().filter(same).filter(parts).any(|c| c.source.contains(id) || c.target.contains(id))
        };
        text.iter().filter(same).any(wider) || title.parties().len() > 2 && title.parties().iter().all(covers)
    };
    united.retain(|draft| draft.claim.evidence.field != Field::Title || !told(&draft.claim));
}

/// "India suspends water treaty with Pakistan", and in the text its name: where the agreement is named, those whom it is with add nothing.
fn keep_named(united: &mut Vec<Draft>) {
    let key = |claim: &Claim| (claim.event_type, claim.status, claim.source.clone());
    let acts = || united.iter().map(|draft| &draft.claim).filter(|c| WITH_SOMEBODY.contains(&c.event_type.name()));
    let named: FxHashSet<_> = acts().filter(|claim| claim.agreement.is_some()).map(key).collect();
    if !named.is_empty() {
        united.retain(|draft| draft.claim.agreement.is_some() || !named.contains(&key(&draft.claim)));
    }
}

/// What is done to an agreement, and where it has no name of its own to whom it is with.
const WITH_SOMEBODY: [&str; 3] = ["ratify-agreement", "leave-agreement", "suspend-agreement"];

/// Whether two claims would have one id.
fn same_claim(a: &Claim, b: &Claim) -> bool {
    a.event_type == b.event_type
        && a.source == b.source
        && a.target == b.target
        && a.status == b.status
        && a.evidence.field == b.evidence.field
        && a.evidence.span == b.evidence.span
}

fn same_fact(a: &Draft, b: &Draft) -> bool {
    let (x, y) = (&a.claim, &b.claim);
    // "اتفق الجانبان على …، وكانا قد وقعا اتفاقا في مارس": what two verbs of the text tell, one of them of long ago, is not one act.
    let apart = a.long_past != b.long_past
        && [a, b].iter().all(|draft| draft.firm && draft.claim.evidence.field == Field::Text)
        && (x.date.is_unknown() || y.date.is_unknown());
    !apart
        && x.event_type == y.event_type
        && x.source == y.source
        && x.target == y.target
        && (x.status == y.status
            || is_vague(a)
            || is_vague(b)
            || called_off(a, b)
            || same_words(a, b)
            || done_in_text(a, b))
        && (x.date == y.date || x.date.is_unknown() || y.date.is_unknown() || compatible(x.date, y.date))
}

/// Whether a noun only presupposes the act, so that it may be the one that is told elsewhere. What states do together all the time is
/// no single act.
fn is_vague(draft: &Draft) -> bool {
    !draft.firm && draft.claim.event_type.name() != "cooperate"
}

/// A verb and its noun: "خاض الجانبان جولات من التفاوض" is told once.
fn same_words(a: &Draft, b: &Draft) -> bool {
    a.claim.evidence.field == b.claim.evidence.field && a.claim.evidence.span.overlaps(b.claim.evidence.span)
}

fn compatible(a: EventDate, b: EventDate) -> bool {
    let starts_before_end = |x: EventDate, y: EventDate| match (x.not_before(), y.not_after()) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    starts_before_end(a, b) && starts_before_end(b, a)
}

/// "Will not join" in the headline and "cancelled its accession" in the body are one: it was planned and is off.
fn called_off(a: &Draft, b: &Draft) -> bool {
    let mut both = [a.claim.status, b.claim.status];
    both.sort();
    both == [Status::Denied, Status::Cancelled]
}

/// "Chad to expel two envoys", and in the text "said that it was expelling two": the headline announces what the text tells as done.
fn done_in_text(title: &Draft, text: &Draft) -> bool {
    let fields = [&title.claim, &text.claim].map(|claim| claim.evidence.field);
    let verbs = [title, text].iter().all(|draft| draft.claim.rule.ends_with("/en/verb"));
    fields == [Field::Title, Field::Text]
        && verbs
        && title.claim.status == Status::Planned
        && text.claim.status == Status::Occurred
        && !text.long_past
}

/// Whether the words of a claim name all its parties, so that none is told only before.
fn names_parties(claim: &Claim) -> bool {
    let named = |id: &EntityId| claim.participants.iter().any(|participant| participant.id == *id);
    claim.source.iter().chain(&claim.target).all(named)
}

/// Joins another telling to the one known; what is left in its place is not told.
fn merge(known: &mut Draft, other: &mut Draft) {
    let date = if known.claim.date.is_unknown()
        || !other.claim.date.is_unknown() && other.claim.date.precision() < known.claim.date.precision()
    {
        other.claim.date
    } else {
        known.claim.date
    };
    // Two agreements that the body tells one after the other have each their own topic.
    let apart = known.firm && other.firm && known.claim.evidence.field == Field::Text;
    let topic = known.claim.topic.or(other.claim.topic.filter(|_| !apart));
    let mut also = std::mem::take(&mut known.explanation.also);
    // Of two nouns the first one tells it as well.
    let same_rule = known.claim.rule == other.claim.rule
        && known.claim.status == other.claim.status
        && known.claim.evidence.field != Field::Title;
    // A headline with a verb tells what the noun of a later sentence only refers to.
    let noun = known.claim.evidence.field == Field::Title
        && known.claim.rule.ends_with("/verb")
        && other.claim.rule.ends_with("/noun");
    // "The talks, which end today": of two tellings the one that names its parties shows them.
    let (named, names) = (names_parties(&known.claim), names_parties(&other.claim));
    let alike = known.claim.status == other.claim.status;
    let refers = alike && (noun || named && !names);
    let better = alike && names && !named
        || done_in_text(known, other)
        || !known.firm && other.firm && !refers && !same_rule
        || known.firm == other.firm && known.claim.evidence.field == Field::Title && !refers
        || called_off(known, other) && other.claim.status == Status::Cancelled;
    let in_title = known.claim.evidence.field == Field::Title;
    if better {
        std::mem::swap(known, other);
    }
    let left = other;
    if known.claim.attribution.is_empty() && (better || refers && in_title) {
        known.claim.attribution = std::mem::take(&mut left.claim.attribution);
    }
    known.firm |= alike && left.firm;
    also.push(Passage { field: left.claim.evidence.field, span: left.claim.evidence.span });
    known.explanation.also = also;
    known.claim.date = date;
    known.claim.topic = topic;
}

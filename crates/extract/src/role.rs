//! Who did it to whom: the slots of a trigger filled by shallow syntax.
//!
//! Verb–subject–object and subject–verb–object, passives, genitive chains, prepositions, adjectives of two states,
//! coordination, possessive pronouns, and the subject that a verbal noun shares with the verb above it.

mod agent;
mod antecedent;
mod condition;
mod english;
mod headline;
mod noun;
mod owner;
mod possessor;
mod preposition;
mod verb;

use crate::coreference::Memory;
use crate::lexicon::{ArgumentFunction, Form, Slot};
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Syntax, Tag};
use agent::infer_agent;
pub(crate) use agent::is_subject_or_light;
use antecedent::{answers_it, followers, hits_speakers_own, pronouns_behind_prepositions, told_before};
use chancery_model::{EntityId, EntityKind, Language, Span};
use compact_str::CompactString;
use condition::threatened_on_condition;
pub(crate) use english::{points_back, spoken_of};
use headline::headline_roles;
use noun::{mission_of, noun_roles, of_many, suffer, traveller, turn_genitive, welcomed_by};
use owner::{banned_goods, counted, owners_behind_prepositions};
use preposition::{
    arrived_at, bound_by_treaty, carried_by, held_by, phrases_with_preposition, prepositions, sanctioned,
};
use smallvec::SmallVec;
use std::ops::Range;
use verb::{host_of_base, takes_no_agent, verb_roles};

/// Phrases of a sentence, by their places: mostly one or two.
pub(crate) type Places = SmallVec<[usize; 4]>;

/// The phrases that fill the slots of one trigger.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roles {
    pub(crate) agents: Places,
    pub(crate) patients: Places,
    pub(crate) instruments: Places,
    /// The agent is found by a pronoun or by the clause above, not in a slot of its own.
    pub(crate) inferred: bool,
    /// For explanations.
    pub(crate) steps: SmallVec<[Step; 4]>,
    /// Patients that only a pronoun stands for.
    pub(crate) outside_patients: Vec<EntityId>,
    /// Whether a relative clause of its own tells who acts: "the case that South Africa brought".
    pub(crate) made: bool,
    /// Whether it is done to something that we do not know, so that no other side is to be looked for: "قيود على برنامجها".
    pub(crate) blocked: bool,
    /// Whether the agent is somebody that we do not know, so that none is to be looked for.
    pub(crate) closed: bool,
    /// Whether the patient is somebody that we do not know.
    pub(crate) unknown_patient: bool,
    /// An agent that no phrase of the sentence names: the speaker ("our accession"), the subject of the sentence before.
    pub(crate) outside_agent: Option<EntityId>,
}

/// One step of how the slots were filled. It is told in words only where a claim comes of it.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// The words at a place in the field fill a slot.
    Filled(&'static str, Span),
    /// A phrase, by its place in the sentence, is an argument behind a preposition.
    Behind(CompactString, usize),
    /// Something else.
    Told(&'static str),
}

impl From<&'static str> for Step {
    fn from(told: &'static str) -> Self {
        Self::Told(told)
    }
}

impl Step {
    /// In words.
    pub(crate) fn told(&self, scan: &Scan<'_>, phrases: &[Phrase]) -> String {
        match self {
            Self::Filled(slot, span) => [slot, ": ", span.of(scan.text)].concat(),
            Self::Behind(preposition, at) => {
                ["behind ", preposition, ": ", phrases[*at].span(scan).of(scan.text)].concat()
            }
            Self::Told(told) => (*told).to_owned(),
        }
    }
}

/// How far a slot may lie from its trigger, in tokens.
const REACH: usize = 24;

/// What the document says so far of who acts and speaks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// Noun groups and subjects of the sentence.
    pub(crate) syntax: &'a Syntax,
    /// Who speaks in the first person here.
    pub(crate) speaker: Option<&'a EntityId>,
    /// What the document has told: "it", "them", "the raid".
    pub(crate) memory: &'a Memory,
    /// Who acted last.
    pub(crate) subject: Option<&'a EntityId>,
}

/// Acts that reach a state through what is its own: "rejected a US proposal", "freed two French hostages".
const REACHES_OWNER: [&str; 19] = [
    "ease-sanctions",
    "protest",
    "condemn",
    "reject",
    "express-support",
    "accuse",
    "request",
    "demand",
    "release",
    "coerce",
    "expel-diplomat",
    "summon-envoy",
    "attack",
    "halt-cooperation",
    "threaten",
    "suspend-agreement",
    "recognise",
    "impose-sanctions",
    "courtesy",
];

/// Whether an act reaches a state through what is its own.
fn reaches_owner(hit: &TriggerHit<'_>) -> bool {
    let trigger = hit.trigger;
    // "ratified Finland's accession", "تسلم أوراق اعتماد السفير المصري", "تلقت باكستان وديعة سعودية".
    let through = matches!(trigger.sense.as_str(), "ratify-accession" | "receive-envoy" | "receive-aid" | "buy-arms");
    through || REACHES_OWNER.contains(&trigger.frame.event_type.name())
}

/// The sense of doing what others have done.
pub(crate) const FOLLOWS: &str = "follow-suit";

/// What is done to the relations between two: where nobody is told to do it, it befalls both.
pub(crate) const BREAKS: [&str; 3] = ["sever-relations", "suspend-relations", "downgrade-relations"];

/// Fills the slots of `hit`.
pub(crate) fn roles(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, context: Context<'_>) -> Roles {
    if scan.language == Language::English {
        return english::roles(scan, phrases, hit, context);
    }
    if hit.trigger.sense == FOLLOWS {
        return followers(scan, phrases, hit, context);
    }
    if hit.trigger.headline {
        return headline_roles(scan, phrases, hit);
    }
    let mut roles = Roles::default();
    let right = right_region(scan, hit);
    if hit.form == Form::Noun {
        noun_roles(scan, phrases, hit, &right, &mut roles);
    } else {
        verb_roles(scan, phrases, hit, context, &mut roles);
    }
    prepositions(scan, phrases, hit, context.syntax, &right, &mut roles);
    if scan.language == Language::Arabic && roles.patients.is_empty() {
        sanctioned(scan, phrases, hit, &right, &mut roles);
        bound_by_treaty(scan, phrases, hit, &right, &mut roles);
    }
    if scan.language == Language::Arabic && !answers_it(scan, hit) {
        pronouns_behind_prepositions(scan, phrases, hit, context, &right, &mut roles);
        suffer(scan, phrases, hit, context.syntax, &mut roles);
        host_of_base(scan, phrases, hit, context.syntax, &mut roles);
        arrived_at(scan, phrases, hit, &mut roles);
        carried_by(scan, phrases, hit, &mut roles);
        traveller(scan, phrases, hit, &mut roles);
        mission_of(scan, phrases, hit, &mut roles);
        held_by(scan, phrases, hit, &mut roles);
        welcomed_by(scan, phrases, hit, &mut roles);
        of_many(scan, hit, &mut roles);
        hits_speakers_own(scan, hit, context, &mut roles);
    }
    if roles.patients.is_empty() && roles.outside_patients.is_empty() {
        if scan.language == Language::Arabic {
            counted(scan, phrases, hit, context.syntax, &mut roles);
        }
        owners_behind_prepositions(scan, phrases, hit, context.syntax, &right, &mut roles);
        banned_goods(scan, phrases, hit, context.syntax, &mut roles);
        if roles.patients.is_empty() && hit.trigger.frame.event_type.name() == "attack" {
            // "bombed a camp inside Pakistan": where it is done.
            let places = ["in", "inside", "near", "على", "في", "داخل", "قرب", "ب"];
            let found =
                places.iter().map(|p| phrases_with_preposition(phrases, &right, p)).find(|found| !found.is_empty());
            let found = found.filter(|found| !hits_somebody_inside(scan, phrases, hit, found));
            roles.fill(ArgumentFunction::Patient, &found.unwrap_or_default());
        }
        if roles.patients.is_empty() {
            told_before(scan, phrases, hit, context, &right, &mut roles);
        }
        if scan.language == Language::Arabic && roles.patients.is_empty() && roles.outside_patients.is_empty() {
            threatened_on_condition(scan, phrases, hit, context.syntax, &mut roles);
        }
    }
    if roles.agents.is_empty() && roles.outside_agent.is_none() && !roles.closed && !takes_no_agent(hit) {
        infer_agent(scan, phrases, hit, context, &mut roles);
    }
    if hit.form == Form::Noun {
        turn_genitive(scan, phrases, hit, context, &mut roles);
    }
    roles.patients.retain(|p| !roles.agents.contains(p));
    // "وعد المتحدث الاتفاق خطوة": nothing is promised to an agreement.
    let promises = hit.trigger.frame.event_type.name() == "express-intent" && scan.language == Language::Arabic;
    roles.patients.retain(|p| !promises || phrases[*p].kind != PhraseKind::Anaphor(Anaphor::Event));
    envoys_only(phrases, hit, &mut roles);
    roles
}

/// "عاد السفير إلى طهران", "the ambassador returned to Kabul": of others it is a visit.
fn envoys_only(phrases: &[Phrase], hit: &TriggerHit<'_>, roles: &mut Roles) {
    if hit.trigger.sense == "return-envoy" {
        roles.agents.retain(|at| phrases[*at].office.as_deref() == Some("ambassador"));
        roles.outside_agent = None;
    }
}

/// "ضربات تستهدف المسلحين الأكراد في شمال العراق": who fights inside a state is hit there, not the state.
fn hits_somebody_inside(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, place: &[usize]) -> bool {
    let Some(&first) = place.first() else { return false };
    let between = hit.tokens.end..phrases[first].tokens.start;
    let group = |phrase: &Phrase| {
        between.contains(&phrase.tokens.start) && phrase.ids.iter().any(|id| id.kind() == EntityKind::Group)
    };
    scan.language == Language::Arabic
        && (phrases.iter().any(group) || between.clone().any(|at| scan.begins_class(at, "militant")))
}

/// The tokens after a trigger that can hold its arguments.
fn right_region(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Range<usize> {
    let start = hit.tokens.end;
    let limit = (start + REACH).min(scan.sentence.tokens.len());
    let open = hit.trigger.frame.event_type.is_symmetric();
    let ends = |t: usize| {
        scan.is_strong_boundary(t)
            || scan.begins_clause(t) && scan.tags[t] != Tag::Preposition
            || scan.tags[t] == Tag::Subordinator
            || scan.is_complementizer(t)
            || t > start
                && scan.finite_verb_at(t)
                && !carries_what_is_sent(scan, hit, t)
                && !tells_what_is_hit(scan, hit, t)
            || t > start && !open && matches!(scan.tags[t], Tag::Verb(Form::Base | Form::Gerund))
    };
    // "concluded it after similar ones with Chad": that is another.
    let similar = |t: usize| {
        scan.language == Language::English
            && scan.begins_class(t, "anterior")
            && (t + 1..t + 4).any(|at| matches!(scan.word(at), "similar" | "ones" | "identical"))
    };
    // "voiced readiness to work with Chad", "interest in expanding trade with Chad": what somebody is ready for is with whom they will do it.
    let ready = |t: usize| {
        scan.language == Language::English
            && hit.trigger.sense == "express-intent"
            && matches!(scan.tags[t], Tag::Verb(Form::Base | Form::Gerund))
            && t > 1
            && scan.begins_class(t - 2, "readiness")
    };
    let ends = |t: usize| (ends(t) || similar(t)) && !ready(t);
    let end = (start..limit).find(|&t| ends(t) && !noun::tells_schedule(scan, t));
    start..end.unwrap_or(limit)
}

/// "أرسلت كينيا طائرات تحمل مساعدات إلى تشاد": to whom the load goes stands behind the verb that only tells what carries it.
fn carries_what_is_sent(scan: &Scan<'_>, hit: &TriggerHit<'_>, verb: usize) -> bool {
    let sent = matches!(hit.trigger.frame.event_type.name(), "give-aid" | "supply-arms");
    scan.language == Language::Arabic && sent && !scan.conjoined(verb) && scan.begins_class(verb, "carries")
}

/// "شنت كينيا غارات أمس استهدفت مناطق في أوغندا": where it hits stands behind the verb that tells of the raids.
fn tells_what_is_hit(scan: &Scan<'_>, hit: &TriggerHit<'_>, verb: usize) -> bool {
    let strikes = |other: &TriggerHit<'_>| other.trigger.frame.event_type.name() == "attack";
    let raids = hit.trigger.frame.event_type.name() == "attack"
        && (hit.form == Form::Noun || hit.trigger.needs.iter().any(|class| class == "strike"));
    scan.language == Language::Arabic && raids && !scan.conjoined(verb) && scan.triggers_at(verb).iter().any(strikes)
}

/// Phrases of a region that no preposition governs, actors and agreements only.
fn bare_phrases(phrases: &[Phrase], region: &Range<usize>) -> Places {
    (0..phrases.len())
        .filter(|&at| region.contains(&phrases[at].tokens.start))
        .filter(|&at| phrases[at].preposition.is_none() && !phrases[at].ids.is_empty())
        .filter(|&at| phrases[at].is_actor() || phrases[at].kind == PhraseKind::Agreement)
        .collect()
}

/// A phrase and those joined to it by "and".
fn with_coordinated(phrases: &[Phrase], first: usize) -> Places {
    // "بين حكومتها وتركيا": names, and those who are told by whose they are.
    let named =
        |p: &Phrase| !matches!(p.kind, PhraseKind::Anaphor(Anaphor::Pronoun | Anaphor::Office | Anaphor::Event));
    let both = |p: &Phrase| p.is_actor() && phrases[first].is_actor() && named(p) && named(&phrases[first]);
    let alike = |p: &Phrase| p.kind == phrases[first].kind || both(p);
    let rest = phrases[first + 1..].iter().take_while(|p| p.coordinated && alike(p)).count();
    (first..=first + rest).collect()
}

fn first_of_group(phrases: &[Phrase], last: usize) -> usize {
    let mut first = last;
    while first > 0
        && phrases[first].coordinated
        && phrases[first - 1].preposition.is_none()
        && phrases[first - 1].is_actor()
    {
        first -= 1;
    }
    first
}

fn slot_function(hit: &TriggerHit<'_>, slot: &Slot) -> Option<ArgumentFunction> {
    hit.trigger.arguments.iter().find(|argument| argument.slot == *slot).map(|argument| argument.function)
}

fn object_function(hit: &TriggerHit<'_>) -> Option<ArgumentFunction> {
    slot_function(hit, &Slot::Object)
}

impl Roles {
    fn fill(&mut self, function: ArgumentFunction, group: &[usize]) {
        let slot = match function {
            ArgumentFunction::Agent => &mut self.agents,
            ArgumentFunction::Patient => &mut self.patients,
            ArgumentFunction::Instrument => &mut self.instruments,
        };
        for at in group {
            if !slot.contains(at) {
                slot.push(*at);
            }
        }
    }

    /// Every phrase in a slot.
    pub(crate) fn all(&self) -> impl Iterator<Item = usize> {
        self.agents.iter().chain(&self.patients).chain(&self.instruments).copied()
    }

    fn step(&mut self, slot: &'static str, scan: &Scan<'_>, phrases: &[Phrase], group: &[usize]) {
        self.steps.extend(group.iter().map(|&at| Step::Filled(slot, phrases[at].span(scan))));
    }
}

/// Whether a phrase stands for both sides by itself: "the two countries".
pub(crate) fn is_pair(phrase: &Phrase) -> bool {
    matches!(phrase.kind, PhraseKind::Anaphor(Anaphor::Pair { .. } | Anaphor::Trio))
}

//! Who did it to whom: the slots of a trigger filled by shallow syntax.
//!
//! Verb–subject–object and subject–verb–object, passives, genitive chains, prepositions, adjectives of two states,
//! coordination, possessive pronouns, and the subject that a verbal noun shares with the verb above it.

mod antecedent;
mod english;
mod owner;

pub(crate) use english::{points_back, spoken_of};

use crate::coreference::Memory;
use crate::lexicon::{Argument, ArgumentFunction, Form, Slot};
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Group, Subject, Syntax, Tag};
use antecedent::{answers_it, last_inside, pronoun_object, pronouns_behind_prepositions, resumed, told_before};
use chancery_model::{EntityId, Language, Span};
use chancery_text::{Enclitic, Proclitic};
use compact_str::CompactString;
use owner::{owner, owners_behind_prepositions, told_by};
use std::ops::Range;

/// The phrases that fill the slots of one trigger.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roles {
    pub(crate) agents: Vec<usize>,
    pub(crate) patients: Vec<usize>,
    pub(crate) instruments: Vec<usize>,
    /// The agent is found by a pronoun or by the clause above, not in a slot of its own.
    pub(crate) inferred: bool,
    /// For explanations.
    pub(crate) steps: Vec<Step>,
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
const REACHES_OWNER: [&str; 17] = [
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

/// Fills the slots of `hit`.
pub(crate) fn roles(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, context: Context<'_>) -> Roles {
    if scan.language == Language::English {
        return english::roles(scan, phrases, hit, context);
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
    }
    if scan.language == Language::Arabic && !answers_it(scan, hit) {
        pronouns_behind_prepositions(scan, phrases, hit, context, &right, &mut roles);
        suffer(scan, phrases, hit, context.syntax, &mut roles);
    }
    if roles.patients.is_empty() && roles.outside_patients.is_empty() {
        owners_behind_prepositions(scan, phrases, hit, context.syntax, &right, &mut roles);
        if roles.patients.is_empty() && hit.trigger.frame.event_type.name() == "attack" {
            // "bombed a camp inside Pakistan": where it is done.
            let places = ["in", "inside", "near", "على", "في", "داخل"];
            let found =
                places.iter().map(|p| phrases_with_preposition(phrases, &right, p)).find(|found| !found.is_empty());
            roles.fill(ArgumentFunction::Patient, &found.unwrap_or_default());
        }
        if roles.patients.is_empty() {
            told_before(scan, hit, context, &right, &mut roles);
        }
    }
    if roles.agents.is_empty() && roles.outside_agent.is_none() && !roles.closed && !takes_no_agent(hit) {
        infer_agent(scan, phrases, hit, context, &mut roles);
    }
    if hit.form == Form::Noun {
        turn_genitive(scan, phrases, hit, context, &mut roles);
    }
    roles.patients.retain(|p| !roles.agents.contains(p));
    roles
}

/// "رفع العقوبات التي تفرضها على سوريا": whom sanctions are on may stand in their relative clause.
fn sanctioned(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, right: &Range<usize>, roles: &mut Roles) {
    const CLAUSE: usize = 8;
    let types = ["ease-sanctions", "impose-sanctions"];
    let relative =
        types.contains(&hit.trigger.frame.event_type.name()) && scan.tags.get(right.end) == Some(&Tag::Relative);
    if relative {
        let clause = right.end..right.end + CLAUSE;
        let found = ["علي", "ضد"].iter().map(|p| phrases_with_preposition(phrases, &clause, p));
        let found = found.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        roles.step("on whom, in a relative clause", scan, phrases, &found);
        roles.fill(ArgumentFunction::Patient, &found);
    }
}

/// "غزو الكويت", "لضرب داعش", "اغتيال الحريري من قبل": the possessor of a noun like these suffers, unless what is done has its own place
/// ("غزو العراق للكويت"). Who does it is behind "by", or the subject of the verb above.
fn suffer(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, syntax: &Syntax, roles: &mut Roles) {
    let suffers = matches!(hit.trigger.frame.event_type.name(), "attack" | "coerce") && hit.form == Form::Noun;
    if !suffers
        || !roles.patients.is_empty()
        || hit.enclitic.is_some()
        || !scan.begins_class(hit.tokens.start, "victim")
    {
        return;
    }
    let acts = |at: &usize| phrases[*at].preposition.is_some() || phrases[*at].kind == PhraseKind::Adjective;
    let possessor = roles.agents.iter().copied().filter(|at| !acts(at)).max();
    if let Some(object) = possessor.and_then(|at| object_behind(scan, syntax, phrases[at].tokens.end)) {
        // "اقتحام الشرطة الإكوادورية سفارتها", "قصف إسرائيل المستشفى": with an object of its own the possessor acts.
        own_embassy(scan, phrases, object, roles);
        return;
    }
    (roles.agents, roles.patients) = std::mem::take(&mut roles.agents).into_iter().partition(acts);
}

/// The noun right behind the possessor of a verbal noun, where it is its object: definite, and no adjective.
fn object_behind<'a>(scan: &Scan<'_>, syntax: &'a Syntax, from: usize) -> Option<&'a Group> {
    let group = &syntax.groups[syntax.group_at(from)?];
    let definite = scan.word(from).starts_with("ال") || scan.has_pronoun_on_noun(from);
    (group.tokens.start == from && group.preposition.is_none() && !group.coordinated && definite).then_some(group)
}

/// "سفارتها": the embassy of whoever was named before.
fn own_embassy(scan: &Scan<'_>, phrases: &[Phrase], object: &Group, roles: &mut Roles) {
    if !scan.begins_class(object.tokens.start, "embassy") || !scan.class_enclitic(object.tokens.start, "embassy") {
        return;
    }
    let acting: Vec<&EntityId> = roles.agents.iter().flat_map(|&at| &phrases[at].ids).collect();
    let owner = (0..phrases.len()).rev().find(|&at| {
        let phrase = &phrases[at];
        phrase.tokens.end <= object.tokens.start
            && phrase.kind == PhraseKind::Actor
            && !phrase.ids.iter().any(|id| acting.contains(&id))
    });
    roles.step("whose embassy it is", scan, phrases, owner.as_slice());
    roles.fill(ArgumentFunction::Patient, owner.as_slice());
}

/// Acts of which the possessor of the noun may be whom they are done to.
const TRANSITIVE: [&str; 6] = ["attack", "coerce", "visit", "expel-diplomat", "release", "recognise"];

/// "بدأت الولايات المتحدة غزو العراق": under a verb that is no event itself, the subject acts and the possessor suffers.
fn turn_genitive(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, context: Context<'_>, roles: &mut Roles) {
    if !roles.patients.is_empty()
        || roles.agents.is_empty()
        || scan.language != Language::Arabic
        || !TRANSITIVE.contains(&hit.trigger.frame.event_type.name())
    {
        return;
    }
    let verb = (0..hit.tokens.start).rev().take_while(|&t| scan.tags[t] != Tag::Stop).find(|&t| scan.tags[t].is_verb());
    let full = |verb: usize| scan.triggers.iter().any(|t| t.tokens.start == verb && t.trigger.needs.is_empty());
    let Some(verb) = verb.filter(|&verb| !full(verb)) else { return };
    let Subject::Phrase(at) = context.syntax.subject(scan, phrases, verb) else { return };
    let same = roles.agents.iter().any(|&agent| phrases[agent].ids == phrases[at].ids);
    // "وصفت موسكو الضربات الأميركية": who is told by an adjective acts.
    let adjective = roles.agents.iter().any(|&agent| phrases[agent].kind == PhraseKind::Adjective);
    if !same && !adjective && !phrases[at].ids.is_empty() && phrases[at].is_actor() {
        roles.patients = std::mem::take(&mut roles.agents);
        let group = with_coordinated(phrases, at);
        roles.step("subject of the verb above; the possessor is the patient", scan, phrases, &group);
        roles.fill(ArgumentFunction::Agent, &group);
    }
}

fn takes_no_agent(hit: &TriggerHit<'_>) -> bool {
    matches!(hit.form, Form::PastPassive | Form::PresentPassive)
}

/// The tokens after a trigger that can hold its arguments.
fn right_region(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Range<usize> {
    let start = hit.tokens.end;
    let limit = (start + REACH).min(scan.sentence.tokens.len());
    let open = hit.trigger.frame.event_type.is_symmetric();
    let end = (start..limit).find(|&t| {
        scan.is_strong_boundary(t)
            || scan.begins_clause(t) && scan.tags[t] != Tag::Preposition
            || scan.tags[t] == Tag::Subordinator
            || scan.is_complementizer(t)
            || t > start && scan.finite_verb_at(t)
            || t > start && !open && matches!(scan.tags[t], Tag::Verb(Form::Base | Form::Gerund))
    });
    start..end.unwrap_or(limit)
}

fn verb_roles(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, context: Context<'_>, roles: &mut Roles) {
    let passive = is_passive(scan, hit);
    // "لن تقبل": a negation before the verb belongs to the words.
    let verb = hit.tokens.clone().find(|&t| scan.tags[t].is_verb()).unwrap_or(hit.tokens.start);
    let subject = context.syntax.subject(scan, phrases, verb);
    if let Subject::Phrase(at) = subject {
        let group = with_coordinated(phrases, at);
        // "American troops would be pulled out": whose they are acts.
        let own = passive && OWN_THINGS.contains(&hit.trigger.frame.event_type.name());
        let function = if passive && !own { object_function(hit) } else { Some(ArgumentFunction::Agent) };
        if let Some(function) = function {
            roles.step(if passive { "passive subject" } else { "subject" }, scan, phrases, &group);
            roles.fill(function, &group);
        }
    }
    if subject == Subject::Unknown && passive && OWN_THINGS.contains(&hit.trigger.frame.event_type.name()) {
        passive_owner(scan, phrases, hit, context.syntax, roles);
    }
    roles.closed = subject == Subject::Unknown || passive;
    if lone_object(scan, phrases, hit, context, subject) {
        roles.steps.push("what follows is the object: the subject is dropped".into());
        roles.patients = std::mem::take(&mut roles.agents);
        match context.syntax.joined_subject(scan, phrases, hit.tokens.start) {
            Subject::Phrase(at) if !phrases[at].ids.is_empty() => {
                roles.fill(ArgumentFunction::Agent, &with_coordinated(phrases, at));
            }
            _ => roles.outside_agent = context.subject.cloned(),
        }
        return;
    }
    if !passive
        && scan.language != Language::Arabic
        && let Some(function) = object_function(hit)
        && object_pronoun(scan, hit)
    {
        let taken: Vec<&EntityId> = roles.agents.iter().flat_map(|&at| &phrases[at].ids).collect();
        let other = context.memory.event().iter().filter(|id| !taken.contains(id)).cloned().collect::<Vec<_>>();
        if function == ArgumentFunction::Patient && !other.is_empty() {
            roles.steps.push("pronoun as object: the other side".into());
            roles.outside_patients = other;
            return;
        }
    }
    if let (Some(pronoun @ (Enclitic::He | Enclitic::She | Enclitic::They | Enclitic::Dual)), Some(function)) =
        (hit.enclitic, object_function(hit))
    {
        match resumed(scan, hit, context.syntax) {
            Some(head) => {
                let reaches = REACHES_OWNER.contains(&hit.trigger.frame.event_type.name());
                let head = head.phrase.or_else(|| last_inside(phrases, head, reaches));
                let head = head.filter(|&at| reaches || phrases[at].kind != PhraseKind::Adjective);
                roles.step("noun before the relative pronoun", scan, phrases, head.as_slice());
                roles.fill(function, head.as_slice());
            }
            None => pronoun_object(scan, phrases, (hit, pronoun), function, roles),
        }
        return;
    }
    if !passive && let Some(function) = object_function(hit) {
        object(scan, phrases, hit, context.syntax, subject, function, roles);
    }
    if passive && scan.language != Language::Arabic {
        let by = phrases_with_preposition(phrases, &right_region(scan, hit), "by");
        roles.step("by", scan, phrases, &by);
        roles.fill(ArgumentFunction::Agent, &by);
    }
}

/// Acts on things of one's own: troops, envoys, embassies.
const OWN_THINGS: [&str; 5] = ["withdraw-forces", "mobilise", "close-mission", "open-mission", "recall-envoy"];

/// "the Taiwanese embassy in Tarawa would be closed".
fn passive_owner(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, syntax: &Syntax, roles: &mut Roles) {
    let before = syntax.groups.iter().rev().filter(|g| g.tokens.end <= hit.tokens.start);
    let Some(group) = before.into_iter().find(|group| group.preposition.is_none()) else { return };
    let inside = |at: &usize| {
        let phrase = &phrases[*at];
        group.tokens.contains(&phrase.tokens.start)
            && matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective)
            && !phrase.ids.is_empty()
    };
    if let Some(owner) = (0..phrases.len()).find(inside) {
        roles.step("owner of what it is done to", scan, phrases, &[owner]);
        roles.fill(ArgumentFunction::Agent, &[owner]);
    }
}

/// Acts whose verbs always have somebody as object.
const WITH_OBJECT: [&str; 3] = ["meet", "accuse", "call"];

/// "واتهمت الصين بتهديد الاستقرار", "زار باريس، والتقى الرئيس الفرنسي": a verb that must have an object, with one noun behind it, has
/// dropped its subject.
fn lone_object(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    context: Context<'_>,
    subject: Subject,
) -> bool {
    let Subject::Phrase(at) = subject else { return false };
    if scan.language != Language::Arabic || !scan.conjoined(hit.tokens.start) || hit.enclitic.is_some() {
        return false;
    }
    let is_object = |a: &Argument| a.slot == Slot::Object && a.function == ArgumentFunction::Patient;
    let right = right_region(scan, hit);
    let filled = |a: &Argument| match &a.slot {
        Slot::Preposition(p) if a.function == ArgumentFunction::Patient => {
            !phrases_with_preposition(phrases, &right, p).is_empty()
        }
        _ => false,
    };
    let arguments = &hit.trigger.arguments;
    let one = phrases[at].ids.len() == 1 && with_coordinated(phrases, at).len() == 1;
    let needed = WITH_OBJECT.contains(&hit.trigger.frame.event_type.name())
        && one
        && arguments.iter().any(is_object)
        && !arguments.iter().any(filled);
    let alone = context.subject.is_some() && matches!(arguments.as_slice(), [argument] if is_object(argument));
    (alone || needed) && context.syntax.object(scan, hit.tokens.end, subject).is_none()
}

/// The direct object, or the state that it is of.
fn object(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    subject: Subject,
    function: ArgumentFunction,
    roles: &mut Roles,
) {
    let Some(mut group) = syntax.object(scan, hit.tokens.end, subject) else { return };
    // "التقى وزير الدفاع السعودي، الأمير محمد بن سلمان، بالرئيس": the name behind a comma is the subject once more.
    while names_again(scan, phrases, subject, group) {
        let Some(next) = syntax.object(scan, group.tokens.end, subject) else { return };
        group = next;
    }
    let owned = REACHES_OWNER.contains(&hit.trigger.frame.event_type.name());
    if owned
        && !group.phrase.is_some_and(|at| phrases[at].kind == PhraseKind::Actor)
        && let Some(owner) = owner(scan, phrases, hit, syntax, group)
    {
        roles.step("owner of the object", scan, phrases, &owner);
        roles.fill(function, &owner);
        return;
    }
    if let Some(at) = group.phrase
        && !matches!(phrases[at].kind, PhraseKind::Adjective | PhraseKind::Outlet)
        && !phrases[at].ids.is_empty()
    {
        let group = with_coordinated(phrases, at);
        roles.step("object", scan, phrases, &group);
        roles.fill(function, &group);
    }
}

fn names_again(scan: &Scan<'_>, phrases: &[Phrase], subject: Subject, group: &Group) -> bool {
    let (Subject::Phrase(subject), Some(at)) = (subject, group.phrase) else { return false };
    let comma = group.tokens.start.checked_sub(1).is_some_and(|at| scan.tags[at] == Tag::Comma);
    comma && at != subject && !phrases[at].ids.is_empty() && phrases[at].ids == phrases[subject].ids
}

/// Whether this preposition governs a group: as a word before it, or written on its first word.
fn governs(scan: &Scan<'_>, group: &Group, preposition: &str) -> bool {
    let Some(at) = group.preposition else { return false };
    if at < group.tokens.start {
        return scan.word(at) == preposition || scan.word(at).strip_prefix('و') == Some(preposition);
    }
    let written = match preposition {
        "ب" => Proclitic::By,
        "ل" => Proclitic::For,
        "ك" => Proclitic::Like,
        _ => return false,
    };
    scan.has_proclitic(at, written)
}

fn noun_roles(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, right: &Range<usize>, roles: &mut Roles) {
    let genitive = slot_function(hit, &Slot::Genitive).unwrap_or(ArgumentFunction::Agent);
    let mut bare = bare_phrases(phrases, right);
    let possessor = if scan.language == Language::Arabic {
        bare.first().copied().filter(|&p| phrases[p].tokens.start == hit.tokens.end && hit.enclitic.is_none())
    } else {
        possessor_before(scan, phrases, hit)
    };
    if let Some(possessor) = possessor {
        let group = with_coordinated(phrases, possessor);
        bare.retain(|other| !group.contains(other));
        roles.step("genitive", scan, phrases, &group);
        roles.fill(genitive, &group);
    }
    if let Some(function) = object_function(hit)
        && scan.language == Language::Arabic
        && let Some(&object) = bare.first()
        && phrases[object].tokens.start <= hit.tokens.end + 6
    {
        let group = with_coordinated(phrases, object);
        roles.step("object of noun", scan, phrases, &group);
        roles.fill(function, &group);
    }
    adjectives(scan, phrases, hit, roles);
}

/// "Saudi-Iranian talks", محادثات سعودية إيرانية; one adjective alone is the agent ("the Egyptian visit").
fn adjectives(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, roles: &mut Roles) {
    let Some(function) = slot_function(hit, &Slot::Adjective) else { return };
    let near = |p: &Phrase| {
        if scan.language == Language::Arabic {
            (hit.tokens.end..hit.tokens.end + 3).contains(&p.tokens.start)
        } else {
            p.tokens.end <= hit.tokens.start && p.tokens.end + 3 > hit.tokens.start
        }
    };
    let mut found: Vec<usize> = Vec::new();
    for (index, phrase) in phrases.iter().enumerate() {
        let adjective = phrase.kind == PhraseKind::Adjective
            || scan.language != Language::Arabic
                && phrase.kind == PhraseKind::Actor
                && !phrase.possessive
                && phrase.tokens.end == hit.tokens.start;
        let follows = found.last().is_some_and(|&last: &usize| phrases[last].tokens.end + 2 >= phrase.tokens.start);
        if adjective && (near(phrase) || follows && scan.language == Language::Arabic) {
            found.push(index);
        }
    }
    // "التوقيع على مذكرة لإنشاء مجلس سعودي عماني": two adjectives of states side by side are both sides, wherever they stand.
    if found.is_empty() && scan.language == Language::Arabic && hit.trigger.frame.event_type.is_symmetric() {
        let right = right_region(scan, hit);
        let pair = (1..phrases.len()).find(|&at| {
            let both = [&phrases[at - 1], &phrases[at]];
            right.contains(&both[0].tokens.start)
                && both.iter().all(|p| p.kind == PhraseKind::Adjective)
                && both[0].tokens.end == both[1].tokens.start
                && both[0].ids != both[1].ids
                && !both[0].coordinated
                // "هدنة جرى التوصل إليها بوساطة قطرية مصرية": those of another act.
                && !scan.triggers.iter().any(|other| other.tokens.end == both[0].tokens.start)
        });
        found.extend(pair.into_iter().flat_map(|second| [second - 1, second]));
    }
    // English adjectives before the nearest one belong too: "Saudi-Iranian talks".
    if scan.language != Language::Arabic
        && let Some(&first) = found.first()
    {
        let mut at = first;
        while at > 0 && phrases[at].coordinated && phrases[at - 1].kind == PhraseKind::Adjective {
            at -= 1;
            found.insert(0, at);
        }
    }
    // "an Israeli drone strike": the noun that makes the adjective an actor belongs to the event.
    let overlaps = |p: &Phrase| {
        p.kind == PhraseKind::Actor && p.tokens.start < hit.tokens.start && hit.tokens.start < p.tokens.end
    };
    if found.is_empty() && scan.language != Language::Arabic {
        found.extend((0..phrases.len()).find(|&at| overlaps(&phrases[at])));
    }
    roles.step("adjective", scan, phrases, &found);
    roles.fill(function, &found);
}

/// Arguments behind prepositions, in the order of the text; `between A and B` takes all.
fn prepositions(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    right: &Range<usize>,
    roles: &mut Roles,
) {
    for (preposition, function) in hit.trigger.prepositions() {
        let filled = function == ArgumentFunction::Patient && !roles.patients.is_empty();
        if filled && object_function(hit).is_some() {
            continue;
        }
        let mut found = phrases_with_preposition(phrases, right, preposition);
        if let Some(unknown) = unknown_behind(scan, hit, syntax, right, preposition) {
            roles.blocked |= function == ArgumentFunction::Patient;
            found.retain(|&at| phrases[at].tokens.start < unknown.end);
        }
        for index in found {
            if !roles.all().any(|known| known == index) {
                roles.steps.push(Step::Behind(preposition.into(), index));
                roles.fill(function, &[index]);
            }
        }
    }
}

/// "المفاوضات مع الدائنين، والمفاوضات مع إيران", "قيود على برنامجها": the first noun behind a preposition, where it is nobody that we know
/// and of nobody.
fn unknown_behind(
    scan: &Scan<'_>,
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    right: &Range<usize>,
    preposition: &str,
) -> Option<Range<usize>> {
    if scan.language != Language::Arabic || !matches!(preposition, "مع" | "بين" | "علي" | "ضد") {
        return None;
    }
    let first =
        syntax.groups.iter().find(|group| right.contains(&group.tokens.start) && governs(scan, group, preposition))?;
    let named = first.tokens.clone().any(|token| scan.starts_name(token) || scan.in_name(token));
    let nobody = first.phrase.is_none() && !named && first.tokens.start > hit.tokens.end;
    nobody.then(|| first.tokens.clone())
}

/// Phrases behind a preposition, of which the first decides.
fn phrases_with_preposition(phrases: &[Phrase], right: &Range<usize>, preposition: &str) -> Vec<usize> {
    let fits = |p: &Phrase| right.contains(&p.tokens.start) && p.preposition.as_deref() == Some(preposition);
    // "sanctions on Iranian banks": an adjective where nobody is named.
    let first = phrases
        .iter()
        .position(|p| fits(p) && p.kind != PhraseKind::Adjective && !p.ids.is_empty())
        .or_else(|| phrases.iter().position(|p| fits(p) && p.kind == PhraseKind::Adjective && preposition != "in"));
    first.map_or_else(Vec::new, |first| with_coordinated(phrases, first))
}

/// Phrases of a region that no preposition governs, actors and agreements only.
fn bare_phrases(phrases: &[Phrase], region: &Range<usize>) -> Vec<usize> {
    (0..phrases.len())
        .filter(|&at| region.contains(&phrases[at].tokens.start))
        .filter(|&at| phrases[at].preposition.is_none() && !phrases[at].ids.is_empty())
        .filter(|&at| phrases[at].is_actor() || phrases[at].kind == PhraseKind::Agreement)
        .collect()
}

/// A phrase and those joined to it by "and".
fn with_coordinated(phrases: &[Phrase], first: usize) -> Vec<usize> {
    let rest = phrases[first + 1..].iter().take_while(|p| p.coordinated && p.kind == phrases[first].kind).count();
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

/// English: "Kazakhstan's accession", "his visit" (resolved by the clause), "the accession of Kazakhstan" is `of`.
fn possessor_before(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> Option<usize> {
    (0..phrases.len()).rev().find(|&at| {
        let phrase = &phrases[at];
        phrase.possessive
            && phrase.is_actor()
            && phrase.tokens.end < hit.tokens.start
            && hit.tokens.start - phrase.tokens.end <= 4
            && (phrase.tokens.end..hit.tokens.start).all(|t| !scan.is_strong_boundary(t) && scan.word(t) != ",")
    })
}

/// The agent of a noun or an infinitive without one of its own.
fn infer_agent(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, context: Context<'_>, roles: &mut Roles) {
    roles.inferred = true;
    if hit.enclitic == Some(Enclitic::We) {
        roles.steps.push("agent: the speaker".into());
        roles.outside_agent = context.speaker.cloned();
        return;
    }
    let own: Vec<&EntityId> = roles.patients.iter().flat_map(|&p| &phrases[p].ids).collect();
    if scan.language == Language::Arabic
        && let Some(group) = context.syntax.group_at(hit.tokens.start)
        && let Some(maker) = told_by(scan, phrases, context.syntax, &context.syntax.groups[group])
    {
        let group = with_coordinated(phrases, maker);
        roles.step("who makes it, in a relative clause", scan, phrases, &group);
        roles.made = true;
        roles.fill(ArgumentFunction::Agent, &group);
        // "الوساطة التي تقوم بها الكويت بين السعودية وقطر": what stands behind the maker belongs to the act.
        let from = phrases[maker].tokens.end;
        let ends = |t: usize| {
            matches!(scan.tags[t], Tag::Stop | Tag::Comma | Tag::Relative | Tag::Complementizer | Tag::Verb(_))
        };
        let to =
            (from..scan.tags.len().min(from + REACH)).find(|&t| ends(t)).unwrap_or(scan.tags.len().min(from + REACH));
        if roles.patients.is_empty() {
            prepositions(scan, phrases, hit, context.syntax, &(from..to), roles);
        }
        return;
    }
    // "are guarantors of the pact".
    let mere = hit.trigger.frame.event_type.name() == "sign-agreement" && hit.trigger.needs.is_empty();
    if scan.language == Language::English && mere && behind_any_preposition(scan, hit) {
        return;
    }
    let free = |phrase: &Phrase| !phrase.ids.iter().any(|id| own.contains(&id));
    let pronoun = hit.enclitic.is_some() || possessive_pronoun_before(scan, hit);
    let told = scan.language == Language::Arabic && under_speech(scan, hit);
    // "expelled two envoys in solidarity with Chad".
    let shared = SHARED.contains(&hit.trigger.frame.event_type.name()) || scan.word(hit.tokens.start) == "solidarity";
    let aside = told || behind_preposition(scan, hit) && !shared;
    let subject = if hit.form == Form::Noun && !aside {
        context.syntax.clause_subject(scan, phrases, hit.tokens.start)
    } else {
        Subject::Absent
    };
    // "drones for Russia in its war": what a preposition leads to is of whoever was named last.
    let nearest = pronoun && scan.language == Language::English && behind_any_preposition(scan, hit);
    let found = match subject {
        Subject::Phrase(at) if free(&phrases[at]) && phrases[at].is_actor() && !nearest => Some(at),
        Subject::Unknown if !pronoun => return,
        // "حذر نتانياهو قبل مغادرته تل أبيب": what the subject does to their own is no relation, and nobody else does it.
        Subject::Phrase(at) if pronoun && leaves(scan, hit) && phrases[at].is_actor() => return,
        _ if pronoun => (0..phrases.len()).rev().find(|&at| {
            let phrase = &phrases[at];
            phrase.tokens.end <= hit.tokens.start && phrase.is_actor() && !phrase.ids.is_empty() && free(phrase)
        }),
        _ => None,
    };
    match found {
        Some(agent) => {
            let group = with_coordinated(phrases, first_of_group(phrases, agent));
            roles.step("agent from the clause", scan, phrases, &group);
            roles.fill(ArgumentFunction::Agent, &group);
        }
        None if pronoun || hit.trigger.is_verb && scan.language == Language::Arabic => {
            roles.outside_agent = context.subject.filter(|id| !own.contains(id)).cloned();
            roles.steps.push("agent: the last subject".into());
        }
        None => {}
    }
}

fn leaves(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    scan.language == Language::Arabic && hit.trigger.frame.event_type.name() == "visit"
}

/// Acts of which the subject of the clause is a party even where they stand behind a preposition: "during a visit to Qatar".
/// Not so "the war in Syria", "after the attack on Basra".
const SHARED: [&str; 11] = [
    "visit",
    "send-message",
    "meet",
    "call",
    "negotiate",
    "summit",
    "sign-agreement",
    "join-agreement",
    "military-exercise",
    "cooperate",
    "leave-agreement",
];

/// "ونددت مصر بالاتفاق": who speaks of an act is no party of it.
fn under_speech(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let verb = (0..hit.tokens.start).rev().take_while(|&t| scan.tags[t] != Tag::Stop).find(|&t| scan.tags[t].is_verb());
    let speaks = |other: &TriggerHit<'_>| {
        let name = other.trigger.frame.event_type.name();
        // "رفضت الولايات المتحدة الاعتذار": what somebody refuses to do is their own act.
        let own = name == "reject" && (other.tokens.end..hit.tokens.start).all(|t| scan.in_name(t));
        let answers = matches!(name, "condemn" | "express-support" | "reject" | "accuse");
        other.trigger.needs.is_empty() && answers && !own
    };
    verb.is_some_and(|verb| scan.triggers.iter().any(|other| other.tokens.start == verb && speaks(other)))
}

/// Whether any preposition leads to the noun of a trigger, past determiners.
fn behind_any_preposition(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let nominal = |at: &usize| matches!(scan.tags[*at], Tag::Determiner | Tag::Noun | Tag::Possessive);
    let before = (0..hit.tokens.start).rev().find(|at| !nominal(at));
    before.is_some_and(|at| hit.tokens.start - at <= 4 && scan.tags[at] == Tag::Preposition)
}

fn behind_preposition(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let nominal = |at: &usize| matches!(scan.tags[*at], Tag::Determiner | Tag::Noun | Tag::Possessive);
    let before = (0..hit.tokens.start).rev().find(|at| !nominal(at));
    before.filter(|&at| hit.tokens.start - at <= 4).is_some_and(|at| ASIDES.contains(&scan.word(at)))
}

/// Prepositions of circumstance; what a verb takes ("agreed on", "تعهدت ب") is not among them.
const ASIDES: [&str; 26] = [
    "in",
    "after",
    "during",
    "before",
    "since",
    "despite",
    "amid",
    "over",
    "about",
    "against",
    "following",
    "because",
    "في",
    "خلال",
    "بعد",
    "قبل",
    "منذ",
    "رغم",
    "بسبب",
    "ضد",
    "حول",
    "بشان",
    "اثر",
    "عقب",
    "وسط",
    "احتجاجا",
];

fn possessive_pronoun_before(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    (1..=3).filter_map(|back| hit.tokens.start.checked_sub(back)).any(|t| scan.begins_class(t, "possessive-pronoun"))
}

/// "accused them", "denounced it".
fn object_pronoun(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    scan.begins_class(hit.tokens.end, "pronoun-object") && scan.tags.get(hit.tokens.end) == Some(&Tag::Pronoun)
}

/// English passive: a participle after a form of "be". Arabic: where the letters tell.
fn is_passive(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    match hit.form {
        Form::PastPassive | Form::PresentPassive => true,
        Form::Participle | Form::Past if scan.language != Language::Arabic => {
            (1..=3).filter_map(|back| hit.tokens.start.checked_sub(back)).any(|t| scan.begins_class(t, "be"))
                || scan.word(hit.tokens.end) == "by"
        }
        // "قتل 19 إسرائيليا": with nothing but a number behind it and no subject before it, the verb is passive.
        Form::Past => {
            let suffers = matches!(hit.trigger.frame.event_type.name(), "attack" | "coerce" | "release");
            let start = hit.tokens.start;
            let joined = scan.conjoined(start) && scan.tags[..start].iter().any(|tag| tag.is_verb());
            let opens = start.checked_sub(1).is_none_or(|at| scan.tags[at] != Tag::Noun);
            suffers && opens && !joined && scan.tags.get(hit.tokens.end) == Some(&Tag::Number)
        }
        _ => false,
    }
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

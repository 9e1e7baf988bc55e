//! Who takes part in a claim: what the slots of its trigger give, and what the sentence leaves out.

use super::candidate::Candidate;
use crate::coreference::{Kind, Memory};
use crate::lexicon::Form;
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::role::{BREAKS, Places, Roles, is_pair, points_back};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Subject, Syntax, Tag};
use chancery_model::{Claim, EntityId, EntityKind, Language, Membership, Role, World};
use chancery_text::Proclitic;
use jiff::civil::Date;

/// Sources, targets and the agreement of a claim.
#[derive(Clone, Debug, Default)]
pub(super) struct Parties {
    pub(super) source: Vec<EntityId>,
    pub(super) target: Vec<EntityId>,
    pub(super) agreement: Option<EntityId>,
}

impl Parties {
    pub(super) fn new(
        phrases: &[Phrase],
        roles: &Roles,
        hit: &TriggerHit<'_>,
        last_agreement: Option<&EntityId>,
    ) -> Self {
        let frame = &hit.trigger.frame;
        let mut parties = Self::default();
        let ids_of = |places: &Places| places.iter().flat_map(|&at| &phrases[at].ids).cloned().collect::<Vec<_>>();
        let (mut agents, mut patients) = (ids_of(&roles.agents), ids_of(&roles.patients));
        agents.extend(roles.outside_agent.clone());
        patients.extend_from_slice(&roles.outside_patients);
        // "spoke to both leaders": a third party does.
        let third = |at: &usize| !phrases[*at].ids.iter().any(|id| agents.contains(id)) && !agents.is_empty();
        let pairs = || roles.agents.iter().chain(&roles.patients).filter(|&&at| is_pair(&phrases[at]));
        let leaders = |at: &usize| phrases[*at].kind == PhraseKind::Anaphor(Anaphor::Pair { states: false });
        let others = pairs().all(|at| roles.patients.contains(at) && third(at) && leaders(at));
        if pairs().next().is_some() && !others && frame.event_type.is_symmetric() {
            patients.clear();
        }
        let instruments = roles.instruments.iter().flat_map(|&at| &phrases[at].ids);
        let mut named = instruments.chain(&agents).chain(&patients);
        parties.agreement = named.find(|id| id.kind() == EntityKind::Agreement).cloned();
        if frame.about_agreement {
            // "The Commonwealth suspended Fiji": a member.
            let member = hit.trigger.frame.event_type.name() == "suspend-agreement"
                && agents.iter().all(|id| id.kind() == EntityKind::Org)
                && !agents.is_empty();
            let about =
                |id: &EntityId| matches!(id.kind(), EntityKind::Agreement | EntityKind::Org) || member && id.is_actor();
            patients.retain(about);
            if patients.is_empty() && hit.trigger.needs.iter().any(|class| class == "agreement") {
                patients.extend(last_agreement.cloned());
            }
            agents.retain(|id| id.is_actor());
        } else {
            agents.retain(|id| id.is_actor());
            patients.retain(|id| id.is_actor());
        }
        let symmetric = frame.event_type.is_symmetric();
        for (role, ids) in [(frame.agent, agents), (frame.patient, patients)] {
            let side = parties.side(if symmetric { Role::Source } else { role });
            if side.is_empty() {
                *side = ids;
            } else {
                side.extend(ids);
            }
        }
        // "Brazil welcomed Argentina into the bloc": who is let in joins no state.
        if hit.trigger.sense == "admit" {
            parties.target.retain(|id| matches!(id.kind(), EntityKind::Org | EntityKind::Agreement));
        }
        // "would not recognise the court": that is no state.
        if hit.trigger.sense == "recognise" {
            parties.target.retain(|id| id.kind() != EntityKind::Org);
        }
        parties.tidy();
        parties
    }

    /// What the sentence leaves out: the state of a place, the other side of what was told last.
    pub(super) fn complete_from(
        &mut self,
        scan: &Scan<'_>,
        memory: &Memory,
        phrases: &[Phrase],
        roles: &Roles,
        hit: &TriggerHit<'_>,
        world: &World,
    ) {
        let name = hit.trigger.frame.event_type.name();
        let patient =
            if hit.trigger.frame.event_type.is_symmetric() { Role::Source } else { hit.trigger.frame.patient };
        let lacking = match hit.trigger.frame.event_type.is_symmetric() {
            true => self.source.len() < 2,
            false => self.side(patient).is_empty(),
        };
        // "Trump and Wu meet in Busan": the other one is somebody unknown, not the host.
        let joined = |&at: &usize| {
            (phrases[at].tokens.end..hit.tokens.start).any(|token| scan.tags[token] == Tag::Conjunction)
                || phrases[at].tokens.start > 0 && scan.tags[phrases[at].tokens.start - 1] == Tag::Conjunction
        };
        let several = scan.language == Language::English
            && hit.trigger.frame.event_type.is_symmetric()
            && roles.agents.iter().any(joined);
        if LOCATED.contains(&name) && lacking && !several {
            let places = roles.patients.iter().filter(|&&at| phrases[at].kind == PhraseKind::Place);
            let state_of = |id: &EntityId| match id.kind() {
                EntityKind::State => Some(id.clone()),
                _ => world.entity(id)?.state.clone(),
            };
            let states = places.flat_map(|&at| &phrases[at].ids).filter_map(state_of);
            let states: Vec<EntityId> = states.collect();
            self.side(patient).extend(states);
            self.tidy();
        }
        // "محادثات بين كينيا وتشاد برعاية قطر".
        let sponsored = hit.trigger.needs.iter().all(|class| class == "peace-talks");
        if name == "mediate"
            && sponsored
            && self.target.is_empty()
            && let Some((a, b)) = memory.dyad()
            && !self.source.is_empty()
            && !self.source.contains(a)
            && !self.source.contains(b)
        {
            self.target.extend([a.clone(), b.clone()]);
        }
        // "Germany's envoy in Beijing was called in", "protesters marched on the US embassy in La Paz": where it is done.
        if matches!(name, "summon-envoy" | "expel-diplomat" | "protest")
            && (scan.language == Language::English || name != "expel-diplomat")
            && hit.form != Form::Noun
            && self.source.is_empty()
            && !self.target.is_empty()
        {
            let inside = |phrase: &&Phrase| {
                phrase.kind == PhraseKind::Place && matches!(phrase.preposition.as_deref(), Some("in" | "في"))
            };
            let state = |id: &EntityId| match id.kind() {
                EntityKind::State => Some(id.clone()),
                _ => world.entity(id)?.state.clone(),
            };
            self.source.extend(phrases.iter().filter(inside).flat_map(|phrase| &phrase.ids).find_map(state));
            self.tidy();
        }
        // "exchanged prisoners", "expelled each other's envoys": each does it to the other.
        let symmetric = hit.trigger.frame.event_type.is_symmetric();
        // "Relations between Chad and Niger were severed".
        let between = |&at: &usize| matches!(phrases[at].preposition.as_deref(), Some("between" | "بين"));
        // "The two countries broke off ties".
        let both = |&at: &usize| is_pair(&phrases[at]) && scan.language == Language::English;
        let befalls = BREAKS.contains(&name) && roles.agents.iter().all(|at| between(at) || both(at));
        if self.target.is_empty()
            && self.source.len() == 2
            && !symmetric
            && (befalls
                || is_mutual(scan, hit)
                || is_of_both(scan, phrases, hit) && memory.headline_is_of(&self.source))
        {
            self.target.clone_from(&self.source);
            return;
        }
        let (missing, present) = match (self.source.is_empty(), self.target.is_empty()) {
            (false, true) => (Role::Target, &self.source),
            (true, false) => (Role::Source, &self.target),
            _ => return,
        };
        // "expressed regret at the step", "stopped short of an apology": to nobody.
        let mere_regret = name == "apologise" && scan.language == Language::English && !apologises(scan, hit);
        let of_something = asks_something(scan, hit) && missing == Role::Target
            || warns_of_something(scan, hit)
            || missing == Role::Target && alleges_something(scan, hit);
        // "حرصهم على المصالحة": among whom the text does not tell.
        let among = name == "restore-relations" && hit.trigger.needs.is_empty() && roles.inferred;
        let among = among && scan.language == Language::Arabic && hit.form == Form::Noun;
        let open = !roles.unknown_patient && !roles.blocked && !mere_regret && !of_something && !among;
        if BILATERAL.contains(&name) && open && roles.outside_agent.is_none() && !(symmetric && present.len() > 1) {
            // Whose sanctions they are the text tells, if not the headline.
            let measure = MEASURES.contains(&name) && scan.language == Language::English;
            let participle = measure && hit.form == Form::Participle && missing == Role::Source;
            let mut others = if participle { memory.last_to_act_on(present) } else { Vec::new() };
            if others.is_empty() {
                others = if measure { memory.counterpart_in_acts(present) } else { memory.counterpart(present) };
            }
            // "Chad has cut ties with Niger, while Mali called its envoy home".
            if others.is_empty()
                && name == "recall-envoy"
                && missing == Role::Target
                && scan.language == Language::English
            {
                others = memory.last_break().iter().filter(|id| !present.contains(id)).cloned().collect();
            }
            self.side(if symmetric { Role::Source } else { missing }).extend(others);
        }
        self.tidy();
    }

    /// "The G7 meeting": a club that has no voice of its own meets as its members.
    pub(super) fn spell_out(&mut self, hit: &TriggerHit<'_>, world: &World, day: Option<Date>) {
        let [club] = &self.source[..] else { return };
        let name = hit.trigger.frame.event_type.name();
        if !CLUBS.contains(&club.as_str()) || !matches!(name, "meet" | "summit" | "sign-agreement") {
            return;
        }
        let holds = |from: Option<Date>, until: Option<Date>| {
            day.is_none_or(|day| from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until))
        };
        let belongs = |m: &&Membership| m.body == *club && m.kind == "member" && holds(m.from, m.until);
        let members: Vec<EntityId> = world.memberships().iter().filter(belongs).map(|m| m.actor.clone()).collect();
        self.source = members;
        self.tidy();
    }

    /// "The embargo was lifted", "the talks will resume": the sides of what was told before of that kind.
    pub(super) fn complete_from_told(
        &mut self,
        scan: &Scan<'_>,
        syntax: &Syntax,
        memory: &Memory,
        candidate: &Candidate<'_, '_>,
    ) {
        let frame = &candidate.hit.trigger.frame;
        let name = frame.event_type.name();
        if matches!(name, "join-agreement" | "leave-agreement") {
            return self.complete_membership(scan, syntax, memory, candidate.hit);
        }
        if candidate.hit.trigger.sense == "ratify-accession" {
            return self.complete_accession(memory);
        }
        let own = candidate.hit.tokens.end - 1;
        let nouns = candidate.needed.iter().map(|range| range.end - 1);
        let nouns = nouns.filter(|_| candidate.hit.form != Form::Noun);
        let mut nouns = nouns.chain((candidate.hit.form == Form::Noun && TALKS.contains(&name)).then_some(own));
        let Some(noun) = nouns.find(|&noun| points_back(scan, syntax, noun)) else { return };
        if name == "mediate" {
            return self.complete_mediation(memory, scan.word(noun));
        }
        if !RESUMED.contains(&name) {
            return;
        }
        let sides = memory.sides(Kind::of_type(name), scan.word(noun), &self.source, &self.target);
        let Some((source, target)) = sides else { return };
        if frame.event_type.is_symmetric() {
            self.source.extend(source.iter().chain(target).filter(|id| id.is_actor()).cloned());
        } else {
            self.source.extend(source.iter().cloned());
            self.target.extend(target.iter().cloned());
        }
        self.tidy();
    }

    /// "the parliament ratified the accession": of whom a text tells that they join.
    fn complete_accession(&mut self, memory: &Memory) {
        if self.target.is_empty() && !self.source.is_empty() {
            self.target.extend(memory.joining().iter().filter(|id| !self.source.contains(id)).cloned());
            self.tidy();
        }
    }

    /// "Oman, which helped to arrange the talks", "the negotiations, which Qatar hosted": those who were told to hold them, others than
    /// the mediator.
    fn complete_mediation(&mut self, memory: &Memory, noun: &str) {
        let kinds = [Kind::of_type("negotiate"), Kind::of_type("sign-agreement")];
        let told = kinds.into_iter().find_map(|kind| memory.sides(kind, noun, &[], &[]));
        let Some((source, target)) = told.filter(|_| !self.source.is_empty() && self.target.is_empty()) else { return };
        let others = source.iter().chain(target).filter(|id| id.is_actor() && !self.source.contains(id));
        let others: Vec<EntityId> = others.cloned().collect();
        if others.len() == 2 {
            self.target = others;
            self.tidy();
        }
    }

    /// "توجت المباحثات بين كازاخستان وفنلندا بتوقيع ثلاث اتفاقيات": those who have just met sign.
    pub(super) fn complete_from_meeting(&mut self, hit: &TriggerHit<'_>, roles: &Roles, met: Option<&Claim>) {
        let signs = hit.trigger.frame.event_type.name() == "sign-agreement" && hit.form == Form::Noun;
        let own = |met: &&Claim| self.source.iter().all(|id| met.source.contains(id) || met.target.contains(id));
        if let Some(met) = met.filter(|met| signs && self.source.len() < 2 && !roles.blocked && own(met)) {
            self.source = met.parties();
            self.tidy();
        }
    }

    /// Whose sanctions they are, or on whom, where only the headline shows it.
    pub(super) fn complete_measure(&mut self, memory: &Memory, hit: &TriggerHit<'_>) {
        if !MEASURES.contains(&hit.trigger.frame.event_type.name()) {
            return;
        }
        match (self.source.is_empty(), self.target.is_empty()) {
            (false, true) => self.target = memory.counterpart(&self.source),
            (true, false) => self.source = memory.counterpart(&self.target),
            _ => {}
        }
    }

    /// "Zimbabwe walked out in 2003", "Chad would leave as well": what others were told to join or leave.
    pub(super) fn complete_membership(
        &mut self,
        scan: &Scan<'_>,
        syntax: &Syntax,
        memory: &Memory,
        hit: &TriggerHit<'_>,
    ) {
        let bare = hit.form != Form::Noun && syntax.object(scan, hit.tokens.end, Subject::Absent).is_none();
        let next = hit.tokens.end;
        let ends = matches!(scan.tags.get(next), None | Some(Tag::Stop | Tag::Comma | Tag::Adverb | Tag::Conjunction))
            || matches!(scan.word(next), "in" | "too" | "as" | "last" | "after" | "if");
        let states = !self.source.is_empty() && self.source.iter().all(|id| id.kind() == EntityKind::State);
        if let Some(joined) = memory.left_or_joined().filter(|_| bare && ends && states && self.target.is_empty()) {
            self.target.push(joined.clone());
        }
    }

    pub(super) fn side(&mut self, role: Role) -> &mut Vec<EntityId> {
        match role {
            Role::Source => &mut self.source,
            Role::Target => &mut self.target,
        }
    }

    pub(super) fn tidy(&mut self) {
        for side in [&mut self.source, &mut self.target] {
            side.sort();
            side.dedup();
        }
        // Who does it is not also whom it is done to: one state's own affairs are no relation.
        self.target.retain(|id| !self.source.contains(id));
    }

    pub(super) fn complete(&self, hit: &TriggerHit<'_>) -> Result<(), &'static str> {
        if hit.trigger.frame.event_type.is_symmetric() {
            return if self.source.len() >= 2 { Ok(()) } else { Err("a second party") };
        }
        match (self.source.is_empty(), self.target.is_empty()) {
            (true, _) => Err("an agent"),
            (_, true) => Err("a patient"),
            _ => Ok(()),
        }
    }
}

/// Acts that reach a state through a place in it.
const LOCATED: [&str; 15] = [
    "summit",
    "meet",
    "negotiate",
    "sign-agreement",
    "visit",
    "attack",
    "open-mission",
    "close-mission",
    "withdraw-forces",
    "mobilise",
    "give-aid",
    "supply-arms",
    "recall-envoy",
    "appoint-envoy",
    "downgrade-relations",
];

/// Groups of states without an organ that could act for them.
const CLUBS: [&str; 4] = ["org:g7", "org:g8", "org:g20", "org:quad"];

/// Steps in the relations of two states, of which news names the other side only once.
const BILATERAL: [&str; 16] = [
    "threaten",
    "recall-envoy",
    "close-mission",
    "open-mission",
    "sever-relations",
    "suspend-relations",
    "restore-relations",
    "downgrade-relations",
    "expel-diplomat",
    "summon-envoy",
    "halt-cooperation",
    "impose-sanctions",
    "ease-sanctions",
    "demand",
    "apologise",
    "accuse",
];

/// Acts on what was told before: sanctions are lifted, talks resumed, treaties signed.
const RESUMED: [&str; 8] = [
    "impose-sanctions",
    "ease-sanctions",
    "sign-agreement",
    "negotiate",
    "meet",
    "visit",
    "ceasefire",
    "military-exercise",
];

/// Whose they are the text tells before the headline does.
const MEASURES: [&str; 2] = ["impose-sanctions", "ease-sanctions"];

/// Of these the noun alone may resume what was told.
const TALKS: [&str; 4] = ["negotiate", "meet", "visit", "military-exercise"];

/// "المطالبة بالحفاظ على الوضع القائم", "بسبب تهديدها بتغييره": a noun that tells only what is asked or threatened.
fn asks_something(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let next = hit.tokens.end;
    scan.language == Language::Arabic
        && hit.form == Form::Noun
        && matches!(hit.trigger.frame.event_type.name(), "threaten" | "demand")
        && scan.word(next).starts_with('ب')
        && !scan.starts_name(next)
}

/// "حذرت من أنها قد تثير التوتر": who warns of what may come of a thing threatens nobody, unless they will do it themselves: "من أنها سترد".
fn warns_of_something(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let that = hit.tokens.end + 1;
    let own =
        (that..that + 4).any(|at| scan.has_proclitic(at, Proclitic::Will) || scan.begins_class(at, "own-country"));
    scan.language == Language::Arabic
        && hit.trigger.frame.event_type.name() == "threaten"
        && scan.word(hit.tokens.end) == "من"
        && scan.is_complementizer(that)
        && !own
}

/// "they alleged", "complained that": of whom the words themselves tell, or nobody.
fn alleges_something(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let word = scan.word(hit.tokens.start);
    scan.language == Language::English
        && hit.trigger.frame.event_type.name() == "accuse"
        && hit.form != Form::Noun
        && (word.starts_with("alleg") || word.starts_with("complain"))
}

/// Whether an apology is made: by a verb, and not in regret that is felt over nothing.
fn apologises(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let near = hit.tokens.end..scan.tags.len().min(hit.tokens.end + 6);
    let regret = near.into_iter().find(|&at| scan.word(at).starts_with("regret"));
    let over = |at: usize| matches!(scan.word(at + 1), "over" | "for" | "to");
    hit.form != Form::Noun && regret.is_none_or(over)
}

/// Whether a word says that each does it to the other.
/// "Chad and Niger reopened their embassies", "completed a prisoner exchange", "pledged to work together": what two do, where the sentence names nobody else, they do to each
/// other.
fn is_of_both(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> bool {
    let told = match hit.trigger.frame.event_type.name() {
        "open-mission" | "recall-envoy" => (hit.tokens.end..hit.tokens.end + 3).any(|at| scan.word(at) == "their"),
        "release" => hit.trigger.needs.iter().any(|class| class == "prisoner-swap"),
        "express-intent" => hit.tokens.clone().any(|at| scan.word(at) == "together"),
        _ => false,
    };
    let others =
        |phrase: &&Phrase| phrase.tokens.start >= hit.tokens.end && phrase.is_actor() && !phrase.ids.is_empty();
    scan.language == Language::English && told && !phrases.iter().any(|phrase| others(&phrase))
}

fn is_mutual(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    // "trade blame".
    let from = if scan.language == Language::English { hit.tokens.start.saturating_sub(2) } else { hit.tokens.start };
    let near = from..(hit.tokens.end + 8).min(scan.sentence.tokens.len());
    // "trade sanctions" are not traded.
    let tells =
        |at: usize| scan.tags[at].is_verb() || scan.verb_forms(at).is_empty() || scan.language != Language::English;
    near.take_while(|&at| !scan.is_strong_boundary(at)).any(|at| scan.begins_class(at, "mutual") && tells(at))
}

//! What a document has told so far, for the nouns and pronouns that point back at it: "the raid", "the charge", "the ban", "it".

use super::Memory;
use chancery_model::{Claim, EntityId};
use compact_str::CompactString;
use smallvec::SmallVec;

/// How many acts back a noun may point.
const REACH: usize = 14;

/// So many acts back the news is looked for before what lies behind it.
const NEWS: usize = 6;

/// An act that the document has told, or that it speaks of as known ("the EU's ban on arms sales to China").
#[derive(Clone, Debug)]
pub(super) struct Act {
    event_type: &'static str,
    /// The nouns by which the text called it.
    nouns: SmallVec<[CompactString; 2]>,
    source: Vec<EntityId>,
    target: Vec<EntityId>,
    /// Whether the text only speaks of it.
    spoken: bool,
    /// Whether it lies behind what the text tells as news: no announcement is meant by it.
    background: bool,
    /// Whether a body lets somebody in: the decision is the body's.
    admits: bool,
}

impl Act {
    /// Whose deed it is: "the truce that Qatar brokered" is of its parties.
    fn doers(&self) -> &[EntityId] {
        if self.event_type == "mediate" || self.admits { &self.target } else { &self.source }
    }
}

/// What a text speaks of without telling that it was done: "the EU's ban on arms sales to China".
#[derive(Clone, Debug)]
pub(crate) struct SpokenOf {
    pub(crate) kind: Kind,
    pub(crate) noun: CompactString,
    pub(crate) source: Vec<EntityId>,
    pub(crate) target: Vec<EntityId>,
}

/// What a noun may point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An act of one of these types.
    Types(&'static [&'static str]),
    /// An act of this type.
    Type(&'static str),
    /// "the move": whatever was done last.
    Deed,
    /// "the remarks": whatever was said last.
    Words,
}

/// The classes of nouns that point back, each with the types of acts that they name.
const KINDS: [(&str, &[&str]); 10] = [
    ("told-attack", &["attack", "coerce", "mobilise", "protest"]),
    // Of no type that is told: only spoken of.
    ("told-test", &["weapons-test"]),
    ("told-charge", &["accuse", "condemn"]),
    ("told-ask", &["request", "demand", "express-intent", "reject", "mediate"]),
    ("told-measure", &["impose-sanctions", "ease-sanctions", "halt-cooperation"]),
    (
        "told-accord",
        &[
            "sign-agreement",
            "ceasefire",
            "normalise-relations",
            "join-agreement",
            "restore-relations",
            "establish-relations",
            "upgrade-relations",
            "negotiate",
        ],
    ),
    ("told-talks", &["negotiate", "meet", "summit", "call", "mediate"]),
    ("told-visit", &["visit"]),
    ("told-exercise", &["military-exercise"]),
    ("told-aid", &["give-aid", "supply-arms"]),
];

/// Acts of speech, and among them those that answer what others did.
const SPEECH: [&str; 10] = [
    "condemn",
    "accuse",
    "express-support",
    "request",
    "demand",
    "reject",
    "courtesy",
    "threaten",
    "express-intent",
    "apologise",
];
/// Acts by which a state shows that another has wronged it.
const HOSTILE: [&str; 8] = [
    "sever-relations",
    "suspend-relations",
    "recall-envoy",
    "expel-diplomat",
    "summon-envoy",
    "accuse",
    "condemn",
    "impose-sanctions",
];
/// Where representatives only meet: no decision of one side.
const ENCOUNTERS: [&str; 6] = ["meet", "call", "summit", "negotiate", "visit", "send-message"];
const ANSWERS: [&str; 3] = ["condemn", "express-support", "reject"];

impl Kind {
    /// What the nouns of a class of the lexicon point at.
    pub(crate) fn of_class(class: &str) -> Option<Self> {
        match class {
            "told-deed" => Some(Self::Deed),
            "told-words" => Some(Self::Words),
            _ => KINDS.iter().find(|(name, _)| *name == class).map(|(_, types)| Self::Types(types)),
        }
    }

    /// What the noun of an event points at: "the raid" at an attack.
    pub(crate) fn of_type(event_type: &'static str) -> Self {
        let group = KINDS.iter().find(|(_, types)| types.first() == Some(&event_type));
        let group = group.or_else(|| KINDS.iter().find(|(_, types)| types.contains(&event_type)));
        group.map_or(Self::Type(event_type), |(_, types)| Self::Types(types))
    }

    /// What one may call on others to end or undo.
    pub(crate) fn can_be_ended(self) -> bool {
        matches!(self.first(), Some("attack" | "impose-sanctions" | "military-exercise"))
    }

    /// Whether it is a charge or something asked for.
    pub(crate) fn is_said(self) -> bool {
        matches!(self.first(), Some("accuse" | "request"))
    }

    fn first(self) -> Option<&'static str> {
        match self {
            Self::Types(types) => types.first().copied(),
            Self::Type(name) => Some(name),
            _ => None,
        }
    }

    fn is_attack(self) -> bool {
        self.first() == Some("attack")
    }

    fn fits(self, act: &Act) -> bool {
        match self {
            Self::Types(types) => types.contains(&act.event_type),
            Self::Type(name) => name == act.event_type,
            Self::Deed => !SPEECH.contains(&act.event_type) && !ENCOUNTERS.contains(&act.event_type),
            Self::Words => SPEECH.contains(&act.event_type),
        }
    }
}

impl Memory {
    /// Notes an act that was told, as news or as background.
    pub(crate) fn note_act(&mut self, claim: &Claim, nouns: &[&str], background: bool, admits: bool) {
        self.history.push(Act {
            event_type: claim.event_type.name(),
            nouns: nouns.iter().map(|noun| singular(noun)).collect(),
            source: claim.source.clone(),
            target: claim.target.clone(),
            spoken: false,
            background,
            admits,
        });
    }

    /// Notes an act that the text only speaks of.
    pub(crate) fn note_spoken_of(&mut self, spoken: SpokenOf) {
        let Some(event_type) = spoken.kind.first() else { return };
        let nouns = std::iter::once(singular(&spoken.noun)).collect();
        let (source, target) = (spoken.source, spoken.target);
        self.history.push(Act { event_type, nouns, source, target, spoken: true, background: false, admits: false });
    }

    /// Who did what a noun points at, as seen by `but`, who answer it: they did not do it themselves.
    pub(crate) fn doers(&self, kind: Kind, but: &[&EntityId]) -> Vec<EntityId> {
        let others = |ids: &[EntityId]| -> Vec<EntityId> {
            ids.iter().filter(|id| id.is_actor() && !but.contains(id)).cloned().collect()
        };
        let recent = || self.history.iter().rev().take(REACH);
        // "phoned one of them … and welcomed the meeting": one in which those who answer took no part.
        let takes_part = |act: &Act| act.source.iter().chain(&act.target).any(|id| but.contains(&id));
        let talks = kind.first() == Some("negotiate");
        let all = || recent().filter(|act| kind.fits(act));
        let fitting = || all().filter(|act| talks && !takes_part(act)).chain(all());
        let first_doers = |act: &Act| Some(others(act.doers())).filter(|ids| !ids.is_empty());
        // "the announcement" is of the news, "the raid" may be of what came before.
        let told = || recent().take(NEWS).filter(|act| kind.fits(act) && !act.background);
        let news = || told().filter(|_| kind == Kind::Deed).find_map(first_doers);
        let done = news().or_else(|| fitting().find_map(first_doers));
        // A raid that was never told was done by those against whom others act.
        let blamed = || {
            let wronged = |types: &[&str]| {
                let acts = recent().filter(|act| types.contains(&act.event_type));
                acts.map(|act| others(&act.target)).find(|ids| !ids.is_empty())
            };
            // Whom others condemn for it, before those whose envoys left.
            let blamed = wronged(&["condemn"]).or_else(|| wronged(&["accuse"]));
            blamed.or_else(|| wronged(&HOSTILE)).filter(|_| kind.is_attack())
        };
        // "the proposed EC tax … voted against the proposal": what is spoken of as somebody's.
        let planned = || {
            let spoken = recent().filter(|act| act.spoken).map(|act| others(&act.source));
            spoken.into_iter().find(|ids| !ids.is_empty()).unwrap_or_default()
        };
        // A charge that the text has not told is nobody's.
        done.or_else(blamed).unwrap_or_else(|| match kind.first() {
            Some("request") => planned(),
            Some("accuse" | "weapons-test") => Vec::new(),
            _ => self.answered(but),
        })
    }

    /// Who has just acted against somebody.
    pub(crate) fn wronged_by(&self, whom: &[&EntityId]) -> Vec<EntityId> {
        const ACTS: usize = 3;
        let against = |act: &&Act| {
            HOSTILE.contains(&act.event_type) && act.target.len() == 1 && act.target.iter().any(|id| whom.contains(&id))
        };
        let act = self.history.iter().rev().take(ACTS).find(against);
        act.map(|act| act.source.iter().filter(|id| !whom.contains(id)).cloned().collect()).unwrap_or_default()
    }

    /// The two who met in the act told last.
    pub(crate) fn last_meeting(&self) -> Option<&[EntityId]> {
        let last = self.history.iter().rev().find(|act| !act.spoken)?;
        let met = matches!(last.event_type, "meet" | "call" | "negotiate");
        Some(last.source.as_slice()).filter(|two| met && two.len() == 2)
    }

    /// Who joins something, as the news and not as background.
    pub(crate) fn joining(&self) -> &[EntityId] {
        let joins = |act: &&Act| act.event_type == "join-agreement" && !act.background && !act.spoken;
        self.history.iter().rev().take(REACH).find(joins).map_or(&[], |act| act.source.as_slice())
    }

    /// With whom relations were broken, or whose envoys were sent home, in the act told last.
    pub(crate) fn last_break(&self) -> &[EntityId] {
        const BREAKS: [&str; 4] = ["sever-relations", "suspend-relations", "recall-envoy", "expel-diplomat"];
        let last = self.history.last().filter(|act| BREAKS.contains(&act.event_type));
        last.map_or(&[], |act| act.target.as_slice())
    }

    /// Whom "it" and "the move" stand for in an answer: what others answered just before is answered too, else what was done last.
    pub(crate) fn answered(&self, by: &[&EntityId]) -> Vec<EntityId> {
        let others = |ids: &[EntityId]| -> Vec<EntityId> {
            ids.iter().filter(|id| id.is_actor() && !by.contains(id)).cloned().collect()
        };
        let last = self.history.last();
        if let Some(act) = last.filter(|act| ANSWERS.contains(&act.event_type)) {
            let answered = others(&act.target);
            if !answered.is_empty() {
                return answered;
            }
        }
        let recent = || self.history.iter().rev().take(REACH);
        let is_deed = |act: &&Act| !SPEECH.contains(&act.event_type);
        let news = recent().take(NEWS).filter(|act| !act.background && !ENCOUNTERS.contains(&act.event_type));
        let news = news.filter(is_deed);
        let steps = recent().filter(is_deed).filter(|act| !ENCOUNTERS.contains(&act.event_type));
        let deed = news.chain(steps).chain(recent().filter(is_deed)).map(|act| others(act.doers()));
        let said = recent().map(|act| others(&act.source));
        deed.chain(said).find(|ids| !ids.is_empty()).unwrap_or_default()
    }

    /// Whom the last donor helped, or whom the agents visited just before: who gets aid that the sentence gives to nobody.
    pub(crate) fn helped(&self, agents: &[&EntityId]) -> Vec<EntityId> {
        let recent = self.history.iter().rev().take(3);
        let states = |ids: &[EntityId]| ids.iter().filter(|id| !agents.contains(id)).cloned().collect::<Vec<_>>();
        let fits = |act: &&Act| {
            act.event_type == "give-aid"
                || act.event_type == "visit" && act.source.iter().any(|id| agents.contains(&id))
        };
        recent.filter(|act| !act.spoken).find(fits).map(|act| states(&act.target)).unwrap_or_default()
    }

    /// Both sides of the last act of a kind that has the sides known here, of one that was called by the same noun before others:
    /// "the embargo was lifted", "the talks will resume".
    pub(crate) fn sides(
        &self,
        kind: Kind,
        noun: &str,
        source: &[EntityId],
        target: &[EntityId],
    ) -> Option<(&[EntityId], &[EntityId])> {
        let known = |known: &[EntityId], of: &[EntityId]| known.iter().all(|id| of.contains(id));
        let noun = singular(noun);
        let fitting = || {
            let acts = self.history.iter().rev().take(REACH).filter(|act| kind.fits(act));
            acts.filter(|act| known(source, &act.source) && known(target, &act.target))
        };
        let act = fitting().find(|act| act.nouns.contains(&noun)).or_else(|| fitting().next())?;
        // "the talks": of those between whom somebody mediates.
        Some(if act.event_type == "mediate" { (&act.target, &[]) } else { (&act.source, &act.target) })
    }
}

/// Without the ending of the plural, as far as two mentions of one noun need it.
fn singular(noun: &str) -> CompactString {
    noun.strip_suffix('s').unwrap_or(noun).into()
}

//! What a document has spoken of so far, and whom "the president", "his country" and "the two sides" mean.

mod pairs;
mod told;

pub(crate) use told::{Kind, SpokenOf};

use crate::lexicon::Form;
use crate::mention::{Anaphor, Ids, Phrase, PhraseKind};
use crate::role::BREAKS;
use crate::scan::Scan;
use crate::syntax::Tag;
use chancery_model::{Claim, EntityId, EntityKind, EventType, Language, World};
use compact_str::CompactString;
use smallvec::{SmallVec, smallvec};
use std::collections::BTreeMap;

/// States that their press calls "the kingdom".
const KINGDOMS: [&str; 8] = ["SAU", "MAR", "JOR", "BHR", "GBR", "BEL", "THA", "BTN"];

/// States that are an island or several.
const ISLANDS: [&str; 41] = [
    "ATG", "BHR", "BHS", "BRB", "COM", "CPV", "CUB", "CYP", "DMA", "DOM", "FJI", "FSM", "GRD", "HTI", "IDN", "ISL",
    "JAM", "KIR", "KNA", "LCA", "LKA", "MDG", "MDV", "MHL", "MLT", "MUS", "NRU", "NZL", "PHL", "PLW", "PNG", "SGP",
    "SLB", "STP", "SYC", "TLS", "TON", "TTO", "TUV", "TWN", "VUT",
];

/// Whom Arabic news calls المملكة where it has named no kingdom.
const SAUDI_ARABIA: &str = "SAU";

/// Types whose nouns stand for each other: "the request" is what was demanded, "the attack" how an embassy was stormed.
const ALIKE: [&[&str]; 5] = [
    &["request", "demand", "express-intent"],
    &["attack", "coerce", "mobilise"],
    &["meet", "negotiate", "summit", "call"],
    &[
        "sign-agreement",
        "join-agreement",
        "ceasefire",
        "normalise-relations",
        "establish-relations",
        "restore-relations",
    ],
    &["condemn", "accuse", "threaten"],
];

/// So many acts back the text still shows with whom somebody has to do; an article tells fewer.
const ACTS_REMEMBERED: usize = 200;

/// So many actors stay in mind; an article names fewer.
const ACTORS_REMEMBERED: usize = 200;

/// Actors of one side; mostly one or two.
type Side = SmallVec<[EntityId; 2]>;

/// Whom the text has named with an office, and how often.
#[derive(Debug)]
struct Holder {
    ids: Ids,
    person: Option<EntityId>,
    count: usize,
}

/// What the sentences so far have named.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The last holder named of each office: whom they act for, and the person.
    offices: BTreeMap<CompactString, Vec<Holder>>,
    /// Actors in the order of their last mention, the newest last.
    recent: Vec<EntityId>,
    /// The subject of the last clause.
    subject: Option<EntityId>,
    /// All who were its subject: "they".
    subjects: Vec<EntityId>,
    /// The person who acted or spoke last: "he".
    person: Option<EntityId>,
    /// The state that the text names first: that of officials without one, in a report from home.
    home: Option<EntityId>,
    /// The acts told so far.
    history: Vec<told::Act>,
    /// The agreement named last.
    agreement: Option<EntityId>,
    /// Who did what was told last: whom "the move" and "the agreement" stand for.
    event: Vec<EntityId>,
    /// Who did what was told last of each type: whom "the raid" and "the request" stand for.
    acts: BTreeMap<EventType, (usize, Side)>,
    /// Whose doing or words were answered last, and in which sentence: what "it" is in "Moscow welcomed it".
    answered: (usize, Side),
    /// What was done last, and to whom.
    deed: Option<(EventType, Side)>,
    /// What was said last, of whom and in which sentence.
    words: Option<(EventType, Side, usize)>,
    /// How many sentences were read.
    sentences: usize,
    /// The last pair told of.
    dyad: Option<(EntityId, EntityId)>,
    /// The parties of every claim so far: with whom each of them has to do.
    told: Vec<[Side; 2]>,
    /// How often each pair was told of, and when last.
    pairs: pairs::Pairs,
    /// The two actors of the headline, where it names just two.
    headline: Vec<EntityId>,
    /// The agreement or body that was joined or left last.
    joined: Option<EntityId>,
    /// Whose ministry was named last.
    ministry: Option<EntityId>,
    /// Actors that were named together, the newest list last.
    lists: Vec<Vec<EntityId>>,
}

impl Memory {
    /// Resolves the anaphors of one sentence in order, and remembers its names.
    pub(crate) fn resolve(&mut self, scan: &Scan<'_>, world: &World, phrases: &mut [Phrase]) {
        self.sentences += 1;
        if scan.language == Language::English {
            self.note_lists(phrases);
        }
        for at in 0..phrases.len() {
            let (before, rest) = phrases.split_at_mut(at);
            let (phrase, behind) = rest.split_first_mut().expect("there is one phrase from `at` on");
            if let Some(named) = behind.first().filter(|next| names(scan, phrase, next)) {
                phrase.kind = PhraseKind::Actor;
                phrase.ids.clone_from(&named.ids);
                phrase.person.clone_from(&named.person);
            }
            if let PhraseKind::Anaphor(anaphor) = phrase.kind {
                phrase.ids = match anaphor {
                    Anaphor::Pronoun if scan.language == Language::English => {
                        let colon = phrase.tokens.start.checked_sub(1).is_some_and(|at| scan.word(at) == ":");
                        self.english_pronoun(scan.word(phrase.tokens.start), before, colon)
                    }
                    Anaphor::OwnCountry if scan.language == Language::English => {
                        self.english_owner(scan, phrase, before)
                    }
                    // "the group": whatever has members.
                    Anaphor::Last(EntityKind::Group) if scan.language == Language::English && self.band().is_some() => {
                        self.band().cloned().into_iter().collect()
                    }
                    Anaphor::Last(_)
                        if matches!(scan.word(phrase.tokens.end - 1), "group" | "organisation" | "organization") =>
                    {
                        let band = |id: &&EntityId| matches!(id.kind(), EntityKind::Group | EntityKind::Org);
                        self.recent.iter().rev().find(band).cloned().into_iter().collect()
                    }
                    // "summoned to the Kenyan foreign ministry … The ministry demanded".
                    Anaphor::TheCountry
                        if scan.language == Language::English
                            && is_bare_ministry(scan, phrase)
                            && self.ministry.is_some() =>
                    {
                        self.ministry.iter().cloned().collect()
                    }
                    // "the foreign ministry in Paris".
                    Anaphor::TheCountry if scan.language == Language::English => {
                        let seat = behind.first().and_then(|place| seated(scan, world, phrase, place));
                        seat.map_or_else(|| self.antecedent(anaphor, phrase, before, true), |state| smallvec![state])
                    }
                    Anaphor::Event => self.told_of(scan, phrase.tokens.start),
                    Anaphor::Office if let Some(body) = body_behind(phrase, behind) => {
                        self.antecedent(body, phrase, before, false)
                    }
                    Anaphor::OwnCountry if goes_on_speaking(scan, phrase, before) => {
                        self.subject.iter().cloned().collect()
                    }
                    // "received Mr Macron … The two leaders agreed".
                    Anaphor::Pair { states: false }
                        if opens_with_leaders(scan, phrase) && self.last_meeting().is_some() =>
                    {
                        self.last_meeting().map(Ids::from).unwrap_or_default()
                    }
                    // "praised the two leaders".
                    Anaphor::Pair { .. } if is_object(scan, phrase) => self.antecedent(anaphor, phrase, before, true),
                    _ => self.antecedent(anaphor, phrase, before, false),
                };
                // "the foreign ministers of both rivals": several are not the one minister who was named.
                let several = scan.language == Language::English
                    && anaphor == Anaphor::Office
                    && phrase.ids.len() == 1
                    && scan.word(phrase.tokens.end - 1).ends_with("ministers");
                if several {
                    phrase.ids.clear();
                } else if anaphor == Anaphor::Office && phrase.ids.is_empty() && scan.language == Language::English {
                    let home = || self.home.clone().filter(|_| is_ones_own(scan, phrase));
                    phrase.ids.extend(seat(world, before).or_else(home));
                }
            }
            if ends_with_ministry(scan, phrase) && phrase.kind == PhraseKind::Actor && phrase.ids.len() == 1 {
                self.ministry = Some(phrase.ids[0].clone());
            }
            self.remember(phrase);
        }
    }

    /// Notes the actors that a sentence names together: "Argentina, Bolivia and Mexico".
    fn note_lists(&mut self, phrases: &[Phrase]) {
        const LISTS: usize = 16;
        for first in (0..phrases.len()).filter(|&at| !phrases[at].coordinated && !phrases[at].ids.is_empty()) {
            let list: Vec<EntityId> = together(phrases, first).into_iter().filter(EntityId::is_actor).collect();
            if list.len() > 1 {
                if self.lists.len() == LISTS {
                    self.lists.remove(0);
                }
                self.lists.push(list);
            }
        }
    }

    fn antecedent(&self, anaphor: Anaphor, phrase: &mut Phrase, before: &[Phrase], english: bool) -> Ids {
        match anaphor {
            Anaphor::Office => {
                let held = phrase.office.as_ref().and_then(|office| self.holder(office));
                held.map_or_else(Ids::new, |holder| {
                    phrase.person.clone_from(&holder.person);
                    holder.ids.clone()
                })
            }
            Anaphor::OwnCountry => {
                let personal =
                    before.iter().rev().find(|p| p.personal && !p.object && p.ids.len() == 1).or_else(|| {
                        before.iter().find(|p| p.is_actor() && p.preposition.is_none() && p.ids.len() == 1)
                    });
                personal.map(|p| p.ids.clone()).unwrap_or_else(|| self.subject.iter().cloned().collect())
            }
            Anaphor::TheCountry => {
                // "Germany … in aid to the country": behind a preposition it is the state named last.
                // "… coal from Russia. After the country's invasion": of the state named last.
                if phrase.possessive && before.is_empty() {
                    let last = self.recent.iter().rev().find(|id| id.kind() == EntityKind::State);
                    return last.cloned().into_iter().collect();
                }
                // "Chad sent troops to Niger, the defence ministry said": of whoever acts.
                let free = |p: &&Phrase| {
                    p.kind == PhraseKind::Actor
                        && p.preposition.is_none()
                        && p.ids.len() == 1
                        && p.ids[0].kind() == EntityKind::State
                };
                let acting = before.iter().find(free).filter(|_| english && phrase.preposition.is_none());
                if let Some(acting) = acting.filter(|_| phrase.body) {
                    return acting.ids.clone();
                }
                let named = before.iter().rev().find(|p| p.kind == PhraseKind::Actor && p.ids.len() == 1);
                let last = named.filter(|_| {
                    phrase.preposition.as_deref().is_some_and(|p| matches!(p, "to" | "for" | "in" | "from" | "of"))
                });
                // "قررت بلاده إنهاء تعاونها مع البلاد": with one's own country nobody has to do.
                let own: Vec<&EntityId> =
                    before.iter().filter(|p| p.preposition.is_none()).flat_map(|p| &p.ids).collect();
                let foreign = |id: &&EntityId| id.kind() == EntityKind::State && !own.contains(id);
                let other = self.recent.iter().rev().find(foreign);
                let other = other.filter(|_| !english && phrase.preposition.as_deref() == Some("مع"));
                last.map(|p| p.ids.clone())
                    .or_else(|| other.map(|id| smallvec![id.clone()]))
                    .unwrap_or_else(|| self.last_state().into_iter().collect())
            }
            Anaphor::Pronoun => {
                let one = |p: &&Phrase| p.is_actor() && p.preposition.is_none() && p.ids.len() == 1;
                // "Mr Trump will visit China, he said": of a person, the first of the sentence; else what was named last.
                let person = before.iter().filter(one).find(|p| p.personal);
                let subject = person.or_else(|| before.iter().rev().find(one));
                subject.map(|p| p.ids.clone()).unwrap_or_else(|| self.subject.iter().cloned().collect())
            }
            Anaphor::Counterpart => {
                let subject = before.iter().find(|p| p.is_actor() && p.ids.len() == 1).map(|p| &p.ids[0]);
                subject
                    .or(self.subject.as_ref())
                    .map(|id| self.counterpart(std::slice::from_ref(id)))
                    .unwrap_or_default()
                    .into()
            }
            Anaphor::Pair { states } if english => self.pair_of_others(states, before).into(),
            Anaphor::Pair { states } => self.pair(states, before).into(),
            Anaphor::Last(kind) => self.recent.iter().rev().find(|id| id.kind() == kind).cloned().into_iter().collect(),
            Anaphor::LastOf(ids) => {
                let known = self.recent.iter().rev().find(|id| ids.contains(&id.as_str()));
                known.cloned().into_iter().collect()
            }
            Anaphor::Kingdom { saudi } => {
                // "أكدت المنامة وقوفها إلى جانب المملكة": who acts in the sentence is not whom it is done to.
                let acting = |id: &EntityId| {
                    let acts = |p: &Phrase| p.preposition.is_none() && p.ids.contains(id);
                    phrase.preposition.is_some() && before.iter().any(acts)
                };
                let known = |id: &&EntityId| KINGDOMS.contains(&id.as_str()) && !(saudi && acting(id));
                // "أعربت وزارة الخارجية عن إدانة المملكة": where nothing is done to it, the kingdom that acts.
                let free = matches!(phrase.preposition.as_deref(), None | Some("بين"));
                let here = before.iter().find(|p| p.is_actor() && p.preposition.is_none() && p.ids.len() == 1);
                let subject = here.map(|p| &p.ids[0]).or(self.subject.as_ref()).filter(|_| free && saudi);
                let kingdom = subject
                    .filter(|id| KINGDOMS.contains(&id.as_str()))
                    .or_else(|| self.recent.iter().rev().find(known));
                kingdom.cloned().or_else(|| SAUDI_ARABIA.parse().ok().filter(|_| saudi)).into_iter().collect()
            }
            Anaphor::Island => {
                self.recent.iter().rev().find(|id| ISLANDS.contains(&id.as_str())).cloned().into_iter().collect()
            }
            // "Japan, the United States and South Korea … the three countries": the last who were named together.
            Anaphor::Trio => match self.lists.iter().rev().find(|list| list.len() == 3) {
                Some(list) => list.iter().cloned().collect(),
                None => self.last_states(3).into(),
            },
            Anaphor::Several(count) => {
                let fits = |list: &&Vec<EntityId>| count.is_none_or(|count| list.len() == usize::from(count));
                self.lists.iter().rev().find(fits).map(|list| list.as_slice().into()).unwrap_or_default()
            }
            Anaphor::Event => self.event.as_slice().into(),
        }
    }

    /// "he": the first person of the sentence; "it": what was named last, persons apart; "they": several that were named together.
    /// Else who acted in the sentence before.
    fn english_pronoun(&self, word: &str, before: &[Phrase], behind_colon: bool) -> Ids {
        let free = |p: &&Phrase| p.is_actor() && p.preposition.is_none() && !p.possessive && !p.ids.is_empty();
        let single = |p: &&Phrase| free(p) && p.ids.len() == 1;
        let found = match word {
            "he" | "she" => {
                let person = before.iter().filter(single).find(|p| p.personal).map(|p| p.ids.clone());
                person.or_else(|| self.person.clone().map(|id| smallvec![id]))
            }
            "they" => {
                let first = before.iter().rposition(|p| free(&p) && !p.coordinated && several(before, p));
                let together = first.map(|first| together(before, first).into());
                together.or_else(|| {
                    let known = self.subjects.len() > 1 && !before.iter().any(|p| free(&p));
                    known.then(|| self.subjects.as_slice().into())
                })
            }
            _ => {
                // "Sweden's flag was raised after it joined": a possessor where nobody else is named.
                let owner = |p: &&Phrase| p.is_actor() && p.possessive && p.ids.len() == 1;
                let last = before.iter().rev().find(|p| single(p) && !p.personal);
                // "has railed against Washington since it criticised".
                let governed = |p: &&Phrase| {
                    p.kind == PhraseKind::Actor
                        && !p.personal
                        && p.ids.len() == 1
                        && p.preposition.as_deref().is_some_and(|p| matches!(p, "against" | "with" | "on" | "at"))
                };
                let last = last.or_else(|| before.iter().rev().find(owner));
                // "The Belgian minister said Brussels would do likewise: it will".
                let colon = || before.iter().filter(single).find(|p| p.personal).filter(|_| behind_colon);
                last.or_else(|| before.iter().rev().find(governed)).or_else(colon).map(|p| p.ids.clone())
            }
        };
        let other = || before.iter().rev().find(single).filter(|_| word == "they").map(|p| p.ids.clone());
        found.or_else(other).unwrap_or_else(|| self.subject.iter().cloned().collect())
    }

    /// "his government", "its planes", "their countries": of whom the pronoun stands for.
    fn english_owner(&self, scan: &Scan<'_>, phrase: &mut Phrase, before: &[Phrase]) -> Ids {
        let near = phrase.tokens.start.saturating_sub(2)..=phrase.tokens.start;
        let pronoun = match near
            .rev()
            .map(|at| scan.word(at))
            .find(|word| matches!(*word, "his" | "her" | "its" | "their" | "whose"))
        {
            // "Cuba, whose foreign minister".
            Some("whose") => {
                let owner = before.last().filter(|p| p.is_actor() && p.tokens.end + 3 > phrase.tokens.start);
                return owner.map(|owner| owner.ids.clone()).unwrap_or_default();
            }
            Some("his" | "her") => "he",
            Some("its") => "it",
            Some("their") => "they",
            _ => return self.antecedent(Anaphor::OwnCountry, phrase, before, true),
        };
        let free = |p: &&Phrase| p.is_actor() && p.preposition.is_none() && !p.possessive && p.ids.len() == 1;
        // "Beijing said its embassy", "Mr Wu said its embassy": a state's own, whoever speaks for it.
        let last = || before.iter().rev().find(free).filter(|_| pronoun == "it");
        // "Chad will expel a Kenyan diplomat, its foreign ministry said": of whoever acts, not of whom it is done to.
        let acts =
            |p: &&Phrase| scan.finite_verb_at(p.tokens.end) || scan.tags.get(p.tokens.end) == Some(&Tag::Auxiliary);
        let says = scan.reporting.iter().any(|hit| hit.tokens.start == phrase.tokens.end);
        let subject = || before.iter().rev().filter(free).find(acts).filter(|_| pronoun == "it" && says);
        let owner = subject().or_else(last).map(|owner| owner.ids.clone());
        owner.unwrap_or_else(|| self.english_pronoun(pronoun, before, false))
    }

    /// "the militants": of the groups named so far the one of which most acts were told.
    fn band(&self) -> Option<&EntityId> {
        let recent = &self.told[self.told.len().saturating_sub(ACTS_REMEMBERED)..];
        let acts = |id: &EntityId| recent.iter().filter(|[a, b]| a.contains(id) || b.contains(id)).count();
        let groups = self.recent.iter().filter(|id| id.kind() == EntityKind::Group);
        groups
            .map(|id| (acts(id), id))
            .filter(|(count, _)| *count > 0)
            .max_by_key(|(count, _)| *count)
            .map(|(_, id)| id)
    }

    /// The state that acted last, else the one named last.
    fn last_state(&self) -> Option<EntityId> {
        let is_state = |id: &&EntityId| id.kind() == EntityKind::State;
        let acted = self.subject.as_ref().filter(is_state);
        acted.or_else(|| self.recent.iter().rev().find(is_state)).cloned()
    }

    /// The holder of an office that the text names most often, the first of equals; a prince may have been named by his office, and "the
    /// minister" by the one that he holds.
    fn holder(&self, office: &str) -> Option<&Holder> {
        if let Some(held) = self.offices.get(office) {
            return held.iter().rev().max_by_key(|holder| holder.count);
        }
        let narrower = |held: &str| match office {
            "prince" => matches!(held, "crown-prince" | "emir"),
            "minister" => {
                held.ends_with("-minister") && !held.ends_with("prime-minister") && !held.starts_with("former-")
            }
            "spokesperson" => held.ends_with("-spokesperson"),
            _ => false,
        };
        let held = self.offices.iter().filter(|(held, _)| narrower(held)).flat_map(|(_, holders)| holders.iter().rev());
        held.max_by_key(|holder| (self.subject.as_ref().is_some_and(|id| holder.ids.contains(id)), holder.count))
    }

    /// The two sides: those of this sentence, else of what was told last, else the states named last.
    pub(crate) fn pair(&self, states: bool, before: &[Phrase]) -> Vec<EntityId> {
        let fits = |id: &EntityId| id.is_actor() && (!states || id.kind() == EntityKind::State);
        let mut here: Vec<EntityId> =
            before.iter().filter(|p| p.is_actor()).flat_map(|p| &p.ids).filter(|id| fits(id)).cloned().collect();
        here.sort();
        here.dedup();
        if here.len() == 2 {
            return here;
        }
        // "انتقد رئيسي الحكومتين الإسبانية والبلجيكية واستدعى سفيري البلدين": the two that were joined last.
        let joined = before.windows(2).rev().find(|two| {
            let single = two.iter().all(|p| p.is_actor() && p.ids.len() == 1 && fits(&p.ids[0]));
            // Two that act together, as in "أدانت البرازيل وكولومبيا", are not yet the two countries that the text is about.
            let apart = two[0].preposition.is_some() || two[0].adjectival && two[1].office == two[0].office;
            two[1].coordinated && single && apart && two[0].ids != two[1].ids
        });
        if let Some(two) = joined.filter(|_| here.len() > 2) {
            let mut pair = vec![two[0].ids[0].clone(), two[1].ids[0].clone()];
            pair.sort();
            return pair;
        }
        self.pairs.main(states, self.dyad()).unwrap_or_else(|| self.last_states(2))
    }

    /// The two sides as the object of a verb, without its subject where the text has told of two others.
    fn pair_of_others(&self, states: bool, before: &[Phrase]) -> Vec<EntityId> {
        let pair = self.pair(states, before);
        let free = |p: &&Phrase| p.is_actor() && p.preposition.is_none() && p.ids.len() == 1;
        let subject = before.iter().find(free).map(|p| &p.ids[0]);
        if !subject.is_some_and(|subject| pair.contains(subject)) {
            return pair;
        }
        let told = self.pairs.main(states, self.dyad());
        told.filter(|told| !subject.is_some_and(|subject| told.contains(subject))).unwrap_or(pair)
    }

    /// The states named last; none where there are fewer.
    fn last_states(&self, count: usize) -> Vec<EntityId> {
        let mut states: Vec<_> =
            self.recent.iter().rev().filter(|id| id.kind() == EntityKind::State).take(count).cloned().collect();
        states.sort();
        if states.len() == count { states } else { Vec::new() }
    }

    fn remember(&mut self, phrase: &Phrase) {
        if self.home.is_none() && phrase.is_actor() {
            self.home = phrase.ids.first().filter(|id| id.kind() == EntityKind::State).cloned();
        }
        match phrase.kind {
            PhraseKind::Actor | PhraseKind::Adjective => {
                for id in &phrase.ids {
                    if let Some(known) = self.recent.iter().rposition(|known| known == id) {
                        self.recent.remove(known);
                    } else if self.recent.len() == ACTORS_REMEMBERED {
                        self.recent.remove(0);
                    }
                    self.recent.push(id.clone());
                }
            }
            PhraseKind::Agreement => self.agreement = phrase.ids.first().cloned(),
            _ => {}
        }
        if let (Some(office), false) = (&phrase.office, phrase.ids.is_empty()) {
            let holders = self.offices.entry(office.clone()).or_default();
            match holders.iter_mut().find(|holder| holder.ids == phrase.ids) {
                Some(known) => {
                    known.count += 1;
                    known.person = known.person.take().or_else(|| phrase.person.clone());
                }
                None => holders.push(Holder { ids: phrase.ids.clone(), person: phrase.person.clone(), count: 1 }),
            }
        }
    }

    /// Notes who acted or spoke last.
    pub(crate) fn set_subject(&mut self, subject: &EntityId) {
        self.subject = Some(subject.clone());
    }

    /// Notes all who were the subject of a sentence, and the person among them.
    pub(crate) fn set_subjects(&mut self, phrases: &[Phrase]) {
        let free = |p: &&Phrase| p.preposition.is_none() && p.is_actor() && !p.ids.is_empty();
        let Some(first) = phrases.iter().position(|p| free(&p)) else { return };
        self.subjects = together(phrases, first);
        let person = phrases.iter().filter(free).find(|p| p.personal && p.ids.len() == 1);
        if let Some(person) = person {
            self.person = person.ids.first().cloned();
        }
    }

    /// Notes what was told last, as news or as background. "The move" is an act, not what somebody says of one, and none that is told only to
    /// explain the news.
    pub(crate) fn set_event(&mut self, claim: &Claim, language: Language, background: bool) {
        self.acts.insert(claim.event_type, (self.told.len(), claim.source.as_slice().into()));
        if matches!(claim.event_type.name(), "join-agreement" | "leave-agreement") {
            self.joined = claim.target.first().cloned();
        }
        let side = |ids: &[EntityId]| ids.iter().filter(|id| id.is_actor()).cloned().collect::<Side>();
        let (mut source, mut target) = (side(&claim.source), side(&claim.target));
        if let ([a, b], []) | ([a], [b]) | ([], [a, b]) = (&source[..], &target[..]) {
            self.pairs.note(a, b, self.told.len());
            self.dyad = Some((a.clone(), b.clone()));
        }
        if language != Language::English {
            source.append(&mut target);
        }
        // What lies long past does not tell with whom somebody has to do now.
        if !background {
            self.told.push([source, target]);
        }
        if ["condemn", "express-support", "reject"].contains(&claim.event_type.name()) {
            self.answered = (self.sentences, Side::from(claim.target.as_slice()));
        }
        let is_speech = is_speech(claim);
        let whom = || Side::from(claim.target.as_slice());
        // "قطعت علاقاتها مع إيران، وأمهلت بعثتها يومين، ثم تبعتها البحرين": what goes with a break is not what others follow.
        let goes_with = |(known, target): &(EventType, Side)| {
            BREAKS.contains(&known.name())
                && matches!(claim.event_type.name(), "expel-diplomat" | "recall-envoy" | "close-mission")
                && **target == *claim.target
        };
        let kept = language == Language::Arabic && self.deed.as_ref().is_some_and(goes_with);
        if !is_speech && !kept {
            self.deed = (!claim.target.is_empty()).then(|| (claim.event_type, whom()));
        }
        self.words = is_speech.then(|| (claim.event_type, whom(), self.sentences));
        if background && !self.event.is_empty() {
            return;
        }
        // "the truce that Qatar brokered": what was done is of the parties, not of who stands between them.
        if claim.event_type.name() == "mediate" {
            if self.event.is_empty() || !claim.target.iter().all(|id| self.event.contains(id)) {
                self.event.clone_from(&claim.target);
            }
        } else if !is_speech {
            self.event.clone_from(&claim.source);
        }
        if claim.event_type.is_symmetric() || is_speech && self.event.is_empty() {
            self.event.clone_from(&claim.source);
        }
        // "رفض المجلس مشروع قرار روسيا، وأيدت الصين القرار": what somebody rejects is of the other.
        if language == Language::Arabic && claim.event_type.name() == "reject" && !claim.target.is_empty() {
            self.event.clone_from(&claim.target);
        }
    }

    /// "أعلنت النرويج الاعتراف، ورحبت كينيا بالقرار": behind an act "the decision" is that act.
    pub(crate) fn point_back(&self, phrases: &mut [Phrase], from: usize) {
        let event =
            |phrase: &&mut Phrase| phrase.kind == PhraseKind::Anaphor(Anaphor::Event) && phrase.tokens.start >= from;
        phrases.iter_mut().filter(event).for_each(|phrase| phrase.ids = self.event.as_slice().into());
    }

    /// The last deed told, where it is done to somebody: what "followed suit" repeats. What was said is repeated in the same sentence.
    pub(crate) fn last_deed(&self) -> Option<(EventType, &[EntityId])> {
        let words = self.words.as_ref().filter(|(.., sentence)| *sentence == self.sentences);
        if let Some((event_type, target, _)) = words {
            return Some((*event_type, target.as_slice()));
        }
        self.deed.as_ref().map(|(event_type, target)| (*event_type, target.as_slice()))
    }

    /// Who did what was told last of these types or of one that the press calls alike; nobody where nothing was.
    pub(crate) fn act(&self, types: &[EventType]) -> &[EntityId] {
        let alike = |a: EventType, b: EventType| {
            a == b || ALIKE.iter().any(|group| group.contains(&a.name()) && group.contains(&b.name()))
        };
        let fits = self.acts.iter().filter(|(told, _)| types.iter().any(|named| alike(**told, *named)));
        fits.max_by_key(|(_, (at, _))| *at).map_or(&[], |(_, (_, source))| source.as_slice())
    }

    /// Whom "الاتفاق" or "القرار" stands for: who did what was told last of that kind, else what was told last.
    fn told_of(&self, scan: &Scan<'_>, noun: usize) -> Ids {
        let nouns = scan.triggers_at(noun).iter().filter(|hit| hit.form == Form::Noun);
        let mut types: SmallVec<[EventType; 2]> = nouns.map(|hit| hit.trigger.frame.event_type).collect();
        // "المذكرة": a paper that was signed.
        if types.is_empty() && scan.begins_class(noun, "agreement") {
            types.extend("sign-agreement".parse::<EventType>());
        }
        let told = self.act(&types);
        Ids::from(if told.is_empty() { self.event.as_slice() } else { told })
    }

    /// The pair told of last.
    pub(crate) fn dyad(&self) -> Option<(&EntityId, &EntityId)> {
        self.dyad.as_ref().map(|(a, b)| (a, b))
    }

    /// With whom `actors` have to do: those told of together with them most often, of these the last; else the other actor of
    /// the headline.
    pub(crate) fn counterpart(&self, actors: &[EntityId]) -> Vec<EntityId> {
        let others = self.counterpart_in_acts(actors);
        let in_headline = self.headline.len() == 2 && actors.iter().all(|id| self.headline.contains(id));
        if !others.is_empty() || !in_headline {
            return others;
        }
        self.headline.iter().filter(|id| !actors.contains(id)).cloned().collect()
    }

    /// Several to whom `actors` did something just before: "expelled the envoys of three states and accused them".
    pub(crate) fn several_done_to(&self, actors: &[EntityId]) -> Option<Vec<EntityId>> {
        const ACTS: usize = 3;
        let fits = |[source, target]: &&[Side; 2]| target.len() > 1 && actors.iter().all(|id| source.contains(id));
        let told = self.told.iter().rev().take(ACTS).find(fits)?;
        Some(told[1].to_vec()).filter(|_| !actors.is_empty())
    }

    /// Who did the last act that was told, where it was done to all of `actors`: "eased sanctions on Chad imposed in 2009".
    pub(crate) fn last_to_act_on(&self, actors: &[EntityId]) -> Vec<EntityId> {
        let last = self.told.last().filter(|[_, target]| actors.iter().all(|id| target.contains(id)));
        last.map(|[source, _]| source.to_vec()).unwrap_or_default()
    }

    /// With whom `actors` have to do, as the acts told so far show; nobody where they show nothing.
    pub(crate) fn counterpart_in_acts(&self, actors: &[EntityId]) -> Vec<EntityId> {
        let mut sides: Vec<(Vec<EntityId>, usize)> = Vec::new();
        let recent = &self.told[self.told.len().saturating_sub(ACTS_REMEMBERED)..];
        let has = |side: &[EntityId]| side.iter().any(|id| actors.contains(id));
        for [source, target] in recent.iter().filter(|[source, target]| has(source) || has(target)) {
            // Of an act on somebody the other side, of one together the others.
            let others = match (has(source), has(target)) {
                (true, false) if !target.is_empty() => target,
                (false, true) => source,
                _ => &source.iter().chain(target).cloned().collect(),
            };
            let others: Vec<EntityId> = others.iter().filter(|id| !actors.contains(id)).cloned().collect();
            match sides.iter_mut().find(|(known, _)| *known == others) {
                Some((_, count)) => *count += 1,
                None if others.is_empty() || others.len() > 2 => {}
                None => sides.push((others, 1)),
            }
        }
        // Of those told of as often the one whom the headline names.
        let weight = |(others, count): &(Vec<EntityId>, usize)| {
            let named = self.headline.len() == 2 && others.len() == 1 && self.headline.contains(&others[0]);
            2 * count + usize::from(named && actors.iter().all(|id| self.headline.contains(id)))
        };
        sides.into_iter().rev().max_by_key(weight).map(|(others, _)| others).unwrap_or_default()
    }

    /// Whether the headline names nobody but these.
    pub(crate) fn headline_is_of(&self, actors: &[EntityId]) -> bool {
        self.headline.iter().all(|id| actors.contains(id))
    }

    /// Notes whom the headline names.
    pub(crate) fn set_headline(&mut self, phrases: &[Phrase], language: Language) {
        let actors = phrases.iter().filter(|p| matches!(p.kind, PhraseKind::Actor | PhraseKind::Adjective));
        for id in actors.flat_map(|p| &p.ids).filter(|id| id.is_actor()) {
            if !self.headline.contains(id) {
                self.headline.push(id.clone());
            }
        }
        if let [a, b] = &self.headline[..] {
            self.pairs.note(a, b, self.told.len());
        }
        // "Chad and Niger agree to end row after Cairo talks": the two that act together.
        let free = |p: &&Phrase| p.is_actor() && p.preposition.is_none() && p.ids.len() == 1;
        let mut first = phrases.iter().filter(free);
        if let (Some(a), Some(b)) = (first.next(), first.next())
            && b.coordinated
            && self.headline.len() > 2
            && language == Language::English
        {
            self.pairs.note(&a.ids[0], &b.ids[0], self.told.len());
        }
        // "مشكلات اليونان وإيران": who stand side by side are not each other's other side.
        let mut actors = phrases.iter().filter(|p| p.is_actor() && !p.ids.is_empty());
        if let (Some(_), Some(second), None) = (actors.next(), actors.next(), actors.next())
            && second.coordinated
            && language == Language::Arabic
        {
            self.headline.clear();
        }
    }

    /// Whom "it" stands for in an answer: what was answered just before, else what was told last.
    pub(crate) fn answered_last(&self) -> &[EntityId] {
        let (at, whom) = &self.answered;
        if *at + 1 >= self.sentences && !whom.is_empty() { whom } else { &self.event }
    }

    /// The agreement or body named last: what "it" is that somebody joins or leaves.
    pub(crate) fn membership(&self) -> Vec<EntityId> {
        let org = self.recent.iter().rev().find(|id| id.kind() == EntityKind::Org);
        org.or(self.agreement.as_ref()).cloned().into_iter().collect()
    }

    /// What somebody was told to join or leave last: "Zimbabwe walked out too".
    pub(crate) fn left_or_joined(&self) -> Option<&EntityId> {
        self.joined.as_ref()
    }

    /// Who did what was told last.
    pub(crate) fn event(&self) -> &[EntityId] {
        &self.event
    }

    /// Who acted or spoke last.
    pub(crate) fn subject(&self) -> Option<&EntityId> {
        self.subject.as_ref()
    }

    /// The agreement named last: what "the agreement" means.
    pub(crate) fn agreement(&self) -> Option<&EntityId> {
        self.agreement.as_ref()
    }
}

/// "رئيس الاتحاد غزالي عثماني": the body that an office is of, where it is told by a word for what was named before.
fn body_behind(office: &Phrase, behind: &[Phrase]) -> Option<Anaphor> {
    let next = behind.first().filter(|next| next.tokens.start == office.tokens.end)?;
    match next.kind {
        PhraseKind::Anaphor(body @ (Anaphor::LastOf(_) | Anaphor::Last(_))) => Some(body),
        _ => None,
    }
}

/// "وقال إن المجلس أعلن الإمارات دولة عدوان، وإن بلاده": the country of who is not named again, but whose words go on.
fn goes_on_speaking(scan: &Scan<'_>, phrase: &Phrase, before: &[Phrase]) -> bool {
    let content = (0..phrase.tokens.start).find(|&at| scan.is_complementizer(at));
    let speaks =
        content.is_some_and(|at| scan.reporting.iter().any(|hit| hit.tokens.end <= at && at - hit.tokens.end <= 2));
    let named = |p: &Phrase| p.is_actor() && (p.personal || content.is_some_and(|at| p.tokens.start < at));
    scan.language == Language::Arabic && speaks && !before.iter().any(named)
}

/// "The two leaders", "the two men" at the head of an English sentence.
fn opens_with_leaders(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    let people = ["leaders", "men", "presidents", "ministers", "pair"];
    scan.language == Language::English && phrase.tokens.start == 0 && people.contains(&scan.word(phrase.tokens.end - 1))
}

/// Whether an English phrase stands right behind a verb, or is whom somebody speaks to.
fn is_object(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    let before = phrase.tokens.start.checked_sub(1);
    let listens = phrase.preposition.as_deref().is_some_and(|p| matches!(p, "to" | "with" | "on" | "upon"));
    scan.language == Language::English && (listens || before.is_some_and(|at| scan.tags[at].is_verb()))
}

/// "The foreign minister, Joseph Wu, told": the name says whose minister he is.
fn names(scan: &Scan<'_>, office: &Phrase, next: &Phrase) -> bool {
    scan.language == Language::English
        && office.kind == PhraseKind::Anaphor(Anaphor::Office)
        && next.person.is_some()
        && next.office.is_none()
        && next.tokens.start == office.tokens.end + 1
        && scan.word(office.tokens.end) == ","
}

/// Whether an official is one that the text need not place: "Finance Minister Wilson", "the finance minister"; not "an official".
fn is_ones_own(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    let last = phrase.tokens.end - 1;
    let named = phrase.tokens.len() > 1 && scan.is_capital(last) && !scan.noun_at(last) && !scan.all_caps;
    let definite = phrase.tokens.start.checked_sub(1).is_some_and(|at| matches!(scan.word(at), "the" | "its"));
    named || definite
}

/// "the ministry", of which kind the text does not say again.
fn is_bare_ministry(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    let before = phrase.tokens.start.checked_sub(1).map(|at| scan.word(at));
    ends_with_ministry(scan, phrase) && phrase.tokens.len() == 1 && before == Some("the")
        || ends_with_ministry(scan, phrase) && phrase.tokens.len() == 2 && scan.word(phrase.tokens.start) == "the"
}

fn ends_with_ministry(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    scan.language == Language::English && phrase.body && scan.word(phrase.tokens.end - 1) == "ministry"
}

/// The state of an institution that is told by where it sits.
fn seated(scan: &Scan<'_>, world: &World, body: &Phrase, place: &Phrase) -> Option<EntityId> {
    let beside = place.tokens.start == body.tokens.end + 1 && scan.word(body.tokens.end) == "in";
    let id = place.ids.first().filter(|_| beside && place.kind == PhraseKind::Place)?;
    if id.kind() == EntityKind::State { Some(id.clone()) } else { world.entity(id)?.state.clone() }
}

/// "In Baghdad, a military spokesman said": of the state in which the sentence begins.
fn seat(world: &World, before: &[Phrase]) -> Option<EntityId> {
    let first = before.first().filter(|p| p.kind == PhraseKind::Place && p.tokens.start <= 1 && before.len() == 1)?;
    let place = first.ids.first()?;
    if place.kind() == EntityKind::State { Some(place.clone()) } else { world.entity(place)?.state.clone() }
}

/// Everybody of a list that begins with a phrase.
fn together(phrases: &[Phrase], first: usize) -> Vec<EntityId> {
    let rest = phrases[first + 1..].iter().take_while(|p| p.coordinated).count();
    let mut ids: Vec<EntityId> = phrases[first..=first + rest].iter().flat_map(|p| p.ids.iter().cloned()).collect();
    ids.dedup();
    ids
}

/// Whether a phrase stands for several, alone or with those joined to it.
fn several(phrases: &[Phrase], phrase: &Phrase) -> bool {
    let at = phrases.iter().position(|p| p.tokens == phrase.tokens);
    at.is_some_and(|at| together(phrases, at).len() > 1)
}

/// Whether a claim tells what somebody says of what others do.
fn is_speech(claim: &Claim) -> bool {
    let name = claim.event_type.name();
    ["condemn", "accuse", "express-support", "request", "demand", "reject", "courtesy", "threaten", "express-intent"]
        .contains(&name)
}

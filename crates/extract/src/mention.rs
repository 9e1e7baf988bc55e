//! Names, demonyms, titles and state bodies joined to the noun phrases that take part in events.
//!
//! "الرئيس الكازاخستاني قاسم جومارت توكاييف", "the Turkish foreign minister" and "Kazakhstan's government" are one
//! phrase each and act for one state. An adjective without a title or a body ("the Russian economy") is no actor,
//! but may say between whom a noun is ("Saudi-Iranian talks").

mod arabic;

use crate::grammar::grammar;
use crate::introduced::Introduced;
use crate::lexicon::{Form, NameEntry, NameForm, NameKind, Slot};
use crate::name::Named;
use crate::office;
use crate::scan::{ClassHit, Scan, TriggerHit};
use crate::syntax::Tag;
use chancery_model::{EntityId, EntityKind, EventDate, Language, Span, World};
use chancery_text::{Enclitic, Proclitic, Proclitics};
use jiff::civil::Date;
use std::ops::Range;

/// What a noun phrase is to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhraseKind {
    /// A state, organisation, group or bloc.
    Actor,
    /// An adjective of a state, beside a noun that is no body of it.
    Adjective,
    /// A treaty, accord or framework.
    Agreement,
    /// A newspaper, agency or site.
    Outlet,
    /// A place that acts for nobody.
    Place,
    /// "the president", "his country", "the two sides": to be resolved from what came before.
    Anaphor(Anaphor),
}

/// A phrase that names nobody by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anaphor {
    /// A title alone: the last holder of that office.
    Office,
    /// "his country", بلاده: the state of the subject.
    OwnCountry,
    /// "the country", البلاد: the state that the text is about.
    TheCountry,
    /// "the movement", المنظمة: the group or organisation named last.
    Last(EntityKind),
    /// "الحلف", "الجامعة": the last of the organisations that have this word in their names.
    LastOf(&'static [&'static str]),
    /// "the kingdom", المملكة, and whether it is Saudi Arabia where none was named.
    Kingdom { saudi: bool },
    /// "the island", "the islands".
    Island,
    /// "the two sides", الجانبان, and "the two countries", which are states.
    Pair { states: bool },
    /// "the three countries", الدول الثلاث.
    Trio,
    /// "his counterpart", نظيره: the other side of the subject.
    Counterpart,
    /// "he", "she", "they" as subject.
    Pronoun,
    /// "the agreement", القرار: those who did what was told last.
    Event,
}

/// A noun phrase.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: PhraseKind,
    /// Whom it denotes; several for blocs and pairs, none before resolution.
    pub(crate) ids: Vec<EntityId>,
    pub(crate) person: Option<EntityId>,
    /// Whether the text names the person; else they are known by the office alone.
    pub(crate) named: bool,
    pub(crate) office: Option<String>,
    /// Whether it holds a title or a person, so that it can travel, meet and speak.
    pub(crate) personal: bool,
    /// The preposition that governs it, normalised.
    pub(crate) preposition: Option<String>,
    /// Joined to the phrase before by "and", a comma or a hyphen.
    pub(crate) coordinated: bool,
    /// The English possessive or the Arabic construct: possessor of the next noun.
    pub(crate) possessive: bool,
    /// The object of a noun that has its own agent as a pronoun: in لقائه الرئيس the president is not he.
    pub(crate) object: bool,
    /// Whether it names its state by an adjective beside an office or a body.
    pub(crate) adjectival: bool,
    /// Whether it is a body of its state: government, army, ministry.
    pub(crate) body: bool,
}

impl Phrase {
    /// Where it stands, in bytes of the field.
    pub(crate) fn span(&self, scan: &Scan<'_>) -> Span {
        let tokens = &scan.sentence.tokens[self.tokens.clone()];
        Span::new(tokens[0].span.start, tokens[tokens.len() - 1].span.end)
    }

    /// Whether it can fill a slot of an actor.
    pub(crate) fn is_actor(&self) -> bool {
        self.kind == PhraseKind::Actor || matches!(self.kind, PhraseKind::Anaphor(_))
    }
}

/// One piece of a phrase before pieces are joined.
#[derive(Clone, Debug)]
struct Piece {
    tokens: Range<usize>,
    part: Part,
    proclitics: Proclitics,
    enclitic: Option<Enclitic>,
    /// Whose office it is, where the adjective stands inside the title.
    owner: Option<EntityId>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    State {
        id: EntityId,
    },
    Other {
        id: EntityId,
    },
    Person {
        id: EntityId,
    },
    Adjective {
        id: EntityId,
    },
    People {
        id: EntityId,
        one: bool,
    },
    Title {
        office: String,
    },
    Body,
    /// "the government", الحكومة: a body that is its state's even when the state is not named.
    Institution,
    Bloc {
        name: String,
        counted: bool,
    },
    Anaphor(Anaphor),
    /// A seat where something happens: "in Tel Aviv".
    Seat {
        id: EntityId,
    },
    /// A ruler by a style of their own.
    Style {
        id: EntityId,
    },
    /// A person whom the document has introduced, and whom they act for.
    Introduced {
        ids: Vec<EntityId>,
    },
}

/// The noun phrases of a sentence, in order.
pub(crate) fn phrases(scan: &Scan<'_>, world: &World, day: Option<Date>, introduced: &mut Introduced) -> Vec<Phrase> {
    let mut pieces = pieces(scan, introduced);
    pieces.retain(|piece| is_complete(scan, world, day, piece));
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let end = joined(scan, world, day, &pieces, at);
        let mut phrase = phrase(world, day, &pieces[at..end]);
        phrase.preposition = preposition(scan, &pieces[at]);
        phrase.coordinated = phrases
            .last()
            .is_some_and(|before| coordinated(scan, before, &pieces[at]) && !opens_clause(scan, before, &phrase))
            && !speaks(scan, &phrase);
        if scan.language == Language::Arabic && phrase.personal {
            arabic::take_honorifics(scan, phrases.last(), &mut phrase);
        }
        // "its foreign minister", "his defence secretary": of the subject's state.
        let owned = at_possessive(scan, phrase.tokens.start);
        let nobodys = phrase.kind == PhraseKind::Anaphor(Anaphor::Office)
            || phrase.body && phrase.ids.is_empty() && !scan.begins_class(phrase.tokens.start, "embassy");
        if owned
            && nobodys
            && scan.language == Language::English
            && phrase.kind != PhraseKind::Anaphor(Anaphor::Counterpart)
        {
            phrase.kind = PhraseKind::Anaphor(Anaphor::OwnCountry);
        }
        phrase.object = scan.triggers.iter().any(|hit| hit.tokens.end == phrase.tokens.start && hit.enclitic.is_some());
        // "نظيره" without a state is the other side, not one's own.
        if phrase.kind == PhraseKind::Anaphor(Anaphor::OwnCountry)
            && scan.begins_class(pieces[at].tokens.start, "counterpart")
        {
            phrase.kind = PhraseKind::Anaphor(Anaphor::Counterpart);
        }
        phrase.possessive = matches!(scan.word(phrase.tokens.end), "'s" | "'" | "s'");
        precede(day, &mut phrase.ids);
        let title = pieces[at..end].iter().find(|piece| matches!(piece.part, Part::Title { .. }));
        office::settle(scan, world, day, title.map(|title| title.tokens.start), &mut phrase);
        phrases.push(phrase);
        at = end;
    }
    inherit_prepositions(&mut phrases);
    if has_own_grammar(scan.language) {
        share_heads(scan.language, &mut phrases);
    }
    for (tokens, ids) in introduced.learn(scan, world, day, &mut phrases) {
        add_name(scan, world, day, &mut phrases, tokens, ids);
    }
    let dateline = scan.dateline_end();
    for phrase in phrases.iter_mut().filter(|phrase| phrase.tokens.end <= dateline) {
        phrase.kind = PhraseKind::Place;
        phrase.ids.clear();
    }
    if scan.language == Language::English {
        fold_acronyms(scan, &mut phrases);
    }
    demote_modifiers(scan, &mut phrases);
    promote_coordinated(scan, &mut phrases);
    name_counterparts(scan, &mut phrases);
    if scan.language == Language::Arabic {
        arabic::serve(scan, &mut phrases);
    }
    phrases
}

/// "the Group of Seven (G-7) meeting": the acronym in brackets belongs to the name before it.
fn fold_acronyms(scan: &Scan<'_>, phrases: &mut Vec<Phrase>) {
    let folds = |name: &Phrase, acronym: &Phrase| {
        acronym.tokens.start == name.tokens.end + 1
            && scan.word(name.tokens.end) == "("
            && scan.word(acronym.tokens.end) == ")"
            && name.ids == acronym.ids
            && !name.ids.is_empty()
    };
    let mut at = 1;
    while at < phrases.len() {
        if folds(&phrases[at - 1], &phrases[at]) {
            phrases[at - 1].tokens.end = phrases[at].tokens.end + 1;
            phrases.remove(at);
        } else {
            at += 1;
        }
    }
}

/// "Samantha Power, who runs the American aid agency, flew": a name of which only what stands behind it tells whom it acts for.
fn add_name(
    scan: &Scan<'_>,
    world: &World,
    day: Option<Date>,
    phrases: &mut Vec<Phrase>,
    tokens: Range<usize>,
    ids: Vec<EntityId>,
) {
    if phrases.iter().any(|phrase| phrase.tokens.start < tokens.end && tokens.start < phrase.tokens.end) {
        return;
    }
    let (part, proclitics) = (Part::Introduced { ids }, Proclitics::default());
    let piece = Piece { tokens, part, proclitics, enclitic: None, owner: None };
    let mut phrase = phrase(world, day, std::slice::from_ref(&piece));
    phrase.preposition = preposition(scan, &piece);
    let at = phrases.partition_point(|known| known.tokens.start < piece.tokens.start);
    phrase.coordinated = at.checked_sub(1).is_some_and(|before| coordinated(scan, &phrases[before], &piece));
    phrases.insert(at, phrase);
}

/// "The French and German governments", "les gouvernements français et allemand": each adjective has its government.
fn share_heads(language: Language, phrases: &mut [Phrase]) {
    let head_first = matches!(language, Language::Arabic | Language::French | Language::Spanish);
    for at in 1..phrases.len() {
        let (before, rest) = phrases.split_at_mut(at);
        let (before, phrase) = (&mut before[at - 1], &mut rest[0]);
        if !phrase.coordinated {
            continue;
        }
        match (before.kind, phrase.kind) {
            (PhraseKind::Adjective, PhraseKind::Actor) if !head_first && phrase.adjectival => {
                before.kind = PhraseKind::Actor
            }
            (PhraseKind::Actor, PhraseKind::Adjective) if head_first && before.adjectival => {
                phrase.kind = PhraseKind::Actor
            }
            _ => {}
        }
    }
}

/// "Russian and Uzbek forces", "وزيرا الخارجية السعودي والإيراني": two adjectives of one body are two actors.
fn promote_coordinated(scan: &Scan<'_>, phrases: &mut [Phrase]) {
    for at in 1..phrases.len() {
        if !phrases[at].coordinated {
            continue;
        }
        let holds = |phrase: &Phrase| phrase.kind == PhraseKind::Actor && (phrase.body || phrase.office.is_some());
        if scan.language == Language::Arabic && holds(&phrases[at - 1]) && phrases[at].kind == PhraseKind::Adjective {
            let before = phrases[at - 1].clone();
            phrases[at].kind = PhraseKind::Actor;
            (phrases[at].body, phrases[at].personal) = (before.body, before.personal);
            phrases[at].office = before.office;
        }
        let adjacent = phrases[at - 1].tokens.end + 1 == phrases[at].tokens.start;
        if scan.language != Language::Arabic
            && holds(&phrases[at])
            && adjacent
            && phrases[at - 1].kind == PhraseKind::Adjective
        {
            phrases[at - 1].kind = PhraseKind::Actor;
            phrases[at - 1].body = phrases[at].body;
            phrases[at - 1].personal = phrases[at].personal;
        }
    }
}

/// "her counterpart, Toshimitsu Motegi": the name says who it is.
fn name_counterparts(scan: &Scan<'_>, phrases: &mut [Phrase]) {
    for at in 1..phrases.len() {
        let gap = phrases[at - 1].tokens.end..phrases[at].tokens.start;
        let apposed = gap.is_empty() || gap.len() == 1 && scan.tags[gap.start] == Tag::Comma;
        if phrases[at - 1].kind == PhraseKind::Anaphor(Anaphor::Counterpart) && apposed && phrases[at].person.is_some()
        {
            phrases[at - 1].kind = PhraseKind::Actor;
            phrases[at - 1].ids = phrases[at].ids.clone();
            phrases[at - 1].person = phrases[at].person.clone();
            phrases[at - 1].personal = true;
        }
    }
}

/// "UK steel-makers", "the EU executive's": a name before another noun only says of whom that is.
fn demote_modifiers(scan: &Scan<'_>, phrases: &mut [Phrase]) {
    if scan.language == Language::Arabic {
        return arabic::demote_accusatives(scan, phrases);
    }
    if scan.language != Language::English {
        return;
    }
    for phrase in phrases {
        let next = phrase.tokens.end;
        let hyphen = matches!(scan.word(next), "-" | "–") && scan.adjacent(next - 1) && scan.adjacent(next);
        let noun = scan.tags.get(next) == Some(&Tag::Noun) && !scan.in_name(next) && !is_recipient(scan, phrase);
        if phrase.kind == PhraseKind::Actor && !phrase.personal && !phrase.body && (noun || hyphen) {
            phrase.kind = PhraseKind::Adjective;
        }
    }
}

/// "gave Chad money": the name of a state right behind a verb of giving, before what is given.
pub(crate) fn is_recipient(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    let gives = |hit: &TriggerHit<'_>| {
        hit.form != Form::Noun
            && hit.tokens.end == phrase.tokens.start
            && matches!(hit.trigger.frame.event_type.name(), "give-aid" | "supply-arms")
    };
    let named = phrase.tokens.clone().all(|at| scan.in_name(at) && !scan.is_demonym(at));
    named && !phrase.possessive && scan.triggers.iter().any(gives)
}

/// A counted bloc stands for all its members only where as many are told: "five states of Central Asia", not "two".
fn is_complete(scan: &Scan<'_>, world: &World, day: Option<Date>, piece: &Piece) -> bool {
    let Part::Bloc { name, counted: true } = &piece.part else { return true };
    let members = world.bloc_members(name, day).len() as u64;
    scan.numeral_before(piece.tokens.start).is_some_and(|numeral| numeral.value == members)
}

fn pieces(scan: &Scan<'_>, introduced: &Introduced) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = scan.names.iter().filter_map(|named| named_piece(scan, named)).collect();
    for piece in &mut pieces {
        if let (Part::Person { .. }, Some(ids)) = (&piece.part, introduced.instead(scan, &piece.tokens)) {
            piece.part = Part::Introduced { ids: ids.to_vec() };
        }
    }
    let mut taken: Vec<_> = scan.names.iter().map(|named| named.tokens.clone()).collect();
    for token in 0..scan.sentence.tokens.len() {
        if let Some(ids) = introduced.get(scan, token) {
            let (tokens, part) = (token..token + 1, Part::Introduced { ids: ids.to_vec() });
            taken.push(tokens.clone());
            pieces.push(Piece { tokens, part, proclitics: scan.proclitics(token), enclitic: None, owner: None });
        }
    }
    let free = |tokens: &Range<usize>| !taken.iter().any(|t| t.start < tokens.end && tokens.start < t.end);
    for hit in &scan.classes {
        let part = match hit.class {
            // "Mongolia ships coal".
            "body" if scan.language != Language::English || !scan.tags[hit.tokens.start].is_verb() => Part::Body,
            // "مصدر في الوزارة العراقية": known by nothing but whom they serve.
            "unnamed" if scan.language == Language::Arabic => Part::Title { office: "official".to_owned() },
            "unnamed" | "counterpart" if has_own_grammar(scan.language) => Part::Body,
            "own-country" if scan.language != Language::Arabic || hit.enclitic.is_some() || hit.canonical != "بلاد" => {
                Part::Anaphor(Anaphor::OwnCountry)
            }
            "the-country" => Part::Anaphor(Anaphor::TheCountry),
            "pair" => Part::Anaphor(Anaphor::Pair { states: false }),
            // "when the two met", but not "the two ships".
            "the-two" if !scan.tags.get(hit.tokens.end).is_some_and(|tag| matches!(tag, Tag::Noun | Tag::Number)) => {
                Part::Anaphor(Anaphor::Pair { states: false })
            }
            "pair-of-states" => Part::Anaphor(Anaphor::Pair { states: true }),
            "trio" => Part::Anaphor(Anaphor::Trio),
            "counterpart" if (hit.enclitic.is_some() && !of_adjective(scan, hit)) || possessed(scan, hit) => {
                Part::Anaphor(Anaphor::Counterpart)
            }
            "pronoun" => Part::Anaphor(Anaphor::Pronoun),
            "institution" if hit.enclitic.is_none() && is_definite(scan, hit) => Part::Institution,
            "event" if scan.language == Language::Arabic && (hit.article || hit.canonical.starts_with("ال")) => {
                Part::Anaphor(Anaphor::Event)
            }
            "the-group" => Part::Anaphor(Anaphor::Last(EntityKind::Group)),
            "the-alliance" => Part::Anaphor(Anaphor::LastOf(&["org:nato", "org:csto", "org:warsaw-pact"])),
            "the-union" => Part::Anaphor(Anaphor::LastOf(&["org:eu", "org:au", "org:eaeu", "org:amu"])),
            "the-court" => Part::Anaphor(Anaphor::LastOf(&["org:icc", "org:icj", "org:echr"])),
            "the-fund" => Part::Anaphor(Anaphor::LastOf(&["org:imf"])),
            "the-agency" => Part::Anaphor(Anaphor::LastOf(&["org:iaea"])),
            "the-league" => Part::Anaphor(Anaphor::LastOf(&["org:arab-league"])),
            "the-organization" => Part::Anaphor(Anaphor::Last(EntityKind::Org)),
            "the-island" => Part::Anaphor(Anaphor::Island),
            "the-kingdom" => Part::Anaphor(Anaphor::Kingdom { saudi: scan.language == Language::Arabic }),
            _ => continue,
        };
        if free(&hit.tokens) {
            pieces.push(Piece {
                tokens: hit.tokens.clone(),
                part,
                proclitics: hit.proclitics,
                enclitic: hit.enclitic,
                owner: None,
            });
        }
    }
    let last = |part: &Part| *part == Part::Body;
    pieces
        .sort_by_key(|p| (p.tokens.start, std::cmp::Reverse(p.tokens.end), p.part != Part::Institution, last(&p.part)));
    let mut end = 0;
    pieces.retain(|piece| {
        let keep = piece.tokens.start >= end;
        if keep {
            end = piece.tokens.end;
        }
        keep
    });
    pieces
}

/// Whether the language joins phrases by [`grammar`]; Arabic and English have rules of their own below.
fn has_own_grammar(language: Language) -> bool {
    !matches!(language, Language::Arabic | Language::English)
}

fn named_piece(scan: &Scan<'_>, named: &Named<'_>) -> Option<Piece> {
    if is_guarded(scan, &named.tokens) {
        return None;
    }
    let seat =
        |form: &&&NameForm| matches!(form.entry, NameEntry::Entity { kind: NameKind::Capital | NameKind::Metonym, .. });
    let is_place = named.entries.iter().any(|form| seat(&form)) && stands_inside(scan, named);
    // "تركية" is Turkish before it is a Turkish woman.
    let adjective = named.entries.iter().find(|form| matches!(form.entry, NameEntry::Adjective { .. }));
    let people = matches!(named.entries.first()?.entry, NameEntry::People { .. });
    let form = adjective
        .filter(|_| people && scan.language == Language::Arabic)
        .or_else(|| named.entries.iter().find(|form| !(is_place && seat(form))))
        .or(named.entries.first())?;
    let owner = named.owner.and_then(|form| form.entry.id()).cloned();
    let part = match &form.entry {
        // A seat that is only a place here, and has no name as a place: it says where, and in which state.
        NameEntry::Entity { id, .. } if is_place && seat(&form) => Part::Seat { id: id.clone() },
        NameEntry::Entity { id, kind: NameKind::Style } => Part::Style { id: id.clone() },
        entry => part(entry)?,
    };
    Some(Piece { tokens: named.tokens.clone(), part, proclitics: named.proclitics, enclitic: named.enclitic, owner })
}

/// Whether a seat is only a place here: "talks in Moscow", "met at the White House".
fn stands_inside(scan: &Scan<'_>, named: &Named<'_>) -> bool {
    let grammar = grammar(scan.language);
    if !named.proclitics.is_empty() {
        return named.proclitics.contains(&Proclitic::By);
    }
    let mut at = named.tokens.start;
    while at > 0 && grammar.articles.contains(&scan.word(at - 1)) {
        at -= 1;
    }
    if scan.of_class("inside").any(|hit| hit.tokens.end == at) {
        return true;
    }
    if at == 0 || !grammar.inside.contains(&scan.word(at - 1)) {
        return false;
    }
    let to_somebody = scan.of_class("recipient").any(|hit| hit.tokens.end == at - 1);
    let speaks = scan.language == Language::Russian && speaks_for_itself(scan, at - 1, named.tokens.end);
    !to_somebody && !speaks
}

/// "В Кремле заявили", "сообщили в Москве": the Russian seat speaks, in the plural and without a subject.
fn speaks_for_itself(scan: &Scan<'_>, start: usize, end: usize) -> bool {
    scan.of_class("speech").any(|hit| hit.tokens.start == end || hit.tokens.end == start)
}

/// Whether a word beside a name makes it the name of something else: "Jordan River", "rue de Russie", 中国移动.
fn is_guarded(scan: &Scan<'_>, tokens: &Range<usize>) -> bool {
    let grammar = grammar(scan.language);
    let mut at = tokens.start;
    while at > 0 && (grammar.articles.contains(&scan.word(at - 1)) || grammar.of.contains(&scan.word(at - 1))) {
        at -= 1;
    }
    let ends = |hit: &ClassHit<'_>| match scan.language {
        Language::English => at < tokens.start && hit.tokens.end == at,
        Language::Chinese => false,
        _ => hit.tokens.end == at,
    };
    let begins = |hit: &ClassHit<'_>| {
        matches!(scan.language, Language::English | Language::Chinese) && hit.tokens.start == tokens.end
    };
    // "Jordan River", but "US air strikes".
    let written = |hit: &ClassHit<'_>| scan.language != Language::English || scan.is_capital(hit.tokens.start);
    scan.of_class("place-noun").any(|hit| (ends(hit) || begins(hit)) && written(hit))
        || scan.of_class("place-word").any(|hit| ends(hit) || begins(hit))
}

fn part(entry: &NameEntry) -> Option<Part> {
    Some(match entry {
        NameEntry::Entity { id, .. } => match id.kind() {
            EntityKind::State => Part::State { id: id.clone() },
            EntityKind::Person => Part::Person { id: id.clone() },
            _ => Part::Other { id: id.clone() },
        },
        NameEntry::Abbreviation { id } => Part::State { id: id.clone() },
        NameEntry::Adjective { id } => Part::Adjective { id: id.clone() },
        NameEntry::People { id, one } => Part::People { id: id.clone(), one: *one },
        NameEntry::Title { office } => Part::Title { office: office.clone() },
        NameEntry::Bloc { name, counted } => Part::Bloc { name: name.clone(), counted: *counted },
        NameEntry::Rule(_) | NameEntry::Guard => return None,
    })
}

/// One past the last piece that belongs to the phrase beginning at `start`.
fn joined(scan: &Scan<'_>, world: &World, day: Option<Date>, pieces: &[Piece], start: usize) -> usize {
    let mut end = start + 1;
    while end < pieces.len() && joins(scan, world, day, &pieces[start..end], &pieces[end..]) {
        end += 1;
    }
    end
}

fn joins(scan: &Scan<'_>, world: &World, day: Option<Date>, so_far: &[Piece], rest: &[Piece]) -> bool {
    let (last, next) = (&so_far[so_far.len() - 1], &rest[0]);
    if !so_far.iter().any(|p| is_head(&p.part)) && !is_head(&next.part) {
        return false;
    }
    let Some(gap) = next.tokens.start.checked_sub(last.tokens.end) else { return false };
    if scan.language == Language::Arabic && (arabic::is_closed(scan, last, next) || arabic::stand_apart(so_far, next)) {
        return false;
    }
    if gap > 4 || !gap_is_open(scan, last, next, gap) {
        return false;
    }
    let state = |piece: &Piece| piece_state(world, piece);
    let owner = so_far.iter().find_map(state);
    match (&next.part, owner) {
        (Part::Person { .. }, _) if so_far.iter().any(|p| matches!(p.part, Part::Person { .. })) => false,
        (Part::Person { .. }, Some(_)) if is_to_come(world, day, next) => true,
        (Part::Person { .. } | Part::State { .. } | Part::Adjective { .. }, Some(owner)) => {
            let same = state(next).is_none_or(|s| s == owner);
            same || matches!(next.part, Part::Person { .. }) && !so_far.iter().any(|p| is_state(&p.part))
        }
        (Part::Person { .. } | Part::State { .. } | Part::Adjective { .. }, None) => true,
        (Part::Other { id }, None) => id.kind() == EntityKind::Org,
        // "وزيرا خارجية البلدين", "حكومتي البلدين".
        (Part::Anaphor(Anaphor::Pair { .. } | Anaphor::Trio), None) => {
            scan.language == Language::Arabic && matches!(last.part, Part::Title { .. } | Part::Body)
        }
        (Part::Bloc { .. }, None) => matches!(last.part, Part::Title { .. } | Part::Body | Part::Institution),
        (Part::Title { .. } | Part::Body | Part::Institution, owner) => title_joins(scan, world, so_far, rest, owner),
        _ => false,
    }
}

/// A title after a name is an apposition ("Lavrov, the Russian foreign minister") only where it has the same owner:
/// in "استقبل السيسي وزير الخارجية الروسي" the minister is somebody else. In Arabic a title stands before its state.
fn title_joins(scan: &Scan<'_>, world: &World, so_far: &[Piece], rest: &[Piece], owner: Option<EntityId>) -> bool {
    let last = &so_far[so_far.len() - 1];
    match last.part {
        Part::Title { .. } | Part::Body | Part::Institution => true,
        Part::Person { .. } => {
            // "the Reagan administration".
            let lone = so_far.len() == 1 && rest[0].part == Part::Body && last.tokens.end == rest[0].tokens.start;
            if lone && scan.language == Language::English {
                return true;
            }
            let after = rest.get(1).filter(|p| p.tokens.start <= rest[0].tokens.end + 2);
            let its_owner = after.and_then(|piece| piece_state(world, piece));
            its_owner.is_some() && its_owner == owner || arabic::own_titles(scan, world, so_far, rest)
        }
        // "La Russie, ministre …" is no phrase; "российский министр" and 俄罗斯外长 are.
        Part::State { .. } => {
            matches!(scan.language, Language::English | Language::Chinese)
                || arabic::own_titles(scan, world, so_far, rest)
        }
        Part::Other { ref id } if id.kind() == EntityKind::Place => scan.language == Language::English,
        Part::Adjective { .. } if scan.language == Language::Arabic => is_style(world, rest),
        Part::Adjective { .. } => matches!(scan.language, Language::English | Language::Russian | Language::Chinese),
        _ => matches!(scan.language, Language::English | Language::Chinese),
    }
}

/// "وزير الخارجية السعودي الأمير فيصل بن فرحان": a royal style before the name of who holds the office.
fn is_style(world: &World, rest: &[Piece]) -> bool {
    let [Piece { part: Part::Title { office }, tokens, .. }, Piece { part: Part::Person { .. }, tokens: name, .. }, ..] =
        rest
    else {
        return false;
    };
    tokens.end == name.start && world.office_level(office) == Some("royal")
}

fn is_state(part: &Part) -> bool {
    matches!(part, Part::State { .. } | Part::Adjective { .. })
}

fn is_head(part: &Part) -> bool {
    matches!(
        part,
        Part::Title { .. }
            | Part::Body
            | Part::Institution
            | Part::Person { .. }
            | Part::Style { .. }
            | Part::Anaphor(Anaphor::Pair { .. })
    )
}

fn at_possessive(scan: &Scan<'_>, start: usize) -> bool {
    (1..=2)
        .filter_map(|back| start.checked_sub(back))
        .any(|at| matches!(scan.word(at), "its" | "his" | "her" | "their"))
}

/// "نظيره الإيراني": a counterpart whose state is told.
fn of_adjective(scan: &Scan<'_>, hit: &ClassHit<'_>) -> bool {
    let next = scan.names.iter().find(|named| named.tokens.start == hit.tokens.end);
    next.is_some_and(|named| named.entries.iter().any(|form| matches!(form.entry, NameEntry::Adjective { .. })))
}

/// "his counterpart" and "her counterpart", but not "his Turkish counterpart", who is named.
fn possessed(scan: &Scan<'_>, hit: &ClassHit<'_>) -> bool {
    hit.tokens.start.checked_sub(1).is_some_and(|at| scan.begins_class(at, "possessive-pronoun"))
}

/// Whether an article stands before a word.
fn is_definite(scan: &Scan<'_>, hit: &ClassHit<'_>) -> bool {
    if scan.language == Language::Arabic {
        hit.article || hit.canonical.split(' ').skip(1).any(|word| word.starts_with("ال"))
    } else {
        hit.tokens.start.checked_sub(1).is_some_and(|at| matches!(scan.word(at), "the" | "its" | "his"))
    }
}

fn piece_state(world: &World, piece: &Piece) -> Option<EntityId> {
    match &piece.part {
        Part::State { id, .. } | Part::Adjective { id } | Part::Style { id } => Some(id.clone()),
        Part::Other { id } if id.kind() == EntityKind::Org => Some(id.clone()),
        Part::Person { id } => world.entity(id)?.state.clone(),
        Part::Title { .. } => piece.owner.clone(),
        _ => None,
    }
}

/// Whether only words stand between two pieces that may stand inside a phrase: articles, honorifics, "of".
fn gap_is_open(scan: &Scan<'_>, last: &Piece, next: &Piece, gap: usize) -> bool {
    if scan.language == Language::Arabic {
        let lam_of_office = matches!(last.part, Part::Title { .. }) && *next.proclitics == [Proclitic::For];
        let bare = next.proclitics.is_empty() || lam_of_office;
        // A title after a name is an apposition only when it is definite or in construct with a state.
        let counts = |t: usize| matches!(next.part, Part::Bloc { .. }) && scan.is_numeral(t);
        let open = |t: usize| scan.begins_class(t, "honorific") || counts(t);
        if bare && gap == 1 && arabic::described(scan, last, next) {
            return true;
        }
        return bare && (last.tokens.end..next.tokens.start).all(open) && gap <= 4;
    }
    if has_own_grammar(scan.language) {
        return gap_is_open_by_grammar(scan, last, next);
    }
    let between = last.tokens.end..next.tokens.start;
    let of = matches!(last.part, Part::Title { .. } | Part::Body | Part::Institution)
        && matches!(next.part, Part::State { .. } | Part::Other { .. } | Part::Bloc { .. });
    let body = |id: &EntityId| id.kind() == EntityKind::Org;
    let owns = matches!(&last.part, Part::State { .. } | Part::Adjective { .. })
        || matches!(&last.part, Part::Other { id } if body(id));
    let modifies = owns && matches!(next.part, Part::Title { .. } | Part::Body | Part::Institution);
    let apposition =
        matches!(last.part, Part::Person { .. }) && matches!(next.part, Part::Title { .. } | Part::Adjective { .. });
    between.clone().all(|t| {
        let word = scan.word(t);
        match word {
            "the" | "'s" | "'" => true,
            "all" => of,
            _ if of && scan.is_numeral(t) => true,
            "of" | "to" if of => word == "of",
            "," => apposition && gap <= 2,
            "-" => false,
            _ if scan.begins_class(t, "honorific") => true,
            // "Britain's Export Credits Guarantee Department".
            _ => modifies && (gap <= 2 || scan.is_capital(t) && !scan.all_caps) && !function_word(scan, t),
        }
    })
}

/// The same for the languages that differ only in their little words.
fn gap_is_open_by_grammar(scan: &Scan<'_>, last: &Piece, next: &Piece) -> bool {
    let grammar = grammar(scan.language);
    let between = last.tokens.end..next.tokens.start;
    let heads = |part: &Part| matches!(part, Part::Title { .. } | Part::Body);
    let names = |part: &Part| matches!(part, Part::State { .. } | Part::Other { .. } | Part::Bloc { .. });
    let of = heads(&last.part) && (names(&next.part) || heads(&next.part))
        || scan.language == Language::Chinese && is_state(&last.part);
    let person_next = matches!(next.part, Part::Person { .. });
    let apposition = matches!(last.part, Part::Person { .. }) && heads(&next.part)
        || grammar.comma_before_person && person_next && !matches!(last.part, Part::Person { .. });
    let modified = heads(&last.part) && is_state(&next.part) || is_state(&last.part) && heads(&next.part);
    let mut unknown = 0;
    between.clone().all(|t| {
        let word = scan.word(t);
        if scan.begins_class(t, "honorific") || scan.begins_class(t, "former") {
            return true;
        }
        if word == "," {
            return apposition;
        }
        if grammar.articles.contains(&word) {
            return of || apposition;
        }
        if grammar.of.contains(&word) || of && scan.is_numeral(t) {
            return of;
        }
        unknown += 1;
        let is_small = scan.sentence.tokens[t].span.of(scan.text).starts_with(char::is_lowercase);
        grammar.loose && modified && unknown <= 1 && is_small && !function_word(scan, t)
    })
}

fn function_word(scan: &Scan<'_>, token: usize) -> bool {
    ["preposition", "conjunction", "relative", "complementizer", "subordinator", "auxiliary"]
        .iter()
        .any(|class| scan.begins_class(token, class))
        || scan.is_strong_boundary(token)
        || scan.word(token).chars().all(|c| !c.is_alphanumeric())
        || scan.finite_verb_at(token)
}

fn phrase(world: &World, day: Option<Date>, pieces: &[Piece]) -> Phrase {
    let tokens = pieces[0].tokens.start..pieces[pieces.len() - 1].tokens.end;
    let person = pieces.iter().find_map(|p| if let Part::Person { id } = &p.part { Some(id.clone()) } else { None });
    // "الأمير محمد ولي العهد": a prince is known by his office, where he has one.
    let titles =
        || pieces.iter().filter_map(|p| if let Part::Title { office } = &p.part { Some(office) } else { None });
    let office = titles().find(|office| *office != "prince").or(titles().next()).cloned();
    let has_body = pieces.iter().any(|p| matches!(p.part, Part::Body | Part::Institution));
    let owners: Vec<EntityId> = owners(world, day, pieces, person.as_ref());
    let anaphor = pieces.iter().find_map(|p| if let Part::Anaphor(a) = p.part { Some(a) } else { None });
    let first = &pieces[0].part;
    let kind = match (first, anaphor) {
        // "نظيره إيمانويل ماكرون": the name says who it is.
        (_, Some(Anaphor::Counterpart)) if person.is_some() && !owners.is_empty() => PhraseKind::Actor,
        // "The two French ministers" are no pair of states.
        (_, Some(anaphor)) if !matches!(anaphor, Anaphor::Pair { .. }) || owners.is_empty() => {
            PhraseKind::Anaphor(anaphor)
        }
        // One Kazakh acts for nobody.
        (Part::People { one: true, .. }, _) => PhraseKind::Adjective,
        (Part::Adjective { .. }, _) if office.is_none() && !has_body && person.is_none() => PhraseKind::Adjective,
        (Part::Other { id }, _) if id.kind() == EntityKind::Agreement => PhraseKind::Agreement,
        (Part::Other { id }, _) if id.kind() == EntityKind::Media => PhraseKind::Outlet,
        (Part::Other { id }, _) if id.kind() == EntityKind::Place => PhraseKind::Place,
        (Part::Seat { .. }, _) => PhraseKind::Place,
        _ if owners.is_empty() && office.is_some() => PhraseKind::Anaphor(Anaphor::Office),
        _ if owners.is_empty() && has_body && pieces[0].enclitic.is_some() => PhraseKind::Anaphor(Anaphor::OwnCountry),
        _ if owners.is_empty() && pieces.iter().any(|p| p.part == Part::Institution) => {
            PhraseKind::Anaphor(Anaphor::TheCountry)
        }
        _ if owners.is_empty() => PhraseKind::Place,
        _ => PhraseKind::Actor,
    };
    Phrase {
        tokens,
        kind,
        ids: owners,
        personal: person.is_some()
            || office.is_some()
            || pieces.iter().any(|p| matches!(p.part, Part::Introduced { .. } | Part::Style { .. })),
        named: person.is_some(),
        person,
        office,
        preposition: None,
        coordinated: false,
        possessive: false,
        object: false,
        adjectival: pieces.len() > 1 && pieces.iter().any(|p| matches!(p.part, Part::Adjective { .. })),
        body: has_body,
    }
}

/// Whom the pieces act for: a named state or organisation first, then the office that the person held that day.
fn owners(world: &World, day: Option<Date>, pieces: &[Piece], person: Option<&EntityId>) -> Vec<EntityId> {
    for piece in pieces {
        match &piece.part {
            Part::State { id, .. } | Part::Adjective { id } | Part::People { id, .. } | Part::Other { id } => {
                return vec![id.clone()];
            }
            Part::Title { .. } if piece.owner.is_some() => return piece.owner.iter().cloned().collect(),
            Part::Bloc { name, .. } => return world.bloc_members(name, day),
            Part::Introduced { ids } => return ids.clone(),
            Part::Seat { id } | Part::Style { id } => return vec![id.clone()],
            _ => {}
        }
    }
    let known = |piece: &Piece| !is_to_come(world, day, piece);
    let person = person.filter(|_| pieces.iter().all(known)).and_then(|person| represented(world, person, day));
    person.or_else(|| pieces.iter().find_map(only_server)).into_iter().collect()
}

/// Offices that only one actor has, so that the title alone tells whom it serves.
const SOLE: [(&str, &str); 3] =
    [("pope", "VAT"), ("eu-commission-president", "org:eu"), ("eu-high-representative", "org:eu")];

fn only_server(piece: &Piece) -> Option<EntityId> {
    let Part::Title { office } = &piece.part else { return None };
    SOLE.iter().find(|(sole, _)| sole == office)?.1.parse().ok()
}

/// States that took the seat of another, and the first day on which they had it.
const SUCCESSORS: [(&str, &str, Date); 3] = [
    ("RUS", "SUN", Date::constant(1991, 12, 26)),
    ("CZE", "CSK", Date::constant(1993, 1, 1)),
    ("org:eu", "org:ec", Date::constant(1993, 11, 1)),
];

/// Moscow in 1987 is the Soviet Union.
pub(crate) fn precede(day: Option<Date>, ids: &mut [EntityId]) {
    let Some(day) = day else { return };
    for (successor, before, first) in SUCCESSORS {
        for id in ids.iter_mut().filter(|id| id.as_str() == successor && day < first) {
            *id = before.parse().expect("an alpha-3 code is an id");
        }
    }
}

/// So many years before their first office nobody is in the news.
const YOUTH: i16 = 20;

/// The state or organisation that a person acts for on a day: by tenure, else by the state of the person.
fn represented(world: &World, person: &EntityId, day: Option<Date>) -> Option<EntityId> {
    if let Some(held) = day.and_then(|day| world.tenures_of(person).find(|tenure| tenure.covers(day))) {
        return Some(held.actor.clone());
    }
    let first = world.tenures_of(person).filter_map(|tenure| tenure.from?.not_before()).min();
    let known = first.zip(day).is_none_or(|(first, day)| first.year() <= day.year() + YOUTH);
    world.entity(person)?.state.clone().filter(|_| known)
}

/// Whether a family name is that of somebody who holds their first office only years after a day: in a text of 2009, ميرتس is the Swiss president of the day and not the
/// German chancellor of another.
fn is_to_come(world: &World, day: Option<Date>, piece: &Piece) -> bool {
    const YEARS: i16 = 5;
    let (Part::Person { id: person }, Some(day), 1) = (&piece.part, day, piece.tokens.len()) else { return false };
    let firsts = world.tenures_of(person).map(|tenure| tenure.from.and_then(EventDate::not_before));
    firsts.min().flatten().is_some_and(|first| first.year() > day.year() + YEARS)
}

/// Arabic directions that stand as prepositions too.
const DIRECTIONS: [&str; 8] = ["شمال", "جنوب", "شرق", "غرب", "داخل", "خارج", "وسط", "قرب"];

/// Whether a preposition ends a verb of several words that has no slot for it.
fn is_particle(scan: &Scan<'_>, preposition: &ClassHit<'_>) -> bool {
    let slot = Slot::Preposition(preposition.canonical.to_owned());
    let verbs = scan.triggers.iter().filter(|hit| {
        hit.form != Form::Noun
            && hit.tokens.len() > 1
            && hit.tokens.end == preposition.tokens.end
            && hit.trigger.is_verb
    });
    let mut slots = verbs.map(|hit| hit.trigger.arguments.iter().any(|argument| argument.slot == slot)).peekable();
    slots.peek().is_some() && !slots.any(|has_slot| has_slot)
}

/// The preposition that governs a piece: its own proclitic, or the word before it past articles and quantifiers.
fn preposition(scan: &Scan<'_>, piece: &Piece) -> Option<String> {
    for proclitic in &piece.proclitics {
        match proclitic {
            Proclitic::By => return Some("ب".to_owned()),
            Proclitic::For => return Some("ل".to_owned()),
            Proclitic::Like => return Some("ك".to_owned()),
            Proclitic::And | Proclitic::So | Proclitic::Will => {}
        }
    }
    if !piece.proclitics.is_empty() {
        return None;
    }
    let mut at = piece.tokens.start;
    for _ in 0..4 {
        at = at.checked_sub(1)?;
        if let Some(hit) =
            scan.of_class("preposition").filter(|hit| hit.tokens.end == at + 1).max_by_key(|h| h.tokens.len())
        {
            // "called in the envoy": the particle of a verb leads nothing in.
            if scan.language == Language::English && is_particle(scan, hit) {
                return None;
            }
            // "على شمال سوريا": the direction lies between the preposition and its noun.
            let direction = scan.language == Language::Arabic && DIRECTIONS.contains(&hit.canonical);
            let outer = at.checked_sub(1).filter(|_| direction).and_then(|before| {
                scan.of_class("preposition").find(|hit| hit.tokens.end == before + 1 && hit.tokens.len() == 1)
            });
            return Some(outer.unwrap_or(hit).canonical.to_owned());
        }
        let token = &scan.sentence.tokens[at];
        let skippable = scan.begins_class(at, "honorific")
            || scan.begins_class(at, "quantifier")
            || scan.begins_class(at, "type-noun")
            || matches!(token.norm.as_str(), "the" | "a" | "an" | "both" | "\"" | "«" | "“" | "'")
            || has_own_grammar(scan.language) && grammar(scan.language).articles.contains(&token.norm.as_str())
            || scan.is_numeral(at);
        let modifier = !matches!(scan.language, Language::Arabic | Language::Chinese)
            && !function_word(scan, at)
            && at + 1 == piece.tokens.start;
        if !skippable && !modifier {
            return None;
        }
        // "بفخامة الرئيس": the preposition is written on the honorific.
        if scan.language == Language::Arabic {
            for (proclitic, written) in [(Proclitic::By, "ب"), (Proclitic::For, "ل"), (Proclitic::Like, "ك")] {
                if scan.class_proclitics(at).contains(&proclitic) {
                    return Some(written.to_owned());
                }
            }
        }
    }
    None
}

/// "On a trip to Morocco, the Spanish minister praised": behind the comma stands the subject of a clause.
fn opens_clause(scan: &Scan<'_>, before: &Phrase, phrase: &Phrase) -> bool {
    let gap = before.tokens.end..phrase.tokens.start;
    let joined = gap.clone().any(|at| scan.tags[at] == Tag::Conjunction);
    let verb = matches!(scan.tags.get(phrase.tokens.end), Some(Tag::Verb(Form::Past | Form::Present) | Tag::Auxiliary));
    scan.language == Language::English
        && scan.tags.get(gap.start) == Some(&Tag::Comma)
        && !joined
        && verb
        && !before.coordinated
}

/// "… to Mali, the president said": behind the comma stands a speaker, not one more of a list.
fn speaks(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    let behind_comma = phrase.tokens.start.checked_sub(1).is_some_and(|at| matches!(scan.word(at), "," | "the"));
    scan.language != Language::Arabic
        && behind_comma
        && scan.reporting.iter().any(|hit| hit.tokens.start == phrase.tokens.end)
}

/// Joined by "and": the conjunction may stand on the word itself (و) or before it, or a comma in a list.
fn coordinated(scan: &Scan<'_>, before: &Phrase, piece: &Piece) -> bool {
    let Some(gap) = piece.tokens.start.checked_sub(before.tokens.end) else { return false };
    if piece.proclitics.contains(&Proclitic::And) {
        return gap == 0 || gap == 1 && scan.word(before.tokens.end) == "،";
    }
    if has_own_grammar(scan.language) {
        return coordinated_by_grammar(scan, before.tokens.end..piece.tokens.start);
    }
    let mut end = piece.tokens.start;
    if scan.language == Language::English {
        // "Mr Putin and the visiting Mr Xi", "Chad and its neighbour Niger".
        let small = |at: usize| {
            scan.begins_class(at, "honorific")
                || scan.begins_class(at, "determiner")
                || scan.begins_class(at, "quantifier")
                || scan.begins_class(at, "counterpart")
                || scan.is_numeral(at)
        };
        while end > before.tokens.end && small(end - 1) {
            end -= 1;
        }
    }
    let between: Vec<&str> = (before.tokens.end..end).map(|t| scan.word(t)).collect();
    matches!(
        between.as_slice(),
        ["and" | "," | "-" | "–" | "و" | "&"]
            | ["and" | ",", "the"]
            | [",", "and"]
            | [",", "and", "the"]
            | ["and", "his" | "her"]
            | ["as", "well", "as"]
            | [",", "as", "well", "as"]
            | ["along" | "together", "with"]
            | [",", "along" | "together", "with"]
    )
}

/// One mark or "and", with the little words that may follow it: "et de l'", "и". Chinese may write nothing at all: 中美.
fn coordinated_by_grammar(scan: &Scan<'_>, between: Range<usize>) -> bool {
    let grammar = grammar(scan.language);
    if between.is_empty() {
        return scan.language == Language::Chinese;
    }
    let joins = |t: usize| matches!(scan.word(t), "," | "-" | "–" | "—") || grammar.and.contains(&scan.word(t));
    let little = |t: usize| {
        joins(t)
            || grammar.articles.contains(&scan.word(t))
            || grammar.of.contains(&scan.word(t))
            || scan.begins_class(t, "preposition")
            || scan.begins_class(t, "possessive-pronoun")
    };
    between.len() <= 4 && joins(between.start) && between.into_iter().all(little)
}

/// In "with Egypt, Jordan and Iraq" the preposition governs all three, unless a later one has its own.
fn inherit_prepositions(phrases: &mut [Phrase]) {
    for at in 1..phrases.len() {
        if phrases[at].coordinated && phrases[at].preposition.is_none() {
            phrases[at].preposition = phrases[at - 1].preposition.clone();
        }
    }
}

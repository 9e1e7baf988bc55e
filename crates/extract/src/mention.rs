//! Names, demonyms, titles and state bodies joined to the noun phrases that take part in events.
//!
//! "الرئيس الكازاخستاني قاسم جومارت توكاييف", "the Turkish foreign minister" and "Kazakhstan's government" are one
//! phrase each and act for one state. An adjective without a title or a body ("the Russian economy") is no actor,
//! but may say between whom a noun is ("Saudi-Iranian talks").

mod amend;
mod arabic;
mod coordination;
mod denote;
mod join;
mod piece;
mod preposition;

pub(crate) use amend::is_recipient;
pub(crate) use denote::precede;

use crate::introduced::Introduced;
use crate::office;
use crate::scan::Scan;
use amend::{add_name, demote_modifiers, fold_acronyms, name_counterparts, share_state};
use chancery_model::{EntityId, EntityKind, Language, Span, World};
use chancery_text::Proclitic;
use compact_str::CompactString;
use coordination::{coordinated, opens_clause, promote_coordinated, share_heads, speaks};
use denote::phrase;
use jiff::civil::Date;
use join::joined;
use piece::{Part, is_complete, pieces};
use preposition::{inherit_prepositions, preposition};
use smallvec::SmallVec;
use std::ops::Range;

/// The Arabic conjunction that joins the word behind it.
pub(crate) const CONJUNCTION: char = 'و';

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
    /// "the four governments": as many as were named together; "those countries": those named together last.
    Several(Option<u8>),
    /// "his counterpart", نظيره: the other side of the subject.
    Counterpart,
    /// "he", "she", "they" as subject.
    Pronoun,
    /// "the agreement", القرار: those who did what was told last.
    Event,
}

/// Whom something denotes: mostly one.
pub(crate) type Ids = SmallVec<[EntityId; 1]>;

/// A noun phrase.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: PhraseKind,
    /// Whom it denotes; several for blocs and pairs, none before resolution.
    pub(crate) ids: Ids,
    pub(crate) person: Option<EntityId>,
    /// Whether the text names the person; else they are known by the office alone.
    pub(crate) named: bool,
    pub(crate) office: Option<CompactString>,
    /// Whether it holds a title or a person, so that it can travel, meet and speak.
    pub(crate) personal: bool,
    /// The preposition that governs it, normalised.
    pub(crate) preposition: Option<CompactString>,
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

    /// Where it stands, without a conjunction that is joined to its first word: "وإسرائيل" names "إسرائيل".
    pub(crate) fn name_span(&self, scan: &Scan<'_>) -> Span {
        let (span, tokens) = (self.span(scan), &scan.sentence.tokens);
        let stands_alone = || self.tokens.start > 0 && tokens[self.tokens.start - 1].norm.chars().eq([CONJUNCTION]);
        let joined = |split: &chancery_text::Split| split.proclitics.first() == Some(&Proclitic::And);
        let is_joined = || self.coordinated && !stands_alone() && tokens[self.tokens.start].splits.iter().any(joined);
        match span.of(scan.text).strip_prefix(CONJUNCTION) {
            Some(_) if is_joined() => Span::new(span.start + CONJUNCTION.len_utf8(), span.end),
            _ => span,
        }
    }

    /// Whether it can fill a slot of an actor.
    pub(crate) fn is_actor(&self) -> bool {
        self.kind == PhraseKind::Actor || matches!(self.kind, PhraseKind::Anaphor(_))
    }
}

/// The noun phrases of a sentence, in order.
pub(crate) fn phrases(scan: &Scan<'_>, world: &World, day: Option<Date>, introduced: &mut Introduced) -> Vec<Phrase> {
    let mut pieces = pieces(scan, introduced);
    pieces.retain(|piece| is_complete(scan, world, day, piece));
    let mut phrases: Vec<Phrase> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let end = joined(scan, world, day, &pieces, at);
        let mut phrase = phrase(world, day, &pieces[at..end]);
        phrase.preposition = preposition(scan, &pieces[at]);
        // "تدين إيران وطهران تتوعد": a state is not joined to itself.
        let again =
            |before: &Phrase| !phrase.ids.is_empty() && phrase.ids == before.ids && !phrase.personal && !phrase.body;
        phrase.coordinated = phrases.last().is_some_and(|before| {
            coordinated(scan, before, &pieces[at]) && !opens_clause(scan, before, &phrase) && !again(before)
        }) && !speaks(scan, &phrase);
        if scan.language == Language::Arabic && phrase.personal {
            arabic::take_honorifics(scan, phrases.last(), &mut phrase);
        }
        // "its foreign minister", "his defence secretary": of the subject's state.
        if scan.language == Language::English
            && at_possessive(scan, phrase.tokens.start)
            && (phrase.kind == PhraseKind::Anaphor(Anaphor::Office)
                || phrase.kind != PhraseKind::Anaphor(Anaphor::Counterpart)
                    && phrase.body
                    && phrase.ids.is_empty()
                    && !scan.begins_class(phrase.tokens.start, "embassy"))
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
    share_state(scan, &mut phrases);
    if scan.language == Language::Arabic {
        arabic::part_headline(scan, &mut phrases);
        arabic::house(scan, &mut phrases);
        arabic::serve(scan, world, day, &mut phrases);
        arabic::at_home(scan, &mut phrases);
        arabic::demote_hosts(scan, &mut phrases);
    }
    phrases
}

/// Whether the language joins phrases by [`grammar`]; Arabic and English have rules of their own below.
fn has_own_grammar(language: Language) -> bool {
    !matches!(language, Language::Arabic | Language::English)
}

fn at_possessive(scan: &Scan<'_>, start: usize) -> bool {
    (1..=2)
        .filter_map(|back| start.checked_sub(back))
        .any(|at| matches!(scan.word(at), "its" | "his" | "her" | "their" | "whose"))
}

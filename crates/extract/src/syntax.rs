//! Parts of speech, noun groups and subjects, as far as the slots of an event need them.
//!
//! A word is what the closed classes, the lexicons and its neighbours make it: "visits" behind a name and before an
//! object is a verb, behind an adjective a noun; رفض at the head of a clause before a definite noun is a verb, behind a
//! preposition a verbal noun. Whatever no table knows is a noun. Groups are runs of nouns with what stands before them;
//! a group that ends in no actor ("UK steel-makers") is nobody that acts.

mod arabic;
mod english;
mod subject;

pub(crate) use arabic::{
    agrees_with, is_accusative, is_feminine_verb, is_first_person, is_resumed, is_vocalised_passive, takes_up,
};
pub(crate) use english::joins_clauses;

use crate::lexicon::{Form, ReportingKind};
use crate::mention::Phrase;
use crate::scan::Scan;
use chancery_model::Language;
use smallvec::SmallVec;
use std::cell::OnceCell;
use std::ops::Range;

/// What a token does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Ends a clause: full stop, colon, semicolon.
    Stop,
    Comma,
    /// A quotation mark, a bracket, a dash.
    Mark,
    Preposition,
    Conjunction,
    Complementizer,
    Relative,
    Subordinator,
    Determiner,
    Pronoun,
    /// A form of be or have, a modal, "to" before an infinitive, an Arabic verbal particle.
    Auxiliary,
    Adverb,
    Number,
    /// "'s".
    Possessive,
    Verb(Form),
    /// A noun or an adjective.
    Noun,
}

impl Tag {
    pub(crate) fn is_verb(self) -> bool {
        matches!(self, Self::Verb(_))
    }

    /// Whether a noun group can hold it.
    fn is_nominal(self) -> bool {
        matches!(self, Self::Noun | Self::Determiner | Self::Number | Self::Possessive)
    }
}

/// What each token of a sentence does.
pub(crate) type Tags = SmallVec<[Tag; 32]>;

/// The tags of a sentence.
pub(crate) fn tags(scan: &Scan<'_>) -> Tags {
    let tag = if scan.language == Language::Arabic { arabic::tag } else { english::tag };
    let mut tags = Tags::new();
    for token in 0..scan.sentence.tokens.len() {
        let next = tag(scan, &tags, token);
        tags.push(next);
    }
    if scan.language == Language::English {
        english::settle(scan, &mut tags);
    }
    tags
}

/// A noun group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) tokens: Range<usize>,
    /// Whether a preposition governs it: its token, or its own for an Arabic proclitic.
    pub(crate) preposition: Option<usize>,
    /// The phrase that it denotes: the one at its head.
    pub(crate) phrase: Option<usize>,
    /// Joined by "and" or a comma to the group before.
    pub(crate) coordinated: bool,
}

/// The noun groups of a sentence and what stands where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Syntax {
    pub(crate) groups: Vec<Group>,
    places: Vec<Place>,
}

/// What stands at a token.
#[derive(Clone, Debug, Default)]
struct Place {
    group: Option<usize>,
    /// The subject of the verb, as far as it was asked for: every trigger and every speech of a clause asks again.
    subject: OnceCell<Subject>,
}

/// Who does it, as far as the sentence shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A phrase that names or refers to somebody.
    Phrase(usize),
    /// Somebody or something that we do not know.
    Unknown,
    /// No subject stands there: dropped, or shared with another clause that we did not find.
    Absent,
}

impl Syntax {
    /// The noun groups of a sentence.
    pub(crate) fn new(scan: &Scan<'_>, phrases: &[Phrase]) -> Self {
        let groups = if scan.language == Language::Arabic {
            arabic::groups(scan, phrases)
        } else {
            english::groups(scan, phrases)
        };
        let mut places = vec![Place::default(); scan.sentence.tokens.len()];
        for (index, group) in groups.iter().enumerate() {
            for token in group.tokens.clone() {
                places[token].group = Some(index);
            }
        }
        Self { groups, places }
    }

    /// The group that holds a token.
    pub(crate) fn group_at(&self, token: usize) -> Option<usize> {
        self.places.get(token)?.group
    }

    /// The subject of the verb at `verb`.
    pub(crate) fn subject(&self, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Subject {
        *self.places[verb].subject.get_or_init(|| subject::of_verb(self, scan, phrases, verb))
    }

    /// The subject of the verb that an Arabic verb is joined to.
    pub(crate) fn joined_subject(&self, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Subject {
        arabic::joined_subject(self, scan, phrases, verb)
    }

    /// Whether an Arabic verb only tells of the indefinite noun before it: "زيارة دامت يومين".
    pub(crate) fn describes(&self, scan: &Scan<'_>, verb: usize) -> bool {
        arabic::described(self, scan, verb).is_some()
    }

    /// The noun group that is the subject of an English verb, whether or not it denotes somebody.
    pub(crate) fn subject_group(&self, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Option<usize> {
        subject::group_of_verb(self, scan, phrases, verb)
    }

    /// The subject of the clause around a noun: of the verb that governs it.
    pub(crate) fn clause_subject(&self, scan: &Scan<'_>, phrases: &[Phrase], noun: usize) -> Subject {
        subject::around(self, scan, phrases, noun)
    }

    /// The direct object of the verb whose last token is before `from`: the first group behind it that no preposition
    /// governs, the subject apart.
    pub(crate) fn object(&self, scan: &Scan<'_>, from: usize, subject: Subject) -> Option<&Group> {
        let skip = |group: &Group| match subject {
            Subject::Phrase(at) => group.phrase == Some(at),
            _ => false,
        };
        let (mut token, mut in_subject) = (from, false);
        while token < scan.tags.len() {
            match scan.tags[token] {
                Tag::Stop | Tag::Complementizer | Tag::Relative | Tag::Subordinator | Tag::Verb(_) => return None,
                Tag::Auxiliary | Tag::Conjunction | Tag::Comma if scan.language != Language::Arabic => return None,
                // "met in Basel (Switzerland)".
                Tag::Mark if scan.word(token) == "(" && scan.language == Language::English => return None,
                // "اتهم أستراليا بالطعن، مضيفا": what the subject does meanwhile is no object.
                Tag::Comma if says_meanwhile(scan, token + 1) => return None,
                _ => {}
            }
            if let Some(close) = arabic::aside(scan, token) {
                token = close + 1;
                continue;
            }
            match self.group_at(token) {
                Some(at) => {
                    let group = &self.groups[at];
                    // "وأدانت كولومبيا والبرازيل الإكوادور": who is joined to the subject is no object.
                    in_subject = skip(group) || in_subject && group.coordinated;
                    // "called in the envoy": the particle belongs to the verb.
                    if group.preposition.is_none_or(|at| at < from) && !in_subject {
                        return Some(group);
                    }
                    token = group.tokens.end;
                }
                None => token += 1,
            }
        }
        None
    }

    /// The group before the relative pronoun at `relative`.
    pub(crate) fn antecedent(&self, scan: &Scan<'_>, relative: usize) -> Option<&Group> {
        let noun = before(scan, relative)?;
        let noun = if scan.tags[noun] == Tag::Comma { before(scan, noun)? } else { noun };
        Some(&self.groups[self.group_at(noun)?])
    }

    fn denotes(&self, group: usize) -> Subject {
        self.groups[group].phrase.map_or(Subject::Unknown, Subject::Phrase)
    }
}

/// "مضيفا", "داعيا": a participle that says what the subject says or does meanwhile.
fn says_meanwhile(scan: &Scan<'_>, token: usize) -> bool {
    let says = |kind: ReportingKind| matches!(kind, ReportingKind::Say | ReportingKind::Continue);
    let reporting = scan.reporting.iter().filter(|hit| hit.tokens.start == token && hit.form == Form::Fixed);
    reporting.into_iter().any(|hit| says(hit.reporting.kind))
        || scan.triggers_at(token).iter().any(|hit| hit.form == Form::Fixed)
}

/// The last token before `token` that is no adverb.
fn before(scan: &Scan<'_>, token: usize) -> Option<usize> {
    (0..token).rev().find(|&at| scan.tags.get(at).is_some_and(|tag| *tag != Tag::Adverb))
}

/// The tag before, past adverbs and dates: in "Germany on Tuesday expelled" it is that of Germany.
fn previous(tags: &[Tag]) -> Option<Tag> {
    let mut end = tags.len();
    while let Some(at) = end.checked_sub(1) {
        match tags[at] {
            Tag::Adverb if at > 0 && tags[at - 1] == Tag::Preposition => end = at - 1,
            Tag::Adverb | Tag::Mark => end = at,
            tag => return Some(tag),
        }
    }
    None
}

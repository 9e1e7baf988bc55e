//! One sentence with every word of the lexicon found in it: the ground that all later stages stand on.

use crate::lexicon::{
    ClassBits, ClosedClasses, Cue, Form, LanguageLexicon, NameEntry, NameForm, Reporting, Trigger, WordEntry,
};
use crate::name::{Named, names};
use crate::syntax::{self, Tag, Tags};
use crate::trie::{Hit, Known};
use chancery_model::{CodePointSpan, Field, Language, Span, Topic};
use chancery_text::{Enclitic, Numeral, Proclitic, Proclitics, Sentence, Token, TokenKind};
use std::ops::{Deref, Range};

/// A sentence and what the lexicon knows of its words.
#[derive(Debug)]
pub(crate) struct Scan<'a> {
    pub(crate) language: Language,
    /// The whole field that the sentence stands in.
    pub(crate) text: &'a str,
    pub(crate) sentence: &'a Sentence,
    pub(crate) names: Vec<Named<'a>>,
    pub(crate) triggers: Vec<TriggerHit<'a>>,
    pub(crate) classes: Vec<ClassHit<'a>>,
    pub(crate) cues: Vec<CueHit<'a>>,
    pub(crate) reporting: Vec<ReportingHit<'a>>,
    pub(crate) topics: Vec<(Range<usize>, Topic)>,
    /// What each token does.
    pub(crate) tags: Tags,
    /// Whether the sentence is written in capitals, so that they tell nothing.
    pub(crate) all_caps: bool,
    /// What the lexicons say of each token.
    readings: Vec<Reading<'a>>,
    /// Of which classes there are words.
    present: ClassBits,
}

/// One token, and what the lexicons say of it.
#[derive(Clone, Debug, Default)]
struct Reading<'a> {
    /// Its normalised word: every rule asks for some.
    word: &'a str,
    /// Forms of verbs that begin here.
    verbs: VerbForms,
    /// Whether one of these verbs has no pronoun on it, and the pronoun of those that have one.
    bare: bool,
    pronoun: Option<Enclitic>,
    /// Whether a noun of the lexicon begins here.
    noun: bool,
    /// Whether it lies in a name, and whether one begins here.
    in_name: bool,
    starts_name: bool,
    /// The name or title that it lies in: an index into `names`.
    named: Option<usize>,
    /// Classes that begin here: those between these two indices into `classes`.
    classes: (usize, usize),
    /// Closed classes that begin here.
    closed: ClosedClasses,
    /// Closed classes of which it lies behind the first word of a member.
    inside: ClosedClasses,
    /// Whether a clause cannot reach across it.
    is_strong_boundary: bool,
    /// Whether a proclitic may be written on it.
    may_be_cut: bool,
}

/// Different forms of verbs, in the order in which they were found. A slice in all but its size.
#[derive(Clone, Copy, Debug)]
struct VerbForms {
    forms: [Form; FORMS],
    count: u8,
}

/// So many forms of verbs there are.
const FORMS: usize = 8;

impl VerbForms {
    fn add(&mut self, form: Form) {
        if !self.contains(&form) {
            self.forms[usize::from(self.count)] = form;
            self.count += 1;
        }
    }
}

impl Default for VerbForms {
    fn default() -> Self {
        Self { forms: [Form::Fixed; FORMS], count: 0 }
    }
}

impl Deref for VerbForms {
    type Target = [Form];

    #[inline]
    fn deref(&self) -> &[Form] {
        &self.forms[..usize::from(self.count)]
    }
}

impl<'a> Reading<'a> {
    fn new(token: &'a Token) -> Self {
        let may_be_cut = token.splits.iter().skip(1).any(|split| !split.proclitics.is_empty());
        let is_strong_boundary = token.kind == TokenKind::Punctuation
            && matches!(token.norm.as_str(), "." | "!" | "?" | "؟" | "؛" | ";" | ":" | "...");
        Self { word: &token.norm, may_be_cut, is_strong_boundary, ..Self::default() }
    }
}

/// A trigger in one of its forms.
#[derive(Clone, Debug)]
pub(crate) struct TriggerHit<'a> {
    pub(crate) tokens: Range<usize>,
    pub(crate) trigger: &'a Trigger,
    pub(crate) form: Form,
    pub(crate) proclitics: Proclitics,
    pub(crate) enclitic: Option<Enclitic>,
}

/// A member of a class of words.
#[derive(Clone, Debug)]
pub(crate) struct ClassHit<'a> {
    pub(crate) tokens: Range<usize>,
    pub(crate) class: &'a str,
    pub(crate) canonical: &'a str,
    pub(crate) closed: ClosedClasses,
    pub(crate) proclitics: Proclitics,
    pub(crate) article: bool,
    pub(crate) enclitic: Option<Enclitic>,
}

/// A cue of status.
#[derive(Clone, Debug)]
pub(crate) struct CueHit<'a> {
    pub(crate) tokens: Range<usize>,
    pub(crate) cue: &'a Cue,
    form: Form,
}

/// A word that reports speech.
#[derive(Clone, Debug)]
pub(crate) struct ReportingHit<'a> {
    pub(crate) tokens: Range<usize>,
    pub(crate) reporting: &'a Reporting,
    pub(crate) form: Form,
}

impl<'a> Scan<'a> {
    /// Finds every word of `lexicon` in `sentence`, which stands in `text`; `known` lends its memory.
    pub(crate) fn new(
        text: &'a str,
        sentence: &'a Sentence,
        language: Language,
        lexicon: &'a LanguageLexicon,
        known: &mut Known,
    ) -> Self {
        known.read(&sentence.tokens, &lexicon.vocabulary);
        let mut scan = Self {
            language,
            text,
            sentence,
            names: names(text, sentence, language, lexicon, known),
            triggers: Vec::with_capacity(8),
            classes: Vec::with_capacity(sentence.tokens.len() * 2),
            cues: Vec::new(),
            reporting: Vec::new(),
            topics: Vec::new(),
            tags: Tags::new(),
            // Arabic and Chinese have no capitals: looking for them took a tenth of the time.
            all_caps: !matches!(language, Language::Arabic | Language::Chinese) && is_all_caps(text, sentence),
            readings: sentence.tokens.iter().map(Reading::new).collect(),
            present: ClassBits::UNLISTED,
        };
        for start in 0..sentence.tokens.len() {
            if sentence.tokens[start].kind == TokenKind::Word {
                let (triggers, cues) = (scan.triggers.len(), scan.cues.len());
                lexicon.words.each_hit(&sentence.tokens, known, start, |hit| scan.add(hit, lexicon));
                if language == Language::English && !scan.readings[start].verbs.is_empty() {
                    scan.add_parted(start, (triggers, cues), known, lexicon);
                }
            }
        }
        scan.index_names();
        scan.keep_longest();
        scan.index_classes();
        scan.tags = syntax::tags(&scan);
        scan.keep_plausible();
        scan
    }

    /// "turned the request down", "agreed on Tuesday to restore": English verbs that are parted from their particle, or from "to" by a
    /// date. They win over the verb alone, whose hits begin at `alone`.
    fn add_parted(&mut self, verb: usize, alone: (usize, usize), known: &Known, lexicon: &'a LanguageLexicon) {
        let tokens = &self.sentence.tokens;
        if PARTICLES.contains(&self.word(verb + 1)) {
            return;
        }
        let far = (verb + 2..tokens.len().min(verb + 2 + PARTED)).find(|&at| !self.may_stand_inside(verb + 1..at));
        let end = far.unwrap_or(tokens.len().min(verb + 2 + PARTED));
        for at in verb + 2..end {
            let parted = if self.word(at) == "to" {
                (verb + 1..at).all(|t| self.is_temporal(t) || self.is_temporal(t + 1))
            } else {
                PARTICLES.contains(&self.word(at)) && !self.governs_noun(at)
            };
            if !parted {
                continue;
            }
            let mut hits = Vec::new();
            lexicon.words.each_hit_around(tokens, known, verb, &(verb + 1..at), |hit| {
                if hit.tokens.end == at + 1 {
                    hits.push(hit);
                }
            });
            if hits.is_empty() {
                continue;
            }
            if hits.iter().any(|hit| matches!(hit.payload, WordEntry::Trigger { .. })) {
                self.triggers.truncate(alone.0);
            }
            if hits.iter().any(|hit| matches!(hit.payload, WordEntry::Cue { .. })) {
                self.cues.truncate(alone.1);
            }
            for mut hit in hits.drain(..) {
                hit.tokens = verb..verb + 1;
                self.add(hit, lexicon);
            }
            return;
        }
    }

    /// Whether only nouns and what belongs to them stand between a verb and its particle.
    fn may_stand_inside(&self, mut tokens: Range<usize>) -> bool {
        tokens.all(|at| {
            let word = &self.sentence.tokens[at];
            word.kind != TokenKind::Punctuation
                && !matches!(word.norm.as_str(), "that" | "which" | "who" | "and" | "but" | "if")
        })
    }

    /// Whether a noun follows that this word may govern: "called in the envoy", but not "called the envoy in".
    fn governs_noun(&self, at: usize) -> bool {
        let next = at + 1;
        let word = self.sentence.tokens.get(next);
        let date = self.is_temporal(next) || self.is_temporal(next + 1);
        if date && matches!(self.word(at), "in" | "over") {
            return true;
        }
        let ends = word.is_none_or(|word| word.kind == TokenKind::Punctuation) || date;
        !ends
            && !matches!(
                self.word(next),
                "and"
                    | "but"
                    | "after"
                    | "before"
                    | "as"
                    | "to"
                    | "because"
                    | "when"
                    | "while"
                    | "over"
                    | "from"
                    | "for"
                    | "in"
                    | "of"
                    | "too"
            )
    }

    /// Puts names where their tokens are.
    fn index_names(&mut self) {
        for (index, named) in self.names.iter().enumerate() {
            self.readings[named.tokens.start].starts_name = true;
            let title = matches!(named.entries.first(), Some(NameForm { entry: NameEntry::Title { .. }, .. }));
            for token in named.tokens.clone() {
                self.readings[token].in_name |= !title;
                self.readings[token].noun |= title;
                self.readings[token].named = Some(index);
            }
        }
    }

    /// Puts classes where they begin.
    fn index_classes(&mut self) {
        // As all hits they stand in the order of the tokens.
        for (index, hit) in self.classes.iter().enumerate() {
            let classes = &mut self.readings[hit.tokens.start].classes;
            *classes = if classes.1 == 0 { (index, index + 1) } else { (classes.0, index + 1) };
            self.readings[hit.tokens.start].closed = self.readings[hit.tokens.start].closed.or(hit.closed);
            for reading in &mut self.readings[hit.tokens.start + 1..hit.tokens.end] {
                reading.inside = reading.inside.or(hit.closed);
            }
        }
    }

    /// Drops verbs where a noun stands and nouns where a verb does.
    fn keep_plausible(&mut self) {
        let arabic = self.language == Language::Arabic;
        let tags = &self.tags;
        let english = self.language == Language::English;
        let readings = &self.readings;
        let fits = |tokens: &Range<usize>, form: Form| {
            let tag = tags[tokens.start];
            match form {
                Form::Fixed => true,
                Form::Noun => !tag.is_verb() || tokens.len() > 1,
                // "hit", "agreed": in the form that its neighbours make of it.
                _ => match tag {
                    Tag::Verb(told) if english => told == form || !readings[tokens.start].verbs.contains(&told),
                    _ => tag.is_verb(),
                },
            }
        };
        self.triggers.retain(|hit| fits(&hit.tokens, hit.form));
        self.reporting.retain(|hit| fits(&hit.tokens, hit.form));
        self.cues.retain(|hit| !arabic || fits(&hit.tokens, hit.form));
    }

    fn add(&mut self, hit: Hit<'a, WordEntry>, lexicon: &'a LanguageLexicon) {
        let tokens = hit.tokens.clone();
        let arabic = self.language == Language::Arabic;
        match hit.payload {
            WordEntry::Trigger { trigger, form } => {
                let plausible = !arabic || if form.is_verb() { verb_cut(&hit, *form) } else { true };
                let headline = lexicon.triggers[*trigger as usize].headline;
                if plausible && (!headline || self.sentence.field == Field::Title && hit.first.proclitics.is_empty()) {
                    self.read(&tokens, *form, hit.enclitic);
                    self.triggers.push(TriggerHit {
                        tokens,
                        trigger: &lexicon.triggers[*trigger as usize],
                        form: *form,
                        proclitics: hit.first.proclitics,
                        enclitic: hit.enclitic,
                    });
                }
            }
            WordEntry::Class { member, form } => {
                let member = &lexicon.members[*member as usize];
                // "الله" is no "له" with an article, "الخاصة" no "خاصة".
                let cut =
                    hit.first.article && member.closed.meets(ClosedClasses::ADVERB.or(ClosedClasses::SUBORDINATOR));
                if arabic && (cut || member.closed.stand_bare() && joined(&hit)) {
                    return;
                }
                if *form == Form::Noun {
                    self.readings[tokens.start].noun = true;
                }
                self.present = self.present.or(member.bit);
                self.classes.push(ClassHit {
                    tokens,
                    class: &member.class,
                    canonical: &member.canonical,
                    closed: member.closed,
                    proclitics: hit.first.proclitics,
                    article: hit.first.article,
                    enclitic: hit.enclitic,
                });
            }
            WordEntry::Verb { form } => {
                if !arabic || verb_cut(&hit, *form) {
                    self.read(&tokens, *form, hit.enclitic);
                }
            }
            // "كما لم توقع": no "ما لم".
            WordEntry::Cue { .. } if arabic && hit.has_proclitic(Proclitic::Like) => {}
            // "سلم رسالة": no negation with the prefix of the future.
            WordEntry::Cue { form, .. } if arabic && !form.is_verb() && hit.has_proclitic(Proclitic::Will) => {}
            WordEntry::Cue { cue, form } => {
                if !arabic || !form.is_verb() || verb_cut(&hit, *form) {
                    self.read(&tokens, *form, hit.enclitic);
                    self.cues.push(CueHit { tokens, cue: &lexicon.cues[*cue as usize], form: *form });
                }
            }
            WordEntry::Reporting { reporting, form } => {
                if !arabic || !form.is_verb() || verb_cut(&hit, *form) {
                    self.read(&tokens, *form, hit.enclitic);
                    self.reporting.push(ReportingHit { tokens, reporting, form: *form });
                }
            }
            WordEntry::Topic(topic) => self.topics.push((tokens, *topic)),
        }
    }

    fn read(&mut self, tokens: &Range<usize>, form: Form, enclitic: Option<Enclitic>) {
        let reading = &mut self.readings[tokens.start];
        if form == Form::Noun {
            reading.noun = true;
        } else if form.is_verb() {
            reading.bare |= enclitic.is_none();
            reading.pronoun = reading.pronoun.or(enclitic);
            reading.verbs.add(form);
        }
    }

    /// Drops hits that lie inside a longer hit of their own kind, and second cuts of the same token.
    fn keep_longest(&mut self) {
        let inside = |a: &Range<usize>, b: &Range<usize>| b.start <= a.start && a.end <= b.end && b.len() > a.len();
        let long = |tokens: &Range<usize>| tokens.len() > 1;
        // "met at the palace": "met at", which tells nothing without a summit, leaves "met" its own sense.
        let may_fail = |t: &TriggerHit<'_>| {
            t.trigger.is_verb && !t.trigger.needs.is_empty() && !matches!(self.word(t.tokens.end - 1), "that" | "to")
        };
        let longer = self.triggers.iter().filter(|t| long(&t.tokens));
        let longer: Vec<_> = longer.map(|t| (t.tokens.clone(), t.trigger, may_fail(t))).collect();
        let english = self.language == Language::English;
        let hides = |t: &TriggerHit<'_>, range: &Range<usize>, trigger: &Trigger, fails: bool| {
            let other_sense = fails && range.start == t.tokens.start && t.trigger.sense != trigger.sense;
            inside(&t.tokens, range) && !(english && other_sense)
        };
        let hidden = |t: &TriggerHit<'_>| longer.iter().any(|(range, trigger, fails)| hides(t, range, trigger, *fails));
        self.triggers.retain(|t| !hidden(t));
        let (names, readings) = (&self.names, &self.readings);
        let in_name = |tokens: &Range<usize>| {
            readings[tokens.start].named.is_some_and(|named| tokens.end <= names[named].tokens.end)
        };
        self.triggers.retain(|t| !in_name(&t.tokens));
        let cues: Vec<_> = self.cues.iter().map(|c| c.tokens.clone()).filter(long).collect();
        self.cues.retain(|c| !cues.iter().any(|r| inside(&c.tokens, r)));
        self.classes.retain(|c| c.closed != ClosedClasses::PREPOSITION || !in_name(&c.tokens));
    }

    /// A place in this sentence, counted in code points of the field.
    pub(crate) fn code_points(&self, span: Span) -> CodePointSpan {
        let before = Span::new(self.sentence.span.start, span.start).of(self.text);
        let start = self.sentence.code_point_start + before.chars().count();
        CodePointSpan { start, end: start + span.of(self.text).chars().count() }
    }

    /// The normalised word of a token; empty beyond the ends.
    pub(crate) fn word(&self, token: usize) -> &str {
        self.readings.get(token).map_or("", |reading| reading.word)
    }

    /// The number that ends right before a token.
    pub(crate) fn numeral_before(&self, token: usize) -> Option<&Numeral> {
        self.sentence.numerals.iter().find(|numeral| numeral.tokens.end == token)
    }

    /// Whether a token is a number or a part of one.
    pub(crate) fn is_numeral(&self, token: usize) -> bool {
        self.sentence.numerals.iter().any(|numeral| numeral.tokens.contains(&token))
    }

    /// Whether there may be words of all classes that a trigger needs.
    pub(crate) fn may_have_needed(&self, trigger: &Trigger) -> bool {
        self.present.covers(trigger.needed)
    }

    /// Whether there may be a word of a class that a trigger forbids.
    pub(crate) fn may_have_forbidden(&self, trigger: &Trigger) -> bool {
        self.present.meets(trigger.forbidden)
    }

    /// Members of `class`, in order.
    pub(crate) fn of_class(&self, class: &'a str) -> impl Iterator<Item = &ClassHit<'a>> {
        self.classes.iter().filter(move |hit| hit.class == class)
    }

    /// Members of `class` that end right before a token.
    pub(crate) fn of_class_before(&self, token: usize, class: &str) -> impl Iterator<Item = &ClassHit<'a>> {
        self.classes.iter().filter(move |hit| hit.tokens.end == token && hit.class == class)
    }

    /// Whether the token begins a member of `class`.
    pub(crate) fn begins_class(&self, token: usize, class: &str) -> bool {
        self.classes_at(token).iter().any(|hit| hit.class == class)
    }

    /// Whether the token begins a member of one of these classes.
    pub(crate) fn begins_closed(&self, token: usize, classes: ClosedClasses) -> bool {
        self.readings.get(token).is_some_and(|reading| reading.closed.meets(classes))
    }

    /// Whether the token lies behind the first word of a member of one of these classes.
    pub(crate) fn in_closed(&self, token: usize, classes: ClosedClasses) -> bool {
        self.readings.get(token).is_some_and(|reading| reading.inside.meets(classes))
    }

    /// The members of classes that begin at a token.
    pub(crate) fn classes_at(&self, token: usize) -> &[ClassHit<'a>] {
        self.readings.get(token).map_or(&[], |reading| &self.classes[reading.classes.0..reading.classes.1])
    }

    /// The name or title that a token lies in.
    fn named_at(&self, token: usize) -> Option<&Named<'a>> {
        Some(&self.names[self.readings.get(token)?.named?])
    }

    /// The forms of verbs that the token may be.
    pub(crate) fn verb_forms(&self, token: usize) -> &[Form] {
        self.readings.get(token).map_or(&[], |reading| &reading.verbs)
    }

    /// Whether a noun of the lexicon begins at the token.
    pub(crate) fn noun_at(&self, token: usize) -> bool {
        self.readings.get(token).is_some_and(|reading| reading.noun)
    }

    /// Whether any lexicon knows the token.
    pub(crate) fn is_known(&self, token: usize) -> bool {
        let known = |r: &Reading<'_>| r.noun || r.in_name || !r.verbs.is_empty() || r.classes.1 > 0;
        self.readings.get(token).is_some_and(known) || self.topics.iter().any(|(tokens, _)| tokens.contains(&token))
    }

    /// Whether the token lies in a name of the gazetteer; titles are no names.
    pub(crate) fn in_name(&self, token: usize) -> bool {
        self.readings.get(token).is_some_and(|reading| reading.in_name)
    }

    /// Whether the token is the adjective of a state and nothing else: "Russian".
    pub(crate) fn is_demonym(&self, token: usize) -> bool {
        self.named_at(token).is_some_and(|named| {
            !named.entries.is_empty()
                && named.entries.iter().all(|form| matches!(form.entry, NameEntry::Adjective { .. }))
        })
    }

    /// Whether the name of a people stands at the token: الكينيون.
    pub(crate) fn is_people(&self, token: usize) -> bool {
        let people = |form: &&NameForm| matches!(form.entry, NameEntry::People { .. });
        self.named_at(token).is_some_and(|named| named.entries.iter().any(|form| people(&form)))
    }

    /// Whether a name or a title begins at the token.
    pub(crate) fn starts_name(&self, token: usize) -> bool {
        self.readings.get(token).is_some_and(|reading| reading.starts_name)
    }

    /// Whether the token begins with a capital letter.
    pub(crate) fn is_capital(&self, token: usize) -> bool {
        let Some(token) = self.sentence.tokens.get(token) else { return false };
        token.span.of(self.text).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether nothing stands between a token and the next.
    pub(crate) fn adjacent(&self, token: usize) -> bool {
        let tokens = &self.sentence.tokens;
        matches!((tokens.get(token), tokens.get(token + 1)), (Some(a), Some(b)) if a.span.end == b.span.start)
    }

    /// One past the dateline at the head of a sentence: "BEIJING, Aug 6 -", "طرابلس -", "الكويت - 22 - 4 (كونا) --",
    /// "أبوظبي في 24 أغسطس / وام /"; 0 where there is none.
    pub(crate) fn dateline_end(&self) -> usize {
        let arabic = self.language == Language::Arabic;
        let dash = |at: usize| {
            matches!(self.word(at), "-" | "–" | "—" | "--") && !(self.adjacent(at - 1) && self.adjacent(at))
                || arabic && self.word(at) == "/"
        };
        let place = |at: usize| {
            self.in_name(at)
                || self.is_temporal(at)
                || self.sentence.tokens[at].kind != TokenKind::Word
                || self.is_capital(at)
                || arabic && (!self.is_known(at) || self.word(at) == "في")
        };
        if !self.in_name(0) {
            return 0;
        }
        let (mut end, mut slashes) = (0, 0);
        for at in 1..self.sentence.tokens.len().min(DATELINE) {
            if dash(at) {
                slashes += usize::from(self.word(at) == "/");
                end = if slashes == 1 { end } else { at + 1 };
                if !arabic {
                    break;
                }
            } else if !place(at) {
                break;
            }
        }
        end
    }

    /// Whether the token is part of a date or a time.
    pub(crate) fn is_temporal(&self, token: usize) -> bool {
        let inside = self.sentence.temporals.iter().any(|temporal| temporal.tokens.contains(&token));
        inside && !self.is_given_name(token)
    }

    /// "Minister Jan Hamacek": a given name and no month.
    pub(crate) fn is_given_name(&self, token: usize) -> bool {
        let alone = self.sentence.temporals.iter().any(|temporal| temporal.tokens == (token..token + 1));
        let before = token.checked_sub(1).is_none_or(|at| self.is_capital(at) || self.word(at) == "and");
        self.language == Language::English
            && alone
            && (before || self.word(token) == "jan")
            && matches!(self.word(token), "jan" | "april" | "june" | "august")
            && self.is_capital(token + 1)
            && self.sentence.tokens.get(token + 1).is_some_and(|next| next.kind == TokenKind::Word)
            && !self.sentence.temporals.iter().any(|temporal| temporal.tokens.contains(&(token + 1)))
    }

    /// The proclitics of an unknown word: those before its article, or an "and".
    pub(crate) fn proclitics(&self, token: usize) -> Proclitics {
        let Some(here) = self.sentence.tokens.get(token) else { return Proclitics::default() };
        let cut = here.splits.iter().skip(1).find(|split| split.enclitic.is_none() && !split.proclitics.is_empty());
        cut.map(|split| split.proclitics).unwrap_or_default()
    }

    /// The proclitics of the first member of a class that begins at a token.
    pub(crate) fn class_proclitics(&self, token: usize) -> &[Proclitic] {
        self.classes_at(token).first().map_or(&[], |hit| &hit.proclitics)
    }

    /// Whether the member of a class that begins at a token has a pronoun on it.
    pub(crate) fn class_enclitic(&self, token: usize, class: &str) -> bool {
        self.classes_at(token).iter().any(|hit| hit.enclitic.is_some() && hit.class == class)
    }

    /// Whether "and" is written on an Arabic token whose rest is a word that some lexicon knows.
    pub(crate) fn conjoined(&self, token: usize) -> bool {
        self.hit_proclitics(token, &[Proclitic::And, Proclitic::So])
    }

    /// Whether a preposition is written on an Arabic token.
    pub(crate) fn has_preposition(&self, token: usize) -> bool {
        self.hit_proclitics(token, &[Proclitic::By, Proclitic::For, Proclitic::Like])
    }

    /// Whether this proclitic is written on an Arabic token.
    pub(crate) fn has_proclitic(&self, token: usize, proclitic: Proclitic) -> bool {
        self.hit_proclitics(token, &[proclitic])
    }

    /// Whether words end a trigger of several words.
    pub(crate) fn in_trigger(&self, tokens: &Range<usize>) -> bool {
        self.triggers.iter().any(|hit| hit.tokens.start < tokens.start && tokens.end == hit.tokens.end)
    }

    /// Triggers that begin at a token. As all hits they stand in the order of the tokens.
    pub(crate) fn triggers_at(&self, token: usize) -> &[TriggerHit<'a>] {
        let from = self.triggers.partition_point(|hit| hit.tokens.start < token);
        let behind = &self.triggers[from..];
        &behind[..behind.partition_point(|hit| hit.tokens.start == token)]
    }

    /// Proclitics of the reading that some lexicon knows; of an unknown word, those before an article.
    #[inline]
    fn hit_proclitics(&self, token: usize, wanted: &[Proclitic]) -> bool {
        self.readings.get(token).is_some_and(|reading| reading.may_be_cut) && self.cut_proclitics(token, wanted)
    }

    fn cut_proclitics(&self, token: usize, wanted: &[Proclitic]) -> bool {
        let here = &self.sentence.tokens[token];
        if let Some(named) = self.named_at(token) {
            return named.tokens.start == token && named.proclitics.iter().any(|p| wanted.contains(p));
        }
        let hits = self.triggers.iter().filter(|hit| hit.tokens.start == token).map(|hit| &hit.proclitics);
        // "بمقر", "بالقوة": a class that lists a word with its preposition does not say that it has none.
        let listed = |hit: &&ClassHit<'_>| {
            hit.tokens.len() > 1
                || !hit.proclitics.is_empty()
                || hit.canonical != here.norm
                || !may_be_cut(hit.canonical)
        };
        let bare = wanted.contains(&Proclitic::And);
        let classes = self.classes_at(token).iter().filter(|hit| bare || listed(hit)).map(|hit| &hit.proclitics);
        let mut known = hits.chain(classes).peekable();
        if known.peek().is_some() {
            return known.all(|proclitics| proclitics.iter().any(|p| wanted.contains(p)));
        }
        let Some(cut) = here.splits.iter().find(|split| split.article) else {
            return here.splits[1].proclitics.first().is_some_and(|p| wanted.contains(p) && *p == Proclitic::And);
        };
        cut.proclitics.iter().any(|p| wanted.contains(p))
    }

    /// The pronoun of a third person that is written on the verb at a token: شنته, فرضتها.
    pub(crate) fn pronoun(&self, token: usize) -> Option<Enclitic> {
        let third = |e: &Enclitic| matches!(e, Enclitic::He | Enclitic::She | Enclitic::They | Enclitic::Dual);
        let reading = self.readings.get(token)?;
        if !reading.verbs.is_empty() {
            return reading.pronoun.filter(|pronoun| !reading.bare && third(pronoun));
        }
        self.sentence.tokens[token].splits.iter().find_map(|split| split.enclitic.filter(third))
    }

    /// Whether a pronoun may be written on the noun at a token: مكتبه.
    pub(crate) fn has_pronoun_on_noun(&self, token: usize) -> bool {
        let third = |e: Option<Enclitic>| matches!(e, Some(Enclitic::He | Enclitic::She | Enclitic::They));
        self.language == Language::Arabic
            && !self.in_name(token)
            && self.sentence.tokens.get(token).is_some_and(|t| t.splits.iter().any(|split| third(split.enclitic)))
    }

    /// The letters of a verb without conjunctions and the prefix of the future.
    pub(crate) fn verb_stem(&self, token: usize) -> &str {
        let here = &self.sentence.tokens[token];
        let cut = here.splits.iter().find(|split| {
            split.proclitics.iter().all(|p| matches!(p, Proclitic::And | Proclitic::So | Proclitic::Will))
                && !split.proclitics.is_empty()
                && split.enclitic.is_none()
                && !split.article
        });
        match cut {
            Some(cut) if self.conjoined(token) || self.has_proclitic(token, Proclitic::Will) => &cut.stem,
            _ => &here.norm,
        }
    }

    /// Whether a clause cannot reach across this token.
    pub(crate) fn is_strong_boundary(&self, token: usize) -> bool {
        self.readings.get(token).is_none_or(|reading| reading.is_strong_boundary)
    }

    /// Whether a new clause begins at this token: a relative pronoun or a subordinating conjunction.
    pub(crate) fn begins_clause(&self, token: usize) -> bool {
        self.begins_closed(token, ClosedClasses::RELATIVE.or(ClosedClasses::SUBORDINATOR))
    }

    /// "خلالها": in the course of what was just named.
    pub(crate) fn means_meanwhile(&self, token: usize) -> bool {
        matches!(self.word(token), "خلالها" | "خلاله" | "اثناءها" | "اثناءه")
    }

    /// "كل من", "لكل من": each of those whom the words behind it name.
    pub(crate) fn is_each_of(&self, token: usize) -> bool {
        let word = self.word(token).trim_start_matches(['و', 'ف', 'ل', 'ب']);
        self.language == Language::Arabic && matches!(word, "كل" | "كلا") && self.word(token + 1) == "من"
    }

    /// "بعد", "after": what follows lies behind what is told; not "بعدها", which points back.
    pub(crate) fn is_anterior(&self, token: usize) -> bool {
        self.begins_class(token, "anterior") && !self.class_enclitic(token, "anterior")
    }

    /// Whether the content of speech or of a cue begins at this token: "that", أن.
    pub(crate) fn is_complementizer(&self, token: usize) -> bool {
        self.begins_closed(token, ClosedClasses::COMPLEMENTIZER)
    }

    /// Whether a finite verb stands at a token.
    pub(crate) fn finite_verb_at(&self, token: usize) -> bool {
        let finite = |form: Form| matches!(form, Form::Past | Form::Present | Form::PastPassive | Form::PresentPassive);
        matches!(self.tags.get(token), Some(Tag::Verb(form)) if finite(*form))
    }

    /// The last finite verb before a token.
    pub(crate) fn finite_verb_before(&self, token: usize) -> Option<usize> {
        (0..token).rev().find(|&at| self.finite_verb_at(at))
    }
}

/// How many tokens may part an English verb from its particle.
const PARTED: usize = 6;
const PARTICLES: [&str; 11] = ["off", "out", "down", "up", "back", "in", "away", "over", "home", "aside", "together"];
/// A dateline has so many tokens at most.
const DATELINE: usize = 18;

/// Whether a word begins with the letter of a preposition.
fn may_be_cut(word: &str) -> bool {
    word.starts_with(['ب', 'ل', 'ك'])
}

fn joined<T>(hit: &Hit<'_, T>) -> bool {
    let binds = |p: &Proclitic| matches!(p, Proclitic::By | Proclitic::For | Proclitic::Like | Proclitic::Will);
    hit.first.proclitics.iter().any(binds)
}

fn is_all_caps(text: &str, sentence: &Sentence) -> bool {
    let letters = sentence.span.of(text).chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 8 && !letters.clone().any(char::is_lowercase) && letters.clone().any(char::is_uppercase)
}

/// Arabic verbs take only conjunctions and, in the imperfect, the future prefix and the lam of purpose: "لضرب" is no "he struck".
fn verb_cut<T>(hit: &Hit<'_, T>, form: Form) -> bool {
    let done = matches!(form, Form::Past | Form::PastPassive);
    let allowed = |p: &Proclitic| match p {
        Proclitic::And | Proclitic::So => true,
        Proclitic::For | Proclitic::Will => !done,
        Proclitic::By | Proclitic::Like => false,
    };
    !hit.first.article && hit.first.proclitics.iter().all(allowed)
}

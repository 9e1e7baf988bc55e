//! A name alone → who it may be, ranked, each answer with its reasons.
//!
//! It reads with the same lexicon and the same grammar of phrases as the extractor, so that "وزير الخارجية الروسي" and "the Turkish
//! foreign minister" are names too, and office holders are found by date. Nothing is dropped: an answer that a rule speaks against
//! stays, further down; no answer at all is an empty list.

use crate::grammar::grammar;
use crate::introduced::Introduced;
use crate::lexicon::{LanguageLexicon, NameEntry, NameForm, NameKind, Rule, Where};
use crate::mention::{Phrase, PhraseKind, phrases};
use crate::name::holds;
use crate::scan::Scan;
use crate::trie::Known;
use chancery_model::{Document, EntityId, EntityKind, EventDate, Language, World};
use chancery_text::{Analyzer, Sentence, Token, normalize};
use jiff::civil::Date;
use std::cmp::Ordering;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// The name, title or phrase.
    pub name: &'a str,
    /// Its language; without one all are tried.
    pub language: Option<Language>,
    /// The day on which it was said: office holders are those of that day.
    pub date: Option<Date>,
    /// The sentence that it stands in.
    pub context: Option<&'a str>,
}

/// Somebody whom a name may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Who.
    pub id: EntityId,
    /// For whom they act, where that is somebody else: the state of a person or office.
    pub actor: Option<EntityId>,
    /// The office that the name tells.
    pub office: Option<String>,
    /// The language in which the name was found.
    pub language: Option<Language>,
    /// From 0 to 1; answers of one name are ranked by it, it is no probability.
    pub score: f64,
    /// Why, the most important first.
    pub reasons: Vec<Reason>,
}

impl Answer {
    /// An answer to a code such as `KAZ` or `org:nato`.
    pub(crate) fn by_code(id: EntityId) -> Self {
        let reasons = vec![reason("code", format!("the code of {id}"))];
        Self { id, actor: None, office: None, language: None, score: 1.0, reasons }
    }
}

/// Why an answer was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// `code`, `form`, `folding`, `clitic`, `adjective`, `phrase`, `tenure`, `former`, `rule`, `context`, `inverted`.
    pub code: &'static str,
    /// In words, with the row of the table.
    pub text: String,
}

/// Below this score a rule has spoken against an answer.
pub const DOUBTFUL: f64 = 0.3;

/// The rooms that a question needs.
pub(crate) struct Resolver<'a> {
    pub(crate) analyzer: &'a Analyzer,
    pub(crate) world: &'a World,
}

impl Resolver<'_> {
    /// The answers of one language, unsorted; several may be of one id.
    pub(crate) fn answers(&self, query: Query<'_>, language: Language, lexicon: &LanguageLexicon) -> Vec<Answer> {
        let mut all = Vec::new();
        for (variant, discount) in variants(query.name) {
            let sentence = self.one_sentence(&variant, language, query.date);
            let mut answers = self.by_form(&variant, &sentence, query, language, lexicon);
            answers.extend(self.by_phrase(&variant, &sentence, query, language, lexicon));
            for answer in &mut answers {
                answer.score *= discount;
                if discount < 1.0 {
                    answer.reasons.push(reason("inverted", format!("read as {variant:?}")));
                }
            }
            all.extend(answers);
        }
        all.extend(self.by_context(query, language, lexicon));
        all
    }

    /// A name as one sentence, whatever marks stand in it.
    fn one_sentence(&self, text: &str, language: Language, date: Option<Date>) -> Sentence {
        let sentences = self.sentences(text, language, date);
        let mut sentences = sentences.into_iter();
        let mut whole = sentences.next().unwrap_or_else(empty);
        for sentence in sentences {
            whole.span = whole.span.cover(sentence.span);
            whole.tokens.extend(sentence.tokens);
        }
        whole
    }

    fn sentences(&self, text: &str, language: Language, published: Option<Date>) -> Vec<Sentence> {
        let document = Document {
            id: String::new(),
            lang: language,
            published,
            publisher: None,
            title: None,
            text: text.replace('\n', " "),
            recorded: None,
        };
        self.analyzer.analyze(&document).body
    }

    /// Forms of the tables that cover the whole name but its articles.
    fn by_form(
        &self,
        name: &str,
        sentence: &Sentence,
        query: Query<'_>,
        language: Language,
        lexicon: &LanguageLexicon,
    ) -> Vec<Answer> {
        let tokens = bare(&sentence.tokens, language);
        if tokens.is_empty() {
            return Vec::new();
        }
        let known = Known::new(tokens, &lexicon.vocabulary);
        let context = query.context.map(|context| self.sentences(context, language, query.date));
        let around: Vec<Token> = context.into_iter().flatten().flat_map(|sentence| sentence.tokens).collect();
        let around = Known::new(&around, &lexicon.vocabulary);
        let hits = lexicon.names.hits_at(tokens, &known, 0).into_iter();
        let hits: Vec<_> = hits.filter(|hit| hit.tokens.end == tokens.len() && hit.enclitic.is_none()).collect();
        let applies = |rule: &Rule| match rule.place {
            Where::Near => holds(rule, &around, &(0..0)),
            Where::Alone => query.context.is_none(),
            // What a form means in most sentences says nothing of a form without one.
            Where::Else => query.context.is_some(),
            Where::Before | Where::After | Where::Surname => false,
        };
        let rule = hits.iter().find_map(|hit| match &hit.payload.entry {
            NameEntry::Rule(rule) if applies(rule) => Some((rule, hit.payload.line)),
            _ => None,
        });
        let mut answers = Vec::new();
        for hit in &hits {
            let Some(mut answer) = self.of_form(hit.payload, name, language, query.date) else { continue };
            if !hit.first.proclitics.is_empty() {
                answer.score *= 0.9;
                answer.reasons.push(reason("clitic", format!("without {:?} before it", hit.first.proclitics)));
            }
            if let Some((rule, line)) = rule {
                apply(rule, line, language, &mut answer);
            }
            answers.push(answer);
        }
        answers
    }

    fn of_form(&self, form: &NameForm, name: &str, language: Language, date: Option<Date>) -> Option<Answer> {
        let id = form.entry.id()?.clone();
        let (code, score, table, what) = match &form.entry {
            NameEntry::Entity { kind, .. } => ("form", weight(*kind), "names", kind.name()),
            NameEntry::Adjective { .. } => ("adjective", 0.5, "demonyms", "adjective"),
            NameEntry::People { .. } => ("adjective", 0.5, "demonyms", "people"),
            NameEntry::Abbreviation { .. } => ("adjective", 0.4, "demonyms", "abbreviation"),
            _ => return None,
        };
        let text = format!("{} of {id}: {:?}, data/{language}/{table}.tsv:{}", what, form.form, form.line);
        let mut answer = Answer {
            actor: None,
            office: None,
            language: Some(language),
            score,
            reasons: vec![reason(code, text)],
            id,
        };
        // A name is asked for to find who acts.
        if answer.id.kind() == EntityKind::Place {
            answer.score *= 0.7;
        }
        if form.form != name.trim() {
            let same = normalize(&form.form, language) == normalize(name, language);
            answer.score -= if same { 0.005 } else { 0.01 };
            let text = if same { "case, accents or letter forms differ" } else { "articles, marks or endings differ" };
            answer.reasons.push(reason("folding", text.to_owned()));
        }
        self.add_tenure(&mut answer, date);
        Some(answer)
    }

    /// For whom a person acts on the day asked; one who holds an office then is the likelier one.
    fn add_tenure(&self, answer: &mut Answer, date: Option<Date>) {
        if answer.id.kind() != EntityKind::Person {
            return;
        }
        let mut tenures = self.world.tenures_of(&answer.id);
        match date.and_then(|day| tenures.find(|tenure| tenure.covers(day))) {
            Some(tenure) => {
                answer.score += 0.02;
                answer.actor = Some(tenure.actor.clone());
                answer.office = Some(tenure.office.clone());
                let day = date.map(|day| day.to_string()).unwrap_or_default();
                let text = format!("{} of {} on {day} ({})", tenure.office, tenure.actor, term(tenure));
                answer.reasons.push(reason("tenure", text));
            }
            None => answer.actor = self.world.entity(&answer.id).and_then(|person| person.state.clone()),
        }
    }

    /// Titles and bodies with their state, joined as in a text.
    fn by_phrase(
        &self,
        name: &str,
        sentence: &Sentence,
        query: Query<'_>,
        language: Language,
        lexicon: &LanguageLexicon,
    ) -> Vec<Answer> {
        let scan = Scan::new(name, sentence, language, lexicon, &mut Known::default());
        let phrases = phrases(&scan, self.world, query.date, &mut Introduced::default());
        let [phrase] = phrases.as_slice() else { return Vec::new() };
        let covered = bare(&sentence.tokens, language);
        // "former US president", "son homologue algérien".
        let beside = |token: &Token| {
            let hits = scan.of_class("former").chain(scan.of_class("possessive-pronoun"));
            hits.flat_map(|hit| &sentence.tokens[hit.tokens.clone()]).any(|other| other.span == token.span)
        };
        let inside = |token: &Token| phrase.span(&scan).contains(token.span) || beside(token);
        if !covered.iter().all(inside) || phrase.tokens.len() < 2 {
            return Vec::new();
        }
        self.of_phrase(phrase, &scan, query.date)
    }

    fn of_phrase(&self, phrase: &Phrase, scan: &Scan<'_>, date: Option<Date>) -> Vec<Answer> {
        if phrase.kind != PhraseKind::Actor {
            return Vec::new();
        }
        let words = phrase.span(scan).of(scan.text).to_owned();
        let office = phrase.office.as_deref().map(str::to_owned);
        let of = office.as_deref().map(|office| format!("{office} of ")).unwrap_or_default();
        let mut answers = Vec::new();
        for id in &phrase.ids {
            let former = phrase.person.as_ref() == Some(id);
            let text = if former { format!("{words:?} names {id}") } else { format!("{words:?} is {of}{id}") };
            let reasons = vec![reason("phrase", text)];
            let score = if former { 0.9 } else { 0.85 };
            let mut answer = Answer {
                id: id.clone(),
                actor: None,
                office: office.clone(),
                language: Some(scan.language),
                score,
                reasons,
            };
            if former {
                answer.reasons.push(reason("former", "a former office acts for nobody".to_owned()));
            }
            answers.push(answer);
        }
        if let (Some(person), [actor]) = (&phrase.person, phrase.ids.as_slice())
            && person != actor
        {
            answers.push(self.holder(person, actor, &words, office, scan.language, date));
        }
        answers
    }

    fn holder(
        &self,
        person: &EntityId,
        actor: &EntityId,
        words: &str,
        office: Option<String>,
        language: Language,
        date: Option<Date>,
    ) -> Answer {
        let held = |t: &&chancery_model::Tenure| t.actor == *actor && date.is_some_and(|day| t.covers(day));
        let mut reasons = vec![reason("phrase", format!("{words:?} names {person}"))];
        if let (Some(tenure), Some(day)) = (self.world.tenures_of(person).find(held), date) {
            reasons.push(reason("tenure", format!("{} of {actor} on {day} ({})", tenure.office, term(tenure))));
        }
        Answer { id: person.clone(), actor: Some(actor.clone()), office, language: Some(language), score: 0.9, reasons }
    }

    /// Whom the name means where it stands in its sentence.
    fn by_context(&self, query: Query<'_>, language: Language, lexicon: &LanguageLexicon) -> Vec<Answer> {
        let Some(context) = query.context else { return Vec::new() };
        let context = context.replace('\n', " ");
        let Some(start) = context.find(query.name) else { return Vec::new() };
        let asked = chancery_model::Span::new(start, start + query.name.len());
        let mut answers = Vec::new();
        for sentence in self.sentences(&context, language, query.date) {
            let scan = Scan::new(&context, &sentence, language, lexicon, &mut Known::default());
            for phrase in phrases(&scan, self.world, query.date, &mut Introduced::default())
                .iter()
                .filter(|p| p.kind != PhraseKind::Adjective)
            {
                if phrase.span(&scan).contains(asked) {
                    answers.extend(phrase.ids.iter().map(|id| Answer {
                        id: id.clone(),
                        actor: None,
                        office: phrase.office.as_deref().map(str::to_owned),
                        language: Some(language),
                        score: 0.97,
                        reasons: vec![reason("context", format!("read as {id} in the sentence given"))],
                    }));
                }
            }
        }
        answers
    }
}

/// The best answer of each id, the best first; equals by id.
pub(crate) fn rank(answers: Vec<Answer>) -> Vec<Answer> {
    let mut best: Vec<Answer> = Vec::new();
    for answer in answers {
        match best.iter_mut().find(|known| known.id == answer.id) {
            Some(known) if known.score < answer.score => *known = answer,
            Some(_) => {}
            None => best.push(answer),
        }
    }
    best.sort_by(|a, b| b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal).then_with(|| a.id.cmp(&b.id)));
    best
}

fn reason(code: &'static str, text: String) -> Reason {
    Reason { code, text }
}

fn term(tenure: &chancery_model::Tenure) -> String {
    let date = |date: Option<EventDate>| date.map_or_else(|| "…".to_owned(), |date| date.to_string());
    format!("{} to {}", date(tenure.from), date(tenure.until))
}

/// How much a kind of name says.
fn weight(kind: NameKind) -> f64 {
    match kind {
        NameKind::Label => 1.0,
        NameKind::Formal => 0.99,
        NameKind::Alias => 0.96,
        NameKind::Acronym => 0.94,
        NameKind::Surname => 0.8,
        NameKind::Metonym | NameKind::Style => 0.75,
        NameKind::Capital => 0.6,
        NameKind::Loaded => 0.5,
    }
}

/// Puts the one whom a rule means before all others.
fn apply(rule: &Rule, line: usize, language: Language, answer: &mut Answer) {
    let row = format!("data/{language}/ambiguity.tsv:{line}");
    if rule.id.as_ref() == Some(&answer.id) {
        answer.reasons.push(reason("rule", format!("chosen by {row}")));
        answer.score = answer.score.max(0.96);
    } else {
        let whom = rule.id.as_ref().map_or_else(|| "nobody".to_owned(), ToString::to_string);
        answer.reasons.push(reason("rule", format!("{row} reads it as {whom}")));
        answer.score *= if rule.id.is_some() { 0.6 } else { 0.25 };
    }
}

/// The name; "Iran (Islamic Republic of)" also in the order of speech and without its brackets.
fn variants(name: &str) -> Vec<(String, f64)> {
    let name = name.trim().trim_matches('*').trim();
    let mut variants = vec![(name.to_owned(), 1.0)];
    if let Some((head, tail)) = name.split_once(['(', '（']) {
        let (head, tail) = (head.trim(), tail.trim_end_matches([')', '）', '*', ' ']));
        variants.push((format!("{tail} {head}"), 0.95));
        variants.push((head.to_owned(), 0.9));
    }
    variants
}

/// Tokens without marks and articles around them.
fn bare(tokens: &[Token], language: Language) -> &[Token] {
    let articles = grammar(language).articles;
    let is_mark = |token: &Token| token.norm.chars().all(|c| !c.is_alphanumeric());
    let start = tokens.iter().position(|token| !is_mark(token) && !articles.contains(&token.norm.as_str()));
    let end = tokens.iter().rposition(|token| !is_mark(token) || token.norm == "." || token.norm == ")");
    match (start, end) {
        (Some(start), Some(end)) if start <= end => &tokens[start..=end],
        _ => &[],
    }
}

fn empty() -> Sentence {
    Sentence {
        field: chancery_model::Field::Text,
        span: chancery_model::Span::new(0, 0),
        code_point_start: 0,
        paragraph: 0,
        tokens: Vec::new(),
        temporals: Vec::new(),
        numerals: Vec::new(),
    }
}

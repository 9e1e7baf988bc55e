//! The stages in order, and the claims that come of them.

use crate::attribution::{Speech, Voices, origin, speech_at};
use crate::coreference::{Kind, Memory};
use crate::introduced::Introduced;
use crate::lexicon::{self, CuePosition, Form, Lexicon};
use crate::mention::{Anaphor, Phrase, PhraseKind, phrases, precede};
use crate::modality::{Reality, reality};
use crate::name::{Named, names};
use crate::resolve::{Answer, Query, Resolver, rank};
use crate::role::{Context, Roles, is_pair, points_back, roles, spoken_of};
use crate::scan::{ClassHit, CueHit, Scan, TriggerHit};
use crate::syntax::{Subject, Syntax, Tag};
use crate::time::Clock;
use crate::topic::topic;
use crate::trie::Known;
use chancery_model::hash::content_hash;
use chancery_model::{
    AttributionStep, Claim, ClaimId, DataError, DataFiles, Diagnostic, Document, EntityId, EntityKind, EventDate,
    Evidence, Explanation, Extraction, Field, Language, Membership, Mention, Participant, Passage, Role, SourceKind,
    Span, Status, World,
};
use chancery_text::{Analyzer, Proclitic, Sentence, Text};
use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;
use std::hash::BuildHasher;
use std::sync::{Arc, LazyLock};

/// Reads documents. Build it once; it is immutable and can be shared between threads.
#[derive(Debug)]
pub struct Extractor {
    pub(crate) analyzer: Analyzer,
    pub(crate) lexicon: Lexicon,
    world: Arc<World>,
}

/// So many sentences go through a stage one behind the other, so that its code stays near the processor.
const BATCH: usize = 16;

/// Acts of speech whose content is no event of its own: what is asked, threatened or alleged.
const SWALLOWS_CONTENT: [&str; 8] =
    ["request", "demand", "threaten", "accuse", "express-intent", "reject", "mediate", "express-support"];

impl Extractor {
    /// Reads the lexicons.
    ///
    /// # Errors
    /// Every bad row of the tables.
    pub fn new(files: &DataFiles, world: Arc<World>) -> Result<Self, Vec<DataError>> {
        let analyzer = Analyzer::new(files)?;
        let lexicon = Lexicon::load(files, &world, &analyzer)?;
        Ok(Self { analyzer, lexicon, world })
    }

    /// The knowledge of the world that names are resolved with.
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// What is wrong in the gazetteer beyond columns and ids, which building it has checked: every fault with file and line.
    pub fn check(&self, files: &DataFiles) -> Vec<DataError> {
        lexicon::check(files, &self.world, &self.analyzer)
    }

    /// The words of a document, as [`Extractor::names`] takes them.
    pub fn analyze(&self, document: &Document) -> Text {
        self.analyzer.analyze(document)
    }

    /// Every form of the gazetteer in the body of an analysed document: the longest at each place, in one pass, with the first entity
    /// that it denotes (titles and blocs denote none by themselves).
    pub fn names<'a>(&'a self, document: &Document, text: &'a Text) -> Vec<(Span, Option<&'a EntityId>)> {
        let lexicon = self.lexicon.language(text.language);
        let mut found = Vec::new();
        for sentence in &text.body {
            let known = Known::new(&sentence.tokens, &lexicon.vocabulary);
            for named in names(&document.text, sentence, text.language, lexicon, &known) {
                let tokens = &sentence.tokens[named.tokens.clone()];
                let span = tokens.iter().map(|token| token.span).reduce(Span::cover);
                let id = named.entries.first().and_then(|form| form.entry.id());
                found.extend(span.map(|span| (span, id)));
            }
        }
        found
    }

    /// Whom a name may mean, the likeliest first; nobody where no form and no phrase of the gazetteer covers it.
    pub fn resolve(&self, query: Query<'_>) -> Vec<Answer> {
        let resolver = Resolver { analyzer: &self.analyzer, world: &self.world };
        let languages = query.language.map_or_else(|| Language::ALL.to_vec(), |language| vec![language]);
        let mut answers: Vec<Answer> =
            self.world.look_up(query.name).map(|entity| Answer::by_code(entity.id.clone())).into_iter().collect();
        for language in languages {
            answers.extend(resolver.answers(query, language, self.lexicon.language(language)));
        }
        rank(answers)
    }

    /// What a document says. Empty text, unknown words and missing dates give less, never an error.
    pub fn extract(&self, document: &Document) -> Extraction {
        let lexicon = self.lexicon.language(document.lang);
        let text = self.analyzer.analyze(document);
        let mut reading = Reading {
            document,
            world: &self.world,
            memory: Memory::default(),
            introduced: Introduced::default(),
            voices: Voices::default(),
            clock: Clock::default(),
            drafts: Vec::new(),
            mentions: Vec::new(),
            diagnostics: Vec::new(),
        };
        if document.published.is_none() && text.body.iter().any(|s| s.temporals.iter().any(|t| !t.resolved)) {
            reading.note("no-publication-date", "relative dates stay unresolved: give the day of publication", None);
        }
        if lexicon.triggers.is_empty() {
            let message =
                format!("the actors of texts in {} are named, but their events are not read yet", document.lang);
            reading.note("no-lexicon", message, None);
        }
        let title = document.title.as_deref().unwrap_or_default();
        let body = text.body.iter().map(|sentence| (document.text.as_str(), sentence));
        let sentences: Vec<_> = text.title.iter().map(|sentence| (title, sentence)).chain(body).collect();
        for batch in sentences.chunks(BATCH) {
            let scans: Vec<_> =
                batch.iter().map(|(text, sentence)| Scan::new(text, sentence, document.lang, lexicon)).collect();
            let phrases: Vec<_> = scans.iter().map(|scan| reading.phrases(scan)).collect();
            scans.iter().zip(phrases).for_each(|(scan, phrases)| reading.sentence(scan, phrases));
        }
        reading.finish()
    }
}

/// "رفضت ألمانيا تزويد أوكرانيا", "refused to sign": who refuses an act of their own denies it; that is no rejection.
fn refuses_own_act(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    if hit.trigger.frame.event_type.name() != "reject" || hit.form == Form::Noun {
        return false;
    }
    if scan.language != Language::Arabic {
        return scan.word(hit.tokens.end) == "to" && scan.tags.get(hit.tokens.end) == Some(&Tag::Auxiliary);
    }
    let spoken = |name: &str| name != "apologise" && SPEECH.contains(&name) || name == "negotiate" || name == "meet";
    scan.triggers.iter().any(|other| {
        other.form == Form::Noun
            && (hit.tokens.end..hit.tokens.end + 5).contains(&other.tokens.start)
            && other.proclitics.is_empty()
            && !spoken(other.trigger.frame.event_type.name())
            && (hit.tokens.end..other.tokens.start).all(|t| scan.in_name(t))
            && Candidate::new(scan, other).conditions_hold(scan)
    })
}

/// "joined Britain in condemning": that is no accession.
fn joins_in(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let end = (hit.tokens.end + 8).min(scan.tags.len());
    let joins = hit.trigger.frame.event_type.name() == "join-agreement" && scan.begins_class(hit.tokens.start, "joins");
    joins
        && (hit.tokens.end..end)
            .any(|at| scan.word(at) == "in" && scan.tags.get(at + 1) == Some(&Tag::Verb(Form::Gerund)))
}

/// "ألغت باكستان زيارة", "called off the summit": the visit is cancelled; that is no other event.
fn calls_off(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let cancels =
        scan.cues.iter().any(|cue| cue.tokens.start == hit.tokens.start && cue.cue.status == Status::Cancelled);
    let kept = |name: &str| matches!(name, "visit" | "meet" | "summit" | "call");
    hit.trigger.frame.event_type.name() == "halt-cooperation"
        && cancels
        && scan.triggers.iter().any(|other| {
            other.form == Form::Noun
                && (hit.tokens.end..hit.tokens.end + 7).contains(&other.tokens.start)
                && kept(other.trigger.frame.event_type.name())
                && (hit.tokens.end..other.tokens.start).all(|t| !scan.is_strong_boundary(t) && !scan.tags[t].is_verb())
        })
}

/// "is visiting", "are meeting".
fn is_under_way(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    hit.tokens.start.checked_sub(1).is_some_and(|at| scan.begins_class(at, "be"))
}

/// Whether a date lies wholly behind the day of publication.
fn is_ahead(date: EventDate, published: Option<Date>) -> bool {
    matches!((date.not_before(), published), (Some(first), Some(published)) if first > published)
}

/// Types whose act is to say something.
const SPEECH: [&str; 11] = [
    "request",
    "demand",
    "threaten",
    "accuse",
    "condemn",
    "express-intent",
    "reject",
    "express-support",
    "courtesy",
    "apologise",
    "send-message",
];

/// "الاتفاق الذي أبرم بين إيران والقوى الدولية": what a relative clause tells of a thing has happened, whoever speaks of it.
fn is_told_behind(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    // "الذي أبرم" as one entry.
    if hit.tokens.clone().any(|at| scan.tags[at] == Tag::Relative) {
        return true;
    }
    let behind = (hit.tokens.end..scan.tags.len()).find(|&at| scan.tags[at] != Tag::Noun);
    let Some(relative) = behind.filter(|&at| hit.form == Form::Noun && scan.tags[at] == Tag::Relative) else {
        return false;
    };
    let done = |at: usize| matches!(scan.tags.get(at), Some(Tag::Verb(Form::Past | Form::PastPassive)));
    done(relative + 1) && relative < hit.tokens.end + NEAR_RELATIVE
}

/// A relative clause stands so near what it tells of, in tokens.
const NEAR_RELATIVE: usize = 4;

/// "the embargo, which the United States imposed in 1962": the first verb behind a relative pronoun.
fn in_relative_clause(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let before = (0..hit.tokens.start).rev().take(8);
    before
        .take_while(|&at| !matches!(scan.tags[at], Tag::Stop | Tag::Complementizer) && !scan.finite_verb_at(at))
        .any(|at| scan.tags[at] == Tag::Relative)
}

/// "the ties that it cut in 2003", "a pact struck between the two", "despite its refusal to sign": known already, whoever speaks.
fn is_presupposed(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let start = hit.tokens.start;
    let participle = |at: usize| {
        scan.tags.get(at) == Some(&Tag::Verb(Form::Participle))
            && at > 0
            && scan.tags[at - 1] == Tag::Noun
            && scan.tags.get(at + 1) == Some(&Tag::Preposition)
    };
    let reduced = participle(start) || hit.form == Form::Noun && participle(hit.tokens.end);
    let inside = |at: &usize| !matches!(scan.tags[*at], Tag::Stop | Tag::Comma) && !scan.finite_verb_at(*at);
    let before = || (0..start).rev().take(10).take_while(inside);
    let told = |at: usize| scan.reporting.iter().any(|said| (at.saturating_sub(6)..at).contains(&said.tokens.start));
    let relative = |at: usize| {
        scan.word(at) == "that"
            && at > 0
            && scan.tags[at - 1] == Tag::Noun
            && scan.tags[at] == Tag::Complementizer
            && !told(at)
    };
    let despite = |at: usize| scan.word(at) == "despite";
    reduced || before().any(|at| relative(at) || despite(at))
}

/// Whether a word says that each does it to the other.
fn is_mutual(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    // "trade blame".
    let from = if scan.language == Language::English { hit.tokens.start.saturating_sub(2) } else { hit.tokens.start };
    let near = from..(hit.tokens.end + 8).min(scan.sentence.tokens.len());
    // "trade sanctions" are not traded.
    let tells =
        |at: usize| scan.tags[at].is_verb() || scan.verb_forms(at).is_empty() || scan.language != Language::English;
    near.take_while(|&at| !scan.is_strong_boundary(at)).any(|at| scan.begins_class(at, "mutual") && tells(at))
}

/// "Denial".
const DENIAL: &str = "نفي";

/// Who denies it: the subject of "denied" is whose word it is.
fn denier(scan: &Scan<'_>, phrases: &[Phrase], syntax: &Syntax, reality: &Reality) -> Option<AttributionStep> {
    let cue = reality.cue.filter(|_| reality.status == Status::Denied)?;
    // "جدد وزير الخارجية القطري نفي بلاده": a denial may be a noun.
    let noun = scan.language == Language::Arabic && scan.word(cue).trim_start_matches('ب') == DENIAL;
    let denies = noun || scan.reporting.iter().any(|hit| hit.tokens.start == cue);
    let subject = match noun {
        true => syntax.clause_subject(scan, phrases, cue),
        false if scan.tags[cue].is_verb() => syntax.subject(scan, phrases, cue),
        false => return None,
    };
    let Subject::Phrase(at) = subject else { return None };
    let agent = phrases[at].ids.first().filter(|id| denies && id.is_actor())?;
    let surface = phrases[at].span(scan).of(scan.text).to_owned();
    Some(AttributionStep { agent: Some(agent.clone()), kind: SourceKind::Speaker, surface })
}

/// Whether a preposition leads to the noun group of a trigger.
fn is_governed(scan: &Scan<'_>, syntax: &Syntax, hit: &TriggerHit<'_>) -> bool {
    let group = syntax.group_at(hit.tokens.start).map(|at| &syntax.groups[at]);
    group.and_then(|group| group.tokens.start.checked_sub(1)).is_some_and(|at| scan.tags[at] == Tag::Preposition)
}

/// "The EU pledged to lift the ban": what somebody promises is on their own word.
fn pledger(scan: &Scan<'_>, parties: &Parties, reality: &Reality) -> Option<AttributionStep> {
    let cue = reality.cue.filter(|&at| reality.status == Status::Planned && scan.begins_class(at, "pledges"))?;
    let agent = parties.source.first()?.clone();
    let surface = scan.sentence.tokens[cue].span.of(scan.text).to_owned();
    Some(AttributionStep { agent: Some(agent), kind: SourceKind::Speaker, surface })
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

/// Of these the noun alone may resume what was told.
const TALKS: [&str; 4] = ["negotiate", "meet", "visit", "military-exercise"];

/// One document being read.
struct Reading<'a> {
    document: &'a Document,
    world: &'a World,
    memory: Memory,
    introduced: Introduced,
    voices: Voices,
    clock: Clock,
    drafts: Vec<Draft>,
    mentions: Vec<Mention>,
    diagnostics: Vec<Diagnostic>,
}

/// A claim before the same fact told twice is joined.
#[derive(Clone, Debug)]
struct Draft {
    claim: Claim,
    firm: bool,
    explanation: Explanation,
    /// "Signed agreements with A and B": who did it with each of the others by itself.
    with_each: Option<EntityId>,
}

impl Draft {
    /// "Threatened to bomb": the threat is the event.
    fn threaten(&mut self) {
        let claim = &mut self.claim;
        claim.event_type = "threaten".parse().expect("the table of types has threats");
        claim.subtype = None;
        claim.status = Status::Occurred;
        claim.attribution.retain(|step| !step.agent.as_ref().is_some_and(|id| claim.source.contains(id)));
        self.firm = true;
    }
}

impl Draft {
    /// One claim for each pair where several agreements are told at once.
    fn one_by_one(self) -> Vec<Self> {
        let Some(agent) = self.with_each.clone() else { return vec![self] };
        let others: Vec<EntityId> = self.claim.source.iter().filter(|id| **id != agent).cloned().collect();
        let pair = |other: EntityId| {
            let mut draft = self.clone();
            let mut source = vec![agent.clone(), other];
            source.sort();
            let claim = &mut draft.claim;
            claim.participants.retain(|participant| source.contains(&participant.id));
            claim.source = source;
            draft.with_each = None;
            draft
        };
        others.into_iter().map(pair).collect()
    }
}

/// "Signed agreements with Chad and Niger", of which each is one.
fn with_each(scan: &Scan<'_>, phrases: &[Phrase], candidate: &Candidate<'_, '_>, roles: &Roles) -> Option<EntityId> {
    let hit = candidate.hit;
    let own = (hit.form == Form::Noun).then(|| hit.tokens.end - 1);
    let plural =
        candidate.needed.iter().map(|range| range.end - 1).chain(own).any(|noun| scan.word(noun).ends_with('s'));
    let with = roles
        .patients
        .iter()
        .all(|&at| phrases[at].preposition.as_deref() == Some("with") && phrases[at].ids.len() == 1);
    let [agent] = roles.agents[..] else { return None };
    let several = scan.language == Language::English
        && hit.trigger.frame.event_type.name() == "sign-agreement"
        && plural
        && with
        && roles.patients.len() > 1
        && phrases[agent].ids.len() == 1;
    several.then(|| phrases[agent].ids[0].clone())
}

/// Hostile acts that news threatens with.
const THREATENED: [&str; 12] = [
    "attack",
    "impose-sanctions",
    "coerce",
    "expel-diplomat",
    "sever-relations",
    "halt-cooperation",
    "close-mission",
    "recall-envoy",
    "suspend-relations",
    "downgrade-relations",
    "mobilise",
    "accuse",
];

/// "said it would strike Chad if provoked": what one says that one will do to others on a condition.
fn is_conditional_threat(scan: &Scan<'_>, hit: &TriggerHit<'_>, claim: &Claim) -> bool {
    let start = hit.tokens.start;
    let own = |step: &AttributionStep| step.agent.as_ref().is_some_and(|id| claim.source.contains(id));
    scan.language == Language::English
        && THREATENED.contains(&claim.event_type.name())
        && matches!(claim.status, Status::Planned | Status::Possible)
        && claim.attribution.last().is_some_and(own)
        && start.checked_sub(1).is_some_and(|at| matches!(scan.word(at), "would" | "will"))
        && (hit.tokens.end..scan.tags.len()).any(|at| matches!(scan.word(at), "if" | "unless"))
}

/// "vowed to avenge the killing and punish Chad": under a verb of threatening.
fn is_threatened(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let start = hit.tokens.start;
    let inside = |at: &usize| {
        !matches!(scan.tags[*at], Tag::Stop | Tag::Relative | Tag::Complementizer | Tag::Comma)
            && !scan.finite_verb_at(*at)
    };
    let above = || (0..start).rev().take(12).find(|at| !inside(at));
    scan.language == Language::English
        && scan.tags[start] == Tag::Verb(Form::Base)
        && THREATENED.contains(&hit.trigger.frame.event_type.name())
        && (0..start).rev().take(12).take_while(inside).any(|at| scan.word(at) == "to")
        && above().is_some_and(|verb| scan.tags[verb].is_verb() && scan.begins_class(verb, "threatens"))
}

impl Reading<'_> {
    /// The noun phrases of the next sentence, before anaphors are resolved.
    fn phrases(&mut self, scan: &Scan<'_>) -> Vec<Phrase> {
        phrases(scan, self.world, self.document.published, &mut self.introduced)
    }

    fn sentence(&mut self, scan: &Scan<'_>, mut phrases: Vec<Phrase>) {
        self.memory.resolve(scan, self.world, &mut phrases);
        self.introduced.learn_offices(scan, &phrases);
        (0..phrases.len()).for_each(|at| mentions(scan, &phrases, at, &mut self.mentions));
        if scan.sentence.field == Field::Title {
            self.memory.set_headline(&phrases, scan.language);
        }
        let mut candidates: Vec<Candidate<'_, '_>> =
            scan.triggers.iter().map(|hit| Candidate::new(scan, hit)).filter(|c| c.conditions_hold(scan)).collect();
        // Of two senses of one word the one with more conditions, told by more words, decides.
        candidates.sort_by_key(|c| (c.hit.tokens.start, std::cmp::Reverse(c.weight()), c.hit.tokens.end));
        // Where nothing happens and nobody speaks nobody asks for subjects.
        let silent = candidates.is_empty() && scan.reporting.is_empty();
        let syntax = if silent { Syntax::default() } else { Syntax::new(scan, &phrases) };
        let speeches = self.voices.speeches(scan, &phrases, &syntax, &self.memory, self.world);
        if scan.language == Language::English {
            for spoken in spoken_of(scan, &phrases, &syntax) {
                self.memory.note_spoken_of(spoken);
            }
        }
        let mut swallowed: Vec<std::ops::Range<usize>> = Vec::new();
        let mut told: Option<(usize, (usize, usize))> = None;
        let first = self.drafts.len();
        for candidate in candidates {
            let hit = candidate.hit;
            let start = hit.tokens.start;
            if told.is_some_and(|(at, known)| at == start && candidate.weight() < known)
                || swallowed.iter().any(|range| range.contains(&start))
                || refuses_own_act(scan, hit)
                || joins_in(scan, hit)
                || calls_off(scan, hit)
            {
                continue;
            }
            if let Some(mut draft) = self.draft(scan, &phrases, &syntax, &speeches, &candidate) {
                if is_threatened(scan, hit) || is_conditional_threat(scan, hit, &draft.claim) {
                    draft.threaten();
                }
                if hit.trigger.sense == "follow-suit"
                    && let Some((name, _)) = self.memory.last_deed()
                {
                    draft.claim.event_type = name.parse().expect("a type that was told is a type");
                }
                told = Some((start, candidate.weight()));
                if SWALLOWS_CONTENT.contains(&draft.claim.event_type.name()) {
                    swallowed.push(content_of(scan, hit));
                }
                for draft in draft.one_by_one() {
                    if !self.drafts[first..].iter().any(|known| told_twice(known, &draft, scan, hit)) {
                        self.memory.set_event(&draft.claim);
                        self.memory.note_act(&draft.claim, &candidate.nouns(scan));
                        self.drafts.push(draft);
                    }
                }
            }
        }
        self.clock.pass(scan);
        if let Some(subject) = main_subject(&phrases, &speeches) {
            self.memory.set_subject(&subject);
        }
        self.memory.set_subjects(&phrases);
    }

    fn draft(
        &mut self,
        scan: &Scan<'_>,
        phrases: &[Phrase],
        syntax: &Syntax,
        speeches: &[Speech],
        candidate: &Candidate<'_, '_>,
    ) -> Option<Draft> {
        let hit = candidate.hit;
        let speech = speech_at(speeches, hit.tokens.start);
        let context =
            Context { syntax, speaker: speech.and_then(origin), memory: &self.memory, subject: self.memory.subject() };
        let roles = roles(scan, phrases, hit, context);
        let mut parties = Parties::new(phrases, &roles, hit, self.memory.agreement());
        parties.complete_from(scan, &self.memory, phrases, &roles, hit, self.world);
        if scan.language == Language::English && !(hit.form == Form::Noun && is_governed(scan, syntax, hit)) {
            parties.spell_out(hit, self.world, self.document.published);
        }
        precede(self.document.published, &mut parties.source);
        precede(self.document.published, &mut parties.target);
        if scan.language == Language::English && parties.complete(hit).is_err() {
            parties.complete_from_told(scan, syntax, &self.memory, candidate);
        }
        if let Err(missing) = parties.complete(hit) {
            self.near_miss(scan, hit, missing);
            return None;
        }
        if hit.trigger.personal
            && !roles
                .agents
                .iter()
                .any(|&at| phrases[at].personal || matches!(phrases[at].kind, PhraseKind::Anaphor(_)))
        {
            self.near_miss(scan, hit, "a person as agent");
            return None;
        }
        let Some(reality) = reality(scan, hit) else {
            self.near_miss(scan, hit, "a sign of how real it is");
            return None;
        };
        let mut reality = reality;
        // "Would retaliate": what is said to come is the threat, which is there.
        let threat =
            hit.trigger.frame.event_type.name() == "threaten" && !scan.begins_class(hit.tokens.start, "threatens");
        if threat && scan.language == Language::English && matches!(reality.status, Status::Planned | Status::Possible)
        {
            reality.status = Status::Occurred;
            reality.because = "a threat".into();
        }
        let said = speech.map_or(0..scan.sentence.tokens.len(), |speech| speech.content.clone());
        // "He flies to Japan on Friday."
        let ahead = scan.language == Language::English
            && (hit.form == Form::Present || hit.form == Form::Gerund && is_under_way(scan, hit))
            && scan.sentence.field != Field::Title
            && matches!(hit.trigger.frame.event_type.name(), "visit" | "meet" | "negotiate" | "summit")
            && Clock::has_day_ahead(scan, hit, &said);
        if ahead && reality.status == Status::Occurred {
            reality.status = Status::Planned;
            reality.because = "present tense, on a day to come".into();
        }
        let date = self.clock.date(scan, hit, &said, reality.status, self.document.published);
        if reality.status == Status::Occurred && is_ahead(date, self.document.published) {
            reality.status = Status::Planned;
            reality.because.push_str(", on a day still to come");
        }
        Some(self.claim(scan, phrases, syntax, candidate, &roles, parties, reality, date, speech))
    }

    #[expect(clippy::too_many_arguments, reason = "one claim is made of exactly these")]
    fn claim(
        &self,
        scan: &Scan<'_>,
        phrases: &[Phrase],
        syntax: &Syntax,
        candidate: &Candidate<'_, '_>,
        roles: &Roles,
        parties: Parties,
        reality: Reality,
        date: EventDate,
        speech: Option<&Speech>,
    ) -> Draft {
        let hit = candidate.hit;
        let frame = &hit.trigger.frame;
        let evidence = evidence(scan, phrases, candidate, roles);
        let form = if hit.form == Form::Noun { "noun" } else { "verb" };
        let rule = [&hit.trigger.sense, self.document.lang.code(), form].join("/");
        let mut attribution = speech.map(|s| s.chain.clone()).unwrap_or_default();
        let english = scan.language == Language::English;
        let own = |step: &AttributionStep| step.agent.as_ref().is_some_and(|id| parties.source.contains(id));
        if english && speech.is_some_and(|speech| speech.announces) && attribution.last().is_some_and(own) {
            attribution.clear();
        }
        let speaks = SPEECH.contains(&frame.event_type.name()) && (english || reality.status == Status::Occurred);
        if speaks && !english {
            // The act is the speech: who accuses does not also say that they accuse.
            attribution.retain(|step| !step.agent.as_ref().is_some_and(|id| parties.source.contains(id)));
        }
        let known = in_relative_clause(scan, hit) || english && is_presupposed(scan, hit);
        let told_behind = !english && reality.status == Status::Occurred && is_told_behind(scan, hit);
        if roles.made || told_behind || (english || !speaks) && known {
            // What a relative clause adds to words said is told by the text itself.
            attribution.clear();
        }
        // "Mr Straw said he wanted it to end": an act of speech of one's own; "for its war in Ukraine": told as known.
        let pronoun = |&at: &usize| phrases[at].kind == PhraseKind::Anaphor(Anaphor::Pronoun);
        let ones_own = SPEECH.contains(&frame.event_type.name())
            && reality.status == Status::Occurred
            && roles.agents.iter().any(pronoun)
            && attribution.last().is_some_and(own);
        let known = hit.form == Form::Noun
            && !reality.firm
            && frame.event_type.name() == "attack"
            && is_governed(scan, syntax, hit);
        if english && (ones_own || known) {
            attribution.clear();
        }
        if english && attribution.is_empty() {
            attribution.extend(pledger(scan, &parties, &reality));
        }
        if attribution.is_empty() && !speaks {
            attribution.extend(denier(scan, phrases, syntax, &reality));
        }
        let confidence = confidence(hit, roles, &reality);
        let mut steps = Vec::with_capacity(1 + roles.steps.len() + attribution.len());
        steps.push(["status ", reality.status.as_str(), ": ", &reality.because].concat());
        steps.extend(roles.steps.iter().map(|step| step.told(scan, phrases)));
        let said = |step: &AttributionStep| ["said by ", &step.surface, " (", step.kind.as_str(), ")"].concat();
        steps.extend(attribution.iter().map(said));
        let trigger = trigger_span(scan, hit);
        let explanation = Explanation {
            claim: nameless(),
            rule: rule.clone(),
            entry: hit.trigger.entry.clone(),
            trigger: trigger.of(scan.text).to_owned(),
            trigger_span: scan.code_points(trigger),
            steps,
            also: Vec::new(),
        };
        let claim = Claim {
            id: nameless(),
            event_type: frame.event_type,
            subtype: frame.subtype.clone(),
            source: parties.source,
            target: parties.target,
            agreement: parties.agreement,
            status: reality.status,
            attribution,
            date,
            place: place(scan, phrases, hit),
            topic: topic(scan, hit),
            participants: participants(scan, phrases, roles, hit, self.world),
            evidence,
            rule,
            confidence,
        };
        let with_each = with_each(scan, phrases, candidate, roles);
        Draft { claim, firm: reality.firm, explanation, with_each }
    }

    fn near_miss(&mut self, scan: &Scan<'_>, hit: &TriggerHit<'_>, missing: &str) {
        let span = trigger_span(scan, hit);
        let word = span.of(scan.text);
        let (sense, entry) = (hit.trigger.sense.as_str(), hit.trigger.entry.as_str());
        let message = [&quoted(word), " (", sense, ", ", entry, ") lacks ", missing].concat();
        self.note("near-miss", message, Some((scan.sentence.field, span)));
    }

    fn note(&mut self, code: &str, message: impl Into<String>, at: Option<(Field, Span)>) {
        let (field, span) = at.unzip();
        self.diagnostics.push(Diagnostic { code: code.into(), message: message.into(), field, span });
    }

    fn finish(mut self) -> Extraction {
        let mut drafts = unite(std::mem::take(&mut self.drafts));
        for draft in &mut drafts {
            draft.claim.id = claim_id(&self.document.id, &draft.claim);
            draft.explanation.claim = draft.claim.id.clone();
            // Two senses of one word may tell the same fact: that is not told again.
            let own = Passage { field: draft.claim.evidence.field, span: draft.claim.evidence.span };
            draft.explanation.also.retain(|passage| *passage != own);
        }
        if drafts.is_empty() {
            let what = if self.mentions.is_empty() {
                "names no actor that the gazetteer knows"
            } else {
                "tells no event that the lexicon knows"
            };
            self.note("no-claim", format!("the document {what}"), None);
        }
        let (claims, explanations) = drafts.into_iter().map(|draft| (draft.claim, draft.explanation)).unzip();
        Extraction { claims, mentions: self.mentions, explanations, diagnostics: self.diagnostics }
    }
}

/// A word in quotation marks, with what breaks a line escaped. Letters need no look at the tables of Unicode.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == ' ' || ('\u{621}'..='\u{64A}').contains(&c);
    if word.chars().all(plain) { ["\"", word, "\""].concat() } else { format!("{word:?}") }
}

/// Sources, targets and the agreement of a claim.
#[derive(Clone, Debug, Default)]
struct Parties {
    source: Vec<EntityId>,
    target: Vec<EntityId>,
    agreement: Option<EntityId>,
}

impl Parties {
    fn new(phrases: &[Phrase], roles: &Roles, hit: &TriggerHit<'_>, last_agreement: Option<&EntityId>) -> Self {
        let frame = &hit.trigger.frame;
        let ids = |slots: &[usize]| slots.iter().flat_map(|&at| phrases[at].ids.iter().cloned()).collect::<Vec<_>>();
        let mut parties = Self::default();
        let mut agents = ids(&roles.agents);
        agents.extend(roles.outside_agent.clone());
        let mut patients = ids(&roles.patients);
        patients.extend(roles.outside_patients.iter().cloned());
        if roles.agents.iter().chain(&roles.patients).any(|&at| is_pair(&phrases[at]))
            && frame.event_type.is_symmetric()
        {
            patients.clear();
        }
        let named = ids(&roles.instruments).into_iter().chain(agents.iter().chain(&patients).cloned());
        parties.agreement = named.clone().find(|id| id.kind() == EntityKind::Agreement);
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
        for (role, ids) in [(frame.agent, agents), (frame.patient, patients)] {
            match role {
                _ if frame.event_type.is_symmetric() => parties.source.extend(ids),
                Role::Source => parties.source.extend(ids),
                Role::Target => parties.target.extend(ids),
            }
        }
        parties.tidy();
        parties
    }

    /// What the sentence leaves out: the state of a place, the other side of what was told last.
    fn complete_from(
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
        if name == "mediate"
            && hit.trigger.needs.is_empty()
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
            && scan.language == Language::English
            && hit.form != Form::Noun
            && self.source.is_empty()
            && !self.target.is_empty()
        {
            let inside =
                |phrase: &&Phrase| phrase.kind == PhraseKind::Place && phrase.preposition.as_deref() == Some("in");
            let state = |id: &EntityId| match id.kind() {
                EntityKind::State => Some(id.clone()),
                _ => world.entity(id)?.state.clone(),
            };
            self.source.extend(phrases.iter().filter(inside).flat_map(|phrase| &phrase.ids).find_map(state));
            self.tidy();
        }
        // "exchanged prisoners", "expelled each other's envoys": each does it to the other.
        let symmetric = hit.trigger.frame.event_type.is_symmetric();
        if self.target.is_empty() && self.source.len() == 2 && !symmetric && is_mutual(scan, hit) {
            self.target.clone_from(&self.source);
            return;
        }
        let (missing, present) = match (self.source.is_empty(), self.target.is_empty()) {
            (false, true) => (Role::Target, self.source.clone()),
            (true, false) => (Role::Source, self.target.clone()),
            _ => return,
        };
        if BILATERAL.contains(&name)
            && !roles.unknown_patient
            && !roles.blocked
            && roles.outside_agent.is_none()
            && !(symmetric && present.len() > 1)
        {
            let others = memory.counterpart(&present);
            self.side(if symmetric { Role::Source } else { missing }).extend(others);
        }
        self.tidy();
    }

    /// "The G7 meeting": a club that has no voice of its own meets as its members.
    fn spell_out(&mut self, hit: &TriggerHit<'_>, world: &World, day: Option<Date>) {
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
    fn complete_from_told(&mut self, scan: &Scan<'_>, syntax: &Syntax, memory: &Memory, candidate: &Candidate<'_, '_>) {
        let frame = &candidate.hit.trigger.frame;
        let name = frame.event_type.name();
        if matches!(name, "join-agreement" | "leave-agreement") {
            return self.complete_membership(scan, syntax, memory, candidate.hit);
        }
        let own = candidate.hit.tokens.end - 1;
        let nouns = candidate.needed.iter().map(|range| range.end - 1);
        let nouns = nouns.filter(|_| candidate.hit.form != Form::Noun);
        let mut nouns = nouns.chain((candidate.hit.form == Form::Noun && TALKS.contains(&name)).then_some(own));
        let Some(noun) = nouns.find(|&noun| points_back(scan, syntax, noun)) else { return };
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

    /// "Zimbabwe walked out in 2003", "Chad would leave as well": what others were told to join or leave.
    fn complete_membership(&mut self, scan: &Scan<'_>, syntax: &Syntax, memory: &Memory, hit: &TriggerHit<'_>) {
        let bare = hit.form != Form::Noun && syntax.object(scan, hit.tokens.end, Subject::Absent).is_none();
        let next = hit.tokens.end;
        let ends = matches!(scan.tags.get(next), None | Some(Tag::Stop | Tag::Comma | Tag::Adverb | Tag::Conjunction))
            || matches!(scan.word(next), "in" | "too" | "as" | "last" | "after" | "if");
        let states = !self.source.is_empty() && self.source.iter().all(|id| id.kind() == EntityKind::State);
        if let Some(joined) = memory.left_or_joined().filter(|_| bare && ends && states && self.target.is_empty()) {
            self.target.push(joined.clone());
        }
    }

    fn side(&mut self, role: Role) -> &mut Vec<EntityId> {
        match role {
            Role::Source => &mut self.source,
            Role::Target => &mut self.target,
        }
    }

    fn tidy(&mut self) {
        for side in [&mut self.source, &mut self.target] {
            side.sort();
            side.dedup();
        }
        // Who does it is not also whom it is done to: one state's own affairs are no relation.
        self.target.retain(|id| !self.source.contains(id));
    }

    fn complete(&self, hit: &TriggerHit<'_>) -> Result<(), &'static str> {
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

/// A trigger and the words that it needs: one for each class that has one in reach.
struct Candidate<'s, 'a> {
    hit: &'s TriggerHit<'a>,
    needed: SmallVec<[std::ops::Range<usize>; 2]>,
}

impl<'s, 'a> Candidate<'s, 'a> {
    fn new(scan: &Scan<'_>, hit: &'s TriggerHit<'a>) -> Self {
        let after = if hit.trigger.adjacent { 3 } else { 18 };
        let before =
            if hit.trigger.is_verb && !matches!(hit.form, Form::Participle | Form::PastPassive) { RELATIVE } else { 8 };
        let nearest = |class: &String| nearest_of_class(scan, hit, class, before, after);
        Self { hit, needed: hit.trigger.needs.iter().filter_map(nearest).collect() }
    }

    /// The nouns that name the act: "imposed the curbs", "the raid".
    fn nouns(&self, scan: &'s Scan<'_>) -> SmallVec<[&'s str; 2]> {
        let own = (self.hit.form == Form::Noun).then(|| self.hit.tokens.end - 1);
        self.needed.iter().map(|range| range.end - 1).chain(own).map(|noun| scan.word(noun)).collect()
    }

    /// How much its conditions say: their number, then the words that meet them.
    fn weight(&self) -> (usize, usize) {
        (self.hit.trigger.needs.len(), self.needed.iter().map(ExactSizeIterator::len).sum())
    }

    /// Whether the words that the trigger needs stand in its clause, and none that it forbids.
    fn conditions_hold(&self, scan: &Scan<'_>) -> bool {
        let trigger = self.hit.trigger;
        // What only recalls an act may stand farther off: "the exhibition recalls the Soviet invasion".
        let before = |class: &str| match (scan.language, class) {
            (Language::English, "in-name") => 6,
            (Language::English, "talks" | "negotiation") if self.hit.form == Form::Noun => 5,
            _ => 3,
        };
        // "talks on ending the war" were not broken off.
        let aim = |found: &std::ops::Range<usize>| {
            scan.language == Language::English
                && found.start > self.hit.tokens.start
                && scan.tags[found.start] == Tag::Verb(Form::Gerund)
                && scan.tags[found.start - 1] == Tag::Preposition
        };
        let forbidden = |class: &String| {
            let found = nearest_of_class(scan, self.hit, class, before(class), 10);
            found.is_some_and(|found| class != "broken-off" || !aim(&found))
        };
        self.needed.len() == trigger.needs.len() && !trigger.forbids.iter().any(forbidden)
    }
}

/// How far before a finite verb the noun of its relative clause may stand.
const RELATIVE: usize = 7;

fn nearest_of_class(
    scan: &Scan<'_>,
    hit: &TriggerHit<'_>,
    class: &str,
    before: usize,
    after: usize,
) -> Option<std::ops::Range<usize>> {
    // What a word may mean besides stands in its own clause: "hit a record", not "hit the port as prices fell".
    let after = if class == "figurative" && scan.language == Language::English {
        after.min(object_length(scan, hit))
    } else {
        after
    };
    // "the sanctions that Washington imposed": before a finite verb, only with nothing but its subject between.
    let reachable = |c: &std::ops::Range<usize>| {
        before != RELATIVE
            || c.start >= hit.tokens.start
            || is_antecedent(scan, c, hit)
            || (c.end..hit.tokens.start).all(|t| {
                !matches!(scan.tags[t], Tag::Verb(_) | Tag::Stop | Tag::Comma | Tag::Conjunction)
                    || opens_relative(scan, t)
            }) && (c.end..hit.tokens.start).all(|t| scan.tags[t] != Tag::Preposition || scan.word(t) == "of")
    };
    let fits = |c: &&std::ops::Range<usize>| {
        reachable(c)
            && (c.start + before >= hit.tokens.start || before == RELATIVE && is_antecedent(scan, c, hit))
            && c.start < hit.tokens.end + after
            && **c != hit.tokens
            && span_is_clear(scan, c, &hit.tokens)
    };
    let distance = |c: &&std::ops::Range<usize>| (c.start.abs_diff(hit.tokens.start), std::cmp::Reverse(c.len()));
    // "ينهي زيارته باتصال تاريخي": what something ends with is not what it ends.
    let ended = |c: &&ClassHit<'_>| class != "cooperation-object" || !c.proclitics.contains(&Proclitic::By);
    // "$2bn".
    let sums: Vec<std::ops::Range<usize>> = (0..scan.tags.len())
        .filter(|&at| class == "money" && matches!(scan.word(at), "$" | "£" | "€" | "¥"))
        .map(|at| at..at + 1)
        .collect();
    let words = scan.classes.iter().filter(|c| c.class == class).filter(ended).map(|c| &c.tokens).chain(&sums);
    // "إعلان العلا": the name of an agreement is one, whatever its words are.
    let named = scan.names.iter().filter(|named| class == "agreement" && names_agreement(named)).map(|n| &n.tokens);
    words.chain(named).filter(fits).min_by_key(distance).cloned()
}

/// "duties of up to 30 pct which Washington will levy": the noun of a relative clause, with what belongs to it, before its verb.
fn is_antecedent(scan: &Scan<'_>, noun: &std::ops::Range<usize>, hit: &TriggerHit<'_>) -> bool {
    if scan.language != Language::English || noun.end > hit.tokens.start || hit.tokens.start - noun.end > 14 {
        return false;
    }
    let opens = |at: &usize| {
        scan.tags[*at] == Tag::Relative
            || scan.tags[*at] == Tag::Complementizer && scan.word(*at) == "that" && scan.tags[*at - 1] == Tag::Noun
    };
    let Some(relative) = (noun.end..hit.tokens.start).rev().find(opens) else { return false };
    let nominal = |at: usize| {
        matches!(
            scan.tags[at],
            Tag::Noun | Tag::Determiner | Tag::Number | Tag::Possessive | Tag::Preposition | Tag::Adverb
        ) || at + 1 == relative && scan.tags[at] == Tag::Comma
    };
    let subject =
        |at: usize| !matches!(scan.tags[at], Tag::Verb(_) | Tag::Stop | Tag::Comma | Tag::Relative | Tag::Preposition);
    (noun.end..relative).all(nominal) && (relative + 1..hit.tokens.start).all(subject)
}

/// How many tokens the object of a verb takes.
fn object_length(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> usize {
    let ends = |at: &usize| {
        matches!(
            scan.tags[*at],
            Tag::Preposition | Tag::Stop | Tag::Comma | Tag::Conjunction | Tag::Verb(_) | Tag::Auxiliary
        )
    };
    let start = hit.tokens.end;
    let direct = scan.tags.get(start) == Some(&Tag::Preposition);
    let from = if direct { start + 1 } else { start };
    (from..scan.tags.len()).find(ends).unwrap_or(scan.tags.len()) - start
}

fn names_agreement(named: &Named<'_>) -> bool {
    let ids = named.entries.iter().filter_map(|form| form.entry.id());
    ids.map(EntityId::kind).any(|kind| kind == EntityKind::Agreement)
}

/// "the curbs, which Tokyo and Seoul imposed": the comma before a relative pronoun, and "and" between those who act.
fn opens_relative(scan: &Scan<'_>, token: usize) -> bool {
    let next = scan.tags.get(token + 1);
    scan.language == Language::English
        && (next == Some(&Tag::Relative) || scan.tags[token] == Tag::Conjunction && scan.in_name(token + 1))
}

fn span_is_clear(scan: &Scan<'_>, a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    let (from, to) = if a.start < b.start { (a.end, b.start) } else { (b.end, a.start) };
    let crosses = |t: usize| to - from > 4 && t > from && scan.finite_verb_at(t);
    !(from..to).any(|t| scan.is_strong_boundary(t) || crosses(t))
}

/// What an act of speech governs: from its trigger to the end of the clause.
fn content_of(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> std::ops::Range<usize> {
    let start = hit.tokens.end;
    let end = (start..scan.sentence.tokens.len())
        .find(|&t| {
            scan.is_strong_boundary(t)
                || scan.begins_class(t, "subordinator")
                || scan.begins_class(t, "anterior")
                || scan.finite_verb_at(t) && (scan.conjoined(t) || joined_clause(scan, start, t))
                || opens_cue(scan, t)
                || matches!(scan.word(t), "," | "،") && (t > start + 12 || goes_on(scan, t))
        })
        .unwrap_or(scan.sentence.tokens.len());
    start..end
}

/// "Mr Sarkozy, who mediated, will travel", "complained, having threatened": behind the comma the clause above goes on.
fn goes_on(scan: &Scan<'_>, comma: usize) -> bool {
    let next = (comma + 1..scan.tags.len()).find(|&at| scan.tags[at] != Tag::Adverb);
    let verb = next.is_some_and(|at| scan.finite_verb_at(at) || scan.tags[at] == Tag::Auxiliary);
    scan.language == Language::English && verb
}

/// "…، ومن المقرر أن": a cue behind "and" opens a clause of its own.
fn opens_cue(scan: &Scan<'_>, token: usize) -> bool {
    let plain = |cue: &CueHit<'_>| cue.tokens.start == token && cue.cue.position == CuePosition::Before;
    scan.conjoined(token) && !scan.noun_at(token) && scan.cues.iter().any(plain)
}

/// Whether "and" with nothing but a subject stands before a verb: "asked Chad for help, and Chad turned it down".
fn joined_clause(scan: &Scan<'_>, start: usize, verb: usize) -> bool {
    let subject = |tag: Tag| {
        matches!(
            tag,
            Tag::Noun | Tag::Number | Tag::Determiner | Tag::Possessive | Tag::Adverb | Tag::Auxiliary | Tag::Pronoun
        )
    };
    let before = (start..verb).rev().find(|&at| !subject(scan.tags[at]));
    before.is_some_and(|at| scan.tags[at] == Tag::Conjunction)
}

/// The first actor of the sentence that no preposition governs; else whoever speaks.
fn main_subject(phrases: &[Phrase], speeches: &[Speech]) -> Option<EntityId> {
    let speaker = speeches.last().and_then(origin).filter(|id| id.is_actor());
    let first = phrases.iter().find(|p| p.preposition.is_none() && p.kind == PhraseKind::Actor && p.ids.len() == 1);
    speaker.cloned().or_else(|| first.map(|p| p.ids[0].clone()))
}

/// Adds what a phrase names. An adjective names its state only beside another one ("Saudi-Iranian talks"): a French tourist is nobody.
fn mentions(scan: &Scan<'_>, phrases: &[Phrase], at: usize, found: &mut Vec<Mention>) {
    let phrase = &phrases[at];
    // A seat that is only a place is no mention of its state.
    if phrase.kind == PhraseKind::Place && phrase.ids.iter().any(|id| id.kind() == EntityKind::State) {
        return;
    }
    let is_adjective = |at: usize| phrases.get(at).is_some_and(|phrase| phrase.kind == PhraseKind::Adjective);
    let in_pair =
        phrase.coordinated && is_adjective(at.wrapping_sub(1)) || is_adjective(at + 1) && phrases[at + 1].coordinated;
    if is_adjective(at) && !in_pair {
        return;
    }
    let span = phrase.span(scan);
    let mention = |id: &EntityId| Mention {
        field: scan.sentence.field,
        span,
        surface: span.of(scan.text).to_owned(),
        entity: id.clone(),
        person: phrase.person.clone(),
        office: phrase.office.clone(),
    };
    found.extend(phrase.ids.iter().map(mention));
}

fn trigger_span(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Span {
    tokens_span(scan.sentence, &hit.tokens)
}

fn tokens_span(sentence: &Sentence, tokens: &std::ops::Range<usize>) -> Span {
    Span::new(sentence.tokens[tokens.start].span.start, sentence.tokens[tokens.end - 1].span.end)
}

/// The shortest stretch of the sentence that shows the trigger and its parties.
fn evidence(scan: &Scan<'_>, phrases: &[Phrase], candidate: &Candidate<'_, '_>, roles: &Roles) -> Evidence {
    let start = tokens_span(scan.sentence, &candidate.hit.tokens);
    let span = roles.all().fold(start, |span, at| span.cover(phrases[at].span(scan)));
    let span = candidate.needed.iter().fold(span, |span, tokens| span.cover(tokens_span(scan.sentence, tokens)));
    Evidence {
        field: scan.sentence.field,
        span,
        code_points: scan.code_points(span),
        quote: span.of(scan.text).to_owned(),
        sentence: scan.sentence.span,
    }
}

fn claim_id(document: &str, claim: &Claim) -> ClaimId {
    let list = |ids: &[EntityId]| {
        let mut list = CompactString::default();
        for id in ids {
            list.push_str(if list.is_empty() { "" } else { " " });
            list.push_str(id.as_str());
        }
        list
    };
    let evidence = &claim.evidence;
    let field = if evidence.field == Field::Title { "Title " } else { "Text " };
    let place = [field, &evidence.span.start.to_string(), " ", &evidence.span.end.to_string()].concat();
    content_hash([
        "claim",
        document,
        claim.event_type.name(),
        &list(&claim.source),
        &list(&claim.target),
        claim.status.as_str(),
        &place,
    ])
    .into()
}

/// The id of a claim that has none yet: the same fact told twice is one claim, so that ids are given last.
fn nameless() -> ClaimId {
    static NAMELESS: LazyLock<ClaimId> = LazyLock::new(|| "".into());
    NAMELESS.clone()
}

/// How sure the rule is: verbs more than nouns, own slots more than inferred ones, firm status more than presupposed.
fn confidence(hit: &TriggerHit<'_>, roles: &Roles, reality: &Reality) -> f64 {
    let mut hundredths: i32 = if hit.form == Form::Noun { 84 } else { 92 };
    if roles.inferred {
        hundredths -= 10;
    }
    if !reality.firm {
        hundredths -= 12;
    }
    f64::from(hundredths) / 100.0
}

/// A place named in the clause behind "in": a capital or a venue.
fn place(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> Option<EntityId> {
    let near = |p: &&Phrase| {
        p.kind == PhraseKind::Place
            && matches!(p.preposition.as_deref(), Some("في" | "ب" | "in" | "at"))
            && p.tokens.start < hit.tokens.end + 20
            && p.tokens.start + 12 > hit.tokens.start
            && (hit.tokens.end..p.tokens.start).all(|t| !scan.is_strong_boundary(t))
    };
    phrases.iter().find(near).and_then(|p| p.ids.first()).filter(|id| id.kind() == EntityKind::Place).cloned()
}

fn participants(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    roles: &Roles,
    hit: &TriggerHit<'_>,
    world: &World,
) -> Vec<Participant> {
    let frame = &hit.trigger.frame;
    let mut participants = Vec::with_capacity(roles.all().count());
    for (slots, role) in
        [(&roles.agents, frame.agent), (&roles.patients, frame.patient), (&roles.instruments, Role::Target)]
    {
        for &at in slots {
            let phrase = &phrases[at];
            // "signed the treaty" names nobody anew.
            if phrase.kind == PhraseKind::Anaphor(Anaphor::Event) && roles.instruments.contains(&at) {
                continue;
            }
            let span = phrase.name_span(scan);
            for id in &phrase.ids {
                participants.push(Participant {
                    id: id.clone(),
                    role: if frame.event_type.is_symmetric() { Role::Source } else { role },
                    surface: span.of(scan.text).to_owned(),
                    span: Some(scan.code_points(span)),
                    person: phrase.person.clone(),
                    office: phrase.office.clone(),
                    level: phrase.office.as_deref().and_then(|office| world.office_level(office)).map(str::to_owned),
                });
            }
        }
    }
    participants
}

/// Two senses of one word that tell the same of the same parties.
fn told_twice(known: &Draft, draft: &Draft, scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    // "spoke by telephone, their first conversation since May".
    let apposed = hit.form == Form::Noun
        && (hit.tokens.start.saturating_sub(4)..hit.tokens.start)
            .any(|at| scan.begins_class(at, "possessive-pronoun") && at > 0 && scan.tags[at - 1] == Tag::Comma);
    if apposed && known.claim.event_type == draft.claim.event_type && known.claim.parties() == draft.claim.parties() {
        return true;
    }
    known.explanation.trigger == draft.explanation.trigger
        && known.claim.evidence.span.overlaps(draft.claim.evidence.span)
        && known.claim.event_type == draft.claim.event_type
        && known.claim.parties() == draft.claim.parties()
}

/// The same fact told twice in a document is one claim: the firmer telling gives the status, the more exact one the
/// date, the first that names its source the attribution.
fn unite(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut united: Vec<Draft> = Vec::new();
    // The same fact is of the same type and parties: only such claims are compared.
    let mut alike: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for draft in drafts {
        let claim = &draft.claim;
        let key = FxBuildHasher.hash_one((claim.event_type, &claim.source, &claim.target));
        let alike = alike.entry(key).or_default();
        let told = |at: &usize| same_fact(&united[*at], &draft) || same_claim(&united[*at].claim, claim);
        match alike.iter().copied().find(told) {
            Some(at) => merge(&mut united[at], draft),
            None => {
                alike.push(united.len());
                united.push(draft);
            }
        }
    }
    united
}

/// Whether two claims would have one id.
fn same_claim(a: &Claim, b: &Claim) -> bool {
    a.event_type == b.event_type
        && a.source == b.source
        && a.target == b.target
        && a.status == b.status
        && a.evidence.field == b.evidence.field
        && a.evidence.span == b.evidence.span
}

fn same_fact(a: &Draft, b: &Draft) -> bool {
    let (x, y) = (&a.claim, &b.claim);
    x.event_type == y.event_type
        && x.source == y.source
        && x.target == y.target
        && (x.status == y.status || is_vague(a) || is_vague(b) || called_off(a, b) || same_words(a, b))
        && (x.date == y.date || x.date.is_unknown() || y.date.is_unknown() || compatible(x.date, y.date))
}

/// Whether a noun only presupposes the act, so that it may be the one that is told elsewhere. What states do together all the time is
/// no single act.
fn is_vague(draft: &Draft) -> bool {
    !draft.firm && draft.claim.event_type.name() != "cooperate"
}

/// A verb and its noun: "خاض الجانبان جولات من التفاوض" is told once.
fn same_words(a: &Draft, b: &Draft) -> bool {
    a.claim.evidence.field == b.claim.evidence.field && a.claim.evidence.span.overlaps(b.claim.evidence.span)
}

fn compatible(a: EventDate, b: EventDate) -> bool {
    let starts_before_end = |x: EventDate, y: EventDate| match (x.not_before(), y.not_after()) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    starts_before_end(a, b) && starts_before_end(b, a)
}

/// "Will not join" in the headline and "cancelled its accession" in the body are one: it was planned and is off.
fn called_off(a: &Draft, b: &Draft) -> bool {
    let mut both = [a.claim.status, b.claim.status];
    both.sort();
    both == [Status::Denied, Status::Cancelled]
}

fn merge(known: &mut Draft, other: Draft) {
    let date = if known.claim.date.is_unknown()
        || !other.claim.date.is_unknown() && other.claim.date.precision() < known.claim.date.precision()
    {
        other.claim.date
    } else {
        known.claim.date
    };
    let attribution: Vec<AttributionStep> =
        if known.claim.attribution.is_empty() && known.claim.evidence.field == Field::Title {
            other.claim.attribution.clone()
        } else {
            known.claim.attribution.clone()
        };
    let topic = known.claim.topic.or(other.claim.topic);
    let mut also = std::mem::take(&mut known.explanation.also);
    let better = !known.firm && other.firm
        || known.firm == other.firm && known.claim.evidence.field == Field::Title
        || called_off(known, &other) && other.claim.status == Status::Cancelled;
    let left = if better { std::mem::replace(known, other) } else { other };
    if better && known.claim.attribution.is_empty() {
        known.claim.attribution = attribution;
    }
    also.push(Passage { field: left.claim.evidence.field, span: left.claim.evidence.span });
    known.explanation.also = also;
    known.claim.date = date;
    known.claim.topic = topic;
}

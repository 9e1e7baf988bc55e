//! Who says it, through whom: reporting verbs and phrases, their sources, and how far their words reach.
//!
//! A chain goes from the reader to the origin: the outlet that quotes first, the one who speaks last. Words said reach from
//! "that" to the end of the sentence, or over what stands before ", he said"; "according to" reaches over the whole sentence.

use crate::coreference::{Kind, Memory};
use crate::lexicon::{Form, ReportingKind};
use crate::mention::{Anaphor, CONJUNCTION, Phrase, PhraseKind};
use crate::scan::{ReportingHit, Scan};
use crate::syntax::{Subject, Syntax, Tag};
use chancery_model::{AttributionStep, EntityId, EntityKind, Field, Language, SourceKind, World};
use std::ops::Range;

/// A stretch of a sentence that somebody is said to say.
#[derive(Clone, Debug)]
pub(crate) struct Speech {
    /// The words said, as tokens.
    pub(crate) content: Range<usize>,
    /// Who says them: from the reader to the origin.
    pub(crate) chain: Vec<AttributionStep>,
    /// Whether saying it does it: what a body announces of itself is its own act, and on nobody's word.
    pub(crate) announces: bool,
}

/// The chains of one document: the last one, for "he added".
#[derive(Debug, Default)]
pub(crate) struct Voices {
    last: Vec<AttributionStep>,
}

/// A sentence in which speech is looked for.
#[derive(Clone, Copy)]
struct Heard<'a> {
    scan: &'a Scan<'a>,
    phrases: &'a [Phrase],
    syntax: &'a Syntax,
    memory: &'a Memory,
    world: &'a World,
}

impl Voices {
    /// Every stretch of speech in a sentence. Longer stretches come first, so that the last match is the innermost.
    pub(crate) fn speeches(
        &mut self,
        scan: &Scan<'_>,
        phrases: &[Phrase],
        syntax: &Syntax,
        memory: &Memory,
        world: &World,
    ) -> Vec<Speech> {
        let heard = Heard { scan, phrases, syntax, memory, world };
        let mut speeches: Vec<Speech> = Vec::new();
        let mut hits: Vec<&ReportingHit<'_>> = scan.reporting.iter().collect();
        hits.sort_by_key(|hit| (hit.tokens.start, std::cmp::Reverse(hit.tokens.end)));
        hits.dedup_by_key(|hit| hit.tokens.start);
        for hit in hits {
            if let Some(mut speech) = self.speech(heard, hit) {
                nest(&speeches, &mut speech, hit.tokens.start);
                self.last.clone_from(&speech.chain);
                speeches.push(speech);
            }
        }
        if speeches.is_empty() && scan.language == Language::Arabic && scan.sentence.field == Field::Title {
            speeches.extend(heard.headline_speech());
        }
        speeches.sort_by_key(|speech| std::cmp::Reverse(speech.content.len()));
        speeches
    }

    fn speech(&self, heard: Heard<'_>, hit: &ReportingHit<'_>) -> Option<Speech> {
        match hit.reporting.kind {
            ReportingKind::According => heard.according(hit),
            ReportingKind::Quote if heard.scan.language == Language::Arabic => heard.arabic_quoting(hit),
            ReportingKind::Quote => heard.english_quoting(hit),
            ReportingKind::Statement => heard.statement(hit),
            ReportingKind::Say => self.saying(heard, hit, false),
            ReportingKind::Continue => self.saying(heard, hit, true),
        }
    }

    fn saying(&self, heard: Heard<'_>, hit: &ReportingHit<'_>, continues: bool) -> Option<Speech> {
        if heard.only_names(hit) || heard.words_of_quoted(hit) {
            return None;
        }
        let (content, voice) =
            if heard.scan.language == Language::Arabic { heard.arabic_saying(hit) } else { heard.english_saying(hit) }?;
        if let Some(step) = voice {
            let mut chain: Vec<AttributionStep> = heard.told_outlet(hit, content.start).into_iter().collect();
            chain.push(step);
            chain.extend(heard.joint_speakers(hit));
            chain.extend(heard.cited_beside(hit, &content));
            chain.dedup_by(|a, b| a.agent == b.agent);
            let announces = heard.scan.begins_class(hit.tokens.start, "announces");
            return Some(Speech { content, chain, announces });
        }
        if let Some(step) = heard.nameless(hit, &content) {
            let chain = heard.told_outlet(hit, content.start).into_iter().chain([step]).collect();
            return Some(Speech { content, chain, announces: false });
        }
        // "يذكر أن", "it is to be noted that": nobody says it but the text.
        if heard.scan.language == Language::Arabic && heard.scan.begins_class(hit.tokens.start, "own-voice") {
            return None;
        }
        let shared = continues || matches!(hit.form, Form::Gerund | Form::Fixed) || heard.has_pronoun_subject(hit);
        let chain = if continues && !self.last.is_empty() { self.last.clone() } else { self.continued(heard.memory) };
        (shared && !chain.is_empty()).then_some(Speech { content, chain, announces: false })
    }

    fn continued(&self, memory: &Memory) -> Vec<AttributionStep> {
        if !self.last.is_empty() {
            return self.last.clone();
        }
        memory.subject().map(|id| speaker(id, id.to_string())).into_iter().collect()
    }
}

/// News agencies that are an organ of their state.
const STATE_AGENCIES: [&str; 22] = [
    "anadolu", "aps", "bna", "ina", "irna", "kcna", "kuna", "map", "mena", "nna", "ona", "petra", "qna", "saba",
    "sana", "spa", "suna", "tap", "tass", "wafa", "wam", "xinhua",
];
/// Fewer quoted words are a name ("Axios"), not speech.
const MIN_QUOTED: usize = 3;
/// A speaker stands so many tokens from the word that makes them speak, at most.
const NEAR: usize = 14;

impl Heard<'_> {
    /// "لافروف: الغارات الأميركية ستضر": who opens a headline before a colon says the rest; places and subjects of articles do not.
    fn headline_speech(self) -> Option<Speech> {
        let first = self.phrases.iter().position(|phrase| phrase.tokens.start == 0)?;
        let colon = self.phrases[first].tokens.end;
        let speaks = self.phrases[first].personal || self.phrases[first].body;
        if self.scan.word(colon) != ":" || !speaks {
            return None;
        }
        let chain = vec![self.step(first)?];
        Some(Speech { content: colon + 1..self.scan.sentence.tokens.len(), chain, announces: false })
    }

    /// "قال الوزير إن …", "الوزير قال إن …": the speaker stands between the verb and the content, or before the verb.
    fn arabic_saying(self, hit: &ReportingHit<'_>) -> Option<(Range<usize>, Option<AttributionStep>)> {
        let start = self.content_start(hit.tokens.end)?;
        let before = self.clause_start(hit.tokens.start)..hit.tokens.start;
        // "تحدث عن زيارته لدول الخليج، كاشفا عن أنه": a participle is said by the subject, not by whoever stands before it.
        let participle = hit.form == Form::Fixed;
        let voice = self
            .voice_in(hit.tokens.end..start)
            .or_else(|| self.subject_step(hit.tokens.start))
            .or_else(|| if participle { self.free_voice(before) } else { self.voice_in(before) });
        Some((start..self.speech_end(start), voice))
    }

    /// "نقلت رويترز عن مسؤول قوله إن": the noun belongs to the words before it, which name who is quoted.
    fn words_of_quoted(self, hit: &ReportingHit<'_>) -> bool {
        let quotes = |other: &ReportingHit<'_>| {
            other.reporting.kind == ReportingKind::Quote
                && other.tokens.end <= hit.tokens.start
                && hit.tokens.start - other.tokens.end <= NEAR
                && (other.tokens.end..hit.tokens.start)
                    .all(|t| self.scan.tags[t] != Tag::Stop && !self.scan.is_complementizer(t))
        };
        self.scan.language == Language::Arabic
            && hit.form == Form::Fixed
            && self.scan.word(hit.tokens.start).starts_with("قول")
            && self.scan.reporting.iter().any(quotes)
    }

    /// Where words said end before the sentence does: "قال لافروف إن …، وقال مسؤولون أميركيون إن …", "أعلنت السفارة أن …، وذلك قبيل …". What is
    /// quoted goes on.
    fn speech_end(self, start: usize) -> usize {
        let scan = self.scan;
        let said = |t: usize| scan.reporting.iter().any(|hit| hit.tokens.start == t && hit.form == Form::Past);
        let parts = |t: usize| scan.conjoined(t) && said(t) || scan.begins_class(t, "own-voice");
        let quoted = |t: usize| scan.sentence.tokens[t].quoted;
        let length = scan.sentence.tokens.len();
        (start + 1..length).find(|&t| scan.tags[t - 1] == Tag::Comma && !quoted(t) && parts(t)).unwrap_or(length)
    }

    /// "The minister said (that) …" has its content behind it; "…, the minister said" and "…, said the minister" before.
    fn english_saying(self, hit: &ReportingHit<'_>) -> Option<(Range<usize>, Option<AttributionStep>)> {
        let (scan, length) = (self.scan, self.scan.sentence.tokens.len());
        if let Some((at, inverted)) = self.inverted(hit) {
            let start = self.quotation_start(at).unwrap_or(0);
            return Some((start..hit.tokens.start, Some(inverted)));
        }
        if let Some(at) = self.outlet_before(hit) {
            let start = self.phrases[at].tokens.start;
            return Some((self.quotation_start(start - 1).unwrap_or(0)..start, self.step(at)));
        }
        let subject = self.syntax.subject(scan, self.phrases, hit.tokens.start);
        let voice = self.subject_step(hit.tokens.start);
        if let Some((start, end)) = self.trailing(hit, subject) {
            let before = self.quotation_start(start).unwrap_or(0)..start;
            let content = if self.goes_on(end) { 0..length } else { before };
            return Some((content, voice.or_else(|| self.home(start, hit))));
        }
        // "said in Washington the tariffs could go once there was evidence that": what is said begins without "that".
        let clause =
            |at: &usize| scan.finite_verb_at(*at) || scan.tags[*at] == Tag::Auxiliary && scan.word(*at) != "to";
        let direct = |start: &usize| !(hit.tokens.end..*start).any(|at| clause(&at));
        let start = self.content_start(hit.tokens.end).filter(direct).unwrap_or(hit.tokens.end);
        (length > hit.tokens.end + 2 && self.is_clause(hit, start)).then(|| (start..self.content_end(start), voice))
    }

    /// Where words said end before the sentence does: "said it would close, and called on Chad", "said it would sue after Chad seized".
    fn content_end(self, start: usize) -> usize {
        let scan = self.scan;
        let ahead = |at: usize| scan.begins_class(at, "modal") || scan.word(at) == "to";
        let mut last: Option<usize> = None;
        for at in start..scan.tags.len() {
            let next = (at + 1..scan.tags.len()).find(|&next| scan.tags[next] != Tag::Adverb);
            let past = |at: Option<usize>| at.is_some_and(|at| scan.tags[at] == Tag::Verb(Form::Past));
            let own = last.is_some_and(|at| scan.tags[at] == Tag::Verb(Form::Past) || scan.begins_class(at, "have"));
            let joined = scan.tags[at] == Tag::Conjunction && past(next) && last.is_some();
            if joined && (!own || at > start && scan.tags[at - 1] == Tag::Comma) {
                return at;
            }
            // "…, despite US objections", "…, a step that Chad condemned": told by the text itself.
            let comma = at > start && scan.tags[at - 1] == Tag::Comma;
            let apposed = matches!(scan.word(at), "a" | "an") && self.names_act(at);
            if comma && (matches!(scan.word(at), "despite" | "although" | "though" | "while" | "but") || apposed) {
                return at;
            }
            // "said he would not yield, and on Friday he flies": a clause of its own in another tense.
            let own_clause = comma && scan.tags[at] == Tag::Conjunction && last.is_some_and(ahead);
            let finite = |at: &usize| scan.finite_verb_at(*at) || scan.tags[*at] == Tag::Auxiliary;
            if own_clause && (at + 1..scan.tags.len()).find(finite).is_some_and(|at| !ahead(at)) {
                return at;
            }
            let clause = matches!(scan.word(at), "after" | "when" | "since") && last.is_some_and(ahead);
            if clause && (at + 1..scan.tags.len()).any(|at| scan.tags[at] == Tag::Verb(Form::Past)) {
                return at;
            }
            if scan.finite_verb_at(at) || scan.tags[at] == Tag::Auxiliary && scan.word(at) != "to" {
                last = Some(at);
            }
        }
        scan.tags.len()
    }

    /// Whether the noun group at a token sums up an act: "a move", "a charge".
    fn names_act(self, token: usize) -> bool {
        let Some(group) = self.syntax.group_at(token).map(|at| &self.syntax.groups[at]) else { return false };
        group.tokens.clone().any(|at| self.scan.classes_at(at).iter().any(|hit| Kind::of_class(hit.class).is_some()))
    }

    /// "struck what Delhi said was a camp": the word for a thing, not what somebody tells.
    fn only_names(self, hit: &ReportingHit<'_>) -> bool {
        let scan = self.scan;
        let before = (0..hit.tokens.start).rev().take(4).find(|&at| !scan.in_name(at) && scan.tags[at] != Tag::Pronoun);
        scan.language == Language::English && before.is_some_and(|at| scan.word(at) == "what")
    }

    /// "The two sides said", "Egypt and Jordan said": all of them.
    fn joint_speakers(self, hit: &ReportingHit<'_>) -> Vec<AttributionStep> {
        if self.scan.language != Language::English {
            return Vec::new();
        }
        let Subject::Phrase(at) = self.syntax.subject(self.scan, self.phrases, hit.tokens.start) else {
            return Vec::new();
        };
        let rest = self.phrases[at + 1..]
            .iter()
            .take_while(|phrase| phrase.coordinated && phrase.tokens.end <= hit.tokens.start);
        let own =
            self.phrases[at].ids.iter().skip(1).map(|id| speaker(id, self.surface(self.phrases[at].tokens.clone())));
        let named = |phrase: &&Phrase| phrase.kind == PhraseKind::Actor;
        let others = rest
            .filter(named)
            .flat_map(|phrase| phrase.ids.iter().map(|id| speaker(id, self.surface(phrase.tokens.clone()))));
        let all: Vec<AttributionStep> = own.chain(others).collect();
        if all.len() > 3 { Vec::new() } else { all }
    }

    /// "…, said the minister": the speaker behind the verb, and where their words end.
    fn inverted(self, hit: &ReportingHit<'_>) -> Option<(usize, AttributionStep)> {
        let before = hit.tokens.start.checked_sub(1).map(|at| self.scan.tags[at]);
        let closes = matches!(before, Some(Tag::Comma | Tag::Mark));
        let (step, at) = self.voice_at(hit.tokens.end..hit.tokens.end + 3)?;
        let named = step.kind != SourceKind::Outlet && self.phrases[at].preposition.is_none();
        // "Panama's president, Mr Mulino, said that they would": behind the verb stands what is said.
        let scan = self.scan;
        let content = (hit.tokens.end..self.phrases[at].tokens.start).any(|at| scan.is_complementizer(at))
            || scan.tags.get(self.phrases[at].tokens.end) == Some(&Tag::Auxiliary);
        let named = named && !content;
        // "thanked Chad, saying its help".
        let named = named && !scan.word(hit.tokens.start).ends_with("ing");
        (closes && named).then_some((hit.tokens.start, step))
    }

    /// "… the Abraham Accords, Axios reported": an outlet between a comma and the verb is no part of a list.
    fn outlet_before(self, hit: &ReportingHit<'_>) -> Option<usize> {
        let at = self.phrases.iter().position(|p| p.kind == PhraseKind::Outlet && p.tokens.end == hit.tokens.start)?;
        let start = self.phrases[at].tokens.start;
        let before = start.checked_sub(1).map(|before| self.scan.tags[before]);
        (start > 3 && before == Some(Tag::Comma)).then_some(at)
    }

    /// Where a trailing "…, the minister said (on Monday)." begins and ends.
    fn trailing(self, hit: &ReportingHit<'_>, subject: Subject) -> Option<(usize, usize)> {
        let scan = self.scan;
        let mut end = self.behind_listener(hit.tokens.end);
        let part_of_day = |at: usize| matches!(scan.word(at), "late" | "early") && self.is_aside(at + 1);
        while scan.tags.get(end) == Some(&Tag::Adverb) || self.is_aside(end) || part_of_day(end) {
            end += 1;
        }
        // "…, the minister said on Tuesday on his first visit."
        let plain = |at: usize| {
            let tag = scan.tags[at];
            !scan.finite_verb_at(at) && !matches!(tag, Tag::Complementizer | Tag::Mark | Tag::Auxiliary | Tag::Comma)
        };
        let rest = || (end..scan.tags.len()).take_while(|&at| scan.tags[at] != Tag::Stop).all(plain);
        let tail = end > hit.tokens.end && scan.tags.get(end) == Some(&Tag::Preposition) && rest();
        let ends = tail || matches!(scan.tags.get(end), None | Some(Tag::Stop | Tag::Comma | Tag::Mark));
        let start = match subject {
            Subject::Phrase(at) => self.phrases[at].tokens.start,
            _ => {
                let last = (0..hit.tokens.start).rev().find(|&at| scan.tags[at] != Tag::Auxiliary)?;
                self.syntax.group_at(last).map(|group| self.syntax.groups[group].tokens.start)?
            }
        };
        // "a senior Turkish official": the phrase begins inside its group.
        let group = self.syntax.group_at(start).map_or(start, |at| self.syntax.groups[at].tokens.start.min(start));
        let group = self.whose_aide(group);
        let opens = (0..3).filter_map(|back| group.checked_sub(1 + back)).find(|&at| scan.tags[at] != Tag::Determiner);
        let parted = opens.is_some_and(|at| matches!(scan.tags[at], Tag::Comma | Tag::Mark));
        (ends && parted && (start > 3 || self.goes_on(end))).then_some((start, end))
    }

    /// "…, an aide to the president said": the group begins before whom somebody serves.
    fn whose_aide(self, group: usize) -> usize {
        let serves = |at: &usize| {
            matches!(self.scan.word(*at), "to" | "for" | "of" | "from") && !self.scan.begins_class(*at + 1, "modal")
        };
        let preposition = group.checked_sub(1).filter(serves).filter(|&at| self.scan.tags[at] == Tag::Preposition);
        let served = preposition.and_then(|at| self.syntax.group_at(at.checked_sub(1)?));
        let head = served.map(|at| &self.syntax.groups[at]).filter(|served| {
            let head = self.scan.word(served.tokens.end - 1);
            matches!(
                head,
                "aide" | "adviser" | "advisor" | "spokesman" | "spokeswoman" | "official" | "officials" | "lawyer"
            )
        });
        head.map_or(group, |head| head.tokens.start)
    }

    /// "Chad, a spokesman said on Friday, has expelled": behind the comma the clause around the speaker goes on.
    fn goes_on(self, comma: usize) -> bool {
        let scan = self.scan;
        let verb = |at: usize| scan.finite_verb_at(at) || scan.tags.get(at) == Some(&Tag::Auxiliary);
        scan.tags.get(comma) == Some(&Tag::Comma) && verb(comma + 1)
    }

    /// One past whom something is told: "told Reuters", "told a news conference".
    fn behind_listener(self, start: usize) -> usize {
        let Some(group) = self.syntax.group_at(start).map(|at| &self.syntax.groups[at]) else { return start };
        let outlet = group.phrase.is_some_and(|at| self.phrases[at].kind == PhraseKind::Outlet);
        let listens = outlet || self.scan.begins_class(group.tokens.end - 1, "listener");
        if listens && group.tokens.start == start { group.tokens.end } else { start }
    }

    /// "on Monday", "in Brussels" behind a verb of saying.
    fn is_aside(self, token: usize) -> bool {
        let scan = self.scan;
        let behind = scan.tags.get(token + 1).copied();
        let inside = |t: usize| scan.tags.get(t.wrapping_sub(1)) == Some(&Tag::Preposition) && scan.in_name(t);
        let beside = |t: usize| behind == Some(Tag::Adverb) || scan.in_name(t) || scan.begins_class(t, "platform");
        scan.tags.get(token) == Some(&Tag::Preposition) && beside(token + 1)
            || scan.begins_class(token, "platform")
            || scan.is_temporal(token)
            || inside(token)
    }

    /// Whether a clause stands behind the verb, and not only an object: "announced that …", but not "announced sanctions".
    fn is_clause(self, hit: &ReportingHit<'_>, start: usize) -> bool {
        let scan = self.scan;
        if start > hit.tokens.end {
            return true;
        }
        (start..scan.tags.len())
            .take_while(|&at| {
                !matches!(scan.tags[at], Tag::Stop | Tag::Comma | Tag::Relative | Tag::Subordinator | Tag::Conjunction)
            })
            .any(|at| scan.finite_verb_at(at) || scan.tags[at] == Tag::Auxiliary && scan.word(at) != "to")
    }

    /// "Oil Minister Azevedo said" in a text on Angola: an official whose state the sentence names already.
    fn home(self, start: usize, hit: &ReportingHit<'_>) -> Option<AttributionStep> {
        let official = self.phrases.iter().find(|p| (start..start + 6).contains(&p.tokens.start))?;
        // "a government spokesman said in Paris".
        let seat = self.phrases.iter().find(|p| p.tokens.start == hit.tokens.end + 1 && p.kind == PhraseKind::Place);
        let seat = seat.filter(|p| p.preposition.as_deref() == Some("in")).and_then(|p| p.ids.first());
        if let Some(state) =
            seat.and_then(|id| self.world.entity(id)?.state.as_ref()).filter(|_| official.ids.is_empty())
        {
            return Some(speaker(state, self.surface(official.tokens.clone())));
        }
        if self.are_anyones_diplomats(official) {
            return Some(self.nobodys(official));
        }
        let nameless = official.ids.is_empty() && official.office.is_some();
        let first = self.phrases.iter().find(|p| p.kind == PhraseKind::Actor && p.tokens.end <= start)?;
        let id = first.ids.first().filter(|_| nameless)?;
        Some(speaker(id, self.surface(official.tokens.clone())))
    }

    /// "according to X, …" reaches over the whole sentence; "…, according to X" too.
    fn according(self, hit: &ReportingHit<'_>) -> Option<Speech> {
        let scan = self.scan;
        let limit = (hit.tokens.end..hit.tokens.end + NEAR)
            .find(|&t| scan.is_strong_boundary(t) || matches!(scan.word(t), "," | "،"))
            .unwrap_or(hit.tokens.end + NEAR);
        // "أشاد الاتحاد بالخطوة، ورحبت واشنطن بها على لسان وزيرها": what the tongue says is the clause before it.
        let tongue = hit.tokens.clone().any(|at| scan.word(at) == "لسان");
        let from = scan.finite_verb_before(hit.tokens.start).filter(|_| tongue).unwrap_or(0);
        let content = from..scan.sentence.tokens.len();
        if let Some((step, at)) = self.named_source(hit, limit) {
            // "وفق دبلوماسي باكستاني تحدث لصحيفة دون": the outlet that was told comes first.
            let told = self.outlet_in(self.phrases[at].tokens.end..limit).filter(|_| step.kind != SourceKind::Outlet);
            let told = told.or_else(|| self.quoting_outlet(hit).filter(|_| step.kind != SourceKind::Outlet));
            let mut chain: Vec<AttributionStep> = told.into_iter().chain([step]).collect();
            chain.extend(self.cited_in(limit..limit + 3));
            chain.extend(self.source_of(&chain, at, limit));
            return Some(Speech { content, chain, announces: false });
        }
        // "بحسب مكتبه", "according to his office": of whom the sentence speaks.
        let own =
            (hit.tokens.end..limit).any(|t| scan.has_pronoun_on_noun(t) || scan.begins_class(t, "possessive-pronoun"));
        let first =
            self.phrases.iter().find(|p| p.is_actor() && p.ids.len() == 1 && p.tokens.end <= hit.tokens.start)?;
        own.then(|| Speech {
            content,
            chain: vec![speaker(&first.ids[0], self.surface(hit.tokens.end..limit))],
            announces: false,
        })
    }

    /// "أفادت وكالة الأنباء الفرنسية، نقلا عن وزير الإعلام، بأن": the outlet right before.
    fn quoting_outlet(self, hit: &ReportingHit<'_>) -> Option<AttributionStep> {
        let gap = |p: &Phrase| p.tokens.end <= hit.tokens.start && hit.tokens.start - p.tokens.end <= 1;
        let at = self.phrases.iter().position(|p| p.kind == PhraseKind::Outlet && gap(p))?;
        self.step(at).filter(|_| self.scan.language == Language::Arabic)
    }

    /// "كما أوردت وكالة إنترفاكس عن مصدر حكومي روسي": behind an outlet stands whom it has it from.
    fn source_of(self, chain: &[AttributionStep], at: usize, limit: usize) -> Option<AttributionStep> {
        let outlet = chain.last().is_some_and(|step| step.kind == SourceKind::Outlet);
        let from = self.phrases[at].tokens.end;
        (outlet && self.scan.word(from) == "عن").then(|| self.voice_in(from..limit)).flatten()
    }

    /// The phrase right behind "according to", whatever preposition it has; else the first voice.
    fn named_source(self, hit: &ReportingHit<'_>, limit: usize) -> Option<(AttributionStep, usize)> {
        let beside = (0..self.phrases.len())
            .find(|&at| (hit.tokens.end..hit.tokens.end + 2).contains(&self.phrases[at].tokens.start));
        let named = beside.and_then(|at| self.step(at).map(|step| (step, at)));
        named.or_else(|| self.voice_at(hit.tokens.end..limit))
    }

    /// "نقل موقع أكسيوس عن مسؤولين أميركيين أن …", "نسبت الوكالة إلى مصدر قوله إن".
    fn arabic_quoting(self, hit: &ReportingHit<'_>) -> Option<Speech> {
        let (scan, length) = (self.scan, self.scan.sentence.tokens.len());
        let start = self.content_start(hit.tokens.end);
        let end = start.unwrap_or_else(|| (hit.tokens.end + NEAR).min(length));
        let from = (hit.tokens.end..end).find(|&t| matches!(scan.word(t), "عن" | "الي"))?;
        let outlet = self
            .voice_in(hit.tokens.end..from)
            .or_else(|| self.voice_in(self.clause_start(hit.tokens.start)..hit.tokens.start));
        let origin = self.voice_at(from..end);
        let behind = origin.as_ref().map_or(end, |(_, at)| self.phrases[*at].tokens.end);
        let origin_found = origin.is_some();
        let official = outlet.as_ref().filter(|_| !origin_found).and_then(|o| self.official(o, from..end));
        let chain: Vec<_> = outlet.into_iter().chain(origin.map(|(step, _)| step)).chain(official).collect();
        // "نقلت الوكالة عن الوزارة تحذيرها الشمال من أنه": what is quoted begins behind its origin, not at the first "that".
        let content = if origin_found { behind } else { start.unwrap_or(behind) };
        (!chain.is_empty()).then(|| Speech {
            content: content..self.speech_end(content).min(length),
            chain,
            announces: false,
        })
    }

    /// "نقلت وكالة الأنباء السعودية عن مصدر مسؤول": an official whom the agency of a state quotes without a name speaks for that state.
    fn official(self, outlet: &AttributionStep, range: Range<usize>) -> Option<AttributionStep> {
        let agency = outlet.agent.as_ref().filter(|id| STATE_AGENCIES.contains(&id.slug()))?;
        let source = self.scan.of_class("official-source").find(|hit| range.contains(&hit.tokens.start))?;
        let state = self.world.entity(agency)?.state.clone()?;
        let surface = self.surface(source.tokens.clone());
        Some(AttributionStep { agent: Some(state), kind: SourceKind::Unnamed, surface })
    }

    /// "Axios, citing US officials, …", "Reuters quoted him as saying that", "Mr Choe, quoted by KCNA, …".
    fn english_quoting(self, hit: &ReportingHit<'_>) -> Option<Speech> {
        let (scan, length) = (self.scan, self.scan.sentence.tokens.len());
        if self.belongs_to_another(hit) {
            return None;
        }
        let start = self.content_start(hit.tokens.end);
        if scan.word(hit.tokens.end) == "by" {
            let by = self.voice_in(hit.tokens.end..hit.tokens.end + 6)?;
            return Some(Speech { content: hit.tokens.end..length, chain: vec![by], announces: false });
        }
        let end = start.unwrap_or_else(|| (hit.tokens.end + NEAR).min(length));
        let outlet = self
            .subject_step(hit.tokens.start)
            .or_else(|| self.voice_in(self.clause_start(hit.tokens.start)..hit.tokens.start));
        // "Chad cut ties, citing what it called threats": a reason, not a source.
        let gives_reason = scan.word(hit.tokens.end) == "what";
        if gives_reason && outlet.as_ref().is_none_or(|step| step.kind != SourceKind::Outlet) {
            return None;
        }
        let origin = self.voice_in(hit.tokens.end..end).or_else(|| self.quoted_pronoun(hit));
        let chain: Vec<_> = outlet.into_iter().chain(origin).collect();
        // "Reuters quoted him as saying": what is said stands behind "as"; "citing officials" speaks for the whole sentence.
        let quoted = (hit.tokens.end..length).find(|&t| scan.word(t) == "as" && hit.form != Form::Gerund);
        // "…, Reuters quoted him as saying."
        let ends = |at: usize| matches!(scan.tags.get(at), None | Some(Tag::Stop));
        let content = match quoted {
            Some(at) if ends(at + 2) => 0..hit.tokens.start,
            _ => quoted.unwrap_or(0)..length,
        };
        (!chain.is_empty()).then_some(Speech { content, chain, announces: false })
    }

    /// "…, Axios reported, citing US officials", "according to Reuters, citing an official": a step of the chain of the words before.
    fn belongs_to_another(self, hit: &ReportingHit<'_>) -> bool {
        let follows = |other: &ReportingHit<'_>| {
            let gap = other.tokens.end..hit.tokens.start;
            let told = matches!(other.reporting.kind, ReportingKind::Say | ReportingKind::According);
            told && gap.start <= gap.end && gap.len() <= NEAR && !gap.clone().any(|t| self.scan.is_complementizer(t))
        };
        let behind_comma = hit.tokens.start.checked_sub(1).is_some_and(|at| self.scan.tags[at] == Tag::Comma);
        hit.form == Form::Gerund && behind_comma && self.scan.reporting.iter().any(follows)
    }

    /// "quoted him as saying": whoever was spoken of last.
    fn quoted_pronoun(self, hit: &ReportingHit<'_>) -> Option<AttributionStep> {
        let pronoun = self.scan.tags.get(hit.tokens.end) == Some(&Tag::Pronoun);
        let subject = self.memory.subject().filter(|_| pronoun)?;
        Some(speaker(subject, self.surface(hit.tokens.end..hit.tokens.end + 1)))
    }

    /// "جاء في بيان حكومي أن …": the statement of whoever is named beside it, else of the last subject.
    fn statement(self, hit: &ReportingHit<'_>) -> Option<Speech> {
        let start = self.content_start(hit.tokens.end)?;
        let content = start..self.scan.sentence.tokens.len();
        if let Some(step) = self.voice_in(hit.tokens.end..start) {
            return Some(Speech { content, chain: vec![step], announces: false });
        }
        let agent = self.memory.subject().cloned()?;
        let surface = self.surface(hit.tokens.start..start.min(hit.tokens.end + 3));
        Some(Speech {
            content,
            chain: vec![AttributionStep { agent: Some(agent), kind: SourceKind::Statement, surface }],
            announces: false,
        })
    }

    /// The outlet that a speaker talks to: "told Reuters", قال لشبكة الجزيرة, "in an interview with the BBC".
    fn told_outlet(self, hit: &ReportingHit<'_>, content: usize) -> Option<AttributionStep> {
        let reach = if content > hit.tokens.end { content } else { hit.tokens.end + 6 };
        let phrase = self.phrases.iter().find(|phrase| {
            phrase.kind == PhraseKind::Outlet
                && (hit.tokens.end..reach).contains(&phrase.tokens.start)
                && (phrase.tokens.start <= hit.tokens.end + 1
                    || matches!(phrase.preposition.as_deref(), Some("ل" | "مع" | "with" | "to" | "في" | "عبر")))
        })?;
        Some(self.outlet(phrase))
    }

    fn outlet_in(self, range: Range<usize>) -> Option<AttributionStep> {
        let inside = |phrase: &&Phrase| phrase.kind == PhraseKind::Outlet && range.contains(&phrase.tokens.start);
        self.phrases.iter().find(inside).map(|phrase| self.outlet(phrase))
    }

    fn outlet(self, phrase: &Phrase) -> AttributionStep {
        let surface = self.surface(phrase.tokens.clone());
        AttributionStep { agent: phrase.ids.first().cloned(), kind: SourceKind::Outlet, surface }
    }

    /// Whom an outlet cites: "CNN, citing officials, reported that", "أفادت الوكالة، نقلا عن الوزير، بأن".
    fn cited_beside(self, hit: &ReportingHit<'_>, content: &Range<usize>) -> Option<AttributionStep> {
        let from = hit.tokens.start.saturating_sub(NEAR);
        let to = if content.start > hit.tokens.end { content.start } else { hit.tokens.start };
        // "…, CNN reported, citing officials".
        let trailing = content.end <= hit.tokens.start;
        self.cited_in(from..to).or_else(|| self.cited_in(hit.tokens.end..hit.tokens.end + 7).filter(|_| trailing))
    }

    fn cited_in(self, range: Range<usize>) -> Option<AttributionStep> {
        let relative =
            |hit: &ReportingHit<'_>| hit.tokens.start > 0 && self.scan.tags[hit.tokens.start - 1] == Tag::Relative;
        let citing = |hit: &&ReportingHit<'_>| {
            range.contains(&hit.tokens.start)
                && (hit.reporting.kind == ReportingKind::Quote && (hit.form == Form::Gerund || relative(hit))
                    || hit.reporting.kind == ReportingKind::According && self.scan.word(hit.tokens.start) == "نقلا")
        };
        let hit = self.scan.reporting.iter().find(citing)?;
        self.voice_in(hit.tokens.end..hit.tokens.end + 8)
    }

    /// The subject of a verb as a step of a chain.
    fn subject_step(self, verb: usize) -> Option<AttributionStep> {
        match self.syntax.subject(self.scan, self.phrases, verb) {
            Subject::Phrase(at) => self.step(at),
            _ => None,
        }
    }

    /// The first voice among the phrases of a range: an outlet, a speaker, or an unnamed source of a state.
    fn voice_in(self, range: Range<usize>) -> Option<AttributionStep> {
        self.voice_at(range).map(|(step, _)| step)
    }

    /// The first voice of a range that no preposition governs.
    fn free_voice(self, range: Range<usize>) -> Option<AttributionStep> {
        let free =
            |at: &usize| range.contains(&self.phrases[*at].tokens.start) && self.phrases[*at].preposition.is_none();
        (0..self.phrases.len()).filter(free).find_map(|at| self.step(at))
    }

    fn voice_at(self, range: Range<usize>) -> Option<(AttributionStep, usize)> {
        (0..self.phrases.len())
            .filter(|&at| range.contains(&self.phrases[at].tokens.start) && !is_setting(&self.phrases[at]))
            .find_map(|at| self.step(at).map(|step| (step, at)))
    }

    /// A phrase as a step: whoever can speak.
    fn step(self, at: usize) -> Option<AttributionStep> {
        let phrase = &self.phrases[at];
        let can_speak = phrase.kind == PhraseKind::Outlet || phrase.is_actor();
        let Some(agent) = phrase.ids.first().filter(|_| can_speak).cloned() else { return self.seated(at) };
        let unnamed = self.scan.of_class("unnamed").any(|hit| {
            hit.tokens.start < phrase.tokens.end && phrase.tokens.start <= hit.tokens.end && phrase.person.is_none()
        });
        if self.are_anyones_diplomats(phrase) {
            return Some(self.nobodys(phrase));
        }
        let kind = match phrase.kind {
            PhraseKind::Outlet => SourceKind::Outlet,
            _ if unnamed => SourceKind::Unnamed,
            _ => SourceKind::Speaker,
        };
        Some(AttributionStep { agent: Some(agent), kind, surface: self.surface(phrase.tokens.clone()) })
    }

    /// "two diplomats said": officials may be those of whoever acts; diplomats without a state may be anybody's.
    fn are_anyones_diplomats(self, phrase: &Phrase) -> bool {
        let (scan, tokens) = (self.scan, phrase.tokens.clone());
        let named = tokens.clone().any(|at| scan.in_name(at));
        let before = tokens.start.checked_sub(1);
        let known = before.is_some_and(|at| matches!(scan.tags[at], Tag::Possessive) || scan.word(at) == "the");
        scan.language == Language::English
            && phrase.office.as_deref().is_none_or(|office| office == "official")
            && matches!(scan.word(tokens.end - 1), "diplomat" | "diplomats")
            && !named
            && !known
    }

    /// The voice of somebody whose state the text does not tell.
    fn nobodys(self, phrase: &Phrase) -> AttributionStep {
        AttributionStep { agent: None, kind: SourceKind::Unnamed, surface: self.surface(phrase.tokens.clone()) }
    }

    /// "an official at the Kremlin", "مصدر في الرئاسة المصرية": somebody without a name speaks for the body that they belong to.
    fn seated(self, at: usize) -> Option<AttributionStep> {
        let (scan, official) = (self.scan, &self.phrases[at]);
        let seat = self.phrases.get(at + 1).filter(|_| is_nameless(official))?;
        let between = official.tokens.end..seat.tokens.start;
        let leads = |token: usize| {
            matches!(scan.tags[token], Tag::Preposition | Tag::Determiner) || SEATED.contains(&scan.word(token))
        };
        let state = |id: &EntityId| id.kind() == EntityKind::State;
        let speaks_for = match seat.kind {
            PhraseKind::Place => seat.ids.iter().all(state),
            PhraseKind::Actor => {
                seat.body || seat.office.is_some() || seat.ids.iter().all(|id| id.kind() == EntityKind::Org)
            }
            _ => false,
        };
        let within = seat.preposition.as_deref().is_some_and(|p| SEATS.contains(&p));
        let beside = between.len() <= 3 && between.clone().all(leads);
        let agent = seat.ids.first().filter(|_| speaks_for && within && beside)?.clone();
        let surface = self.surface(official.tokens.start..seat.tokens.end);
        Some(AttributionStep { agent: Some(agent), kind: SourceKind::Unnamed, surface })
    }

    /// "A spokesman said": of whoever acted last where it is of them that the speech tells, else of nobody that the text names.
    fn nameless(self, hit: &ReportingHit<'_>, content: &Range<usize>) -> Option<AttributionStep> {
        let behind = hit.tokens.end..content.start.max(hit.tokens.end);
        let at = match self.syntax.subject(self.scan, self.phrases, hit.tokens.start) {
            Subject::Phrase(at) => at,
            _ => self.phrases.iter().position(|phrase| behind.contains(&phrase.tokens.start))?,
        };
        let official = Some(&self.phrases[at]).filter(|official| is_nameless(official))?;
        let told = self.phrases.iter().find(|p| content.contains(&p.tokens.start) && p.kind == PhraseKind::Actor);
        let spokesman = official.office.as_deref() == Some("spokesperson");
        let known =
            self.memory.subject().filter(|id| spokesman && told.is_some_and(|told| *told.ids == [(*id).clone()]));
        let surface = self.surface(official.tokens.clone());
        Some(AttributionStep { agent: known.cloned(), kind: SourceKind::Unnamed, surface })
    }

    /// Arabic verbs need no subject; English ones have a pronoun.
    fn has_pronoun_subject(self, hit: &ReportingHit<'_>) -> bool {
        let subject = self.syntax.subject(self.scan, self.phrases, hit.tokens.start);
        match subject {
            Subject::Absent => self.scan.language == Language::Arabic,
            Subject::Phrase(at) => self.phrases[at].kind == PhraseKind::Anaphor(Anaphor::Pronoun),
            Subject::Unknown => false,
        }
    }

    /// Where reported words begin: after "that", أن, a colon, or at a quotation mark.
    fn content_start(self, from: usize) -> Option<usize> {
        let limit = (from + 26).min(self.scan.sentence.tokens.len());
        // "قال إن المجلس يعلن الإمارات دولة عدوان، وإن بلاده": behind "and that" goes on what an outer verb says.
        let outer =
            |token: usize| self.scan.word(token).starts_with(CONJUNCTION) && self.scan.tags[token - 1] == Tag::Comma;
        let opens = (from..limit).find(|&token| self.scan.is_complementizer(token));
        // "يعد دعما لتايوان، مضيفا أن": what is said meanwhile has its own "that".
        let meanwhile = |hit: &ReportingHit<'_>| {
            let comma = hit.tokens.start > from && self.scan.tags[hit.tokens.start - 1] == Tag::Comma;
            comma && hit.form == Form::Fixed && Some(hit.tokens.end) == opens
        };
        if self.scan.language == Language::Arabic && self.scan.reporting.iter().any(meanwhile) {
            return None;
        }
        let limit = opens.filter(|&token| outer(token)).unwrap_or(limit);
        (from..limit).find_map(|token| {
            let word = self.scan.word(token);
            if self.scan.is_complementizer(token) || word == ":" {
                return Some(token + 1);
            }
            (matches!(word, "\"" | "«" | "“") && self.quoted_from(token + 1) >= MIN_QUOTED).then_some(token + 1)
        })
    }

    /// Where a quotation that ends right before `end` begins.
    fn quotation_start(self, end: usize) -> Option<usize> {
        let last = end.checked_sub(2).filter(|&at| self.scan.sentence.tokens[at].quoted)?;
        (0..=last).rev().find(|&at| !self.scan.sentence.tokens[at].quoted).map(|at| at + 1)
    }

    fn clause_start(self, from: usize) -> usize {
        let bounds = |&t: &usize| self.scan.is_strong_boundary(t) || self.scan.is_complementizer(t);
        (0..from).rev().find(bounds).map_or(0, |t| t + 1)
    }

    /// How many tokens stand quoted from here on.
    fn quoted_from(self, from: usize) -> usize {
        self.scan.sentence.tokens[from..].iter().take_while(|token| token.quoted).count()
    }

    fn surface(self, tokens: Range<usize>) -> String {
        let length = self.scan.sentence.tokens.len();
        let tokens = &self.scan.sentence.tokens[tokens.start.min(length)..tokens.end.min(length)];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => {
                self.scan.text.get(first.span.start..last.span.end).unwrap_or_default().to_owned()
            }
            _ => String::new(),
        }
    }
}

/// Whether a phrase is an official whom no state, no body and no name tells.
fn is_nameless(phrase: &Phrase) -> bool {
    let office = phrase.office.as_deref();
    phrase.ids.is_empty() && phrase.person.is_none() && matches!(office, Some("official" | "spokesperson"))
}

/// Prepositions between an official and the body that they belong to.
const SEATS: [&str; 9] = ["at", "in", "from", "of", "to", "في", "ب", "من", "لدي"];

/// Words between an official and the preposition of their body: "sources close to", "مصادر مقربة من".
const SEATED: [&str; 8] = ["close", "familiar", "مقربة", "مقرب", "مقربون", "قريبة", "مطلع", "مطلعة"];

fn speaker(id: &EntityId, surface: String) -> AttributionStep {
    AttributionStep { agent: Some(id.clone()), kind: SourceKind::Speaker, surface }
}

/// Speech within speech takes the outer chain before its own.
fn nest(outer: &[Speech], inner: &mut Speech, at: usize) {
    let around = outer.iter().filter(|speech| speech.content.contains(&at)).min_by_key(|speech| speech.content.len());
    if let Some(around) = around {
        let mut chain = around.chain.clone();
        for step in &inner.chain {
            if !chain.iter().any(|known| known.agent == step.agent && known.agent.is_some()) {
                chain.push(step.clone());
            }
        }
        inner.chain = chain;
    }
}

/// A seat after "in" is a place: "said in Washington that".
fn is_setting(phrase: &Phrase) -> bool {
    let preposition = phrase.preposition.as_deref();
    preposition.is_some_and(|p| {
        matches!(p, "في" | "in" | "at" | "with" | "مع" | "to" | "ل" | "of" | "on" | "خلال" | "during" | "against" | "ضد")
    })
}

/// The chain over a token: that of the innermost speech around it.
pub(crate) fn speech_at(speeches: &[Speech], token: usize) -> Option<&Speech> {
    speeches.iter().filter(|speech| speech.content.contains(&token)).min_by_key(|speech| speech.content.len())
}

/// The origin of a chain: who speaks in the first person.
pub(crate) fn origin(speech: &Speech) -> Option<&EntityId> {
    speech.chain.iter().rev().find_map(|step| step.agent.as_ref())
}

//! When an event happened: the temporal expression of its clause, read backward for facts and forward for plans.

use crate::attribution::{Speech, origin};
use crate::lexicon::Form;
use crate::modality::{Reality, is_told_behind};
use crate::scan::{ReportingHit, Scan, TriggerHit};
use crate::syntax::Tag;
use chancery_model::{EntityId, EventDate, Language, Status};
use chancery_text::{Temporal, TemporalRelation};
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeMap;
use std::ops::Range;

/// The dates of one document, for "the same day".
#[derive(Debug, Default)]
pub(crate) struct Clock {
    last: Option<EventDate>,
    /// The day that the last sentence with a time in it ended on, for "a day later".
    told: Option<Date>,
    /// The day of the last meeting, call or visit that was told, for "the meeting".
    occasions: BTreeMap<&'static str, EventDate>,
    /// Who spoke last on a day that was told, and the day.
    spoke: Option<(EntityId, EventDate)>,
}

impl Clock {
    /// The date of a trigger that is as real as told; `said` are the words of the speech that it stands in, else all of the sentence: the
    /// day on which somebody says it is not the day of the event.
    pub(crate) fn date(
        &mut self,
        scan: &Scan<'_>,
        hit: &TriggerHit<'_>,
        said: &Range<usize>,
        reality: &Reality,
        published: Option<Date>,
    ) -> EventDate {
        let status = reality.status;
        if let Some(date) = self.day_before(scan, hit) {
            return date;
        }
        if let Some((words, days)) = beside_last_day(scan, hit) {
            let day = self.day_told_before(scan, words);
            let day = day.and_then(|day| day.checked_add(days.days()).ok());
            return day.map_or(EventDate::UNKNOWN, EventDate::day);
        }
        let Some(temporal) = nearest(scan, hit, said).filter(|temporal| !is_of_cue(scan, hit, reality, temporal))
        else {
            let then = (status == Status::Occurred).then(|| self.occasion(scan, hit)).flatten();
            return then.unwrap_or(EventDate::UNKNOWN);
        };
        let date = match temporal.relation {
            TemporalRelation::SameDay => self.last.unwrap_or(EventDate::UNKNOWN),
            // "They have had relations for more than 30 years" tells when they began; "talked for two hours" does not.
            TemporalRelation::For if !hit.trigger.needs.iter().any(|class| class == "since") => EventDate::UNKNOWN,
            // "will withdraw its forces by May 1": the day on which it is to be done.
            TemporalRelation::Until if status == Status::Planned && is_deadline(scan, temporal) => {
                let ahead = temporal.future.unwrap_or(temporal.date);
                ahead.not_after().map_or(EventDate::UNKNOWN, EventDate::day)
            }
            // "stopped flights from Wednesday": from the next one on.
            _ if begins_ahead(scan, hit, temporal) => temporal.future.unwrap_or(temporal.date),
            _ => reading(temporal, status, published, is_ahead(scan, hit, reality, temporal)),
        };
        if date.as_day().is_some() {
            self.last = Some(date);
            if let Some(occasion) = occasion_of(hit).filter(|_| status == Status::Occurred) {
                self.occasions.insert(occasion, date);
            }
        }
        date
    }

    /// "قصفت المدفعية أمس الحدود غداة غارات": the day before that of the clause above.
    fn day_before(&self, scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<EventDate> {
        let start = hit.tokens.start;
        let next_day = (1..=2).filter_map(|back| start.checked_sub(back)).find(|&at| scan.word(at) == "غداة")?;
        let above = scan.sentence.temporals.iter().rev().filter(|t| t.tokens.end <= next_day);
        let day = above.filter_map(|temporal| temporal.date.as_day()).next()?;
        day.yesterday().ok().map(EventDate::day)
    }

    /// "وعقب اللقاء وقع الجانبان", "شهد هذا اللقاء توقيع": the day of a meeting that was told before.
    fn occasion(&self, scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<EventDate> {
        let happens = hit.form == Form::Past || hit.trigger.frame.event_type.name() == "sign-agreement";
        if scan.language != Language::Arabic || self.occasions.is_empty() || !happens {
            return None;
        }
        let leads = |at: usize| {
            let word = scan.word(at).trim_start_matches('و');
            matches!(word, "خلال" | "ختام" | "هامش" | "اثناء" | "هذا" | "هذه" | "شهد" | "شهدت")
                || scan.begins_class(at, "anterior")
        };
        let told = |other: &&TriggerHit<'_>| {
            let start = other.tokens.start;
            let between = start.min(hit.tokens.start)..start.max(hit.tokens.start);
            other.form == Form::Noun
                && between.len() <= OCCASION
                && other.tokens != hit.tokens
                && scan.word(start).starts_with("ال")
                && (1..=2).filter_map(|back| start.checked_sub(back)).any(leads)
                && !between.clone().any(|at| scan.is_strong_boundary(at))
        };
        let other = scan.triggers.iter().find(told)?;
        self.occasions.get(occasion_of(other)?).copied()
    }

    /// "قال الوزير أمس … وأضاف خلال زيارته للدوحة": where somebody spoke on a visit or at a meeting of theirs it was on the day of their words.
    pub(crate) fn while_speaking(
        &self,
        scan: &Scan<'_>,
        hit: &TriggerHit<'_>,
        speeches: &[Speech],
    ) -> Option<EventDate> {
        let (speaker, day) = self.spoke.as_ref()?;
        let speaks = speeches.last().and_then(origin) == Some(speaker);
        let meanwhile = |at: usize| matches!(scan.word(at), "خلال" | "اثناء" | "هامش" | "ختام" | "عقب" | "during");
        let frame = (1..=2).filter_map(|back| hit.tokens.start.checked_sub(back)).any(meanwhile);
        (speaks && frame && hit.form == Form::Noun && occasion_of(hit).is_some()).then_some(*day)
    }

    /// "He flies to Japan on Friday": whether a present tense has a day that may lie ahead.
    pub(crate) fn has_day_ahead(scan: &Scan<'_>, hit: &TriggerHit<'_>, said: &Range<usize>) -> bool {
        nearest(scan, hit, said).is_some_and(|temporal| temporal.future.is_some())
    }

    /// The day told last before some words: in their sentence, else in the one before that tells a time.
    fn day_told_before(&self, scan: &Scan<'_>, words: usize) -> Option<Date> {
        let here = scan.sentence.temporals.iter().rev().find(|t| t.tokens.end <= words);
        here.map_or(self.told, |temporal| temporal.date.as_day())
    }

    /// Remembers the dates of a sentence, so that a later "same day" finds them, and who speaks in it on which day.
    pub(crate) fn pass(&mut self, scan: &Scan<'_>, speeches: &[Speech]) {
        if let Some(speech) = speeches.last() {
            let day = scan.sentence.temporals.iter().find(|t| !speech.content.contains(&t.tokens.start));
            let day = day.filter(|t| t.date.as_day().is_some() && !counts_from(scan, t)).map(|t| t.date);
            match (origin(speech), day) {
                (Some(speaker), Some(day)) => self.spoke = Some((speaker.clone(), day)),
                (Some(speaker), None) if self.spoke.as_ref().is_some_and(|(last, _)| last == speaker) => {}
                _ => self.spoke = None,
            }
        }
        if let Some(day) = scan.sentence.temporals.iter().rev().find(|t| t.date.as_day().is_some()) {
            self.last = Some(day.date);
        }
        // "اليوم التالي" is not today.
        let own = |temporal: &&Temporal| !temporal.tokens.clone().any(|at| counted_at(scan, at).is_some());
        if let Some(temporal) = scan.sentence.temporals.iter().rev().find(own) {
            self.told = temporal.date.as_day();
        }
    }
}

/// "A day earlier, Honduras severed relations", "وفي اليوم التالي طردت": so many days from the last one, where the words open the sentence
/// or stand behind the act.
fn beside_last_day(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<(usize, i8)> {
    let told = |at: usize| counted_at(scan, at).map(|days| (at, days));
    let behind = (hit.tokens.end..scan.tags.len())
        .take_while(|&at| !scan.is_strong_boundary(at) && !scan.finite_verb_at(at) && scan.tags[at] != Tag::Relative);
    behind.into_iter().find_map(told).or_else(|| (0..2.min(hit.tokens.start)).find_map(told))
}

/// By how many days the words at a token count from the day told last: "وفي اليوم التالي", "قبل ذلك بيوم", "the day before,".
fn counted_at(scan: &Scan<'_>, at: usize) -> Option<i8> {
    let word = |behind: usize| {
        let word = scan.word(at + behind);
        word.strip_prefix('و').unwrap_or(word)
    };
    match (scan.language, word(0)) {
        (Language::Arabic, "اليوم") => match word(1) {
            "السابق" => Some(-1),
            "التالي" => Some(1),
            _ => None,
        },
        (Language::Arabic, "قبل") if word(1) == "ذلك" && word(2) == "بيوم" => Some(-1),
        (Language::Arabic, "بعد") if word(1) == "ذلك" && word(2) == "بيوم" => Some(1),
        (Language::English, "a" | "one") if word(1) == "day" => match word(2) {
            "earlier" => Some(-1),
            "later" => Some(1),
            _ => None,
        },
        (Language::English, "the") => match (word(1), word(2)) {
            ("day", "before") if word(3) == "," => Some(-1),
            ("previous", "day") => Some(-1),
            ("next" | "following", "day") => Some(1),
            _ => None,
        },
        _ => None,
    }
}

/// So many tokens lie between an occasion and what happened at it, at most.
const OCCASION: usize = 12;

/// What kind of occasion an act is, where others may happen at it.
fn occasion_of(hit: &TriggerHit<'_>) -> Option<&'static str> {
    match hit.trigger.frame.event_type.name() {
        "meet" | "negotiate" | "summit" | "call" => Some("meeting"),
        "visit" => Some("visit"),
        _ => None,
    }
}

/// "نفى اليوم أن تكون أنقرة ستدفع", "صادق البرلمان، الاثنين، على انضمام السويد": the day before the act is when it was denied, called off or
/// agreed, not when it is to be.
fn is_of_cue(scan: &Scan<'_>, hit: &TriggerHit<'_>, reality: &Reality, temporal: &Temporal) -> bool {
    let past = |at: usize| scan.tags[at] == Tag::Verb(Form::Past);
    // "أعلن الوزير، اليوم، تأجيل زيارته": the day of the word for it, not of what it is said of.
    let told = |cue: usize| (0..cue).any(past);
    let announced = |cue: usize| scan.tags[cue] == Tag::Noun && temporal.tokens.end <= cue && told(cue);
    let of_cue = |cue: usize| cue < hit.tokens.start && (past(cue) || announced(cue));
    // "تأجيل زيارته المقررة": two words say so.
    let right_before = || scan.cues.iter().any(|cue| cue.tokens.end == hit.tokens.start && announced(cue.tokens.start));
    scan.language == Language::Arabic
        && reality.status != Status::Occurred
        && (reality.cue.is_some_and(of_cue) || right_before())
        && temporal.tokens.end <= hit.tokens.start
}

/// "will visit Iraq on Monday", "سيزور موسكو الاثنين": the day behind a verb of the future is ahead, however near the last one is. That behind
/// "agreed to" may be the day of the agreement.
fn is_ahead(scan: &Scan<'_>, hit: &TriggerHit<'_>, reality: &Reality, temporal: &Temporal) -> bool {
    reality.status == Status::Planned
        && temporal.tokens.start >= hit.tokens.end
        && reality.cue.is_none_or(|cue| scan.tags[cue] != Tag::Verb(Form::Past))
}

/// Measures that are taken from a day on.
const FROM_A_DAY: [&str; 4] = ["halt-cooperation", "impose-sanctions", "ease-sanctions", "close-mission"];

fn is_deadline(scan: &Scan<'_>, temporal: &Temporal) -> bool {
    let by = |at: usize| scan.word(at) == "by";
    let start = temporal.tokens.start;
    scan.language == Language::English && (by(start) || start > 0 && by(start - 1))
}

fn begins_ahead(scan: &Scan<'_>, hit: &TriggerHit<'_>, temporal: &Temporal) -> bool {
    let from = temporal.tokens.start.checked_sub(1).is_some_and(|at| scan.word(at) == "from");
    scan.language == Language::English
        && (from || scan.word(temporal.tokens.start) == "from")
        && temporal.tokens.start >= hit.tokens.end
        && FROM_A_DAY.contains(&hit.trigger.frame.event_type.name())
}

/// A plan lies ahead where the nearer day does: on a Friday, "Thursday" in a plan is yesterday's, "Monday" is ahead. Of one that is surely `ahead`
/// only yesterday is past: the paper is a day late.
fn reading(temporal: &Temporal, status: Status, published: Option<Date>, ahead: bool) -> EventDate {
    let plan = matches!(status, Status::Planned | Status::Possible | Status::Cancelled);
    match (temporal.future, published) {
        (Some(future), Some(published)) if plan => {
            let distance = |date: EventDate| date.as_day().map(|day| (day - published).get_days().abs());
            match (distance(temporal.date), distance(future)) {
                (Some(past), Some(next)) if past < next && (past <= 1 || !ahead) => temporal.date,
                _ => future,
            }
        }
        _ => temporal.date,
    }
}

/// The temporal expression nearest to a trigger within its clause; words behind it win over words before. Else that of the
/// verb that it is joined to: "on Friday suspended its relations and closed its embassy".
fn nearest<'a>(scan: &Scan<'a>, hit: &TriggerHit<'_>, said: &Range<usize>) -> Option<&'a Temporal> {
    let usable = || {
        let temporals = scan.sentence.temporals.iter();
        temporals.filter(|temporal| {
            !is_dateline(scan, temporal)
                && !scan.is_given_name(temporal.tokens.start)
                && said.contains(&temporal.tokens.start)
                && !is_of_report(scan, hit, temporal)
        })
    };
    let own = usable().filter(|temporal| reaches(scan, hit, temporal)).min_by_key(|temporal| {
        if temporal.tokens.start >= hit.tokens.end {
            temporal.tokens.start - hit.tokens.end
        } else {
            hit.tokens.start.saturating_sub(temporal.tokens.end) + 2 + parted(scan, hit, temporal)
        }
    });
    own.or_else(|| usable().find(|temporal| temporal.tokens.start <= 2 && heads_line(scan, temporal)))
        .or_else(|| usable().find(|temporal| shared(scan, hit, temporal)))
}

/// How much farther off a date before an Arabic verb is behind a comma: "طردت فنزويلا السفير يوم 6، ثم قطعت بوليفيا العلاقات الأربعاء".
fn parted(scan: &Scan<'_>, hit: &TriggerHit<'_>, temporal: &Temporal) -> usize {
    const COMMA: usize = 8;
    let comma = |at: usize| scan.tags[at] == Tag::Comma;
    let verb = scan.language == Language::Arabic && hit.form == Form::Past;
    if verb && (temporal.tokens.end..hit.tokens.start).any(comma) { COMMA } else { 0 }
}

fn reaches(scan: &Scan<'_>, hit: &TriggerHit<'_>, temporal: &Temporal) -> bool {
    let (from, to) = between(hit, temporal);
    from <= to
        && (from..to).all(|t| !scan.is_strong_boundary(t))
        && between_is_free(scan, hit, from, to)
        && !is_anothers(scan, hit, temporal)
        && !counts_from(scan, temporal)
        && !dates_beginning(scan, hit, temporal)
}

/// Whether a date is of another event: "Kuwait, which expelled envoys last month, welcomed", "was baseless and on Thursday declared";
/// "وقع الجانبان الاتفاق بعد اجتماع عقد أمس".
fn is_anothers(scan: &Scan<'_>, hit: &TriggerHit<'_>, temporal: &Temporal) -> bool {
    let (from, to) = between(hit, temporal);
    match scan.language {
        Language::English => is_anothers_in_english(scan, hit, temporal, from, to),
        Language::Arabic => {
            let after = |t: usize| scan.is_anterior(t);
            let before_or_after = |t: usize| after(t) || matches!(scan.word(t), "قبل" | "قبيل" | "عشية");
            // "هدد بمراجعة اتفاق الهجرة المبرم عام 1968": when what is spoken of was done.
            let known = |t: usize| {
                let own = hit.trigger.frame.event_type;
                let told = |other: &TriggerHit<'_>| other.form == Form::Fixed && other.trigger.frame.event_type != own;
                let definite = scan.word(t).starts_with("ال") && scan.triggers_at(t).iter().any(told);
                // "خففت العقوبات المفروضة على سوريا منذ عام 2011".
                definite || speaks_of_another(hit) && scan.begins_class(t, "done-then")
            };
            if temporal.tokens.start >= hit.tokens.end {
                return (from..to).any(|t| before_or_after(t) || known(t)) || is_of_answered(scan, hit, from..to);
            }
            // "اعتذر، الاثنين، عن الهجوم الذي شنته": what a relative clause goes on to tell has its day there.
            if is_told_behind(scan, hit) {
                return true;
            }
            // "توصلت إلى اتفاق الثلاثاء بعد مفاوضات", "ارتفعت الأسعار يوم الاثنين بعدما وقعت": what came before has a day of its own.
            (from..to).any(|t| after(t) || scan.word(t) == "بعدما") && hit.form != Form::Fixed
        }
        _ => false,
    }
}

/// Whether a participle behind a trigger tells of something else: a noun may name what the participle tells of ("the sanctions imposed in
/// 2011"), but not where it undoes that ("استئناف العلاقات المقطوعة منذ 2016", "the reopening of an embassy closed in 2012").
fn speaks_of_another(hit: &TriggerHit<'_>) -> bool {
    let undoes = matches!(
        hit.trigger.frame.event_type.name(),
        "ease-sanctions" | "open-mission" | "restore-relations" | "normalise-relations" | "release" | "withdraw-forces"
    );
    hit.form != Form::Noun || undoes
}

/// Acts that answer another act, whose day stands behind the noun of that act: "رحبت قطر بالاتفاق الموقع يوم الاثنين".
const ANSWERS: [&str; 6] = ["condemn", "express-support", "reject", "accuse", "apologise", "send-message"];

fn is_of_answered(scan: &Scan<'_>, hit: &TriggerHit<'_>, mut between: Range<usize>) -> bool {
    let act =
        |at: usize| scan.triggers_at(at).iter().any(|other| other.form == Form::Noun && other.trigger.needs.is_empty());
    ANSWERS.contains(&hit.trigger.frame.event_type.name()) && between.any(act)
}

fn is_anothers_in_english(scan: &Scan<'_>, hit: &TriggerHit<'_>, temporal: &Temporal, from: usize, to: usize) -> bool {
    let joins = |at: usize| matches!(scan.tags[at], Tag::Comma | Tag::Conjunction | Tag::Subordinator | Tag::Relative);
    if temporal.tokens.end <= hit.tokens.start {
        let parted = (from..to).any(|at| joins(at) || scan.begins_class(at, "anterior"));
        // "expelled the envoy on Thursday and recalled its own": right behind the date the next verb shares it.
        let next = scan.tags.get(from) == Some(&Tag::Conjunction)
            && (from + 1..to).all(|at| scan.tags[at] == Tag::Adverb)
            && matches!(hit.form, Form::Past);
        let next = next || shares_day(scan, hit, from..to);
        return parted && !next && has_verb_before(scan, temporal.tokens.start);
    }
    let next = (temporal.tokens.end..scan.tags.len()).find(|&at| scan.tags[at] != Tag::Adverb);
    // "asked the Council to meet on Saturday": the day of what is asked.
    let asks = matches!(hit.trigger.frame.event_type.name(), "request" | "demand" | "express-intent");
    let to_act = |at: usize| scan.word(at) == "to" && scan.tags[at] == Tag::Auxiliary;
    if asks && temporal.tokens.start >= hit.tokens.end && (from..to).any(to_act) {
        return true;
    }
    // "thanked them and said that they would meet next month".
    let tells = |that: usize| {
        let said = |said: &ReportingHit<'_>| said.tokens.end <= that && said.tokens.end + 3 > that;
        scan.tags[that] == Tag::Complementizer && scan.reporting.iter().any(said)
    };
    if temporal.tokens.start >= hit.tokens.end && (from..to).any(tells) {
        return true;
    }
    // "eased sanctions imposed in 2011": when what is spoken of was done.
    let done_then = |at: usize| scan.begins_class(at, "done-then") && scan.tags[at - 1] == Tag::Noun;
    // "sanctions imposed on Chad in 2011": between them only on whom.
    let beside =
        |at: usize| (at + 1..to).all(|t| matches!(scan.tags[t], Tag::Noun | Tag::Preposition | Tag::Determiner));
    if speaks_of_another(hit) && (from..to).any(|at| done_then(at) && beside(at)) {
        return true;
    }
    // "would reopen its embassy, which was closed in 1993".
    let relative = (from..to).find(|&at| scan.tags[at] == Tag::Relative);
    let verb = |at: usize| scan.tags[at].is_verb() || scan.tags[at] == Tag::Auxiliary;
    let apart = |relative: usize| {
        relative > 0 && scan.tags[relative - 1] == Tag::Comma || temporal.relation == TemporalRelation::Since
    };
    if relative.is_some_and(|relative| apart(relative) && (relative..to).any(verb)) {
        return true;
    }
    // "had recalled its envoy, and its president said that they would meet next week".
    let clause = |and: usize| {
        let verb = (and + 1..to).find(|&at| scan.finite_verb_at(at) || scan.tags[at] == Tag::Auxiliary);
        let subject = |at: usize| matches!(scan.tags[at], Tag::Noun | Tag::Determiner | Tag::Possessive | Tag::Comma);
        verb.is_some_and(|verb| verb > and + 1 && (and + 1..verb).all(subject))
    };
    // "had discussed it and would meet next month".
    let goes_on = |and: usize| scan.begins_class(and + 1, "modal");
    if (from..to).any(|at| scan.tags[at] == Tag::Conjunction && (clause(at) || goes_on(at))) {
        return true;
    }
    // "a meeting between Chad and Niger last Thursday ended": there "and" joins names.
    let names = hit.form == Form::Noun && !(from..to).any(|at| scan.finite_verb_at(at));
    !names && (from..to).any(|at| scan.tags[at] == Tag::Conjunction) && next.is_some_and(|at| scan.finite_verb_at(at))
}

/// "agreed on Friday to share data and rebuked Chad": a verb that "and" joins to one with a date has the date too.
fn shares_day(scan: &Scan<'_>, hit: &TriggerHit<'_>, between: Range<usize>) -> bool {
    let before = (between.start..hit.tokens.start).rev().find(|&at| scan.tags[at] != Tag::Adverb);
    let plain = |at: usize| {
        !matches!(
            scan.tags[at],
            Tag::Stop
                | Tag::Comma
                | Tag::Mark
                | Tag::Relative
                | Tag::Subordinator
                | Tag::Complementizer
                | Tag::Auxiliary
        ) || scan.word(at) == "to"
    };
    hit.form == Form::Past
        && before.is_some_and(|at| scan.tags[at] == Tag::Conjunction)
        && between.clone().all(|at| plain(at) && !scan.finite_verb_at(at) && !scan.begins_class(at, "anterior"))
}

/// Whether a verb stands before a date in its own clause.
fn has_verb_before(scan: &Scan<'_>, date: usize) -> bool {
    let ends = |at: &usize| {
        matches!(
            scan.tags[*at],
            Tag::Stop | Tag::Comma | Tag::Conjunction | Tag::Relative | Tag::Subordinator | Tag::Complementizer
        )
    };
    (0..date).rev().take_while(|at| !ends(at)).any(|at| scan.tags[at].is_verb())
}

fn between(hit: &TriggerHit<'_>, temporal: &Temporal) -> (usize, usize) {
    if temporal.tokens.start >= hit.tokens.end {
        (hit.tokens.end, temporal.tokens.start)
    } else {
        (temporal.tokens.end, hit.tokens.start)
    }
}

/// "BEIJING, Aug 6 - China has": the day of the report, not of the event.
fn is_dateline(scan: &Scan<'_>, temporal: &Temporal) -> bool {
    temporal.tokens.end <= 9 && matches!(scan.word(temporal.tokens.end), "-" | "–" | "—" | "(")
}

/// "…, state television reported on Monday": the day on which it was told.
fn is_of_report(scan: &Scan<'_>, hit: &TriggerHit<'_>, temporal: &Temporal) -> bool {
    let start = temporal.tokens.start;
    let before =
        (start.saturating_sub(2)..start).rev().find(|&at| !matches!(scan.word(at), "on" | "in" | "late" | "early"));
    let told = before.is_some_and(|at| {
        scan.reporting.iter().any(|said| said.tokens.end == at + 1 && said.tokens.start > hit.tokens.end)
    });
    let ends = matches!(scan.tags.get(temporal.tokens.end), None | Some(Tag::Stop | Tag::Comma));
    scan.language == Language::English && told && ends
}

/// "April 27: Mr Kim and Mr Moon meet".
fn heads_line(scan: &Scan<'_>, temporal: &Temporal) -> bool {
    scan.word(temporal.tokens.end) == ":"
}

/// A date before two verbs joined by "and" is of both.
fn shared(scan: &Scan<'_>, hit: &TriggerHit<'_>, temporal: &Temporal) -> bool {
    let (from, to) = (temporal.tokens.end, hit.tokens.start);
    if scan.language == Language::English {
        return shared_in_list(scan, hit, temporal);
    }
    let joined = scan.conjoined(to) || to > 0 && scan.tags[to - 1] == Tag::Conjunction;
    joined
        && from <= to
        && (from..to)
            .all(|t| !matches!(scan.tags[t], Tag::Stop | Tag::Relative | Tag::Complementizer | Tag::Subordinator))
        && (from..to).filter(|&t| scan.tags[t].is_verb()).count() <= 1
}

/// "Canada on Friday suspended relations, closed its embassy and gave": a date before the first of several verbs is of all.
fn shared_in_list(scan: &Scan<'_>, hit: &TriggerHit<'_>, temporal: &Temporal) -> bool {
    let (from, to) = (temporal.tokens.end, hit.tokens.start);
    let before = (0..to).rev().find(|&at| scan.tags[at] != Tag::Adverb);
    let joined = before.is_some_and(|at| matches!(scan.tags[at], Tag::Comma | Tag::Conjunction));
    let plain = |at: usize| {
        !matches!(scan.tags[at], Tag::Stop | Tag::Relative | Tag::Complementizer | Tag::Subordinator | Tag::Auxiliary)
    };
    joined
        && from <= to
        && matches!(hit.form, Form::Past | Form::Participle | Form::Present)
        && !has_verb_before(scan, temporal.tokens.start)
        && (from..to).all(plain)
        && (from..to).any(|at| scan.finite_verb_at(at))
}

/// A date does not reach past another verb that has it nearer; past the verb of which the noun is the subject it does: "talks between
/// Chad and Niger ended on Friday".
fn between_is_free(scan: &Scan<'_>, hit: &TriggerHit<'_>, from: usize, to: usize) -> bool {
    let twin = |t: usize| from >= hit.tokens.end && is_twin(scan, hit, t);
    let other = |t: &usize| {
        !hit.tokens.contains(t)
            && scan.finite_verb_at(*t)
            && !scan.reporting.iter().any(|r| r.tokens.start == *t)
            && !begins(scan, hit, *t)
            && !tells_occasion(scan, *t)
            && !twin(*t)
    };
    let behind = from >= hit.tokens.end;
    let plain = |t: usize| {
        !matches!(scan.tags[t], Tag::Comma | Tag::Conjunction | Tag::Relative | Tag::Subordinator | Tag::Complementizer)
    };
    let own = scan.language == Language::English && behind && hit.form == Form::Noun && (from..to).all(plain);
    // "اتفاقية بين …، الموقع عليها في الرياض بتاريخ": counted from the participle that tells when, however long the agreement's name is.
    let told = (from..to).rev().find(|&t| tells_signing(scan, hit, t)).unwrap_or(from);
    (from..to).filter(other).count() <= usize::from(own) && to - told <= 30
}

/// A participle that says of an agreement that it was signed.
fn tells_signing(scan: &Scan<'_>, hit: &TriggerHit<'_>, token: usize) -> bool {
    let signed = |word: &str| word.starts_with("الموقع") || word.starts_with("المبرم");
    scan.language == Language::Arabic
        && hit.trigger.frame.event_type.name() == "sign-agreement"
        && signed(scan.word(token))
}

/// "في حفل أقيم أمس", "بقرار اتخذه الوزراء أمس": a verb that only tells of the occasion right before it.
fn tells_occasion(scan: &Scan<'_>, verb: usize) -> bool {
    let noun = verb.checked_sub(1).map(|at| if scan.tags[at] == Tag::Relative { at.saturating_sub(1) } else { at });
    let near = |noun: usize| (noun.saturating_sub(2)..=noun).any(|at| scan.begins_class(at, "gathering"));
    scan.language == Language::Arabic && noun.is_some_and(|noun| scan.tags[noun] == Tag::Noun && near(noun))
}

/// "استدعت سفيرها وأغلقت بعثاتها السبت الماضي": the day behind two joined verbs is of both.
fn is_twin(scan: &Scan<'_>, hit: &TriggerHit<'_>, verb: usize) -> bool {
    const NEAR: usize = 6;
    let past = |at: usize| scan.tags[at] == Tag::Verb(Form::Past);
    let plain = |at: usize| {
        !matches!(scan.tags[at], Tag::Comma | Tag::Stop | Tag::Relative | Tag::Complementizer | Tag::Subordinator)
    };
    // "شن غارات وقصف بالمدفعية السبت": the noun of a light verb.
    let light = hit.form == Form::Noun && hit.tokens.start.checked_sub(1).is_some_and(past);
    scan.language == Language::Arabic
        && (hit.form == Form::Past || light)
        && past(verb)
        && scan.conjoined(verb)
        && verb - hit.tokens.end <= NEAR
        && (hit.tokens.end..verb).all(|at| plain(at) && !scan.finite_verb_at(at))
}

/// "وقف لإطلاق النار دخل حيز التنفيذ في العاشر من أبريل": the first verb behind a noun that says that it comes about.
fn begins(scan: &Scan<'_>, hit: &TriggerHit<'_>, verb: usize) -> bool {
    // "انضمامها خطوة، مذكرة بأن البلدين يقيمان علاقات منذ عام 1964": another clause has a day of its own.
    let own_clause = |t: usize| !scan.finite_verb_at(t) && scan.tags[t] != Tag::Complementizer;
    let first = (hit.tokens.end..verb).all(own_clause);
    let effect = (verb + 1..verb + 4).any(|t| matches!(scan.word(t), "حيز" | "التنفيذ" | "النفاذ"));
    // "اتفاقية بين كينيا وكندا وقعت في نيروبي في 3 مارس".
    let own = |other: &TriggerHit<'_>| other.trigger.frame.event_type == hit.trigger.frame.event_type;
    let same = scan.language == Language::Arabic && !scan.conjoined(verb) && scan.triggers_at(verb).iter().any(own);
    hit.form == Form::Noun && first && (effect || same || scan.begins_class(verb, "held"))
}

/// "أول اتفاق منذ 2001", "for the first time since 2012": since when there was none says nothing of the day.
fn counts_from(scan: &Scan<'_>, temporal: &Temporal) -> bool {
    const REACH: usize = 10;
    let since = temporal.relation == TemporalRelation::Since;
    let first = |t: usize| match scan.language {
        Language::Arabic => {
            matches!(scan.word(t), "اول" | "لاول" | "الاول" | "الاولي" | "اخر" | "اكبر" | "اعنف" | "ارفع")
        }
        Language::English => {
            matches!(scan.word(t), "first" | "biggest" | "largest" | "highest" | "worst" | "deadliest" | "heaviest")
        }
        _ => false,
    };
    since && (temporal.tokens.start.saturating_sub(REACH)..temporal.tokens.start).any(first)
}

/// "التقى الأمير للمرة الثالثة منذ توليه الحكم عام 2014": when that began since which it is so.
fn dates_beginning(scan: &Scan<'_>, hit: &TriggerHit<'_>, temporal: &Temporal) -> bool {
    const NEAR: usize = 6;
    let start = temporal.tokens.start;
    let nominal = |at: &usize| matches!(scan.tags[*at], Tag::Noun | Tag::Preposition);
    let mut before = (start.saturating_sub(NEAR)..start).rev().take_while(nominal);
    let since = before.find(|&at| scan.word(at) == "منذ" && at + 1 < start);
    scan.language == Language::Arabic
        && since.is_some_and(|at| hit.tokens.end <= at || temporal.tokens.end <= hit.tokens.start)
}

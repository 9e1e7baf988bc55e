//! How dates are written: one method a pattern, each of which takes the place where it begins and gives what it reads.

use super::calendar::{self, Time};
use crate::words::{Known, TimeWord, Unit};
use crate::{Numeral, Proclitic, TemporalRelation, Token, TokenKind};
use chancery_model::{EventDate, Language};
use jiff::civil::Date;
use std::ops::Range;

/// A sentence under the eye of the patterns.
pub(super) struct Reader<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) numerals: &'a [Numeral],
    pub(super) text: &'a str,
    pub(super) language: Language,
    pub(super) known: &'a Known<'a>,
    pub(super) published: Option<Date>,
}

/// An expression with the word that relates it.
pub(super) struct Reading {
    pub(super) tokens: Range<usize>,
    pub(super) time: Time,
    pub(super) relation: TemporalRelation,
}

/// A time and the place behind it.
type Found = Option<(Time, usize)>;

/// Years that stand in the news without being numbers of something else.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2199;
const HIJRI_YEARS: std::ops::RangeInclusive<i32> = 1300..=1500;

impl Reader<'_> {
    /// An expression at `at`, with "since", "until", "for" before it.
    pub(super) fn related(&self, at: usize) -> Option<Reading> {
        let made = |time, end, relation| Some(Reading { tokens: at..end, time, relation });
        // "in" and nothing of dates behind it.
        if !self.is_of_date_or_starter(self.behind_in(at)) {
            return None;
        }
        if let Some(end) = self.same_day(at) {
            return made(Time::unresolved(), end, TemporalRelation::SameDay);
        }
        if self.has(at, TimeWord::Since) {
            return self.since(at);
        }
        if self.has(at, TimeWord::Until)
            && let Some((time, end)) = self.time(self.behind_in(at + 1), true)
        {
            let until = |date: EventDate| EventDate::bounds(None, date.not_after());
            let time = Time { date: until(time.date), future: time.future.map(until), resolved: time.resolved };
            return made(time, end, TemporalRelation::Until);
        }
        // "ابتداء من الخميس", "as of Friday": what begins on a day that is ahead.
        if let Some(((), day)) = self.phrase(at, |word| (word == TimeWord::From).then_some(()))
            && let Some((time, end)) = self.time(self.behind_in(day), true)
        {
            let time = Time { date: time.future.unwrap_or(time.date), future: None, resolved: time.resolved };
            return made(time, end, TemporalRelation::On);
        }
        if self.has(at, TimeWord::For)
            && let Some((count, unit, end, _)) = self.duration(at + 1)
        {
            return made(calendar::at_least_ago(count, unit, self.published), end, TemporalRelation::For);
        }
        if let Some((time, end)) = self.ago(at) {
            return made(time, end, TemporalRelation::On);
        }
        if let Some((time, end)) = self.years_on(at) {
            return made(time, end, TemporalRelation::On);
        }
        let (time, end) = self.time(at, false)?;
        made(time, end, TemporalRelation::On)
    }

    /// "ربع قرن على الغزو", "عشرون عاما على التوقيع": so many years lie between an act and the day of the text.
    fn years_on(&self, at: usize) -> Found {
        if self.language != Language::Arabic {
            return None;
        }
        let (count, unit, end, at_least) = self.duration(at).filter(|(_, unit, ..)| *unit >= Unit::Year)?;
        (self.is_mark(end, &["علي"]) && !at_least).then(|| (calendar::ago(count, unit, self.published), end))
    }

    /// "since 1991", "منذ أكثر من 30 عاما", and "منذ يومين", which is a time ago.
    fn since(&self, at: usize) -> Option<Reading> {
        let start = self.behind_in(at + 1);
        let made = |time, end| Some(Reading { tokens: at..end, time, relation: TemporalRelation::Since });
        if let Some((count, unit, end, at_least)) = self.duration(start) {
            let time = if at_least || unit >= Unit::Year {
                calendar::at_least_ago(count, unit, self.published)
            } else {
                calendar::ago(count, unit, self.published)
            };
            return made(time, end);
        }
        let (time, end) = self.time(start, true)?;
        made(time, end)
    }

    /// A point or stretch of time; `related` where a word before it has already said that it is one.
    fn time(&self, at: usize, related: bool) -> Found {
        let inside = self.behind_in(at);
        if !self.is_of_date_or_starter(inside) {
            return None;
        }
        let related = related || inside > at;
        let found = self
            .stamp(inside)
            .or_else(|| self.weekday_and_date(inside))
            .or_else(|| self.range(inside))
            .or_else(|| self.day_of_month(inside))
            .or_else(|| self.day_of_this_month(inside))
            .or_else(|| self.day_word(inside))
            .or_else(|| self.part(inside))
            .or_else(|| self.hijri(inside))
            .or_else(|| self.month(inside, related))
            .or_else(|| self.coming(inside))
            .or_else(|| self.unit(inside))
            .or_else(|| self.year(inside, related));
        let (time, end) = found?;
        Some((time, self.behind_common_era(end)))
    }

    // Words.

    fn senses(&self, at: usize) -> impl Iterator<Item = (TimeWord, &crate::Split)> {
        self.known.senses(at).iter().map(move |&(word, split)| (word, &self.tokens[at].splits[split]))
    }

    fn find<T>(&self, at: usize, pick: impl Fn(TimeWord) -> Option<T>) -> Option<T> {
        self.known.senses(at).iter().find_map(|&(word, _)| pick(word))
    }

    /// A sense of up to three words, the longest first. Names of several words are one entry of the table.
    fn phrase<T>(&self, at: usize, pick: impl Fn(TimeWord) -> Option<T>) -> Option<(T, usize)> {
        let begun = || self.known.at(at).iter().flat_map(|(_, meaning)| &meaning.phrases);
        let lengths: &[usize] = if begun().next().is_some() { &[3, 2] } else { &[] };
        for &length in lengths {
            let Some(rest) = self.tokens.get(at + 1..at + length) else { continue };
            let found = begun()
                .filter(|(words, _)| words.len() == rest.len() && words.iter().zip(rest).all(|(a, b)| *a == b.norm))
                .find_map(|(_, senses)| senses.iter().copied().find_map(&pick));
            if let Some(found) = found {
                return Some((found, at + length));
            }
        }
        self.find(at, pick).map(|found| (found, at + 1))
    }

    fn has(&self, at: usize, wanted: TimeWord) -> bool {
        self.find(at, |word| (word == wanted).then_some(())).is_some()
    }

    fn is_mark(&self, at: usize, marks: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| marks.contains(&token.norm.as_str()))
    }

    /// Behind "in", "on", "in the" and the like; proclitics need no step.
    fn behind_in(&self, at: usize) -> usize {
        let mut at = at;
        // "في اليوم نفسه": with its article the word is no preposition.
        while self.senses(at).any(|(word, split)| word == TimeWord::In && !split.article) {
            at += 1;
        }
        if at > 0 && self.language != Language::Arabic && self.is_mark(at, &["the"]) { at + 1 } else { at }
    }

    fn behind_common_era(&self, end: usize) -> usize {
        let letter = self.has(end, TimeWord::CommonEra) && !self.is_mark(end + 1, &["."]);
        if letter { end + 1 } else { end }
    }

    fn number(&self, at: usize) -> Option<(u64, usize)> {
        let numeral = self.numerals.iter().find(|numeral| numeral.tokens.start == at)?;
        Some((numeral.value, numeral.tokens.end))
    }

    /// A number of at most `digits` digits in one token.
    fn digits(&self, at: usize, digits: usize) -> Option<i16> {
        let token = self.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
        (token.norm.len() <= digits).then(|| token.norm.parse().ok())?
    }

    fn year_number(&self, at: usize) -> Option<i16> {
        let four = self.tokens.get(at).is_some_and(|token| token.norm.len() == 4);
        self.digits(at, 4).filter(|year| four && YEARS.contains(year))
    }

    /// A day of the month: 6, 6th, "السادس".
    fn day_number(&self, at: usize) -> Option<i8> {
        let token = self.tokens.get(at)?;
        let digits = || {
            let bare = token.norm.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let suffix = &token.norm[bare.len()..];
            matches!(suffix, "" | "st" | "nd" | "rd" | "th").then(|| bare.parse::<i8>().ok())?
        };
        let digits = if token.norm.starts_with(|c: char| c.is_ascii_digit()) { digits() } else { None };
        let ordinal = || self.find(at, |word| if let TimeWord::Ordinal(day) = word { Some(day) } else { None });
        digits.or_else(ordinal).filter(|day| (1..=31).contains(day))
    }

    /// A month with its other name: "نوفمبر", "كانون الثاني", "نوفمبر/تشرين الثاني", "نوفمبر (تشرين الثاني)".
    fn month_name(&self, at: usize) -> Option<(i8, usize)> {
        let (month, end) = self.one_month_name(at)?;
        let (open, close) = (self.is_mark(end, &["/", "("]), self.is_mark(end, &["("]));
        match open.then(|| self.one_month_name(end + 1)).flatten() {
            Some((same, end)) if same == month => {
                Some((month, if close && self.is_mark(end, &[")"]) { end + 1 } else { end }))
            }
            _ => Some((month, end)),
        }
    }

    fn one_month_name(&self, at: usize) -> Option<(i8, usize)> {
        let (month, end) =
            self.phrase(at, |word| if let TimeWord::Month(month) = word { Some(month) } else { None })?;
        if end > at + 1 {
            return Some((month, end));
        }
        if self.is_modal(at) || self.names_clinic(at) {
            return None;
        }
        // "Nov." carries a full stop.
        let dotted =
            self.language != Language::Arabic && self.is_mark(at + 1, &["."]) && self.tokens[at].norm.len() <= 4;
        let goes_on = self.tokens.get(at + 2).is_some_and(|next| next.kind == TokenKind::Number);
        Some((month, if dotted && goes_on { at + 2 } else { at + 1 }))
    }

    /// "may" and "march" with a small letter are verbs.
    fn is_modal(&self, at: usize) -> bool {
        let small = self.tokens[at].span.of(self.text).starts_with(char::is_lowercase);
        self.language == Language::English && small && matches!(self.tokens[at].norm.as_str(), "may" | "march")
    }

    /// "مستشفى مايو كلينيك": the Mayo Clinic is no May.
    fn names_clinic(&self, at: usize) -> bool {
        let before =
            at.checked_sub(1).is_some_and(|before| self.is_mark(before, &["عياده", "عيادات", "مستشفي", "مشفي"]));
        self.language == Language::Arabic && (before || self.is_mark(at + 1, &["كلينيك", "كلينك"]))
    }

    /// "May" and "March" begin sentences as verbs too: alone they are months only behind a word that says so.
    fn is_ambiguous_month(&self, at: usize) -> bool {
        matches!(self.tokens[at].norm.as_str(), "may" | "march")
    }

    // Patterns.

    /// 2025-11-07, 07/11/2025.
    fn stamp(&self, at: usize) -> Found {
        if !(self.is_mark(at + 1, &["-", "/", "."]) && self.tokens[at + 1].norm == self.tokens.get(at + 3)?.norm) {
            return self.joined_stamp(at);
        }
        let (a, b, c) = (self.digits(at, 4)?, self.digits(at + 2, 2)?, self.digits(at + 4, 4)?);
        if let Some(date) = self.hijri_stamp(a, b, c) {
            return Some((Time::fixed(date), at + 5));
        }
        let (month, other) = (i8::try_from(b).ok()?, i8::try_from(c).ok());
        let date = if YEARS.contains(&a) {
            calendar::day(a, month, other?)
        } else {
            let first = i8::try_from(a).ok()?;
            // The day comes first but where only the other order gives a date.
            YEARS.contains(&c).then(|| calendar::day(c, month, first).or_else(|| calendar::day(c, first, month)))?
        };
        Some((Time::fixed(date?), at + 5))
    }

    /// 26/5/1436, 1435/5/10: a year of the Hijra.
    fn hijri_stamp(&self, first: i16, month: i16, last: i16) -> Option<EventDate> {
        let is_year = |year: &i16| self.language == Language::Arabic && HIJRI_YEARS.contains(&i32::from(*year));
        let (year, day) = if is_year(&last) { (last, first) } else { (first, last) };
        let date = calendar::hijri_day(year.into(), u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        is_year(&year).then(|| date.map(EventDate::day)).flatten()
    }

    /// 07.11.2025 is one number to the tokeniser.
    fn joined_stamp(&self, at: usize) -> Found {
        let token = self.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
        let mut parts = token.norm.split('.');
        let (Some(day), Some(month), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return None;
        };
        let (day, month, year): (i16, i16, i16) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
        let valid = YEARS.contains(&year);
        let date = valid.then(|| calendar::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?))??;
        Some((Time::fixed(date), at + 1))
    }

    /// "Thursday, 6 November", "أمس الخميس", "الخميس الماضي", "الخميس".
    fn weekday_and_date(&self, at: usize) -> Found {
        if self.known.senses(at).is_empty() {
            return None;
        }
        let weekday = |word: TimeWord| if let TimeWord::Weekday(day) = word { Some(day) } else { None };
        let before =
            |at: usize| match self.find(at, |word| if let TimeWord::Day(day) = word { Some(day) } else { None }) {
                Some(day) => (Some(day), at + 1),
                None => (None, at),
            };
        let direction = |at: usize| self.direction(at).map(|direction| (direction, at + 1));
        // "last Thursday"
        if let Some((direction, next)) = direction(at).filter(|_| self.language != Language::Arabic)
            && let Some(number) = self.find(next, weekday)
        {
            return Some((self.directed_weekday(number, direction), next + 1));
        }
        let (told, start) = before(at);
        let number = self.find(start, weekday)?;
        let end = start + 1;
        if let Some(found) = self.date_behind_weekday(end) {
            return Some(found);
        }
        let behind = direction(end).filter(|_| self.language == Language::Arabic);
        let time = match (told, &behind) {
            (Some(days), None) => calendar::days_from(days, self.published),
            (_, Some((direction, _))) => self.directed_weekday(number, *direction),
            _ => calendar::weekday(number, self.published),
        };
        Some((time, behind.map_or(end, |(_, end)| end)))
    }

    fn directed_weekday(&self, number: i8, direction: TimeWord) -> Time {
        match direction {
            TimeWord::Last => calendar::next_weekday(number, -1, self.published),
            TimeWord::Next => calendar::next_weekday(number, 1, self.published),
            _ => calendar::weekday(number, self.published),
        }
    }

    fn date_behind_weekday(&self, end: usize) -> Found {
        let skipped = if self.is_mark(end, &[",", "،", "("]) { end + 1 } else { end };
        let skipped = if self.is_mark(skipped, &["الموافق"]) { skipped + 1 } else { skipped };
        let skipped = self.behind_in(skipped);
        let (time, end) = self.stamp(skipped).or_else(|| self.day_of_month(skipped))?;
        let closed = self.is_mark(end, &[")"]) && self.is_mark(skipped.wrapping_sub(1), &["("]);
        Some((time, if closed { end + 1 } else { end }))
    }

    /// "last", "next", "this" and their Arabic kin.
    fn direction(&self, at: usize) -> Option<TimeWord> {
        self.find(at, |word| matches!(word, TimeWord::Last | TimeWord::Next | TimeWord::Current).then_some(word))
    }

    /// "من 7 إلى 9 ديسمبر 2022", "7-9 December 2022", "December 7-9, 2022".
    fn range(&self, at: usize) -> Found {
        let start = if self.is_mark(at, &["من", "from", "between", "بين"]) { at + 1 } else { at };
        let joins = |at: usize| self.is_mark(at, &["-", "–", "—", "/", "to", "الي", "and", "حتي", "until"]);
        if let (Some(first), true) = (self.day_number(start), joins(start + 1)) {
            let last = self.day_number(start + 2)?;
            let of = if self.is_mark(start + 3, &["من", "of"]) { start + 4 } else { start + 3 };
            let (month, end) = self.month_name(of)?;
            return self.days_of(first, last, month, end);
        }
        // "و9": the second day carries its conjunction.
        if let (Some(first), Some(last)) = (self.day_number(start), self.day_number(start + 1))
            && self.tokens[start + 1].splits.iter().any(|split| *split.proclitics == [Proclitic::And])
        {
            let (month, end) = self.month_name(start + 2)?;
            return self.days_of(first, last, month, end);
        }
        let (month, next) = self.month_name(start)?;
        let (first, last) = (self.day_number(next)?, self.day_number(next + 2)?);
        if !joins(next + 1) {
            return None;
        }
        self.days_of(first, last, month, next + 3)
    }

    fn days_of(&self, first: i8, last: i8, month: i8, end: usize) -> Found {
        let (year, end) = self.year_behind(end);
        let both = |a: EventDate, b: EventDate| EventDate::bounds(a.not_before(), b.not_after());
        let time = match year {
            Some(year) => Time::fixed(both(calendar::day(year, month, first)?, calendar::day(year, month, last)?)),
            None => {
                // What has begun is past, what has not ended is to come.
                let (a, b) = (
                    calendar::yearless_day(month, first, self.published),
                    calendar::yearless_day(month, last, self.published),
                );
                let year_of = |date: EventDate| date.not_before().map(|day| day.year());
                let days =
                    |year: i16| Some(both(calendar::day(year, month, first)?, calendar::day(year, month, last)?));
                match (year_of(a.date), year_of(b.future.unwrap_or(b.date))) {
                    (Some(past), Some(ahead)) if a.resolved && b.resolved => Time::two(days(past)?, days(ahead)?),
                    _ => a,
                }
            }
        };
        Some((time, end))
    }

    /// A year behind a day or month, perhaps with a comma or "عام" before it.
    fn year_behind(&self, at: usize) -> (Option<i16>, usize) {
        let mut next = at;
        if self.is_mark(next, &[",", "،", "من", "of"]) {
            next += 1;
        }
        if self.find(next, |word| matches!(word, TimeWord::Unit(Unit::Year, None)).then_some(())).is_some() {
            next += 1;
        }
        match self.year_number(next) {
            Some(year) => (Some(year), next + 1),
            None => (None, at),
        }
    }

    /// "6 November 2025", "السادس من نوفمبر", "November 6, 2025", "6 الجاري".
    fn day_of_month(&self, at: usize) -> Found {
        let (month, day, end) = self.day_then_month(at).or_else(|| self.month_then_day(at))?;
        let (year, end) = self.year_behind(end);
        let time = match year {
            Some(year) => Time::fixed(calendar::day(year, month, day)?),
            None => calendar::yearless_day(month, day, self.published),
        };
        // "6 نوفمبر الماضي" says no more than the nearest one of the past; "الجاري" is of the month of publication, past or to come.
        let turned = self.direction(end).filter(|_| self.language == Language::Arabic);
        match turned {
            Some(TimeWord::Current) if let Some(now) = self.published.filter(|now| now.month() == month) => {
                Some((Time::fixed(calendar::day(year.unwrap_or(now.year()), month, day)?), end + 1))
            }
            Some(TimeWord::Next) => Some((Time::known(time.future.or(Some(time.date))), end + 1)),
            // "28 مايو الجاري" in a text of May: of this year, though it lies ahead.
            Some(TimeWord::Current) if self.published.is_some_and(|published| published.month() == month) => {
                let day = self.published.and_then(|published| calendar::day(published.year(), month, day))?;
                Some((Time::fixed(day), end + 1))
            }
            Some(_) => Some((Time { future: None, ..time }, end + 1)),
            None => Some((time, end)),
        }
    }

    /// "6 من الشهر الجاري", "في 29 منه" is none.
    fn day_of_this_month(&self, at: usize) -> Found {
        let day = self.day_number(at).filter(|_| self.language == Language::Arabic && self.is_mark(at + 1, &["من"]))?;
        let is_month = self.find(at + 2, |word| matches!(word, TimeWord::Unit(Unit::Month, None)).then_some(()));
        is_month?;
        let (month, end) = self.unit(at + 2)?;
        let first = month.date.not_before()?;
        Some((Time::fixed(calendar::day(first.year(), first.month(), day)?), end))
    }

    fn day_then_month(&self, at: usize) -> Option<(i8, i8, usize)> {
        let (day, next) = self.ordinal_of_two(at).or_else(|| self.day_number(at).map(|day| (day, at + 1)))?;
        let of = if self.is_mark(next, &["من", "of", "شهر"]) { next + 1 } else { next };
        let of = if self.is_mark(of, &["شهر"]) { of + 1 } else { of };
        let (month, end) = self.month_name(of)?;
        Some((month, day, end))
    }

    /// "الرابع عشر".
    fn ordinal_of_two(&self, at: usize) -> Option<(i8, usize)> {
        let ordinal = self.phrase(at, |word| if let TimeWord::Ordinal(day) = word { Some(day) } else { None });
        ordinal.filter(|(_, end)| *end > at + 1)
    }

    fn month_then_day(&self, at: usize) -> Option<(i8, i8, usize)> {
        if self.language == Language::Arabic {
            return None;
        }
        let (month, next) = self.month_name(at)?;
        let day = self.day_number(next).filter(|_| self.year_number(next).is_none())?;
        Some((month, day, next + 1))
    }

    /// "early May", "أواخر العام الماضي", "منتصف 2024".
    fn part(&self, at: usize) -> Found {
        let part = self.find(at, |word| if let TimeWord::Part(part) = word { Some(part) } else { None })?;
        let next = if self.is_mark(at + 1, &["-", "of", "في", "من", "in"]) { at + 2 } else { at + 1 };
        let next = if self.is_mark(next, &["the", "شهر"]) { next + 1 } else { next };
        let whole = self.month(next, true).or_else(|| self.unit(next)).or_else(|| self.year(next, true));
        let (time, end) = whole?;
        Some((calendar::part(part, time), end))
    }

    /// "May 2024", "مايو الماضي", "next May", "in May".
    fn month(&self, at: usize, related: bool) -> Found {
        let at_month = if self.is_mark(at, &["شهر"]) { at + 1 } else { at };
        let first = self.direction(at_month).filter(|_| self.language != Language::Arabic);
        let name = if first.is_some() { at_month + 1 } else { at_month };
        let (month, end) = self.month_name(name)?;
        let (year, with_year) = self.year_behind(end);
        if let Some(year) = year {
            return Some((Time::fixed(calendar::month(year, month)?), with_year));
        }
        let behind = self.direction(end).filter(|_| self.language == Language::Arabic);
        if !related && first.is_none() && behind.is_none() && self.is_ambiguous_month(name) {
            return None;
        }
        let time = calendar::yearless_month(month, self.published);
        let time = match first.or(behind) {
            Some(TimeWord::Next) => Time::known(time.future.or(Some(time.date)).filter(|_| time.resolved)),
            Some(_) => Time { future: None, ..time },
            None => time,
        };
        Some((time, if behind.is_some() { end + 1 } else { end }))
    }

    /// "15 رمضان 1446", "رمضان 1446", "1446هـ".
    fn hijri(&self, at: usize) -> Found {
        let hijri_month = |at: usize| self.hijri_month_name(at);
        let hijri_year = |at: usize| self.digits(at, 4).map(i32::from).filter(|year| HIJRI_YEARS.contains(year));
        let era = |end: usize| if self.has(end, TimeWord::HijriEra) { end + 1 } else { end };
        if let Some((month, next)) = self.day_number(at).and_then(|_| hijri_month(at + 1)) {
            let day = self.day_number(at)?;
            let (year, end) = (hijri_year(next)?, era(next + 1));
            let date = calendar::hijri_day(year, month, u8::try_from(day).ok()?)?;
            return Some((Time::fixed(EventDate::day(date)), end));
        }
        if let Some((month, next)) = hijri_month(at) {
            let year = hijri_year(next)?;
            return Some((Time::fixed(calendar::hijri_month(year, month)?), era(next + 1)));
        }
        let year_at = if self.is_year_word(at) { at + 1 } else { at };
        let year = hijri_year(year_at)?;
        // A bare number of this size counts other things.
        if !self.has(year_at + 1, TimeWord::HijriEra) {
            return None;
        }
        Some((Time::fixed(calendar::hijri_year(year)?), era(year_at + 1)))
    }

    fn hijri_month_name(&self, at: usize) -> Option<(u8, usize)> {
        self.phrase(at, |word| if let TimeWord::HijriMonth(month) = word { Some(month) } else { None })
    }

    /// "last week", "الأسبوع الماضي", "this year", "العام المقبل".
    fn unit(&self, at: usize) -> Found {
        let unit =
            |at: usize| self.find(at, |word| if let TimeWord::Unit(unit, None) = word { Some(unit) } else { None });
        let steps = |direction: TimeWord| match direction {
            TimeWord::Last => -1,
            TimeWord::Next => 1,
            _ => 0,
        };
        if self.language == Language::Arabic {
            let with_article =
                self.senses(at).any(|(word, split)| split.article && matches!(word, TimeWord::Unit(_, None)));
            let unit = unit(at).filter(|_| with_article)?;
            let direction = self.direction(at + 1)?;
            return Some((calendar::unit_from(unit, steps(direction), self.published), at + 2));
        }
        let direction = self.direction(at)?;
        Some((calendar::unit_from(unit(at + 1)?, steps(direction), self.published), at + 2))
    }

    /// "in the coming days", "في الأيام المقبلة", "soon".
    fn coming(&self, at: usize) -> Found {
        const PLURALS: [&str; 10] =
            ["ايام", "اسابيع", "اشهر", "شهور", "سنوات", "اعوام", "days", "weeks", "months", "years"];
        let splits = |at: usize| self.tokens.get(at).map(|token| token.splits.as_slice()).unwrap_or_default();
        let has_unit = |at: usize| splits(at).iter().any(|split| PLURALS.contains(&split.stem.as_str()));
        let coming = |at: usize| self.has(at, TimeWord::Coming) || self.has(at, TimeWord::Next);
        if (coming(at) && has_unit(at + 1)) || (has_unit(at) && coming(at + 1) && self.language == Language::Arabic) {
            return Some((calendar::to_come(self.published), at + 2));
        }
        None
    }

    /// "today", "أمس", "يومين" is none.
    fn day_word(&self, at: usize) -> Found {
        let (days, end) = self.phrase(at, |word| if let TimeWord::Day(days) = word { Some(days) } else { None })?;
        Some((calendar::days_from(days, self.published), end))
    }

    /// "عام 2024", "in 2024".
    fn year(&self, at: usize, related: bool) -> Found {
        let at_year = if self.is_year_word(at) { at + 1 } else { at };
        let proclitic = self.tokens.get(at)?.splits.iter().any(|split| !split.proclitics.is_empty());
        if !(related || at_year > at || proclitic) {
            return None;
        }
        let year = self.year_number(at_year)?;
        // "in 2024 cases" would be a number: years are not followed by what they count, as far as a plural tells.
        Some((Time::fixed(calendar::year(year)?), at_year + 1))
    }

    fn is_year_word(&self, at: usize) -> bool {
        self.find(at, |word| matches!(word, TimeWord::Unit(Unit::Year, None)).then_some(())).is_some()
    }

    /// "the same day", "في اليوم نفسه", "اليوم ذاته".
    fn same_day(&self, at: usize) -> Option<usize> {
        let start = self.behind_in(at);
        let is_day =
            |at: usize| self.find(at, |word| matches!(word, TimeWord::Unit(Unit::Day, None)).then_some(())).is_some();
        let same = |at: usize| {
            // "نفسه" is "نفس" with a pronoun.
            self.known.at(at).iter().any(|(_, meaning)| meaning.times.contains(&TimeWord::Same))
        };
        ((is_day(start) && same(start + 1)) || (same(start) && is_day(start + 1))).then_some(start + 2)
    }

    /// "three days ago", "قبل يومين", "قبل نحو ثلاثة أشهر".
    fn ago(&self, at: usize) -> Found {
        if self.language == Language::Arabic {
            if !self.has(at, TimeWord::Ago) {
                return None;
            }
            let (count, unit, end, at_least) = self.duration(at + 1)?;
            return Some((self.count_ago(count, unit, at_least), end));
        }
        let (count, unit, end, at_least) = self.duration(at)?;
        self.has(end, TimeWord::Ago).then(|| (self.count_ago(count, unit, at_least), end + 1))
    }

    fn count_ago(&self, count: u64, unit: Unit, at_least: bool) -> Time {
        if at_least {
            calendar::at_least_ago(count, unit, self.published)
        } else {
            calendar::ago(count, unit, self.published)
        }
    }

    /// A number of units: count, unit, the place behind, whether it is a least one.
    fn duration(&self, at: usize) -> Option<(u64, Unit, usize, bool)> {
        let unit = |at: usize| {
            self.find(at, |word| if let TimeWord::Unit(unit, count) = word { Some((unit, count)) } else { None })
        };
        let (mut at, mut at_least) = (at, false);
        loop {
            if self.has(at, TimeWord::MoreThan) {
                at_least = true;
            } else if !self.has(at, TimeWord::About) {
                break;
            }
            at += 1;
            if self.is_mark(at, &["من", "than"]) {
                at += 1;
            }
        }
        // "يومين", "ربع قرن".
        let counted = |word| if let TimeWord::Unit(unit, Some(count)) = word { Some((unit, count)) } else { None };
        if let Some(((unit, count), end)) = self.phrase(at, counted) {
            return Some((count, unit, end, at_least));
        }
        if let Some((count, next)) = self.number(at) {
            // A year is no count of years.
            let (unit, _) = unit(next)?;
            return Some((count, unit, next + 1, at_least));
        }
        // "منذ عقود", "for decades": at least two.
        let plural = &self.tokens.get(at)?.norm;
        let (unit, _) = unit(at)?;
        let many = matches!(plural.as_str(), "عقود" | "سنوات" | "اعوام" | "decades" | "years");
        many.then_some((2, unit, at + 1, true))
    }
}

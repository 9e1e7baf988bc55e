//! Dates and times in words, resolved against the day of publication. An unknown date stays unknown.
//!
//! Gregorian months have their Mashriqi, Egyptian and Maghrebi names; Hijri dates follow the Umm al-Qura calendar. A day or
//! month without a year is the newest one before publication, and the next one for what is still to come.

mod calendar;
mod pattern;
#[cfg(test)]
mod tests;

use crate::words::Known;
use crate::{Numeral, Temporal, Token};
use chancery_model::{Language, Span};
use jiff::civil::Date;
use pattern::Reader;

impl Reader<'_> {
    /// Whether a date may begin at a token: most tokens are told apart here, before the patterns are tried.
    fn may_begin(&self, at: usize) -> bool {
        self.is_of_dates(at) || self.known.starts_date(at) && self.is_of_date_or_starter(at + 1)
    }

    /// Whether a pattern can match at a token: all want a number, a word of the tables, or one of the starters first.
    fn is_of_date_or_starter(&self, at: usize) -> bool {
        self.is_of_dates(at) || self.known.starts_date(at)
    }

    /// A number or a word of the tables of dates.
    fn is_of_dates(&self, at: usize) -> bool {
        self.known.begins_date(at)
            || self.tokens.get(at).is_some_and(|token| token.norm.as_bytes().first().is_some_and(u8::is_ascii_digit))
            || self.numerals.iter().any(|numeral| numeral.tokens.contains(&at))
    }
}

/// The temporal expressions of a sentence, in order, without overlap.
pub(crate) fn temporals(
    tokens: &[Token],
    numerals: &[Numeral],
    text: &str,
    language: Language,
    known: &Known<'_>,
    published: Option<Date>,
) -> Vec<Temporal> {
    let reader = Reader { tokens, numerals, text, language, known, published };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let Some(reading) = reader.may_begin(at).then(|| reader.related(at)).flatten() else {
            at += 1;
            continue;
        };
        let span = (reading.tokens.start..reading.tokens.end).map(|at| tokens[at].span).reduce(Span::cover);
        at = reading.tokens.end;
        found.push(Temporal {
            span: span.unwrap_or(Span::new(0, 0)),
            tokens: reading.tokens,
            date: reading.time.date,
            future: reading.time.future,
            relation: reading.relation,
            resolved: reading.time.resolved,
        });
    }
    found
}

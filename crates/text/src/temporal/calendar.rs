//! What expressions mean in days: arithmetic without words.

use crate::words::{Part, Unit};
use chancery_model::EventDate;
use icu_calendar::cal::Hijri;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What an expression means: of the past, of the future, and whether it could be resolved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Time {
    pub(super) date: EventDate,
    pub(super) future: Option<EventDate>,
    pub(super) resolved: bool,
}

impl Time {
    /// The same in past and future.
    pub(super) fn fixed(date: EventDate) -> Self {
        Self { date, future: None, resolved: true }
    }

    /// Told of a day that is not known.
    pub(super) fn unresolved() -> Self {
        Self { date: EventDate::UNKNOWN, future: None, resolved: false }
    }

    pub(super) fn two(past: EventDate, future: EventDate) -> Self {
        Self { date: past, future: (past != future).then_some(future), resolved: true }
    }

    /// Fixed where there is a date, else unresolved.
    pub(super) fn known(date: Option<EventDate>) -> Self {
        date.map_or_else(Self::unresolved, Self::fixed)
    }
}

/// A day; nothing where the month has no such day.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<EventDate> {
    Date::new(year, month, day).ok().map(EventDate::day)
}

pub(super) fn month(year: i16, month: i8) -> Option<EventDate> {
    Date::new(year, month, 1).ok().map(EventDate::month)
}

pub(super) fn year(year: i16) -> Option<EventDate> {
    Date::new(year, 1, 1).ok().map(EventDate::year)
}

/// A day and month without a year.
pub(super) fn yearless_day(month: i8, day_of_month: i8, published: Option<Date>) -> Time {
    let Some(published) = published else { return Time::unresolved() };
    // Four years on either side hold every 29 February.
    let in_year = |year: i16| Date::new(year, month, day_of_month).ok();
    let past = (0..=4).filter_map(|back| in_year(published.year() - back)).find(|day| *day <= published);
    let future = (0..=4).filter_map(|on| in_year(published.year() + on)).find(|day| *day >= published);
    match (past, future) {
        (Some(past), Some(future)) => Time::two(EventDate::day(past), EventDate::day(future)),
        _ => Time::unresolved(),
    }
}

/// A month without a year.
pub(super) fn yearless_month(month: i8, published: Option<Date>) -> Time {
    let Some(published) = published else { return Time::unresolved() };
    let past = if month <= published.month() { published.year() } else { published.year() - 1 };
    let future = if month >= published.month() { published.year() } else { published.year() + 1 };
    let in_year = |year| self::month(year, month).unwrap_or(EventDate::UNKNOWN);
    Time::two(in_year(past), in_year(future))
}

/// A day of the week: the newest one up to publication, and the next one from it on.
pub(super) fn weekday(number: i8, published: Option<Date>) -> Time {
    let (Some(published), Ok(weekday)) = (published, Weekday::from_monday_one_offset(number)) else {
        return Time::unresolved();
    };
    let past = if published.weekday() == weekday { Ok(published) } else { published.nth_weekday(-1, weekday) };
    let future = if published.weekday() == weekday { Ok(published) } else { published.nth_weekday(1, weekday) };
    match (past, future) {
        (Ok(past), Ok(future)) => Time::two(EventDate::day(past), EventDate::day(future)),
        _ => Time::unresolved(),
    }
}

/// The day of the week before (`-1`) or after (`1`) the day of publication, never that day itself.
pub(super) fn next_weekday(number: i8, direction: i32, published: Option<Date>) -> Time {
    let weekday = Weekday::from_monday_one_offset(number).ok();
    Time::known(
        published.zip(weekday).and_then(|(day, weekday)| day.nth_weekday(direction, weekday).ok()).map(EventDate::day),
    )
}

/// So many days from publication.
pub(super) fn days_from(days: i32, published: Option<Date>) -> Time {
    Time::known(published.and_then(|day| day.checked_add(days.days()).ok()).map(EventDate::day))
}

/// The unit that is so many units from the one of publication: last week, this month, next year.
pub(super) fn unit_from(unit: Unit, count: i64, published: Option<Date>) -> Time {
    Time::known(published.and_then(|day| shifted(day, unit, count)).and_then(|day| unit_of(unit, day)))
}

fn unit_of(unit: Unit, day: Date) -> Option<EventDate> {
    Some(match unit {
        Unit::Day => EventDate::day(day),
        Unit::Week => {
            let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
            EventDate::bounds(Some(monday), monday.checked_add(6.days()).ok())
        }
        Unit::Month => EventDate::month(day),
        Unit::Year => EventDate::year(day),
        Unit::Decade => {
            let first = Date::new(day.year() - day.year().rem_euclid(10), 1, 1).ok()?;
            EventDate::bounds(Some(first), first.checked_add(10.years()).ok()?.yesterday().ok())
        }
    })
}

/// A day so many units before or after.
pub(super) fn shifted(day: Date, unit: Unit, count: i64) -> Option<Date> {
    let count = if (-10_000..=10_000).contains(&count) { count } else { return None };
    let span = match unit {
        Unit::Day => count.days(),
        Unit::Week => count.weeks(),
        Unit::Month => count.months(),
        Unit::Year => count.years(),
        Unit::Decade => (count * 10).years(),
    };
    day.checked_add(span).ok()
}

/// So many units ago, as exactly as the unit allows: days to the day, weeks within half a week, months and years as such.
pub(super) fn ago(count: u64, unit: Unit, published: Option<Date>) -> Time {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let day = published.and_then(|day| shifted(day, unit, count.checked_neg()?));
    Time::known(day.and_then(|day| match unit {
        Unit::Week => Some(EventDate::bounds(day.checked_sub(3.days()).ok(), day.checked_add(3.days()).ok())),
        Unit::Decade => Some(EventDate::year(day)),
        unit => unit_of(unit, day),
    }))
}

/// At least so many units ago: only the last possible day is known.
pub(super) fn at_least_ago(count: u64, unit: Unit, published: Option<Date>) -> Time {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let day = published.and_then(|day| shifted(day, unit, count.checked_neg()?));
    Time::known(day.map(|day| EventDate::bounds(None, Some(day))))
}

/// From the day of publication on.
pub(super) fn to_come(published: Option<Date>) -> Time {
    Time::known(published.map(|day| EventDate::bounds(Some(day), None)))
}

/// A part of a month (ten days) or of anything longer (a third).
pub(super) fn part(part: Part, whole: Time) -> Time {
    let cut = |date: EventDate| {
        let (Some(first), Some(last)) = (date.not_before(), date.not_after()) else { return date };
        let days = i64::from((last - first).get_days()) + 1;
        let third = |n: i64| if days <= 31 { 10 * n } else { days * n / 3 };
        let at = |days: i64| first.checked_add(days.days()).ok();
        match part {
            Part::Early => EventDate::bounds(Some(first), at(third(1) - 1)),
            Part::Middle => EventDate::bounds(at(third(1)), at(third(2) - 1)),
            Part::Late => EventDate::bounds(at(third(2)), Some(last)),
        }
    };
    Time { date: cut(whole.date), future: whole.future.map(cut), resolved: whole.resolved }
}

/// A Hijri day (Umm al-Qura).
pub(super) fn hijri_day(year: i32, month: u8, day: u8) -> Option<Date> {
    let hijri = icu_calendar::Date::try_new_hijri_with_calendar(year, month, day, Hijri::new_umm_al_qura()).ok()?;
    let iso = hijri.to_calendar(icu_calendar::Iso);
    let (year, month, day) = (iso.era_year().year, iso.month().ordinal, iso.day_of_month().0);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A Hijri month.
pub(super) fn hijri_month(year: i32, month: u8) -> Option<EventDate> {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let last = hijri_day(next_year, next_month, 1)?.yesterday().ok();
    Some(EventDate::bounds(hijri_day(year, month, 1), last))
}

/// A Hijri year.
pub(super) fn hijri_year(year: i32) -> Option<EventDate> {
    let last = hijri_day(year + 1, 1, 1)?.yesterday().ok();
    Some(EventDate::bounds(hijri_day(year, 1, 1), last))
}

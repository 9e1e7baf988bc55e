//! When something happened, as far as the text says: a day, a month, a year, or bounds. Unknown stays unknown.

use jiff::civil::Date;
use std::fmt;

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One civil day.
    Day,
    /// One calendar month.
    Month,
    /// One calendar year.
    Year,
    /// Only bounds, of which one may be missing ("more than 30 years ago" has a latest day only).
    Bounds,
    /// Nothing is said.
    Unknown,
}

impl Precision {
    /// The word used in RDF and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Bounds => "bounds",
            Self::Unknown => "unknown",
        }
    }
}

/// The first and the last civil day on which something can have happened, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventDate {
    not_before: Option<Date>,
    not_after: Option<Date>,
    precision: Precision,
}

/// Days that bounds must be apart for a year to be all that is known of them.
const SEASON: i32 = 60;

impl EventDate {
    /// Nothing is said.
    pub const UNKNOWN: Self = Self { not_before: None, not_after: None, precision: Precision::Unknown };

    /// One day.
    pub fn day(date: Date) -> Self {
        Self { not_before: Some(date), not_after: Some(date), precision: Precision::Day }
    }

    /// The month that holds `date`.
    pub fn month(date: Date) -> Self {
        Self {
            not_before: Some(date.first_of_month()),
            not_after: Some(date.last_of_month()),
            precision: Precision::Month,
        }
    }

    /// The year that holds `date`.
    pub fn year(date: Date) -> Self {
        Self {
            not_before: Some(date.first_of_year()),
            not_after: Some(date.last_of_year()),
            precision: Precision::Year,
        }
    }

    /// Bounds, inclusive; two equal bounds are a day, two missing ones are unknown. Bounds in the wrong order
    /// are taken as unknown, since nothing true can be said.
    pub fn bounds(not_before: Option<Date>, not_after: Option<Date>) -> Self {
        match (not_before, not_after) {
            (None, None) => Self::UNKNOWN,
            (Some(a), Some(b)) if a == b => Self::day(a),
            (Some(a), Some(b)) if a > b => Self::UNKNOWN,
            _ => Self { not_before, not_after, precision: Precision::Bounds },
        }
    }

    /// Reads `2015-07-31`, `2015-07` or `2015`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.len() {
            10 => text.parse().ok().map(Self::day),
            7 => format!("{text}-01").parse().ok().map(Self::month),
            4 => format!("{text}-01-01").parse().ok().map(Self::year),
            _ => None,
        }
    }

    /// First possible day.
    pub fn not_before(self) -> Option<Date> {
        self.not_before
    }

    /// Last possible day.
    pub fn not_after(self) -> Option<Date> {
        self.not_after
    }

    /// How exactly it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The day itself, where it is known to the day.
    pub fn as_day(self) -> Option<Date> {
        self.not_before.filter(|_| self.precision == Precision::Day)
    }

    /// Whether nothing is said.
    pub fn is_unknown(self) -> bool {
        self.precision == Precision::Unknown
    }

    /// As [`Self::iso`], and the month of bounds that lie in one: "last week" is `2015-07`; else the year, where they leave open
    /// no less than a season of it: "early last year" is `2014`.
    pub fn coarse(self) -> Option<String> {
        self.iso().or_else(|| {
            let (first, last) = (self.not_before?, self.not_after?);
            if first.first_of_month() == last.first_of_month() {
                return Some(month(first));
            }
            (first.year() == last.year() && (last - first).get_days() >= SEASON).then(|| year(first))
        })
    }

    /// `2015-07-31`, `2015-07`, `2015`; nothing for bounds and unknown dates.
    pub fn iso(self) -> Option<String> {
        let date = self.not_before?;
        match self.precision {
            Precision::Day => Some(date.to_string()),
            Precision::Month => Some(month(date)),
            Precision::Year => Some(year(date)),
            Precision::Bounds | Precision::Unknown => None,
        }
    }
}

/// `2015-07`.
fn month(date: Date) -> String {
    date.to_string()[..7].to_owned()
}

/// `2015`.
fn year(date: Date) -> String {
    date.to_string()[..4].to_owned()
}

impl fmt::Display for EventDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(iso) = self.iso() {
            return f.write_str(&iso);
        }
        match (self.not_before, self.not_after) {
            (Some(a), Some(b)) => write!(f, "{a}/{b}"),
            (Some(a), None) => write!(f, "{a}/.."),
            (None, Some(b)) => write!(f, "../{b}"),
            (None, None) => f.write_str("unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_has_two_ends() {
        let m = EventDate::parse("2015-02").unwrap();
        assert_eq!((m.not_before(), m.not_after()), (Some(date(2015, 2, 1)), Some(date(2015, 2, 28))));
        assert_eq!(m.iso().as_deref(), Some("2015-02"));
    }

    #[test]
    fn bounds_have_no_iso_form() {
        let b = EventDate::bounds(None, Some(date(1995, 11, 7)));
        assert_eq!(b.iso(), None);
        assert_eq!(b.to_string(), "../1995-11-07");
    }

    #[test]
    fn bounds_in_the_wrong_order_say_nothing() {
        assert!(EventDate::bounds(Some(date(2020, 1, 2)), Some(date(2020, 1, 1))).is_unknown());
    }
}

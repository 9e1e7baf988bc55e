//! Literals as values: the order of XSD value spaces, and whether a literal is of its datatype at all.
//!
//! Two literals are compared as SPARQL's `<` does, extended by the other kinds of date and by durations; where it
//! has no answer (different kinds, dates with and without a time zone too close to call) there is none here.

pub(crate) mod decimal;
pub(crate) mod lexical;

use decimal::Decimal;
use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNodeRef};
use oxsdatatypes::{
    Date, DateTime, DayTimeDuration, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, Time, YearMonthDuration,
};
use std::cmp::Ordering;

/// The order of two literals, where there is one.
pub(crate) fn compare(a: &Literal, b: &Literal) -> Option<Ordering> {
    value(a)?.partial_cmp_value(&value(b)?)
}

#[derive(Debug)]
enum Value<'l> {
    Exact(Decimal<'l>),
    Float(f32),
    Double(f64),
    Boolean(bool),
    String(&'l str),
    DateTime(DateTime),
    Date(Date),
    Time(Time),
    GYear(GYear),
    GYearMonth(GYearMonth),
    GMonth(GMonth),
    GMonthDay(GMonthDay),
    GDay(GDay),
    Duration(Duration),
}

impl Value<'_> {
    fn partial_cmp_value(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Exact(a), Self::Exact(b)) => Some(a.cmp(b)),
            (Self::Boolean(a), Self::Boolean(b)) => Some(a.cmp(b)),
            (Self::String(a), Self::String(b)) => Some(a.cmp(b)),
            (Self::DateTime(a), Self::DateTime(b)) => a.partial_cmp(b),
            (Self::Date(a), Self::Date(b)) => a.partial_cmp(b),
            (Self::Time(a), Self::Time(b)) => a.partial_cmp(b),
            (Self::GYear(a), Self::GYear(b)) => a.partial_cmp(b),
            (Self::GYearMonth(a), Self::GYearMonth(b)) => a.partial_cmp(b),
            (Self::GMonth(a), Self::GMonth(b)) => a.partial_cmp(b),
            (Self::GMonthDay(a), Self::GMonthDay(b)) => a.partial_cmp(b),
            (Self::GDay(a), Self::GDay(b)) => a.partial_cmp(b),
            (Self::Duration(a), Self::Duration(b)) => a.partial_cmp(b),
            (Self::Float(_) | Self::Exact(_), Self::Float(_) | Self::Exact(_)) => {
                self.as_float()?.partial_cmp(&other.as_float()?)
            }
            _ => self.as_double()?.partial_cmp(&other.as_double()?),
        }
    }

    /// A number as the wider of the two: XPath promotes decimals to floats, floats to doubles.
    fn as_float(&self) -> Option<f32> {
        match self {
            Self::Exact(number) => number.text().parse().ok(),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    fn as_double(&self) -> Option<f64> {
        match self {
            Self::Exact(number) => number.text().parse().ok(),
            Self::Float(number) => Some((*number).into()),
            Self::Double(number) => Some(*number),
            _ => None,
        }
    }
}

fn value(literal: &Literal) -> Option<Value<'_>> {
    let text = literal.value();
    let datatype = literal.datatype();
    if !lexical::is_well_formed(text, datatype) {
        return None;
    }
    if is_exact(datatype) {
        return Decimal::parse(text).map(Value::Exact);
    }
    match datatype {
        xsd::FLOAT => text.parse::<oxsdatatypes::Float>().ok().map(|number| Value::Float(number.into())),
        xsd::DOUBLE => text.parse::<oxsdatatypes::Double>().ok().map(|number| Value::Double(number.into())),
        xsd::BOOLEAN => Some(Value::Boolean(matches!(text, "true" | "1"))),
        xsd::STRING => Some(Value::String(text)),
        xsd::DATE_TIME | xsd::DATE_TIME_STAMP => text.parse().ok().map(Value::DateTime),
        xsd::DATE => text.parse().ok().map(Value::Date),
        xsd::TIME => text.parse().ok().map(Value::Time),
        xsd::G_YEAR => text.parse().ok().map(Value::GYear),
        xsd::G_YEAR_MONTH => text.parse().ok().map(Value::GYearMonth),
        xsd::G_MONTH => text.parse().ok().map(Value::GMonth),
        xsd::G_MONTH_DAY => text.parse().ok().map(Value::GMonthDay),
        xsd::G_DAY => text.parse().ok().map(Value::GDay),
        xsd::DURATION => text.parse().ok().map(Value::Duration),
        xsd::DAY_TIME_DURATION => text.parse::<DayTimeDuration>().ok().map(|length| Value::Duration(length.into())),
        xsd::YEAR_MONTH_DURATION => text.parse::<YearMonthDuration>().ok().map(|length| Value::Duration(length.into())),
        _ => None,
    }
}

/// Whether a datatype is `xsd:decimal` or derived from it.
pub(crate) fn is_exact(datatype: NamedNodeRef<'_>) -> bool {
    datatype == xsd::DECIMAL || lexical::integer_range(datatype).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: (&str, NamedNodeRef<'_>), b: (&str, NamedNodeRef<'_>), expected: Option<Ordering>) {
        let literal = |(text, datatype): (&str, NamedNodeRef<'_>)| Literal::new_typed_literal(text, datatype);
        assert_eq!(compare(&literal(a), &literal(b)), expected, "{a:?} against {b:?}");
        assert_eq!(compare(&literal(b), &literal(a)), expected.map(Ordering::reverse), "{b:?} against {a:?}");
    }

    #[test]
    fn numbers_compare_across_their_types() {
        check(("7", xsd::INTEGER), ("7.0", xsd::DECIMAL), Some(Ordering::Equal));
        check(("7", xsd::BYTE), ("7.5e0", xsd::DOUBLE), Some(Ordering::Less));
        check(("0.1", xsd::DECIMAL), ("0.1", xsd::FLOAT), Some(Ordering::Equal));
        check(("0.1", xsd::DOUBLE), ("0.1", xsd::FLOAT), Some(Ordering::Less));
        check(
            ("-INF", xsd::DOUBLE),
            ("-99999999999999999999999999999999999999999", xsd::INTEGER),
            Some(Ordering::Less),
        );
        check(("NaN", xsd::DOUBLE), ("1", xsd::INTEGER), None);
        check(("300", xsd::BYTE), ("1", xsd::INTEGER), None);
    }

    #[test]
    fn dates_compare_within_their_kind() {
        check(("2025-11-06", xsd::DATE), ("2025-11-07", xsd::DATE), Some(Ordering::Less));
        check(("2025-11", xsd::G_YEAR_MONTH), ("2025-11-07", xsd::DATE), None);
        check(("2025-11-06T10:00:00", xsd::DATE_TIME), ("2025-11-06T12:00:00Z", xsd::DATE_TIME), None);
        check(("2025-11-06T10:00:00", xsd::DATE_TIME), ("2025-11-08T12:00:00Z", xsd::DATE_TIME), Some(Ordering::Less));
        check(
            ("2025-11-06T10:00:00+03:00", xsd::DATE_TIME),
            ("2025-11-06T07:00:00Z", xsd::DATE_TIME),
            Some(Ordering::Equal),
        );
        check(("P1M", xsd::DURATION), ("P30D", xsd::DURATION), None);
        check(("P1D", xsd::DAY_TIME_DURATION), ("PT24H", xsd::DURATION), Some(Ordering::Equal));
    }

    #[test]
    fn strings_compare_by_code_point_and_with_strings_only() {
        check(("أ", xsd::STRING), ("ب", xsd::STRING), Some(Ordering::Less));
        check(("1", xsd::STRING), ("1", xsd::INTEGER), None);
        check(("true", xsd::BOOLEAN), ("0", xsd::BOOLEAN), Some(Ordering::Greater));
        let tagged = Literal::new_language_tagged_literal("a", "en").unwrap();
        assert_eq!(compare(&tagged, &tagged), None);
    }
}

//! Whether the text of a literal is in the lexical space of its datatype.
//!
//! Known are the datatypes of XSD 1.1 that RDF 1.1 recommends, but for those of names (`xsd:Name`, `xsd:NCName`,
//! `xsd:NMTOKEN`) and `xsd:anyURI`: of these, as of datatypes of others, any text is taken as right.

use super::decimal::Decimal;
use oxrdf::NamedNodeRef;
use oxrdf::vocab::xsd;
use oxsdatatypes::{
    Date, DateTime, DayTimeDuration, Double, Duration, Float, GDay, GMonth, GMonthDay, GYear, GYearMonth, Time,
    YearMonthDuration,
};
use std::str::FromStr;

/// Whether a text is in the lexical space of a datatype.
pub(crate) fn is_well_formed(text: &str, datatype: NamedNodeRef<'_>) -> bool {
    if let Some(range) = integer_range(datatype) {
        return is_integer(text, range);
    }
    match datatype {
        xsd::DECIMAL => Decimal::parse(text).is_some(),
        xsd::BOOLEAN => matches!(text, "true" | "false" | "1" | "0"),
        xsd::FLOAT => is_float_text(text) && parses::<Float>(text),
        xsd::DOUBLE => is_float_text(text) && parses::<Double>(text),
        xsd::DATE_TIME => parses::<DateTime>(text),
        xsd::DATE_TIME_STAMP => text.parse::<DateTime>().is_ok_and(|time| time.timezone_offset().is_some()),
        xsd::DATE => parses::<Date>(text),
        xsd::TIME => parses::<Time>(text),
        xsd::G_YEAR => parses::<GYear>(text),
        xsd::G_YEAR_MONTH => parses::<GYearMonth>(text),
        xsd::G_MONTH => parses::<GMonth>(text),
        xsd::G_MONTH_DAY => parses::<GMonthDay>(text),
        xsd::G_DAY => parses::<GDay>(text),
        xsd::DURATION => parses::<Duration>(text),
        xsd::DAY_TIME_DURATION => parses::<DayTimeDuration>(text),
        xsd::YEAR_MONTH_DURATION => parses::<YearMonthDuration>(text),
        xsd::HEX_BINARY => text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        xsd::BASE_64_BINARY => is_base64(text),
        xsd::LANGUAGE => is_language(text),
        xsd::NORMALIZED_STRING => !text.contains(['\t', '\n', '\r']),
        xsd::TOKEN => !text.contains(['\t', '\n', '\r']) && text.trim_matches(' ') == text && !text.contains("  "),
        _ => true,
    }
}

/// The least and greatest values of a type of integers; `None` inside for no bound, outside for other types.
pub(crate) fn integer_range(datatype: NamedNodeRef<'_>) -> Option<(Option<i128>, Option<i128>)> {
    let (least, greatest) = match datatype {
        xsd::INTEGER => (None, None),
        xsd::NON_NEGATIVE_INTEGER => (Some(0), None),
        xsd::POSITIVE_INTEGER => (Some(1), None),
        xsd::NON_POSITIVE_INTEGER => (None, Some(0)),
        xsd::NEGATIVE_INTEGER => (None, Some(-1)),
        xsd::LONG => (Some(i64::MIN.into()), Some(i64::MAX.into())),
        xsd::INT => (Some(i32::MIN.into()), Some(i32::MAX.into())),
        xsd::SHORT => (Some(i16::MIN.into()), Some(i16::MAX.into())),
        xsd::BYTE => (Some(i8::MIN.into()), Some(i8::MAX.into())),
        xsd::UNSIGNED_LONG => (Some(0), Some(u64::MAX.into())),
        xsd::UNSIGNED_INT => (Some(0), Some(u32::MAX.into())),
        xsd::UNSIGNED_SHORT => (Some(0), Some(u16::MAX.into())),
        xsd::UNSIGNED_BYTE => (Some(0), Some(u8::MAX.into())),
        _ => return None,
    };
    Some((least, greatest))
}

fn is_integer(text: &str, (least, greatest): (Option<i128>, Option<i128>)) -> bool {
    let Some(number) = Decimal::parse(text).filter(|_| !text.contains('.')) else {
        return false;
    };
    let within = |bound: Option<i128>, holds: fn(&Decimal<'_>, &Decimal<'_>) -> bool| {
        bound.is_none_or(|bound| Decimal::parse(&bound.to_string()).is_some_and(|bound| holds(&number, &bound)))
    };
    within(least, |number, least| number >= least) && within(greatest, |number, greatest| number <= greatest)
}

fn parses<T: FromStr>(text: &str) -> bool {
    text.parse::<T>().is_ok()
}

/// Rust reads `inf`, `infinity` and `nan` in any case as numbers; XSD has `INF`, `+INF`, `-INF` and `NaN` only.
fn is_float_text(text: &str) -> bool {
    let number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    matches!(text, "INF" | "+INF" | "-INF" | "NaN") || text.bytes().all(number)
}

fn is_base64(text: &str) -> bool {
    let signs: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
    let padding = signs.iter().rev().take_while(|byte| **byte == b'=').count();
    let body = &signs[..signs.len() - padding];
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    signs.len().is_multiple_of(4) && padding <= 2 && body.iter().all(is_sign)
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let sized = |part: &str| (1..=8).contains(&part.len());
    sized(first)
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| sized(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(datatype: NamedNodeRef<'_>, right: &[&str], wrong: &[&str]) {
        for text in right {
            assert!(is_well_formed(text, datatype), "{text:?} is a {datatype}");
        }
        for text in wrong {
            assert!(!is_well_formed(text, datatype), "{text:?} is no {datatype}");
        }
    }

    #[test]
    fn numbers() {
        check(
            xsd::INTEGER,
            &["0", "-07", "+99999999999999999999999999999999999999999999"],
            &["", "1.0", "1e1", " 1", "٣"],
        );
        check(xsd::BYTE, &["-128", "127"], &["128", "-129", "c"]);
        check(xsd::UNSIGNED_LONG, &["18446744073709551615", "-0"], &["18446744073709551616", "-1"]);
        check(xsd::POSITIVE_INTEGER, &["1"], &["0"]);
        check(xsd::DECIMAL, &["1", "-.5", "7."], &["1e3", "INF"]);
        check(xsd::DOUBLE, &["1e3", "INF", "-INF", "NaN", ".5E-2"], &["inf", "nan", "infinity", "1e", "e"]);
        check(xsd::BOOLEAN, &["true", "0"], &["True", "yes"]);
    }

    #[test]
    fn dates() {
        check(xsd::DATE, &["2024-02-29", "-0044-03-15", "2025-11-06+03:00"], &["2025-02-29", "2025-11", "06-11-2025"]);
        check(xsd::G_YEAR_MONTH, &["2025-11"], &["2025-13", "2025-11-06"]);
        check(xsd::G_YEAR, &["2025"], &["25"]);
        check(
            xsd::DATE_TIME,
            &["2025-11-07T06:00:00Z", "2025-11-07T24:00:00"],
            &["2025-11-07", "2025-11-07T25:00:00Z"],
        );
        check(xsd::DATE_TIME_STAMP, &["2025-11-07T06:00:00Z"], &["2025-11-07T06:00:00"]);
        check(xsd::DAY_TIME_DURATION, &["P1D", "-PT1H"], &["P1M", "P"]);
    }

    #[test]
    fn texts() {
        check(xsd::LANGUAGE, &["ar", "zh-Hans"], &["", "a_b", "toolongtag"]);
        check(xsd::TOKEN, &["a b"], &[" a", "a  b", "a\tb"]);
        check(xsd::HEX_BINARY, &["", "0aFF"], &["0", "0g"]);
        check(xsd::BASE_64_BINARY, &["", "YQ==", "YWJj"], &["YQ=", "Y*=="]);
        check(xsd::ANY_URI, &["anything goes"], &[]);
    }
}

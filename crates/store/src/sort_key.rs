//! Terms as texts that stand in the order of the terms, for `ORDER BY`.
//!
//! The evaluator reads the text of each term from the disk at each comparison: 143,000 IRIs took 11 s to sort, and nothing could stop it.
//! And its order of literals of several types is none (10 < "2x" as text, "2x" < 9, 9 < 10), on which sorting may fail. A key is made once
//! for each row, is compared byte by byte, and most are short enough to stand in the row itself.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, LiteralRef, Term};
use oxsdatatypes::{Date, DateTime, DayTimeDuration, Double};
use std::str::FromStr;

/// As SPARQL 1.1, 15.1, says: blank nodes, IRIs, literals; of literals first numbers, then moments, texts, and all others by their words.
pub(crate) fn sort_key(term: &Term) -> Term {
    let key = match term {
        Term::BlankNode(node) => format!("1{}", node.as_str()),
        Term::NamedNode(node) => format!("2{}", node.as_str()),
        Term::Literal(literal) => literal_key(literal.as_ref()),
    };
    Literal::new_simple_literal(key).into()
}

fn literal_key(literal: LiteralRef<'_>) -> String {
    let value = literal.value();
    if let Some(language) = literal.language() {
        // By the words first, as dictionaries do.
        return format!("6{value}\u{0}{language}");
    }
    if literal.datatype() == xsd::STRING {
        return format!("5{value}");
    }
    match number(literal) {
        Some(number) => format!("3{}", ordered(number)),
        None => match moment(literal) {
            Some(seconds) => format!("4{}", ordered(seconds)),
            None => format!("7{value}\u{0}{}", literal.datatype().as_str()),
        },
    }
}

fn number(literal: LiteralRef<'_>) -> Option<f64> {
    let is_number = [
        xsd::INTEGER,
        xsd::DECIMAL,
        xsd::DOUBLE,
        xsd::FLOAT,
        xsd::BYTE,
        xsd::SHORT,
        xsd::INT,
        xsd::LONG,
        xsd::UNSIGNED_BYTE,
        xsd::UNSIGNED_SHORT,
        xsd::UNSIGNED_INT,
        xsd::UNSIGNED_LONG,
        xsd::POSITIVE_INTEGER,
        xsd::NEGATIVE_INTEGER,
        xsd::NON_POSITIVE_INTEGER,
        xsd::NON_NEGATIVE_INTEGER,
    ]
    .contains(&literal.datatype());
    is_number.then(|| Double::from_str(literal.value()).ok()).flatten().map(f64::from)
}

/// Seconds since 1970; without a time zone as if in UTC.
fn moment(literal: LiteralRef<'_>) -> Option<f64> {
    let moment = match literal.datatype() {
        xsd::DATE_TIME => DateTime::from_str(literal.value()).ok()?,
        xsd::DATE => DateTime::try_from(Date::from_str(literal.value()).ok()?).ok()?,
        _ => return None,
    };
    let zone = if moment.timezone_offset().is_some() { "Z" } else { "" };
    let epoch = DateTime::from_str(&format!("1970-01-01T00:00:00{zone}")).ok()?;
    moment.checked_sub(epoch).map(seconds)
}

fn seconds(duration: DayTimeDuration) -> f64 {
    let whole = ((duration.days() * 24 + duration.hours()) * 60 + duration.minutes()) * 60;
    whole as f64 + f64::from(Double::from(duration.seconds()))
}

/// Thirteen letters in the order of the numbers; not a number is the least.
fn ordered(number: f64) -> String {
    let bits = (number + 0.0).to_bits();
    let bits = match number {
        _ if number.is_nan() => 0,
        _ if number.is_sign_negative() && number != 0.0 => !bits,
        _ => bits | 1 << 63,
    };
    (0..13).rev().map(|place| char::from(b'0' + (bits >> (place * 5) & 31) as u8)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{BlankNode, NamedNode};

    fn typed(value: &str, datatype: oxigraph::model::NamedNodeRef<'_>) -> Term {
        Literal::new_typed_literal(value, datatype).into()
    }

    #[test]
    fn keys_stand_in_the_order_of_the_terms() {
        let ordered: Vec<Term> = vec![
            BlankNode::new("b").unwrap().into(),
            NamedNode::new("http://a").unwrap().into(),
            NamedNode::new("http://b").unwrap().into(),
            typed("NaN", xsd::DOUBLE),
            typed("-INF", xsd::DOUBLE),
            typed("-10", xsd::INTEGER),
            typed("-9.5", xsd::DECIMAL),
            typed("-0.25", xsd::DOUBLE),
            typed("0", xsd::INTEGER),
            typed("9", xsd::INTEGER),
            typed("10", xsd::INTEGER),
            typed("1E3", xsd::DOUBLE),
            typed("INF", xsd::DOUBLE),
            typed("-0044-03-15", xsd::DATE),
            typed("1969-07-20T20:17:40Z", xsd::DATE_TIME),
            typed("2025-11-07", xsd::DATE),
            typed("2025-11-07T12:00:00.25Z", xsd::DATE_TIME),
            typed("2025-11-07T13:00:00-01:00", xsd::DATE_TIME),
            Literal::new_simple_literal("").into(),
            Literal::new_simple_literal("2x").into(),
            Literal::new_simple_literal("x").into(),
            Literal::new_language_tagged_literal("a", "en").unwrap().into(),
            Literal::new_language_tagged_literal("b", "ar").unwrap().into(),
            Literal::new_language_tagged_literal("b", "en").unwrap().into(),
            typed("false", xsd::BOOLEAN),
            typed("true", xsd::BOOLEAN),
        ];
        let keys: Vec<String> = ordered.iter().map(|term| sort_key(term).to_string()).collect();
        for (pair, terms) in keys.windows(2).zip(ordered.windows(2)) {
            assert!(pair[0] < pair[1], "{terms:?} have the keys {pair:?}");
        }
    }

    #[test]
    fn equal_numbers_have_equal_keys() {
        assert_eq!(sort_key(&typed("1", xsd::INTEGER)), sort_key(&typed("1.0E0", xsd::DOUBLE)));
        assert_eq!(sort_key(&typed("0", xsd::INTEGER)), sort_key(&typed("-0.0E0", xsd::DOUBLE)));
    }
}

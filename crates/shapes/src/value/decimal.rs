//! Decimal numbers of any length, compared digit by digit: `xsd:integer` has no greatest value.

use std::cmp::Ordering;

/// A decimal number as it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decimal<'t> {
    text: &'t str,
    negative: bool,
    /// Without leading zeros.
    whole: &'t str,
    /// Without trailing zeros.
    fraction: &'t str,
}

impl<'t> Decimal<'t> {
    /// Reads the lexical form of `xsd:decimal`: a sign, digits, a point and digits.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || whole.len() + fraction.len() == 0 {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = whole.is_empty() && fraction.is_empty();
        Some(Self { text, negative: text.starts_with('-') && !is_zero, whole, fraction })
    }

    /// The number as it is written.
    pub(crate) fn text(self) -> &'t str {
        self.text
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        let longer = self.whole.len().cmp(&other.whole.len());
        longer.then_with(|| self.whole.cmp(other.whole)).then_with(|| self.fraction.cmp(other.fraction))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_their_order() {
        let ascending =
            ["-10.5", "-9", "-0.25", "-0.2", "0", "0.09", "0.1", "9", "10", "123456789012345678901234567890"];
        for pair in ascending.windows(2) {
            assert!(Decimal::parse(pair[0]) < Decimal::parse(pair[1]), "{pair:?}");
        }
        for (a, b) in [("-0", "+0.0"), ("007", "7."), (".5", "0.50")] {
            assert_eq!(Decimal::parse(a), Decimal::parse(b));
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "+", ".", "1e3", "1.2.3", " 1", "١"] {
            assert_eq!(Decimal::parse(text), None, "{text:?}");
        }
    }
}

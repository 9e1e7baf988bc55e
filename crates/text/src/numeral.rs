//! Numbers in digits and words: 1,200; خمسة عشر; twenty-one; two million.

use crate::words::Known;
use crate::{Numeral, Proclitic, Token, TokenKind};
use chancery_model::Language;

/// The numbers of a sentence, in order.
pub(crate) fn numerals(tokens: &[Token], language: Language, known: &Known<'_>) -> Vec<Numeral> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        match numeral_at(tokens, at, language, known) {
            Some(numeral) => {
                at = numeral.tokens.end;
                found.push(numeral);
            }
            None => at += 1,
        }
    }
    found
}

fn numeral_at(tokens: &[Token], start: usize, language: Language, known: &Known<'_>) -> Option<Numeral> {
    let (mut total, mut current, mut last) = (0_u64, value(tokens, start, known)?, start);
    if current >= 1_000 && tokens[start].kind == TokenKind::Word {
        (total, current) = (current, 0);
    }
    // A new word continues the number only where it is another order of size: "five ten" are two numbers.
    let mut next = start + 1;
    while let Some((at, value)) = continuation(tokens, next, language, known) {
        let scales = value >= 100 && tokens[at].kind == TokenKind::Word;
        if scales && value >= 1_000 {
            total = total.checked_add(current.max(1).checked_mul(value)?)?;
            current = 0;
        } else if scales && current > 0 && current < 100 {
            current *= value;
        } else if size(value) < size(current) || current == 0 {
            current += value;
        } else if language == Language::Arabic && current < 10 && (10..100).contains(&value) {
            // "خمسة عشر", "خمسة وعشرون": the unit comes first.
            current += value;
        } else {
            break;
        }
        last = at;
        next = at + 1;
    }
    Some(Numeral { tokens: start..last + 1, value: total.checked_add(current)? })
}

/// The number word that goes on from `at`, behind a hyphen, "and" or و.
fn continuation(tokens: &[Token], at: usize, language: Language, known: &Known<'_>) -> Option<(usize, u64)> {
    let joins = |token: &Token| token.norm == "-" || (language != Language::Arabic && token.norm == "and");
    let at = if tokens.get(at).is_some_and(joins) { at + 1 } else { at };
    tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
    Some((at, value(tokens, at, known)?))
}

/// Tens of the number: what may be added behind must be smaller.
fn size(value: u64) -> u32 {
    value.checked_ilog10().unwrap_or(0)
}

/// The value of one token: digits, or a number word with article or clitic.
fn value(tokens: &[Token], at: usize, known: &Known<'_>) -> Option<u64> {
    let token = &tokens[at];
    if token.kind == TokenKind::Number {
        let whole = token.norm.split(['.', '٫']).next().unwrap_or_default();
        return whole.replace([',', '٬'], "").parse().ok();
    }
    let plain = |split: &crate::Split| split.enclitic.is_none() && !split.proclitics.contains(&Proclitic::Will);
    known.at(at).iter().find_map(|&(split, meaning)| meaning.number.filter(|_| plain(&token.splits[split])))
}

#[cfg(test)]
mod tests {
    use crate::Analyzer;
    use chancery_model::{DataFiles, Document, Language};

    fn check(lang: Language, text: &str, expected: &[u64]) {
        let analyzer = Analyzer::new(&DataFiles::embedded()).unwrap();
        let document = Document {
            id: "t".to_owned(),
            lang,
            published: None,
            publisher: None,
            title: None,
            text: text.to_owned(),
            recorded: None,
        };
        let found: Vec<u64> =
            analyzer.analyze(&document).body.iter().flat_map(|s| &s.numerals).map(|n| n.value).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn english() {
        let en = Language::English;
        check(en, "five states and 30 envoys", &[5, 30]);
        check(en, "twenty-one members", &[21]);
        check(en, "1,200 tonnes, 3.5 points", &[1200, 3]);
        check(en, "two million dollars", &[2_000_000]);
        check(en, "three hundred and five", &[305]);
        check(en, "$12 billion", &[12_000_000_000]);
        check(en, "no number here", &[]);
    }

    #[test]
    fn arabic() {
        let ar = Language::Arabic;
        check(ar, "خمس دول", &[5]);
        check(ar, "الدول الخمس", &[5]);
        check(ar, "بخمسة وزراء", &[5]);
        check(ar, "خمسة عشر سفيرا", &[15]);
        check(ar, "خمسة وعشرين عاما", &[25]);
        check(ar, "ثلاثين سنة", &[30]);
        check(ar, "ثلاثمئة جندي", &[300]);
        check(ar, "٢٠٠ مليون دولار", &[200_000_000]);
        check(ar, "ألفي طن", &[2000]);
    }
}

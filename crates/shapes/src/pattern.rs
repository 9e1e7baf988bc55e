//! `sh:pattern`: regular expressions of XPath and XML Schema, as `regex` understands them.
//!
//! The two languages agree but for a few signs: the classes `\i`, `\c` and `\w`, subtraction inside brackets, and the
//! flags `q` and `x`. Back-references are not supported: they cost more than linear time.
//! Source: XQuery and XPath Functions and Operators 3.1, section 5.6; XML Schema 1.1 part 2, appendix G.

use regex::{Regex, RegexBuilder};
use std::iter::Peekable;
use std::str::Chars;

/// Memory that one compiled pattern may take, in bytes. A pattern comes from outside.
const SIZE_LIMIT: usize = 1 << 20;

const NAME_START: &str = r"_:A-Za-z\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{2FF}\u{370}-\u{37D}\u{37F}-\u{1FFF}\u{200C}-\u{200D}\u{2070}-\u{218F}\u{2C00}-\u{2FEF}\u{3001}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFFD}\u{10000}-\u{EFFFF}";
const NAME_ONLY: &str = r"\-.0-9\u{B7}\u{300}-\u{36F}\u{203F}-\u{2040}";

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(Regex);

impl Pattern {
    /// Compiles a pattern with its flags: some of `s`, `m`, `i`, `x`, `q`.
    pub(crate) fn new(pattern: &str, flags: &str) -> Result<Self, String> {
        if let Some(unknown) = flags.chars().find(|flag| !"smixq".contains(*flag)) {
            return Err(format!("sh:flags has {unknown:?}, which is none of s, m, i, x, q"));
        }
        let has = |flag: char| flags.contains(flag);
        let translated = if has('q') { regex::escape(pattern) } else { translate(pattern, has('x'))? };
        let built = RegexBuilder::new(&translated)
            .case_insensitive(has('i'))
            .multi_line(has('m') && !has('q'))
            .dot_matches_new_line(has('s') && !has('q'))
            .size_limit(SIZE_LIMIT)
            .build();
        built.map(Self).map_err(|error| format!("sh:pattern {pattern:?} cannot be used: {error}"))
    }

    /// Whether it stands somewhere in the text.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

fn translate(pattern: &str, ignore_space: bool) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern.chars().peekable();
    let mut depth = 0_usize;
    while let Some(sign) = rest.next() {
        match sign {
            '\\' => escape(&mut out, &mut rest, depth > 0)?,
            '[' if depth == 0 => {
                depth = 1;
                open(&mut out, &mut rest);
            }
            '-' if depth > 0 && rest.peek() == Some(&'[') => {
                rest.next();
                depth += 1;
                out.push_str("--");
                open(&mut out, &mut rest);
            }
            ']' if depth > 0 => {
                depth -= 1;
                out.push(']');
            }
            // These mean sets of sets to `regex`, and themselves to XPath.
            '[' | '&' | '~' | '#' => {
                out.push('\\');
                out.push(sign);
            }
            ' ' | '\t' | '\n' | '\r' if ignore_space && depth == 0 => {}
            other => out.push(other),
        }
    }
    Ok(out)
}

/// A bracket opens, perhaps with a `^`.
fn open(out: &mut String, rest: &mut Peekable<Chars<'_>>) {
    out.push('[');
    if rest.next_if_eq(&'^').is_some() {
        out.push('^');
    }
}

fn escape(out: &mut String, rest: &mut Peekable<Chars<'_>>, in_class: bool) -> Result<(), String> {
    let Some(sign) = rest.next() else {
        return Err("sh:pattern ends with a backslash".to_owned());
    };
    let name = format!("{NAME_START}{NAME_ONLY}");
    let words = r"[^\p{P}\p{Z}\p{C}]";
    match sign {
        'i' => out.push_str(&format!("[{NAME_START}]")),
        'I' => out.push_str(&format!("[^{NAME_START}]")),
        'c' => out.push_str(&format!("[{name}]")),
        'C' => out.push_str(&format!("[^{name}]")),
        'w' => out.push_str(words),
        'W' => out.push_str(r"[\p{P}\p{Z}\p{C}]"),
        's' => out.push_str(r"[ \t\n\r]"),
        'S' => out.push_str(r"[^ \t\n\r]"),
        'd' | 'D' | 'p' | 'P' | 'n' | 'r' | 't' => out.extend(['\\', sign]),
        '1'..='9' if !in_class => return Err("sh:pattern has a back-reference, which is not supported".to_owned()),
        // `regex` gives meaning to escaped letters that XPath does not know.
        letter if letter.is_alphanumeric() => return Err(format!("sh:pattern has the unknown escape \\{letter}")),
        sign => out.push_str(&regex::escape(sign.encode_utf8(&mut [0; 4]))),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, flags: &str, matching: &[&str], others: &[&str]) {
        let compiled = Pattern::new(pattern, flags).unwrap();
        for text in matching {
            assert!(compiled.is_match(text), "{pattern} with {flags:?} should match {text:?}");
        }
        for text in others {
            assert!(!compiled.is_match(text), "{pattern} with {flags:?} should not match {text:?}");
        }
    }

    #[test]
    fn a_pattern_may_stand_anywhere_unless_anchored() {
        check("B", "", &["ABC"], &["abc"]);
        check("^[A-Z]{3}$", "", &["KAZ"], &["KAZA", "kaz", "KAZ\n"]);
        check("دبي", "", &["في دبي"], &["أبوظبي"]);
    }

    #[test]
    fn flags_change_the_meaning() {
        check("^b$", "m", &["a\nb\nc"], &["abc"]);
        check("a.b", "s", &["a\nb"], &[]);
        check("a.b", "", &["axb"], &["a\nb"]);
        check("KAZ", "i", &["kaz"], &[]);
        check("a b # c", "x", &["ab#c"], &["a b # c"]);
        check("a.b[", "q", &["a.b["], &["axb["]);
        check("a.b", "qi", &["A.B"], &["AxB"]);
    }

    #[test]
    fn signs_of_xml_schema_are_understood() {
        check(r"^\i\c*$", "", &["a-1", "مثال", "_x"], &["1a", "-"]);
        check(r"^[\i-[:]][\c-[:]]*$", "", &["a1"], &["a:b"]);
        check(r"^[a-z-[aeiou]]+$", "", &["xyz"], &["xay"]);
        check(r"^\w+$", "", &["كلمة", "a1"], &["a b", "a-b"]);
        check("^[a&&b]+$", "", &["a&b"], &["c"]);
        check("^[-a]+$", "", &["a-"], &["b"]);
        check(r"^\p{Lu}\P{Lu}$", "", &["Ab"], &["AB"]);
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        for (pattern, flags) in
            [("(", ""), (r"(a)\1", ""), (r"\q", ""), ("a", "z"), ("\\", ""), ("[a", ""), ("a{99999}{99999}", "")]
        {
            assert!(Pattern::new(pattern, flags).is_err(), "{pattern} with {flags:?}");
        }
    }
}

//! SPARQL as words: only to say where a request is not well formed, and in which order it names its variables. What it means is the
//! parser's work.

/// A word of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    pub(super) at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Iri,
    /// `dip:Claim`.
    Name,
    /// `dip:`.
    Prefix,
    BlankNode,
    Variable,
    LanguageTag,
    Integer,
    Number,
    /// With a sign.
    SignedNumber,
    String,
    /// A keyword, the name of a function, `a`, `true`.
    Word,
    /// Punctuation.
    Mark,
    /// A string without its end.
    OpenString,
    /// No word at all.
    Stray,
    /// After the last word.
    End,
}

/// All words, and the end.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        at += blank(&text[at..]);
        let rest = &text[at..];
        if rest.is_empty() {
            tokens.push(Token { kind: Kind::End, text: "", at });
            return tokens;
        }
        let (kind, length) = first(rest);
        tokens.push(Token { kind, text: &rest[..length], at });
        at += length;
    }
}

/// The length of space and comments.
fn blank(text: &str) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        match rest.strip_prefix('#') {
            Some(comment) => rest = comment.trim_start_matches(|c| c != '\n' && c != '\r'),
            None => return text.len() - rest.len(),
        }
    }
}

/// The kind and the length of the first word.
fn first(text: &str) -> (Kind, usize) {
    let mut characters = text.chars();
    let (one, two) = (characters.next().unwrap_or_default(), characters.next().unwrap_or_default());
    match one {
        '<' => iri(text).map_or_else(|| mark(text), |length| (Kind::Iri, length)),
        '"' | '\'' => string(text, one),
        '?' | '$' if is_name(two) => (Kind::Variable, 1 + name_length(&text[1..])),
        '@' if two.is_ascii_alphabetic() => {
            let tag = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len() - 1);
            (Kind::LanguageTag, 1 + tag)
        }
        '_' if two == ':' => (Kind::BlankNode, 2 + local_length(&text[2..])),
        '+' | '-' if number(&text[1..]).is_some() => {
            let (_, length) = number(&text[1..]).unwrap_or((Kind::Number, 0));
            (Kind::SignedNumber, 1 + length)
        }
        _ => number(text).or_else(|| name(text)).unwrap_or_else(|| mark(text)),
    }
}

fn iri(text: &str) -> Option<usize> {
    let end = text[1..].find(|c: char| c <= ' ' || "<>\"{}|^`".contains(c))? + 1;
    text[end..].starts_with('>').then_some(end + 1)
}

fn string(text: &str, quote: char) -> (Kind, usize) {
    let long = quote.to_string().repeat(3);
    let (open, is_long) = if text.starts_with(&long) { (3, true) } else { (1, false) };
    let mut characters = text.char_indices().skip_while(|(at, _)| *at < open);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            '\n' | '\r' if !is_long => return (Kind::OpenString, at),
            _ if is_long && text[at..].starts_with(&long) => return (Kind::String, at + 3),
            _ if !is_long && character == quote => return (Kind::String, at + 1),
            _ => {}
        }
    }
    (Kind::OpenString, text.len())
}

/// Digits with a point and an exponent.
fn number(text: &str) -> Option<(Kind, usize)> {
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(0);
    let fraction = if text[whole..].starts_with('.') { digits(whole + 1) } else { 0 };
    if whole == 0 && fraction == 0 {
        return None;
    }
    let mut length = if fraction > 0 { whole + 1 + fraction } else { whole };
    let is_whole = fraction == 0;
    let exponent = &text[length..];
    if exponent.starts_with(['e', 'E']) {
        let sign = usize::from(exponent[1..].starts_with(['+', '-']));
        let power = digits(length + 1 + sign);
        if power > 0 {
            length += 1 + sign + power;
            return Some((Kind::Number, length));
        }
    }
    Some((if is_whole { Kind::Integer } else { Kind::Number }, length))
}

/// A prefixed name, a prefix, or a word.
fn name(text: &str) -> Option<(Kind, usize)> {
    let prefix = prefix_length(text);
    if text[prefix..].starts_with(':') {
        let local = local_length(&text[prefix + 1..]);
        let kind = if local == 0 { Kind::Prefix } else { Kind::Name };
        return Some((kind, prefix + 1 + local));
    }
    let length = name_length(text);
    (length > 0).then_some((Kind::Word, length))
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn name_length(text: &str) -> usize {
    text.find(|c| !is_name(c)).unwrap_or(text.len())
}

/// Letters, with points and hyphens inside.
fn prefix_length(text: &str) -> usize {
    if !text.starts_with(char::is_alphabetic) {
        return 0;
    }
    let length = text.find(|c| !is_name(c) && c != '-' && c != '.').unwrap_or(text.len());
    text[..length].trim_end_matches('.').len()
}

fn local_length(text: &str) -> usize {
    let mut length = 0;
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                let Some((at, escaped)) = characters.next() else { break };
                length = at + escaped.len_utf8();
            }
            '.' => {}
            _ if is_name(character) || ":-%".contains(character) => length = at + character.len_utf8(),
            _ => break,
        }
    }
    length
}

fn mark(text: &str) -> (Kind, usize) {
    const MARKS: &str = "{}()[];,.*/|^?+-!=<>";
    let pair = ["^^", "||", "&&", "!=", "<=", ">="].iter().any(|pair| text.starts_with(pair));
    match text.chars().next() {
        _ if pair => (Kind::Mark, 2),
        Some(character) if MARKS.contains(character) => (Kind::Mark, 1),
        Some(character) => (Kind::Stray, character.len_utf8()),
        None => (Kind::End, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Kind, &str)]) {
        let found: Vec<(Kind, &str)> = tokens(text).iter().map(|token| (token.kind, token.text)).collect();
        assert_eq!(found[..found.len() - 1], *expected, "{text}");
    }

    #[test]
    fn words_of_sparql() {
        use Kind::*;
        check(
            "SELECT ?s{?s a dip:Claim.}",
            &[
                (Word, "SELECT"),
                (Variable, "?s"),
                (Mark, "{"),
                (Variable, "?s"),
                (Word, "a"),
                (Name, "dip:Claim"),
                (Mark, "."),
                (Mark, "}"),
            ],
        );
        check("?a<?b&&?c>?d", &[(Variable, "?a"), (Iri, "<?b&&?c>"), (Variable, "?d")]);
        check(
            "?a < 5 # <x>\n<= -1.5e3",
            &[(Variable, "?a"), (Mark, "<"), (Integer, "5"), (Mark, "<="), (SignedNumber, "-1.5e3")],
        );
        check(
            "'it''s' \"\"\"a\"b\"\"\"@en-GB '\\''^^xsd:string",
            &[
                (String, "'it'"),
                (String, "'s'"),
                (String, "\"\"\"a\"b\"\"\""),
                (LanguageTag, "@en-GB"),
                (String, "'\\''"),
                (Mark, "^^"),
                (Name, "xsd:string"),
            ],
        );
        check(
            "_:b1 : ex:a\\,b :c. 5. .5",
            &[
                (BlankNode, "_:b1"),
                (Prefix, ":"),
                (Name, "ex:a\\,b"),
                (Name, ":c"),
                (Mark, "."),
                (Integer, "5"),
                (Mark, "."),
                (Number, ".5"),
            ],
        );
        check("?s ?p \"open\n", &[(Variable, "?s"), (Variable, "?p"), (OpenString, "\"open")]);
        check("مصر ~", &[(Word, "مصر"), (Stray, "~")]);
    }
}

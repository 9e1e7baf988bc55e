//! Lines to tokens. Words are letters, digits and marks; a number may hold separators; every other sign stands alone.

mod arabic;
mod english;

use crate::normalize::is_control;
use crate::offset_map::OffsetMap;
use crate::words::Words;
use crate::{Split, Token, TokenKind};
use chancery_model::{Language, Span};
use unicode_normalization::char::is_combining_mark;

/// The tokens of a line that begins at byte `offset` of its field.
pub(crate) fn tokenize(line: &str, offset: usize, language: Language, words: &Words) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let joined = if language == Language::Arabic { None } else { english::joined(line, at) };
        let end = at + joined.unwrap_or_else(|| piece(&line[at..], language));
        if !c.is_whitespace() && !is_control(c) {
            tokens.push(token(&line[at..end], offset + at, language, words));
        }
        at = end;
    }
    mark_quotes(&mut tokens);
    tokens
}

/// The length in bytes of what begins `rest`: a word, a number, or one sign.
fn piece(rest: &str, language: Language) -> usize {
    let first = rest.chars().next().map_or(1, char::len_utf8);
    if rest.starts_with(|c: char| c.is_numeric()) {
        let number = number_length(rest);
        // "30عاما" is a number and a word; "G7" and "20th" are one word.
        let mut behind = rest[number..].chars();
        // The T of a time stamp parts two numbers.
        let joined = match (behind.next(), behind.next()) {
            (Some('T' | 't'), Some(next)) if next.is_numeric() => false,
            (next, _) => next.is_some_and(char::is_alphabetic),
        };
        return if joined && language != Language::Arabic {
            number + word_length(&rest[number..], language)
        } else {
            number
        };
    }
    if !rest.starts_with(char::is_alphabetic) {
        return first;
    }
    let length = word_length(rest, language);
    if language == Language::Arabic { length } else { english::without_negation(rest, length) }
}

/// Digits with separators between them: 1,200 and 3.5, but not the comma of "in 2025, he".
fn number_length(rest: &str) -> usize {
    let mut length = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let separates =
            matches!(c, ',' | '.' | '٫' | '٬') && characters.peek().is_some_and(|(_, next)| next.is_numeric());
        if !c.is_numeric() && !separates {
            return at;
        }
        length = at + c.len_utf8();
    }
    length
}

/// Letters, digits and marks; unseen marks only where a letter follows; full stops between single Latin letters (U.S.).
fn word_length(rest: &str, language: Language) -> usize {
    let characters: Vec<(usize, char)> = rest.char_indices().collect();
    let is_word = |c: char| c.is_alphanumeric() || is_combining_mark(c) || c == '\u{640}';
    let breaks = |c: char| language == Language::Arabic && c.is_numeric();
    let mut end = 0;
    for (n, &(at, c)) in characters.iter().enumerate() {
        let next = characters.get(n + 1).map(|(_, c)| *c);
        let hidden = is_control(c) && next.is_some_and(is_word);
        let dotted = c == '.' && is_dotted(&characters, n);
        if (breaks(c) && characters[0].1.is_alphabetic() && is_arabic_letter(characters[0].1))
            || !(is_word(c) || hidden || dotted)
        {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn is_arabic_letter(c: char) -> bool {
    ('\u{600}'..'\u{780}').contains(&c)
}

/// A full stop of "U.S." or "a.m.": after a single letter that is first or follows a full stop, and before another such letter or
/// closing such a row.
fn is_dotted(characters: &[(usize, char)], n: usize) -> bool {
    let at = |n: usize| characters.get(n).map(|(_, c)| *c);
    let single_before =
        n >= 1 && at(n - 1).is_some_and(|c| c.is_ascii_alphabetic()) && (n == 1 || at(n - 2) == Some('.'));
    let single_after =
        at(n + 1).is_some_and(|c| c.is_ascii_alphabetic()) && at(n + 2).is_none_or(|c| !c.is_alphanumeric());
    let closes = n >= 3 && at(n - 2) == Some('.') && at(n + 1).is_none_or(|c| !c.is_alphanumeric());
    single_before
        && (single_after && at(n + 2) == Some('.')
            || single_after && n >= 1 && at(n + 2).is_none_or(|c| c != '.')
            || closes)
}

fn token(word: &str, start: usize, language: Language, words: &Words) -> Token {
    let span = Span::new(start, start + word.len());
    let map = OffsetMap::new(word, start, language);
    let norm = map.norm().to_owned();
    let kind = match norm.chars().next() {
        Some(c) if c.is_numeric() && norm.chars().all(|c| !c.is_alphabetic()) => TokenKind::Number,
        Some(c) if c.is_alphanumeric() || (c == '\'' && norm.len() > 1) => TokenKind::Word,
        _ => TokenKind::Punctuation,
    };
    let whole = Split { proclitics: Vec::new(), stem: norm.clone(), article: false, enclitic: None, stem_span: span };
    let mut splits = vec![whole];
    if language == Language::Arabic && kind == TokenKind::Word {
        splits.extend(arabic::cuts(&map, words));
    }
    Token { span, norm, kind, quoted: false, splits }
}

/// Sets `quoted` on what stands between quotation marks. A mark that is never closed holds to the end of the line.
fn mark_quotes(tokens: &mut [Token]) {
    let mut open: Option<&str> = None;
    for at in 0..tokens.len() {
        let next_is_letter =
            tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word && t.span.start == tokens[at].span.end);
        let before_is_letter =
            at > 0 && tokens[at - 1].kind == TokenKind::Word && tokens[at - 1].span.end == tokens[at].span.start;
        let mark = (tokens[at].kind == TokenKind::Punctuation).then(|| tokens[at].norm.clone());
        let closes = match (open, mark.as_deref()) {
            (Some(close), Some(mark)) => mark == close && !(mark == "'" && next_is_letter),
            _ => false,
        };
        if closes {
            open = None;
        } else if open.is_some() {
            tokens[at].quoted = true;
        } else {
            open = match mark.as_deref() {
                Some("«") => Some("»"),
                Some("“" | "„") => Some("”"),
                Some("\"") => Some("\""),
                // Normalised from ‘; an apostrophe stands behind a letter.
                Some("'") if next_is_letter && !before_is_letter => Some("'"),
                _ => None,
            };
        }
    }
}

/// 1 for a mark that opens a quotation or stands in one, 0 for one that closes it.
pub(crate) fn quote_depth(token: &Token) -> usize {
    usize::from(token.quoted)
}

#[cfg(test)]
mod tests {
    use crate::Analyzer;
    use chancery_model::{DataFiles, Document, Language};

    fn sentences(text: &str, lang: Language) -> Vec<crate::Sentence> {
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
        analyzer.analyze(&document).body
    }

    fn check(lang: Language, text: &str, expected: &[&[&str]]) {
        let found: Vec<Vec<&str>> =
            sentences(text, lang).iter().map(|s| s.tokens.iter().map(|t| t.span.of(text)).collect()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn english_words() {
        let en = Language::English;
        check(en, "Minerals-rich states' envoys", &[&["Minerals", "-", "rich", "states", "'", "envoys"]]);
        check(en, "Japan's minister doesn't", &[&["Japan", "'s", "minister", "does", "n't"]]);
        check(en, "It cost 1,200.50, he said", &[&["It", "cost", "1,200.50", ",", "he", "said"]]);
        check(en, "The G7 and the 20th summit", &[&["The", "G7", "and", "the", "20th", "summit"]]);
    }

    #[test]
    fn full_stops_that_end_nothing() {
        let en = Language::English;
        check(en, "U.S. President arrived.", &[&["U.S.", "President", "arrived", "."]]);
        check(
            en,
            "He left the U.S. The talks failed.",
            &[&["He", "left", "the", "U.S."], &["The", "talks", "failed", "."]],
        );
        check(
            en,
            "Sen. J. Smith spoke. He left.",
            &[&["Sen", ".", "J", ".", "Smith", "spoke", "."], &["He", "left", "."]],
        );
        check(en, "“We agreed.” Talks go on.", &[&["“", "We", "agreed", ".", "”"], &["Talks", "go", "on", "."]]);
        check(Language::Arabic, "قال د. أحمد. وأضاف", &[&["قال", "د", ".", "أحمد", "."], &["وأضاف"]]);
    }

    #[test]
    fn arabic_commas_end_nothing() {
        check(
            Language::Arabic,
            "قال، ثم غادر؛ هل عاد؟ نعم",
            &[&["قال", "،", "ثم", "غادر", "؛", "هل", "عاد", "؟"], &["نعم"]],
        );
        check(Language::Arabic, "منذ 30عاما", &[&["منذ", "30", "عاما"]]);
    }

    #[test]
    fn quotations_are_marked() {
        let quoted = |text: &str, lang| -> Vec<String> {
            let all = sentences(text, lang);
            all.iter().flat_map(|s| &s.tokens).filter(|t| t.quoted).map(|t| t.span.of(text).to_owned()).collect()
        };
        assert_eq!(quoted("قال «نرحب بكم» ثم غادر", Language::Arabic), ["نرحب", "بكم"]);
        assert_eq!(quoted("He said “we agree. We sign” today", Language::English), ["we", "agree", ".", "We", "sign"]);
        assert_eq!(quoted("the states' \"deal\" is Japan's", Language::English), ["deal"]);
        assert_eq!(quoted("a ‘new era’ began", Language::English), ["new", "era"]);
    }

    fn check_cut(word: &str, expected: &[&str]) {
        let all = sentences(word, Language::Arabic);
        let splits = &all[0].tokens[0].splits;
        let shown: Vec<String> = splits
            .iter()
            .skip(1)
            .map(|s| {
                let front = s.proclitics.iter().map(|p| format!("{p:?}+")).collect::<String>();
                let article = if s.article { "the+" } else { "" };
                let back = s.enclitic.map(|e| format!("+{e:?}")).unwrap_or_default();
                format!("{front}{article}{}{back}", s.stem)
            })
            .collect();
        for cut in expected {
            assert!(shown.contains(&(*cut).to_owned()), "{word}: {cut} is not among {shown:?}");
        }
        if expected.is_empty() {
            assert!(shown.is_empty(), "{word}: {shown:?}");
        }
    }

    #[test]
    fn clitics_are_alternatives() {
        check_cut("وبالاتفاق", &["And+By+the+اتفاق"]);
        check_cut("للاتفاقيات", &["For+the+اتفاقيات"]);
        check_cut("للجنة", &["For+the+جنة", "For+the+لجنة"]);
        check_cut("سيوقع", &["Will+يوقع"]);
        check_cut("بلادهما", &["بلاد+Dual"]);
        check_cut("سفارتها", &["سفارة+She"]);
        check_cut("انضمامنا", &["انضمام+We"]);
        check_cut("لقائه", &["لقاء+He"]);
        check_cut("وزراؤها", &["وزراء+She"]);
        check_cut("مستواها", &["مستوي+She"]);
        check_cut("ووزير", &["And+وزير"]);
    }

    #[test]
    fn words_that_only_look_cut_stay_whole() {
        for whole in ["وزير", "بيان", "لبنان", "فيصل", "سفير", "واشنطن", "كازاخستان", "فرنسا"]
        {
            let all = sentences(whole, Language::Arabic);
            let cut = all[0].tokens[0].splits.iter().any(|split| !split.proclitics.is_empty());
            assert!(!cut, "{whole}");
        }
    }

    #[test]
    fn stems_lead_back_to_the_original() {
        let text = "وبِالاتّفاقِ";
        let all = sentences(text, Language::Arabic);
        let split = all[0].tokens[0].splits.iter().find(|s| s.stem == "اتفاق").unwrap();
        assert_eq!(split.stem_span.of(text), "اتّفاقِ");
    }
}

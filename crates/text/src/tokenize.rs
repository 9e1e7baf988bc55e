//! Lines to tokens. Words are letters, digits and marks; a number may hold separators; every other sign stands alone, and so does
//! every Han character, since Chinese writes no spaces and the lexicon decides what belongs together.

mod arabic;
mod english;
mod french;

use crate::normalize::{PlainLetters, is_control, is_han, normalized, plain_letters, plain_run};
use crate::offset_map::OffsetMap;
use crate::script::{is_digit, is_letter};
use crate::words::Words;
use crate::{Proclitics, Split, Token, TokenKind};
use chancery_model::{Language, Span};
use compact_str::CompactString;
use smallvec::smallvec;
use unicode_normalization::char::is_combining_mark;

/// About what a token has with the space behind it, so that a line seldom needs more memory than is made ready for it.
const BYTES_PER_TOKEN: usize = 8;

/// The tokens of a line that begins at byte `offset` of its field.
pub(crate) fn tokenize(line: &str, offset: usize, language: Language, words: &Words) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(line.len() / BYTES_PER_TOKEN + 1);
    for piece in pieces(line, language) {
        push(piece, offset + piece.start, language, words, &mut tokens);
    }
    mark_quotes(&mut tokens);
    tokens
}

/// The normalised tokens of a line, uncut.
pub(crate) fn norms(line: &str, language: Language) -> impl Iterator<Item = CompactString> {
    pieces(line, language).map(move |piece| normalized(piece.text, language))
}

/// A word, a number or a sign.
#[derive(Clone, Copy)]
struct Piece<'t> {
    /// Its first byte in the line.
    start: usize,
    text: &'t str,
    /// Its letters, where it is an Arabic word of plain ones: most are.
    plain: Option<PlainLetters>,
}

/// Words, numbers and signs, in order.
fn pieces(line: &str, language: Language) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = line;
    std::iter::from_fn(move || {
        loop {
            let start = line.len() - rest.len();
            if let Some(plain) = plain_word(rest, language) {
                let text;
                (text, rest) = rest.split_at(plain.length);
                return Some(Piece { start, text, plain: Some(plain) });
            }
            let c = rest.chars().next()?;
            if c.is_whitespace() || is_control(c) {
                rest = &rest[c.len_utf8()..];
                continue;
            }
            let text;
            (text, rest) = rest.split_at(joined(line, start, language).unwrap_or_else(|| piece(rest, language)));
            return Some(Piece { start, text, plain: None });
        }
    })
}

/// An Arabic word of plain letters: a space, a sign or a digit of ASCII ends it, or the line.
fn plain_word(rest: &str, language: Language) -> Option<PlainLetters> {
    let ends = |next: Option<&u8>| next.is_none_or(|next| next.is_ascii() && !next.is_ascii_alphabetic());
    let is_arabic = language == Language::Arabic;
    plain_letters(rest).filter(|plain| is_arabic && ends(rest.as_bytes().get(plain.length)))
}

/// The length of what a language writes joined to a word and we read as a token of its own.
fn joined(line: &str, at: usize, language: Language) -> Option<usize> {
    match language {
        Language::English => english::joined(line, at),
        Language::French => french::elided(line, at),
        _ => None,
    }
}

/// The length in bytes of what begins `rest`: a word, a number, or one sign.
fn piece(rest: &str, language: Language) -> usize {
    let first = rest.chars().next().unwrap_or_default();
    if is_digit(first) {
        let number = number_length(rest);
        // "30عاما" is a number and a word; "G7" and "20th" are one word.
        let mut behind = rest[number..].chars();
        // The T of a time stamp parts two numbers.
        let joined = match (behind.next(), behind.next()) {
            (Some('T' | 't'), Some(next)) if is_digit(next) => false,
            (next, _) => next.is_some_and(|c| is_letter(c) && !is_han(c)),
        };
        return if joined && language != Language::Arabic {
            number + word_length(&rest[number..], language)
        } else {
            number
        };
    }
    if !is_letter(first) || is_han(first) {
        return first.len_utf8();
    }
    let length = word_length(rest, language);
    if language == Language::English { english::without_negation(rest, length) } else { length }
}

/// Digits with separators between them: 1,200 and 3.5, but not the comma of "in 2025, he".
fn number_length(rest: &str) -> usize {
    let mut length = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let separates =
            matches!(c, ',' | '.' | '٫' | '٬') && characters.peek().is_some_and(|(_, next)| is_digit(*next));
        if !is_digit(c) && !separates {
            return at;
        }
        length = at + c.len_utf8();
    }
    length
}

/// Letters, digits and marks; unseen marks only where a letter follows; full stops between single Latin letters (U.S.).
fn word_length(rest: &str, language: Language) -> usize {
    let digits_break = language == Language::Arabic && rest.starts_with(is_arabic_letter);
    let plain = plain_run(rest);
    let mut end = plain;
    for (at, c) in rest[plain..].char_indices() {
        let at = plain + at;
        let belongs = is_word(c)
            || is_control(c) && rest[at + c.len_utf8()..].starts_with(is_word)
            || c == '.' && is_dotted(&rest[..at], &rest[at + 1..]);
        if !belongs || digits_break && is_digit(c) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn is_word(c: char) -> bool {
    !is_han(c) && (is_letter(c) || is_digit(c) || c == '\u{640}' || !c.is_ascii() && is_combining_mark(c))
}

fn is_arabic_letter(c: char) -> bool {
    ('\u{600}'..'\u{780}').contains(&c)
}

/// A full stop of "U.S.", "a.m." or "EE.UU.": behind one letter, or one letter twice, that is first or follows a full stop, and
/// before another such group or closing such a row.
fn is_dotted(before: &str, after: &str) -> bool {
    let Some(group) = letter_group(before.chars().rev()) else { return false };
    let front = before[..before.len() - group].chars().next_back();
    let next = letter_group(after.chars());
    let closes = front == Some('.') && !after.starts_with(char::is_alphanumeric);
    front.is_none_or(|c| c == '.') && (next.is_some_and(|next| next == group) || closes)
}

/// The length of one Latin letter, or of one capital written twice, that no other letter or digit follows.
fn letter_group(mut characters: impl Iterator<Item = char>) -> Option<usize> {
    let first = characters.next().filter(char::is_ascii_alphabetic)?;
    match characters.next() {
        Some(second) if second == first && first.is_ascii_uppercase() => {
            characters.next().is_none_or(|c| !c.is_alphanumeric()).then_some(2)
        }
        other => other.is_none_or(|c| !c.is_alphanumeric()).then_some(1),
    }
}

/// Adds a piece that begins at a byte of its field.
fn push(piece: Piece<'_>, start: usize, language: Language, words: &Words, tokens: &mut Vec<Token>) {
    let (word, span) = (piece.text, Span::new(start, start + piece.text.len()));
    if let Some(letters) = piece.plain {
        push_arabic(&OffsetMap::of_plain(word, letters, start), TokenKind::Word, span, words, tokens);
    } else if language == Language::Arabic {
        let map = OffsetMap::new(word, start, language);
        push_arabic(&map, kind(map.norm()), span, words, tokens);
    } else {
        let norm = normalized(word, language);
        let kind = kind(&norm);
        tokens.push(uncut(norm, kind, span));
    }
}

/// Adds an Arabic token with every way to cut it.
fn push_arabic(map: &OffsetMap, kind: TokenKind, span: Span, words: &Words, tokens: &mut Vec<Token>) {
    tokens.push(uncut(map.word(), kind, span));
    if let Some(word) = tokens.last_mut().filter(|token| token.kind == TokenKind::Word) {
        arabic::cuts(map, words, &mut word.splits);
    }
}

/// What a token is by its normalised form.
fn kind(norm: &str) -> TokenKind {
    match norm.chars().next() {
        Some(c) if is_digit(c) && norm.chars().all(|c| !is_letter(c)) => TokenKind::Number,
        Some(c) if is_letter(c) || is_digit(c) || (c == '\'' && norm.len() > 1) => TokenKind::Word,
        _ => TokenKind::Punctuation,
    }
}

fn uncut(norm: CompactString, kind: TokenKind, span: Span) -> Token {
    let whole = Split {
        proclitics: Proclitics::default(),
        stem: norm.clone(),
        article: false,
        enclitic: None,
        stem_span: span,
    };
    Token { span, norm, kind, quoted: false, splits: smallvec![whole] }
}

/// Sets `quoted` on what stands between quotation marks. A mark that is never closed holds to the end of the line.
fn mark_quotes(tokens: &mut [Token]) {
    let mut open: Option<&str> = None;
    for at in 0..tokens.len() {
        let is_mark = tokens[at].kind == TokenKind::Punctuation;
        if !is_mark {
            tokens[at].quoted = open.is_some();
            continue;
        }
        let next_is_letter =
            tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word && t.span.start == tokens[at].span.end);
        let before_is_letter =
            at > 0 && tokens[at - 1].kind == TokenKind::Word && tokens[at - 1].span.end == tokens[at].span.start;
        let mark = tokens[at].norm.as_str();
        if open.is_some_and(|close| mark == close && !(mark == "'" && next_is_letter)) {
            open = None;
        } else if open.is_some() {
            tokens[at].quoted = true;
        } else {
            open = match mark {
                "«" => Some("»"),
                "“" | "„" => Some("”"),
                "「" => Some("」"),
                "\"" => Some("\""),
                // Normalised from ‘; an apostrophe stands behind a letter.
                "'" if next_is_letter && !before_is_letter => Some("'"),
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
    fn sentences_without_end_are_cut_at_a_comma() {
        for (text, mark) in [("word word, ", ","), ("كلمة كلمة، ", "،"), ("word ", "word")] {
            let text = text.repeat(1000);
            let language = if text.starts_with('w') { Language::English } else { Language::Arabic };
            let all = sentences(&text, language);
            let ends =
                |sentence: &crate::Sentence| sentence.tokens.last().is_some_and(|token| token.span.of(&text) == mark);
            assert!(all.len() > 1 && all.iter().all(|sentence| sentence.tokens.len() <= 256 && ends(sentence)));
            let count: usize = all.iter().map(|sentence| sentence.tokens.len()).sum();
            assert_eq!(count, text.split_whitespace().count() + text.matches([',', '،']).count());
        }
    }

    #[test]
    fn french_elisions_are_tokens() {
        let fr = Language::French;
        check(fr, "L’Algérie et l'Iran", &[&["L’", "Algérie", "et", "l'", "Iran"]]);
        check(fr, "jusqu'au sommet d'Abou Dhabi", &[&["jusqu'", "au", "sommet", "d'", "Abou", "Dhabi"]]);
        check(fr, "aujourd'hui à N'Djamena", &[&["aujourd", "'", "hui", "à", "N'", "Djamena"]]);
    }

    #[test]
    fn spanish_doubled_letters_hold_together() {
        let es = Language::Spanish;
        check(es, "Viajó a EE.UU. para hablar", &[&["Viajó", "a", "EE.UU.", "para", "hablar"]]);
        check(es, "Viajó a EE. UU. para hablar", &[&["Viajó", "a", "EE", ".", "UU", ".", "para", "hablar"]]);
    }

    #[test]
    fn chinese_characters_stand_alone() {
        let zh = Language::Chinese;
        check(
            zh,
            "中国与G7会谈。20国集团！",
            &[&["中", "国", "与", "G7", "会", "谈", "。"], &["20", "国", "集", "团", "！"]],
        );
    }

    #[test]
    fn russian_initials_end_nothing() {
        let ru = Language::Russian;
        check(
            ru,
            "В 2014 г. С. Лавров прибыл. Он уехал.",
            &[&["В", "2014", "г", ".", "С", ".", "Лавров", "прибыл", "."], &["Он", "уехал", "."]],
        );
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

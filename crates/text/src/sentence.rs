//! Where sentences end. A full stop after an abbreviation or an initial ends none, nor does one before a small letter.

use crate::tokenize::quote_depth;
use crate::words::Words;
use crate::{Token, TokenKind};
use chancery_model::Language;
use smallvec::SmallVec;

/// Words that often begin a sentence: after "U.S." or "EE.UU." they tell a new one from a name.
const STARTERS: [&str; 34] = [
    "el", "los", "las", "en", "le", "les", "il", "elle", "ils", "por", "pero", "según", "the", "a", "an", "he", "she",
    "it", "they", "we", "in", "on", "at", "but", "and", "this", "that", "these", "those", "his", "her", "its", "their",
    "if",
];

/// Later stages look from every word to every other word of its sentence. No sentence of news is so long; a list without end or a text that
/// lost its stops is cut, so that time stays linear in length.
const LONGEST: usize = 256;

/// Behind the last comma of the second half; the end where there is none.
fn last_pause(sentence: &[Token], text: &str) -> usize {
    let pause = |token: &Token| matches!(token.span.of(text), "," | "،" | ";" | "؛" | "，" | "、" | ":");
    let half = sentence.len() / 2;
    sentence[half..].iter().rposition(pause).map_or(sentence.len(), |at| half + at + 1)
}

/// Cuts the tokens of one line into sentences; marks that close a quotation stay with the sentence they end.
pub(crate) fn split(
    mut tokens: Vec<Token>,
    text: &str,
    language: Language,
    words: &Words,
) -> SmallVec<[Vec<Token>; 8]> {
    let starts = starts(&tokens, text, language, words);
    // From the last to the first, so that every token moves but once; the first sentence keeps the memory of the line.
    let mut sentences: SmallVec<[Vec<Token>; 8]> =
        starts[1..].iter().rev().map(|start| tokens.split_off(*start)).collect();
    sentences.push(tokens);
    sentences.retain(|sentence| !sentence.is_empty());
    sentences.reverse();
    sentences
}

/// The first token of each sentence, some of them twice.
fn starts(tokens: &[Token], text: &str, language: Language, words: &Words) -> SmallVec<[usize; 8]> {
    let mut starts = SmallVec::from_slice(&[0]);
    let (mut start, mut over) = (0, false);
    for at in 0..tokens.len() {
        if over && !is_closing(&tokens[at], text) {
            (start, over) = (at, false);
            starts.push(start);
        }
        over |= ends_at(tokens, at, text, language, words);
        if at + 1 - start == LONGEST {
            start += last_pause(&tokens[start..=at], text);
            starts.push(start);
        }
    }
    starts
}

fn ends_at(tokens: &[Token], at: usize, text: &str, language: Language, words: &Words) -> bool {
    match tokens[at].kind {
        TokenKind::Number => false,
        // "U.S." and the like carry their full stop.
        TokenKind::Word => {
            text.as_bytes()[tokens[at].span.end - 1] == b'.'
                && tokens
                    .get(at + 1)
                    .is_none_or(|next| STARTERS.contains(&next.norm.as_str()) && is_capital(next, text))
        }
        TokenKind::Punctuation => match tokens[at].span.of(text) {
            "!" | "?" | "؟" | "…" | "。" | "！" | "？" | "۔" => true,
            "." => !is_abbreviation(tokens, at, text, words) && may_begin(tokens.get(at + 1), text, language),
            _ => false,
        },
    }
}

/// Whether the full stop at `at` belongs to the word before it.
fn is_abbreviation(tokens: &[Token], at: usize, text: &str, words: &Words) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return true };
    let joined = before.span.end == tokens[at].span.start;
    let single = before.kind == TokenKind::Word && before.span.of(text).chars().count() == 1;
    joined && (words.abbreviations.contains(before.norm.as_str()) || single)
}

fn may_begin(next: Option<&Token>, text: &str, language: Language) -> bool {
    let Some(next) = next else { return true };
    let first = next.span.of(text).chars().next().unwrap_or(' ');
    language == Language::Arabic || next.kind != TokenKind::Word || !first.is_lowercase()
}

fn is_capital(token: &Token, text: &str) -> bool {
    token.span.of(text).chars().next().is_some_and(char::is_uppercase)
}

/// Marks that close what a sentence has opened, and further full stops.
fn is_closing(token: &Token, text: &str) -> bool {
    let mark = token.span.of(text);
    matches!(mark, ")" | "]" | "»" | "”" | "」" | "）" | "’" | "." | "!" | "?" | "؟" | "…" | "。" | "！" | "？")
        || (mark == "\"" && quote_depth(token) == 0)
}

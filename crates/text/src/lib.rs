//! Languages without diplomacy: sentences, tokens with their clitics, inflection, numerals and dates of a document.
//!
//! [`Analyzer::analyze`] takes a [`chancery_model::Document`] and gives a [`Text`]. It is pure and cannot fail: what it does not
//! understand stays a plain token. All spans are bytes of the original; the only bridge from normalised words to the original is
//! the [`OffsetMap`].

mod analyzer;
mod clitic;
pub mod morphology;
mod normalize;
mod numeral;
mod offset_map;
mod script;
mod sentence;
mod temporal;
mod tokenize;
mod words;

pub use analyzer::Analyzer;
pub use clitic::{Enclitic, Proclitic, Proclitics};
pub use normalize::{is_nfc, normalize};
pub use offset_map::OffsetMap;
pub use script::detect_language;

use chancery_model::{EventDate, Field, Language, Span};
use compact_str::CompactString;
use smallvec::SmallVec;
use std::ops::Range;

/// A document cut into sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The language of the body.
    pub language: Language,
    /// The headline; empty where there is none.
    pub title: Vec<Sentence>,
    /// The body, in order.
    pub body: Vec<Sentence>,
}

/// A sentence. It never crosses a line end.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Title or body.
    pub field: Field,
    /// From its first to its last token.
    pub span: Span,
    /// How many code points of the field stand before it.
    pub code_point_start: usize,
    /// The number of its line in the field, from 0.
    pub paragraph: usize,
    /// Its tokens, in order; never empty.
    pub tokens: Vec<Token>,
    /// Temporal expressions, in order, without overlap.
    pub temporals: Vec<Temporal>,
    /// Numbers in digits and words, in order, without overlap.
    pub numerals: Vec<Numeral>,
}

/// A word, a number or a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its normalised form, uncut.
    pub norm: CompactString,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it stands between quotation marks.
    pub quoted: bool,
    /// How it can be cut; the first way is the uncut word.
    pub splits: Splits,
}

/// The ways to read a token; rarely more than two.
pub type Splits = SmallVec<[Split; 2]>;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with digits.
    Word,
    /// Digits, perhaps with separators.
    Number,
    /// Anything else.
    Punctuation,
}

/// One way to read a token as clitics around a stem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// What is joined in front, in order.
    pub proclitics: Proclitics,
    /// The rest, normalised, without article.
    pub stem: CompactString,
    /// Whether the article stood before the stem.
    pub article: bool,
    /// The pronoun joined behind.
    pub enclitic: Option<Enclitic>,
    /// Where the stem stands, without article and clitics.
    pub stem_span: Span,
}

/// A date or a time in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Temporal {
    /// Its tokens in the sentence, with the word that relates it ("since").
    pub tokens: Range<usize>,
    /// The same in bytes.
    pub span: Span,
    /// What it means of something past; unknown where it is not resolved.
    pub date: EventDate,
    /// What it means of something still to come, where that is another day ("on Thursday").
    pub future: Option<EventDate>,
    /// How the event stands to it.
    pub relation: TemporalRelation,
    /// Whether it could be resolved: relative ones need the day of publication.
    pub resolved: bool,
}

/// How an event stands to a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemporalRelation {
    /// Within it.
    On,
    /// From it on; "for more than 30 years" up to now in Arabic (منذ) is of this kind too.
    Since,
    /// Not after it.
    Until,
    /// As long as it.
    For,
    /// On the day told before.
    SameDay,
}

/// A number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its tokens in the sentence.
    pub tokens: Range<usize>,
    /// Its value; fractions are cut off.
    pub value: u64,
}

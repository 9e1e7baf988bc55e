//! All written forms of a word, in normalised spelling: what a lexicon lists once, a text writes in many ways.

pub mod arabic;
pub mod english;
pub mod russian;

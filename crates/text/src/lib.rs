//! Languages without diplomacy: normalisation, sentences, tokens, numerals, dates.

//! French elision: l', d', qu' and the like are tokens of their own, whichever apostrophe is typed.
//!
//! Unlike an Arabic proclitic the apostrophe shows where the word is cut, so that no alternatives are needed; names are cut in the same
//! way in the lexicon ("Côte d'Ivoire", "N'Djamena").

const ELIDED: [&str; 13] = ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];

/// The length of an elided word with its apostrophe that begins at `at`.
pub(super) fn elided(line: &str, at: usize) -> Option<usize> {
    let length = line[at..].find(|c: char| !c.is_ascii_alphabetic())?;
    if length == 0 || length > 6 || line[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    let rest = &line[at + length..];
    let apostrophe = rest.chars().next().filter(|c| matches!(c, '\'' | '’' | 'ʼ'))?.len_utf8();
    let word = &line[at..at + length];
    let known = ELIDED.iter().any(|elided| elided.eq_ignore_ascii_case(word));
    (known && rest[apostrophe..].starts_with(char::is_alphabetic)).then_some(length + apostrophe)
}

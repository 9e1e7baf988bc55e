//! What English writes joined: the possessive and the negation. Both are tokens of their own: "Japan" "'s", "does" "n't".

/// The length of "'s" or "n't" that begins at `at` inside a word of `line`.
pub(super) fn joined(line: &str, at: usize) -> Option<usize> {
    if !line[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    let rest = &line[at..];
    let before = usize::from(rest.starts_with(['n', 'N']));
    let length = before + apostrophe(&rest[before..])?;
    let letter = rest[length..].chars().next()?;
    let wanted = if before == 1 { 't' } else { 's' };
    let ends = !rest[length + letter.len_utf8()..].starts_with(char::is_alphanumeric);
    (letter.eq_ignore_ascii_case(&wanted) && ends).then_some(length + 1)
}

/// The length of the word at the start of `rest` without the "n" of a following "'t".
pub(super) fn without_negation(rest: &str, length: usize) -> usize {
    let shorter = length.saturating_sub(1);
    let negated =
        shorter > 0 && rest.is_char_boundary(shorter) && joined(rest, shorter).is_some_and(|joined| joined > 2);
    if negated { shorter } else { length }
}

fn apostrophe(rest: &str) -> Option<usize> {
    rest.chars().next().filter(|c| matches!(c, '\'' | '’' | 'ʼ')).map(char::len_utf8)
}

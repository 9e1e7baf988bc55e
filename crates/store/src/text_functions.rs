//! Functions over texts that cannot make them grow without end. Thirty bindings `CONCAT(?a, ?a)`, each of the one before, made 3 GiB.

use oxigraph::model::{Literal, LiteralRef, NamedNodeRef, Term};

/// The longest text that a function gives, in bytes (16 MiB).
pub(crate) const MAX_TEXT: usize = 16 << 20;

/// `CONCAT` of two texts.
pub(crate) const CONCAT: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:concat");
/// Gives its first argument back, where `REPLACE` with the second in place of each match stays small.
pub(crate) const REPLACEABLE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:replaceable");
/// Gives its argument back, where three times as much stays small: `ENCODE_FOR_URI`.
pub(crate) const ENCODABLE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:chancery:encodable");

/// A text would be too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

fn text(term: &Term) -> Option<LiteralRef<'_>> {
    match term {
        Term::Literal(literal)
            if literal.language().is_some() || literal.datatype() == oxigraph::model::vocab::xsd::STRING =>
        {
            Some(literal.as_ref())
        }
        _ => None,
    }
}

fn bounded(bytes: usize) -> Result<(), TooLong> {
    if bytes > MAX_TEXT { Err(TooLong) } else { Ok(()) }
}

/// SPARQL 1.1, 17.4.3.12: the language stays where all have the same. None where an argument is no text.
pub(crate) fn concat(arguments: &[Term]) -> Result<Option<Term>, TooLong> {
    let [left, right] = arguments else { return Ok(None) };
    let (Some(left), Some(right)) = (text(left), text(right)) else { return Ok(None) };
    bounded(left.value().len() + right.value().len())?;
    let joined = [left.value(), right.value()].concat();
    Ok(Some(match left.language().filter(|language| right.language() == Some(language)) {
        Some(language) => Literal::new_language_tagged_literal_unchecked(joined, language).into(),
        None => Literal::new_simple_literal(joined).into(),
    }))
}

/// A match may be empty, so there are as many as bytes and one; `$1` stands for as much as the whole text.
pub(crate) fn replaceable(arguments: &[Term]) -> Result<Option<Term>, TooLong> {
    let [whole, replacement] = arguments else { return Ok(None) };
    let (Some(given), Some(replacement)) = (text(whole), text(replacement)) else { return Ok(None) };
    let length = given.value().len();
    let groups = replacement.value().matches('$').count();
    let each = replacement.value().len().saturating_add(groups.saturating_mul(length));
    bounded(length.saturating_add(length.saturating_add(1).saturating_mul(each)))?;
    Ok(Some(whole.clone()))
}

pub(crate) fn encodable(arguments: &[Term]) -> Result<Option<Term>, TooLong> {
    let [whole] = arguments else { return Ok(None) };
    let Some(given) = text(whole) else { return Ok(None) };
    bounded(given.value().len().saturating_mul(3))?;
    Ok(Some(whole.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simple(text: &str) -> Term {
        Literal::new_simple_literal(text).into()
    }

    fn tagged(text: &str, language: &str) -> Term {
        Literal::new_language_tagged_literal(text, language).unwrap().into()
    }

    #[test]
    fn a_language_stays_where_both_have_it() {
        let concat = |left: Term, right: Term| concat(&[left, right]).unwrap();
        assert_eq!(concat(simple("a"), simple("b")), Some(simple("ab")));
        assert_eq!(concat(tagged("a", "en"), tagged("b", "en")), Some(tagged("ab", "en")));
        assert_eq!(concat(tagged("a", "en"), tagged("b", "fr")), Some(simple("ab")));
        assert_eq!(concat(tagged("a", "en"), simple("b")), Some(simple("ab")));
        assert_eq!(concat(simple("a"), Literal::from(1).into()), None);
    }

    #[test]
    fn nothing_grows_without_end() {
        let long = simple(&"x".repeat(MAX_TEXT / 2 + 1));
        assert_eq!(concat(&[long.clone(), long.clone()]), Err(TooLong));
        assert_eq!(encodable(std::slice::from_ref(&long)), Err(TooLong));
        assert_eq!(replaceable(&[long.clone(), simple("$0$0")]), Err(TooLong));
        assert_eq!(replaceable(&[long.clone(), simple("")]), Ok(Some(long)));
        let sentence = simple(&"word ".repeat(100));
        assert_eq!(replaceable(&[sentence.clone(), simple("$2, $1")]), Ok(Some(sentence)));
    }
}

//! What XML formats share.

use quick_xml::escape::escape;

/// Escaped, without the characters that XML 1.0 cannot hold.
pub(super) fn text(text: &str) -> String {
    let allowed =
        |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    escape(text.chars().filter(allowed).collect::<String>()).into_owned()
}

/// For an attribute: line ends are kept as references, since readers turn them into spaces.
pub(super) fn attribute(value: &str) -> String {
    text(value).replace('\n', "&#10;").replace('\r', "&#13;").replace('\t', "&#9;")
}

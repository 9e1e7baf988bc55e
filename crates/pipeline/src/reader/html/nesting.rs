//! How deep elements stand in each other, told before a page is parsed: the parser walks up the open elements for most tags, so that a
//! page which opens elements without end would take the square of its length.
//!
//! An estimate from the tags alone, without a tree: elements whose end tag may be left out do not count, nor does what stands in scripts,
//! styles and comments.

use std::collections::HashMap;

/// Articles stand some dozens deep.
pub(super) const DEEPEST: usize = 1_000;

/// Elements without content, and those that another one of their kind closes (HTML Living Standard, 13.1.2 and 13.1.2.4).
const UNCOUNTED: [&str; 32] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "li", "dt",
    "dd", "p", "rt", "rp", "optgroup", "option", "colgroup", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
    "html", "head", "body",
];

/// Elements whose content is no markup.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "noscript"];

/// Whether more elements are open at once than an article has.
pub(super) fn is_too_deep(page: &str) -> bool {
    let (mut open, mut depth): (HashMap<String, usize>, usize) = (HashMap::new(), 0);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let (closes, name) = match rest.strip_prefix('/') {
            Some(end_tag) => (true, name(end_tag)),
            None => (false, name(rest)),
        };
        if name.is_empty() || UNCOUNTED.contains(&name.as_str()) {
            continue;
        }
        if closes {
            if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
            }
        } else if RAW.contains(&name.as_str()) {
            rest = find_end(rest, &name);
        } else {
            *open.entry(name).or_default() += 1;
            depth += 1;
            if depth > DEEPEST {
                return true;
            }
        }
    }
    false
}

/// The name at the start of a tag, in lower case; empty where there is none.
fn name(tag: &str) -> String {
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(tag.len());
    let name = &tag[..end];
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name.to_ascii_lowercase() } else { String::new() }
}

/// What follows from the end tag of an element on.
fn find_end<'a>(text: &'a str, name: &str) -> &'a str {
    let ends = |at: usize| {
        let tag = text.as_bytes().get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    text.match_indices("</").find(|(at, _)| ends(*at)).map_or("", |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, is_too_deep};

    fn check(piece: &str, deep: bool) {
        let page = format!("<!doctype html><html><body><article>{}</article></body></html>", piece.repeat(2 * DEEPEST));
        assert_eq!(is_too_deep(&page), deep, "{piece}");
    }

    #[test]
    fn what_is_never_closed_is_deep() {
        for piece in ["<div>", "<DIV class=x>", "<div></x>", "<object><p>", "<table><tr><td>", "<b><i>x</i>"] {
            check(piece, true);
        }
    }

    #[test]
    fn what_is_closed_or_needs_no_end_is_not() {
        for piece in [
            "<div>x</div>",
            "<p>x",
            "<p>x<br>y",
            "<ul><li>x<li>y</ul>",
            "<script>'<div>' < 1</script>",
            "<!-- <div> -->",
            "a < b, 1<2",
            "</div>",
            "<style>a{}</STYLE>",
        ] {
            check(piece, false);
        }
    }
}

//! The vocabulary as a page of HTML in one language: all classes, properties, event types and words of the lists, with their
//! labels in six languages and their definitions. The anchor of a term is its local name, so that the IRI of the term leads to it.
//!
//! Made from the ontology alone, in the order of its files. A definition that a language does not have stands in English. Styles are in
//! `ontology/page.css`, which the page names as a neighbour; there is no script.

mod term;
mod words;

use crate::format::GraphFormat;
use crate::page::term::Index;
use crate::page::words::word;
use crate::{ontology, vocab};
use chancery_model::Language;
use std::fmt::Write;

/// The styles of the page.
pub const STYLES: &str = include_str!("../../../ontology/page.css");

/// One part of the page: its word and the terms in it.
struct Section {
    word: &'static str,
    terms: Vec<&'static str>,
}

/// The whole page. Its links are relative to `/ontology`.
pub fn html(language: Language) -> String {
    let index = Index::of_the_ontology();
    let sections = sections(&index);
    let direction = direction(language);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<link rel=\"stylesheet\" href=\"/ontology/page.css\">\n",
        language.code(),
        escape(index.title(language)),
    );
    for format in GraphFormat::ALL {
        let _ = writeln!(
            out,
            "<link rel=\"alternate\" type=\"{}\" href=\"/ontology?format={}\">",
            format.media_type(),
            format.name()
        );
    }
    out += "</head>\n<body id=\"top\">\n";
    head(&mut out, &index, language);
    out += "<main class=\"layout\">\n";
    contents(&mut out, &index, &sections, language);
    out += "<div>\n";
    for section in &sections {
        let _ = writeln!(out, "<section>\n<h2 id=\"-{}\">{}</h2>", section.word, word(section.word, language));
        for term in &section.terms {
            index.write(&mut out, term, language);
        }
        out += "</section>\n";
    }
    let _ = write!(
        out,
        "</div>\n</main>\n<footer><a href=\"#top\">{}</a></footer>\n</body>\n</html>\n",
        word("back", language)
    );
    out
}

/// Every term stands in one section.
fn sections(index: &Index) -> Vec<Section> {
    let mut sections = ["classes", "event-types", "properties", "lists", "relations", "others"]
        .map(|word| Section { word, terms: Vec::new() });
    for term in index.terms() {
        let place = match term {
            _ if index.is_event_type(term) => 1,
            _ if index.is_class(term) => 0,
            _ if index.is_relation_alone(term) => 4,
            _ if index.is_property(term) => 2,
            _ if index.is_word_or_list(term) => 3,
            _ => 5,
        };
        sections[place].terms.push(term);
    }
    sections.into_iter().filter(|section| !section.terms.is_empty()).collect()
}

fn head(out: &mut String, index: &Index, language: Language) {
    let _ = write!(
        out,
        "<header>\n<h1>{}</h1>\n<p>{}</p>\n",
        escape(index.title(language)),
        escape(index.description(language))
    );
    let mut line = |word_: &str, cells: &[String]| {
        let cells: String = cells.iter().map(|cell| format!("<li>{cell}</li>")).collect();
        let _ = writeln!(out, "<ul class=\"line\"><li>{}</li>{cells}</ul>", word(word_, language));
    };
    line("namespace", &[format!("<code dir=\"ltr\">{}</code>", vocab::DIP)]);
    line("version", &[escape(index.version())]);
    line("licence", &[format!("<span dir=\"ltr\">{}</span>", escape(index.licence()))]);
    line(
        "language",
        &Language::ALL.map(|other| {
            let current = if other == language { " aria-current=\"page\"" } else { "" };
            let (code, name) = (other.code(), words::own_name(other));
            format!("<a href=\"/ontology?lang={code}\" hreflang=\"{code}\" lang=\"{code}\"{current}>{name}</a>")
        }),
    );
    line("formats", &GraphFormat::ALL.map(|format| format!("<a href=\"/ontology?format={0}\">{0}</a>", format.name())));
    let files = ontology::FILES.iter().map(|(name, _)| *name).chain(["context.jsonld"]);
    line(
        "files",
        &files.map(|name| format!("<a dir=\"ltr\" href=\"/ontology/{name}\">{name}</a>")).collect::<Vec<_>>(),
    );
    *out += "</header>\n";
}

fn contents(out: &mut String, index: &Index, sections: &[Section], language: Language) {
    let _ = writeln!(out, "<nav class=\"contents\" aria-label=\"{}\">", word("contents", language));
    for section in sections {
        let _ = writeln!(
            out,
            "<details><summary>{} ({})</summary>\n<ul>",
            word(section.word, language),
            section.terms.len()
        );
        for term in &section.terms {
            let _ = writeln!(out, "<li>{}</li>", index.link(term, language));
        }
        *out += "</ul></details>\n";
    }
    *out += "</nav>\n";
}

/// Which way a language is written.
fn direction(language: Language) -> &'static str {
    if language.is_right_to_left() { "rtl" } else { "ltr" }
}

/// Text as it may stand in HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            _ => out.push(letter),
        }
    }
    out
}

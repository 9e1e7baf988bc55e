//! A report for people, in Arabic or English: the outcome, then one line a result, its details indented below it.

use super::{Report, ResultPath, Severity, ValidationResult};
use std::fmt::Write;

/// Longer values are cut: a quote can be as long as an article.
const LONGEST_VALUE: usize = 200;

/// The words around messages.
struct Words {
    conforms: &'static str,
    does_not: &'static str,
    incomplete: &'static str,
    path: &'static str,
    value: &'static str,
    shape: &'static str,
    comma: &'static str,
}

const ENGLISH: Words = Words {
    conforms: "conforms",
    does_not: "does not conform; results:",
    incomplete: "not everything was looked at: a limit was reached",
    path: "path",
    value: "value",
    shape: "shape",
    comma: ", ",
};

const ARABIC: Words = Words {
    conforms: "مطابق",
    does_not: "غير مطابق؛ عدد النتائج:",
    incomplete: "لم يُفحص كل شيء: بُلغ حد من الحدود",
    path: "المسار",
    value: "القيمة",
    shape: "الشكل",
    comma: "، ",
};

fn words(language: &str) -> &'static Words {
    if language == "ar" { &ARABIC } else { &ENGLISH }
}

impl Report {
    /// The outcome and every result, with the messages in a language; English where there is no other.
    pub fn text(&self, language: &str) -> String {
        let words = words(language);
        let mut text = match self.conforms {
            true => words.conforms.to_owned(),
            false => format!("{} {}", words.does_not, self.results.len()),
        };
        if !self.complete {
            write!(text, "\n{}", words.incomplete).expect("a string takes everything");
        }
        for line in self.lines(language) {
            write!(text, "\n{line}").expect("a string takes everything");
        }
        text
    }

    /// One line a result, and one for each detail below it; empty where nothing was found.
    pub fn lines(&self, language: &str) -> Vec<String> {
        let mut lines = Vec::new();
        self.results.iter().for_each(|result| result.add_lines(language, 0, &mut lines));
        lines
    }
}

impl ValidationResult {
    fn add_lines(&self, language: &str, depth: usize, lines: &mut Vec<String>) {
        lines.push(format!("{}{}", "  ".repeat(depth), self.line(language)));
        self.details.iter().for_each(|detail| detail.add_lines(language, depth + 1, lines));
    }

    /// Focus node and message, then what breaks which shape: terms as in N-Triples, paths as in SPARQL.
    pub fn line(&self, language: &str) -> String {
        let words = words(language);
        let part = |word: &str, text: Option<String>| text.map(|text| format!("{word} {text}"));
        let parts = [
            part(words.path, self.path.as_ref().map(ResultPath::to_string)),
            part(words.value, self.value.as_ref().map(|value| shortened(&value.to_string()))),
            part(words.shape, self.named_shape.as_ref().map(ToString::to_string)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let severity = match &self.severity {
            Severity::Violation => String::new(),
            other => format!(" [{other}]"),
        };
        format!("{}: {}{severity} ({})", self.focus_node, self.message(language), parts.join(words.comma))
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

//! The words of the page itself, from the table `ontology/page-words.tsv`: one row a word, one column a language.

use chancery_model::Language;
use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../../ontology/page-words.tsv");

static WORDS: LazyLock<HashMap<(&'static str, &'static str), &'static str>> = LazyLock::new(|| {
    let mut lines = TABLE.lines().map(|line| line.split('\t'));
    let languages: Vec<&str> = lines.next().into_iter().flatten().skip(1).collect();
    let row = |mut cells: std::str::Split<'static, char>| {
        let word = cells.next().unwrap_or_default();
        languages.iter().zip(cells).map(move |(language, text)| ((word, *language), text)).collect::<Vec<_>>()
    };
    lines.flat_map(row).collect()
});

/// A word of the page in a language; the word itself where the table lacks it, which a test finds.
pub(super) fn word(word: &str, language: Language) -> &str {
    WORDS.get(&(word, language.code())).copied().unwrap_or(word)
}

/// What a language calls itself.
pub(super) fn own_name(language: Language) -> &'static str {
    match language {
        Language::Arabic => "العربية",
        Language::English => "English",
        Language::Spanish => "Español",
        Language::French => "Français",
        Language::Russian => "Русский",
        Language::Chinese => "中文",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_every_language() {
        let words: std::collections::BTreeSet<&str> = WORDS.keys().map(|(word, _)| *word).collect();
        assert_eq!(words.len() + 1, TABLE.lines().count());
        for word in words {
            for language in Language::ALL {
                let text = WORDS.get(&(word, language.code()));
                assert!(text.is_some_and(|text| !text.is_empty()), "{word} in {language}");
            }
        }
    }
}

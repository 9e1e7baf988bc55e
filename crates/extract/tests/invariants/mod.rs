//! What holds of every reading, whatever the bytes: nothing panics, every span maps back to the original, no letter is lost.

use chancery_extract::Extractor;
use chancery_model::{CodePointSpan, DataFiles, Document, Field, Span, World};
use chancery_text::{Analyzer, Sentence};
use std::sync::{Arc, LazyLock};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    let files = DataFiles::embedded();
    let world = Arc::new(World::load(&files).expect("the tables are well formed"));
    Extractor::new(&files, world).expect("the lexicons are well formed")
});

static ANALYZER: LazyLock<Analyzer> =
    LazyLock::new(|| Analyzer::new(&DataFiles::embedded()).expect("the tables are well formed"));

/// Reads the document and checks all of it.
///
/// # Panics
/// Where something does not hold.
pub(crate) fn check(document: &Document) {
    let text = ANALYZER.analyze(document);
    let title = document.title.as_deref().unwrap_or_default();
    check_tokens(title, &text.title, Field::Title);
    check_tokens(&document.text, &text.body, Field::Text);

    let extraction = EXTRACTOR.extract(document);
    let field = |field| if field == Field::Title { title } else { document.text.as_str() };
    assert_eq!(extraction.claims.len(), extraction.explanations.len(), "every claim explains itself");
    for (claim, why) in extraction.claims.iter().zip(&extraction.explanations) {
        let evidence = &claim.evidence;
        let words = field(evidence.field);
        assert_eq!(why.claim, claim.id);
        assert_fits(words, evidence.span);
        assert_fits(words, evidence.sentence);
        assert!(evidence.sentence.contains(evidence.span), "a quote stands in its sentence");
        assert_eq!(evidence.span.of(words), evidence.quote, "a quote is copied to the letter");
        assert_eq!(code_points(words, evidence.code_points), evidence.quote, "code points lead to the quote");
        assert!(!claim.source.is_empty(), "a claim has a source");
        assert!((0.0..=1.0).contains(&claim.confidence));
        for participant in &claim.participants {
            if let Some(span) = participant.span {
                assert_eq!(code_points(words, span), participant.surface, "a participant is copied to the letter");
            }
        }
    }
    for mention in &extraction.mentions {
        assert_fits(field(mention.field), mention.span);
        assert_eq!(mention.span.of(field(mention.field)), mention.surface, "a mention is copied to the letter");
    }
    for diagnostic in &extraction.diagnostics {
        if let Some(span) = diagnostic.span {
            assert_fits(diagnostic.field.map(field).unwrap_or_default(), span);
        }
    }
    assert!(!extraction.claims.is_empty() || !extraction.diagnostics.is_empty(), "silence is explained");
    EXTRACTOR.survey(document, &extraction);
}

fn check_tokens(text: &str, sentences: &[Sentence], field: Field) {
    let mut end = 0;
    let mut joined = String::new();
    for sentence in sentences {
        assert_eq!(sentence.field, field);
        assert_fits(text, sentence.span);
        assert!(!sentence.tokens.is_empty(), "a sentence has tokens");
        for token in &sentence.tokens {
            assert_fits(text, token.span);
            assert!(token.span.start >= end, "tokens stand in order and do not overlap");
            assert!(sentence.span.contains(token.span), "a token stands in its sentence");
            assert!(!token.splits.is_empty(), "a token can be read uncut");
            for split in &token.splits {
                assert_fits(text, split.stem_span);
                assert!(token.span.contains(split.stem_span), "a stem stands in its token");
            }
            end = token.span.end;
            joined.push_str(token.span.of(text));
        }
        for temporal in &sentence.temporals {
            assert_fits(text, temporal.span);
            assert!(temporal.tokens.end <= sentence.tokens.len());
        }
        for numeral in &sentence.numerals {
            assert!(!numeral.tokens.is_empty() && numeral.tokens.end <= sentence.tokens.len());
        }
    }
    assert_eq!(visible(&joined), visible(text), "tokens joined are the text without white space");
}

/// Without white space and the marks that nobody sees, which stand alone between tokens or inside a word.
fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
    };
    text.chars().filter(|&c| !c.is_whitespace() && !hidden(c)).collect()
}

fn assert_fits(text: &str, span: Span) {
    assert!(span.start <= span.end && text.get(span.start..span.end).is_some(), "{span:?} is no span of its text");
}

fn code_points(text: &str, span: CodePointSpan) -> String {
    text.chars().skip(span.start).take(span.end.saturating_sub(span.start)).collect()
}

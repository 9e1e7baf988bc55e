//! Time grows with the length of a text, not with its square, even where nobody ever ends a sentence.
//!
//! Seconds on a busy machine are no measure, so this runs in the soak only (`cargo xtask soak` sets `CHANCERY_SOAK`), takes the best of
//! three, and fails where four times the text takes more than ten times as long: the square would be sixteen times.

use chancery_extract::Extractor;
use chancery_model::{DataFiles, Document, Language, World};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Texts without any end of a sentence, or of one thing only.
const TEXTS: [(&str, Language, &str); 14] = [
    ("Arabic sentences", Language::Arabic, "التقى وزير الخارجية المصري نظيره التركي في القاهرة أمس الخميس. "),
    (
        "English sentences",
        Language::English,
        "The Egyptian foreign minister met his Turkish counterpart in Cairo on Thursday. ",
    ),
    ("Arabic clauses", Language::Arabic, "التقى وزير الخارجية المصري نظيره التركي و"),
    ("English clauses", Language::English, "and the Egyptian minister said that France visited Mali "),
    ("Arabic names", Language::Arabic, "مصر وتركيا وروسيا والصين "),
    ("English names", Language::English, "Egypt, Turkey, Russia and China, "),
    ("Arabic verbs", Language::Arabic, "قال وزار والتقى ووقع "),
    ("English verbs", Language::English, "said visited met signed "),
    ("quotation marks", Language::Arabic, "\" « ” "),
    ("numbers", Language::English, "12 2025 1,200 three hundred "),
    ("dates", Language::Arabic, "الخميس 7 نوفمبر 2025 أمس منذ عام "),
    ("one word", Language::Arabic, "والقاهرة"),
    ("one number", Language::English, "1,2"),
    ("full stops", Language::English, "U.S. . ... "),
];

const SHORT: usize = 16 << 10;

#[test]
#[expect(clippy::print_stderr, reason = "a test that does not run says so; a soak shows what it measured")]
fn four_times_the_text_takes_no_ten_times_as_long() {
    if std::env::var_os("CHANCERY_SOAK").is_none() {
        eprintln!("time is compared in the soak only: cargo xtask soak");
        return;
    }
    let files = DataFiles::embedded();
    let world = Arc::new(World::load(&files).expect("the tables are well formed"));
    let extractor = Extractor::new(&files, world).expect("the lexicons are well formed");
    let mut slow = Vec::new();
    for (name, lang, piece) in TEXTS {
        let time = |bytes: usize| {
            let document = Document {
                id: "long".into(),
                lang,
                published: Some(jiff::civil::date(2025, 11, 7)),
                publisher: None,
                title: None,
                text: piece.repeat(bytes / piece.len()),
                recorded: None,
            };
            let once = || {
                let start = Instant::now();
                std::hint::black_box(extractor.extract(&document));
                start.elapsed()
            };
            (0..3).map(|_| once()).min().unwrap_or(Duration::ZERO)
        };
        let (short, long) = (time(SHORT), time(4 * SHORT));
        let ratio = long.as_secs_f64() / short.as_secs_f64().max(1e-6);
        eprintln!("{name:18} {short:>10.1?} {long:>10.1?}  × {ratio:.1}");
        if ratio > 10.0 {
            slow.push(format!("{name}: {ratio:.1} times"));
        }
    }
    assert!(slow.is_empty(), "four times the text takes: {}", slow.join("; "));
}

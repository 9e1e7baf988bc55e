//! Time grows with the length of a text, not with its square, even where nobody ever ends a sentence.
//!
//! Seconds on a busy machine are no measure, so this runs in the soak only (`cargo xtask soak` sets `CHANCERY_SOAK`), takes the best of
//! three, and fails where four times the text takes more than ten times as long: the square would be sixteen times.

use chancery_extract::Extractor;
use chancery_model::{DataFiles, Document, EntityId, EntityKind, Language, World};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Texts without any end of a sentence, of one thing only, or of what rules look for far and wide.
const TEXTS: [(&str, Language, &str); 27] = [
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
    ("names alone", Language::English, "Egypt Turkey Russia China "),
    ("persons", Language::Arabic, "محمد بن سلمان سيرغي لافروف "),
    ("titles", Language::Arabic, "وزير الخارجية رئيس الوزراء "),
    ("unknown persons", Language::English, "the Slovak foreign minister, Xaver Qwertz Yxcv, and Mr Qwertz "),
    ("adjectives", Language::Arabic, "المصرية السعودية الإيرانية "),
    ("Arabic verbs", Language::Arabic, "قال وزار والتقى ووقع "),
    ("English verbs", Language::English, "said visited met signed "),
    ("light verbs", Language::Arabic, "عقد أجرى قدم أعلن "),
    ("quotation marks", Language::Arabic, "\" « ” "),
    ("open quotations", Language::English, "“He said ‘that "),
    ("brackets", Language::English, "(["),
    ("commas", Language::Arabic, "، "),
    ("numbers", Language::English, "12 2025 1,200 three hundred "),
    ("dates", Language::Arabic, "الخميس 7 نوفمبر 2025 أمس منذ عام "),
    ("in the and the", Language::English, "in the from the "),
    ("one word", Language::Arabic, "والقاهرة"),
    ("one word again", Language::Arabic, "والقاهرة "),
    ("clitic letters", Language::Arabic, "وبكلسفه"),
    ("marks on a letter", Language::Arabic, "\u{64e}"),
    ("one number", Language::English, "1,2"),
    ("full stops", Language::English, "U.S. . ... "),
];

const SHORT: usize = 64 << 10;

/// Sentences of which no two tell the same: every state does something to every other one, on another day.
fn different_claims(world: &World, bytes: usize) -> String {
    let label = |id: &EntityId| world.label(id, Language::English);
    let states: Vec<String> =
        world.entities().map(|e| &e.id).filter(|id| id.kind() == EntityKind::State).map(label).collect();
    let acts = ["condemned", "visited", "recalled its ambassador to", "imposed sanctions on", "expelled a diplomat of"];
    let mut text = String::new();
    let mut n = 0;
    while text.len() < bytes {
        let (a, b) = (&states[n % states.len()], &states[(n / states.len() + n + 1) % states.len()]);
        let (act, day, year) = (acts[n % acts.len()], n % 28 + 1, 1990 + n % 30);
        text.push_str(&format!("On {day} May {year} {a} {act} {b}. It also withdrew its envoy. "));
        n += 1;
    }
    text
}

#[test]
fn four_times_the_text_takes_no_ten_times_as_long() {
    if std::env::var_os("CHANCERY_SOAK").is_none() {
        eprintln!("time is compared in the soak only: cargo xtask soak");
        return;
    }
    let files = DataFiles::embedded();
    let world = Arc::new(World::load(&files).expect("the tables are well formed"));
    let extractor = Extractor::new(&files, world).expect("the lexicons are well formed");
    let mut slow = Vec::new();
    let repeated = TEXTS.map(|(name, lang, piece)| (name, lang, piece.repeat(4 * SHORT / piece.len())));
    let generated = ("different claims", Language::English, different_claims(extractor.world(), 4 * SHORT));
    for (name, lang, whole) in repeated.into_iter().chain([generated]) {
        let time = |bytes: usize| {
            let document = Document {
                id: "long".into(),
                lang,
                published: Some(jiff::civil::date(2025, 11, 7)),
                publisher: None,
                title: None,
                text: whole[..whole.floor_char_boundary(bytes)].to_owned(),
                recorded: None,
            };
            let once = || {
                let start = Instant::now();
                let extraction = extractor.extract(&document);
                std::hint::black_box(extractor.survey(&document, &extraction));
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

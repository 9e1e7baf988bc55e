//! Time grows with the length of a text, not with its square, even where nobody ever ends a sentence.
//!
//! Seconds are no measure for a test, so this runs in the soak only (`cargo xtask soak` sets `CHANCERY_SOAK`), counts the time that the
//! processor gave, and fails where four times the text takes more than eight times as long: the square would be sixteen times, and a text
//! that no longer fits into the caches takes longer by the byte.

mod reader;

mod clock;

use chancery_model::{Document, EntityId, EntityKind, Language, World};
use clock::spent;
use reader::EXTRACTOR;
use std::time::Duration;

/// Texts without any end of a sentence, of one thing only, or of what rules look for far and wide.
const TEXTS: [(&str, Language, &str); 28] = [
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
    ("quotations", Language::Arabic, "«ندين الهجوم»، قال وزير الخارجية المصري. وأضاف أن تركيا «تدعم السلام». "),
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

/// Longer than what a cache holds once it is read, so that the step out of the caches is behind both lengths.
const SHORT: usize = 256 << 10;
/// So long a text is read again and again: the system tells the time of a thread in steps of some milliseconds.
const LEAST: Duration = Duration::from_millis(200);
/// How many times as long four times the text may take, caches and a busy machine allowed for.
const MOST: f64 = 8.0;

/// Acts of one state on another, and what points back at them, as it is written behind the first state and behind the second.
const ENGLISH_ACTS: [&str; 5] =
    ["condemned", "visited", "recalled its ambassador to", "imposed sanctions on", "expelled a diplomat of"];
const ENGLISH_BACK: &str = ". It also withdrew its envoy. The two countries will sign an agreement. ";
const ARABIC_ACTS: [&str; 5] = ["أدانت", "قصفت", "استدعت سفيرها لدى", "فرضت عقوبات على", "طردت دبلوماسيا من"];
const ARABIC_BACK: &str = ". كما سحبت مبعوثها. ويوقع البلدان اتفاقا. ";

/// Sentences of which no two tell the same: every state does something to every other one, on another day.
fn different_claims(world: &World, lang: Language, bytes: usize) -> String {
    let label = |id: &EntityId| world.label(id, lang);
    let states: Vec<String> =
        world.entities().map(|e| &e.id).filter(|id| id.kind() == EntityKind::State).map(label).collect();
    let arabic = lang == Language::Arabic;
    let (acts, back) = if arabic { (ARABIC_ACTS, ARABIC_BACK) } else { (ENGLISH_ACTS, ENGLISH_BACK) };
    let mut text = String::new();
    let mut n = 0;
    while text.len() < bytes {
        let (a, b) = (&states[n % states.len()], &states[(n / states.len() + n + 1) % states.len()]);
        let (act, day, year) = (acts[n % acts.len()], n % 28 + 1, 1990 + n % 30);
        text.push_str(&if arabic {
            format!("{act} {b} {a} في {day} مايو {year}{back}")
        } else {
            format!("On {day} May {year} {a} {act} {b}{back}")
        });
        n += 1;
    }
    text
}

#[test]
fn four_times_the_text_takes_no_eight_times_as_long() {
    if std::env::var_os("CHANCERY_SOAK").is_none() {
        eprintln!("time is compared in the soak only: cargo xtask soak");
        return;
    }
    let mut slow = Vec::new();
    let repeated = TEXTS.map(|(name, lang, piece)| (name, lang, piece.repeat(4 * SHORT / piece.len())));
    let generated = [("different claims", Language::English), ("Arabic claims", Language::Arabic)]
        .map(|(name, lang)| (name, lang, different_claims(EXTRACTOR.world(), lang, 4 * SHORT)));
    for (name, lang, whole) in repeated.into_iter().chain(generated) {
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
            let (start, mut runs) = (spent(), 0);
            while runs == 0 || spent() - start < LEAST {
                let extraction = EXTRACTOR.extract(&document);
                std::hint::black_box(EXTRACTOR.survey(&document, &extraction));
                runs += 1;
            }
            (spent() - start) / runs
        };
        let (short, long) = (time(SHORT), time(4 * SHORT));
        let ratio = long.as_secs_f64() / short.as_secs_f64().max(1e-6);
        eprintln!("{name:18} {short:>10.1?} {long:>10.1?}  × {ratio:.1}");
        if ratio > MOST {
            slow.push(format!("{name}: {ratio:.1} times"));
        }
    }
    assert!(slow.is_empty(), "four times the text takes: {}", slow.join("; "));
}

//! Published on Friday 7 November 2025 unless told.

use crate::{Analyzer, TemporalRelation};
use chancery_model::{DataFiles, Document, Language};
use jiff::civil::{Date, date};

const PUBLISHED: Date = date(2025, 11, 7);

/// Each expression as `words = date [| future] [relation]`.
fn read(text: &str, lang: Language, published: Option<Date>) -> Vec<String> {
    let analyzer = Analyzer::new(&DataFiles::embedded()).unwrap();
    let document = Document {
        id: "t".to_owned(),
        lang,
        published,
        publisher: None,
        title: None,
        text: text.to_owned(),
        recorded: None,
    };
    let body = analyzer.analyze(&document).body;
    let show = |t: &crate::Temporal| {
        let future = t.future.map(|date| format!(" | {date}")).unwrap_or_default();
        let relation = match t.relation {
            TemporalRelation::On => String::new(),
            other => format!(" {other:?}"),
        };
        format!("{} = {}{future}{relation}", t.span.of(text), t.date)
    };
    body.iter().flat_map(|s| &s.temporals).map(show).collect()
}

fn check(lang: Language, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(read(text, lang, Some(PUBLISHED)), *expected, "{text}");
    }
}

#[test]
fn arabic_days() {
    check(
        Language::Arabic,
        &[
            ("وقعت في 6 نوفمبر 2025", &["في 6 نوفمبر 2025 = 2025-11-06"]),
            ("في 6 نوفمبر/تشرين الثاني 2025", &["في 6 نوفمبر/تشرين الثاني 2025 = 2025-11-06"]),
            ("يوم 6 تشرين الثاني (نوفمبر) 2025", &["يوم 6 تشرين الثاني (نوفمبر) 2025 = 2025-11-06"]),
            ("السبت 08 تشرين الثاني 2025", &["السبت 08 تشرين الثاني 2025 = 2025-11-08"]),
            ("الخميس، 6 نوفمبر 2025", &["الخميس، 6 نوفمبر 2025 = 2025-11-06"]),
            ("في السادس من نوفمبر", &["في السادس من نوفمبر = 2025-11-06 | 2026-11-06"]),
            ("في ٢٠ ديسمبر", &["في ٢٠ ديسمبر = 2024-12-20 | 2025-12-20"]),
            ("2025-11-07", &["2025-11-07 = 2025-11-07"]),
            ("07/11/2025", &["07/11/2025 = 2025-11-07"]),
            ("أعلن يوم الخميس", &["يوم الخميس = 2025-11-06 | 2025-11-13"]),
            ("أعلن الجمعة", &["الجمعة = 2025-11-07"]),
            ("يوم الاثنين الماضي", &["يوم الاثنين الماضي = 2025-11-03"]),
            ("الاثنين المقبل", &["الاثنين المقبل = 2025-11-10"]),
            ("أمس الخميس", &["أمس الخميس = 2025-11-06"]),
            ("اليوم الجمعة", &["اليوم الجمعة = 2025-11-07"]),
            ("أول أمس", &["أول أمس = 2025-11-05"]),
            ("غدا السبت", &["غدا السبت = 2025-11-08"]),
        ],
    );
}

#[test]
fn maghrebi_and_levantine_months() {
    check(
        Language::Arabic,
        &[
            ("في 5 جويلية 2024", &["في 5 جويلية 2024 = 2024-07-05"]),
            ("في 20 غشت 2023", &["في 20 غشت 2023 = 2023-08-20"]),
            ("في نونبر 2022", &["في نونبر 2022 = 2022-11"]),
            ("في كانون الأول 2021", &["في كانون الأول 2021 = 2021-12"]),
            ("في أوت 2020", &["في أوت 2020 = 2020-08"]),
        ],
    );
}

#[test]
fn arabic_months_and_years() {
    check(
        Language::Arabic,
        &[
            ("في مايو الماضي", &["في مايو الماضي = 2025-05"]),
            ("في مايو المقبل", &["في مايو المقبل = 2026-05"]),
            ("الشهر المقبل", &["الشهر المقبل = 2025-12"]),
            ("العام الماضي", &["العام الماضي = 2024"]),
            ("الأسبوع الجاري", &["الأسبوع الجاري = 2025-11-03/2025-11-09"]),
            ("عام 2020", &["عام 2020 = 2020"]),
            ("في 2019", &["في 2019 = 2019"]),
            ("أواخر مايو 2024", &["أواخر مايو 2024 = 2024-05-21/2024-05-31"]),
            ("مطلع العام المقبل", &["مطلع العام المقبل = 2026-01-01/2026-05-01"]),
            ("من 7 إلى 9 ديسمبر 2022", &["من 7 إلى 9 ديسمبر 2022 = 2022-12-07/2022-12-09"]),
            ("في الأيام المقبلة", &["في الأيام المقبلة = 2025-11-07/.."]),
            ("شارك 2020 شخصا", &[]),
        ],
    );
}

#[test]
fn arabic_relations() {
    check(
        Language::Arabic,
        &[
            ("منذ أكثر من 30 عاما", &["منذ أكثر من 30 عاما = ../1995-11-07 Since"]),
            ("منذ عام 1991", &["منذ عام 1991 = 1991 Since"]),
            ("منذ يومين", &["منذ يومين = 2025-11-05 Since"]),
            ("منذ عقود", &["منذ عقود = ../2005-11-07 Since"]),
            ("حتى عام 2030", &["حتى عام 2030 = ../2030-12-31 Until"]),
            ("ابتداء من الخميس", &["ابتداء من الخميس = 2025-11-13"]),
            ("اعتبارا من يوم الاثنين", &["اعتبارا من يوم الاثنين = 2025-11-10"]),
            ("بحلول 2030", &["بحلول 2030 = ../2030-12-31 Until"]),
            ("قبل ثلاثة أيام", &["قبل ثلاثة أيام = 2025-11-04"]),
            ("قبل نحو شهرين", &["قبل نحو شهرين = 2025-09"]),
            ("في اليوم نفسه", &["في اليوم نفسه = unknown SameDay"]),
            ("في نفس اليوم", &["في نفس اليوم = unknown SameDay"]),
            ("قبل الوزير الدعوة", &[]),
        ],
    );
}

#[test]
fn hijri_dates_follow_umm_al_qura() {
    check(
        Language::Arabic,
        &[
            // 1 Ramadan 1446 was 1 March 2025.
            ("في 1 رمضان 1446", &["في 1 رمضان 1446 = 2025-03-01"]),
            ("1 محرم 1447 هـ", &["1 محرم 1447 هـ = 2025-06-26"]),
            ("عام 1446 هـ", &["عام 1446 هـ = 2024-07-07/2025-06-25"]),
        ],
    );
}

#[test]
fn english_days() {
    check(
        Language::English,
        &[
            ("signed on 6 November 2025", &["on 6 November 2025 = 2025-11-06"]),
            ("signed on November 6, 2025", &["on November 6, 2025 = 2025-11-06"]),
            ("on Nov. 6 in Paris", &["on Nov. 6 = 2025-11-06 | 2026-11-06"]),
            ("the 6th of November", &["6th of November = 2025-11-06 | 2026-11-06"]),
            ("visits on May 4-6", &["on May 4-6 = 2025-05-04/2025-05-06 | 2026-05-04/2026-05-06"]),
            ("visits on November 4-9", &["on November 4-9 = 2025-11-04/2025-11-09"]),
            ("on Thursday", &["on Thursday = 2025-11-06 | 2025-11-13"]),
            ("last Thursday", &["last Thursday = 2025-11-06"]),
            ("next Monday", &["next Monday = 2025-11-10"]),
            ("Thursday, November 6", &["Thursday, November 6 = 2025-11-06 | 2026-11-06"]),
            ("yesterday and tomorrow", &["yesterday = 2025-11-06", "tomorrow = 2025-11-08"]),
            ("2025-11-07T12:00", &["2025-11-07 = 2025-11-07"]),
            ("7-9 December 2022", &["7-9 December 2022 = 2022-12-07/2022-12-09"]),
            ("December 7-9, 2022", &["December 7-9, 2022 = 2022-12-07/2022-12-09"]),
        ],
    );
}

#[test]
fn arabic_years_on_and_stamps_of_the_hijra() {
    check(
        Language::Arabic,
        &[
            ("ربع قرن على الغزو", &["ربع قرن = 2000"]),
            ("عشرون عاما على التوقيع", &["عشرون عاما = 2005"]),
            ("عشرون عاما من السجن", &[]),
            ("بتاريخ 17/5/1436", &["بتاريخ 17/5/1436 = 2015-03-08"]),
            ("بتاريخ 1435/5/10هـ", &["بتاريخ 1435/5/10 = 2014-03-11"]),
        ],
    );
}

#[test]
fn english_months_and_years() {
    check(
        Language::English,
        &[
            ("in May 2024", &["in May 2024 = 2024-05"]),
            ("in May", &["in May = 2025-05 | 2026-05"]),
            ("He may sign. They march on.", &[]),
            ("May the talks go on", &[]),
            ("late May 2024", &["late May 2024 = 2024-05-21/2024-05-31"]),
            ("mid-2024", &["mid-2024 = 2024-05-02/2024-08-31"]),
            ("last week", &["last week = 2025-10-27/2025-11-02"]),
            ("this year", &["this year = 2025"]),
            ("next month", &["next month = 2025-12"]),
            ("in 2024", &["in 2024 = 2024"]),
            ("2024 soldiers", &[]),
            ("in the coming days", &["in the coming days = 2025-11-07/.."]),
        ],
    );
}

#[test]
fn english_relations() {
    check(
        Language::English,
        &[
            ("since 1991", &["since 1991 = 1991 Since"]),
            ("for more than 30 years", &["for more than 30 years = ../1995-11-07 For"]),
            ("two days ago", &["two days ago = 2025-11-05"]),
            ("three months ago", &["three months ago = 2025-08"]),
            ("until 2030", &["until 2030 = ../2030-12-31 Until"]),
            ("by the end of 2026", &["by the end of 2026 = ../2026-12-31 Until"]),
            ("as of Monday", &["as of Monday = 2025-11-10"]),
            ("starting talks Monday", &["Monday = 2025-11-03 | 2025-11-10"]),
            ("on the same day", &["on the same day = unknown SameDay"]),
            ("by Japan", &[]),
        ],
    );
}

#[test]
fn without_publication_relative_dates_stay_open() {
    let analyzer = Analyzer::new(&DataFiles::embedded()).unwrap();
    let document = Document {
        id: "t".to_owned(),
        lang: Language::English,
        published: None,
        publisher: None,
        title: None,
        text: "He left on Thursday, after 6 May 2024.".to_owned(),
        recorded: None,
    };
    let text = analyzer.analyze(&document);
    let found: Vec<_> = text.body[0].temporals.iter().map(|t| (t.resolved, t.date.to_string())).collect();
    assert_eq!(found, [(false, "unknown".to_owned()), (true, "2024-05-06".to_owned())]);
}

/// A walk through made-up mixtures of hard pieces: nothing may panic, spans are in order and fit the text.
#[test]
fn no_text_breaks_the_reader() {
    const PIECES: [&str; 24] = [
        "30",
        "منذ",
        "من",
        "2025",
        "-",
        "/",
        "May",
        "عام",
        "\u{200F}",
        "لل",
        "«",
        "’",
        "n’t",
        "U.S",
        ".",
        " ",
        "\n",
        "ﻻ",
        "é",
        "القعدة",
        "99999999999999999999",
        "قبل",
        "last",
        "31 فبراير",
    ];
    let analyzer = Analyzer::new(&DataFiles::embedded()).unwrap();
    let mut seed = 7_u64;
    for round in 0..3_000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(PIECES[(seed >> 33) as usize % PIECES.len()]);
            if seed >> 62 == 0 {
                text.push(' ');
            }
        }
        let lang = if round % 2 == 0 { Language::Arabic } else { Language::English };
        let document = Document {
            id: "t".to_owned(),
            lang,
            published: Some(PUBLISHED),
            publisher: None,
            title: None,
            text: text.clone(),
            recorded: None,
        };
        for sentence in analyzer.analyze(&document).body {
            let mut last = 0;
            for token in &sentence.tokens {
                assert!(token.span.start >= last && text.is_char_boundary(token.span.start), "{text:?}");
                assert!(token.span.end > token.span.start && text.is_char_boundary(token.span.end), "{text:?}");
                assert!(token.splits.iter().all(|split| token.span.contains(split.stem_span)), "{text:?}");
                last = token.span.end;
            }
            assert!(sentence.temporals.iter().all(|t| t.tokens.end <= sentence.tokens.len()), "{text:?}");
        }
    }
}

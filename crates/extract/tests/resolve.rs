//! Names alone: whom they mean, by language, day and sentence.

mod reader;

use chancery_extract::{Answer, DOUBTFUL, Query};
use chancery_model::Language;
use reader::EXTRACTOR;

fn resolve(name: &str, language: Option<Language>, date: Option<&str>, context: Option<&str>) -> Vec<Answer> {
    let date = date.map(|date| date.parse().expect("a day"));
    EXTRACTOR.resolve(Query { name, language, date, context })
}

fn best(answers: &[Answer]) -> Option<&str> {
    answers.first().filter(|answer| answer.score > DOUBTFUL).map(|answer| answer.id.as_str())
}

fn check(cases: &[(&str, Option<Language>, &str)]) {
    for (name, language, expected) in cases {
        assert_eq!(best(&resolve(name, *language, None, None)), Some(*expected), "{name}");
    }
}

#[test]
fn names_of_states_in_any_language() {
    check(&[
        ("Kazakhstan", None, "KAZ"),
        ("قازاقستان", None, "KAZ"),
        ("أمريكا", None, "USA"),
        ("Türkiye", None, "TUR"),
        ("Swaziland", None, "SWZ"),
        ("l’Algérie", None, "DZA"),
        ("los Países Bajos", Some(Language::Spanish), "NLD"),
        ("Соединёнными Штатами Америки", Some(Language::Russian), "USA"),
        ("朝鲜", None, "PRK"),
        ("Iran (Islamic Republic of)", Some(Language::English), "IRN"),
        ("iso2:KZ", None, "KAZ"),
    ]);
}

#[test]
fn titles_are_names_by_grammar() {
    for (name, date, expected) in [
        ("the US president", "2015-07-01", "person:barack-obama"),
        ("the US president", "2025-07-01", "person:donald-trump"),
        ("وزير الخارجية الروسي", "2015-07-01", "person:sergey-lavrov"),
        ("the Turkish foreign minister", "2015-07-01", "person:mevlut-cavusoglu"),
        ("le président français", "2015-07-01", "person:francois-hollande"),
        ("президент Франции", "2020-07-01", "person:emmanuel-macron"),
        ("俄罗斯外长", "2015-07-01", "person:sergey-lavrov"),
        ("el presidente de Francia", "2020-07-01", "person:emmanuel-macron"),
        ("وزير الخارجية الموريتاني", "2014-05-01", "person:ahmed-ould-teguedi"),
        ("the Fijian foreign minister", "2026-01-18", "person:sitiveni-rabuka"),
        ("the Fijian foreign minister", "2026-01-19", "person:sakiasi-ditoka"),
    ] {
        let answers = resolve(name, None, Some(date), None);
        assert_eq!(best(&answers), Some(expected), "{name} on {date}");
        assert!(answers[0].actor.is_some(), "{name}: {:?}", answers[0]);
    }
    // Nor is anybody named in the month in which one follows another, where no day is known.
    assert_eq!(best(&resolve("the Mauritanian foreign minister", None, Some("2013-09-15"), None)), Some("MRT"));
    // Without a day the office names its state only.
    assert_eq!(best(&resolve("the Turkish foreign minister", None, None, None)), Some("TUR"));
}

#[test]
fn counterparts_act_for_the_state_of_their_adjective() {
    for (name, language) in [
        ("his Algerian counterpart", Language::English),
        ("نظيره الجزائري", Language::Arabic),
        ("son homologue algérien", Language::French),
        ("su homólogo argelino", Language::Spanish),
        ("своим алжирским коллегой", Language::Russian),
    ] {
        assert_eq!(best(&resolve(name, Some(language), None, None)), Some("DZA"), "{name}");
    }
}

#[test]
fn a_former_office_acts_for_nobody() {
    let answers = resolve("former US president Barack Obama", Some(Language::English), Some("2020-01-01"), None);
    assert_eq!(best(&answers), Some("person:barack-obama"));
    assert_eq!(answers[0].actor, None);
}

#[test]
fn the_sentence_decides() {
    let ar = Some(Language::Arabic);
    let en = Some(Language::English);
    for (name, language, context, expected) in [
        ("عمان", ar, "وصل الوفد إلى العاصمة الأردنية عمان أمس.", Some("place:amman")),
        ("عمان", ar, "وقعت سلطنة عمان اتفاقا مع مسقط.", Some("OMN")),
        ("Georgia", en, "Voters in Atlanta said Georgia was close.", None),
        ("Georgia", en, "Georgia and Armenia signed a treaty in Tbilisi.", Some("GEO")),
        ("مالي", ar, "قدم البنك دعم مالي للمزارعين.", None),
    ] {
        assert_eq!(best(&resolve(name, language, None, Some(context))), expected, "{name} in {context}");
    }
}

#[test]
fn answers_have_reasons_and_the_unknown_has_none() {
    let answers = resolve("الأردن", Some(Language::Arabic), None, None);
    let reason = &answers[0].reasons[0];
    assert!(reason.code == "form" && reason.text.contains("data/ar/names.tsv:"), "{reason:?}");
    assert!(resolve("Ruritania", None, None, None).is_empty());
    assert!(resolve("", None, None, None).is_empty());
    let ranked = resolve("Washington", Some(Language::English), None, None);
    assert!(ranked.len() >= 2 && ranked.windows(2).all(|pair| pair[0].score >= pair[1].score), "{ranked:?}");
}

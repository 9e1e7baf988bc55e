//! A sentence without a claim says what came nearest; many documents say which words to add first.

mod reader;

use chancery_extract::survey::{SentenceReport, Survey};
use chancery_model::{Document, Language};
use reader::EXTRACTOR;

fn document(text: &str, lang: Language) -> Document {
    Document {
        id: "d".into(),
        lang,
        published: Some(jiff::civil::date(2025, 11, 7)),
        publisher: None,
        title: None,
        text: text.into(),
        recorded: None,
    }
}

fn survey(text: &str, lang: Language) -> Vec<SentenceReport> {
    let document = document(text, lang);
    EXTRACTOR.survey(&document, &EXTRACTOR.extract(&document))
}

/// What the first sentence lacks.
fn lacks(text: &str, lang: Language) -> String {
    let reports = survey(text, lang);
    reports[0].nearest.first().map(|near| near.lacks.clone()).unwrap_or_default()
}

#[test]
fn every_sentence_without_a_claim_says_what_it_lacks() {
    let english = |text| lacks(text, Language::English);
    assert_eq!(english("France recalled its ambassador to Azerbaijan."), "");
    assert_eq!(english("The cat sat on the mat."), "an actor that the gazetteer knows");
    assert_eq!(english("Maize grew well in Kenya."), "a trigger and a second actor beside KEN");
    let between = english("Kenya and Ghana grew more tea than Peru.");
    assert!(between.starts_with("a trigger between GHA, KEN") || between.contains("tells an event"), "{between}");
    assert_eq!(lacks("هطل المطر على الجبال.", Language::Arabic), "an actor that the gazetteer knows");
}

#[test]
fn a_sentence_that_tells_a_fact_again_is_not_silent() {
    let text = "Kenya expelled the ambassador of Ghana. Rain fell. On Monday Kenya expelled the ambassador of Ghana.";
    let claims: Vec<Vec<usize>> = survey(text, Language::English).into_iter().map(|report| report.claims).collect();
    assert_eq!(claims, [vec![0], vec![], vec![0]]);
}

#[test]
fn a_fact_is_told_again_only_elsewhere() {
    let text =
        "Kenya expelled the ambassador of Ghana. Kenya imposed sanctions. Kenya expelled the ambassador of Ghana.";
    let extraction = EXTRACTOR.extract(&document(text, Language::English));
    for (claim, why) in extraction.claims.iter().zip(&extraction.explanations) {
        assert!(why.also.iter().all(|passage| passage.span != claim.evidence.span), "{why:?}");
    }
    assert_eq!(extraction.explanations[0].also.len(), 1);
}

#[test]
fn a_near_miss_names_its_row() {
    let reports = survey("Kenya imposed sanctions.", Language::English);
    let near = &reports[0].nearest[0];
    assert!(near.entry.starts_with("data/en/triggers.tsv:"), "{near:?}");
    assert!(!near.word.is_empty() && !near.sense.is_empty() && !near.lacks.is_empty(), "{near:?}");
}

#[test]
fn names_that_resolve_to_nobody_are_told() {
    let unknown = |text, lang| survey(text, lang)[0].unknown_actors.clone();
    assert_eq!(unknown("Talks between Kenya and Zubrovia failed.", Language::English), ["Zubrovia"]);
    assert_eq!(
        unknown("On Monday the Ruritanian Coastal Front met Kenya.", Language::English),
        ["Ruritanian Coastal Front"]
    );
    assert!(unknown("Nobody of Kenya came on Monday.", Language::English).is_empty());
    assert_eq!(unknown("التقى الرئيس زبروفسكان وفدا من كينيا.", Language::Arabic), ["زبروفسكان"]);
}

#[test]
fn the_commonest_come_first() {
    let mut survey = Survey::default();
    for text in ["Kenya talked to Zubrovia.", "Ghana talked to Zubrovia.", "Ghana talked to Moldavistan."] {
        let document = document(text, Language::English);
        let sentences = EXTRACTOR.survey(&document, &EXTRACTOR.extract(&document));
        survey.add(&document, &sentences);
    }
    let report = survey.report(10);
    assert_eq!((report.documents, report.sentences), (3, 3));
    let names: Vec<(&str, usize)> =
        report.unknown_actors.iter().map(|(name, count)| (name.as_str(), count.count)).collect();
    assert_eq!(names, [("Zubrovia", 2), ("Moldavistan", 1)]);
    assert_eq!(report.unknown_actors[0].1.example, "Kenya talked to Zubrovia.");
}

//! What `chancery check` says of tables that are wrong: each with its file, line and reason.

use chancery_extract::Extractor;
use chancery_model::{DataFiles, World};
use std::sync::Arc;

fn faults(changes: &[(&str, &str, &str)]) -> Vec<String> {
    let files = DataFiles::embedded();
    let changed: Vec<(String, String)> = changes
        .iter()
        .map(|(name, old, new)| {
            let text = files.text(name).unwrap_or_else(|| panic!("no table {name}"));
            let text = if old.is_empty() { format!("{text}{new}\n") } else { text.replacen(old, new, 1) };
            ((*name).to_owned(), text)
        })
        .collect();
    let files = files.with(changed);
    let world = match World::load(&files) {
        Ok(world) => Arc::new(world),
        Err(faults) => return faults.iter().map(ToString::to_string).collect(),
    };
    match Extractor::new(&files, world) {
        Ok(extractor) => extractor.check(&files).iter().map(ToString::to_string).collect(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

fn last_line(name: &str) -> usize {
    DataFiles::embedded().text(name).map_or(0, |text| text.lines().count()) + 1
}

/// One row more at the end of a table, and what is said of it.
fn check(name: &str, row: &str, reason: &str) {
    let faults = faults(&[(name, "", row)]);
    let place = format!("{name}:{}: ", last_line(name));
    let said = faults.iter().any(|fault| fault.starts_with(&place) && fault.contains(reason));
    assert!(said, "{place}{reason} is not in {faults:#?}");
}

#[test]
fn the_committed_tables_are_well_formed() {
    assert_eq!(faults(&[]), Vec::<String>::new());
}

#[test]
fn rows_that_stand_twice() {
    check("data/en/names.tsv", "KAZ\tKazakhstan\talias", "has the form");
    check("data/reference/blocs.tsv", "baltic-states\tEST\t\t", "stands already in line");
}

#[test]
fn a_form_with_two_owners() {
    for (name, row) in [
        ("data/ar/names.tsv", "KAZ\tفرنسا\talias"),
        ("data/en/names.tsv", "KAZ\tFrance\talias"),
        ("data/fr/names.tsv", "KAZ\tFrance\talias"),
        ("data/es/names.tsv", "KAZ\tFrancia\talias"),
        ("data/ru/names.tsv", "KAZ\tФранция\talias"),
        ("data/zh/names.tsv", "KAZ\t法国\talias"),
    ] {
        check(name, row, "add rules to");
    }
}

#[test]
fn unknown_codes() {
    check("data/fr/names.tsv", "XQX\tQuelque part\talias", "XQX is in no table");
    check("data/zh/demonyms.tsv", "XQX\t某\tabbreviation", "XQX is in no table");
    check("data/ru/titles.tsv", "grand-vizier\tвеликий визирь", "unknown office");
    check("data/es/blocs.tsv", "no-bloc\tPaíses de ninguna parte", "unknown bloc");
    check("data/reference/tenures.tsv", "person:nobody-known\tpresident\tKAZ\t\t", "is in no table");
}

#[test]
fn two_holders_at_once() {
    check(
        "data/reference/tenures.tsv",
        "person:sergey-lavrov\tpresident\tUSA\t2015-01-01\t2016-01-01",
        "at the same time",
    );
}

#[test]
fn tenures_to_the_month() {
    let file = "data/reference/tenures.tsv";
    check(file, "person:sergey-lavrov\tenvoy\tRUS\t2019-05\t2018", "ends before it begins");
    check(file, "person:sergey-lavrov\tenvoy\tRUS\t2019-5\t", "is no date");
}

#[test]
fn letters_of_another_script() {
    // The first letter of the first is Latin.
    check("data/ru/names.tsv", "KAZ\tKазахия\talias", "mixes Latin with Cyrillic");
    check("data/fr/names.tsv", "KAZ\tКазахия\talias", "letters in Cyrillic");
    check("data/ar/names.tsv", "KAZ\t哈国\talias", "letters in Han");
    check("data/zh/names.tsv", "KAZ\tكازاخيا\talias", "letters in Arabic");
}

#[test]
fn text_that_is_not_normalised() {
    check("data/es/names.tsv", "KAZ\tKazajisa\u{301}n\talias", "not in normalisation form C");
    check("data/en/names.tsv", "KAZ\tKazakhia \talias", "a space at the end");
}

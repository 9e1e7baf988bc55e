//! Hundreds of sentences of our own and the claims that they make: `cases/<lang>.tsv` with the columns `published`,
//! `expected` (`type|sources|targets|status`, parted by `; `, or `-`) and `sentence`. What goes wrong is printed; the shares
//! below may rise, and never fall.

mod reader;

use chancery_model::{Claim, Document, EntityId, Language};
use reader::EXTRACTOR;
use std::collections::BTreeSet;

/// A sentence and what it says.
struct Case<'a> {
    published: &'a str,
    expected: BTreeSet<String>,
    sentence: &'a str,
}

fn cases(table: &str) -> Vec<Case<'_>> {
    let rows = table.lines().skip(1).filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [published, expected, sentence] = cells[..] else { panic!("three cells wanted: {line}") };
        let expected = expected.split(';').map(str::trim).filter(|claim| *claim != "-").map(sorted).collect();
        Case { published, expected, sentence }
    })
    .collect()
}

/// A claim as written, its parties in order.
fn sorted(claim: &str) -> String {
    let cells: Vec<&str> = claim.split('|').collect();
    let [event_type, source, target, status] = cells[..] else { panic!("type|sources|targets|status wanted: {claim}") };
    let side = |cell: &str| {
        let mut ids: Vec<&str> = cell.split(',').filter(|id| !id.is_empty()).collect();
        ids.sort_unstable();
        ids.join(",")
    };
    format!("{event_type}|{}|{}|{status}", side(source), side(target))
}

fn shown(claim: &Claim) -> String {
    let side = |ids: &[EntityId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    sorted(&format!("{}|{}|{}|{}", claim.event_type, side(&claim.source), side(&claim.target), claim.status))
}

/// Reads every sentence; the share of those read to the letter, and the share of claims that are expected.
#[expect(clippy::print_stdout, reason = "a sentence that is read otherwise is shown")]
fn check(lang: Language, table: &str, least_right: f64, least_precision: f64) {
    let cases = cases(table);
    let (mut right, mut made, mut hit) = (0, 0, 0);
    for case in &cases {
        let document = Document {
            id: "case".to_owned(),
            lang,
            published: case.published.parse().ok(),
            publisher: None,
            title: None,
            text: case.sentence.to_owned(),
            recorded: None,
        };
        let found: BTreeSet<String> = EXTRACTOR.extract(&document).claims.iter().map(shown).collect();
        made += found.len();
        hit += found.intersection(&case.expected).count();
        if found == case.expected {
            right += 1;
        } else {
            println!("{}\n  expected {:?}\n  found    {found:?}", case.sentence, case.expected);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of sentences")]
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let (exact, precision) = (share(right, cases.len()), share(hit, made));
    println!("{lang}: {right} of {} sentences, precision {precision:.3}", cases.len());
    assert!(exact >= least_right, "{lang}: {exact:.3} of the sentences are right; at least {least_right} were");
    assert!(precision >= least_precision, "{lang}: precision {precision:.3}; it was at least {least_precision}");
}

#[test]
fn arabic_sentences() {
    check(Language::Arabic, include_str!("cases/ar.tsv"), 0.95, 0.985);
}

#[test]
fn english_sentences() {
    check(Language::English, include_str!("cases/en.tsv"), 0.94, 0.97);
}

//! Whom sentences name: `tests/cases/actors/<lang>.tsv`, hand-written, with tricky actors. What is known to fail stands with its reason in
//! `known-failures.tsv`; a row whose pair is right again fails until it goes.

mod reader;

use chancery_model::{Document, EntityId, Language, Mention, Span, World};
use jiff::civil::Date;
use reader::EXTRACTOR;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Of all pairs, so many of a thousand are right at least.
const WANTED: usize = 970;

/// A pair of a sentence that is read otherwise than expected.
struct Failure {
    language: Language,
    sentence: String,
    pair: String,
    found: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/actors")
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn is_actor(id: &EntityId) -> bool {
    id.is_actor()
}

/// Whether the words of a pair are read as it says.
fn holds(world: &World, day: Date, expected: &str, words: Span, mentions: &[Mention]) -> bool {
    let there: Vec<&Mention> = mentions.iter().filter(|mention| mention.span.overlaps(words)).collect();
    match expected.parse::<EntityId>() {
        Err(_) if expected != "-" => {
            let members = world.bloc_members(expected, Some(day));
            assert!(!members.is_empty(), "{expected} is no id and no bloc");
            members.iter().all(|member| there.iter().any(|mention| mention.entity == *member))
        }
        Err(_) => !there.iter().any(|mention| is_actor(&mention.entity)),
        Ok(id) if id.as_str().starts_with("place:") => !there.iter().any(|mention| is_actor(&mention.entity)),
        Ok(id) => there.iter().any(|mention| mention.entity == id || mention.person.as_ref() == Some(&id)),
    }
}

/// How many pairs a sentence has, and those that fail.
fn read(language: Language, row: &[String]) -> (usize, Vec<Failure>) {
    let [published, expected, sentence] = row else { panic!("{language}: three columns in {row:?}") };
    let day: Date = published.parse().unwrap_or_else(|error| panic!("{published}: {error}"));
    let document = Document {
        id: "case".to_owned(),
        lang: language,
        published: Some(day),
        publisher: None,
        title: None,
        text: sentence.clone(),
        recorded: None,
    };
    let mentions = EXTRACTOR.extract(&document).mentions;
    let (mut from, mut count, mut failures) = (0, 0, Vec::new());
    for pair in expected.split("; ").filter(|pair| !pair.is_empty()) {
        let (surface, id) = pair.rsplit_once('=').unwrap_or_else(|| panic!("{language}: {pair:?} has no ="));
        let found = sentence[from..].find(surface);
        let start = found.unwrap_or_else(|| panic!("{surface:?} does not follow in {sentence:?}")) + from;
        from = start + surface.len();
        count += 1;
        if !holds(EXTRACTOR.world(), day, id, Span::new(start, start + surface.len()), &mentions) {
            let found: Vec<String> = mentions.iter().map(|m| format!("{}={}", m.surface, m.entity)).collect();
            failures.push(Failure {
                language,
                sentence: sentence.clone(),
                pair: pair.to_owned(),
                found: found.join("; "),
            });
        }
    }
    (count, failures)
}

#[test]
fn sentences_name_the_right_actors() {
    let (mut total, mut failures, mut scores) = (0, Vec::new(), BTreeMap::new());
    for language in Language::ALL {
        let rows = rows(&folder().join(format!("{language}.tsv")));
        assert!(rows.len() >= 50, "{language}: {} sentences; fifty are promised", rows.len());
        let (mut pairs, before) = (0, failures.len());
        for row in rows {
            let (count, found) = read(language, &row);
            pairs += count;
            failures.extend(found);
        }
        total += pairs;
        scores.insert(language, (pairs, failures.len() - before));
    }
    for (language, (pairs, failed)) in &scores {
        println!("{language}: {} of {pairs} pairs right", pairs - failed);
    }
    for failure in &failures {
        println!("{}: {} in {:?}\n    found {}", failure.language, failure.pair, failure.sentence, failure.found);
    }
    let right = total - failures.len();
    assert!(right * 1000 >= total * WANTED, "{right} of {total} pairs are right; at least {WANTED} of 1000 are wanted");
    compare_with_known(&failures);
}

/// Every failure is known, and every known failure still fails.
fn compare_with_known(failures: &[Failure]) {
    let known = rows(&folder().join("known-failures.tsv"));
    let is = |row: &[String], failure: &Failure| {
        row[0] == failure.language.code() && row[1] == failure.pair && row[2] == failure.sentence
    };
    let new: Vec<&str> =
        failures.iter().filter(|f| !known.iter().any(|row| is(row, f))).map(|f| f.pair.as_str()).collect();
    assert!(new.is_empty(), "failures that known-failures.tsv does not list: {new:?}");
    for row in &known {
        assert!(row.len() == 4 && !row[3].is_empty(), "{row:?}: language, pair, sentence, reason");
        assert!(failures.iter().any(|failure| is(row, failure)), "{row:?} is right now: take it out of the list");
    }
}

/// Where no events are read yet, the actors are named and the reader is told so.
#[test]
fn a_language_without_events_names_its_actors_and_says_so() {
    for (language, text) in [
        (Language::French, "La France a signé un accord avec l'Algérie."),
        (Language::Spanish, "Francia firmó un acuerdo con Argelia."),
        (Language::Russian, "Франция подписала соглашение с Алжиром."),
        (Language::Chinese, "法国与阿尔及利亚签署协议。"),
    ] {
        let document = Document {
            id: "case".to_owned(),
            lang: language,
            published: None,
            publisher: None,
            title: None,
            text: text.to_owned(),
            recorded: None,
        };
        let extraction = EXTRACTOR.extract(&document);
        let ids: Vec<&str> = extraction.mentions.iter().map(|mention| mention.entity.as_str()).collect();
        assert_eq!(ids, ["FRA", "DZA"], "{text}");
        assert!(extraction.claims.is_empty(), "{text}");
        assert!(
            extraction.diagnostics.iter().any(|remark| remark.code == "no-lexicon"),
            "{:?}",
            extraction.diagnostics
        );
    }
}

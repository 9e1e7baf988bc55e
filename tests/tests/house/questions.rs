//! The thirty questions over the sample dispatches: `tests/cases/questions.tsv` has what each answers, row by row.
//!
//! A line is a question, its arguments, and one row of the answer, `(none)` where there is no row. Ids that are hashes are left out
//! of the rows (`event:*`), and rows that had some are sorted; as arguments, a relation is named by its kind and members (`relation=alliance PAK SAU`), a claim by its
//! document and type. `UPDATE=1` writes the rows anew, below the same comments.

use crate::{SAMPLES, root};
use anyhow::{Context, Result, ensure};
use chancery_model::EntityId;
use chancery_store::{NamedQuery, QueryOptions, Store};
use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = "tests/cases/questions.tsv";
const NOTHING: &str = "(none)";

/// One question with its arguments, the comments above it, and the rows expected.
#[derive(Debug, Default)]
struct Case {
    comments: Vec<String>,
    question: String,
    arguments: String,
    rows: Vec<String>,
}

fn read(text: &str) -> Result<Vec<Case>> {
    let mut cases: Vec<Case> = Vec::new();
    let mut comments = Vec::new();
    for line in text.lines() {
        if line.starts_with('#') {
            comments.push(line.to_owned());
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let [question, arguments, row] = cells[..] else { anyhow::bail!("{line:?} has {} cells", cells.len()) };
        let new = cases.last().is_none_or(|case| case.question != question || case.arguments != arguments);
        if new || !comments.is_empty() {
            cases.push(Case {
                comments: std::mem::take(&mut comments),
                question: question.to_owned(),
                arguments: arguments.to_owned(),
                rows: Vec::new(),
            });
        }
        cases.last_mut().context("a case")?.rows.push(row.to_owned());
    }
    Ok(cases)
}

fn write(cases: &[Case]) -> String {
    let mut out = String::new();
    for case in cases {
        for comment in &case.comments {
            out += &format!("{comment}\n");
        }
        for row in &case.rows {
            out += &format!("{}\t{}\t{row}\n", case.question, case.arguments);
        }
    }
    out
}

/// The rows of the answer as the table writes them.
fn answer(store: &Store, case: &Case) -> Result<Vec<String>> {
    let mut arguments = BTreeMap::new();
    for word in case.arguments.split("; ").filter(|word| !word.is_empty()) {
        let (name, value) = word.split_once('=').with_context(|| format!("{word:?}: NAME=VALUE"))?;
        let value = match name {
            "relation" => relation(store, value)?,
            "claim" => claim(store, value)?,
            _ => value.to_owned(),
        };
        arguments.insert(name.to_owned(), value);
    }
    let prepared = store.prepare_named(NamedQuery::named(&case.question)?, &arguments)?;
    let table = prepared.table(&QueryOptions::default())?;
    let cell = |cell: &Option<String>| cell.as_deref().map_or_else(String::new, without_hash);
    let mut rows: Vec<String> =
        table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | ")).collect();
    // Where rows stand in the order of a hash, order says nothing.
    if rows.iter().any(|row| row.contains('*')) {
        rows.sort();
    }
    if rows.is_empty() {
        rows.push(NOTHING.to_owned());
    }
    Ok(rows)
}

/// `event:6995539be0a8…` → `event:*`: nobody can check a hash.
fn without_hash(cell: &str) -> String {
    let is_hash = |text: &str| text.len() >= 12 && text.chars().all(|c| c.is_ascii_hexdigit());
    match cell.rsplit_once([':', '-']) {
        Some((front, hash)) if is_hash(hash) => format!("{front}{}*", &cell[front.len()..=front.len()]),
        _ => cell.to_owned(),
    }
}

/// The relation of a kind that has just these members.
fn relation(store: &Store, words: &str) -> Result<String> {
    let (kind, members) = words.split_once(' ').with_context(|| format!("{words:?}: KIND MEMBER…"))?;
    let members: BTreeSet<EntityId> = members.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    let snapshot = store.snapshot();
    let first = members.first().context("a member")?;
    let state = snapshot.states_of(first).find(|state| {
        let of_state: BTreeSet<EntityId> =
            state.parties.iter().chain(&state.counterpart).chain(&state.agreement).cloned().collect();
        state.kind.as_str() == kind && of_state == members
    });
    Ok(format!("relation:{}", state.with_context(|| format!("no relation {words}"))?.id))
}

/// The first claim of a type in a document.
fn claim(store: &Store, words: &str) -> Result<String> {
    let (document, event_type) = words.split_once(' ').with_context(|| format!("{words:?}: DOCUMENT TYPE"))?;
    let snapshot = store.snapshot();
    let told = snapshot
        .claims
        .values()
        .find(|told| *told.document.id == *document && told.claim.event_type.name() == event_type);
    Ok(format!("claim:{}", told.with_context(|| format!("no claim {words}"))?.claim.id))
}

#[test]
fn the_thirty_questions_answer_what_a_person_checked() -> Result<()> {
    let file = root().join(FILE);
    let text = std::fs::read_to_string(&file)?;
    let mut cases = read(&text)?;
    let mut wrong = Vec::new();
    for case in &mut cases {
        let rows = answer(&SAMPLES, case).with_context(|| format!("{} {}", case.question, case.arguments))?;
        if rows != case.rows {
            let lines = |rows: &[String]| rows.join("\n    ");
            wrong.push(format!(
                "{} {}\n  expected\n    {}\n  answered\n    {}",
                case.question,
                case.arguments,
                lines(&case.rows),
                lines(&rows)
            ));
        }
        case.rows = rows;
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, write(&cases))?;
        return Ok(());
    }
    ensure!(wrong.is_empty(), "{FILE}:\n{}", wrong.join("\n"));
    Ok(())
}

/// Each question is asked, and answers something.
#[test]
fn every_question_has_an_answer_in_the_samples() -> Result<()> {
    let cases = read(&std::fs::read_to_string(root().join(FILE))?)?;
    let answered: BTreeSet<&str> =
        cases.iter().filter(|case| case.rows != [NOTHING]).map(|case| case.question.as_str()).collect();
    let all: BTreeSet<&str> = NamedQuery::all().iter().map(|query| query.name).collect();
    assert_eq!(all.difference(&answered).collect::<Vec<_>>(), Vec::<&&str>::new());
    Ok(())
}

/// Answers that come in pages: the pages one after the other are the whole, and the last one has none behind it.
#[test]
fn pages_one_after_the_other_are_the_whole_answer() -> Result<()> {
    let options = QueryOptions::default();
    for (question, arguments) in [
        ("relations-of", "actor=KAZ"),
        ("known-of-agreement", "agreement=agreement:abraham-accords; known_by=2026-01-01T00:00:00Z"),
        ("unbalanced-triads", "actor=SAU"),
    ] {
        let query = NamedQuery::named(question)?;
        let given = arguments.split("; ").filter_map(|word| word.split_once('='));
        let given: BTreeMap<String, String> = given.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let rows = |limit: &str, offset: usize| -> Result<(Vec<_>, Option<usize>)> {
            let page = [("limit".to_owned(), limit.to_owned()), ("offset".to_owned(), offset.to_string())];
            let asked: BTreeMap<String, String> = given.clone().into_iter().chain(page).collect();
            let table = SAMPLES.prepare_named(query, &asked)?.table(&options)?;
            Ok((table.rows, SAMPLES.next_page(query, &asked, &options)?))
        };
        let (mut whole, after) = rows("all", 0)?;
        assert_eq!(after, None, "{question}");
        let (mut together, mut pages, mut from) = (Vec::new(), 0, Some(0));
        while let Some(offset) = from {
            let (page, next) = rows("1", offset)?;
            together.extend(page);
            (pages, from) = (pages + 1, next);
        }
        assert!(pages > 1, "{question}: {pages}");
        whole.sort();
        together.sort();
        assert_eq!(together, whole, "{question}");
    }
    Ok(())
}

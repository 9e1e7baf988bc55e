//! Scores on whole annotated articles: never below the floors, and the same as those of the annotators' own scorer.

mod reader;

use chancery_extract::evaluation::{AnnotatedDocument, Annotation, Evaluation, evaluate, read};
use chancery_model::Document;
use reader::EXTRACTOR;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn load(path: &Path) -> Vec<AnnotatedDocument> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    read(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// What the extractor reads in annotated documents; those in languages that we do not know give nothing.
fn predict(gold: &[AnnotatedDocument]) -> Vec<AnnotatedDocument> {
    let answer = |document: &AnnotatedDocument| {
        let lang = document.lang.as_deref()?.parse().ok()?;
        let claims = EXTRACTOR.extract(&Document {
            id: document.id.clone(),
            lang,
            published: document.published.as_deref().and_then(|day| day.parse().ok()),
            publisher: document.publisher.clone(),
            title: document.title.clone(),
            text: document.text.clone().unwrap_or_default(),
            recorded: None,
        });
        let claims = claims.claims.iter().map(Annotation::from).collect();
        Some(AnnotatedDocument { id: document.id.clone(), claims: Some(claims), ..AnnotatedDocument::default() })
    };
    gold.iter().filter_map(answer).collect()
}

/// `tests/gold/floors.tsv`: file, measure, floor. A change that falls below one is seen here, not by a reader of news.
#[test]
fn no_score_falls_below_its_floor() {
    let table = std::fs::read_to_string(root().join("tests/gold/floors.tsv")).expect("the floors are in the tree");
    let mut low = Vec::new();
    for file in ["ar.jsonl", "en.jsonl"] {
        let gold = load(&root().join("tests/gold").join(file));
        let evaluation = evaluate(&gold, &predict(&gold));
        let rows = table.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
        let rows: Vec<_> = rows.filter(|cells| cells[0] == file).collect();
        assert!(!rows.is_empty(), "{file} has no floor");
        for cells in rows {
            let floor: f64 = cells[2].parse().expect("a floor is a number");
            let value = evaluation.measure(cells[1]).unwrap_or_else(|| panic!("{file}: no measure {}", cells[1]));
            if value < floor {
                low.push(format!("{file}: {} is {value:.3}, below its floor {floor:.3}", cells[1]));
            }
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}

/// The annotators' scorer and sets stand beside the project where it is developed; elsewhere there is nothing to compare with.
#[test]
fn totals_agree_with_the_scorer_of_the_annotators() {
    let beside = std::env::var_os("CHANCERY_GOLD").map_or_else(|| root().join("../shared/gold"), PathBuf::from);
    let scorer = beside.join("score.py");
    if !scorer.is_file() {
        eprintln!("no scorer at {} (CHANCERY_GOLD names its folder): nothing to compare with", scorer.display());
        return;
    }
    let own = ["ar.jsonl", "en.jsonl"].map(|name| root().join("tests/gold").join(name));
    let sets = ["dev.ar", "dev.en", "dev.modern", "seed"].map(|name| beside.join(format!("{name}.gold.jsonl")));
    for path in own.iter().chain(&sets) {
        let gold = load(path);
        let predicted = predict(&gold);
        let theirs = scored(&scorer, path, &predicted);
        let ours = evaluate(&gold, &predicted);
        assert_eq!(flat(&ours), theirs, "{}", path.display());
        // A prediction equal to the annotation, and none at all, are the ends of the scale.
        assert_eq!(flat(&evaluate(&gold, &gold)), scored(&scorer, path, &gold), "{}", path.display());
        assert_eq!(flat(&evaluate(&gold, &[])), scored(&scorer, path, &[]), "{}", path.display());
    }
}

/// A number with fourteen digits: the reader of JSON is exact to one unit in the last place of a double only.
fn digits(value: f64) -> String {
    format!("{value:.14}")
}

/// Every number that both scorers give.
fn flat(evaluation: &Evaluation) -> Vec<(String, String)> {
    let mut numbers = Vec::new();
    for (level, score) in [("exact", evaluation.exact), ("root", evaluation.root), ("dyad", evaluation.dyad)] {
        for (part, value) in [("precision", score.precision), ("recall", score.recall), ("f1", score.f1)] {
            numbers.push((format!("{level}.{part}"), digits(value)));
        }
    }
    for (name, share) in evaluation.attributes.named() {
        numbers.push((name.to_owned(), format!("{}/{}", share.right, share.of)));
    }
    let macro_f1 = evaluation.status_macro_f1.map_or_else(|| "none".to_owned(), digits);
    numbers.push(("status_macro_f1".to_owned(), macro_f1));
    let counts = evaluation.counts;
    let counts = [counts.documents, counts.gold, counts.predicted, counts.answered];
    numbers.push(("counts".to_owned(), format!("{counts:?}")));
    numbers
}

fn scored(scorer: &Path, gold: &Path, predicted: &[AnnotatedDocument]) -> Vec<(String, String)> {
    static RUNS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let run = RUNS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("predicted-{}-{run}.jsonl", std::process::id()));
    let lines: Vec<String> =
        predicted.iter().map(|d| serde_json::to_string(d).expect("a document is plain data")).collect();
    std::fs::write(&file, lines.join("\n")).expect("the folder for tests can be written");
    let python = std::env::var_os("CHANCERY_PYTHON").unwrap_or_else(|| "python3".into());
    let mut command = Command::new(python);
    command.arg(scorer).arg(gold).arg(&file).arg("--types").arg(root().join("ontology/event-types.tsv")).arg("--json");
    let output = command.output().expect("python3 is there");
    std::fs::remove_file(&file).expect("the file is ours");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the scorer writes JSON");
    let number = |value: &serde_json::Value| value.as_f64().map_or_else(|| "none".to_owned(), digits);
    let mut numbers = Vec::new();
    for level in ["exact", "root", "dyad"] {
        for part in ["precision", "recall", "f1"] {
            numbers.push((format!("{level}.{part}"), number(&json[level][part])));
        }
    }
    for name in ["status", "date", "date_precision", "attribution", "topic", "grounded"] {
        let share = &json["attributes"][name];
        numbers.push((name.to_owned(), format!("{}/{}", share["right"], share["of"])));
    }
    numbers.push(("status_macro_f1".to_owned(), number(&json["status_macro_f1"])));
    let counts = ["documents", "gold", "predicted", "answered"].map(|name| json["counts"][name].as_u64());
    let counts = counts.map(Option::unwrap_or_default);
    numbers.push(("counts".to_owned(), format!("{counts:?}")));
    numbers
}

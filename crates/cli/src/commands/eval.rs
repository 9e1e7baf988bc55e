//! `chancery eval`: what is read, scored against annotated documents.

use crate::args::Eval;
use crate::output;
use anyhow::{Context, Result, bail};
use chancery_extract::evaluation::{
    AnnotatedDocument, Annotation, Change, Changed, Comparison, ErrorKind, Evaluation, Finding, Row, Run, Score,
    evaluate, read,
};
use chancery_model::{Document, Language};
use chancery_pipeline::Pipeline;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(pipeline: &Pipeline, command: &Eval) -> Result<ExitCode> {
    let mut gold = Vec::new();
    for file in &command.gold {
        gold.extend(annotated(file)?);
    }
    gold.retain(|document| command.lang.is_empty() || language(document).is_some_and(|l| command.lang.contains(&l)));
    if gold.is_empty() {
        bail!("no annotated document to score against");
    }
    let (predicted, predicted_by) = match &command.predicted {
        Some(file) => (annotated(file)?, file.display().to_string()),
        None => (gold.iter().map(|document| predict(pipeline, document)).collect(), pipeline.version().to_owned()),
    };
    let names = command.gold.iter().map(|file| file.display().to_string()).collect();
    let run = Run { gold: names, predicted_by, evaluation: evaluate(&gold, &predicted) };
    let before = command.against.as_deref().map(earlier).transpose()?;
    let comparison = before.map(|before| run.since(&before));
    match (command.json, &comparison) {
        (true, Some(comparison)) => output::print(&serde_json::to_string(comparison)?)?,
        (true, None) => output::print(&serde_json::to_string(&run)?)?,
        (false, Some(comparison)) => output::print(&changes(comparison, command.examples))?,
        (false, None) => output::print(&scores(&run.evaluation, command.examples))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn annotated(file: &Path) -> Result<Vec<AnnotatedDocument>> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    read(&text).with_context(|| file.display().to_string())
}

fn earlier(file: &Path) -> Result<Run> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&text).with_context(|| format!("{}: no run of `chancery eval --json`", file.display()))
}

fn language(document: &AnnotatedDocument) -> Option<Language> {
    document.lang.as_deref()?.parse().ok()
}

/// What is read in an annotated document. One in a language that we do not know gives nothing.
fn predict(pipeline: &Pipeline, document: &AnnotatedDocument) -> AnnotatedDocument {
    let text = document.text.clone().unwrap_or_default();
    let claims = language(document).map(|lang| {
        let read = Document {
            id: document.id.clone(),
            lang,
            published: document.published.as_deref().and_then(|day| day.get(..10)?.parse().ok()),
            publisher: document.publisher.clone(),
            title: document.title.clone(),
            text,
            recorded: None,
        };
        pipeline.extract(&read).claims.iter().map(Annotation::from).collect()
    });
    AnnotatedDocument { id: document.id.clone(), claims: Some(claims.unwrap_or_default()), ..Default::default() }
}

fn scores(evaluation: &Evaluation, examples: usize) -> String {
    let counts = evaluation.counts;
    let mut lines = vec![format!(
        "{} documents ({} answered), {} gold claims, {} predicted",
        counts.documents, counts.answered, counts.gold, counts.predicted
    )];
    for (level, score) in [("exact", evaluation.exact), ("root", evaluation.root), ("dyad", evaluation.dyad)] {
        lines.push(format!("{level:6} {}", prf(score)));
    }
    for (name, share) in evaluation.attributes.named() {
        let value = share.value().map(|value| format!(" = {value:.3}")).unwrap_or_default();
        lines.push(format!("{name:14} {}/{}{value}", share.right, share.of));
    }
    if let Some(mean) = evaluation.status_macro_f1 {
        lines.push(format!("status, mean F1 of planned, possible, denied, cancelled: {mean:.3}"));
    }
    lines.push(String::new());
    lines.extend(rows("type", &evaluation.by_type));
    lines.push(String::new());
    lines.extend(rows("status", &evaluation.by_status));
    lines.push("\nerrors".to_owned());
    let counts = evaluation.error_counts();
    for kind in ErrorKind::ALL {
        lines.push(format!("{:>6}  {kind}", counts.get(&kind).copied().unwrap_or_default()));
        let of_kind = evaluation.findings.iter().filter(|finding| finding.kind == kind);
        lines.extend(of_kind.take(examples).map(|finding| format!("        {}", told(finding))));
    }
    lines.join("\n")
}

fn prf(score: Score) -> String {
    format!("precision {:.3}  recall {:.3}  F1 {:.3}", score.precision, score.recall, score.f1)
}

/// The commonest in the annotations first.
fn rows(name: &str, table: &BTreeMap<String, Row>) -> Vec<String> {
    let mut sorted: Vec<(&String, &Row)> = table.iter().collect();
    sorted.sort_by_key(|(word, row)| (std::cmp::Reverse(row.gold), (*word).clone()));
    let mut lines =
        vec![format!("{name:20} {:>5} {:>9} {:>9} {:>7} {:>6}", "gold", "predicted", "precision", "recall", "F1")];
    lines.extend(sorted.into_iter().map(|(word, row)| {
        let Score { precision, recall, f1 } = row.score;
        format!("{word:20} {:>5} {:>9} {precision:>9.3} {recall:>7.3} {f1:>6.3}", row.gold, row.predicted)
    }));
    lines
}

/// What the annotation says and what was read.
fn told(finding: &Finding) -> String {
    let gold = finding.gold.as_ref().map(|claim| format!("gold {}", brief(claim, finding.kind)));
    let read = finding.predicted.as_ref().map(|claim| format!("read {}", brief(claim, finding.kind)));
    let claim = finding.gold.as_ref().or(finding.predicted.as_ref());
    let quote = claim.and_then(|claim| claim.quote.as_deref()).unwrap_or_default();
    let both: Vec<String> = gold.into_iter().chain(read).collect();
    format!("{}: {} «{quote}»", finding.document, both.join(" | "))
}

fn brief(claim: &Annotation, kind: ErrorKind) -> String {
    let list = |ids: &Option<Vec<String>>| ids.as_deref().unwrap_or_default().join("+");
    let mut text = format!("{} {} > {}", claim.event_type, list(&claim.source), list(&claim.target));
    let status = claim.status.as_deref().unwrap_or("no status");
    match kind {
        ErrorKind::Date => text.push_str(&format!(" {}", claim.date.as_deref().unwrap_or("no date"))),
        ErrorKind::Attribution => text.push_str(&format!(" by {}", list(&claim.attributed_to))),
        _ => text.push_str(&format!(" {status}")),
    }
    text
}

fn changes(comparison: &Comparison, examples: usize) -> String {
    let mut lines = Vec::new();
    for (name, before, after) in &comparison.measures {
        lines.push(format!("{name:18} {before:.3} → {after:.3}  {:+.3}", after - before));
    }
    let kinds = |kinds: &[ErrorKind]| {
        let words: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
        if words.is_empty() { "right".to_owned() } else { words.join(", ") }
    };
    for (change, name) in
        [(Change::Better, "better"), (Change::Worse, "worse"), (Change::Other, "wrong in another way")]
    {
        let of_kind: Vec<&Changed> = comparison.claims.iter().filter(|changed| changed.change == change).collect();
        lines.push(format!("\n{:>6}  {name}", of_kind.len()));
        lines.extend(of_kind.into_iter().take(examples).map(|changed| {
            let (before, after) = (kinds(&changed.before), kinds(&changed.after));
            format!("        {before} → {after}: {}", told(&changed.finding))
        }));
    }
    lines.join("\n")
}

//! `chancery resolve`: whom a name may mean, with reasons.

use crate::args::Resolve;
use crate::output;
use anyhow::Result;
use chancery_extract::{Answer, DOUBTFUL, Query};
use chancery_model::Language;
use chancery_pipeline::Pipeline;
use serde_json::{Value, json};
use std::io::{self, BufRead};
use std::process::ExitCode;

/// Done where every name is known to somebody; one name that nobody has is a failure, as with `grep`.
pub(super) fn run(pipeline: &Pipeline, command: &Resolve) -> Result<ExitCode> {
    if command.name != "-" {
        let answers = answers(pipeline, command, &command.name);
        show(pipeline, command, &answers)?;
        return Ok(if answers.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS });
    }
    for line in io::stdin().lock().lines() {
        let name = line?;
        if !name.trim().is_empty() {
            output::print(&record(pipeline, command, &name, &answers(pipeline, command, &name)).to_string())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn answers(pipeline: &Pipeline, command: &Resolve, name: &str) -> Vec<Answer> {
    let context = command.context.as_deref();
    pipeline.extractor().resolve(Query { name, language: command.lang, date: command.date, context })
}

fn show(pipeline: &Pipeline, command: &Resolve, answers: &[Answer]) -> Result<()> {
    if answers.is_empty() {
        output::note(&format!("{}: no form of the gazetteer and no phrase of an office or body", command.name));
    }
    for answer in answers {
        let label = pipeline.world().label(&answer.id, Language::English);
        let actor = answer.actor.as_ref().map(|actor| format!(", for {actor}")).unwrap_or_default();
        output::print(&format!("{}\t{:.2}\t{label}{actor}", answer.id, answer.score))?;
        for reason in &answer.reasons {
            output::print(&format!("\t{}: {}", reason.code, reason.text))?;
        }
    }
    Ok(())
}

/// One line of the answer to standard input. Whom a rule speaks against is in `answers`, but is no `id`.
fn record(pipeline: &Pipeline, command: &Resolve, name: &str, answers: &[Answer]) -> Value {
    let shown = answers.iter().map(|answer| {
        json!({
            "id": answer.id,
            "label": pipeline.world().label(&answer.id, command.lang.unwrap_or(Language::English)),
            "actor": answer.actor,
            "office": answer.office,
            "lang": answer.language,
            "score": (answer.score * 1000.0).round() / 1000.0,
            "reasons": answer.reasons.iter().map(|r| json!({ "code": r.code, "text": r.text })).collect::<Vec<_>>(),
        })
    });
    let id = answers.first().filter(|answer| answer.score > DOUBTFUL).map(|answer| &answer.id);
    json!({ "name": name, "id": id, "answers": shown.collect::<Vec<_>>() })
}

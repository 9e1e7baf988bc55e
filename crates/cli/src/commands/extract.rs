//! `chancery extract`: documents to claims, storing nothing.

use super::{documents, exit_code};
use crate::args::{ClaimFormat, Extract};
use crate::output;
use anyhow::Result;
use chancery_model::{Document, Extraction};
use chancery_pipeline::Pipeline;
use chancery_rdf::format::GraphFormat;
use chancery_store::Store;
use jiff::Timestamp;
use std::io;
use std::process::ExitCode;

pub(super) fn run(pipeline: &Pipeline, command: Extract) -> Result<ExitCode> {
    let (documents, skipped) = documents(pipeline, &command.files, &command.metadata)?;
    let code = exit_code(documents.len(), skipped);
    let format = match command.format {
        ClaimFormat::Jsonl => None,
        ClaimFormat::Turtle => Some(GraphFormat::Turtle),
        ClaimFormat::Trig => Some(GraphFormat::TriG),
        ClaimFormat::Nquads => Some(GraphFormat::NQuads),
    };
    let bar = output::progress(documents.len(), "reading");
    for document in &documents {
        let extraction = pipeline.extract(document);
        if command.explain {
            explain(document, &extraction);
        }
        if format.is_none() {
            let line = serde_json::json!({ "id": document.id, "claims": extraction.claims });
            output::print(&line.to_string())?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Some(format) = format {
        // A dry run of the whole way, in memory: the graph is the same as that of a store.
        let store = Store::in_memory(pipeline.world().clone(), pipeline.version().to_owned())?;
        let day = |d: &Document| d.published.and_then(|day| day.in_tz("UTC").ok()).map(|z| z.timestamp());
        let recorded = documents.iter().filter_map(day).max().unwrap_or(Timestamp::UNIX_EPOCH);
        pipeline.ingest(&store, documents, recorded, |_| {})?;
        store.dump(format, &mut io::stdout().lock())?;
    }
    Ok(code)
}

fn explain(document: &Document, extraction: &Extraction) {
    output::note(&format!(
        "{}: {} claims, {} mentions",
        document.id,
        extraction.claims.len(),
        extraction.mentions.len()
    ));
    for (claim, why) in extraction.claims.iter().zip(&extraction.explanations) {
        let list =
            |ids: &[chancery_model::EntityId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
        output::note(&format!(
            "  {} {} → {} [{}] {}\n    «{}»\n    rule {}, entry {}, trigger «{}»",
            claim.event_type,
            list(&claim.source),
            list(&claim.target),
            claim.status,
            claim.date,
            claim.evidence.quote,
            why.rule,
            why.entry,
            why.trigger
        ));
        for step in &why.steps {
            output::note(&format!("    {step}"));
        }
    }
    for diagnostic in &extraction.diagnostics {
        output::note(&format!("  {}: {}", diagnostic.code, diagnostic.message));
    }
}

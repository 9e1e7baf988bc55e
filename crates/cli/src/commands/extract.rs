//! `chancery extract`: documents to claims, storing nothing.

use super::{each_document, exit_code, note_rejected};
use crate::args::{ClaimFormat, Extract};
use crate::output;
use anyhow::Result;
use chancery_extract::survey::{Count, SentenceReport, Survey, SurveyReport};
use chancery_interchange::{EventFormat, Omissions};
use chancery_model::{CodePointSpan, Document, EntityId, Extraction, Field};
use chancery_pipeline::Pipeline;
use chancery_rdf::format::GraphFormat;
use chancery_store::Store;
use jiff::Timestamp;
use std::io;
use std::process::ExitCode;

pub(super) fn run(pipeline: &Pipeline, command: Extract) -> Result<ExitCode> {
    let form = if command.json { Form::Silent } else { Form::of(command.format) };
    if let Form::Events(format) = form
        && let Some(header) = format.header()
    {
        output::print(&header)?;
    }
    let mut reading =
        Reading { pipeline, form, omissions: Omissions::new(), survey: Survey::default(), kept: Vec::new() };
    let bar = output::count("reading");
    let read = each_document(pipeline, &command.files, &command.metadata, |document| {
        bar.inc(1);
        reading.document(document, &command)
    })?;
    bar.finish_and_clear();
    let rejected = reading.finish(&command)?;
    Ok(exit_code(read.documents - rejected, read.skipped + rejected))
}

/// What is printed.
#[derive(Clone, Copy)]
enum Form {
    Silent,
    Lines,
    Events(EventFormat),
    Graph(GraphFormat),
}

impl Form {
    fn of(format: ClaimFormat) -> Self {
        match format {
            ClaimFormat::Jsonl => Self::Lines,
            ClaimFormat::Cameo => Self::Events(EventFormat::Cameo),
            ClaimFormat::Plover => Self::Events(EventFormat::Plover),
            ClaimFormat::Gdelt => Self::Events(EventFormat::Gdelt),
            ClaimFormat::Turtle => Self::Graph(GraphFormat::Turtle),
            ClaimFormat::Trig => Self::Graph(GraphFormat::TriG),
            ClaimFormat::Nquads => Self::Graph(GraphFormat::NQuads),
        }
    }
}

/// Between the first document and the last.
struct Reading<'a> {
    pipeline: &'a Pipeline,
    form: Form,
    omissions: Omissions,
    survey: Survey,
    /// Documents of a graph, which is written when all are there.
    kept: Vec<Document>,
}

impl Reading<'_> {
    fn document(&mut self, document: Document, command: &Extract) -> Result<()> {
        let extraction = self.pipeline.extract(&document);
        if command.explain || command.report {
            let sentences = self.pipeline.extractor().survey(&document, &extraction);
            if command.explain {
                explain(&document, &extraction, &sentences);
            }
            if command.report {
                self.survey.add(&document, &sentences);
            }
        }
        match self.form {
            Form::Silent => {}
            Form::Lines => {
                let line = serde_json::json!({ "id": document.id, "claims": extraction.claims });
                output::print(&line.to_string())?;
            }
            Form::Events(format) => {
                let (claims, world) = (&extraction.claims, self.pipeline.world());
                let mut out = io::stdout().lock();
                let omitted = chancery_interchange::write(format, &document, claims, world, &mut out)?;
                for (why, count) in omitted {
                    *self.omissions.entry(why).or_default() += count;
                }
            }
            Form::Graph(_) => self.kept.push(document),
        }
        Ok(())
    }

    /// How many documents the graph rejected.
    fn finish(self, command: &Extract) -> Result<usize> {
        for (why, count) in &self.omissions {
            output::note(&format!("left out: {count} claims that are {why}"));
        }
        let rejected = match self.form {
            Form::Graph(format) => graph(self.pipeline, self.kept, format)?,
            _ => 0,
        };
        if command.report {
            let report = self.survey.report(command.rows);
            if command.json {
                output::print(&serde_json::to_string_pretty(&report)?)?;
            } else {
                tables(&report);
            }
        }
        Ok(rejected)
    }
}

/// A dry run of the whole way, in memory: the graph is the same as that of a store. Returns how many documents would break a shape.
fn graph(pipeline: &Pipeline, documents: Vec<Document>, format: GraphFormat) -> Result<usize> {
    let store = Store::in_memory(pipeline.world().clone(), pipeline.version().to_owned())?;
    let day = |d: &Document| d.published.and_then(|day| day.in_tz("UTC").ok()).map(|z| z.timestamp());
    let recorded = documents.iter().filter_map(day).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let report = pipeline.ingest(&store, documents, recorded, |_| {})?;
    note_rejected(&report.rejected);
    store.dump(format, &mut io::stdout().lock())?;
    Ok(report.rejected.len())
}

fn explain(document: &Document, extraction: &Extraction, sentences: &[SentenceReport]) {
    output::note(&format!(
        "{}: {} claims, {} mentions",
        document.id,
        extraction.claims.len(),
        extraction.mentions.len()
    ));
    for (claim, why) in extraction.claims.iter().zip(&extraction.explanations) {
        let list = |ids: &[EntityId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
        let (evidence, place) = (&claim.evidence, field_name(claim.evidence.field));
        output::note(&format!(
            "  {} {} → {} [{}] {}\n    {} ({place})\n    rule {}, entry {}, trigger {}",
            claim.event_type,
            list(&claim.source),
            list(&claim.target),
            claim.status,
            claim.date,
            words(&evidence.quote, evidence.code_points),
            why.rule,
            why.entry,
            words(&why.trigger, why.trigger_span)
        ));
        for participant in &claim.participants {
            let surface = participant.span.map_or_else(String::new, |span| words(&participant.surface, span));
            output::note(&format!("    {} {} {surface}", participant.role, participant.id));
        }
        for step in &why.steps {
            output::note(&format!("    {step}"));
        }
        for passage in &why.also {
            let text = text_of(document, passage.field);
            let told = words(passage.span.of(text), passage.span.code_points(text));
            output::note(&format!("    told again: {told} ({})", field_name(passage.field)));
        }
    }
    for sentence in sentences.iter().filter(|sentence| sentence.claims.is_empty()) {
        let text = text_of(document, sentence.field);
        output::note(&format!("  no claim: «{}»", sentence.span.of(text)));
        for near in sentence.nearest.iter().take(NEAREST) {
            let word = if near.word.is_empty() {
                String::new()
            } else {
                format!("«{}» ({}, {}) ", near.word, near.sense, near.entry)
            };
            output::note(&format!("    {word}lacks {}", near.lacks));
        }
    }
    for diagnostic in extraction.diagnostics.iter().filter(|diagnostic| diagnostic.code != "near-miss") {
        output::note(&format!("  {}: {}", diagnostic.code, diagnostic.message));
    }
}

fn field_name(field: Field) -> &'static str {
    if field == Field::Title { "title" } else { "text" }
}

fn text_of(document: &Document, field: Field) -> &str {
    if field == Field::Title { document.title.as_deref().unwrap_or_default() } else { &document.text }
}

/// Words with the code points that they stand at.
fn words(surface: &str, span: CodePointSpan) -> String {
    format!("«{surface}» {}–{}", span.start, span.end)
}

/// So many of what came nearest are shown.
const NEAREST: usize = 3;

fn tables(report: &SurveyReport) {
    output::note(&format!(
        "{} documents, {} sentences: {} with a claim, {} with two actors and none",
        report.documents, report.sentences, report.sentences_with_claim, report.silent_sentences_with_two_actors
    ));
    let table = |name: &str, rows: &[(String, Count)]| {
        output::note(&format!("\n{name}"));
        for (word, count) in rows {
            output::note(&format!("{:>7}  {word}\t{}: {}", count.count, count.document, count.example));
        }
    };
    table("names that resolve to nobody", &report.unknown_actors);
    table("verbs of sentences with two actors and no claim", &report.verbs);
    table("near misses", &report.near_misses);
}

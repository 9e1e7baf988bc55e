//! `chancery export`: the network or the graph of a store, in the formats of other tools.

use super::open_existing;
use crate::args::{Export, ExportFormat};
use crate::output;
use anyhow::{Context, Result, bail};
use chancery_fusion::{TieSelection, ties};
use chancery_graph::{Manifest, Network, NetworkFormat};
use chancery_pipeline::Pipeline;
use chancery_rdf::GraphFormat;
use chancery_rdf::views::{Losses, View};
use chancery_store::{Snapshot, Store};
use serde_json::json;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

pub(super) fn run(pipeline: &Pipeline, command: Export) -> Result<ExitCode> {
    let store = open_existing(pipeline, &command.store)?;
    let mut out: Box<dyn Write> = match &command.output {
        Some(path) => Box::new(BufWriter::new(File::create(path).with_context(|| path.display().to_string())?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    match command.format {
        ExportFormat::Graph(format) => graph(&store, format, &command, &mut out)?,
        ExportFormat::View(view) => form(&store, view, &command, &mut out)?,
        ExportFormat::Network(format) => network(&store, format, &command, &mut out)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn graph(store: &Store, format: GraphFormat, command: &Export, out: &mut impl Write) -> Result<()> {
    refuse_selection(command, format.name())?;
    store.dump(format, out)?;
    // The default graph alone is written.
    let named = store.named_graphs()?.len();
    let losses = if named == 0 { Losses::new() } else { Losses::from([("named graphs", named)]) };
    tell_losses(store, format.name(), &losses, command)
}

fn form(store: &Store, view: View, command: &Export, out: &mut impl Write) -> Result<()> {
    refuse_selection(command, view.name())?;
    let losses = store.dump_view(view, out)?;
    tell_losses(store, view.name(), &losses, command)
}

fn refuse_selection(command: &Export, format: &str) -> Result<()> {
    if command.as_of.is_some() || !command.kind.is_empty() || command.as_known.is_some() {
        bail!("--as-of, --as-known and --kind choose from the network; {format} writes the whole graph");
    }
    Ok(())
}

/// What the format could not carry: on standard error, and in the manifest beside the file.
fn tell_losses(store: &Store, format: &str, losses: &Losses, command: &Export) -> Result<()> {
    for (what, count) in losses {
        output::note(&format!("not in {format}: {count} {what}"));
    }
    if let Some(path) = &command.output {
        let snapshot = store.snapshot();
        let manifest = json!({
            "format": format,
            "revision": snapshot.revision,
            "documents": snapshot.documents.len(),
            "claims": snapshot.claims.len(),
            "losses": losses,
        });
        std::fs::write(beside(path), format!("{manifest:#}\n"))?;
    }
    Ok(())
}

/// The path of the manifest.
fn beside(path: &Path) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".manifest.json");
    beside.into()
}

fn network(store: &Store, format: NetworkFormat, command: &Export, out: &mut impl Write) -> Result<()> {
    let snapshot: Arc<Snapshot> = match command.as_known {
        Some(time) => Arc::new(store.snapshot_at(time)?),
        None => store.snapshot(),
    };
    let selection = TieSelection {
        events: command.events,
        kinds: command.kind.iter().cloned().collect(),
        as_of: command.as_of,
        reference: command.reference,
        ..TieSelection::default()
    };
    let ties = ties(&snapshot.fusion, &snapshot.claims, &selection);
    let network = Network::in_world(ties, &snapshot.world, command.lang);
    let manifest = Manifest {
        selection: format!("{selection:?}"),
        as_of: command.as_of,
        as_known: command.as_known,
        revision: snapshot.revision,
        ..Manifest::default()
    };
    let manifest = manifest.of(&network, format);
    chancery_graph::write(&network, format, &manifest, out)?;
    if let Some(path) = &command.output {
        chancery_graph::write_manifest(&manifest, &mut File::create(beside(path))?)?;
    }
    output::note(&format!("{} nodes, {} ties", manifest.nodes, manifest.edges));
    Ok(())
}

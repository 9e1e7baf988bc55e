//! CSV (RFC 4180) for spreadsheets: UTF-8 without a byte order mark; cells that a spreadsheet would compute are quoted.

use super::{ExportError, attributes};
use crate::{Network, Node};
use chancery_model::EntityId;
use csv::Writer;
use std::io::Write;

const ENDS: [&str; 5] = ["id", "source", "source_label", "target", "target_label"];

/// One row a tie.
pub(super) fn write(network: &Network, out: &mut impl Write) -> Result<(), ExportError> {
    let mut writer = Writer::from_writer(out);
    let label = |id: &EntityId| network.node(id).map_or_else(|| id.to_string(), |node| node.label.clone());
    let names =
        ["kind", "status", "sign", "weight", "directed", "valid_from", "valid_until", "claims", "origins", "quote"];
    writer.write_record(ENDS.into_iter().chain(names))?;
    for tie in network.ties() {
        let (source, target) = (tie.source.to_string(), tie.target.to_string());
        let ends = [tie.id.clone(), source, label(&tie.source), target, label(&tie.target)];
        let numbers = ["sign", "weight"];
        let rest = attributes(tie).map(|(name, value)| (name, value.text().unwrap_or_default()));
        let rest = rest.map(|(name, text)| if numbers.contains(&name) { text } else { safe(text) });
        writer.write_record(ends.map(safe).into_iter().chain(rest))?;
    }
    writer.flush()?;
    Ok(())
}

/// One row a node: id, label, kind, latitude, longitude.
///
/// # Errors
/// Where `out` takes no more.
pub fn write_nodes(network: &Network, out: &mut impl Write) -> Result<(), ExportError> {
    let mut writer = Writer::from_writer(out);
    writer.write_record(["id", "label", "kind", "lat", "lon"])?;
    for Node { id, label, kind, coordinates, .. } in network.nodes() {
        let degrees = |degrees: Option<f64>| degrees.map(|d| d.to_string()).unwrap_or_default();
        let (lat, lon) = (degrees(coordinates.map(|(lat, _)| lat)), degrees(coordinates.map(|(_, lon)| lon)));
        writer.write_record([id.to_string(), safe(label.clone()), kind.clone(), lat, lon])?;
    }
    writer.flush()?;
    Ok(())
}

/// A cell that begins like a formula gets an apostrophe, so that no spreadsheet computes it (OWASP, CSV injection).
pub fn safe(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

//! DOT (graphviz.org/doc/info/lang.html): dashed where the tie tells of a plan, red where it tells of conflict.

use super::{ExportError, Manifest, attributes, is_unreal};
use crate::Network;
use std::io::Write;

pub(super) fn write(network: &Network, manifest: &Manifest, out: &mut impl Write) -> Result<(), ExportError> {
    writeln!(out, "digraph chancery {{")?;
    writeln!(out, "  comment={};", quoted(&manifest.json()?))?;
    writeln!(out, "  charset=\"UTF-8\";")?;
    for node in network.nodes() {
        let shape = if node.kind == "agreement" { "box" } else { "ellipse" };
        write!(out, "  {} [label={}, kind={}", quoted(node.id.as_str()), quoted(&node.label), quoted(&node.kind))?;
        if let Some((lat, lon)) = node.coordinates {
            write!(out, ", lat={}, lon={}", quoted(&lat.to_string()), quoted(&lon.to_string()))?;
        }
        writeln!(out, ", shape={shape}];")?;
    }
    for tie in network.ties() {
        write!(out, "  {} -> {} [", quoted(tie.source.as_str()), quoted(tie.target.as_str()))?;
        write!(out, "id={}, label={}", quoted(&tie.id), quoted(&tie.kind))?;
        // Graphviz takes no negative weight of an edge, and "weight" is its own word.
        let named = |name| if name == "weight" { "event_weight" } else { name };
        for (name, value) in attributes(tie) {
            if let Some(text) = value.text() {
                write!(out, ", {}={}", named(name), quoted(&text))?;
            }
        }
        let style = if is_unreal(tie) { "dashed" } else { "solid" };
        let (colour, arrow) =
            (if tie.sign < 0 { "#b3402a" } else { "#2a6f97" }, if tie.directed { "normal" } else { "none" });
        writeln!(out, ", style={style}, color=\"{colour}\", arrowhead={arrow}];")?;
    }
    writeln!(out, "}}")?;
    Ok(())
}

/// A quoted string. Line ends become `\n`; other control characters go.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{}\"", escaped.chars().filter(|c| !c.is_control()).collect::<String>())
}

//! GraphML (graphml.graphdrawing.org): typed keys; lists are joined with `|`, days are ISO strings.

use super::{ExportError, Manifest, Value, attributes, xml};
use crate::{Network, Node};
use chancery_model::Tie;
use std::io::Write;

const NODE_KEYS: [(&str, &str); 5] =
    [("label", "string"), ("kind", "string"), ("labels", "string"), ("lat", "double"), ("lon", "double")];
const EDGE_KEYS: [(&str, &str); 10] = [
    ("kind", "string"),
    ("status", "string"),
    ("sign", "int"),
    ("weight", "double"),
    ("directed", "boolean"),
    ("valid_from", "string"),
    ("valid_until", "string"),
    ("claims", "int"),
    ("origins", "int"),
    ("quote", "string"),
];

pub(super) fn write(network: &Network, manifest: &Manifest, out: &mut impl Write) -> Result<(), ExportError> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    writeln!(out, "  <key id=\"g_manifest\" for=\"graph\" attr.name=\"manifest\" attr.type=\"string\"/>")?;
    for (place, prefix, keys) in [("node", 'n', NODE_KEYS.as_slice()), ("edge", 'e', EDGE_KEYS.as_slice())] {
        for (name, kind) in keys {
            writeln!(out, "  <key id=\"{prefix}_{name}\" for=\"{place}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
    }
    writeln!(out, "  <graph id=\"chancery\" edgedefault=\"directed\">")?;
    data(out, 4, "g_manifest", &manifest.json()?)?;
    for node in network.nodes() {
        write_node(node, out)?;
    }
    for tie in network.ties() {
        write_edge(tie, out)?;
    }
    writeln!(out, "  </graph>\n</graphml>")?;
    Ok(())
}

fn write_node(node: &Node, out: &mut impl Write) -> Result<(), ExportError> {
    writeln!(out, "    <node id=\"{}\">", xml::attribute(node.id.as_str()))?;
    data(out, 6, "n_label", &node.label)?;
    data(out, 6, "n_kind", &node.kind)?;
    let labels: Vec<String> = node.labels.iter().map(|(language, label)| format!("{language}:{label}")).collect();
    data(out, 6, "n_labels", &labels.join("|"))?;
    if let Some((lat, lon)) = node.coordinates {
        data(out, 6, "n_lat", &lat.to_string())?;
        data(out, 6, "n_lon", &lon.to_string())?;
    }
    writeln!(out, "    </node>")?;
    Ok(())
}

fn write_edge(tie: &Tie, out: &mut impl Write) -> Result<(), ExportError> {
    let (source, target) = (xml::attribute(tie.source.as_str()), xml::attribute(tie.target.as_str()));
    writeln!(out, "    <edge id=\"{}\" source=\"{source}\" target=\"{target}\">", xml::attribute(&tie.id))?;
    for (name, value) in attributes(tie) {
        if let Some(text) = Value::text(value) {
            data(out, 6, &format!("e_{name}"), &text)?;
        }
    }
    writeln!(out, "    </edge>")?;
    Ok(())
}

fn data(out: &mut impl Write, indent: usize, key: &str, text: &str) -> Result<(), ExportError> {
    writeln!(out, "{:indent$}<data key=\"{key}\">{}</data>", "", xml::text(text))?;
    Ok(())
}

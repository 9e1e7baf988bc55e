//! Cytoscape JSON (js.cytoscape.org): ids are strings, unique across nodes and edges.

use super::{ExportError, Manifest, attributes};
use crate::{Network, Node};
use chancery_model::Tie;
use serde_json::{Map, Value, json};
use std::io::Write;

pub(super) fn write(network: &Network, manifest: &Manifest, out: &mut impl Write) -> Result<(), ExportError> {
    let nodes: Vec<Value> = network.nodes().map(node).collect();
    let edges: Vec<Value> = network.ties().map(edge).collect();
    let document = json!({
        "format_version": "1.0",
        "data": { "name": "Chancery", "manifest": manifest },
        "elements": { "nodes": nodes, "edges": edges },
    });
    serde_json::to_writer(&mut *out, &document)?;
    out.write_all(b"\n")?;
    Ok(())
}

fn node(node: &Node) -> Value {
    json!({ "data": {
        "id": node.id,
        "name": node.label,
        "labels": node.labels,
        "kind": node.kind,
        "lat": node.coordinates.map(|(lat, _)| lat),
        "lon": node.coordinates.map(|(_, lon)| lon),
    } })
}

/// Ids of ties get a prefix: a relation's hash can never be an entity's id, but the rule should not rest on that.
fn edge(tie: &Tie) -> Value {
    let mut data = Map::new();
    data.insert("id".to_owned(), format!("tie:{}", tie.id).into());
    data.insert("source".to_owned(), tie.source.as_str().into());
    data.insert("target".to_owned(), tie.target.as_str().into());
    data.insert("interaction".to_owned(), tie.kind.as_str().into());
    data.extend(attributes(tie).map(|(name, value)| (name.to_owned(), value.json())));
    json!({ "data": data })
}

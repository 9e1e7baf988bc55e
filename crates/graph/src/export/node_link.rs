//! Node-link JSON as networkx (`node_link_graph(data, edges="links")`) and D3 read it.

use super::{ExportError, Manifest, attributes};
use crate::{Network, Node};
use chancery_model::Tie;
use serde_json::{Map, Value, json};
use std::io::Write;

pub(super) fn write(network: &Network, manifest: &Manifest, out: &mut impl Write) -> Result<(), ExportError> {
    let document = json!({
        "directed": true,
        "multigraph": true,
        "graph": {},
        "manifest": manifest,
        "nodes": network.nodes().map(node).collect::<Vec<_>>(),
        "links": network.ties().map(link).collect::<Vec<_>>(),
    });
    serde_json::to_writer(&mut *out, &document)?;
    out.write_all(b"\n")?;
    Ok(())
}

fn node(node: &Node) -> Value {
    json!({
        "id": node.id,
        "label": node.label,
        "labels": node.labels,
        "kind": node.kind,
        "lat": node.coordinates.map(|(lat, _)| lat),
        "lon": node.coordinates.map(|(_, lon)| lon),
    })
}

fn link(tie: &Tie) -> Value {
    let mut data = Map::new();
    data.insert("id".to_owned(), tie.id.as_str().into());
    data.insert("key".to_owned(), tie.id.as_str().into());
    data.insert("source".to_owned(), tie.source.as_str().into());
    data.insert("target".to_owned(), tie.target.as_str().into());
    data.extend(attributes(tie).map(|(name, value)| (name.to_owned(), value.json())));
    Value::Object(data)
}

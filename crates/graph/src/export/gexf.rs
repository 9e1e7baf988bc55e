//! GEXF 1.3, dynamic with intervals of days (gexf.net/schema.html).
//!
//! Source, target and kind of an edge must be unique: ties that differ in time only become spells of one edge. Spells may not
//! overlap; those that do become edges of their own, told apart by a number in their kind. Ends are inclusive in GEXF: our
//! half-open end is one day earlier there, and an unknown end is left out. All edges are directed, since readers refuse a mixture;
//! the attribute `directed` tells which are.

use super::{ExportError, Manifest, attributes, is_unreal, xml};
use crate::Network;
use chancery_model::{EntityId, Tie};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::Write;

const EDGE_ATTRIBUTES: [(&str, &str); 9] = [
    ("status", "string"),
    ("sign", "integer"),
    ("directed", "boolean"),
    ("valid_from", "string"),
    ("valid_until", "string"),
    ("claims", "integer"),
    ("origins", "integer"),
    ("quote", "string"),
    ("kind", "string"),
];

pub(super) fn write(network: &Network, manifest: &Manifest, out: &mut impl Write) -> Result<(), ExportError> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">")?;
    writeln!(out, "  <meta>\n    <creator>Chancery</creator>")?;
    writeln!(out, "    <description>{}</description>\n  </meta>", xml::text(&manifest.json()?))?;
    let mode = "mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\"";
    writeln!(out, "  <graph defaultedgetype=\"directed\" {mode}>")?;
    declare(out)?;
    nodes(network, out)?;
    writeln!(out, "    <edges>")?;
    for edge in edges(network) {
        edge.write(out)?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")?;
    Ok(())
}

fn declare(out: &mut impl Write) -> Result<(), ExportError> {
    writeln!(out, "    <attributes class=\"node\">")?;
    for (id, kind) in [("kind", "string"), ("lat", "double"), ("lon", "double")] {
        writeln!(out, "      <attribute id=\"{id}\" title=\"{id}\" type=\"{kind}\"/>")?;
    }
    writeln!(out, "    </attributes>\n    <attributes class=\"edge\">")?;
    for (id, kind) in EDGE_ATTRIBUTES {
        writeln!(out, "      <attribute id=\"{id}\" title=\"{id}\" type=\"{kind}\"/>")?;
    }
    writeln!(out, "    </attributes>")?;
    Ok(())
}

fn nodes(network: &Network, out: &mut impl Write) -> Result<(), ExportError> {
    writeln!(out, "    <nodes>")?;
    for node in network.nodes() {
        let (id, label) = (xml::attribute(node.id.as_str()), xml::attribute(&node.label));
        writeln!(out, "      <node id=\"{id}\" label=\"{label}\">\n        <attvalues>")?;
        value(out, "kind", &node.kind)?;
        if let Some((lat, lon)) = node.coordinates {
            value(out, "lat", &lat.to_string())?;
            value(out, "lon", &lon.to_string())?;
        }
        writeln!(out, "        </attvalues>\n      </node>")?;
    }
    writeln!(out, "    </nodes>")?;
    Ok(())
}

fn value(out: &mut impl Write, name: &str, text: &str) -> Result<(), ExportError> {
    writeln!(out, "          <attvalue for=\"{name}\" value=\"{}\"/>", xml::attribute(text))?;
    Ok(())
}

/// Ties that are one edge of GEXF.
struct Edge<'a> {
    tie: &'a Tie,
    kind: String,
    spells: Vec<(Option<Date>, Option<Date>)>,
}

/// Ties of one kind between the same two are told apart by status; what overlaps in time gets a number.
fn edges(network: &Network) -> Vec<Edge<'_>> {
    let mut groups: BTreeMap<(&EntityId, &EntityId, &str), Vec<Edge<'_>>> = BTreeMap::new();
    for tie in network.ties() {
        let spell = (tie.valid_from, tie.valid_until);
        let group = groups.entry((&tie.source, &tie.target, tie.kind.as_str())).or_default();
        let same = |edge: &&mut Edge<'_>| edge.tie.status == tie.status && edge.is_free(spell);
        match group.iter_mut().find(same) {
            Some(edge) => edge.spells.push(spell),
            None => {
                let number = group.len() + 1;
                let kind = if number == 1 { tie.kind.clone() } else { format!("{} {number}", tie.kind) };
                group.push(Edge { tie, kind, spells: vec![spell] });
            }
        }
    }
    let mut edges: Vec<_> = groups.into_values().flatten().collect();
    edges.sort_by(|a, b| a.tie.id.cmp(&b.tie.id));
    edges.iter_mut().for_each(|edge| edge.spells.sort());
    edges
}

impl Edge<'_> {
    /// Whether a spell overlaps none; unknown ends reach for ever.
    fn is_free(&self, (from, until): (Option<Date>, Option<Date>)) -> bool {
        let before = |end: Option<Date>, start: Option<Date>| end.zip(start).is_some_and(|(end, start)| end <= start);
        self.spells.iter().all(|(a, b)| before(*b, from) || before(until, *a))
    }

    fn write(&self, out: &mut impl Write) -> Result<(), ExportError> {
        let tie = self.tie;
        let (id, source, target) = (&tie.id, tie.source.as_str(), tie.target.as_str());
        write!(out, "      <edge id=\"{}\"", xml::attribute(id))?;
        write!(out, " source=\"{}\" target=\"{}\"", xml::attribute(source), xml::attribute(target))?;
        writeln!(out, " weight=\"{}\" kind=\"{}\">", tie.weight, xml::attribute(&self.kind))?;
        writeln!(out, "        <attvalues>")?;
        for (name, attribute) in attributes(tie) {
            let declared = EDGE_ATTRIBUTES.iter().any(|(known, _)| *known == name);
            if let Some(text) = attribute.text().filter(|_| declared) {
                value(out, name, &text)?;
            }
        }
        writeln!(out, "        </attvalues>")?;
        self.write_spells(out)?;
        if is_unreal(tie) {
            writeln!(out, "        <viz:shape value=\"dashed\"/>")?;
        }
        writeln!(out, "      </edge>")?;
        Ok(())
    }

    fn write_spells(&self, out: &mut impl Write) -> Result<(), ExportError> {
        let known: Vec<_> = self.spells.iter().filter(|(from, until)| from.is_some() || until.is_some()).collect();
        if known.is_empty() {
            return Ok(());
        }
        writeln!(out, "        <spells>")?;
        for (from, until) in known {
            let start = from.map(|day| format!(" start=\"{day}\"")).unwrap_or_default();
            let last = until.and_then(|day| day.yesterday().ok());
            let end = last.map(|day| format!(" end=\"{day}\"")).unwrap_or_default();
            writeln!(out, "          <spell{start}{end}/>")?;
        }
        writeln!(out, "        </spells>")?;
        Ok(())
    }
}

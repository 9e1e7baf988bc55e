//! Every export is read back by a program that is not ours (`tests/readers`) and compared with the network.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault")]

use chancery_graph::{Manifest, Network, NetworkFormat, Node, write};
use chancery_model::Tie;
use jiff::civil::date;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

fn tie(id: &str, source: &str, target: &str, kind: &str, status: &str) -> Tie {
    Tie {
        id: id.to_owned(),
        source: source.parse().unwrap(),
        target: target.parse().unwrap(),
        directed: false,
        kind: kind.to_owned(),
        status: status.to_owned(),
        sign: 1,
        weight: 7.0,
        valid_from: None,
        valid_until: None,
        claims: 2,
        origins: 1,
        quote: None,
    }
}

fn node(id: &str, label: &str) -> Node {
    Node { label: label.to_owned(), coordinates: Some((48.0, 68.5)), ..Node::unnamed(id.parse().unwrap()) }
}

/// What breaks imports: markup, quotation marks and line ends in text, Arabic, a cell that begins like a formula, parallel ties.
fn network() -> Network {
    let ties = [
        Tie {
            directed: true,
            quote: Some("قالوا: \"نعم\" <لا> & \\ربما\\\nثم صمتوا".to_owned()),
            ..tie("a1", "KAZ", "agreement:abraham-accords", "party-to", "announced")
        },
        Tie { valid_from: Some(date(1992, 4, 10)), ..tie("a2", "ISR", "KAZ", "diplomatic-relations", "in-force") },
        Tie {
            sign: -1,
            weight: -6.5,
            directed: true,
            valid_from: Some(date(2014, 3, 17)),
            quote: Some("=HYPERLINK(\"http://example.org\")".to_owned()),
            ..tie("a3", "USA", "RUS", "sanctions", "in-force")
        },
        Tie {
            valid_from: Some(date(2001, 1, 1)),
            valid_until: Some(date(2003, 1, 1)),
            ..tie("a4", "FRA", "USA", "party-to", "ended")
        },
        // Overlaps the one above: no spell of the same edge.
        Tie {
            valid_from: Some(date(2002, 1, 1)),
            valid_until: Some(date(2005, 1, 1)),
            ..tie("a5", "FRA", "USA", "party-to", "ended")
        },
    ];
    Network::from_ties([node("KAZ", "كازاخستان"), node("RUS", "Russia & <Co> \"quoted\"")], ties)
}

fn bytes(network: &Network, format: NetworkFormat) -> Vec<u8> {
    let manifest = Manifest { selection: "all & <everything>".to_owned(), ..Manifest::default() }.of(network, format);
    let mut out = Vec::new();
    write(network, format, &manifest, &mut out).unwrap();
    out
}

fn read_back(format: NetworkFormat, bytes: &[u8]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("network.{}", format.extension()));
    std::fs::write(&file, bytes).unwrap();
    let python = std::env::var_os("CHANCERY_PYTHON").unwrap_or_else(|| "python3".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/readers/read_network.py");
    let out = Command::new(python).arg(script).arg(format.name()).arg(&file).output().expect("Python 3 is installed");
    assert!(out.status.success(), "{format}: {}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

/// What a reader should find. CSV writes an apostrophe before a formula; DOT has a weight of its own.
fn expected(network: &Network, format: NetworkFormat) -> Value {
    let mut nodes: Vec<Value> = network.nodes().map(|node| serde_json::json!([node.id, node.label])).collect();
    nodes.sort_by_key(ToString::to_string);
    let edge = |tie: &Tie| {
        let mut quote = tie.quote.clone().unwrap_or_default();
        if format == NetworkFormat::Csv && quote.starts_with('=') {
            quote.insert(0, '\'');
        }
        serde_json::json!([tie.source, tie.target, tie.kind, tie.status, tie.sign, tie.weight, quote])
    };
    let mut edges: Vec<Value> = network.ties().map(edge).collect();
    edges.sort_by_key(ToString::to_string);
    serde_json::json!({ "nodes": nodes, "edges": edges })
}

fn sorted(mut value: Value) -> Value {
    for list in ["nodes", "edges"] {
        value[list].as_array_mut().unwrap().sort_by_key(ToString::to_string);
    }
    value
}

fn check(format: NetworkFormat) {
    let network = network();
    let found = sorted(read_back(format, &bytes(&network, format)));
    let mut expected = expected(&network, format);
    if format == NetworkFormat::Gexf {
        // The second of two overlapping ties of one kind is told apart by a number; the kind itself is an attribute.
        assert_eq!(found["edges"].as_array().unwrap().len(), 5);
    }
    if format == NetworkFormat::Csv {
        // A table of ties has no nodes without one, and labels only of ends.
        expected["nodes"] = found["nodes"].clone();
        assert!(found["nodes"].to_string().contains("كازاخستان"));
    }
    assert_eq!(found["nodes"], expected["nodes"], "{format}");
    assert_eq!(found["edges"], expected["edges"], "{format}");
}

#[test]
fn gexf_opens_in_networkx() {
    check(NetworkFormat::Gexf);
}

#[test]
fn graphml_opens_in_networkx_and_igraph() {
    check(NetworkFormat::GraphMl);
}

#[test]
fn dot_opens_in_pydot() {
    check(NetworkFormat::Dot);
}

#[test]
fn cytoscape_json_is_whole() {
    check(NetworkFormat::Cytoscape);
}

#[test]
fn node_link_opens_in_networkx() {
    check(NetworkFormat::NodeLink);
}

#[test]
fn csv_opens_in_python() {
    check(NetworkFormat::Csv);
}

#[test]
fn ties_that_differ_in_time_are_spells_of_one_edge() {
    let period = |id: &str, from: i16, until: i16| Tie {
        valid_from: Some(date(from, 1, 1)),
        valid_until: Some(date(until, 1, 1)),
        ..tie(id, "FRA", "USA", "party-to", "ended")
    };
    let network = Network::from_ties([], [period("b1", 2001, 2003), period("b2", 2004, 2006)]);
    let gexf = String::from_utf8(bytes(&network, NetworkFormat::Gexf)).unwrap();
    assert_eq!(gexf.matches("<edge ").count(), 1, "{gexf}");
    assert!(gexf.contains("<spell start=\"2001-01-01\" end=\"2002-12-31\"/>"), "{gexf}");
    assert!(gexf.contains("<spell start=\"2004-01-01\" end=\"2005-12-31\"/>"), "{gexf}");
}

#[test]
fn control_characters_do_not_reach_xml() {
    let network =
        Network::from_ties([node("KAZ", "a\u{1}b\u{FFFE}c")], [tie("c1", "KAZ", "USA", "mission", "in-force")]);
    for format in [NetworkFormat::Gexf, NetworkFormat::GraphMl] {
        assert!(read_back(format, &bytes(&network, format)).to_string().contains("\"abc\""), "{format}");
    }
}

#[test]
fn the_order_of_ties_does_not_show() {
    let network = network();
    let reversed =
        Network::from_ties(network.nodes().cloned(), network.ties().cloned().collect::<Vec<_>>().into_iter().rev());
    for format in NetworkFormat::ALL {
        assert_eq!(bytes(&network, format), bytes(&reversed, format), "{format}");
    }
}

#!/usr/bin/env python3
"""Reads a network with a program that is not ours and prints what it found as JSON.

    read_network.py FORMAT FILE      FORMAT: gexf, graphml, dot, cytoscape, node-link, csv

{"nodes": [[id, label] …], "edges": [[source, target, kind, status, sign, weight, quote] …]}, both sorted. GraphML is read
twice, with networkx and with igraph, which must agree. Exit codes: 0 read, 1 not readable, 2 wrong usage, 3 a package is missing.
"""

import csv
import json
import sys


def edge(source, target, data, kind=None):
    weight = float(data.get("event_weight", data["weight"]))
    return [source, target, kind or data["kind"], data["status"], int(data["sign"]), weight, data.get("quote") or ""]


def from_networkx(graph):
    nodes = [[str(node), data.get("label", "")] for node, data in graph.nodes(data=True)]
    edges = [edge(str(a), str(b), data) for a, b, data in graph.edges(data=True)]
    return nodes, edges


def gexf(path):
    import networkx

    return from_networkx(networkx.read_gexf(path))


def graphml(path):
    import igraph
    import networkx

    nodes, edges = from_networkx(networkx.read_graphml(path))
    other = igraph.Graph.Read_GraphML(path)
    same = sorted(vertex["id"] for vertex in other.vs) == sorted(node for node, _ in nodes)
    if not same or other.ecount() != len(edges):
        raise ValueError("igraph and networkx read different networks")
    return nodes, edges


def dot(path):
    import pydot

    def bare(text):
        inside = text[1:-1] if text.startswith('"') else text
        return inside.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")

    (graph,) = pydot.graph_from_dot_file(path, encoding="utf-8")
    nodes = [[bare(node.get_name()), bare(node.get("label"))] for node in graph.get_nodes()]
    edges = []
    for tie in graph.get_edges():
        data = {name: bare(value) for name, value in tie.get_attributes().items()}
        edges.append(edge(bare(tie.get_source()), bare(tie.get_destination()), {**data, "weight": 0}))
        if data["status"] == "announced" and data["style"] != "dashed":
            raise ValueError("an announced tie is not dashed")
    return nodes, edges


def cytoscape(path):
    with open(path, encoding="utf-8") as file:
        elements = json.load(file)["elements"]
    ids = [element["data"]["id"] for kind in ("nodes", "edges") for element in elements[kind]]
    if len(ids) != len(set(ids)) or not all(isinstance(name, str) for name in ids):
        raise ValueError("ids are not unique strings")
    known = {element["data"]["id"] for element in elements["nodes"]}
    data = [element["data"] for element in elements["edges"]]
    if not all(tie["source"] in known and tie["target"] in known for tie in data):
        raise ValueError("an edge has an end that is no node")
    nodes = [[element["data"]["id"], element["data"]["name"]] for element in elements["nodes"]]
    return nodes, [edge(tie["source"], tie["target"], tie, tie["interaction"]) for tie in data]


def node_link(path):
    import networkx

    with open(path, encoding="utf-8") as file:
        return from_networkx(networkx.node_link_graph(json.load(file), edges="links"))


def comma_separated(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    nodes = {row[end]: row[f"{end}_label"] for row in rows for end in ("source", "target")}
    return [list(node) for node in nodes.items()], [edge(row["source"], row["target"], row) for row in rows]


FORMATS = {
    "gexf": gexf,
    "graphml": graphml,
    "dot": dot,
    "cytoscape": cytoscape,
    "node-link": node_link,
    "csv": comma_separated,
}


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in FORMATS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        nodes, edges = FORMATS[arguments[0]](arguments[1])
    except ImportError as missing:
        print(f"{missing}: run `cargo xtask test`, which installs tests/readers/requirements.txt", file=sys.stderr)
        return 3
    except Exception as fault:  # Whatever a reader raises means that it could not read.
        print(f"{arguments[1]}: {type(fault).__name__}: {fault}", file=sys.stderr)
        return 1
    print(json.dumps({"nodes": sorted(nodes), "edges": sorted(edges)}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

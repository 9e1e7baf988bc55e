// The picture: one country in the middle, its neighbours on a ring, a line a tie. Dashed where it is only announced.

import Graph from "graphology";
import Sigma from "sigma";
import { layerDashed, pathCurved, pathLine } from "sigma/rendering";
import type { Network } from "./api";
import { button, el } from "./dom";

/** Told apart by people who do not see red and green alike (Okabe and Ito 2008). */
const COLOURS = { cooperation: "#0072b2", conflict: "#d55e00", past: "#8a8f94" };
const PAST = new Set(["ended", "suspended", "abandoned", "cancelled"]);
const UNREAL = new Set(["announced", "planned", "possible"]);

export type Look = "cooperation" | "conflict" | "past";

export function look(tie: { status: string; sign: number }): Look {
  if (PAST.has(tie.status)) return "past";
  return tie.sign < 0 ? "conflict" : "cooperation";
}

export function isAnnounced(status: string): boolean {
  return UNREAL.has(status);
}

export interface Picture {
  select(edge: string | null): void;
  remove(): void;
}

/** Draws a network around `centre` into `box`. */
export function draw(
  box: HTMLElement,
  network: Network,
  centre: string,
  onTie: (id: string) => void,
  onNode: (id: string) => void,
): Picture {
  const graph = toGraph(network, centre);
  const canvas = el("div", { class: "canvas", "aria-hidden": "true" });
  const labels = el("div", { class: "labels" });
  box.replaceChildren(canvas, labels);
  let selected: string | null = null;
  const sigma = new Sigma(graph, canvas, {
    settings: {
      renderLabels: false,
      enableEdgeEvents: true,
      edgePickingPadding: 6,
      stagePadding: 70,
      minCameraRatio: 0.3,
      maxCameraRatio: 2,
      allowInvalidContainer: true,
      gestureTarget: "shared",
    },
    primitives: {
      edges: {
        paths: [pathLine(), pathCurved()],
        layers: [
          layerDashed({
            dashSize: { value: 7, mode: "pixels" },
            gapSize: { attribute: "gap", default: 0, mode: "pixels" },
          }),
        ],
      },
    },
    styles: {
      nodes: { x: { attribute: "x" }, y: { attribute: "y" }, size: { attribute: "size" }, color: { attribute: "color" } },
      edges: {
        color: { attribute: "color" },
        size: (attributes: Record<string, unknown>) => (attributes.tie === selected ? 6 : 3),
        path: "straight",
        parallelPath: "curved",
        gap: { attribute: "gap" },
      },
    },
  } as ConstructorParameters<typeof Sigma>[2]);
  sigma.on("clickEdge", ({ edge }) => onTie(edge));
  sigma.on("clickNode", ({ node }) => onNode(node));
  const marks = placeLabels(sigma, graph, labels, centre, onNode);
  sigma.on("afterRender", marks);
  marks();
  // For those who test the page: where each tie is drawn, in pixels of the picture.
  box.dataset.ties = JSON.stringify(middles(sigma, graph));
  return {
    select(edge) {
      selected = edge;
      sigma.refresh();
    },
    remove() {
      sigma.kill();
      box.replaceChildren();
    },
  };
}

function toGraph(network: Network, centre: string): Graph {
  const graph = new Graph({ multi: true, type: "undirected", allowSelfLoops: false });
  // By kind, then by name: the same network always gives the same picture.
  const around = network.nodes
    .filter((node) => node.id !== centre)
    .sort((a, b) => a.kind.localeCompare(b.kind, "en") || a.id.localeCompare(b.id, "en"));
  graph.addNode(centre, { x: 0, y: 0, size: 13, color: "#1d3b4d" });
  around.forEach((node, at) => {
    const angle = Math.PI / 2 - (2 * Math.PI * at) / around.length;
    const color = node.kind === "agreement" ? "#b58900" : "#4c6a78";
    graph.addNode(node.id, { x: Math.cos(angle), y: Math.sin(angle), size: 9, color });
  });
  for (const tie of network.links) {
    if (tie.source === tie.target || !graph.hasNode(tie.source) || !graph.hasNode(tie.target)) continue;
    const gap = isAnnounced(tie.status) ? 6 : 0;
    graph.addEdgeWithKey(tie.id, tie.source, tie.target, { color: COLOURS[look(tie)], gap, tie: tie.id });
  }
  for (const node of network.nodes) graph.setNodeAttribute(node.id, "name", node.label);
  return graph;
}

/** Names are text of the page, not of the canvas: scripts are joined and ordered as they should be. */
function placeLabels(
  sigma: Sigma,
  graph: Graph,
  labels: HTMLElement,
  centre: string,
  onNode: (id: string) => void,
): () => void {
  const marks = graph.mapNodes((node, attributes) => {
    const mark = button({ class: node === centre ? "name centre" : "name", dir: "auto", "data-node": node }, () => onNode(node));
    mark.textContent = String(attributes.name ?? node);
    labels.append(mark);
    return { node, mark };
  });
  return () => {
    const width = labels.clientWidth;
    for (const { node, mark } of marks) {
      const { x, y } = graph.getNodeAttributes(node) as { x: number; y: number };
      const at = sigma.graphToViewport({ x, y });
      const half = mark.offsetWidth / 2;
      const left = Math.max(2, Math.min(at.x - half, width - 2 * half - 2));
      mark.style.transform = `translate(${left}px, ${y < -0.1 ? at.y + 12 : at.y - mark.offsetHeight - 10}px)`;
    }
  };
}

function middles(sigma: Sigma, graph: Graph): Record<string, [number, number]> {
  const places: Record<string, [number, number]> = {};
  graph.forEachEdge((edge, _attributes, source, target) => {
    const point = (node: string) => sigma.graphToViewport(graph.getNodeAttributes(node) as { x: number; y: number });
    const [a, b] = [point(source), point(target)];
    places[edge] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  });
  return places;
}

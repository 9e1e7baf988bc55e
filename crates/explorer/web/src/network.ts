// The picture: one country in the middle, its neighbours on a ring, a line a tie. Dashed where it is only announced.

import Graph from "graphology";
import Sigma from "sigma";
import { type Network, type NetworkLink, type NetworkNode, type Relations, joined } from "./api";
import { button, el } from "./dom";
import { TieProgram } from "./tie-program";

/** The colours of the style sheet, light or dark: blue and orange, told apart by people who do not see red and green alike. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const PAST = new Set(["ended", "suspended", "abandoned", "cancelled"]);
const UNREAL = new Set(["announced", "planned", "possible"]);

/** Pixels between ties of the same two. */
const APART = 14;

/** Of the width of a picture, in pixels, for each neighbour: so their names do not cover each other. */
const WIDTH = 36;
/** Ties of the same two that can be told apart. */
const MOST_PARALLELS = 4;

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

/** The network of a country's own relations, as far as sentences tell of them. */
export function star(relations: Relations): Network {
  const { country } = relations;
  const nodes = new Map<string, NetworkNode>([[country.id, country]]);
  const links = relations.states
    .filter((state) => state.claims.length > 0)
    .flatMap((state) => {
      const others = joined(state, country.id);
      for (const other of others) nodes.set(other.id, other);
      return others.map((other, at) => ({
        ...state,
        id: others.length > 1 ? `${state.id}-${at}` : state.id,
        source: country.id,
        target: other.id,
        claims: state.claim_count,
      }));
    });
  return { nodes: [...nodes.values()], links };
}

/** The part of a network that a picture can show. */
export interface Excerpt {
  network: Network;
  /** Neighbours that are shown. */
  shown: number;
  /** All of them. */
  neighbours: number;
  /** Relations of the country that are left out. */
  left: number;
}

/**
 * The neighbours of whom most is said, as many as fit into so many pixels, with at most four ties to each. The ties of neighbours among
 * themselves are there where all neighbours are.
 */
export function excerpt(network: Network, centre: string, width: number): Excerpt {
  const isOfCentre = (tie: NetworkLink) => tie.source === centre || tie.target === centre;
  const own = network.links.filter(isOfCentre);
  const said = new Map<string, number>();
  for (const tie of own) {
    const other = tie.source === centre ? tie.target : tie.source;
    said.set(other, (said.get(other) ?? 0) + tie.claims);
  }
  const claims = (node: NetworkNode) => said.get(node.id) ?? 0;
  const neighbours = network.nodes.filter((node) => node.id !== centre);
  const first = [...neighbours].sort((a, b) => claims(b) - claims(a) || a.id.localeCompare(b.id, "en")).slice(0, Math.floor(width / WIDTH));
  const ends = new Set([centre, ...first.map((node) => node.id)]);
  const isWhole = first.length === neighbours.length;
  const within = (isWhole ? network.links : own).filter((tie) => ends.has(tie.source) && ends.has(tie.target));
  const links = [...parallels(within).values()].flatMap((ties) => ties.sort((a, b) => b.claims - a.claims).slice(0, MOST_PARALLELS));
  return {
    network: { nodes: network.nodes.filter((node) => ends.has(node.id)), links },
    shown: first.length,
    neighbours: neighbours.length,
    left: count(own) - count(links.filter(isOfCentre)),
  };
}

/** How many relations are drawn by these ties. */
function count(ties: NetworkLink[]): number {
  return new Set(ties.map((tie) => whole(tie.id))).size;
}

/** The relation that a tie draws: one of many parties is drawn in parts, "<state>-0", "<state>-1" … */
export function whole(tie: string): string {
  return tie.replace(/-\d+$/, "");
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
    // Names are text of the page; the picture stands still, so that the page can be scrolled over it.
    renderLabels: false,
    enableEdgeEvents: true,
    enableCameraZooming: false,
    enableCameraPanning: false,
    enableCameraRotation: false,
    stagePadding: 70,
    allowInvalidContainer: true,
    defaultEdgeType: "tie",
    edgeProgramClasses: { tie: TieProgram },
    edgeReducer: (edge, data) => ({ ...data, size: edge === selected ? 4 : 2.25 }),
  });
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
  const graph = new Graph({ multi: true, type: "directed", allowSelfLoops: false });
  // By kind, then by name: the same network always gives the same picture.
  const around = network.nodes
    .filter((node) => node.id !== centre)
    .sort((a, b) => a.kind.localeCompare(b.kind, "en") || a.id.localeCompare(b.id, "en"));
  graph.addNode(centre, { x: 0, y: 0, size: 13, color: colour("accent") });
  around.forEach((node, at) => {
    const angle = Math.PI / 2 - (2 * Math.PI * at) / around.length;
    const color = colour(node.kind === "agreement" ? "agreement" : "soft");
    graph.addNode(node.id, { x: Math.cos(angle), y: Math.sin(angle), size: 9, color });
  });
  for (const [, ties] of parallels(network.links)) {
    ties.forEach((tie, at) => {
      if (tie.source === tie.target || !graph.hasNode(tie.source) || !graph.hasNode(tie.target)) return;
      const [from, to] = tie.source < tie.target ? [tie.source, tie.target] : [tie.target, tie.source];
      const shift = (at - (ties.length - 1) / 2) * APART;
      const gap = isAnnounced(tie.status) ? 12 : 0;
      graph.addDirectedEdgeWithKey(tie.id, from, to, { color: colour(look(tie)), gap, shift, size: 2.25 });
    });
  }
  for (const node of network.nodes) graph.setNodeAttribute(node.id, "name", node.label);
  return graph;
}

/** Ties by the two that they join. */
function parallels(links: NetworkLink[]): Map<string, NetworkLink[]> {
  const pairs = new Map<string, NetworkLink[]>();
  for (const tie of links) {
    const pair = [tie.source, tie.target].sort().join(" ");
    const ties = pairs.get(pair);
    if (ties) ties.push(tie);
    else pairs.set(pair, [tie]);
  }
  return pairs;
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
  graph.forEachEdge((edge, attributes, source, target) => {
    const point = (node: string) => sigma.graphToViewport(graph.getNodeAttributes(node) as { x: number; y: number });
    const [a, b] = [point(source), point(target)];
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    // The vertical axis of the page runs down, that of the graph up.
    const aside = Number(attributes.shift) / 2 / length;
    places[edge] = [(a.x + b.x) / 2 + (b.y - a.y) * aside, (a.y + b.y) / 2 - (b.x - a.x) * aside];
  });
  return places;
}

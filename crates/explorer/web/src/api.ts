// The public REST API: the forms of its answers as far as the pages use them, and one way to ask.

export type Direction = "rtl" | "ltr";

export interface Ref {
  id: string;
  label: string;
  kind: string;
  dir: Direction;
}

export interface DateBounds {
  date: string | null;
  not_before: string | null;
  not_after: string | null;
  precision: string;
}

export interface Claim {
  id: string;
  type: string;
  status: string;
  quote: string;
  attribution_labels: string[];
  document: { id: string; title: string | null; publisher: string | null; published: string | null; lang: string; dir: Direction };
  evidence: { sentence: string; start: number; end: number; lang: string; dir: Direction; field: string } | null;
}

export interface State {
  id: string;
  kind: string;
  kind_label: string;
  parties: Ref[];
  counterpart: Ref | null;
  agreement: Ref | null;
  status: string;
  status_label: string;
  holds: "yes" | "no" | "unknown";
  status_since: DateBounds;
  valid_from: DateBounds;
  valid_until: DateBounds;
  last_supported: string | null;
  topic_label: string | null;
  sign: number;
  origin: string;
  documents: number;
  origins: number;
  /** All of them; `claims` are the first twenty. */
  claim_count: number;
  claims: Claim[];
  disputed_by: string[];
}

/** Everybody and everything that a state names. */
export function members(state: State): Ref[] {
  return [...state.parties, ...(state.counterpart ? [state.counterpart] : []), ...(state.agreement ? [state.agreement] : [])];
}

/** Whom a state joins with somebody. An agreement without a name is told by its parties and its topic. */
export function joined(state: State, to: string | null): Ref[] {
  return members(state).filter((ref) => ref.id !== to && !ref.id.startsWith("agreement:unnamed-"));
}

export interface Event {
  id: string;
  type: string;
  type_label: string;
  source: Ref[];
  target: Ref[];
  agreement: Ref | null;
  status: string;
  status_label: string;
  topic_label: string | null;
  date: DateBounds;
  weight: number;
  /** All of them; `claims` are the first twenty. */
  claim_count: number;
  claims: Claim[];
}

export interface Relations {
  country: Ref;
  as_of: string | null;
  states: State[];
  recent_events: Event[];
}

export interface Country {
  id: string;
  label: string;
  labels: Record<string, string>;
  alpha2: string | null;
  states: number;
  events: number;
}

export interface NetworkNode {
  id: string;
  label: string;
  kind: string;
}

export interface NetworkLink {
  id: string;
  source: string;
  target: string;
  kind: string;
  kind_label: string;
  status: string;
  status_label: string;
  sign: number;
  claims: number;
}

export interface Network {
  nodes: NetworkNode[];
  links: NetworkLink[];
}

/** What the server says is wrong. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

async function ask<T>(path: string, parameters: Record<string, string>): Promise<T> {
  const response = await fetch(`${path}?${new URLSearchParams(parameters)}`, { headers: { accept: "application/json" } });
  const body: unknown = await response.json().catch(() => ({}));
  if (!response.ok) {
    const problem = body as { code?: string; detail?: string };
    throw new Problem(response.status, problem.code ?? "unknown", problem.detail ?? response.statusText);
  }
  return body as T;
}

/** The most that the server puts on one page. */
const PAGE = "200";

interface Page<T> {
  items: T[];
  next: string | null;
}

/** Every page of a list: the cursor of each carries the question, and stays in the snapshot of the first. */
async function pages<P extends { next: string | null }>(path: string, parameters: Record<string, string>): Promise<P[]> {
  const all = [await ask<P>(path, { ...parameters, limit: PAGE })];
  for (let next = all[0]!.next; next !== null; next = all[all.length - 1]!.next) {
    all.push(await ask<P>(path, { limit: PAGE, cursor: next }));
  }
  return all;
}

/** Every country, in the language asked for. */
export async function countries(lang: string): Promise<Country[]> {
  const all = await pages<Page<Country>>("/v1/countries", { lang });
  return all.flatMap((page) => page.items);
}

/** A country with all its relations. */
export async function relations(country: string, lang: string): Promise<Relations> {
  const all = await pages<Relations & { next: string | null }>(`/v1/countries/${encodeURIComponent(country)}/relations`, { lang });
  return { ...all[0]!, states: all.flatMap((page) => page.states) };
}

/** One page of the claims that support a relation or tell an event, the newest first, after the cursor. */
export function claims(of: "relations" | "events", id: string, lang: string, cursor: string | null): Promise<Page<Claim>> {
  return ask(`/v1/${of}/${encodeURIComponent(id)}/claims`, cursor === null ? { lang, limit: "50" } : { limit: "50", cursor });
}

export function network(country: string, lang: string): Promise<Network> {
  return ask(`/v1/countries/${encodeURIComponent(country)}/network`, { lang, depth: "1", format: "node-link" });
}

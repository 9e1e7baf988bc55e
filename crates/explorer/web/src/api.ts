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
  claims: Claim[];
  disputed_by: string[];
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
  directed: boolean;
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

/** Every country, page by page, in the language asked for. */
export async function countries(lang: string): Promise<Country[]> {
  const all: Country[] = [];
  let cursor: string | null = null;
  do {
    const parameters: Record<string, string> = { lang, limit: "200", ...(cursor === null ? {} : { cursor }) };
    const page: { items: Country[]; next: string | null } = await ask("/v1/countries", parameters);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}

export function relations(country: string, lang: string): Promise<Relations> {
  return ask(`/v1/countries/${encodeURIComponent(country)}/relations`, { lang });
}

export function network(country: string, lang: string): Promise<Network> {
  return ask(`/v1/countries/${encodeURIComponent(country)}/network`, { lang, depth: "1", format: "node-link" });
}

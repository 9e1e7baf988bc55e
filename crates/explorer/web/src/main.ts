// The first page: a country, its network, its relations and newest events, and the sentences behind each.

import * as api from "./api";
import { chooser } from "./chooser";
import { claim, day, when } from "./claims";
import { button, el } from "./dom";
import { list } from "./list";
import { type Picture, draw, excerpt, isAnnounced, look, star, whole } from "./network";
import * as place from "./place";
import { type Lang, type Strings, strings } from "./strings";

let at = place.read();
let picture: Picture | null = null;
let shown: api.Relations | null = null;
let turn = 0;

/** With more relations than this there are hardly ever so few neighbours that what joins them is drawn. */
const MANY = 150;

const page = document.getElementById("page") as HTMLElement;

void show();
addEventListener("popstate", () => {
  const before = at;
  at = place.read();
  if (before.country === at.country && before.lang === at.lang && shown) select(at.edge);
  else void show();
});

function go(to: Partial<place.Place>): void {
  at = { ...at, ...to };
  place.write(at);
}

/** Reads and draws everything for the place where the reader is. */
async function show(): Promise<void> {
  const mine = ++turn;
  const s = strings(at.lang);
  document.documentElement.lang = at.lang;
  document.documentElement.dir = at.lang === "ar" ? "rtl" : "ltr";
  picture?.remove();
  picture = null;
  shown = null;
  page.setAttribute("aria-busy", "true");
  page.replaceChildren(header([], s), el("p", { class: "note", role: "status" }, s.loading));
  try {
    const [countries, told] = await Promise.all([api.countries(at.lang), at.country === null ? null : read(at.country)]);
    if (mine !== turn) return;
    if (told === null) {
      document.title = s.name;
      page.replaceChildren(header(countries, s), welcome(countries, s));
    } else {
      at.country = told.relations.country.id;
      document.title = `${told.relations.country.label} — ${s.name}`;
      render(countries, told.relations, told.network, s);
    }
  } catch (error) {
    if (mine !== turn) return;
    await fail(error, s);
  } finally {
    if (mine === turn) page.removeAttribute("aria-busy");
  }
}

/** A country's relations, and the network around it: what joins its neighbours too, unless there are too many to be drawn. */
async function read(country: string): Promise<{ relations: api.Relations; network: api.Network }> {
  const relations = await api.relations(country, at.lang);
  const isLarge = relations.states.length > MANY;
  return { relations, network: isLarge ? star(relations) : await api.network(country, at.lang) };
}

async function fail(error: unknown, s: Strings): Promise<void> {
  const countries = await api.countries(at.lang).catch(() => []);
  const detail = error instanceof Error ? error.message : String(error);
  const again = button({ class: "plain" }, () => void show(), s.retry);
  page.replaceChildren(header(countries, s), el("div", { class: "note", role: "alert" }, el("p", {}, s.failed), el("p", { dir: "auto" }, detail), again));
}

function header(countries: api.Country[], s: Strings): HTMLElement {
  const other: Lang = at.lang === "ar" ? "en" : "ar";
  const home = el("a", { href: `/?lang=${at.lang}`, class: "home" }, s.name);
  home.addEventListener("click", (event) => {
    event.preventDefault();
    go({ country: null, edge: null });
    void show();
  });
  return el(
    "header",
    {},
    el("div", { class: "title" }, el("h1", {}, home), el("p", {}, s.tagline)),
    countries.length === 0 ? null : chooser(countries, at.country, s, openCountry),
    button(
      { class: "language", lang: other },
      () => {
        go({ lang: other });
        void show();
      },
      s.other,
    ),
  );
}

function openCountry(id: string): void {
  go({ country: id, edge: null });
  void show();
}

function welcome(countries: api.Country[], s: Strings): HTMLElement {
  return el("main", { class: "welcome" }, el("p", {}, s.start), withNews(countries));
}

/** The countries that the news speaks of most. */
function withNews(countries: api.Country[]): HTMLElement {
  const news = (country: api.Country) => country.states + country.events;
  const first = countries.filter((country) => news(country) > 0).sort((a, b) => news(b) - news(a));
  const chips = first.slice(0, 24).map((country) => button({ class: "chip" }, () => openCountry(country.id), country.label));
  return el("div", { class: "chips" }, ...chips);
}

function render(countries: api.Country[], relations: api.Relations, network: api.Network, s: Strings): void {
  shown = relations;
  const news = relations.states.filter((state) => state.claims.length > 0);
  const tables = relations.states.filter((state) => state.claims.length === 0);
  const box = el("div", { class: "picture", id: "picture" });
  const hint = el("p", { class: "hint" }, s.zoom);
  const empty = news.length === 0 && relations.recent_events.length === 0;
  const left = el(
    "section",
    { class: "network", "aria-label": s.network },
    el("h2", {}, el("bdi", {}, relations.country.label)),
    empty ? el("div", { class: "note" }, el("p", {}, s.nothing), el("p", {}, s.nothingHint), withNews(countries)) : box,
    empty ? null : hint,
    empty ? null : legend(s),
  );
  const right = el(
    "section",
    { class: "lists" },
    el("h2", {}, s.relations),
    list("ties", news, (state) => tie(state, s), stateWords, s),
    relations.recent_events.length === 0 ? null : el("h2", {}, s.events),
    list("events", relations.recent_events, (event) => happening(event, s), eventWords, s),
    tables.length === 0 ? null : reference(tables, s),
  );
  const panel = el("aside", { class: "panel", id: "panel", hidden: true, tabindex: "-1", "aria-live": "polite" });
  page.replaceChildren(header(countries, s), el("main", { class: "explorer" }, left, right, panel));
  if (!empty) {
    const { network: drawn, shown, neighbours, left } = excerpt(network, relations.country.id, box.clientWidth);
    if (left > 0) hint.append(" ", s.excerpt(shown, neighbours, left));
    picture = draw(box, drawn, relations.country.id, (id) => choose(whole(id)), openNode);
  }
  select(at.edge);
}

function openNode(id: string): void {
  if (/^[A-Z]{3}$/.test(id) && id !== at.country) openCountry(id);
}

function choose(edge: string | null): void {
  go({ edge });
  select(edge);
}

function others(state: api.State): api.Ref[] {
  const rest = api.joined(state, at.country);
  return rest.length === 0 ? api.members(state) : rest;
}

function names(refs: api.Ref[]): Node[] {
  return refs.flatMap((ref, index) => {
    const name = el("bdi", {}, ref.label);
    return index === 0 ? [name] : [document.createTextNode(at.lang === "ar" ? "، " : ", "), name];
  });
}

/** What a state is found by. */
function stateWords(state: api.State): string {
  return [state.kind_label, state.status_label, state.topic_label ?? "", ...others(state).map((ref) => ref.label)].join(" ");
}

/** What an event is found by. */
function eventWords(event: api.Event): string {
  return [event.type_label, event.status_label, event.topic_label ?? "", ...[...event.source, ...event.target].map((ref) => ref.label)].join(" ");
}

/** What is known of the times of a state. */
function times(state: api.State, s: Strings): string {
  const announced = isAnnounced(state.status);
  const begun = when(announced ? state.status_since : state.valid_from, s);
  const ended = when(state.valid_until, s);
  const parts = [begun === null ? null : `${s.since} ${begun}`, ended === null ? null : `${s.until} ${ended}`];
  return parts.filter((part) => part !== null).join(" ");
}

function badge(status: string, label: string): HTMLElement {
  return el("span", { class: `badge ${isAnnounced(status) ? "announced" : ""}`, "data-status": status }, label);
}

function tie(state: api.State, s: Strings): HTMLElement {
  const pressed = String(at.edge === state.id);
  return button(
    { class: `tie ${look(state)} ${isAnnounced(state.status) ? "announced" : ""}`, "data-edge": state.id, "aria-pressed": pressed },
    () => choose(at.edge === state.id ? null : state.id),
    el("span", { class: "what" }, state.kind_label, el("span", { class: "whom" }, ...names(others(state))), topic(state.topic_label)),
    el("span", { class: "facts" }, badge(state.status, state.status_label), ` ${times(state, s)}`),
  );
}

function happening(event: api.Event, s: Strings): HTMLElement {
  return button(
    {
      class: `tie ${event.weight < 0 ? "conflict" : "cooperation"} ${isAnnounced(event.status) ? "announced" : ""}`,
      "data-edge": event.id,
      "aria-pressed": String(at.edge === event.id),
    },
    () => choose(at.edge === event.id ? null : event.id),
    el("span", { class: "what" }, event.type_label, parties(event), topic(event.topic_label)),
    el("span", { class: "facts" }, badge(event.status, event.status_label), ` ${when(event.date, s) ?? s.unknownDate}`),
  );
}

function topic(label: string | null): HTMLElement | null {
  return label === null ? null : el("span", { class: "topic" }, label);
}

function parties(event: api.Event): HTMLElement {
  const agreement = event.agreement !== null && !event.agreement.id.startsWith("agreement:unnamed-") ? [event.agreement] : [];
  const target = event.target.length > 0 ? event.target : agreement;
  const arrow = target.length > 0 ? document.createTextNode(at.lang === "ar" ? " ← " : " → ") : null;
  return el("span", { class: "whom" }, ...names(event.source), arrow, ...names(target));
}

function reference(states: api.State[], s: Strings): HTMLElement {
  const row = (state: api.State) =>
    el("li", {}, `${state.kind_label}: `, ...names(others(state)), ` (${state.status_label})`);
  return el("details", { class: "reference" }, el("summary", {}, `${s.reference} (${states.length})`), el("ul", {}, ...states.map(row)));
}

function legend(s: Strings): HTMLElement {
  const row = (kind: string, text: string) => el("li", {}, el("span", { class: `line ${kind}`, "aria-hidden": "true" }), text);
  return el(
    "ul",
    { class: "legend", "aria-label": s.legend },
    row("cooperation", s.cooperation),
    row("conflict", s.conflict),
    row("cooperation announced", s.announced),
    row("past", s.ended),
  );
}

/** Opens the sentences of a tie or event; closes the panel where there is none. */
function select(edge: string | null): void {
  const panel = document.getElementById("panel");
  if (panel === null || shown === null) return;
  for (const line of document.querySelectorAll<HTMLElement>("[data-edge]")) {
    line.setAttribute("aria-pressed", String(line.dataset.edge === edge));
  }
  picture?.select(edge);
  const state = shown.states.find((candidate) => candidate.id === edge);
  const event = shown.recent_events.find((candidate) => candidate.id === edge);
  if (!state && !event) {
    panel.hidden = true;
    panel.replaceChildren();
    return;
  }
  const s = strings(at.lang);
  panel.replaceChildren(
    button({ class: "close", "aria-label": s.close }, () => choose(null), "×"),
    ...(state ? stateHead(state, s) : event ? eventHead(event, s) : []),
    statements(state ? "relations" : "events", (state ?? event)!, s),
  );
  panel.hidden = false;
  panel.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

/** What is said, word for word. Where there is more than the first answer holds, a button reads on, page by page. */
function statements(of: "relations" | "events", told: api.State | api.Event, s: Strings): HTMLElement {
  const list = el("div", { class: "claims" }, ...told.claims.map((record) => claim(record, s)));
  if (told.claim_count <= told.claims.length) return list;
  let cursor: string | null = null;
  const more = button({ class: "plain more" }, () => void readOn(), s.allClaims(told.claim_count));
  async function readOn(): Promise<void> {
    more.disabled = true;
    try {
      const page = await api.claims(of, told.id, at.lang, cursor);
      // The first page begins anew, in an order of its own.
      if (cursor === null) list.replaceChildren();
      list.append(...page.items.map((record) => claim(record, s)));
      cursor = page.next;
      if (cursor === null) more.remove();
      else more.textContent = s.showMore(told.claim_count - list.childElementCount);
    } catch (error) {
      list.append(el("p", { class: "note", role: "alert", dir: "auto" }, error instanceof Error ? error.message : String(error)));
    } finally {
      more.disabled = false;
    }
  }
  return el("div", {}, list, more);
}

function stateHead(state: api.State, s: Strings): HTMLElement[] {
  const seen = state.last_supported === null ? null : `${s.lastSeen} ${day(state.last_supported)}`;
  const disputed = state.disputed_by.length > 0 ? s.disputed : null;
  const unsure = state.holds === "unknown" && !isAnnounced(state.status) ? s.holdsUnknown : null;
  const notes = [times(state, s), seen, unsure, disputed, s.claims(state.claim_count)].filter((note) => note !== null && note !== "");
  return [
    el("h3", {}, state.kind_label, ": ", ...names(others(state))),
    el("p", { class: "facts" }, badge(state.status, state.status_label), ` ${notes.join(" · ")}`),
    ...(state.claims.length === 0 ? [el("p", {}, s.noClaims)] : []),
  ];
}

function eventHead(event: api.Event, s: Strings): HTMLElement[] {
  const told = when(event.date, s) ?? s.unknownDate;
  return [
    el("h3", {}, event.type_label, ": ", parties(event)),
    el("p", { class: "facts" }, badge(event.status, event.status_label), ` ${told} · ${s.claims(event.claim_count)}`),
  ];
}

// What is said, word for word: the sentence of the original with the quote marked, who says it, and where.

import type { Claim, DateBounds } from "./api";
import { el } from "./dom";
import type { Strings } from "./strings";

/** One claim with its sentence. */
export function claim(record: Claim, s: Strings): HTMLElement {
  const { document: source } = record;
  const published = source.published === null ? null : day(source.published);
  const facts = [source.publisher, published].filter((fact) => fact !== null).join(" · ");
  const said = record.attribution_labels;
  return el(
    "article",
    { class: "claim" },
    sentence(record),
    el("p", { class: "voice" }, said.length === 0 ? s.ownVoice : `${s.saidBy}: `, ...chain(said)),
    el(
      "p",
      { class: "source" },
      el("bdi", { lang: source.lang, dir: source.dir }, source.title ?? source.id),
      facts === "" ? null : el("span", {}, ` — ${facts}`),
    ),
  );
}

function chain(labels: string[]): Node[] {
  return labels.flatMap((label, at) => {
    const voice = el("bdi", {}, label);
    return at === 0 ? [voice] : [document.createTextNode(" ← "), voice];
  });
}

/** The place of the quote is counted in code points, as the Web Annotation model counts. */
function sentence(record: Claim): HTMLElement {
  const evidence = record.evidence;
  if (evidence === null) return el("blockquote", { dir: "auto" }, el("mark", {}, record.quote));
  const points = Array.from(evidence.sentence);
  const cut = (from: number, to?: number) => points.slice(from, to).join("");
  return el(
    "blockquote",
    { lang: evidence.lang, dir: evidence.dir },
    cut(0, evidence.start),
    el("mark", {}, cut(evidence.start, evidence.end)),
    cut(evidence.end),
  );
}

/** A date in words; nothing is made more exact than it is told. */
export function when(date: DateBounds, s: Strings): string | null {
  if (date.date !== null) return day(date.date);
  if (date.not_before !== null && date.not_after !== null) return `${day(date.not_before)} – ${day(date.not_after)}`;
  if (date.not_after !== null) return `${day(date.not_after)} ${s.orEarlier}`;
  if (date.not_before !== null) return `${day(date.not_before)} ${s.orLater}`;
  return null;
}

/** A day that keeps its order of numbers among Arabic words (left-to-right isolate). */
export function day(iso: string): string {
  return `\u2066${iso}\u2069`;
}

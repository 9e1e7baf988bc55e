// A list of any length: so many lines at once, and, where there are more, a field that finds some of them.

import { button, el } from "./dom";
import type { Strings } from "./strings";
import { fold } from "./words";

/** Lines that are there at once. */
const AT_ONCE = 50;

/** A list of lines, each made when it comes to be shown; with a field to find some by their words where not all are there at once. */
export function list<T>(id: string, items: T[], line: (item: T) => HTMLElement, words: (item: T) => string, s: Strings): HTMLElement {
  const lines = el("ul", { class: "ties", id });
  const more = button({ class: "plain more" }, () => showMore(), "");
  const none = el("p", { class: "hint", role: "status" });
  let fitting = items;
  function showMore(): void {
    const there = lines.childElementCount;
    lines.append(...fitting.slice(there, there + AT_ONCE).map((item) => el("li", {}, line(item))));
    const left = fitting.length - lines.childElementCount;
    more.hidden = left === 0;
    more.textContent = s.showMore(left);
  }
  showMore();
  if (items.length <= AT_ONCE) return lines;
  const field = el("input", { type: "search", class: "find", "aria-label": s.find, "aria-controls": id, placeholder: s.find, dir: "auto" });
  const folded = items.map((item) => fold(words(item)));
  field.addEventListener("input", () => {
    const asked = fold(field.value).split(/\s+/);
    fitting = items.filter((_, at) => asked.every((word) => folded[at]?.includes(word)));
    none.textContent = fitting.length === 0 ? s.noneFits : "";
    lines.replaceChildren();
    showMore();
  });
  return el("div", {}, field, none, lines, more);
}

// The country chooser: a combobox (WAI-ARIA 1.2) that finds names in any language and codes.

import type { Country } from "./api";
import { el } from "./dom";
import type { Strings } from "./strings";
import { fold } from "./words";

const SHOWN = 12;

export function chooser(all: Country[], current: string | null, s: Strings, choose: (id: string) => void): HTMLElement {
  const list = el("ul", { id: "countries", role: "listbox", hidden: true });
  const input = el("input", {
    id: "country",
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": "countries",
    "aria-autocomplete": "list",
    placeholder: s.chooseHint,
    dir: "auto",
  });
  input.value = all.find((country) => country.id === current)?.label ?? "";
  let active = -1;
  let found: Country[] = [];

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const pick = (country: Country) => {
    input.value = country.label;
    close();
    choose(country.id);
  };
  const mark = () => {
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    const option = list.children[active];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  };
  const open = () => {
    found = search(all, input.value === labelOf(all, current) ? "" : input.value);
    list.replaceChildren(
      ...found.map((country, at) => {
        const count = country.states + country.events;
        const option = el(
          "li",
          { role: "option", id: `country-${at}`, "aria-selected": "false" },
          el("bdi", {}, country.label),
          el("span", { class: "count" }, count === 0 ? country.id : `${country.id} · ${count}`),
        );
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          pick(country);
        });
        return option;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    active = -1;
  };

  input.addEventListener("focus", () => {
    input.select();
    open();
  });
  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      active = found.length === 0 ? -1 : (active + step + found.length) % found.length;
      mark();
    } else if (event.key === "Enter") {
      const country = found[Math.max(active, 0)];
      if (!list.hidden && country) pick(country);
    } else if (event.key === "Escape") {
      close();
    }
  });
  return el("div", { class: "chooser" }, el("label", { for: "country" }, s.choose), input, list);
}

function labelOf(all: Country[], id: string | null): string {
  return all.find((country) => country.id === id)?.label ?? "";
}

/** Those that begin with the words first, then those that hold them; without words, those with most news. */
function search(all: Country[], words: string): Country[] {
  const wanted = fold(words);
  const news = (country: Country) => country.states + country.events;
  if (wanted === "") return [...all].sort((a, b) => news(b) - news(a)).slice(0, SHOWN);
  const rank = (country: Country): number => {
    const names = [country.id, country.alpha2 ?? "", ...Object.values(country.labels)].map(fold);
    if (names.some((name) => name.startsWith(wanted))) return 0;
    return names.some((name) => name.includes(wanted)) ? 1 : 2;
  };
  return all
    .map((country) => ({ country, rank: rank(country) }))
    .filter(({ rank }) => rank < 2)
    .sort((a, b) => a.rank - b.rank || news(b.country) - news(a.country))
    .map(({ country }) => country)
    .slice(0, SHOWN);
}

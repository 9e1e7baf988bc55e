// Where the reader is: country, language and selected tie, kept in the address so that it can be sent to others.

import type { Lang } from "./strings";

export interface Place {
  country: string | null;
  lang: Lang;
  edge: string | null;
}

export function read(): Place {
  const parameters = new URLSearchParams(location.search);
  const asked = parameters.get("lang") ?? navigator.language.slice(0, 2);
  return { country: parameters.get("country"), lang: asked === "ar" ? "ar" : "en", edge: parameters.get("edge") };
}

export function write(place: Place, replace = false): void {
  const parameters = new URLSearchParams();
  if (place.country !== null) parameters.set("country", place.country);
  parameters.set("lang", place.lang);
  if (place.edge !== null) parameters.set("edge", place.edge);
  const address = `/?${parameters}`;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

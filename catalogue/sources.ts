import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

/** Where a fact comes from: title, link, date of its text, date it was read, and how official it is. */
export type Source = CatalogueData["sources"]["sources"][number];

/** The source with this id. Throws for an id that is not in `sources.json`: rows are tested to name only known ones. */
export function sourceOf(id: string): Source {
  byId ??= new Map(loadData("sources").sources.map((source) => [source.id, source]));
  const source = byId.get(id);
  if (source === undefined) throw new Error(`source "${id}" is not in the catalogue`);
  return source;
}

let byId: ReadonlyMap<string, Source> | undefined;

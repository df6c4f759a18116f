import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

/** Sources that disagree, what is used and why. */
export type Contradiction = CatalogueData["contradictions"]["contradictions"][number];

/** Every known contradiction between sources. */
export function contradictions(): readonly Contradiction[] {
  return loadData("contradictions").contradictions;
}

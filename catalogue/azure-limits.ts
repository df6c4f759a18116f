import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

/** A limit or naming rule of an Azure resource. */
export type AzureLimit = CatalogueData["azure-limits"]["limits"][number];

/** The limit with this id, such as `route-table-routes-per-table`. Throws for an id that is not in the catalogue. */
export function azureLimit(id: string): AzureLimit {
  const limit = loadData("azure-limits").limits.find((candidate) => candidate.id === id);
  if (limit === undefined) throw new Error(`limit "${id}" is not in the catalogue`);
  return limit;
}

/** The limit's value where it is a number. Throws where it is not. */
export function azureLimitNumber(id: string): number {
  const { value } = azureLimit(id);
  if (typeof value !== "number") throw new Error(`limit "${id}" is ${JSON.stringify(value)}, not a number`);
  return value;
}

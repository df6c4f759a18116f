import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

/** A documented number around Azure network connections. */
export type ConnectionLimit = CatalogueData["anc"]["limits"][number];

/**
 * How many Azure network connections a tenant may have; Microsoft raises it on request.
 *
 * Source: https://learn.microsoft.com/windows-365/enterprise/create-azure-network-connection (2024-04-01, read 2026-11-20);
 * the number is disputed, see the catalogue's contradictions.
 */
export function connectionsPerTenant(): ConnectionLimit {
  const limit = loadData("anc").limits.find(({ id }) => id === "connections-per-tenant");
  if (limit === undefined) throw new Error('limit "connections-per-tenant" is not in the catalogue');
  return limit;
}

import { loadData } from "./load-data.ts";

/**
 * The availability zones of a region, to span with zone-redundant resources; empty in a region without zones, and in one
 * that is not listed, where naming a zone could be refused.
 *
 * Source: https://learn.microsoft.com/azure/reliability/regions-list (2025-03-21, read 2026-11-21).
 */
export function zonesOf(location: string): readonly string[] {
  const name = location.toLowerCase();
  return loadData("availability-zones").availabilityZones.find(({ id }) => id === name)?.zones ?? [];
}

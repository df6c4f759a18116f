import data from "./availability-zones.json" with { type: "json" };

/**
 * The availability zones of a region, to span with zone-redundant resources; empty in a region without zones, and in one
 * that is not listed, where naming a zone could be refused.
 *
 * Source: https://learn.microsoft.com/azure/reliability/regions-list (read 2026-11-21).
 */
export function zonesOf(location: string): readonly string[] {
  return data.availabilityZones.find(({ id }) => id === location.toLowerCase())?.zones ?? [];
}

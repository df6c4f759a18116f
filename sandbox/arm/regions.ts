/**
 * Azure regions the sandbox knows, and whether they have availability zones.
 *
 * Source: https://learn.microsoft.com/azure/reliability/regions-list (text of 2025-03-21, read 2026-11-21). Regions that
 * opened later (Austria, Belgium, Chile, Denmark, Indonesia, Malaysia) and those of US Government are general
 * knowledge, not re-checked. A region that is not here is refused, as ARM refuses a name it does not know.
 */
const zonal = [
  "australiaeast",
  "austriaeast",
  "belgiumcentral",
  "brazilsouth",
  "canadacentral",
  "centralindia",
  "centralus",
  "chilecentral",
  "denmarkeast",
  "eastasia",
  "eastus",
  "eastus2",
  "francecentral",
  "germanywestcentral",
  "indonesiacentral",
  "israelcentral",
  "italynorth",
  "japaneast",
  "japanwest",
  "koreacentral",
  "malaysiawest",
  "mexicocentral",
  "newzealandnorth",
  "northeurope",
  "norwayeast",
  "polandcentral",
  "qatarcentral",
  "southafricanorth",
  "southcentralus",
  "southeastasia",
  "spaincentral",
  "swedencentral",
  "switzerlandnorth",
  "uaenorth",
  "uksouth",
  "usgovvirginia",
  "westeurope",
  "westus2",
  "westus3",
] as const;

const withoutZones = [
  "australiacentral",
  "australiacentral2",
  "australiasoutheast",
  "brazilsoutheast",
  "canadaeast",
  "francesouth",
  "germanynorth",
  "jioindiacentral",
  "jioindiawest",
  "koreasouth",
  "northcentralus",
  "norwaywest",
  "southafricawest",
  "southindia",
  "swedensouth",
  "switzerlandwest",
  "uaecentral",
  "ukwest",
  "usgovarizona",
  "usgovtexas",
  "westcentralus",
  "westindia",
  "westus",
] as const;

const zones = new Map<string, readonly string[]>([
  ...zonal.map((region): [string, readonly string[]] => [region, ["1", "2", "3"]]),
  ...withoutZones.map((region): [string, readonly string[]] => [region, []]),
]);

/** Every region name, sorted. */
export const regionNames: readonly string[] = [...zones.keys()].sort();

/** "West Europe" and "westeurope" are one region; ARM stores the second. */
export function normalizeLocation(location: string): string {
  return location.replaceAll(" ", "").toLowerCase();
}

/** The zones a subscription sees in a region; undefined for a region that does not exist. */
export function zonesOf(location: string): readonly string[] | undefined {
  return zones.get(normalizeLocation(location));
}

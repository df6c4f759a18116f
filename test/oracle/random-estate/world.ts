import type { Random } from "../../model/support/random.ts";
import type { WireResource } from "../../support/arm-resources.ts";

/** One made-up network in the words of Azure's REST API, with the tables that no resource holds. */
export interface World {
  readonly resources: readonly WireResource[];
  readonly serviceTags: Readonly<Record<string, readonly string[]>>;
  readonly fqdnTags: Readonly<Record<string, readonly string[]>>;
  readonly dnsRecords: Readonly<Record<string, readonly string[]>>;
  /** Prefixes that a gateway learnt by BGP, by gateway id. */
  readonly learnedRoutes: Readonly<Record<string, readonly string[]>>;
}

/** Prefixes of the made-up networks: small, so that random rules and routes meet them often. */
export const prefixes = {
  hub: "10.0.0.0/16",
  spoke: "10.1.0.0/16",
  other: "10.2.0.0/16",
  far: "10.3.0.0/16",
  site: "172.20.0.0/16",
  branch: "192.168.4.0/24",
} as const;

/** Addresses with a role. */
export const addresses = {
  firewall: "10.0.0.4",
  dnsServer: "10.0.2.10",
  nva: "10.0.2.20",
  endpoint: "10.1.3.5",
  frontend: "10.1.2.50",
  publicFrontend: "203.0.113.103",
} as const;

/** Published tags of every made-up network: one inside another, and one that overlaps with a network of the estate's own. */
export const serviceTags = {
  AzureCloud: ["192.0.2.0/24", "198.51.100.0/25"],
  Storage: ["192.0.2.64/26", "192.0.2.128/26"],
  "Storage.WestEurope": ["192.0.2.64/27"],
  WindowsVirtualDesktop: ["198.51.100.0/26"],
} as const;

/** An FQDN tag of Azure Firewall. */
export const fqdnTags = { Windows365: ["*.cloud.example", "login.example"] } as const;

/** Public DNS; one name is an alias into a private link zone. */
export const dnsRecords = {
  "login.example": ["198.51.100.10"],
  "a.cloud.example": ["198.51.100.70"],
  "cloud.example": ["203.0.113.5"],
  "files.example": ["files.privatelink.example"],
  "files.privatelink.example": ["192.0.2.70"],
} as const;

/** Prefixes that rules, routes and questions pick from: wholes, halves and single addresses of the same places. */
export const places: readonly string[] = [
  ...Object.values(prefixes),
  "10.0.0.0/8",
  "10.0.2.0/24",
  "10.1.1.0/24",
  "10.1.1.0/25",
  "10.1.2.0/24",
  "10.1.3.5/32",
  "10.2.1.0/24",
  "172.16.0.0/12",
  "172.20.1.0/24",
  "192.0.2.0/24",
  "192.0.2.64/26",
  "198.51.100.0/24",
  "198.51.100.10/32",
  "203.0.113.0/24",
];

/** One to `max` different members of a list. */
export function some<T>(random: Random, from: readonly T[], max: number): readonly T[] {
  const count = 1 + random.below(max);
  return [...new Set(Array.from({ length: count }, () => random.pick(from)))];
}

/** A value most of the time, else another one. */
export function mostly<T>(random: Random, usual: T, ...rare: readonly T[]): T {
  return random.chance(0.8) ? usual : random.pick(rare);
}

import { createHash } from "node:crypto";
import { z } from "zod";
import type { Immutable } from "./values.ts";

/** Names and abbreviations of everything that is made, and what Azure accepts as its name. */
interface NameRule {
  /** Cloud Adoption Framework abbreviation. */
  readonly abbreviation: string;
  readonly lengthMin: number;
  readonly lengthMax: number;
  readonly pattern: RegExp;
  /** What the pattern asks for, in words. */
  readonly characters: string;
}

const networkName = (abbreviation: string, lengthMin = 1, lengthMax = 80): NameRule => ({
  abbreviation,
  lengthMin,
  lengthMax,
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/,
  characters: 'letters, digits, "_", "." and "-", starting with a letter or digit and ending with one or "_"',
});

/**
 * Abbreviations: https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-abbreviations
 * Rules: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules (both read 2026-11-21).
 * The framework has no abbreviation for flow logs; "fl" is this project's.
 */
const nameRules = {
  resourceGroup: {
    abbreviation: "rg",
    lengthMin: 1,
    lengthMax: 90,
    pattern: /^[A-Za-z0-9_().-]*[A-Za-z0-9_()-]$/,
    characters: 'letters, digits, "_", "-", ".", "(" and ")", not ending with "."',
  },
  virtualNetwork: networkName("vnet", 2, 64),
  subnet: networkName("snet"),
  networkSecurityGroup: networkName("nsg"),
  routeTable: networkName("rt"),
  natGateway: networkName("ng"),
  publicIPAddress: networkName("pip"),
  publicIPPrefix: networkName("ippre"),
  loadBalancer: networkName("lb"),
  azureFirewall: networkName("afw"),
  firewallPolicy: networkName("afwp"),
  ruleCollectionGroup: networkName("rcg"),
  virtualNetworkGateway: networkName("vgw"),
  localNetworkGateway: networkName("lgw"),
  connection: networkName("con"),
  virtualNetworkPeering: networkName("peer"),
  flowLog: networkName("fl"),
  workspace: {
    abbreviation: "log",
    lengthMin: 4,
    lengthMax: 63,
    pattern: /^[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$/,
    characters: 'letters, digits and "-", starting and ending with a letter or digit',
  },
  storageAccount: {
    abbreviation: "st",
    lengthMin: 3,
    lengthMax: 24,
    pattern: /^[a-z0-9]+$/,
    characters: "lower-case letters and digits",
  },
} as const satisfies Record<string, NameRule>;

/** A kind of resource that this project names; spelt as ARM's type, in the singular. */
export type ResourceKind = keyof typeof nameRules;

/** Subnet names that Azure reserves for a service; they are not subject to the pattern. */
export const reservedSubnetNames = {
  firewall: "AzureFirewallSubnet",
  firewallManagement: "AzureFirewallManagementSubnet",
  gateway: "GatewaySubnet",
} as const;

const tokens = ["abbreviation", "workload", "name", "stack"] as const;

/** How resources are named. */
export const naming = z.strictObject({
  pattern: z
    .string()
    .min(1)
    .default("{abbreviation}-{workload}-{name}")
    .describe("Pattern of resource names; tokens: {abbreviation}, {workload}, {name}, {stack}."),
  overrides: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe('Names of single resources by "kind/name", for example "virtualNetwork/weu".'),
  seed: z
    .string()
    .min(1)
    .exactOptional()
    .describe(
      "Text mixed into names that must be unique in all of Azure. Default: the spokes' subscription, or the provider's own.",
    ),
});

/** How resources are named, as written. */
export type NamingSettings = Immutable<z.output<typeof naming>>;

/** How resources are named, with what the tokens stand for. */
export interface Naming extends NamingSettings {
  /** Stands for {workload}. */
  readonly workload: string;
  /** Stands for {stack}. */
  readonly stackName: string;
  /** Text mixed into names that must be unique in all of Azure; empty if only the provider knows it. */
  readonly seed: string;
}

/** Something that people may rename. */
export interface Renamable {
  readonly name: string;
  readonly renamedFrom?: string;
}

/** The name something was first deployed under: names in Azure and in the engine derive from it, so a rename touches nothing. */
export function identityOf({ name, renamedFrom }: Renamable): string {
  return renamedFrom ?? name;
}

/** The key of a resource in `naming.overrides`, for example `subnet/weu/engineers`. */
export function nameKey(kind: ResourceKind, parts: readonly string[]): string {
  return [kind, ...parts].join("/");
}

/**
 * The name of a resource in Azure. `parts` are identities (see `identityOf`), from the outside in: hub or region, then
 * pool, site or role. An override wins over the pattern. A storage account gets a hash, being unique in all of Azure.
 */
export function resourceName(naming: Naming, kind: ResourceKind, parts: readonly string[]): string {
  const key = nameKey(kind, parts);
  const override = naming.overrides[key];
  if (override !== undefined) return override;
  const rule: NameRule = nameRules[kind];
  const name = expandPattern(naming, rule.abbreviation, parts.join("-"));
  if (kind !== "storageAccount") return name;
  const hash = createHash("sha256")
    .update(JSON.stringify([naming.seed, naming.workload, key]))
    .digest("hex");
  const readable = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return readable.slice(0, rule.lengthMax - storageHashLength) + hash.slice(0, storageHashLength);
}

/** Why Azure would refuse this name for this kind of resource, or undefined. */
export function nameProblem(kind: ResourceKind, name: string): string | undefined {
  const rule: NameRule = nameRules[kind];
  if (name.length < rule.lengthMin || name.length > rule.lengthMax) {
    return `${kind} name "${name}" has length ${name.length}; Azure accepts ${rule.lengthMin} to ${rule.lengthMax} characters`;
  }
  return rule.pattern.test(name) ? undefined : `${kind} name "${name}" is not valid; Azure accepts ${rule.characters}`;
}

/** What is wrong with a pattern of names, or undefined. */
export function patternProblem(pattern: string): string | undefined {
  const unknown = [...pattern.matchAll(/\{([^{}]*)\}/g)].find(([, token]) => !tokens.some((known) => known === token));
  const list = tokens.map((token) => `{${token}}`).join(", ");
  if (unknown !== undefined) return `pattern "${pattern}" has the unknown token "${unknown[0]}"; tokens are ${list}`;
  if (!pattern.includes("{name}")) return `pattern "${pattern}" must have the token "{name}", else names collide`;
  return undefined;
}

/** Eight hex digits: two firms with the same workload and region name differ with odds of four billion to one. */
const storageHashLength = 8;

function expandPattern(naming: Naming, abbreviation: string, name: string): string {
  return naming.pattern
    .replaceAll("{abbreviation}", abbreviation)
    .replaceAll("{workload}", naming.workload)
    .replaceAll("{stack}", naming.stackName)
    .replaceAll("{name}", name);
}

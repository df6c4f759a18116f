import { formatPrefix, type Prefix } from "../model/prefix.ts";
import { domainControllerPorts } from "./domain-controllers.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Feature, featuresFor } from "./features.ts";
import { firewallRules, kebabCase, type PlacedEndpoint, type RuleOfEndpoints } from "./firewall-rules.ts";
import type { FilterRuleCollection, FirewallRule, NetworkRule, RuleCollectionGroup } from "./firewall-shapes.ts";
import { placeInFirewall } from "./place-in-firewall.ts";
import { allowedEndpoints, type EndpointSelection } from "./required-endpoints.ts";

export type { RuleCollectionGroup } from "./firewall-shapes.ts";

/** What rules are compiled for. */
export interface FirewallRulesArgs {
  readonly selection: Omit<EndpointSelection, "side">;
  /** Tier of the firewall. Basic has no DNS proxy, so its network rules cannot name hosts. */
  readonly sku: "Basic" | "Standard" | "Premium";
  /** Prefixes of the Cloud PC subnets: the only sources that are let through. */
  readonly sources: readonly Prefix[];
  /**
   * Domain controllers that hybrid-joined Cloud PCs reach through the firewall.
   * @default - traffic to domain controllers does not cross the firewall
   */
  readonly domainControllers?: readonly Prefix[];
}

/** Rules in ARM's spelling, what each is for, and what could not be expressed. */
export interface FirewallRules {
  /** In the order of their priorities, which never change. */
  readonly groups: readonly RuleCollectionGroup[];
  /** The endpoint rows, or domain controller flows, that each rule lets through. */
  readonly compiled: readonly CompiledRule[];
  /** Rows that no rule of this tier can express. A required one among them is an endpoint that Cloud PCs cannot reach. */
  readonly lost: readonly LostEndpoint[];
}

/** A rule and why it is there. */
export interface CompiledRule {
  readonly group: string;
  readonly collection: string;
  readonly rule: string;
  /** Ids of the catalogue. */
  readonly endpoints: readonly string[];
}

/** A row that no rule expresses, and why. */
export interface LostEndpoint {
  readonly endpoint: Endpoint;
  readonly because: string;
}

/**
 * Azure Firewall policy rules that let Cloud PCs reach what the catalogue documents for a design, and nothing else.
 *
 * Web ports by FQDN tag where one covers the row, else by name; other ports by name in network rules (which need the DNS
 * proxy), on Basic by service tag or documented addresses; UDP by prefix. Each feature has collections of its own at a
 * permanent priority, so choosing one adds its rows and changes nothing else. Equal arguments give equal rules.
 *
 * Source of the form: https://learn.microsoft.com/windows-365/enterprise/azure-firewall-windows-365 (2025-04-21, read
 * 2026-11-20). Throws for an unknown feature, for no sources, and for domain controllers without hybrid join.
 */
export function compileFirewallRules({ selection, sku, sources, domainControllers }: FirewallRulesArgs): FirewallRules {
  if (sources.length === 0)
    throw new Error("firewall rules need at least one source: the prefixes of the Cloud PC subnets");
  if (domainControllers && selection.joinType !== "hybridAzureADJoin") {
    throw new Error(`domainControllers go with joinType "hybridAzureADJoin", not with "${selection.joinType}"`);
  }
  const sourceAddresses = [...new Set(sources.map(formatPrefix))].sort();
  const rows = allowedEndpoints({ ...selection, side: "cloudPc" })
    .filter(({ routable }) => routable !== false)
    .map((endpoint): PlacedEndpoint => ({ endpoint, placement: placeInFirewall(endpoint, sku) }));
  const chosen = featuresFor(selection.features, selection.cloud);
  const bySection = Map.groupBy(rows, ({ endpoint }) => sectionOf(endpoint, chosen));
  const sections = sectionsOf(chosen).map((section) => ({
    ...section,
    rules: firewallRules(bySection.get(section.id) ?? [], sourceAddresses),
  }));
  const controllers: Section = {
    ...controllersSection,
    rules: controllerRules(domainControllers ?? [], sourceAddresses),
  };
  const filled = [...sections, controllers].flatMap(collectionsOf);
  return {
    groups: groups
      .map(({ name, priority }) => ({
        name,
        priority,
        ruleCollections: filled.filter(({ group }) => group === name).map(({ collection }) => collection),
      }))
      .filter(({ ruleCollections }) => ruleCollections.length > 0),
    compiled: filled.flatMap(({ compiled }) => compiled),
    lost: rows.flatMap(({ endpoint, placement }) =>
      placement.by === "nothing" ? [{ endpoint, because: placement.because }] : [],
    ),
  };
}

/**
 * One sentence for each required row that was lost; empty when the rules carry everything that must be reachable.
 *
 * @param accepted - ids of rows that may be lost
 */
export function requiredButLost({ lost }: FirewallRules, accepted: readonly string[] = []): readonly string[] {
  return lost
    .filter(({ endpoint }) => endpoint.requirement === "required" && !accepted.includes(endpoint.id))
    .map(({ endpoint, because }) => `endpoint "${endpoint.id}" (${endpoint.purpose}) cannot be allowed: ${because}`);
}

/** Names and priorities are permanent: changing one would replace rules of a running firewall. */
const groups = [
  { name: "windows365", priority: 1000 },
  { name: "windows365-domain-controllers", priority: 1100 },
  { name: "windows365-features", priority: 2000 },
];
const collectionPriorities = { network: 1000, application: 10_000 };

interface Section {
  readonly id: string;
  readonly group: string;
  /** Offset of the collections' priorities within the group. */
  readonly order: number;
  readonly rules: readonly RuleOfEndpoints[];
}

const everyCloudPc = "windows365";
const controllersSection = { id: "domain-controllers", group: "windows365-domain-controllers", order: 0 };

function sectionsOf(chosen: readonly Feature[]): readonly Omit<Section, "rules">[] {
  const ofFeatures = chosen.map(({ id, order }) => ({ id, group: "windows365-features", order }));
  return [{ id: everyCloudPc, group: "windows365", order: 0 }, ...ofFeatures];
}

/** The first chosen feature that wants the row, or every Cloud PC. */
function sectionOf({ when }: Endpoint, chosen: readonly Feature[]): string {
  const wanted = when.features;
  return (wanted && chosen.find(({ id }) => wanted.includes(id))?.id) ?? everyCloudPc;
}

function collectionsOf({ id, group, order, rules }: Section) {
  return (["network", "application"] as const).flatMap((kind) => {
    const ofKind = rules.filter((rule) => rule.kind === kind);
    if (ofKind.length === 0) return [];
    const name = `${kebabCase(id)}-${kind}`;
    const priority = collectionPriorities[kind] + order;
    const compiled = ofKind.map(
      ({ rule, endpoints }): CompiledRule => ({ group, collection: name, rule: rule.name, endpoints }),
    );
    return [
      {
        group,
        collection: filterRuleCollection(
          name,
          priority,
          ofKind.map(({ rule }) => rule),
        ),
        compiled,
      },
    ];
  });
}

function filterRuleCollection(name: string, priority: number, rules: FirewallRule[]): FilterRuleCollection {
  return { ruleCollectionType: "FirewallPolicyFilterRuleCollection", name, priority, action: { type: "Allow" }, rules };
}

function controllerRules(
  controllers: readonly Prefix[],
  sourceAddresses: readonly string[],
): readonly RuleOfEndpoints[] {
  if (controllers.length === 0) return [];
  const destinationAddresses = [...new Set(controllers.map(formatPrefix))].sort();
  const ipProtocols = { Tcp: "TCP", Udp: "UDP", Icmp: "ICMP" } as const;
  return domainControllerPorts().map(({ protocol, ports, flows }) => {
    const rule: NetworkRule = {
      ruleType: "NetworkRule",
      name: `domain-controllers-${protocol.toLowerCase()}`,
      ipProtocols: [ipProtocols[protocol]],
      sourceAddresses: [...sourceAddresses],
      destinationAddresses: [...destinationAddresses],
      destinationPorts: [...ports],
    };
    return { kind: "network", rule, endpoints: flows };
  });
}

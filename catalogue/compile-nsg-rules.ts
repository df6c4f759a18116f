import { formatPrefix, type Prefix } from "../model/prefix.ts";
import { domainControllerPorts, sortPorts } from "./domain-controllers.ts";
import type { Endpoint } from "./endpoint.ts";
import { allEndpoints } from "./endpoints.ts";
import { kebabCase } from "./firewall-rules.ts";
import { allowedEndpoints, type EndpointSelection } from "./required-endpoints.ts";
import { isUsableIn, serviceTag } from "./service-tags.ts";
import { serviceOrder } from "./services.ts";

/** One outbound security rule in ARM's spelling. */
export interface OutboundSecurityRule {
  name: string;
  description: string;
  priority: number;
  direction: "Outbound";
  access: "Allow" | "Deny";
  protocol: "Tcp" | "Udp" | "Icmp" | "*";
  sourceAddressPrefixes: string[];
  sourcePortRange: "*";
  destinationAddressPrefix?: string;
  destinationAddressPrefixes?: string[];
  /** Every port; ARM takes the asterisk only here, never in the list. */
  destinationPortRange?: "*";
  destinationPortRanges?: string[];
}

/** What security rules are compiled for. */
export interface NsgRulesArgs {
  readonly selection: Omit<EndpointSelection, "side">;
  /** Prefixes of the Cloud PC subnets. */
  readonly sources: readonly Prefix[];
  /**
   * Domain controllers of hybrid-joined Cloud PCs, wherever they are.
   * @default - no rules for them; the default rules still allow what is in the `VirtualNetwork` tag
   */
  readonly domainControllers?: readonly Prefix[];
  /**
   * Deny everything else on the Internet, so that the rules above are all that is let out.
   * @default false - Azure's default rule goes on to allow the Internet
   */
  readonly denyOtherInternet?: boolean;
}

/** Security rules and, by the rule's name, the catalogue rows that each lets through. */
export interface NsgRules {
  readonly securityRules: readonly OutboundSecurityRule[];
  readonly compiled: readonly { readonly rule: string; readonly endpoints: readonly string[] }[];
}

/**
 * Outbound security rules for Cloud PC subnets: one rule for each service tag and protocol, prefixes where a row has no tag,
 * and the `Internet` tag for names that no tag covers, because a security rule cannot filter by name.
 *
 * Platform addresses need no rule: security groups do not filter them unless an `AzurePlatform*` tag is denied
 * (https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview, 2025-07-15, read 2026-11-20).
 * Priorities follow the permanent order of tags and services. Throws for an unknown feature, for no sources, and for domain
 * controllers without hybrid join.
 */
export function compileNsgRules({ selection, sources, domainControllers, denyOtherInternet }: NsgRulesArgs): NsgRules {
  if (sources.length === 0)
    throw new Error("security rules need at least one source: the prefixes of the Cloud PC subnets");
  if (domainControllers && selection.joinType !== "hybridAzureADJoin") {
    throw new Error(`domainControllers go with joinType "hybridAzureADJoin", not with "${selection.joinType}"`);
  }
  const sourceAddressPrefixes = [...new Set(sources.map(formatPrefix))].sort();
  const rows = allowedEndpoints({ ...selection, side: "cloudPc" }).filter(({ routable }) => routable !== false);
  const drafts = [
    ...draftsOf(rows),
    ...controllerDrafts(domainControllers ?? []),
    ...(denyOtherInternet ? [denyInternet] : []),
  ];
  const sorted = drafts.sort((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1));
  return {
    securityRules: sorted.map((draft) => toSecurityRule(draft, sourceAddressPrefixes)),
    compiled: sorted
      .filter(({ access }) => access === "Allow")
      .map(({ name, endpoints }) => ({ rule: name, endpoints: [...endpoints].sort() })),
  };
}

interface Draft {
  readonly name: string;
  readonly description: string;
  readonly priority: number;
  readonly access: "Allow" | "Deny";
  readonly protocol: OutboundSecurityRule["protocol"];
  /** A service tag, or prefixes. */
  readonly destination: string | ReadonlySet<string>;
  readonly ports: ReadonlySet<string>;
  readonly endpoints: readonly string[];
}

const denyInternet: Draft = {
  name: "deny-other-internet",
  description: "Nothing else on the Internet",
  priority: 4096,
  access: "Deny",
  protocol: "*",
  destination: "Internet",
  ports: new Set(["*"]),
  endpoints: [],
};

function draftsOf(rows: readonly Endpoint[]): Draft[] {
  return [...Map.groupBy(rows, ruleName)].flatMap(([name, [first, ...others]]) =>
    first ? [draftFor(name, first, [first, ...others])] : [],
  );
}

/** Rows with one name share tag and protocol, or service, protocol and ports. */
function ruleName(row: Endpoint): string {
  const protocol = row.protocol.toLowerCase();
  const tag = tagFor(row);
  return tag === undefined
    ? `allow-${kebabCase(row.service)}-${protocol}-${sortPorts(row.ports).join("-")}`
    : `allow-${tag}-${protocol}`;
}

function draftFor(name: string, first: Endpoint, rows: readonly Endpoint[]): Draft {
  const shared = {
    name,
    access: "Allow",
    protocol: first.protocol,
    ports: new Set(rows.flatMap(({ ports }) => ports)),
    endpoints: rows.map(({ id }) => id),
  } as const;
  const offset = first.protocol === "Tcp" ? 0 : 1;
  const tag = tagFor(first);
  if (tag === undefined) {
    const priority = 500 + serviceOrder(first.service) + 5 * offset + portSetIndex(first);
    const destination = new Set(rows.map((row) => row.destination.value));
    return { ...shared, description: sentence(first.purpose), priority, destination };
  }
  const { purpose, order = 0 } = serviceTag(tag) ?? { purpose: tag };
  return { ...shared, description: sentence(purpose), priority: 1000 + order * 10 + offset, destination: tag };
}

/**
 * Position of the row's ports among all that the catalogue gives for prefixes of its service and protocol, whatever was
 * chosen: so the priority of a rule does not depend on the selection.
 */
function portSetIndex(row: Endpoint): number {
  portSets ??= Map.groupBy(
    allEndpoints().filter((other) => tagFor(other) === undefined),
    serviceAndProtocol,
  );
  const known = portSets.get(serviceAndProtocol(row)) ?? [];
  const index = [...new Set(known.map(portSet))].sort().indexOf(portSet(row));
  if (index > 4)
    throw new Error(`service "${row.service}" has more than 5 sets of ports, which would share priorities`);
  return index;
}

let portSets: ReadonlyMap<string, readonly Endpoint[]> | undefined;

function serviceAndProtocol({ service, protocol }: Endpoint): string {
  return `${service} ${protocol}`;
}

function portSet({ ports }: Endpoint): string {
  return sortPorts(ports).join(",");
}

/**
 * The first documented tag that a security rule can name; a name without any is somewhere on the Internet.
 *
 * Activation too, although two addresses were printed for its name in 2022: a rule by address would go wrong unseen on the day the
 * name moves, and would hold nobody back, for the platform's own rule for activation is not undone by security groups
 * (https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview, read 2026-11-20). Where only addresses
 * work, in routes and on Azure Firewall Basic, they are used.
 */
function tagFor({ destination, serviceTags }: Endpoint): string | undefined {
  const tag = serviceTags?.find((name) => isUsableIn(name, "NSG"));
  if (tag !== undefined) return tag;
  return destination.kind === "prefix" ? undefined : "Internet";
}

function controllerDrafts(controllers: readonly Prefix[]): Draft[] {
  if (controllers.length === 0) return [];
  return domainControllerPorts().map(({ protocol, ports, flows }, index) => ({
    name: `allow-domain-controllers-${protocol.toLowerCase()}`,
    description: "Domain controllers of hybrid-joined Cloud PCs",
    priority: 400 + index,
    access: "Allow",
    protocol,
    destination: new Set(controllers.map(formatPrefix)),
    ports: new Set(ports),
    endpoints: flows,
  }));
}

function toSecurityRule(draft: Draft, sources: readonly string[]): OutboundSecurityRule {
  const { name, description, priority, access, protocol, destination, ports } = draft;
  return {
    name,
    description,
    priority,
    direction: "Outbound",
    access,
    protocol,
    sourceAddressPrefixes: [...sources],
    sourcePortRange: "*",
    ...(typeof destination === "string"
      ? { destinationAddressPrefix: destination }
      : { destinationAddressPrefixes: [...destination].sort() }),
    ...(ports.has("*") ? { destinationPortRange: "*" } : { destinationPortRanges: [...sortPorts(ports)] }),
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

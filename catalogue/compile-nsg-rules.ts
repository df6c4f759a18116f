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
  readonly destination: string | Set<string>;
  readonly ports: Set<string>;
  readonly endpoints: string[];
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
  const drafts = new Map<string, Draft>();
  for (const row of rows) {
    const made = draftFor(row);
    const draft = drafts.get(made.name) ?? made;
    drafts.set(made.name, draft);
    draft.endpoints.push(row.id);
    for (const port of row.ports) draft.ports.add(port);
    if (typeof draft.destination !== "string") draft.destination.add(row.destination.value);
  }
  return [...drafts.values()];
}

function draftFor(row: Endpoint): Draft {
  const protocol = row.protocol;
  const offset = protocol === "Tcp" ? 0 : 1;
  const shared = { access: "Allow", protocol, endpoints: [], ports: new Set<string>() } as const;
  const tag = tagFor(row);
  if (tag !== undefined) {
    const { purpose, order = 0 } = serviceTag(tag) ?? { purpose: tag };
    return {
      ...shared,
      endpoints: [],
      name: `allow-${tag}-${protocol.toLowerCase()}`,
      description: sentence(purpose),
      priority: 1000 + order * 10 + offset,
      destination: tag,
    };
  }
  return {
    ...shared,
    endpoints: [],
    name: `allow-${kebabCase(row.service)}-${protocol.toLowerCase()}-${sortPorts(row.ports).join("-")}`,
    description: sentence(row.purpose),
    priority: 500 + serviceOrder(row.service) + 5 * offset + portSetIndex(row),
    destination: new Set<string>(),
  };
}

/**
 * Position of the row's ports among all that the catalogue gives for prefixes of its service and protocol, whatever was
 * chosen: so the priority of a rule does not depend on the selection.
 */
function portSetIndex(row: Endpoint): number {
  const portSets = allEndpoints()
    .filter((other) => other.service === row.service && other.protocol === row.protocol && tagFor(other) === undefined)
    .map(({ ports }) => sortPorts(ports).join(","));
  const index = [...new Set(portSets)].sort().indexOf(sortPorts(row.ports).join(","));
  if (index > 4)
    throw new Error(`service "${row.service}" has more than 5 sets of ports, which would share priorities`);
  return index;
}

/** The first documented tag that a security rule can name; a name without any is somewhere on the Internet. */
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
    endpoints: [...flows],
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

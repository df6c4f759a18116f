import type { Verdict } from "./answer.ts";
import type { ArmResource } from "./arm-json.ts";
import { nameOf, oneOrMany, record, references, text } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import { contains, parseBlock } from "./ipv4.ts";
import type { Membership } from "./membership.ts";
import { both, certainly, either } from "./membership.ts";
import type { Packet } from "./packet.ts";
import { protocolAndPorts } from "./port-match.ts";
import { inServiceTag } from "./service-tag.ts";
import type { Subnet } from "./virtual-network.ts";

/** The way a rule looks at a packet. */
export type Direction = "Inbound" | "Outbound";

/** One side of a rule: prefixes and service tags, or application security groups. */
interface Party {
  readonly prefixes: readonly string[];
  readonly applicationSecurityGroups: readonly string[];
}

/** One rule of a network security group. */
interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: string;
  readonly access: "Allow" | "Deny";
  readonly protocol: string;
  readonly source: Party;
  readonly destination: Party;
  readonly sourcePorts: readonly string[];
  readonly destinationPorts: readonly string[];
}

/** What a network security group says of a packet. */
export interface GroupVerdict {
  readonly verdict: Verdict;
  readonly because: string;
  readonly rule?: string;
  /** A rule of the user allowed it, not a default rule. */
  readonly explicit: boolean;
}

/**
 * The default rules, which nobody can remove.
 * https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules (page of 2025-07-15)
 */
const defaultRules: readonly SecurityRule[] = [
  defaultRule("AllowVnetInBound", 65000, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
  defaultRule("AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", "AzureLoadBalancer", "*"),
  defaultRule("DenyAllInBound", 65500, "Inbound", "Deny", "*", "*"),
  defaultRule("AllowVnetOutBound", 65000, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
  defaultRule("AllowInternetOutBound", 65001, "Outbound", "Allow", "*", "Internet"),
  defaultRule("DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*"),
];

/** Rules that apply to addresses of application security groups need to know who is in which group. */
export type GroupsOf = (address: number) => readonly string[];

/**
 * Asks one network security group about a packet: the first rule by priority that matches decides.
 * https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules (page of 2025-07-15)
 */
export function askSecurityGroup(
  estate: Estate,
  groupId: string,
  at: { readonly subnet: Subnet; readonly direction: Direction; readonly groupsOf: GroupsOf },
  packet: Packet,
): GroupVerdict {
  const group = estate.find(groupId);
  if (group === undefined) {
    return {
      verdict: "Unknown",
      because: `network security group "${nameOf(groupId)}" is not in the input`,
      explicit: false,
    };
  }
  const rules = rulesOf(estate, group).filter((rule) => rule.direction === at.direction.toLowerCase());
  return firstMatch(rules, (rule) => matches(estate, rule, at, packet));
}

function firstMatch(rules: readonly SecurityRule[], matching: (rule: SecurityRule) => Membership): GroupVerdict {
  const candidates: { readonly rule: SecurityRule; readonly match: Membership }[] = [];
  for (const rule of rules) {
    const match = matching(rule);
    if (match !== "no") {
      candidates.push({ rule, match });
    }
    if (match === "yes") {
      break;
    }
  }
  const last = candidates.at(-1)?.rule;
  if (last === undefined) {
    throw new Error("the default rules match every packet");
  }
  const doubt = candidates.map(({ match }) => match).find((match) => typeof match === "object");
  if (doubt !== undefined && candidates.some(({ rule }) => rule.access !== last.access)) {
    return { verdict: "Unknown", because: typeof doubt === "object" ? doubt.maybe : "", explicit: false };
  }
  const explicit = last.access === "Allow" && candidates.every(({ rule }) => rule.priority < 65000);
  return { verdict: last.access, because: `rule "${last.name}" (${last.priority})`, rule: last.name, explicit };
}

function rulesOf(estate: Estate, group: ArmResource): readonly SecurityRule[] {
  return estate.remember(`rulesOf ${group.id.toLowerCase()}`, () =>
    [...estate.children(group, "securityRules").map(readRule), ...defaultRules].sort((a, b) => a.priority - b.priority),
  );
}

function readRule(resource: ArmResource): SecurityRule {
  const properties = record(resource.properties);
  return {
    name: nameOf(resource.id),
    priority: Number(properties.priority),
    direction: (text(properties.direction) ?? "").toLowerCase(),
    access: text(properties.access)?.toLowerCase() === "allow" ? "Allow" : "Deny",
    protocol: text(properties.protocol) ?? "*",
    source: {
      prefixes: oneOrMany(properties, "sourceAddressPrefix", "sourceAddressPrefixes"),
      applicationSecurityGroups: references(properties.sourceApplicationSecurityGroups),
    },
    destination: {
      prefixes: oneOrMany(properties, "destinationAddressPrefix", "destinationAddressPrefixes"),
      applicationSecurityGroups: references(properties.destinationApplicationSecurityGroups),
    },
    sourcePorts: oneOrMany(properties, "sourcePortRange", "sourcePortRanges"),
    destinationPorts: oneOrMany(properties, "destinationPortRange", "destinationPortRanges"),
  };
}

function matches(
  estate: Estate,
  rule: SecurityRule,
  at: { readonly subnet: Subnet; readonly groupsOf: GroupsOf },
  packet: Packet,
): Membership {
  const party = (side: Party, address: number) =>
    either([
      ...side.prefixes.map((prefix) => inAddressPrefix(estate, at.subnet, prefix, address)),
      ...side.applicationSecurityGroups.map((group) => certainly(at.groupsOf(address).includes(group))),
    ]);
  const header = protocolAndPorts(rule, packet);
  return header === "no"
    ? "no"
    : both(header, party(rule.source, packet.source), party(rule.destination, packet.destination));
}

/** Whether an address belongs to what an `addressPrefix` of a rule says: "*", a prefix, or a service tag. */
export function inAddressPrefix(estate: Estate, subnet: Subnet, prefix: string, address: number): Membership {
  if (prefix === "*") {
    return "yes";
  }
  const parsed = parseBlock(prefix);
  if (parsed !== undefined) {
    return certainly(contains(parsed, address));
  }
  return prefix.includes(":") ? "no" : inServiceTag(estate, subnet, prefix, address);
}

function defaultRule(
  name: string,
  priority: number,
  direction: Direction,
  access: "Allow" | "Deny",
  source: string,
  destination: string,
): SecurityRule {
  return {
    name,
    priority,
    direction: direction.toLowerCase(),
    access,
    protocol: "*",
    source: { prefixes: [source], applicationSecurityGroups: [] },
    destination: { prefixes: [destination], applicationSecurityGroups: [] },
    sourcePorts: ["*"],
    destinationPorts: ["*"],
  };
}

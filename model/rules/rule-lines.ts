import { weakest } from "../basis.ts";
import type { PortRange } from "../estate/resource.ts";
import type { Direction, SecurityRule, SecurityRuleProtocol } from "../estate/security-group.ts";
import type { Line } from "../first-match.ts";
import { type HeaderBox, type HeaderSpace, headerSpaceOf } from "../header-space.ts";
import { intersect, sameIntervals } from "../intervals.ts";
import { allPorts, type PortSpace, portSpaceOf } from "../port-range.ts";
import { allProtocols, protocolSpace, protocolsWithPorts } from "../protocol.ts";
import { isUnknown, type Read, splitKnown, type Unknown } from "../read.ts";
import type { Network } from "../topology/network.ts";
import { type AddressReading, extentOfAddress, extentOfGroups, uniteExtents } from "./address-extent.ts";
import { defaultSecurityRules } from "./default-rules.ts";
import type { Extent } from "./tag-scope.ts";

/** A rule as a line of a first-match list: its access may be unread. */
export type RuleLine = Line<{ readonly rule?: SecurityRule; readonly access: "Allow" | "Deny" | "Unknown" }>;

/** What the source and the destination of a rule are read against. */
export interface RuleReading {
  readonly source: AddressReading;
  readonly destination: AddressReading;
}

/**
 * The rules of one direction in the order of evaluation, Azure's default rules last. A rule whose priority is not known
 * may come anywhere, so it stands first as a line that may match; one that cannot be read at all may match everything.
 */
export function ruleLines(
  network: Network,
  rules: readonly Read<SecurityRule>[],
  direction: Direction,
  reading: RuleReading,
): readonly RuleLine[] {
  const { known, unknown } = splitKnown([...rules, ...defaultSecurityRules]);
  const ofDirection = known.filter((rule) => isUnknown(rule.direction) || rule.direction === direction);
  const lines = ofDirection.map((rule) => ({ rule, line: ruleLine(network, rule, reading) }));
  const floating = lines.filter(({ rule }) => isUnknown(rule.priority)).map(({ line }) => line);
  const ordered = lines
    .filter(({ rule }) => !isUnknown(rule.priority))
    .sort((a, b) => priorityOf(a.rule) - priorityOf(b.rule))
    .map(({ line }) => line);
  return [...unknown.map(unreadLine), ...floating, ...ordered];
}

/** One side of a rule: its prefixes and its application security groups together. */
function sideOfRule(
  network: Network,
  rule: SecurityRule,
  side: "source" | "destination",
  reading: AddressReading,
): Extent {
  const prefixes = side === "source" ? rule.sourceAddressPrefixes : rule.destinationAddressPrefixes;
  const groups =
    side === "source" ? rule.sourceApplicationSecurityGroupIds : rule.destinationApplicationSecurityGroupIds;
  if (prefixes.length === 0 && groups.length === 0) {
    return { ...uniteExtents([]), possible: [0, 2 ** 32], reason: `rule "${rule.name}" names no ${side}` };
  }
  const extents = prefixes.map((address) => extentOfAddress(address, reading));
  return uniteExtents(groups.length === 0 ? extents : [...extents, extentOfGroups(network, groups)]);
}

/** The boxes of a rule's ports and protocol: those it surely and those it may match. Ports name only Tcp and Udp. */
export function portsAndProtocol(
  protocol: Read<SecurityRuleProtocol>,
  sourcePorts: readonly Read<PortRange>[],
  destinationPorts: readonly Read<PortRange>[],
): { readonly certain: Partial<HeaderBox>; readonly possible: Partial<HeaderBox>; readonly reason?: string } {
  const [source, destination] = [portExtent(sourcePorts), portExtent(destinationPorts)];
  const protocols = isUnknown(protocol)
    ? { certain: [], possible: allProtocols, reason: protocol.unknown }
    : { certain: protocolSpace(protocol), possible: protocolSpace(protocol), reason: undefined };
  const box = (kind: "certain" | "possible") => {
    const everyPort = sameIntervals(source[kind], allPorts) && sameIntervals(destination[kind], allPorts);
    return {
      protocol: everyPort ? protocols[kind] : intersect(protocols[kind], protocolsWithPorts),
      sourcePort: source[kind],
      destinationPort: destination[kind],
    };
  };
  const reason = source.reason ?? destination.reason ?? protocols.reason;
  return { certain: box("certain"), possible: box("possible"), ...(reason === undefined ? {} : { reason }) };
}

function ruleLine(network: Network, rule: SecurityRule, reading: RuleReading): RuleLine {
  const source = sideOfRule(network, rule, "source", reading.source);
  const destination = sideOfRule(network, rule, "destination", reading.destination);
  const ports = portsAndProtocol(rule.protocol, rule.sourcePortRanges, rule.destinationPortRanges);
  const floating = firstUnknown(rule.priority, rule.direction);
  const certain = headerSpaceOf({ ...ports.certain, source: source.certain, destination: destination.certain });
  const possible = headerSpaceOf({ ...ports.possible, source: source.possible, destination: destination.possible });
  const reason = floating?.unknown ?? source.reason ?? destination.reason ?? ports.reason;
  return {
    value: { rule, access: isUnknown(rule.access) ? "Unknown" : rule.access },
    certain: floating === undefined ? certain : [],
    possible,
    basis: weakest(source.basis, destination.basis),
    ...(reason === undefined ? {} : { reason }),
  };
}

function unreadLine(reason: Unknown): RuleLine {
  const everything: HeaderSpace = headerSpaceOf({});
  return { value: { access: "Unknown" }, certain: [], possible: everything, reason: reason.unknown, basis: "geometry" };
}

function portExtent(ranges: readonly Read<PortRange>[]): { certain: PortSpace; possible: PortSpace; reason?: string } {
  const { known, unknown } = splitKnown(ranges);
  const certain = portSpaceOf(known);
  const reason = ranges.length === 0 ? "a rule names no ports" : unknown[0]?.unknown;
  return reason === undefined ? { certain, possible: certain } : { certain, possible: allPorts, reason };
}

function priorityOf(rule: SecurityRule): number {
  return isUnknown(rule.priority) ? 0 : rule.priority;
}

function firstUnknown(...values: readonly Read<unknown>[]): Unknown | undefined {
  return values.find(isUnknown);
}

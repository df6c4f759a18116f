import { type Basis, weakest } from "../basis.ts";
import type { ApplicationRule, FirewallIpProtocol, FirewallRule, NatRule, NetworkRule } from "../estate/firewall.ts";
import type { Ipv4Address, PortRange, Reference, RuleAddress } from "../estate/resource.ts";
import type { Line } from "../first-match.ts";
import { type HeaderBox, headerSpaceOf } from "../header-space.ts";
import { intersect, sameIntervals, unite } from "../intervals.ts";
import { allAddresses } from "../ip-space.ts";
import type { StepRule } from "../path/step.ts";
import { allPorts, portSpaceOf } from "../port-range.ts";
import { allProtocols, type ProtocolSpace, protocolSpace, protocolsWithPorts } from "../protocol.ts";
import { isUnknown, type Read, splitKnown } from "../read.ts";
import { hostMatches } from "../reference-data.ts";
import { extentOfAddress, uniteExtents } from "../rules/address-extent.ts";
import type { Extent } from "../rules/tag-scope.ts";
import type { Network } from "../topology/network.ts";
import type { FirewallView, PlacedCollection } from "./firewall-view.ts";

/** What is known of a flow beyond its header when a firewall looks at it. */
export interface FirewallQuestion {
  /** The name it was opened to. */
  readonly fqdn?: string;
  readonly destinationTags: readonly string[];
  /** DNS servers of the client: FQDN network rules hold only for clients of the firewall's own proxy. */
  readonly clientDns: readonly Read<Ipv4Address>[];
  /** The firewall's private address, as clients would name it. */
  readonly proxyAddress: Ipv4Address | undefined;
}

/** A rule of a firewall as a line of a first-match list. */
export interface FirewallLineValue {
  readonly access: "Allow" | "Deny" | "Dnat" | "Unknown";
  readonly rule: StepRule | null;
  readonly source?: FirewallRule;
}

/** One line. */
export type FirewallLine = Line<FirewallLineValue>;

/**
 * The lines of a firewall in the order of evaluation: all NAT rules, then all network rules, then all application rules, each
 * over every policy, group and collection in order (https://learn.microsoft.com/azure/firewall/rule-processing, read 2026-11-20).
 */
export function firewallLines(
  network: Network,
  view: FirewallView,
  question: FirewallQuestion,
): readonly FirewallLine[] {
  const unread = view.unread.map(
    (reason): FirewallLine => ({
      value: { access: "Unknown", rule: null },
      certain: [],
      possible: everything,
      reason: reason.unknown,
      basis: "geometry",
    }),
  );
  const ofType = (type: FirewallRule["ruleType"]) =>
    view.collections.flatMap((placed) =>
      placed.collection.rules.flatMap((rule): readonly FirewallLine[] => {
        if (isUnknown(rule)) return type === "NetworkRule" ? [unreadLine(placed, rule.unknown)] : [];
        if (rule.ruleType !== type) return [];
        const line = lineOfRule(network, view, placed, rule, question);
        return placed.floating === undefined ? [line] : [{ ...line, certain: [], reason: placed.floating }];
      }),
    );
  return [...unread, ...ofType("NatRule"), ...ofType("NetworkRule"), ...ofType("ApplicationRule")];
}

const everything = headerSpaceOf({});

function lineOfRule(
  network: Network,
  view: FirewallView,
  placed: PlacedCollection,
  rule: FirewallRule,
  question: FirewallQuestion,
): FirewallLine {
  switch (rule.ruleType) {
    case "NatRule":
      return networkLine(network, placed, rule, addresses(network, rule.destinationAddresses, [], question));
    case "NetworkRule":
      return networkLine(network, placed, rule, networkDestination(network, view, rule, question));
    case "ApplicationRule":
      return applicationLine(network, view, placed, rule, question);
  }
}

function networkLine(
  network: Network,
  placed: PlacedCollection,
  rule: NetworkRule | NatRule,
  destination: Extent,
): FirewallLine {
  const source = addresses(network, rule.sourceAddresses, rule.sourceIpGroupIds, undefined);
  const header = protocolsAndPorts(rule.ipProtocols, rule.destinationPorts);
  return line(placed, rule, source, destination, header.certain, header.possible, header.reason);
}

/** Addresses, IP groups and names of a network rule. Names need the DNS proxy and clients that ask it. */
function networkDestination(
  network: Network,
  view: FirewallView,
  rule: NetworkRule,
  question: FirewallQuestion,
): Extent {
  const literal = addresses(network, rule.destinationAddresses, rule.destinationIpGroupIds, question);
  if (rule.destinationFqdns.length === 0) return literal;
  return uniteExtents([literal, namesExtent(view, rule, question)]);
}

/** The addresses that the names of a network rule stand for, as far as the flow's own name tells. */
export function namesExtent(view: FirewallView, rule: NetworkRule, question: FirewallQuestion): Extent {
  const none: Extent = { certain: [], possible: [], basis: "geometry" };
  const maybe = (reason: string): Extent => ({ ...none, possible: allAddresses, reason });
  if (view.tier === "Basic" || view.dnsProxy === false) return none;
  const { fqdn } = question;
  if (fqdn === undefined) return maybe(`the addresses of the names in rule "${rule.name}" are not known`);
  const { known, unknown } = splitKnown(rule.destinationFqdns);
  const named = known.some((name) => name.toLowerCase() === fqdn.toLowerCase());
  if (!named) return unknown[0] === undefined ? none : maybe(unknown[0].unknown);
  if (isUnknown(view.tier)) return maybe(view.tier.unknown);
  if (isUnknown(view.dnsProxy)) return maybe(view.dnsProxy.unknown);
  const asked = question.clientDns.filter((server) => !isUnknown(server));
  if (question.proxyAddress === undefined || !asked.includes(question.proxyAddress)) {
    return maybe(`rule "${rule.name}" names "${fqdn}", but clients do not use the firewall as their DNS server`);
  }
  return { certain: allAddresses, possible: allAddresses, basis: "geometry" };
}

/** An application rule looks at the name in the Host header or the TLS hello, for HTTP, HTTPS and MSSQL only. */
function applicationLine(
  network: Network,
  view: FirewallView,
  placed: PlacedCollection,
  rule: ApplicationRule,
  question: FirewallQuestion,
): FirewallLine {
  const { known, unknown } = splitKnown(rule.protocols);
  const ports = portSpaceOf(known.map(({ port }) => ({ from: port, to: port })));
  const header = { protocol: protocolSpace("Tcp"), destinationPort: unknown.length === 0 ? ports : allPorts };
  const source = addresses(network, rule.sourceAddresses, rule.sourceIpGroupIds, undefined);
  const match = nameMatch(network, view, rule, question);
  const everywhere: Extent = { certain: allAddresses, possible: allAddresses, basis: match.basis };
  const nowhere: Extent = { certain: [], possible: [], basis: match.basis };
  const perhaps: Extent = { ...nowhere, possible: allAddresses, reason: match.because };
  const destination = match.kind === "yes" ? everywhere : match.kind === "no" ? nowhere : perhaps;
  return line(placed, rule, source, destination, { ...header, destinationPort: ports }, header, unknown[0]?.unknown);
}

/** Whether an application rule matches the name of a flow. */
export interface NameMatch {
  readonly kind: "yes" | "no" | "maybe";
  readonly because: string;
  readonly basis: Basis;
}

/** Compares the name of a flow with the names, tags, URLs and categories of an application rule. */
export function nameMatch(
  network: Network,
  view: FirewallView,
  rule: ApplicationRule,
  { fqdn }: FirewallQuestion,
): NameMatch {
  const maybe = (because: string): NameMatch => ({ kind: "maybe", because, basis: "geometry" });
  if (rule.destinationAddresses.length > 0)
    return maybe(`destination addresses of application rule "${rule.name}" are not modelled`);
  if (fqdn === undefined)
    return maybe(`application rule "${rule.name}" looks at the host name, and the flow names an address`);
  const names = splitKnown(rule.targetFqdns);
  if (names.known.some((pattern) => hostMatches(pattern, fqdn))) return { kind: "yes", because: "", basis: "geometry" };
  let open = names.unknown[0]?.unknown;
  for (const tag of rule.fqdnTags) {
    const hosts = isUnknown(tag) ? undefined : network.reference.fqdnTag(tag);
    if (hosts?.some((pattern) => hostMatches(pattern, fqdn)))
      return { kind: "yes", because: "", basis: "documentedTag" };
    if (hosts === undefined) open ??= isUnknown(tag) ? tag.unknown : `the names of FQDN tag "${tag}" are not known`;
  }
  for (const url of splitKnown(rule.targetUrls).known) {
    const host = url.replace(/^https?:\/\//i, "").split("/")[0] ?? "";
    if (hostMatches(host, fqdn)) open ??= `rule "${rule.name}" matches URLs, of which the flow tells only the host`;
  }
  if (rule.webCategories.length > 0 && view.tier !== "Basic") open ??= `which web category "${fqdn}" has is not known`;
  return open === undefined ? { kind: "no", because: "", basis: "geometry" } : maybe(open);
}

function line(
  placed: PlacedCollection,
  rule: FirewallRule,
  source: Extent,
  destination: Extent,
  certain: Partial<HeaderBox>,
  possible: Partial<HeaderBox>,
  headerReason: string | undefined,
): FirewallLine {
  const { action } = placed.collection;
  const reason = source.reason ?? destination.reason ?? headerReason;
  return {
    value: { access: isUnknown(action) ? "Unknown" : action, rule: nameOf(placed, rule), source: rule },
    certain: headerSpaceOf({ ...certain, source: source.certain, destination: destination.certain }),
    possible: headerSpaceOf({ ...possible, source: source.possible, destination: destination.possible }),
    basis: weakest(source.basis, destination.basis),
    ...(reason === undefined ? {} : { reason }),
  };
}

function unreadLine({ collection }: PlacedCollection, reason: string): FirewallLine {
  const access = isUnknown(collection.action) ? "Unknown" : collection.action;
  return { value: { access, rule: null }, certain: [], possible: everything, reason, basis: "geometry" };
}

function nameOf({ policy, group, collection }: PlacedCollection, rule: FirewallRule): StepRule {
  return {
    type: rule.ruleType,
    name: rule.name,
    collection: collection.name,
    ...(group === undefined ? {} : { group }),
    ...(policy === undefined ? {} : { policy }),
  };
}

/** What was read of a network's rules, by the very lists of a rule and the tags that were asked about. */
const read = new WeakMap<Network, WeakMap<object, WeakMap<object, Map<string, Extent>>>>();

/** The addresses of a rule; read once for each rule, since every name asks all of them. */
function addresses(
  network: Network,
  literal: readonly Read<RuleAddress>[],
  groups: readonly Reference[],
  destination: FirewallQuestion | undefined,
): Extent {
  const tags = destination?.destinationTags ?? [];
  const ofNetwork = read.get(network) ?? new WeakMap<object, WeakMap<object, Map<string, Extent>>>();
  const ofLiteral = ofNetwork.get(literal) ?? new WeakMap<object, Map<string, Extent>>();
  const ofRule = ofLiteral.get(groups) ?? new Map<string, Extent>();
  read.set(network, ofNetwork.set(literal, ofLiteral.set(groups, ofRule)));
  const known = ofRule.get(tags.join());
  if (known !== undefined) return known;
  const extent = readAddresses(network, literal, groups, tags);
  ofRule.set(tags.join(), extent);
  return extent;
}

function readAddresses(
  network: Network,
  literal: readonly Read<RuleAddress>[],
  groups: readonly Reference[],
  memberOf: readonly string[],
): Extent {
  const reading = { reference: network.reference, memberOf };
  const extents = literal.map((address) => extentOfAddress(address, reading));
  const grouped = groups.map((id): Extent => {
    const group = network.find("ipGroups", id);
    if (group.kind === "none") return uniteExtents([]);
    if (group.kind === "missing")
      return { certain: [], possible: allAddresses, reason: group.because, basis: "geometry" };
    return uniteExtents(group.resource.ipAddresses.map((address) => extentOfAddress(address, reading)));
  });
  return uniteExtents([...extents, ...grouped]);
}

/** `Any` is every protocol, but only TCP and UDP once the rule names ports. */
function protocolsAndPorts(
  protocols: readonly Read<FirewallIpProtocol>[],
  ranges: readonly Read<PortRange>[],
): { certain: Partial<HeaderBox>; possible: Partial<HeaderBox>; reason?: string } {
  const named = splitKnown(protocols);
  const ports = splitKnown(ranges);
  const destinationPort = ranges.length === 0 ? allPorts : portSpaceOf(ports.known);
  const everyPort = sameIntervals(destinationPort, allPorts);
  const portless = unite(protocolSpace("Icmp"), allProtocols);
  const certainProtocol = named.known.reduce<ProtocolSpace>((all, protocol) => {
    const space = {
      Any: everyPort ? portless : protocolsWithPorts,
      TCP: protocolSpace("Tcp"),
      UDP: protocolSpace("Udp"),
      ICMP: protocolSpace("Icmp"),
    }[protocol];
    return unite(all, space);
  }, []);
  const withPorts = intersect(certainProtocol, protocolsWithPorts);
  const icmp = intersect(certainProtocol, protocolSpace("Icmp"));
  const protocol = everyPort
    ? certainProtocol
    : unite(withPorts, icmp.length > 0 && named.known.includes("ICMP") ? icmp : []);
  const reason = named.unknown[0]?.unknown ?? ports.unknown[0]?.unknown;
  const certain = { protocol, destinationPort };
  return reason === undefined ? { certain, possible: certain } : { certain, possible: {}, reason };
}

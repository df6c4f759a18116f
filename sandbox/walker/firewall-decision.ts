import { record, text, texts } from "./arm-json.ts";
import type { AzureFirewall } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";
import type { FirewallRule } from "./firewall-policy.ts";
import { policySettings, ruleBook } from "./firewall-policy.ts";
import { publicAddresses } from "./firewall-snat.ts";
import { contains, containsAny, formatAddress, parseAddress, parseBlock, parseBlocks } from "./ipv4.ts";
import type { Membership } from "./membership.ts";
import { both, certainly, either } from "./membership.ts";
import type { Packet } from "./packet.ts";
import { inPorts } from "./port-match.ts";
import { azureAnswer } from "./private-dns.ts";
import { inPublishedTag } from "./service-tag.ts";
import { subnetAt } from "./virtual-network.ts";

/** What a firewall may do with a packet: the deciding rule, or none (denied by default); with a doubt where it is one of several readings. */
export interface Decision {
  readonly rule: FirewallRule | undefined;
  readonly doubt: string | undefined;
}

/**
 * The readings of what a firewall decides; one unless something about a rule cannot be told. Threat intelligence comes first, but
 * its lists are not published: no destination is taken to be on them. The built-in infrastructure names are not published either
 * and serve the platform only, so they never allow anything here.
 * https://learn.microsoft.com/azure/firewall/rule-processing (page of 2026-03-23)
 */
export function decide(estate: Estate, firewall: AzureFirewall, packet: Packet): readonly Decision[] {
  const book = ruleBook(estate, firewall);
  const readings: Decision[] = book.missing.map((name) => ({
    rule: undefined,
    doubt: `firewall policy "${name}" is not in the input, so its rules are not known`,
  }));
  for (const rule of book.rules) {
    const match = matches(estate, firewall, rule, packet);
    if (match !== "no") {
      readings.push({ rule, doubt: match === "yes" ? undefined : match.maybe });
    }
    if (match === "yes") {
      return readings;
    }
  }
  return [...readings, { rule: undefined, doubt: undefined }];
}

function matches(estate: Estate, firewall: AzureFirewall, rule: FirewallRule, packet: Packet): Membership {
  const source = either([
    ...rule.sources.map((one) => inAddresses(estate, one, packet.source)),
    ...rule.sourceIpGroups.map((one) => inIpGroup(estate, one, packet.source)),
  ]);
  if (source === "no") {
    return "no";
  }
  switch (rule.kind) {
    case "Nat":
      return both(source, matchesNat(estate, firewall, rule, packet));
    case "Network":
      return both(source, matchesNetwork(estate, firewall, rule, packet));
    case "Application":
      return both(source, matchesApplication(estate, firewall, rule, packet));
  }
}

/** DNAT rules take what is addressed to the firewall itself. */
function matchesNat(estate: Estate, firewall: AzureFirewall, rule: FirewallRule, packet: Packet): Membership {
  const own = [...publicAddresses(estate, firewall), firewall.privateAddress];
  return own.includes(packet.destination)
    ? both(
        certainly(takesProtocol(rule, packet) && inPorts(rule.destinationPorts, packet.destinationPort)),
        either(rule.destinations.map((one) => inAddresses(estate, one, packet.destination))),
      )
    : "no";
}

function matchesNetwork(estate: Estate, firewall: AzureFirewall, rule: FirewallRule, packet: Packet): Membership {
  const hasPort = packet.protocol === "Tcp" || packet.protocol === "Udp";
  if (
    !takesProtocol(rule, packet) ||
    !(hasPort ? inPorts(rule.destinationPorts, packet.destinationPort) : takesAnyPort(rule))
  ) {
    return "no";
  }
  return either([
    ...rule.destinations.map((one) => inAddresses(estate, one, packet.destination)),
    ...rule.destinationIpGroups.map((one) => inIpGroup(estate, one, packet.destination)),
    ...rule.destinationFqdns.map((one) => isFqdn(estate, firewall, one, packet)),
  ]);
}

/** "Any" means every IP protocol, but with explicit ports TCP and UDP only. */
function takesProtocol(rule: FirewallRule, packet: Packet): boolean {
  return rule.ipProtocols.some((protocol) => ["any", packet.protocol.toLowerCase()].includes(protocol.toLowerCase()));
}

function takesAnyPort(rule: FirewallRule): boolean {
  const namesIt = rule.ipProtocols.some((protocol) => protocol.toLowerCase() !== "any");
  return namesIt || rule.destinationPorts.some((range) => range === "*");
}

/**
 * A name in a network rule works only with DNS proxy (Standard and Premium), has no wildcard, and is compared with the addresses
 * the firewall resolved itself, so clients should ask the firewall too.
 * https://learn.microsoft.com/azure/firewall/fqdn-filtering-network-rules (page of 2025-03-17)
 */
function isFqdn(estate: Estate, firewall: AzureFirewall, fqdn: string, packet: Packet): Membership {
  const proxy = record(policySettings(estate, firewall).dnsSettings).enableProxy === true;
  if (!proxy || firewall.tier === "basic" || fqdn.includes("*")) {
    return "no";
  }
  const answer = azureAnswer(estate, firewall.subnet?.virtualNetworkId, fqdn);
  if (answer.kind === "open") {
    return packet.name === undefined || packet.name === fqdn.toLowerCase() ? { maybe: answer.because } : "no";
  }
  if (answer.kind === "failed" || !answer.addresses.includes(packet.destination)) {
    return "no";
  }
  return asksFirewall(estate, firewall, packet.source)
    ? "yes"
    : {
        maybe: `the client does not ask firewall "${firewall.name}" for names, so the two may resolve "${fqdn}" differently`,
      };
}

function asksFirewall(estate: Estate, firewall: AzureFirewall, client: number): boolean {
  const own = firewall.privateAddress === undefined ? undefined : formatAddress(firewall.privateAddress);
  return estate.virtualNetworks.some(
    (network) => subnetAt(network, client) !== undefined && own !== undefined && network.dnsServers.includes(own),
  );
}

const protocolOfPort: Readonly<Record<number, string>> = { 80: "http", 443: "https", 1433: "mssql" };

/** Application rules see HTTP, HTTPS and MSSQL over TCP, by the name in Host header or SNI. */
function matchesApplication(estate: Estate, firewall: AzureFirewall, rule: FirewallRule, packet: Packet): Membership {
  const protocol = rule.applicationProtocols.find(({ port }) => port === packet.destinationPort);
  if (packet.protocol !== "Tcp" || protocol === undefined) {
    return "no";
  }
  const expected = protocolOfPort[packet.destinationPort];
  const speaks: Membership =
    expected === undefined
      ? { maybe: `what is spoken on port ${packet.destinationPort} cannot be told from the packet` }
      : certainly(expected === protocol.type);
  return both(speaks, hasTarget(estate, firewall, rule, packet.name));
}

function hasTarget(estate: Estate, firewall: AzureFirewall, rule: FirewallRule, name: string | undefined): Membership {
  const named = (patterns: readonly string[]): Membership => certainly(patterns.some((one) => matchesName(one, name)));
  // TLS without SNI: the rule compares names, and no page says whether "*" takes a packet that shows none.
  const unnamed = name === undefined && rule.targetFqdns.includes("*");
  return either([
    unnamed ? { maybe: `rule "${rule.name}" takes every name, but the packet shows none` } : named(rule.targetFqdns),
    ...rule.fqdnTags.map((tag) => {
      const names = estate.fqdnTag(tag);
      return names === undefined ? { maybe: `the content of FQDN tag "${tag}" is not known` } : named(names);
    }),
    ...(rule.targetUrls.length > 0 && firewall.tier === "premium"
      ? [{ maybe: `rule "${rule.name}" matches URLs, of which a packet shows only the host` }]
      : []),
    ...(rule.webCategories.length > 0 && firewall.tier !== "basic"
      ? [{ maybe: `rule "${rule.name}" matches web categories, whose content is not published` }]
      : []),
  ]);
}

/**
 * A wildcard stands at the left and means anything to its left: "*.contoso.com" takes "a.b.contoso.com" but not "contoso.com";
 * "*contoso.com" takes "anothercontoso.com" and "contoso.com" too. A packet without a name matches no name.
 * https://learn.microsoft.com/azure/firewall/firewall-faq (wildcards in target FQDNs, read 2026-11-21 in excerpts)
 */
export function matchesName(pattern: string, name: string | undefined): boolean {
  const wanted = pattern.toLowerCase();
  if (name === undefined) {
    return false;
  }
  return wanted.startsWith("*") ? name.endsWith(wanted.slice(1)) : name === wanted;
}

function inAddresses(estate: Estate, written: string, address: number): Membership {
  if (written === "*") {
    return "yes";
  }
  const parsed = parseBlock(written);
  return parsed === undefined ? inPublishedTag(estate, written, address) : certainly(contains(parsed, address));
}

function inIpGroup(estate: Estate, id: string, address: number): Membership {
  const group = estate.find(id);
  return group === undefined
    ? { maybe: `IP group "${id}" is not in the input` }
    : certainly(containsAny(parseBlocks(texts(record(group.properties).ipAddresses)), address));
}

/** The address a DNAT rule translates to; a name is resolved as the firewall's network resolves it. */
export function translatedAddress(estate: Estate, firewall: AzureFirewall, rule: FirewallRule): number | undefined {
  const written = text(rule.translated.address) ?? "";
  const address = parseAddress(written);
  if (address !== undefined || written === "") {
    return address;
  }
  const answer = azureAnswer(estate, firewall.subnet?.virtualNetworkId, written);
  return answer.kind === "found" ? answer.addresses[0] : undefined;
}

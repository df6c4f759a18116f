import type { ForwardingRule } from "../estate/dns.ts";
import type { Ipv4Address } from "../estate/resource.ts";
import type { VirtualNetwork } from "../estate/virtual-network.ts";
import { viewFirewall } from "../firewall/firewall-view.ts";
import { hasMember } from "../intervals.ts";
import { applianceAt } from "../path/appliance.ts";
import { formatAddress } from "../prefix.ts";
import { isUnknown, knownOr, type Read, splitKnown } from "../read.ts";
import { isKnownPublic } from "../reference-data.ts";
import { platformAddress, publicAddresses } from "../special-addresses.ts";
import { type InterfacePlace, type Network, placeOf, refersTo, type SubnetPlace } from "../topology/network.ts";
import { type CanReach, type DnsClient, fails, type NameAnswer, resolves, unsure } from "./name-answer.ts";
import { isWithin, lookInRedirectedZones, lookInZones } from "./private-zones.ts";

const depthMax = 6;

/** The DNS servers a machine asks: those of its network interface, else of the virtual network; none means Azure's own. */
export function dnsServersOf(place: SubnetPlace, networkInterface?: InterfacePlace): readonly Read<Ipv4Address>[] {
  const own = networkInterface?.networkInterface.dnsServers ?? [];
  return own.length > 0 ? own : place.virtualNetwork.dnsServers;
}

/**
 * Whether a name can be resolved from a subnet, and to what: the servers the machine asks, whether they can be reached, and what
 * each of them knows. Azure's resolver looks in linked private zones, then in a linked forwarding ruleset, then in public DNS.
 * https://learn.microsoft.com/azure/dns/dns-private-resolver-overview, read 2026-11-20.
 */
export function resolveName(
  network: Network,
  place: SubnetPlace,
  networkInterface: InterfacePlace | undefined,
  fqdn: string,
  canReach: CanReach,
): NameAnswer {
  const servers = dnsServersOf(place, networkInterface);
  const asker: Asker = { network, fqdn, canReach };
  if (servers.length === 0) return azureDns(asker, place.virtualNetwork, 0);
  return anyOf(servers.map((server) => () => askServer(asker, { place, networkInterface, filtered: true }, server, 0)));
}

interface Asker {
  readonly network: Network;
  readonly fqdn: string;
  readonly canReach: CanReach;
}

function askServer(asker: Asker, client: DnsClient, server: Read<Ipv4Address>, depth: number): NameAnswer {
  if (depth > depthMax) return fails("the DNS servers ask each other in a circle");
  if (isUnknown(server)) return unsure(`a DNS server is not known: ${server.unknown}`);
  const text = formatAddress(server);
  if (server === platformAddress) return azureDns(asker, client.place.virtualNetwork, depth + 1);
  const path = asker.canReach(client, server);
  if (path.verdict === "Deny") return fails(`DNS server ${text} cannot be reached: ${path.because}`);
  const answer = serverAnswer(asker, server, depth + 1);
  if (path.verdict === "Unknown" && answer.verdict !== "Deny") {
    return unsure(`whether DNS server ${text} can be reached is not known: ${path.because}`);
  }
  return answer;
}

/** What a server at an address knows: a firewall's proxy, a resolver's inbound endpoint, a domain's own server, or another. */
function serverAnswer(asker: Asker, server: Ipv4Address, depth: number): NameAnswer {
  const { network, fqdn } = asker;
  const text = formatAddress(server);
  const appliance = applianceAt(network, server);
  if (appliance.kind === "firewall") {
    const view = viewFirewall(network, appliance.firewall);
    const name = `firewall "${appliance.firewall.name}"`;
    if (isUnknown(view.dnsProxy)) return unsure(view.dnsProxy.unknown);
    if (!view.dnsProxy) return fails(`${name} is the DNS server, but its DNS proxy is off`);
    if (view.tier === "Basic") return fails(`${name} is the DNS server, but the Basic tier has no DNS proxy`);
    if (view.dnsServers.length === 0) return azureDns(asker, appliance.place.virtualNetwork, depth);
    return anyOf(
      view.dnsServers.map((next) => () => askServer(asker, { place: appliance.place, filtered: false }, next, depth)),
    );
  }
  for (const resolver of network.estate.dnsResolvers) {
    const endpoint = resolver.inboundEndpoints.find((each) => each.privateIpAddress === server);
    if (endpoint === undefined) continue;
    const home = network.virtualNetworks.find(knownOr(resolver.virtualNetworkId, ""));
    if (home === undefined) return unsure(`the virtual network of resolver "${resolver.name}" is not in the input`);
    return azureDns(asker, home, depth);
  }
  const directory = network.reference.directories.find((each) => isWithin(fqdn, each.domainName));
  if (directory?.dnsServers.includes(server))
    return resolves(`DNS server ${text} answers for domain "${directory.domainName}"`, { mayBePrivate: true });
  if (directory !== undefined)
    return unsure(`whether DNS server ${text} answers for domain "${directory.domainName}" is not known`);
  if (!isKnownPublic(network.reference, fqdn) && !hasMember(publicAddresses, server)) {
    return unsure(
      `what DNS server ${text} says of "${fqdn}", a private or a public address or none, is not in the input`,
    );
  }
  return publicAnswer(asker, [`DNS server ${text} resolves public names`]);
}

/** Azure's resolver as a virtual network sees it. */
function azureDns(asker: Asker, virtualNetwork: VirtualNetwork, depth: number): NameAnswer {
  if (depth > depthMax) return fails("the DNS servers ask each other in a circle");
  const { network, fqdn } = asker;
  const zone = lookInZones(network, virtualNetwork, fqdn);
  if (zone.kind === "answer") return zone.answer;
  if (zone.kind === "alias") return azureDns({ ...asker, fqdn: zone.name }, virtualNetwork, depth + 1);
  const forwarded = forward(asker, virtualNetwork, depth);
  if (forwarded !== undefined) return forwarded;
  const redirected = lookInRedirectedZones(network, virtualNetwork, fqdn);
  if (redirected.kind === "answer") return redirected.answer;
  if (redirected.kind === "alias") return azureDns({ ...asker, fqdn: redirected.name }, virtualNetwork, depth + 1);
  const directory = network.reference.directories.find((each) => isWithin(fqdn, each.domainName));
  if (directory !== undefined) {
    return fails(
      `Azure DNS of virtual network "${virtualNetwork.name}" does not know domain "${directory.domainName}"`,
    );
  }
  return publicAnswer(asker, []);
}

/** The rule of a linked ruleset with the longest matching suffix; its targets are asked from the outbound endpoint's subnet. */
function forward(asker: Asker, virtualNetwork: VirtualNetwork, depth: number): NameAnswer | undefined {
  const { network, fqdn } = asker;
  for (const ruleset of network.estate.dnsForwardingRulesets) {
    if (!ruleset.virtualNetworkIds.some((id) => refersTo(id, virtualNetwork.id))) continue;
    const { known, unknown } = splitKnown(ruleset.forwardingRules);
    const open = unknown[0] ?? known.map((rule) => rule.domainName).find(isUnknown);
    const matching = known.filter((rule) => rule.forwardingRuleState !== "Disabled" && matches(rule, fqdn));
    const rule = matching.sort((a, b) => String(b.domainName).length - String(a.domainName).length)[0];
    if (rule === undefined && open !== undefined) return unsure(`a rule of ruleset "${ruleset.name}": ${open.unknown}`);
    if (rule === undefined) continue;
    const from = outboundPlace(network, ruleset.outboundEndpointIds);
    if (from === undefined) return unsure(`the outbound endpoint of ruleset "${ruleset.name}" is not in the input`);
    const targets = rule.targetDnsServers.map((each) => (isUnknown(each) ? each : each.ipAddress));
    if (targets.length === 0) return fails(`rule "${rule.name}" of ruleset "${ruleset.name}" has no target`);
    return anyOf(targets.map((target) => () => askServer(asker, { place: from, filtered: true }, target, depth + 1)));
  }
  return undefined;
}

function matches(rule: ForwardingRule, fqdn: string): boolean {
  return !isUnknown(rule.domainName) && (rule.domainName === "." || isWithin(fqdn, rule.domainName));
}

function outboundPlace(network: Network, ids: readonly Read<string>[]): SubnetPlace | undefined {
  for (const resolver of network.estate.dnsResolvers) {
    for (const endpoint of resolver.outboundEndpoints) {
      if (ids.some((id) => refersTo(id, endpoint.id))) return placeOf(network, endpoint.subnetId);
    }
  }
  return undefined;
}

function publicAnswer({ network, fqdn }: Asker, assumptions: readonly string[]): NameAnswer {
  const snapshot = network.reference.publicName(fqdn);
  const because = "public DNS has the name";
  if (snapshot === undefined) return resolves(because, { assumptions });
  return resolves(`${because} (${snapshot.asOf})`, {
    assumptions,
    addresses: snapshot.addresses,
    basis: "resolvedSnapshot",
  });
}

/** A client asks the next server when one does not answer, so one good answer is enough. */
function anyOf(asks: readonly (() => NameAnswer)[]): NameAnswer {
  const answers: NameAnswer[] = [];
  for (const ask of asks) {
    const answer = ask();
    if (answer.verdict === "Allow") return answer;
    answers.push(answer);
  }
  return answers.find((answer) => answer.verdict === "Unknown") ?? answers[0] ?? fails("there is no DNS server");
}

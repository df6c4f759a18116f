import type { Answer, Hop } from "./answer.ts";
import { list, nameOf, parentOf, record, reference, text } from "./arm-json.ts";
import { azureFirewalls } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";
import { policySettings } from "./firewall-policy.ts";
import { formatAddress, isPublic, parseAddress, wireServer } from "./ipv4.ts";
import { attachmentAt } from "./network-interface.ts";
import type { DnsAnswer } from "./private-dns.ts";
import { azureAnswer, publicAnswer } from "./private-dns.ts";
import type { Subnet, VirtualNetwork } from "./virtual-network.ts";
import { homeOf, virtualNetworkById } from "./virtual-network.ts";

/** Asks whether a DNS query from an address in a subnet reaches a server (UDP 53). */
export type Reach = (subnet: Subnet, from: number, server: number) => Answer;

/** A resolution together with what happened on the way. */
export interface Resolution {
  readonly answer: DnsAnswer;
  readonly hops: readonly Hop[];
}

/**
 * Resolves a name as a machine in a subnet does: by the DNS servers of its interface, else of its network, else by Azure.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances (page of 2024-08-02)
 */
export function resolveName(estate: Estate, subnet: Subnet, from: number, name: string, reach: Reach): Resolution {
  const home = homeOf(estate, subnet);
  const ofInterface = attachmentAt(estate, subnet.id, from)?.networkInterface.dnsServers ?? [];
  const servers = ofInterface.length > 0 ? ofInterface : home.dnsServers;
  if (servers.length === 0) {
    return told(home.name, azureProvided(estate, home, name, reach));
  }
  return told(home.name, askServers(estate, { subnet, from }, servers, name, reach));
}

function told(at: string, answer: DnsAnswer): Resolution {
  const verdict = answer.kind === "found" ? "Allow" : answer.kind === "failed" ? "Deny" : "Unknown";
  return { answer, hops: [{ step: "Dns", at, verdict, because: answer.because }] };
}

interface Client {
  readonly subnet: Subnet;
  readonly from: number;
}

/** The first server that can be reached answers; one that cannot be reached is passed over, as clients do. */
function askServers(estate: Estate, client: Client, servers: readonly string[], name: string, reach: Reach): DnsAnswer {
  const problems: string[] = [];
  for (const written of servers) {
    const server = parseAddress(written);
    if (server === undefined) {
      continue;
    }
    const path = server === wireServer ? undefined : reach(client.subnet, client.from, server);
    if (path?.verdict === "Unknown") {
      return { kind: "open", because: `whether DNS server ${written} is reached cannot be told: ${path.because}` };
    }
    if (path?.verdict === "Deny") {
      problems.push(`${written}: ${path.because}`);
      continue;
    }
    return serverAnswer(estate, homeOf(estate, client.subnet), server, name, reach);
  }
  return { kind: "failed", because: `no DNS server of the network can be reached (${problems.join("; ")})` };
}

/** What the server at an address says: Azure's own DNS, a firewall's proxy, an inbound endpoint, or somebody's server. */
function serverAnswer(estate: Estate, home: VirtualNetwork, server: number, name: string, reach: Reach): DnsAnswer {
  if (server === wireServer) {
    return azureProvided(estate, home, name, reach);
  }
  const firewall = azureFirewalls(estate).find((one) => one.privateAddress === server);
  if (firewall !== undefined) {
    return proxyAnswer(estate, firewall, name, reach);
  }
  const inbound = inboundEndpoints(estate).find((one) => one.addresses.includes(server));
  if (inbound !== undefined) {
    return azureProvided(estate, inbound.network, name, reach);
  }
  return ownServerAnswer(estate, server, name);
}

/**
 * A firewall answers only with DNS proxy on (Standard and Premium); it asks the servers of its policy, else Azure.
 * https://learn.microsoft.com/azure/firewall/dns-settings (page of 2025-05-15)
 */
function proxyAnswer(
  estate: Estate,
  firewall: ReturnType<typeof azureFirewalls>[number],
  name: string,
  reach: Reach,
): DnsAnswer {
  const settings = record(policySettings(estate, firewall).dnsSettings);
  const classic = record(firewall.properties.additionalProperties)["Network.DNS.EnableProxy"];
  if (firewall.tier === "basic" || (settings.enableProxy !== true && classic !== "true")) {
    return {
      kind: "failed",
      because: `firewall "${firewall.name}" is a DNS server of the network, but its DNS proxy is off`,
    };
  }
  const home = firewall.subnet === undefined ? undefined : homeOf(estate, firewall.subnet);
  const servers = list(settings.servers).flatMap((one) => text(one) ?? []);
  if (home === undefined || firewall.subnet === undefined || firewall.privateAddress === undefined) {
    return servers.length === 0
      ? publicAnswer(estate, undefined, name)
      : { kind: "open", because: `how firewall "${firewall.name}" of a hub reaches its DNS servers is not followed` };
  }
  return servers.length === 0
    ? azureProvided(estate, home, name, reach)
    : askServers(estate, { subnet: firewall.subnet, from: firewall.privateAddress }, servers, name, reach);
}

/**
 * Somebody's own server: it must resolve public names; what it knows beside them is in the input or open.
 * A public server knows no private names.
 */
function ownServerAnswer(estate: Estate, server: number, name: string): DnsAnswer {
  const written = formatAddress(server);
  const own = estate.ownRecords(written);
  const found = own?.[name.toLowerCase()]?.flatMap((one) => parseAddress(one) ?? []);
  if (found !== undefined && found.length > 0) {
    return { kind: "found", addresses: found, because: `DNS server ${written} has "${name}"` };
  }
  const answer = publicAnswer(estate, undefined, name);
  if (answer.kind !== "open") {
    return answer;
  }
  if (own !== undefined) {
    return { kind: "failed", because: `DNS server ${written} does not know "${name}"` };
  }
  return isPublic(server)
    ? answer
    : { kind: "open", because: `what DNS server ${written} says of "${name}" is not in the input` };
}

/**
 * Azure-provided DNS of a network: linked private zones, then the forwarding ruleset linked to it, then public DNS.
 * https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets (page of 2022-09-09)
 */
function azureProvided(estate: Estate, network: VirtualNetwork, name: string, reach: Reach): DnsAnswer {
  const first = azureAnswer(estate, network.id, name);
  const inZone = first.kind !== "open" && !first.because.startsWith("public DNS");
  const rule = inZone ? undefined : forwardingRule(estate, network, name);
  if (rule === undefined) {
    return first;
  }
  if (rule.outbound === undefined) {
    return { kind: "open", because: `the outbound endpoint of forwarding rule "${rule.name}" is not in the input` };
  }
  const from = (rule.outbound.prefixes[0]?.first ?? 0) + 4;
  return askServers(estate, { subnet: rule.outbound, from }, rule.targets, name, reach);
}

interface ForwardingRule {
  readonly name: string;
  readonly domain: string;
  readonly targets: readonly string[];
  readonly outbound: Subnet | undefined;
}

function forwardingRule(estate: Estate, network: VirtualNetwork, name: string): ForwardingRule | undefined {
  const wanted = `${name.toLowerCase().replace(/\.$/, "")}.`;
  return estate
    .ofType("Microsoft.Network/dnsForwardingRulesets")
    .filter((ruleset) =>
      estate
        .children(ruleset, "virtualNetworkLinks")
        .some((link) => reference(record(link.properties).virtualNetwork) === network.id),
    )
    .flatMap((ruleset) => {
      const endpoints = list(record(ruleset.properties).dnsResolverOutboundEndpoints);
      const outbound = endpoints.flatMap((one) => subnetOf(estate, reference(one)) ?? [])[0];
      return estate
        .children(ruleset, "forwardingRules")
        .map((rule) => ({ name: nameOf(rule.id), properties: record(rule.properties) }))
        .filter(({ properties }) => text(properties.forwardingRuleState) !== "Disabled")
        .map(({ name: ruleName, properties }) => ({
          name: ruleName,
          domain: (text(properties.domainName) ?? "").toLowerCase(),
          targets: list(properties.targetDnsServers).flatMap((one) => text(record(one).ipAddress) ?? []),
          outbound,
        }));
    })
    .filter(({ domain }) => domain === "." || wanted === domain || wanted.endsWith(`.${domain}`))
    .sort((a, b) => b.domain.length - a.domain.length)[0];
}

/** The subnet that a resolver endpoint lies in. */
function subnetOf(estate: Estate, endpointId: string | undefined): Subnet | undefined {
  const id = reference(record(estate.find(endpointId ?? "")?.properties).subnet);
  const network = id === undefined ? undefined : virtualNetworkById(estate, parentOf(id));
  return network?.subnets.find((subnet) => subnet.id === id);
}

function inboundEndpoints(
  estate: Estate,
): readonly { readonly addresses: readonly number[]; readonly network: VirtualNetwork }[] {
  return estate.remember("inboundEndpoints", () =>
    estate.ofType("Microsoft.Network/dnsResolvers").flatMap((resolver) => {
      const network = virtualNetworkById(estate, reference(record(resolver.properties).virtualNetwork) ?? "");
      return network === undefined
        ? []
        : estate.children(resolver, "inboundEndpoints").map((endpoint) => ({
            network,
            addresses: list(record(endpoint.properties).ipConfigurations).flatMap(
              (one) =>
                parseAddress(text(record(one).privateIpAddress) ?? text(record(one).privateIPAddress) ?? "") ?? [],
            ),
          }));
    }),
  );
}

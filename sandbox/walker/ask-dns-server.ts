import type { Answer } from "./answer.ts";
import { list, record, text } from "./arm-json.ts";
import type { AzureFirewall } from "./azure-firewall.ts";
import { azureFirewalls } from "./azure-firewall.ts";
import { forwardingRuleFor, inboundEndpoints } from "./dns-resolver.ts";
import type { Estate } from "./estate.ts";
import { policySettings } from "./firewall-policy.ts";
import { formatAddress, isPublic, parseAddress, wireServer } from "./ipv4.ts";
import type { DnsAnswer } from "./private-dns.ts";
import { publicAnswer, zoneAnswer } from "./private-dns.ts";
import type { Subnet, VirtualNetwork } from "./virtual-network.ts";
import { homeOf } from "./virtual-network.ts";

/** Asks whether a DNS query from an address in a subnet reaches a server (UDP 53). */
export type Reach = (subnet: Subnet, from: number, server: number) => Answer;

/** Who asks. */
export interface Client {
  readonly subnet: Subnet;
  readonly from: number;
}

/** What a question carries along. */
export interface Inquiry {
  readonly name: string;
  readonly reach: Reach;
  /** Firewalls and networks that passed the question on, to notice a circle. */
  readonly passedOn: readonly string[];
}

/** The first server that can be reached answers; one that cannot be reached is passed over, as clients do. */
export function askServers(estate: Estate, client: Client, servers: readonly string[], inquiry: Inquiry): DnsAnswer {
  const problems: string[] = [];
  for (const written of servers) {
    const server = parseAddress(written);
    if (server === undefined) {
      continue;
    }
    const path = server === wireServer ? undefined : inquiry.reach(client.subnet, client.from, server);
    if (path?.verdict === "Unknown") {
      return { kind: "open", because: `whether DNS server ${written} is reached cannot be told: ${path.because}` };
    }
    if (path?.verdict === "Deny") {
      problems.push(`${written}: ${path.because}`);
      continue;
    }
    return serverAnswer(estate, homeOf(estate, client.subnet), server, inquiry);
  }
  return { kind: "failed", because: `no DNS server of the network can be reached (${problems.join("; ")})` };
}

/** What the server at an address says: Azure's own DNS, a firewall's proxy, an inbound endpoint, or somebody's server. */
function serverAnswer(estate: Estate, home: VirtualNetwork, server: number, inquiry: Inquiry): DnsAnswer {
  if (server === wireServer) {
    return azureProvided(estate, home, inquiry);
  }
  const firewall = azureFirewalls(estate).find((one) => one.privateAddress === server);
  if (firewall !== undefined) {
    return proxyAnswer(estate, firewall, inquiry);
  }
  const inbound = inboundEndpoints(estate).find((one) => one.addresses.includes(server));
  if (inbound !== undefined) {
    return azureProvided(estate, inbound.network, inquiry);
  }
  return ownServerAnswer(estate, server, inquiry.name);
}

/** Whether the firewall's own policy, or its classic setting, has the DNS proxy on; Basic has none. */
export function hasDnsProxy(estate: Estate, firewall: AzureFirewall): boolean {
  const settings = record(policySettings(estate, firewall).dnsSettings);
  const classic = record(firewall.properties.additionalProperties)["Network.DNS.EnableProxy"];
  return firewall.tier !== "basic" && (settings.enableProxy === true || classic === "true");
}

/**
 * A firewall answers only with DNS proxy on (Standard and Premium); it asks the servers of its policy, else Azure.
 * https://learn.microsoft.com/azure/firewall/dns-settings (page of 2025-05-15)
 */
function proxyAnswer(estate: Estate, firewall: AzureFirewall, inquiry: Inquiry): DnsAnswer {
  const settings = record(policySettings(estate, firewall).dnsSettings);
  if (!hasDnsProxy(estate, firewall)) {
    return {
      kind: "failed",
      because: `firewall "${firewall.name}" is a DNS server of the network, but its DNS proxy is off`,
    };
  }
  if (inquiry.passedOn.includes(firewall.id)) {
    return { kind: "failed", because: `DNS proxy of firewall "${firewall.name}" is asked again, a circle` };
  }
  const next = { ...inquiry, passedOn: [...inquiry.passedOn, firewall.id] };
  const home = firewall.subnet === undefined ? undefined : homeOf(estate, firewall.subnet);
  const servers = list(settings.servers).flatMap((one) => text(one) ?? []);
  if (home === undefined || firewall.subnet === undefined || firewall.privateAddress === undefined) {
    return servers.length === 0
      ? publicAnswer(estate, undefined, inquiry.name)
      : { kind: "open", because: `how firewall "${firewall.name}" of a hub reaches its DNS servers is not followed` };
  }
  return servers.length === 0
    ? azureProvided(estate, home, next)
    : askServers(estate, { subnet: firewall.subnet, from: firewall.privateAddress }, servers, next);
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
export function azureProvided(estate: Estate, network: VirtualNetwork, inquiry: Inquiry): DnsAnswer {
  const { name, passedOn } = inquiry;
  const inZone = zoneAnswer(estate, network.id, name);
  if (inZone !== undefined) {
    return inZone;
  }
  const rule = forwardingRuleFor(estate, network, name);
  if (rule === undefined) {
    return publicAnswer(estate, network.id, name);
  }
  if (passedOn.includes(network.id)) {
    return { kind: "failed", because: `forwarding rule "${rule.name}" leads back to "${network.name}", a circle` };
  }
  if (rule.outbound === undefined) {
    return { kind: "open", because: `the outbound endpoint of forwarding rule "${rule.name}" is not in the input` };
  }
  const from = (rule.outbound.prefixes[0]?.first ?? 0) + firstUsableAddress;
  const next = { ...inquiry, passedOn: [...passedOn, network.id] };
  return askServers(estate, { subnet: rule.outbound, from }, rule.targets, next);
}

/** Azure keeps the first four addresses of a subnet; an outbound endpoint shows no address, so the next one stands for it. */
const firstUsableAddress = 4;

import type { Answer, Hop } from "./answer.ts";
import { allowed, denied, unknown } from "./answer.ts";
import { list, nameOf, record, reference, references, text } from "./arm-json.ts";
import { firewallAt, hasPublicAddress } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";
import { formatAddress, isPublic, parseAddress } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { attachmentAt } from "./network-interface.ts";
import type { Packet } from "./packet.ts";
import { inPublishedTag } from "./service-tag.ts";
import type { Subnet } from "./virtual-network.ts";
import { homeOf } from "./virtual-network.ts";

/** The way out to the Internet that a packet takes, or why there is none. */
type Egress = { readonly via: string } | { readonly none: string } | { readonly open: string };

/**
 * Leaves for the Internet from a subnet. In order: NAT gateway, the interface's own public address, load balancer outbound rules,
 * default outbound access. (User routes to an appliance or gateway come before all of them: then the next hop is not Internet.)
 * https://learn.microsoft.com/azure/nat-gateway/nat-overview (page of 2026),
 * https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access (page of 2025-12-03)
 */
export function leaveForInternet(estate: Estate, subnet: Subnet, journey: Journey): Answer {
  const { packet, hops } = journey;
  const destination = formatAddress(packet.destination);
  if (!isPublic(packet.destination)) {
    return denied(
      "NoRoute",
      `the route sends ${destination} to the Internet, which does not carry private addresses`,
      hops,
    );
  }
  const egress = egressOf(estate, subnet, packet);
  const hop: Hop = {
    step: "Egress",
    at: subnet.name,
    verdict: "via" in egress ? "Allow" : "none" in egress ? "Deny" : "Unknown",
    because: "via" in egress ? egress.via : "none" in egress ? egress.none : egress.open,
  };
  if ("none" in egress) {
    return denied("NoEgress", egress.none, [...hops, hop]);
  }
  if ("open" in egress) {
    return unknown(egress.open, [...hops, hop]);
  }
  const own = publicAddressOwner(estate, packet.destination);
  return own === undefined
    ? allowed("ExitsNetwork", `${destination} is reached over the Internet by ${egress.via}`, [...hops, hop])
    : unknown(
        `${destination} is the public address "${own}" of this estate; ask about it as traffic from the Internet`,
        [...hops, hop],
      );
}

function egressOf(estate: Estate, subnet: Subnet, packet: Packet): Egress {
  if (subnet.natGateway !== undefined) {
    return throughNatGateway(estate, subnet.natGateway, packet);
  }
  const firewall = firewallAt(estate, subnet.virtualNetworkId, packet.source);
  if (firewall !== undefined) {
    return hasPublicAddress(firewall)
      ? { via: `a public address of firewall "${firewall.name}"` }
      : { none: `firewall "${firewall.name}" has no public address` };
  }
  if (subnet.name.toLowerCase() === "azurefirewallsubnet") {
    return { none: "the firewall does not translate the source, and the Internet does not answer private addresses" };
  }
  const attachment = attachmentAt(estate, subnet.id, packet.source);
  const publicIp = attachment?.configuration.publicIpAddress;
  if (publicIp !== undefined) {
    return { via: `public IP address "${nameOf(publicIp)}" of interface "${attachment?.networkInterface.name}"` };
  }
  return (
    throughLoadBalancer(estate, attachment?.configuration.backendAddressPools ?? [], packet) ??
    withoutResource(estate, subnet, packet)
  );
}

/** A NAT gateway carries TCP and UDP only, and needs a public address of its own. */
function throughNatGateway(estate: Estate, id: string, packet: Packet): Egress {
  const resource = estate.find(id);
  if (resource === undefined) {
    return { open: `NAT gateway "${nameOf(id)}" is not in the input` };
  }
  const properties = record(resource.properties);
  const name = nameOf(resource.id);
  if (packet.protocol !== "Tcp" && packet.protocol !== "Udp") {
    return { none: `NAT gateway "${name}" passes TCP and UDP only, not ${packet.protocol}` };
  }
  return references(properties.publicIpAddresses).length + references(properties.publicIpPrefixes).length > 0
    ? { via: `NAT gateway "${name}"` }
    : { none: `NAT gateway "${name}" has no public IP address` };
}

/**
 * Standard load balancers: an outbound rule, or a load balancing rule with a public frontend that does not disable outbound SNAT,
 * gives a way out; membership in any Standard pool takes default outbound access away.
 * https://learn.microsoft.com/azure/load-balancer/load-balancer-outbound-connections (read 2026-11-21)
 */
function throughLoadBalancer(estate: Estate, pools: readonly string[], packet: Packet): Egress | undefined {
  if (pools.length === 0) {
    return undefined;
  }
  for (const resource of estate.ofType("Microsoft.Network/loadBalancers")) {
    const properties = record(resource.properties);
    const frontends = new Set(
      list(properties.frontendIPConfigurations)
        .filter((one) => reference(record(record(one).properties).publicIPAddress) !== undefined)
        .map((one) => `${resource.id}/frontendIPConfigurations/${text(record(one).name)}`.toLowerCase()),
    );
    const rules = [
      ...list(properties.outboundRules).map((one) => ({ rule: record(record(one).properties), kind: "outbound" })),
      ...list(properties.loadBalancingRules).map((one) => ({
        rule: record(record(one).properties),
        kind: "balancing",
      })),
    ];
    const serves = rules.some(
      ({ rule, kind }) =>
        pools.includes(reference(rule.backendAddressPool) ?? "") &&
        (kind === "outbound"
          ? references(rule.frontendIPConfigurations).some((id) => frontends.has(id))
          : rule.disableOutboundSnat !== true && frontends.has(reference(rule.frontendIPConfiguration) ?? "")) &&
        ["all", packet.protocol.toLowerCase()].includes((text(rule.protocol) ?? "").toLowerCase()),
    );
    if (serves) {
      return { via: `load balancer "${nameOf(resource.id)}"` };
    }
  }
  return { none: "the interface is in a load balancer's backend pool that gives no outbound access" };
}

/** Default outbound access, or what a private subnet still reaches: storage of its own region. */
function withoutResource(estate: Estate, subnet: Subnet, packet: Packet): Egress {
  if (subnet.defaultOutboundAccess || subnet.delegations.length > 0) {
    return { via: "default outbound access" };
  }
  const none = `subnet "${subnet.name}" is private (defaultOutboundAccess false) and has no NAT gateway, public address or outbound rule`;
  const regional = `Storage.${homeOf(estate, subnet).location}`;
  if (inPublishedTag(estate, regional, packet.destination) === "yes") {
    return { via: `the private subnet's access to ${regional}` };
  }
  return { none };
}

/** The public IP address resource that has an address. */
export function publicAddressOwner(estate: Estate, address: number): string | undefined {
  const owner = estate
    .ofType("Microsoft.Network/publicIPAddresses")
    .find((one) => parseAddress(text(record(one.properties).ipAddress) ?? "") === address);
  return owner === undefined ? undefined : owner.id.toLowerCase();
}

import type { Answer, Hop } from "./answer.ts";
import { allowed, denied, unknown } from "./answer.ts";
import { nameOf, record, references, text } from "./arm-json.ts";
import { firewallAt, hasPublicAddress } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";
import { formatAddress, isPublic, parseAddress } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import type { Egress } from "./load-balancer-egress.ts";
import { throughLoadBalancer } from "./load-balancer-egress.ts";
import { attachmentAt } from "./network-interface.ts";
import type { Packet } from "./packet.ts";
import { inPublishedTag } from "./service-tag.ts";
import type { Subnet } from "./virtual-network.ts";
import { homeOf } from "./virtual-network.ts";

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
  return allowed("ExitsNetwork", `${destination} is reached over the Internet by ${egress.via}`, [...hops, hop]);
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
  const balanced = throughLoadBalancer(estate, subnet, packet);
  const isClosed = balanced !== undefined && "none" in balanced;
  // A private subnet still reaches storage of its region, and has no default outbound access to lose.
  return balanced === undefined || (isClosed && !hasDefaultAccess(subnet))
    ? withoutResource(estate, subnet, packet)
    : balanced;
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

function hasDefaultAccess(subnet: Subnet): boolean {
  return subnet.defaultOutboundAccess || subnet.delegations.length > 0;
}

/** Default outbound access, or what a private subnet still reaches: storage of its own region. */
function withoutResource(estate: Estate, subnet: Subnet, packet: Packet): Egress {
  if (hasDefaultAccess(subnet)) {
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

import { headerSpaceOf, protocolsOf } from "../header-space.ts";
import { hasMember, intersect, subtract } from "../intervals.ts";
import { addressSpaceOf, allAddresses, type IpSpace, ipSpaceOf } from "../ip-space.ts";
import { type Protocol, protocols } from "../protocol.ts";
import { isUnknown, knownOr } from "../read.ts";
import { listedAddresses, type Machine } from "../topology/backend-pools.ts";
import { type InterfacePlace, type Network, type SubnetPlace, subnetSpace } from "../topology/network.ts";
import { balancerEgress } from "./balancer-egress.ts";
import { assuming, currentSpace, ended, judged, narrow, type Packet } from "./packet.ts";
import { addressesOf, publicSpaceOf, unclearWay, type WayOut } from "./way-out.ts";

/**
 * Leaves the virtual network for the Internet. Of what a subnet may have, the first decides: NAT gateway, public IP of the
 * instance, outbound rule of a load balancer, default outbound access
 * (https://learn.microsoft.com/azure/nat-gateway/nat-overview, read 2026-11-20). A private subnet has no default
 * (https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access, read 2026-11-20).
 */
export function exitToInternet(
  network: Network,
  packet: Packet,
  place: SubnetPlace,
  networkInterface: InterfacePlace | undefined,
  destinationTags: readonly string[],
): readonly Packet[] {
  return splitByMachine(network, packet, place, networkInterface).flatMap(({ part, machine }) =>
    exitMachine(network, part, machine, destinationTags),
  );
}

/** Machines without a network interface in the input leave alike, but for those whose address a load balancer's pool lists. */
function splitByMachine(
  network: Network,
  packet: Packet,
  place: SubnetPlace,
  networkInterface: InterfacePlace | undefined,
): readonly { readonly part: Packet; readonly machine: Machine }[] {
  if (networkInterface !== undefined) {
    const address = knownOr(networkInterface.ipConfiguration.privateIpAddress, undefined);
    return [{ part: packet, machine: { place, networkInterface, ...(address === undefined ? {} : { address }) } }];
  }
  if (listedAddresses(network).length === 0) return [{ part: packet, machine: { place } }];
  let left: IpSpace = allAddresses;
  const parts: { part: Packet; machine: Machine }[] = [];
  for (const address of listedAddresses(network)) {
    const own = intersect(intersect(left, addressSpaceOf(address)), subnetSpace(place.subnet));
    const part = narrow(packet, headerSpaceOf({ source: own }));
    left = subtract(left, own);
    if (part !== undefined) parts.push({ part, machine: { place, address } });
  }
  const rest = narrow(packet, headerSpaceOf({ source: left }));
  return rest === undefined ? parts : [...parts, { part: rest, machine: { place } }];
}

function exitMachine(
  network: Network,
  packet: Packet,
  machine: Machine,
  destinationTags: readonly string[],
): readonly Packet[] {
  const { place } = machine;
  const carried = protocols.filter((_, index) => hasMember(protocolsOf(currentSpace(packet)), index));
  const found = egressOf(network, machine, carried);
  const storage = found.via === "none" && isPrivate(place) ? regionalStorage(network, place) : undefined;
  if (storage === undefined) return [leave(packet, place, found, destinationTags)];
  const near = narrow(packet, headerSpaceOf({ destination: storage.space }));
  const rest = narrow(packet, headerSpaceOf({ destination: subtract(allAddresses, storage.space) }));
  return [
    ...(near === undefined ? [] : [leave(near, place, storage, [])]),
    ...(rest === undefined ? [] : [leave(rest, place, found, destinationTags)]),
  ];
}

function leave(packet: Packet, place: SubnetPlace, found: WayOut, destinationTags: readonly string[]): Packet {
  const { via, publicIpAddresses, because, basis } = found;
  const excused =
    found.verdict === "Deny" && isPrivate(place) && destinationTags.some((tag) => /^storage(\.|$)/i.test(tag));
  const step = {
    kind: "Egress",
    at: place.subnet.name,
    resourceId: place.id,
    verdict: excused ? "Unknown" : found.verdict,
    because: excused
      ? `${because}; storage accounts of the same region are still reached, which a name does not tell`
      : because,
    disposition: "NoEgress",
    egress: { via, publicIpAddresses },
    ...(basis === undefined ? {} : { basis }),
  } as const;
  const gone = found.sources === undefined ? packet : { ...packet, leftBy: found.sources };
  return ended(judged(assuming(gone, found.assumption), step), found.verdict === "Deny" ? "NoEgress" : "ExitsNetwork");
}

/** A private subnet without a way out still reaches the storage accounts of its own region (page of 2025-12-03). */
function regionalStorage(network: Network, place: SubnetPlace): (WayOut & { readonly space: IpSpace }) | undefined {
  const location = knownOr(place.virtualNetwork.location, undefined)?.toLowerCase().replaceAll(" ", "");
  const tag = `Storage.${location}`;
  const published = location === undefined ? undefined : network.reference.serviceTag(tag);
  if (published === undefined) return undefined;
  const because = `subnet "${place.subnet.name}" is private, and ${tag} is reached from private subnets too`;
  const space = ipSpaceOf(published.prefixes);
  return { via: "regionalStorage", verdict: "Allow", because, publicIpAddresses: [], basis: "resolvedSnapshot", space };
}

function isPrivate({ subnet }: SubnetPlace): boolean {
  return subnet.defaultOutboundAccess === false && subnet.delegations.length === 0;
}

function egressOf(network: Network, machine: Machine, carried: readonly Protocol[]): WayOut {
  const { place, networkInterface } = machine;
  const label = `subnet "${place.subnet.name}"`;
  const nat = network.find("natGateways", place.subnet.natGatewayId);
  if (nat.kind === "missing") return unclearWay("natGateway", `the NAT gateway of ${label}: ${nat.because}`);
  if (nat.kind === "found") {
    const { name, publicIpAddressIds, publicIpPrefixIds } = nat.resource;
    const addresses = addressesOf(network, publicIpAddressIds);
    const refused = carried.find((protocol) => protocol !== "Tcp" && protocol !== "Udp");
    if (refused !== undefined) {
      return {
        via: "natGateway",
        verdict: "Deny",
        because: `NAT gateway "${name}" carries TCP and UDP, not ${refused}`,
        publicIpAddresses: addresses,
      };
    }
    if (publicIpAddressIds.length + publicIpPrefixIds.length === 0) {
      return {
        via: "natGateway",
        verdict: "Deny",
        because: `NAT gateway "${name}" has no public IP address`,
        publicIpAddresses: [],
      };
    }
    return {
      via: "natGateway",
      verdict: "Allow",
      because: `leaves by NAT gateway "${name}"`,
      publicIpAddresses: addresses,
      sources: publicSpaceOf(network, publicIpAddressIds, publicIpPrefixIds),
    };
  }
  const own = networkInterface?.ipConfiguration.publicIpAddressId;
  if (own !== undefined) {
    if (isUnknown(own)) return unclearWay("publicIp", own.unknown);
    return {
      via: "publicIp",
      verdict: "Allow",
      because: "leaves by the public IP address of the network interface",
      publicIpAddresses: addressesOf(network, [own]),
      sources: publicSpaceOf(network, [own]),
    };
  }
  const { out, closed } = balancerEgress(network, machine, carried);
  return out ?? withoutResource(place, closed);
}

/** Default outbound access, unless the subnet is private or a load balancer takes it away. */
function withoutResource(place: SubnetPlace, closed: WayOut | undefined): WayOut {
  const label = `subnet "${place.subnet.name}"`;
  const access = place.subnet.defaultOutboundAccess;
  if (isPrivate(place)) {
    const because = `${label} is private and has no NAT gateway, public IP address or outbound rule`;
    return { via: "none", verdict: "Deny", because, publicIpAddresses: [] };
  }
  if (closed !== undefined) return closed;
  if (access !== undefined && isUnknown(access)) return unclearWay("defaultOutbound", access.unknown);
  const because = `leaves by the default outbound access of ${label}`;
  const allowed = { via: "defaultOutbound", verdict: "Allow", because, publicIpAddresses: [] } as const;
  if (access !== undefined) return allowed;
  const assumption = `defaultOutboundAccess of ${label} is not set, which API versions up to 2026-03-31 take as allowed`;
  return { ...allowed, assumption };
}

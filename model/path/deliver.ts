import type { VirtualNetwork } from "../estate/virtual-network.ts";
import { destinationsOf, headerSpaceOf } from "../header-space.ts";
import { hasMember, intersect, subtract } from "../intervals.ts";
import { addressSpaceOf, formatIpSpace, type IpSpace } from "../ip-space.ts";
import { isUnknown, knownOr } from "../read.ts";
import { type InterfacePlace, type SubnetPlace, subnetSpace } from "../topology/network.ts";
import { applianceAt } from "./appliance.ts";
import { filtered } from "./filters.ts";
import { assuming, currentSpace, ended, judged, narrow, type Packet } from "./packet.ts";
import { checkReturn } from "./return-path.ts";
import type { Walk } from "./walk.ts";

/** Hands a packet to the machines of a virtual network: the filters of the far side, then the way back. */
export function deliver(walk: Walk, packet: Packet, virtualNetwork: VirtualNetwork): readonly Packet[] {
  let left = destinationsOf(currentSpace(packet));
  const delivered: Packet[] = [];
  for (const subnet of virtualNetwork.subnets) {
    if (subnet.addressPrefixes.some(isUnknown)) {
      const because = `the address prefix of subnet "${subnet.name}" is not known`;
      return [
        ended(
          judged(packet, {
            kind: "Route",
            at: subnet.name,
            verdict: "Unknown",
            because,
            disposition: "InsufficientInfo",
          }),
          "InsufficientInfo",
        ),
      ];
    }
    const inside = intersect(left, subnetSpace(subnet));
    if (inside.length === 0) continue;
    left = subtract(left, inside);
    delivered.push(...deliverToSubnet(walk, packet, { id: subnet.id, virtualNetwork, subnet }, inside));
  }
  const lost = narrow(packet, headerSpaceOf({ destination: left }));
  if (left.length === 0 || lost === undefined) return delivered;
  const because = `no subnet of virtual network "${virtualNetwork.name}" holds ${formatIpSpace(left)}`;
  const step = { kind: "Route", at: virtualNetwork.name, verdict: "Deny", because, disposition: "NoRoute" } as const;
  return [...delivered, ended(judged(lost, step), "NoRoute")];
}

/** Hands a packet to one subnet, or to one network interface of it. */
export function deliverToSubnet(
  walk: Walk,
  packet: Packet,
  place: SubnetPlace,
  destinations: IpSpace,
): readonly Packet[] {
  return splitByInterface(walk, place, destinations).flatMap(({ space, networkInterface }) => {
    const part = narrow(packet, headerSpaceOf({ destination: space }));
    if (part === undefined) return [];
    const assumption =
      networkInterface === undefined && !place.subnet.name.startsWith("Azure")
        ? `something answers in subnet "${place.subnet.name}" at ${formatIpSpace(space)}`
        : undefined;
    const translated = packet.destination !== undefined;
    const destinationTags = translated ? [] : walk.destinationTags;
    const isPrivateEndpoint = holdsEndpoint(walk, space);
    const point = {
      network: walk.network,
      place,
      networkInterface,
      direction: "Inbound",
      destinationTags,
      isPrivateEndpoint,
    } as const;
    const arrived =
      isPrivateEndpoint && !filtersEndpoints(place) ? [part] : filtered(assuming(part, assumption), point);
    return arrived.flatMap((each) => answering(walk, each, place, space));
  });
}

/** What sits at the destination must answer there: a firewall answers DNS only. */
function answering(walk: Walk, packet: Packet, place: SubnetPlace, space: IpSpace): readonly Packet[] {
  const [address] = space;
  const appliance = space.length === 2 && address !== undefined ? applianceAt(walk.network, address) : undefined;
  if (appliance?.kind === "firewall" && appliance.firewall.ipConfigurations.length > 0) {
    return checkReturn(walk, ended(assuming(packet, appliance.assumption), "Delivered"), place);
  }
  return checkReturn(walk, ended(packet, "Delivered"), place);
}

/** Private endpoints are not filtered unless their subnet says so. */
function filtersEndpoints({ subnet }: SubnetPlace): boolean {
  const policies = knownOr(subnet.privateEndpointNetworkPolicies, "Disabled");
  return policies === "Enabled" || policies === "NetworkSecurityGroupEnabled";
}

function holdsEndpoint(walk: Walk, space: IpSpace): boolean {
  return walk.network.estate.privateEndpoints.some((endpoint) =>
    endpoint.ipAddresses.some((address) => !isUnknown(address) && hasMember(space, address) && space.length === 2),
  );
}

/** Parts of a subnet that belong to a network interface of their own, and the rest. */
export function splitByInterface(
  walk: Pick<Walk, "network">,
  place: SubnetPlace,
  space: IpSpace,
): readonly { readonly space: IpSpace; readonly networkInterface?: InterfacePlace }[] {
  let left = space;
  const parts: { space: IpSpace; networkInterface?: InterfacePlace }[] = [];
  for (const networkInterface of walk.network.interfacesOf(place)) {
    const address = knownOr(networkInterface.ipConfiguration.privateIpAddress, undefined);
    if (address === undefined || !hasMember(left, address)) continue;
    parts.push({ space: addressSpaceOf(address), networkInterface });
    left = subtract(left, addressSpaceOf(address));
  }
  for (const endpoint of walk.network.estate.privateEndpoints) {
    for (const address of endpoint.ipAddresses) {
      if (isUnknown(address) || !hasMember(left, address)) continue;
      parts.push({ space: addressSpaceOf(address) });
      left = subtract(left, addressSpaceOf(address));
    }
  }
  return left.length === 0 ? parts : [...parts, { space: left }];
}

import type { VirtualNetwork } from "../estate/virtual-network.ts";
import { destinationsOf, headerSpaceOf } from "../header-space.ts";
import { covers, hasMember, intersect, subtract } from "../intervals.ts";
import { addressSpaceOf, formatIpSpace, type IpSpace } from "../ip-space.ts";
import { formatAddress } from "../prefix.ts";
import { isUnknown, knownOr } from "../read.ts";
import { type InterfacePlace, refersTo, type SubnetPlace, subnetSpace } from "../topology/network.ts";
import { reservedIn, withReserved } from "../topology/reserved-addresses.ts";
import { firewallPlace, privateAddressOf } from "./appliance.ts";
import { filtered } from "./filters.ts";
import { assuming, currentSpace, ended, judged, narrow, type Packet } from "./packet.ts";
import { checkReturn } from "./return-path.ts";
import { type Hand, throughBalancer } from "./through-balancer.ts";
import { throughFirewall } from "./through-firewall.ts";
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
  const { unheld, held } = splitByReserved(packet, place, destinations);
  const { firewalls, others } = splitByFirewall(walk, packet, place, held);
  const { balanced, left } = splitByFrontend(walk, packet, place, others);
  const whole = subnetSpace(place.subnet);
  const isWhole = covers(destinations, subtract(whole, reservedIn(place.subnet)));
  const shown = (space: IpSpace) => (isWhole ? withReserved(walk.network, space, whole) : space);
  const machines = splitByInterface(walk, place, left).flatMap(({ space, networkInterface }) => {
    const part = narrow(packet, headerSpaceOf({ destination: space }));
    if (part === undefined) return [];
    const assumption =
      networkInterface === undefined && !place.subnet.name.startsWith("Azure")
        ? `something answers in subnet "${place.subnet.name}" at ${formatIpSpace(shown(space))}`
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
    return arrived.flatMap((each) => checkReturn(walk, ended(each, "Delivered"), place));
  });
  return [...unheld, ...firewalls, ...balanced, ...machines];
}

/** Nothing has an address that Azure keeps for itself; the gateway of a subnet answers not even ping. */
function splitByReserved(packet: Packet, { subnet }: SubnetPlace, destinations: IpSpace) {
  const reserved = intersect(destinations, reservedIn(subnet));
  if (reserved.length === 0) return { unheld: [], held: destinations };
  const held = subtract(destinations, reserved);
  const part = narrow(packet, headerSpaceOf({ destination: reserved }));
  const because = `${formatIpSpace(reserved)} of subnet "${subnet.name}" is among the first four addresses and the last, which Azure reserves`;
  const step = { kind: "Route", at: subnet.name, verdict: "Deny", because, disposition: "NoRoute" } as const;
  return { unheld: part === undefined ? [] : [ended(judged(part, step), "NoRoute")], held };
}

/** Internal load balancers with a frontend in the subnet hand on what comes to it: to the members of their pools, wherever these are. */
function splitByFrontend(walk: Walk, packet: Packet, place: SubnetPlace, destinations: IpSpace) {
  let left = destinations;
  const balanced: Packet[] = [];
  for (const balancer of walk.network.estate.loadBalancers) {
    for (const frontend of balancer.frontendIpConfigurations) {
      const address = knownOr(frontend.privateIpAddress, undefined);
      if (address === undefined || !hasMember(left, address) || !refersTo(frontend.subnetId, place.id)) continue;
      left = subtract(left, addressSpaceOf(address));
      const part = narrow(packet, headerSpaceOf({ destination: addressSpaceOf(address) }));
      if (part === undefined) continue;
      const hand: Hand = (each, member) => deliverToSubnet(walk, each, member.place, addressSpaceOf(member.address));
      balanced.push(...throughBalancer(walk, part, balancer, frontend, hand));
    }
  }
  return { balanced, left };
}

/** A firewall in the subnet answers for itself on its own address. */
function splitByFirewall(walk: Walk, packet: Packet, place: SubnetPlace, destinations: IpSpace) {
  let others = destinations;
  const firewalls: Packet[] = [];
  for (const firewall of walk.network.estate.azureFirewalls) {
    if (firewallPlace(walk.network, firewall)?.id !== place.id) continue;
    const address = privateAddressOf(walk.network, firewall);
    if (address === undefined || !hasMember(others, address)) continue;
    others = subtract(others, addressSpaceOf(address));
    const part = narrow(packet, headerSpaceOf({ destination: addressSpaceOf(address) }));
    if (part === undefined) continue;
    const isTold = firewall.ipConfigurations.some((each) => each.privateIpAddress === address);
    const assumption = `firewall "${firewall.name}" is taken to have ${formatAddress(address)}, the first address of its subnet`;
    firewalls.push(...throughFirewall(walk, isTold ? part : assuming(part, assumption), firewall, place));
  }
  return { firewalls, others };
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

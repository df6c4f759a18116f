import { weakest } from "../basis.ts";
import type { CanReach, NameAnswer } from "../dns/name-answer.ts";
import { dnsServersOf, resolveName } from "../dns/resolve-name.ts";
import {
  destinationPortsOf,
  destinationsOf,
  type HeaderSpace,
  headerSpaceOf,
  protocolsOf,
  sourcesOf,
  subtractFlows,
} from "../header-space.ts";
import { covers, intersect, subtract, unite } from "../intervals.ts";
import { addressSpaceOf, allAddresses, formatIpSpace, type IpSpace } from "../ip-space.ts";
import { portSpaceOf } from "../port-range.ts";
import { formatAddress } from "../prefix.ts";
import { protocolSpace } from "../protocol.ts";
import { knownOr } from "../read.ts";
import { isKnownPublic } from "../reference-data.ts";
import { routesOfSubnet } from "../routes/select-route.ts";
import {
  metadataAddress,
  platformAddress,
  platformAddresses,
  publicAddresses,
  undeliverableAddresses,
} from "../special-addresses.ts";
import { type Network, subnetSpace, virtualNetworkSpace } from "../topology/network.ts";
import { readingOfName } from "./alike-names.ts";
import { deliver } from "./deliver.ts";
import type { Endpoint } from "./endpoint.ts";
import { filtered, platformFiltered } from "./filters.ts";
import { enterFromInternet } from "./from-internet.ts";
import { enterFromOnPremises } from "./from-on-premises.ts";
import { startsOf } from "./origins.ts";
import { backToOwnAddress } from "./own-public-address.ts";
import { assuming, currentSpace, ended, judged, narrow, type Packet, packetOf } from "./packet.ts";
import { send } from "./send.ts";
import { splitUnsettled } from "./split-unsettled.ts";
import type { Verdict } from "./step.ts";
import type { Origin, Walk } from "./walk.ts";

/** Follows every flow of a set from its sources to its end. The parts are disjoint and together are the set. */
export function traceFlow(network: Network, from: Endpoint, to: Endpoint, packet: Packet): readonly Packet[] {
  return startsOf(network, packet, from).flatMap((start) => fromOrigin(network, start.packet, start.origin, to));
}

/** What a packet's path comes to: a Deny anywhere is certain, else a doubt anywhere leaves it open. */
export function verdictOf(packet: Packet): Verdict {
  if (packet.denied !== undefined) return "Deny";
  return packet.doubt === undefined ? "Allow" : "Unknown";
}

function fromOrigin(network: Network, packet: Packet, origin: Origin, to: Endpoint): readonly Packet[] {
  const walk: Walk = {
    network,
    origin,
    destinationTags: to.tags,
    givenAddresses: to.kind === "address" || to.kind === "prefix",
    clientDns: origin.kind === "subnet" ? dnsServersOf(origin.place, origin.networkInterface) : [],
    send,
    ...(to.kind === "fqdn" ? { fqdn: to.value } : {}),
  };
  if (origin.kind === "internet") return enterFromInternet(walk, packet);
  if (origin.kind === "elsewhere") return fromElsewhere(walk, packet);
  if (origin.kind === "onPremises") return enterFromOnPremises(walk, packet, origin);
  if (to.kind !== "fqdn") return leaveSubnet(walk, packet, origin);
  const answer = resolveName(
    network,
    origin.place,
    origin.networkInterface,
    to.value,
    reachOf(network, origin, sourcesOf(currentSpace(packet))),
  );
  const asked = judged(assuming(packet, ...answer.assumptions), {
    kind: "Dns",
    at: dnsLabel(walk),
    verdict: answer.verdict,
    because: answer.verdict === "Deny" ? `"${to.value}" cannot be resolved: ${answer.because}` : answer.because,
    disposition: "NameNotResolvable",
    basis: answer.basis,
  });
  if (answer.addresses === undefined)
    return leaveWithName(walk, possibleAddresses(network, asked, answer, to.value), origin, to.value);
  const resolved = answer.addresses.reduce<IpSpace>((all, address) => unite(all, addressSpaceOf(address)), []);
  return leaveSubnet({ ...walk, givenAddresses: true }, withDestinations(asked, resolved), origin);
}

/** How such a flow comes in is not known, but the filters of its destination may deny it whatever the way. */
function fromElsewhere(walk: Walk, packet: Packet): readonly Packet[] {
  let left = destinationsOf(currentSpace(packet));
  const arrived: Packet[] = [];
  for (const virtualNetwork of walk.network.estate.virtualNetworks) {
    const inside = intersect(left, virtualNetworkSpace(virtualNetwork));
    const part = narrow(packet, headerSpaceOf({ destination: inside }));
    if (part === undefined) continue;
    left = subtract(left, inside);
    arrived.push(...deliver(walk, part, virtualNetwork));
  }
  const rest = narrow(packet, headerSpaceOf({ destination: left }));
  if (rest === undefined) return arrived;
  const because = `no virtual network of the input holds ${formatIpSpace(left)}`;
  const step = { kind: "Route", at: "source", verdict: "Unknown", because, disposition: "InsufficientInfo" } as const;
  return [...arrived, ended(judged(rest, step), "InsufficientInfo")];
}

/** The addresses that a name may have: only a Deny of them all is certain. */
function possibleAddresses(network: Network, packet: Packet, answer: NameAnswer, fqdn: string): Packet {
  if (answer.mayBePrivate !== true || isKnownPublic(network.reference, fqdn)) return packet;
  return withDestinations(packet, subtract(allAddresses, unite(platformAddresses, undeliverableAddresses)));
}

/** The flow goes to the addresses that the name resolved to, instead of to some unknown one. */
function withDestinations(packet: Packet, destinations: IpSpace): Packet {
  return { ...packet, space: packet.space.map((box) => ({ ...box, destination: destinations })) };
}

/** Names that nothing tells apart go the same way, so it is walked once for all of them. */
function leaveWithName(
  walk: Walk,
  packet: Packet,
  origin: Extract<Origin, { kind: "subnet" }>,
  fqdn: string,
): readonly Packet[] {
  // What stands in the way already decides which steps are reached.
  if (packet.denied !== undefined || packet.doubt !== undefined) return leaveSubnet(walk, packet, origin);
  const { network, destinationTags, clientDns } = walk;
  const place = `${origin.place.id} ${origin.networkInterface?.ipConfiguration.id}`;
  const key = `${place} ${destinationTags} ${JSON.stringify(packet.space)} ${readingOfName(network, fqdn, clientDns)}`;
  const behind = network.memo("way of alike names", key, () => leaveSubnet(walk, packetOf(packet.space), origin));
  return behind.map((each) => behindOf(packet, each));
}

/** A packet that went on after the steps of another, which stood nowhere in its way. */
function behindOf(before: Packet, packet: Packet): Packet {
  const { assumptions, steps, basis } = packet;
  const both = assuming(before, ...assumptions).assumptions;
  return { ...packet, steps: [...before.steps, ...steps], assumptions: both, basis: weakest(before.basis, basis) };
}

function leaveSubnet(walk: Walk, packet: Packet, origin: Extract<Origin, { kind: "subnet" }>): readonly Packet[] {
  const { network, destinationTags } = walk;
  const { place, networkInterface } = origin;
  const point = { network, place, networkInterface, direction: "Outbound", destinationTags } as const;
  const wanted = destinationsOf(currentSpace(packet));
  const toPlatform = narrow(packet, headerSpaceOf({ destination: platformAddresses }));
  const rest = narrow(packet, headerSpaceOf({ destination: subtract(wanted, platformAddresses) }));
  const platform = toPlatform === undefined ? [] : platformFiltered(toPlatform, point).flatMap(atPlatform);
  if (rest === undefined) return platform;
  // What the routes are decides what the tag VirtualNetwork means, so the filters are not known either.
  const managed = splitUnsettled(network, rest, place);
  if (managed.rest === undefined) return [...platform, ...managed.unsettled];
  const out = filtered(managed.rest, point).map((each) => (mayActivate(walk, each, origin) ? reopened(each) : each));
  const sent = out.flatMap((each) => send(walk, each, { place, networkInterface }));
  return [...platform, ...managed.unsettled, ...sent.flatMap((each) => backToOwnAddress(walk, each))];
}

/** The port of the Key Management Service, which activates Windows. */
const activationPort = [1688, 1689];

/**
 * Activation has a platform rule of its own that security groups do not undo, unless a default user route switches it off
 * (https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#azure-platform-considerations, read 2026-11-20).
 * Which destinations it covers is not published, so a denied flow on that port is not surely denied.
 */
function mayActivate(walk: Walk, packet: Packet, { place }: Extract<Origin, { kind: "subnet" }>): boolean {
  if (packet.denied?.disposition !== "DeniedOutbound") return false;
  const now = currentSpace(packet);
  const onlyActivation =
    covers(activationPort, destinationPortsOf(now)) && covers(protocolSpace("Tcp"), protocolsOf(now));
  const { routes } = routesOfSubnet(walk.network, place, walk.destinationTags).user;
  return (
    onlyActivation &&
    covers(publicAddresses, destinationsOf(now)) &&
    !routes.some((route) => route.prefix?.length === 0)
  );
}

function reopened({ denied, ...packet }: Packet): Packet {
  const because = `${denied?.because ?? ""}, but the platform's own rule for Windows activation may still carry it`;
  return { ...packet, doubt: packet.doubt ?? { disposition: "InsufficientInfo", because } };
}

/**
 * What the host is documented to answer: DNS, DHCP, its own agents at 168.63.129.16, and the instance metadata service.
 * https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16, read 2026-11-20.
 */
const answeredByHost: HeaderSpace = [
  ...headerSpaceOf({ destination: addressSpaceOf(metadataAddress) }),
  ...headerSpaceOf({
    destination: addressSpaceOf(platformAddress),
    protocol: protocolSpace("Tcp"),
    destinationPort: portSpaceOf([53, 80, 32_526].map((port) => ({ from: port, to: port }))),
  }),
  ...headerSpaceOf({
    destination: addressSpaceOf(platformAddress),
    protocol: protocolSpace("Udp"),
    destinationPort: portSpaceOf([53, 67].map((port) => ({ from: port, to: port }))),
  }),
];

/** User routes do not apply to the platform's addresses (same page). */
function atPlatform(packet: Packet): readonly Packet[] {
  const answered = narrow(packet, answeredByHost);
  const others = narrow(packet, subtractFlows(headerSpaceOf({}), answeredByHost));
  const because = "the platform answers on its own address, whatever the routes say";
  const silent = "whether the host answers at 168.63.129.16 is documented only for DNS, DHCP and TCP 80 and 32526";
  const base = { kind: "Platform", at: "platform", disposition: "DeniedOutbound" } as const;
  return [
    ...(answered === undefined ? [] : [ended(judged(answered, { ...base, verdict: "Allow", because }), "Delivered")]),
    ...(others === undefined
      ? []
      : [ended(judged(others, { ...base, verdict: "Unknown", because: silent }), "InsufficientInfo")]),
  ];
}

/** Whether UDP 53 gets from a subnet to a DNS server. */
function reachOf(network: Network, asks: Extract<Origin, { kind: "subnet" }>, sources: IpSpace): CanReach {
  return ({ place, networkInterface, filtered: filter }, server) => {
    const isOrigin = filter && place.id === asks.place.id && networkInterface === asks.networkInterface;
    const address = knownOr(networkInterface?.ipConfiguration.privateIpAddress, undefined);
    const others = address === undefined ? subnetSpace(place.subnet) : addressSpaceOf(address);
    const source = isOrigin ? sources : others;
    const key = `${place.id} ${networkInterface?.ipConfiguration.id} ${server} ${filter} ${source}`;
    return network.memo("dns path", key, () => {
      const packet = packetOf(
        headerSpaceOf({
          source,
          destination: addressSpaceOf(server),
          protocol: protocolSpace("Udp"),
          destinationPort: [53, 54],
        }),
      );
      const origin: Origin = { kind: "subnet", place, ...(networkInterface === undefined ? {} : { networkInterface }) };
      const walk: Walk = {
        network,
        origin,
        destinationTags: [],
        givenAddresses: true,
        reachOnly: true,
        clientDns: [],
        send,
      };
      const parts = filter ? leaveSubnet(walk, packet, origin) : send(walk, packet, { place });
      return worst(parts);
    });
  };
}

function worst(parts: readonly Packet[]): { readonly verdict: Verdict; readonly because: string } {
  const denied = parts.find((part) => part.denied !== undefined);
  if (denied !== undefined) return { verdict: "Deny", because: denied.denied?.because ?? "" };
  const doubtful = parts.find((part) => part.doubt !== undefined);
  if (doubtful !== undefined) return { verdict: "Unknown", because: doubtful.doubt?.because ?? "" };
  return { verdict: "Allow", because: "" };
}

function dnsLabel(walk: Walk): string {
  const servers = walk.clientDns.map((server) =>
    typeof server === "number" ? formatAddress(server) : "an unread server",
  );
  return servers.length === 0 ? "Azure DNS" : servers.join(", ");
}

import { destinationsOf } from "../header-space.ts";
import { covers, hasMember } from "../intervals.ts";
import { ipSpaceOf } from "../ip-space.ts";
import { formatAddress, parseAddress, parsePrefix } from "../prefix.ts";
import { splitKnown } from "../read.ts";
import { type Attestation, hostMatches, tagIncludes } from "../reference-data.ts";
import type { Route } from "../routes/route.ts";
import { type SubnetPlace, virtualNetworkSpace } from "../topology/network.ts";
import { type PeeringView, peeringsOf } from "../topology/peerings.ts";
import { type Appliance, applianceAt } from "./appliance.ts";
import { crossPeering } from "./cross-peering.ts";
import { filtered } from "./filters.ts";
import { assuming, currentSpace, ended, judged, type Packet } from "./packet.ts";
import { throughFirewall } from "./through-firewall.ts";
import type { Departure, Walk } from "./walk.ts";

/**
 * Sends a packet to the address a route names. The appliance must be in this or a directly peered virtual network
 * (https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined, read 2026-11-20). An Azure Firewall is
 * evaluated; what any other appliance does is Unknown unless a person vouches for it.
 */
export function toAppliance(walk: Walk, packet: Packet, from: Departure, route: Route): readonly Packet[] {
  const address = route.nextHopIpAddress;
  const at = from.place.subnet.name;
  if (address === undefined) {
    const because = `the address of the appliance that route "${route.name ?? ""}" names is not known`;
    return [
      ended(
        judged(packet, { kind: "Appliance", at, verdict: "Unknown", because, disposition: "InsufficientInfo" }),
        "InsufficientInfo",
      ),
    ];
  }
  const reached = reach(walk, packet, from.place, address);
  if (reached === undefined) {
    const because = `next hop ${formatAddress(address)} is neither in virtual network "${from.place.virtualNetwork.name}" nor in one peered with it`;
    return [
      ended(judged(packet, { kind: "Appliance", at, verdict: "Deny", because, disposition: "NoRoute" }), "NoRoute"),
    ];
  }
  const appliance = applianceAt(walk.network, address);
  if (appliance.kind === "firewall") {
    return throughFirewall(walk, assuming(reached, appliance.assumption), appliance.firewall, appliance.place);
  }
  return [...throughOther(walk, reached, address, appliance)];
}

/** Reaches an address directly: in this virtual network, or over one peering. */
function reach(walk: Walk, packet: Packet, place: SubnetPlace, address: number): Packet | undefined {
  if (hasMember(virtualNetworkSpace(place.virtualNetwork), address)) return packet;
  const views = peeringsOf(walk.network, place.virtualNetwork).filter((view) => view.connected !== false);
  const over = views.find((view) => hasMember(ipSpaceOf(splitKnown(view.addressSpace).known), address));
  if (over !== undefined) return crossPeering(packet, place, over);
  const unread = views.find((view) => splitKnown(view.addressSpace).unknown.length > 0);
  return unread === undefined ? undefined : assuming(packet, unreadPeering(unread, address));
}

function unreadPeering(view: PeeringView, address: number): string {
  return `next hop ${formatAddress(address)} is taken to be behind peering "${view.name}", whose other side is not in the input`;
}

function throughOther(walk: Walk, packet: Packet, address: number, appliance: Appliance): readonly Packet[] {
  const text = formatAddress(address);
  if (
    appliance.kind === "networkInterface" &&
    (appliance.found.networkInterface.enableIPForwarding ?? false) === false
  ) {
    const because = `network interface "${appliance.found.networkInterface.name}" at ${text} does not forward`;
    const step = { kind: "Appliance", at: text, verdict: "Deny", because, disposition: "NoRoute" } as const;
    return [ended(judged(packet, step), "NoRoute")];
  }
  const arrived = appliance.kind === "networkInterface" ? intoInterface(walk, packet, appliance) : [packet];
  return arrived.map((each) => {
    const voucher = walk.network.reference.attestations.find(
      (a) => a.applianceIp === address && vouches(a, walk, each),
    );
    if (voucher !== undefined) {
      const because = `${voucher.owner} vouches until ${voucher.expires} that ${text} passes it: ${voucher.reason}`;
      const step = judged(each, {
        kind: "Appliance",
        at: text,
        verdict: "Allow",
        because,
        disposition: "InsufficientInfo",
        basis: "attested",
      });
      return ended(step, "ExitsNetwork");
    }
    const why = appliance.kind === "unknown" ? appliance.because : "it is not an Azure Firewall";
    const because = `what the appliance at ${text} does is not known (${why})`;
    return ended(
      judged(each, { kind: "Appliance", at: text, verdict: "Unknown", because, disposition: "InsufficientInfo" }),
      "InsufficientInfo",
    );
  });
}

/** The security groups of the appliance's own network interface apply to what is forwarded to it. */
function intoInterface(
  walk: Walk,
  packet: Packet,
  { found, place }: Extract<Appliance, { kind: "networkInterface" }>,
): readonly Packet[] {
  const { destinationTags } = walk;
  return filtered(packet, {
    network: walk.network,
    place,
    networkInterface: found,
    direction: "Inbound",
    destinationTags,
  });
}

function vouches({ destinations }: Attestation, walk: Walk, packet: Packet): boolean {
  if (destinations.length === 0) return true;
  const wanted = destinationsOf(currentSpace(packet));
  return destinations.some((text) => {
    const block = parsePrefix(parseAddress(text).ok ? `${text}/32` : text);
    if (block.ok) return covers(ipSpaceOf([block.value]), wanted);
    if (walk.fqdn !== undefined && hostMatches(text, walk.fqdn)) return true;
    return walk.destinationTags.some((tag) => tagIncludes(text, tag));
  });
}

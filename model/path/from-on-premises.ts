import { headerSpaceOf } from "../header-space.ts";
import { subtract, unite } from "../intervals.ts";
import { formatIpSpace, type IpSpace, ipSpaceOf } from "../ip-space.ts";
import { splitKnown } from "../read.ts";
import { privateAddresses } from "../special-addresses.ts";
import { virtualNetworkSpace } from "../topology/network.ts";
import { peeringsOf } from "../topology/peerings.ts";
import { ended, judged, narrow, type Packet } from "./packet.ts";
import type { Origin, Walk } from "./walk.ts";

/**
 * Brings a packet in through a gateway: it leads to its own virtual network and to the peers that use it. How a site reaches the
 * Internet is the site's own affair, so that is not known.
 */
export function enterFromOnPremises(
  walk: Walk,
  packet: Packet,
  origin: Extract<Origin, { kind: "onPremises" }>,
): readonly Packet[] {
  const announced = announcedSpace(walk, origin);
  const inside = narrow(packet, headerSpaceOf({ destination: announced }));
  const beyond = subtract(privateAddresses, announced);
  const lost = narrow(packet, headerSpaceOf({ destination: beyond }));
  const outside = narrow(
    packet,
    headerSpaceOf({ destination: subtract([0, 2 ** 32], unite(announced, privateAddresses)) }),
  );
  const base = { kind: "Gateway", at: origin.gatewayName } as const;
  const entered =
    inside === undefined ? [] : walk.send(walk, { ...inside, fromGateway: true }, { place: origin.place });
  const refused =
    lost === undefined
      ? []
      : [stopped(lost, `gateway "${origin.gatewayName}" leads to ${formatIpSpace(announced)} only`)];
  if (outside === undefined) return [...entered, ...refused];
  const because = "how the on-premises network reaches the Internet is not in the input";
  const unsure = judged(outside, { ...base, verdict: "Unknown", because, disposition: "InsufficientInfo" });
  return [...entered, ...refused, ended(unsure, "InsufficientInfo")];

  function stopped(part: Packet, why: string): Packet {
    return ended(judged(part, { ...base, verdict: "Deny", because: why, disposition: "NoRoute" }), "NoRoute");
  }
}

/** The prefixes that a gateway announces to its sites. */
function announcedSpace(walk: Walk, { place }: Extract<Origin, { kind: "onPremises" }>): IpSpace {
  return peeringsOf(walk.network, place.virtualNetwork)
    .filter((view) => view.connected !== false && view.peering.allowGatewayTransit === true)
    .filter((view) => view.reverse === undefined || view.reverse.useRemoteGateways === true)
    .reduce(
      (all, view) => unite(all, ipSpaceOf(splitKnown(view.addressSpace).known)),
      virtualNetworkSpace(place.virtualNetwork),
    );
}

import type { Answer } from "./answer.ts";
import { denied, unknown } from "./answer.ts";
import { arrive } from "./arrival.ts";
import type { Estate } from "./estate.ts";
import { networksBehind } from "./gateway.ts";
import { containsAny, formatAddress } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { doubting, withHops } from "./journey.ts";
import { cross, linksOf } from "./peering.ts";
import type { Subnet, VirtualNetwork } from "./virtual-network.ts";
import { homeOf } from "./virtual-network.ts";

/** Goes to the network that holds the destination: the subnet's own (a private endpoint) or a peer. */
export function crossPeering(estate: Estate, subnet: Subnet, journey: Journey): Answer {
  const home = homeOf(estate, subnet);
  const { destination } = journey.packet;
  if (containsAny(home.addressSpace, destination)) {
    return arrive(estate, home, journey);
  }
  const link = linksOf(estate, home).find((one) => containsAny(one.prefixes, destination));
  const remote = link?.remote;
  if (remote === undefined) {
    return unknown(`the peered network that holds ${formatAddress(destination)} is not in the input`, journey.hops);
  }
  const last = journey.stations.at(-1);
  if (last?.kind === "gateway" && !networksBehind(estate, last.gateway).includes(remote)) {
    const because = `virtual network "${remote.name}" does not use gateway "${last.gateway.name}"`;
    return denied("NoRoute", because, journey.hops);
  }
  // Whether a rule opens the way for a gateway's traffic too is not said.
  const explicitlyAllowed = journey.explicitlyAllowed && last?.kind !== "gateway";
  const crossing = cross(estate, home, remote, { forwarded: isForwarded(home, journey), explicitlyAllowed });
  if (!crossing.crosses) {
    return denied("NoRoute", crossing.because, journey.hops);
  }
  return arrive(estate, remote, overLink(journey, link?.peering.name ?? "", remote, crossing.doubt));
}

/** The journey on the other side of a peering. */
export function overLink(journey: Journey, at: string, remote: VirtualNetwork, doubt: string | undefined): Journey {
  const because = doubt ?? `peering with "${remote.name}" is connected`;
  const crossed = withHops(journey, {
    step: "Peering",
    at,
    verdict: doubt === undefined ? "Allow" : "Unknown",
    because,
  });
  return doubt === undefined ? crossed : doubting(crossed, doubt);
}

/** Whether a packet enters a peering as forwarded traffic: an appliance sends it on, and its source lies outside the network. */
export function isForwarded(from: VirtualNetwork, journey: Journey): boolean {
  return journey.forwarded && !containsAny(from.addressSpace, journey.packet.source);
}

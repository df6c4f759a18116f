import type { Answer } from "./answer.ts";
import { denied, unknown } from "./answer.ts";
import { arrive } from "./arrival.ts";
import type { Estate } from "./estate.ts";
import { filterAt } from "./filters.ts";
import { networksBehind } from "./gateway.ts";
import { containsAny, formatAddress } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { withHops } from "./journey.ts";
import { cross, linksOf } from "./peering.ts";
import type { Subnet, VirtualNetwork } from "./virtual-network.ts";
import { homeOf, subnetAt } from "./virtual-network.ts";

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
  const explicitlyAllowed = allowedAtFarSide(estate, remote, journey);
  const crossing = cross(estate, home, remote, { forwarded: isForwarded(home, journey), explicitlyAllowed });
  if (!crossing.crosses) {
    return denied("NoRoute", crossing.because, journey.hops);
  }
  const because = `peering with "${remote.name}" is connected`;
  return arrive(
    estate,
    remote,
    withHops(journey, { step: "Peering", at: link?.peering.name ?? "", verdict: "Allow", because }),
  );
}

/** The far side's rule may be the one that lets traffic cross a peering without network access, so it is asked beforehand. */
function allowedAtFarSide(estate: Estate, remote: VirtualNetwork, journey: Journey): boolean {
  const farSide = subnetAt(remote, journey.packet.destination);
  const preview = farSide === undefined ? { journey } : filterAt(estate, farSide, "Inbound", journey);
  return "journey" in preview ? preview.journey.explicitlyAllowed : journey.explicitlyAllowed;
}

/** Whether a packet enters a peering as forwarded traffic: an appliance sends it on, and its source lies outside the network. */
export function isForwarded(from: VirtualNetwork, journey: Journey): boolean {
  return journey.forwarded && !containsAny(from.addressSpace, journey.packet.source);
}

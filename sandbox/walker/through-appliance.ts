import type { Answer } from "./answer.ts";
import { denied, everyReading, unknown } from "./answer.ts";
import { arrive, loadBalancerAt } from "./arrival.ts";
import type { AzureFirewall } from "./azure-firewall.ts";
import { firewallAt } from "./azure-firewall.ts";
import { blindSpot } from "./blind-spot.ts";
import { isForwarded, overLink } from "./cross-peering.ts";
import type { Estate } from "./estate.ts";
import { filterAt } from "./filters.ts";
import type { Onward } from "./follow-route.ts";
import { containsAny, formatAddress } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { intoConnectedNetwork, leaveHubForInternet } from "./leave-hub.ts";
import { attachmentAt } from "./network-interface.ts";
import { firewallDoubt, passFirewall } from "./pass-firewall.ts";
import { cross, linkBetween, linksOf } from "./peering.ts";
import type { Route } from "./route-table.ts";
import type { VirtualNetwork } from "./virtual-network.ts";
import { subnetAt } from "./virtual-network.ts";

/**
 * The next hop is an appliance, whose address must lie in the network itself or in a peer.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined (page of 2023-05-27, read 2026-11-21)
 */
export function throughAppliance(
  estate: Estate,
  home: VirtualNetwork,
  route: Route,
  journey: Journey,
  onward: Onward,
): Answer {
  const address = route.nextHopAddress;
  if (address === undefined) {
    return denied("NoRoute", `route "${route.name}" names no address of its appliance`, journey.hops);
  }
  const reachable = [home, ...linksOf(estate, home).flatMap((link) => link.remote ?? [])];
  const network = reachable.find((one) => containsAny(one.addressSpace, address));
  if (network === undefined) {
    return outOfReach(estate, home, `appliance ${formatAddress(address)} of route "${route.name}"`, journey);
  }
  let there = journey;
  if (network !== home) {
    const how = { forwarded: isForwarded(home, journey), explicitlyAllowed: journey.explicitlyAllowed };
    const crossing = cross(estate, home, network, how);
    if (!crossing.crosses) {
      return denied("NoRoute", crossing.because, journey.hops);
    }
    there = overLink(journey, linkBetween(estate, home, network)?.peering.name ?? "", network, crossing.doubt);
  }
  const firewall = firewallAt(estate, network.id, address);
  if (firewall !== undefined && journey.packet.destination === address) {
    // What is meant for the firewall itself, such as a DNS query, is not passed through its rules.
    return arrive(estate, network, there);
  }
  return firewall === undefined
    ? throughOtherAppliance(estate, network, address, there)
    : throughFirewall(estate, firewall, there, onward);
}

function outOfReach(estate: Estate, home: VirtualNetwork, appliance: string, journey: Journey): Answer {
  const because = `${appliance} is neither in "${home.name}" nor in a peered network`;
  const known = home.peerings.every((peering) => estate.virtualNetworks.some((one) => one.id === peering.remote));
  const blind = known ? undefined : blindSpot(estate, home.subnets[0]);
  return blind === undefined ? denied("NoRoute", because, journey.hops) : unknown(`${because}; ${blind}`, journey.hops);
}

/** Somebody's own appliance: Azure drops what its interface may not forward; what the machine itself does is not in the input. */
function throughOtherAppliance(estate: Estate, network: VirtualNetwork, address: number, journey: Journey): Answer {
  const written = formatAddress(address);
  const subnet = subnetAt(network, address);
  if (subnet === undefined) {
    return denied("NoRoute", `no subnet holds the appliance ${written}`, journey.hops);
  }
  const attachment = attachmentAt(estate, subnet.id, address);
  if (loadBalancerAt(estate, subnet.id, address) === undefined && attachment !== undefined) {
    if (!attachment.networkInterface.ipForwarding) {
      const because = `interface "${attachment.networkInterface.name}" of the appliance ${written} has enableIPForwarding false`;
      return denied("NoRoute", because, journey.hops);
    }
    const filtered = filterAt(estate, subnet, "Inbound", journey);
    if ("end" in filtered) {
      return filtered.end;
    }
  }
  return unknown(`what the appliance at ${written} does with the packet is not in the input`, journey.hops);
}

/** Through an Azure Firewall and on from its subnet, or from its hub. */
export function throughFirewall(estate: Estate, firewall: AzureFirewall, journey: Journey, onward: Onward): Answer {
  const readings = passFirewall(estate, firewall, journey).map((passage) => {
    if ("end" in passage) {
      return passage.end;
    }
    if (firewall.subnet !== undefined) {
      return onward(estate, firewall.subnet, passage.journey);
    }
    return (
      leaveHubForInternet(firewall, passage.journey) ??
      intoConnectedNetwork(estate, firewall.virtualHub ?? "", passage.journey)
    );
  });
  const doubt = readings.length > 1 ? firewallDoubt(estate, firewall, journey.packet) : "";
  return everyReading(readings, doubt);
}

import type { Answer, Hop } from "./answer.ts";
import { allowed, denied, unknown } from "./answer.ts";
import { nameOf } from "./arm-json.ts";
import { arrive } from "./arrival.ts";
import type { AzureFirewall } from "./azure-firewall.ts";
import { azureFirewalls } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";
import type { Onward } from "./follow-route.ts";
import { containsAny, formatAddress, isPublic } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { conclude } from "./journey.ts";
import { throughFirewall } from "./through-appliance.ts";
import { hubById, hubOf, networksOf } from "./virtual-hub.ts";
import type { VirtualNetwork } from "./virtual-network.ts";

/**
 * Through a Virtual WAN hub: routing intent sends Internet and private traffic to the hub's firewall, else connected networks
 * reach each other.
 * https://learn.microsoft.com/azure/virtual-wan/how-to-routing-policies (page of 2025-08-01)
 */
export function throughHub(estate: Estate, home: VirtualNetwork, journey: Journey, onward: Onward): Answer {
  const hub = hubOf(estate, home)?.hub;
  if (hub === undefined || hub.notFollowed !== undefined) {
    return unknown(hub?.notFollowed ?? "the virtual hub is not in the input", journey.hops);
  }
  const nextHop = isPublic(journey.packet.destination) ? hub.internetNextHop : hub.privateNextHop;
  if (nextHop === undefined) {
    return intoConnectedNetwork(estate, hub.id, journey);
  }
  const firewall = azureFirewalls(estate).find((one) => one.id === nextHop);
  return firewall === undefined
    ? unknown(
        `"${nameOf(nextHop)}", the next hop of a routing policy, is not an Azure Firewall of the input`,
        journey.hops,
      )
    : throughFirewall(estate, firewall, journey, onward);
}

/** Internet traffic that a hub's firewall let through; undefined for private destinations. */
export function leaveHubForInternet(firewall: AzureFirewall, journey: Journey): Answer | undefined {
  const { packet } = journey;
  if (!isPublic(packet.destination)) {
    return undefined;
  }
  const translated = packet.source === firewall.privateAddress;
  const because = translated
    ? `a public address of firewall "${firewall.name}"`
    : `firewall "${firewall.name}" does not translate the source, and the Internet does not answer private addresses`;
  const hop: Hop = { step: "Egress", at: firewall.name, verdict: translated ? "Allow" : "Deny", because };
  const hops = [...journey.hops, hop];
  return translated
    ? conclude(
        allowed(
          "ExitsNetwork",
          `${formatAddress(packet.destination)} is reached over the Internet by ${because}`,
          hops,
        ),
        journey,
      )
    : denied("NoEgress", because, hops);
}

/** Into the network connected to a hub that holds the destination. */
export function intoConnectedNetwork(estate: Estate, hubId: string, journey: Journey): Answer {
  const { destination } = journey.packet;
  const hub = hubById(estate, hubId);
  const network =
    hub === undefined ? undefined : networksOf(estate, hub).find((one) => containsAny(one.addressSpace, destination));
  return network === undefined
    ? denied("NoRoute", `no network connected to the hub holds ${formatAddress(destination)}`, journey.hops)
    : arrive(estate, network, journey);
}

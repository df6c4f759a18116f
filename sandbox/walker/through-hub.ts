import type { Answer } from "./answer.ts";
import { unknown } from "./answer.ts";
import { nameOf } from "./arm-json.ts";
import { azureFirewalls } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";
import type { Onward } from "./follow-route.ts";
import { isPublic } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { intoConnectedNetwork } from "./leave-hub.ts";
import { throughFirewall } from "./through-appliance.ts";
import { hubOf } from "./virtual-hub.ts";
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

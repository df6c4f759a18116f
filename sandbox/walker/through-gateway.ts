import type { Answer } from "./answer.ts";
import { allowed, denied, unknown } from "./answer.ts";
import { nameOf } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import type { Onward } from "./follow-route.ts";
import type { Gateway } from "./gateway.ts";
import { allGateways, gatewayPrefixes, gatewaysFor, siteFor } from "./gateway.ts";
import { contains, formatAddress, isPublic } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { conclude, doubting, passing, withHops } from "./journey.ts";
import { closedLink } from "./peering.ts";
import { checkReply } from "./reply.ts";
import type { Route } from "./route-table.ts";
import type { VirtualNetwork } from "./virtual-network.ts";
import { subnetNamed } from "./virtual-network.ts";

/**
 * Leaves through a virtual network gateway. A user route may name one of type VPN only, and not where ExpressRoute coexists.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined (page of 2023-05-27, read 2026-11-21)
 */
export function throughGateway(
  estate: Estate,
  home: VirtualNetwork,
  route: Route,
  journey: Journey,
  onward: Onward,
): Answer {
  const gateways = gatewaysFor(estate, home);
  if (route.source === "User" && gateways.some((gateway) => gateway.kind === "ExpressRoute")) {
    const because = `user route "${route.name}" names a gateway, which works for VPN gateways only`;
    return denied("NoRoute", because, journey.hops);
  }
  const { destination } = journey.packet;
  const longest = (gateway: Gateway) => longestPrefix(estate, gateway, destination);
  // For equal prefixes ExpressRoute is preferred: https://learn.microsoft.com/azure/expressroute/expressroute-howto-coexist-resource-manager (page of 2025-01-31)
  const [gateway] = [...gateways].sort(
    (a, b) => longest(b) - longest(a) || Number(b.kind === "ExpressRoute") - Number(a.kind === "ExpressRoute"),
  );
  return gateway === undefined
    ? denied("NoRoute", `virtual network "${home.name}" has no virtual network gateway to use`, journey.hops)
    : leaveBy(estate, gateway, borrowing(estate, home, gateway, journey), onward);
}

/** A gateway of a peer is reached over that peering, which may lack network access. */
function borrowing(estate: Estate, home: VirtualNetwork, gateway: Gateway, journey: Journey): Journey {
  const closed = gateway.home === home ? undefined : closedLink(estate, home, gateway.home);
  return closed === undefined ? journey : doubting(journey, closed);
}

/** Length of the longest prefix of a gateway that holds an address; -1 when none does. */
function longestPrefix(estate: Estate, gateway: Gateway, address: number): number {
  return Math.max(
    -1,
    ...gatewayPrefixes(estate, gateway).map((prefix) => (contains(prefix, address) ? prefix.length : -1)),
  );
}

function leaveBy(estate: Estate, gateway: Gateway, journey: Journey, onward: Onward): Answer {
  const { destination } = journey.packet;
  const written = formatAddress(destination);
  const site = siteFor(estate, gateway, destination);
  const known = longestPrefix(estate, gateway, destination);
  const because = site === undefined ? "the gateway carries it on-premises" : `connection "${site.name}" leads there`;
  const passed = withHops(passing(journey, { kind: "gateway", gateway }), {
    step: "Gateway",
    at: gateway.name,
    verdict: "Allow",
    because,
  });
  if (site?.connected === false) {
    const closed = `connection "${site.name}" of gateway "${gateway.name}" is not connected`;
    return denied("NoRoute", closed, passed.hops);
  }
  if (site?.peerGateway !== undefined) {
    return intoOtherNetwork(estate, site.peerGateway, passed, onward);
  }
  if (isPublic(destination) && known <= 0) {
    const open = `what the on-premises network does with Internet traffic such as ${written} is not in the input`;
    return checkReply(estate, passed) ?? unknown(open, passed.hops);
  }
  if (known < 0) {
    return gateway.learned === undefined
      ? unknown(`the routes that gateway "${gateway.name}" learnt by BGP are not in the input`, passed.hops)
      : denied("NoRoute", `no connection of gateway "${gateway.name}" leads to ${written}`, passed.hops);
  }
  const reached = allowed("ExitsNetwork", `${written} is reached through gateway "${gateway.name}"`, passed.hops);
  return conclude(checkReply(estate, passed) ?? reached, passed);
}

/** Vnet2Vnet: the packet comes out of the other network's GatewaySubnet. */
function intoOtherNetwork(estate: Estate, gatewayId: string, journey: Journey, onward: Onward): Answer {
  const gateway = allGateways(estate).find((one) => one.id === gatewayId);
  const subnet = gateway === undefined ? undefined : subnetNamed(gateway.home, "GatewaySubnet");
  return gateway === undefined || subnet === undefined
    ? unknown(`the gateway at the other end, "${nameOf(gatewayId)}", is not in the input`, journey.hops)
    : onward(estate, subnet, { ...passing(journey, { kind: "gateway", gateway }), forwarded: false });
}

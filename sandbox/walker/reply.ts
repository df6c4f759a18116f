import type { Answer } from "./answer.ts";
import { denied, unknown } from "./answer.ts";
import { azureFirewalls } from "./azure-firewall.ts";
import { blindSpot } from "./blind-spot.ts";
import { privateEndpoints, selectRoutes } from "./effective-routes.ts";
import type { Estate } from "./estate.ts";
import { formatAddress } from "./ipv4.ts";
import type { Journey, Station } from "./journey.ts";
import { withHops } from "./journey.ts";
import { hubOf } from "./virtual-hub.ts";
import type { Subnet } from "./virtual-network.ts";
import { homeOf, subnetNamed } from "./virtual-network.ts";

/** Where the reply goes from a subnet. */
type Way =
  | { readonly to: "direct" | "gateway" | "hub" | "internet" | "dropped" }
  | { readonly to: "appliance"; readonly address: number }
  | { readonly to: "open" };

/**
 * The way back. Every firewall and gateway on the way there must see the reply too, and no other: a stateful device drops what
 * does not belong to a connection it knows. Security groups are stateful, so replies need no rule.
 * Undefined when the reply comes home.
 * https://learn.microsoft.com/azure/firewall/tutorial-hybrid-portal (page of 2020-11-17, read 2026-11-21: routes on both sides)
 */
export function checkReply(estate: Estate, journey: Journey): Answer | undefined {
  const { stations, sources } = journey;
  for (let index = stations.length - 1; index > 0; index--) {
    const from = stations[index];
    const home = stations[index - 1];
    const address = sources[index - 1];
    if (from === undefined || home === undefined || address === undefined) {
      throw new Error("every station has a predecessor and a source");
    }
    const problem = checkLeg(estate, journey, from, home, address);
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

function checkLeg(estate: Estate, journey: Journey, from: Station, home: Station, address: number): Answer | undefined {
  const subnet = leaves(from);
  if (subnet === undefined) {
    return undefined;
  }
  if (isPrivateEndpoint(estate, from) && home.kind === "firewall" && address !== home.address) {
    return unknown("whether replies of a private endpoint follow user routes to a firewall is left open", journey.hops);
  }
  const way = wayFrom(estate, subnet, address);
  if (way.to === "open") {
    return unknown(
      `the route of replies from subnet "${subnet.name}" to ${formatAddress(address)} cannot be told`,
      journey.hops,
    );
  }
  if (isHome(way, home, address)) {
    return undefined;
  }
  if (way.to === "appliance" && !isAzureFirewall(estate, way.address)) {
    return unknown(
      `what the appliance at ${formatAddress(way.address)} does with the reply is not in the input`,
      journey.hops,
    );
  }
  const reply = `the reply from subnet "${subnet.name}" to ${formatAddress(address)}`;
  const because =
    way.to === "dropped"
      ? `${reply} is dropped by its route`
      : `${reply} goes ${describe(way)} instead of ${expected(home)}`;
  const { hops } = withHops(journey, { step: "Return", at: subnet.name, verdict: "Deny", because });
  return denied(way.to === "dropped" ? "NullRouted" : "AsymmetricReturn", because, hops);
}

function isAzureFirewall(estate: Estate, address: number): boolean {
  return azureFirewalls(estate).some((firewall) => firewall.privateAddress === address);
}

function leaves(station: Station): Subnet | undefined {
  switch (station.kind) {
    case "machine":
      return station.subnet;
    case "firewall":
      return station.leaves;
    case "gateway":
      return subnetNamed(station.gateway.home, "GatewaySubnet");
    case "internet":
      return undefined;
  }
}

function isPrivateEndpoint(estate: Estate, station: Station): boolean {
  return (
    station.kind === "machine" &&
    privateEndpoints(estate).some(
      (one) => one.address === station.address && one.network.id === station.subnet.virtualNetworkId,
    )
  );
}

function wayFrom(estate: Estate, subnet: Subnet, address: number): Way {
  const [route, ...others] = selectRoutes(estate, subnet, address);
  const differs = others.some(
    (other) => other.nextHop !== route?.nextHop || other.nextHopAddress !== route.nextHopAddress,
  );
  if (route === undefined || differs) {
    return { to: "open" };
  }
  switch (route.nextHop) {
    case "VirtualNetwork":
    case "VirtualNetworkPeering":
    case "InterfaceEndpoint":
      return { to: "direct" };
    case "VirtualAppliance":
      return route.nextHopAddress === undefined ? { to: "open" } : { to: "appliance", address: route.nextHopAddress };
    case "VirtualNetworkGateway":
      return { to: hubOf(estate, homeOf(estate, subnet)) === undefined ? "gateway" : "hub" };
    case "Internet":
    case "VirtualNetworkServiceEndpoint":
      return { to: "internet" };
    case "None":
      // A route of Azure's own drops for certain only if nothing more specific was left out of the input.
      return route.source === "Default" && blindSpot(estate, subnet) !== undefined ? { to: "open" } : { to: "dropped" };
  }
}

function isHome(way: Way, home: Station, address: number): boolean {
  switch (home.kind) {
    case "machine":
      // Through a hub without a firewall the path there was the hub too; a hub's firewall is a station of its own.
      return way.to === "direct" || way.to === "hub";
    case "firewall":
      return (
        (way.to === "appliance" && way.address === home.address) ||
        (way.to === "direct" && address === home.address) ||
        (way.to === "hub" && home.leaves === undefined)
      );
    case "gateway":
      return way.to === "gateway";
    case "internet":
      return way.to === "internet";
  }
}

function describe(way: Way): string {
  switch (way.to) {
    case "appliance":
      return `to the appliance ${formatAddress(way.address)}`;
    case "direct":
      return "straight to its destination";
    case "gateway":
      return "to the virtual network gateway";
    case "hub":
      return "to the virtual hub";
    case "internet":
      return "to the Internet";
    case "dropped":
    case "open":
      return "nowhere";
  }
}

function expected(home: Station): string {
  switch (home.kind) {
    case "machine":
      return "straight back";
    case "firewall":
      return `through firewall "${home.name}", which saw the connection begin`;
    case "gateway":
      return `through gateway "${home.gateway.name}"`;
    case "internet":
      return "to the Internet";
  }
}

import type { Answer } from "./answer.ts";
import { denied, everyReading, unknown } from "./answer.ts";
import { nameOf } from "./arm-json.ts";
import { arrive } from "./arrival.ts";
import { blindSpot, silentGateway } from "./blind-spot.ts";
import { comeBackIn } from "./come-back-in.ts";
import { crossPeering } from "./cross-peering.ts";
import { selectRoutes } from "./effective-routes.ts";
import { leaveForInternet } from "./egress.ts";
import type { Estate } from "./estate.ts";
import { containsAny, formatAddress, isNeverSent } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { conclude, doubting, withHops } from "./journey.ts";
import { checkReply } from "./reply.ts";
import type { Route } from "./route-table.ts";
import { routeTableIsMissing } from "./route-table.ts";
import { leaveThroughServiceEndpoint } from "./service-endpoint-policy.ts";
import { throughAppliance } from "./through-appliance.ts";
import { throughGateway } from "./through-gateway.ts";
import { throughHub } from "./through-hub.ts";
import { hubOf } from "./virtual-hub.ts";
import type { Subnet } from "./virtual-network.ts";
import { homeOf } from "./virtual-network.ts";

/** Sends a packet on its way from a subnet. Steps that lead to another subnet are given it, so that they need not know this file. */
export type Onward = (estate: Estate, subnet: Subnet, journey: Journey) => Answer;

/** More hops than any real path has. */
const mostHops = 60;

/** Sends a packet that leaves a subnet on its way, as the subnet's routes say, until it ends. */
export function followRoute(estate: Estate, subnet: Subnet, journey: Journey): Answer {
  if (journey.hops.length > mostHops) {
    return denied("Loop", `the packet passes subnet "${subnet.name}" again and again`, journey.hops);
  }
  if (isNeverSent(journey.packet.destination)) {
    return denied("NoRoute", `no network carries ${formatAddress(journey.packet.destination)}`, journey.hops);
  }
  const known = routeTableIsMissing(estate, subnet)
    ? doubting(journey, `route table "${nameOf(subnet.routeTable ?? "")}" is not in the input`)
    : journey;
  const readings = selectRoutes(estate, subnet, journey.packet.destination).map((route) =>
    takeRoute(estate, subnet, route, known),
  );
  return everyReading(readings, `which route of subnet "${subnet.name}" wins cannot be told from the input`);
}

function takeRoute(estate: Estate, subnet: Subnet, route: Route, before: Journey): Answer {
  const because = `${route.source} route ${route.name === undefined ? "" : `"${route.name}" `}for ${route.prefix.text}`;
  const journey = withHops(before, {
    step: "Route",
    at: subnet.name,
    verdict: "Allow",
    because: because + assumption(estate, subnet, route),
    nextHop: route.nextHop,
  });
  const home = homeOf(estate, subnet);
  const destination = formatAddress(journey.packet.destination);
  switch (route.nextHop) {
    case "VirtualNetwork":
      return containsAny(home.addressSpace, journey.packet.destination)
        ? arrive(estate, home, journey)
        : denied("NoRoute", `${because} keeps ${destination} in "${home.name}", which does not hold it`, journey.hops);
    case "VirtualNetworkPeering":
    case "InterfaceEndpoint":
      return crossPeering(estate, subnet, journey);
    case "VirtualNetworkServiceEndpoint":
      return conclude(leaveThroughServiceEndpoint(estate, subnet, route, journey), journey);
    case "Internet":
      return leaveForGood(estate, subnet, journey);
    case "VirtualAppliance":
      return throughAppliance(estate, home, route, journey, followRoute);
    case "VirtualNetworkGateway":
      return hubOf(estate, home) === undefined || route.source === "User"
        ? throughGateway(estate, home, route, journey, followRoute)
        : throughHub(estate, home, journey, followRoute);
    case "None":
      return nullRoute(estate, subnet, route, `${because} drops ${destination}`, journey);
  }
}

/** A default route of Azure's own holds only if the gateway learnt no other one, which the resources do not show. */
function assumption(estate: Estate, subnet: Subnet, route: Route): string {
  const silent = route.source === "Default" && route.nextHop === "Internet" ? silentGateway(estate, subnet) : undefined;
  return silent === undefined ? "" : `, taking it that gateway "${silent}" learnt no default route`;
}

/** Traffic to the Internet must have a way out, and the reply must find its way from there back to the source. */
function leaveForGood(estate: Estate, subnet: Subnet, journey: Journey): Answer {
  const answer = leaveForInternet(estate, subnet, journey);
  const problem = answer.verdict === "Allow" ? checkReply(estate, journey) : undefined;
  const back =
    problem?.verdict !== "Deny" && answer.verdict === "Allow"
      ? comeBackIn(estate, subnet, { ...journey, hops: answer.hops }, followRoute)
      : undefined;
  const decided = back?.verdict === "Deny" ? back : (problem ?? back ?? answer);
  return conclude(decided, journey);
}

/** A route that somebody wrote drops for certain; one of Azure's own does so only if nothing more specific was left out of the input. */
function nullRoute(estate: Estate, subnet: Subnet, route: Route, because: string, journey: Journey): Answer {
  const blind = route.source === "Default" ? blindSpot(estate, subnet) : undefined;
  return blind === undefined ? denied("NullRouted", because, journey.hops) : unknown(blind, journey.hops);
}

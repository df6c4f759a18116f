import { noIntervals } from "../intervals.ts";
import { prefixSpace } from "../ip-space.ts";
import { type Prefix, prefix } from "../prefix.ts";
import { isUnknown, knownOr } from "../read.ts";
import { sameResource } from "../resource-id.ts";
import { privateAddresses, privateRanges } from "../special-addresses.ts";
import { type GatewayUse, gatewaysOf, missingGateway, routesOfGateway } from "../topology/gateways.ts";
import { type Network, placeOf, refersTo, type SubnetPlace } from "../topology/network.ts";
import { peeringsOf } from "../topology/peerings.ts";
import type { Route } from "./route.ts";

/** Routes that gateways, a route server or a virtual hub propagate to a subnet, and what had to be taken as given. */
export interface LearntRoutes {
  readonly routes: readonly Route[];
  readonly assumptions: readonly string[];
}

/**
 * What is propagated into the subnet's virtual network: prefixes of local network gateways, learnt BGP routes, a route
 * server's, a virtual hub's. Where the input does not tell what is learnt, private addresses may be covered, and no default
 * route or public prefix is taken to be learnt, which is printed.
 */
export function learntRoutes(network: Network, place: SubnetPlace): LearntRoutes {
  const routes: Route[] = [];
  const assumptions: string[] = [];
  const maybe = (reason: string, assumption: string, gateway?: GatewayUse) => {
    routes.push({
      ...(gateway === undefined ? {} : { gateway }),
      source: "VirtualNetworkGateway",
      nextHopType: "VirtualNetworkGateway",
      certain: noIntervals,
      possible: privateAddresses,
      reason,
    });
    assumptions.push(assumption);
  };
  for (const use of gatewaysOf(network, place.virtualNetwork)) {
    const known = routesOfGateway(network, use.gateway);
    for (const each of known.routes) {
      const far = each.behind === undefined ? {} : { farGateway: each.behind };
      routes.push({
        ...learnt(each.prefix),
        nextHopType: "VirtualNetworkGateway",
        gateway: use,
        ...far,
        origin: each.because,
      });
    }
    if (known.mayLearnMore !== undefined) {
      maybe(
        known.mayLearnMore.unknown,
        `gateway "${use.gateway.name}" is taken to learn no default route and no public prefix`,
        use,
      );
    }
  }
  const missing = missingGateway(network, place.virtualNetwork);
  if (missing !== undefined)
    maybe(missing.unknown, `${missing.unknown}: it is taken to announce no default route and no public prefix`);
  addRouteServers(network, place, routes, maybe);
  addVirtualHubs(network, place, routes, maybe);
  return { routes, assumptions };
}

function learnt(block: Prefix): Pick<Route, "source" | "prefix" | "certain" | "possible"> {
  return { source: "VirtualNetworkGateway", prefix: block, certain: prefixSpace(block), possible: prefixSpace(block) };
}

type Maybe = (reason: string, assumption: string) => void;

/** A route server's routes reach its own virtual network and the peers that use its gateway. */
function addRouteServers(network: Network, place: SubnetPlace, routes: Route[], maybe: Maybe): void {
  for (const server of network.estate.routeServers) {
    const home = placeOf(network, server.subnetId);
    if (home === undefined) continue;
    const own = sameResource(home.virtualNetwork.id, place.virtualNetwork.id);
    const borrowed = peeringsOf(network, place.virtualNetwork).some(
      (view) =>
        view.peering.useRemoteGateways === true &&
        view.remote !== undefined &&
        sameResource(view.remote.id, home.virtualNetwork.id),
    );
    if (!own && !borrowed) continue;
    for (const peer of server.bgpConnections) {
      if (peer.learnedRoutes === undefined) {
        const assumption = `route server "${server.name}" is taken to learn no default route and no public prefix from "${peer.name}"`;
        maybe(`what route server "${server.name}" learns from "${peer.name}" is not in the input`, assumption);
        continue;
      }
      for (const route of peer.learnedRoutes) {
        if (isUnknown(route)) maybe(route.unknown, `route server "${server.name}" is taken to learn no default route`);
        else {
          const ip = route.nextHop ?? knownOr(peer.peerIp, undefined);
          const hop = ip === undefined ? {} : { nextHopIpAddress: ip };
          routes.push({
            ...learnt(route.network),
            nextHopType: "VirtualAppliance",
            ...hop,
            origin: `route server "${server.name}"`,
          });
        }
      }
    }
  }
}

/**
 * A spoke of a virtual hub with routing intent learns the private ranges and, with `enableInternetSecurity`, the default
 * route, towards the hub's firewall. Without routing intent what it learns is not modelled.
 * https://learn.microsoft.com/azure/virtual-wan/how-to-routing-policies, read 2026-11-20.
 */
function addVirtualHubs(network: Network, place: SubnetPlace, routes: Route[], maybe: Maybe): void {
  for (const hub of network.estate.virtualHubs) {
    const connection = hub.connections.find((each) => refersTo(each.remoteVirtualNetworkId, place.virtualNetwork.id));
    if (connection === undefined) continue;
    const names = (policy: (typeof hub.routingPolicies)[number]) =>
      policy.destinations.map((d) => (isUnknown(d) ? "" : d.toLowerCase()));
    const internet = hub.routingPolicies.find((policy) => names(policy).includes("internet"));
    const traffic = hub.routingPolicies.find((policy) => names(policy).includes("privatetraffic"));
    const toFirewall = (policy: typeof internet, block: Prefix) => {
      const hubFirewallId = knownOr(policy?.nextHopId, undefined);
      const hop = hubFirewallId === undefined ? {} : { hubFirewallId };
      routes.push({
        ...learnt(block),
        nextHopType: "VirtualNetworkGateway",
        ...hop,
        origin: `routing intent of virtual hub "${hub.name}"`,
      });
    };
    if (internet !== undefined && connection.enableInternetSecurity === true) toFirewall(internet, prefix("0.0.0.0/0"));
    if (traffic !== undefined) {
      for (const range of privateRanges.slice(0, 3)) toFirewall(traffic, range);
    } else {
      maybe(
        `what virtual hub "${hub.name}" announces without a private routing policy is not modelled`,
        `virtual hub "${hub.name}" is taken to announce no default route and no public prefix`,
      );
    }
  }
}

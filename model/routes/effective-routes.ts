import { covers } from "../intervals.ts";
import { formatAddress, formatPrefix } from "../prefix.ts";
import type { Network, SubnetPlace } from "../topology/network.ts";
import { type NextHopType, nextHopNames, type Route, type RouteSource, routeLabel } from "./route.ts";
import { coveredText, routesOfSubnet } from "./select-route.ts";

/** One row of Azure's "effective routes", with the reason when it does not count. */
export interface EffectiveRoute {
  readonly source: RouteSource;
  readonly state: "Active" | "Invalid";
  readonly addressPrefixes: readonly string[];
  readonly nextHopType: NextHopType;
  readonly nextHop: string;
  readonly nextHopIpAddress: readonly string[];
  readonly name: string | null;
  readonly because: string | null;
}

/** The effective routes of a subnet, in the order in which they win; those that another one overrides are `Invalid`. */
export function effectiveRoutes(network: Network, place: SubnetPlace): readonly EffectiveRoute[] {
  const view = routesOfSubnet(network, place, []);
  const rows: EffectiveRoute[] = [];
  const winners = new Map<string, Route>();
  for (const route of view.ordered) {
    const text = coveredText(route);
    const key = route.prefix === undefined ? `${text} ${rows.length}` : formatPrefix(route.prefix);
    const winner = winners.get(key);
    if (winner === undefined && !isHidden(route)) {
      winners.set(key, route);
      rows.push(row(route, "Active", route.reason ?? null));
    } else if (winner === undefined) {
      rows.push(row(route, "Invalid", "routes of the virtual network and of peerings are preferred to BGP routes"));
    } else {
      rows.push(row(route, "Invalid", `overridden by ${routeLabel(winner, coveredText(winner))}`));
    }
  }
  return [...rows, ...view.removed.map(({ route, because }) => row(route, "Invalid", because))];
}

function isHidden(route: Route): boolean {
  return route.source === "VirtualNetworkGateway" && route.prefix !== undefined && covers([], route.certain);
}

function row(route: Route, state: "Active" | "Invalid", because: string | null): EffectiveRoute {
  return {
    source: route.source,
    state,
    addressPrefixes: [
      route.tag !== undefined && route.prefix !== undefined ? formatPrefix(route.prefix) : coveredText(route),
    ],
    nextHopType: route.nextHopType,
    nextHop: nextHopNames[route.nextHopType],
    nextHopIpAddress: route.nextHopIpAddress === undefined ? [] : [formatAddress(route.nextHopIpAddress)],
    name: route.name ?? null,
    because: because ?? (route.tag === undefined ? null : `of service tag ${route.tag}`),
  };
}

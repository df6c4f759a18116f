import type { Random } from "../../model/support/random.ts";
import { routeTable, type WireResource } from "../../support/arm-resources.ts";
import { addresses, places } from "./world.ts";

/** Route tables that subnets may carry. */
export const tableNames = ["rt-a", "rt-b"] as const;

type Hop = readonly [prefix: string, nextHopType: string, nextHopIpAddress?: string];

/** Route tables: with a firewall most send the default to it, else a few random routes. */
export function randomTables(random: Random, hasFirewall: boolean): readonly WireResource[] {
  return [
    routeTable("rt-a", randomRoutes(random, hasFirewall), propagation(random)),
    routeTable("rt-b", randomRoutes(random, hasFirewall), propagation(random)),
    routeTable("rt-gateway", gatewayRoutes(random, hasFirewall), propagation(random)),
    routeTable("rt-firewall", firewallRoutes(random), propagation(random)),
  ];
}

function propagation(random: Random) {
  return { disableBgpRoutePropagation: random.chance(0.3) };
}

function randomRoutes(random: Random, hasFirewall: boolean): Record<string, Hop> {
  const routes: Record<string, Hop> = {};
  const toFirewall = ["VirtualAppliance", addresses.firewall] as const;
  if (hasFirewall && random.chance(0.75)) routes.default = ["0.0.0.0/0", ...toFirewall];
  if (hasFirewall && random.chance(0.4))
    routes.east = [random.pick(["10.0.0.0/8", "10.2.0.0/16", "10.1.0.0/16"]), ...toFirewall];
  const count = random.below(3);
  for (let index = 0; index < count; index++) {
    const where = random.chance(0.2) ? random.pick(["Storage", "AzureCloud", "0.0.0.0/0"]) : random.pick(places);
    if (Object.values(routes).some(([prefix]) => prefix === where)) continue;
    routes[`route-${index}`] = [where, ...randomHop(random, hasFirewall)];
  }
  return routes;
}

function randomHop(random: Random, hasFirewall: boolean): readonly [string, string?] {
  const kind = random.below(10);
  if (kind < 3) return ["Internet"];
  if (kind < 5) return ["None"];
  if (kind < 6) return ["VnetLocal"];
  if (kind < 7) return ["VirtualNetworkGateway"];
  if (kind < 8) return ["VirtualAppliance", addresses.nva];
  return hasFirewall ? ["VirtualAppliance", addresses.firewall] : ["Internet"];
}

/** A GatewaySubnet may send the spokes' prefixes to the firewall; a default route is not allowed there. */
function gatewayRoutes(random: Random, hasFirewall: boolean): Record<string, Hop> {
  const routes: Record<string, Hop> = {};
  if (!hasFirewall) return routes;
  for (const prefix of ["10.1.0.0/16", "10.2.0.0/16"]) {
    if (random.chance(0.6)) routes[`to-${prefix.slice(3, 4)}`] = [prefix, "VirtualAppliance", addresses.firewall];
  }
  return routes;
}

/** AzureFirewallSubnet: some routes of their own, one of which leads back to the firewall. */
function firewallRoutes(random: Random): Record<string, Hop> {
  return {
    back: [random.pick(places), "VirtualAppliance", addresses.firewall],
    ...(random.chance(0.5) ? { out: ["0.0.0.0/0", "Internet"] } : {}),
  };
}

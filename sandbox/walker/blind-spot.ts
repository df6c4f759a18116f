import { nameOf } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import { gatewaysFor } from "./gateway.ts";
import { propagatesGatewayRoutes } from "./route-table.ts";
import { hubOf } from "./virtual-hub.ts";
import type { Subnet } from "./virtual-network.ts";
import { homeOf, subnetNamed, virtualNetworkById } from "./virtual-network.ts";

/** Why a subnet may have routes that the input does not show: a peer or learnt routes it lacks. Undefined when all is there. */
export function blindSpot(estate: Estate, subnet: Subnet | undefined): string | undefined {
  if (subnet === undefined) {
    return undefined;
  }
  const home = homeOf(estate, subnet);
  const absent = home.peerings.find((peering) => virtualNetworkById(estate, peering.remote) === undefined);
  if (absent !== undefined) {
    return `the peered virtual network "${nameOf(absent.remote)}" is not in the input`;
  }
  const partial = home.peerings.find((peering) => !peering.completeVirtualNetworks);
  if (partial !== undefined) {
    return `peering "${partial.name}" joins single subnets, which this walker does not follow`;
  }
  const silent = silentGateway(estate, subnet);
  if (silent !== undefined) {
    return `the routes that gateway "${silent}" learnt by BGP are not in the input`;
  }
  if (subnetNamed(home, "RouteServerSubnet") !== undefined) {
    return `the routes that Route Server of "${home.name}" learnt are not in the input`;
  }
  return hubOf(estate, home)?.hub.notFollowed;
}

/** The gateway whose learnt routes reach a subnet but are not in the input, by name. */
export function silentGateway(estate: Estate, subnet: Subnet): string | undefined {
  return propagatesGatewayRoutes(estate, subnet)
    ? gatewaysFor(estate, homeOf(estate, subnet)).find((gateway) => gateway.learned === undefined)?.name
    : undefined;
}

import { readAddress, readCidr } from "./addresses.ts";
import { checkPrefix } from "./check-prefix.ts";
import { childEntries } from "./child-lists.ts";
import type { ArmError, ArmResource, EstateView } from "./contract.ts";
import { badRequest } from "./refusal.ts";
import { isServiceTag } from "./service-tags.ts";
import { propertiesOf, sameText, text, type Wire } from "./wire.ts";

/** How a route table holds its routes. */
export const routeList = { list: "routes", childType: "Microsoft.Network/routeTables/routes" };

/** Properties of every route of a table, written inline or as resources. */
export function tableRoutes(table: ArmResource, estate: EstateView): readonly Wire[] {
  return childEntries(table, routeList, estate).map(propertiesOf);
}

/** One route on its way into a table, with the routes that are or will be beside it. */
export interface RouteEntry {
  readonly id: string;
  readonly name: string;
  readonly properties: Wire;
}

/**
 * Refuses a route: prefix or tag, next hop address exactly with a virtual appliance, one route a prefix.
 * Source: https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview (as of 2026-11-21);
 * `MissingNextHopIpAddress` from https://github.com/hashicorp/terraform-provider-azurerm/pull/20365.
 */
export function* checkRoute(route: RouteEntry, others: readonly RouteEntry[]): Generator<ArmError> {
  const { id, name, properties } = route;
  const prefix = text(properties.addressPrefix);
  if (prefix === undefined) {
    yield badRequest("RouteAddressPrefixRequired", `Route ${name} must have an address prefix.`);
    return;
  }
  if (!isServiceTag(prefix)) yield* checkPrefix(prefix, id);
  yield* checkNextHop(route);
  const twin = others.find((other) => sameText(other.properties.addressPrefix, prefix) && !sameText(other.name, name));
  if (twin !== undefined) {
    yield badRequest(
      "RouteConflict",
      `Route ${name} conflicts with route ${twin.name}. Routes cannot have the same AddressPrefix ${prefix}.`,
    );
  }
}

function* checkNextHop({ name, properties }: RouteEntry): Generator<ArmError> {
  const address = text(properties.nextHopIpAddress);
  const isAppliance = sameText(properties.nextHopType, "VirtualAppliance");
  if (isAppliance && address === undefined) {
    yield badRequest(
      "MissingNextHopIpAddress",
      `NextHopIpAddress cannot be Null or Empty in route ${name} when NextHopType is VirtualAppliance.`,
    );
  } else if (!isAppliance && address !== undefined) {
    yield badRequest(
      "NextHopIpAddressNotAllowed",
      `NextHopIpAddress ${address} in route ${name} is only allowed when NextHopType is VirtualAppliance.`,
    );
  } else if (address !== undefined && readAddress(address) === undefined) {
    yield badRequest(
      "InvalidNextHopIpAddress",
      `NextHopIpAddress ${address} in route ${name} is not a valid IP address.`,
    );
  }
}

/** Limits of a table. Source: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits (as of 2026-11-21) (text of 2026-08-04). */
const routesMax = 1000;
const tagRoutesMax = 25;

/** Refuses more routes, or more service-tag routes, than a table takes. */
export function* checkRouteCount(tableName: string, routes: readonly Wire[]): Generator<ArmError> {
  const tagged = routes.filter((route) => readCidr(text(route.addressPrefix) ?? "") === undefined);
  if (routes.length > routesMax) {
    yield badRequest(
      "RouteTableLimitExceeded",
      `Route table ${tableName} has ${routes.length} routes; at most ${routesMax} are allowed.`,
    );
  }
  if (tagged.length > tagRoutesMax) {
    yield badRequest(
      "ServiceTagRouteLimitExceeded",
      `Route table ${tableName} has ${tagged.length} routes with service tags; at most ${tagRoutesMax} are allowed.`,
    );
  }
}

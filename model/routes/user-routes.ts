import type { UserRoute } from "../estate/route-table.ts";
import { noIntervals } from "../intervals.ts";
import { allAddresses, prefixSpace } from "../ip-space.ts";
import { isUnknown, knownOr, type Read } from "../read.ts";
import { tagIncludes } from "../reference-data.ts";
import { publicAddresses } from "../special-addresses.ts";
import type { Network, SubnetPlace } from "../topology/network.ts";
import type { Route } from "./route.ts";

/** The routes of the subnet's route table, and whether gateways propagate into it. */
export interface UserRoutes {
  readonly routes: readonly Route[];
  /** `undefined` when the switch could not be read. */
  readonly propagation: boolean | undefined;
  /** Why the table could not be read. */
  readonly missing?: string;
}

/** Reads the route table of a subnet. A tag counts as its prefixes; one that is known to hold the destination covers it whole. */
export function userRoutes(network: Network, place: SubnetPlace, destinationTags: readonly string[]): UserRoutes {
  const table = network.find("routeTables", place.subnet.routeTableId);
  if (table.kind === "none") return { routes: [], propagation: true };
  if (table.kind === "missing") return { routes: [], propagation: undefined, missing: table.because };
  const disabled = table.resource.disableBgpRoutePropagation ?? false;
  return {
    routes: table.resource.routes.flatMap((route) => routesOf(network, route, destinationTags)),
    propagation: isUnknown(disabled) ? undefined : !disabled,
  };
}

function routesOf(network: Network, route: Read<UserRoute>, destinationTags: readonly string[]): readonly Route[] {
  if (isUnknown(route)) return [unread(route.unknown)];
  const type = knownOr(route.nextHopType, undefined);
  if (type === undefined) {
    const why = isUnknown(route.nextHopType) ? route.nextHopType.unknown : "its next hop type is not known";
    return [{ ...unread(why), name: route.name, ...coverOf(network, route, destinationTags, why) }];
  }
  const ip = route.nextHopIpAddress;
  const base = {
    source: "User",
    nextHopType: type,
    name: route.name,
    ...(ip === undefined || isUnknown(ip) ? {} : { nextHopIpAddress: ip }),
  } as const;
  const { addressPrefix } = route;
  if (isUnknown(addressPrefix))
    return [{ ...base, certain: noIntervals, possible: allAddresses, reason: addressPrefix.unknown }];
  if (addressPrefix.kind === "prefix") {
    const space = prefixSpace(addressPrefix.prefix);
    return [{ ...base, prefix: addressPrefix.prefix, certain: space, possible: space }];
  }
  if (addressPrefix.kind !== "serviceTag") return [];
  const tag = addressPrefix.name;
  if (destinationTags.some((member) => tagIncludes(tag, member))) {
    return [{ ...base, tag, certain: allAddresses, possible: allAddresses }];
  }
  const published = network.reference.serviceTag(tag);
  if (published === undefined) {
    const reason = `the prefixes of service tag "${tag}" are not known`;
    return destinationTags.length > 0
      ? []
      : [{ ...base, tag, certain: noIntervals, possible: publicAddresses, reason }];
  }
  return published.prefixes.map((block) => {
    const space = prefixSpace(block);
    return { ...base, tag, prefix: block, certain: space, possible: space, resolvedTag: true };
  });
}

function coverOf(network: Network, route: UserRoute, tags: readonly string[], reason: string): Partial<Route> {
  const [first] = routesOf(network, { ...route, nextHopType: "None" }, tags);
  return { certain: noIntervals, possible: first?.possible ?? allAddresses, reason };
}

function unread(reason: string): Route {
  return {
    source: "User",
    nextHopType: "None",
    certain: noIntervals,
    possible: allAddresses,
    reason: `a user route could not be read: ${reason}`,
  };
}

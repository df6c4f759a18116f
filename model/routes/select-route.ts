import { type Basis, weakest } from "../basis.ts";
import { firstMatch, type Line } from "../first-match.ts";
import { destinationsOf, headerSpaceOf, keyOfFlows } from "../header-space.ts";
import { intersect, intersects, subtract, unite } from "../intervals.ts";
import { allAddresses, type IpSpace } from "../ip-space.ts";
import { containsPrefix, formatPrefix } from "../prefix.ts";
import { knownOr } from "../read.ts";
import { type Network, placeOf, type SubnetPlace } from "../topology/network.ts";
import { type LearntRoutes, learntRoutes } from "./learnt-routes.ts";
import { unsettledRoutes } from "./managed-routes.ts";
import { type Route, sourceRank, tagRank } from "./route.ts";
import { privateEndpointRoutes, serviceEndpointRoutes, systemRoutes } from "./system-routes.ts";
import { type UserRoutes, userRoutes } from "./user-routes.ts";

/** Destinations that take the same route. */
export interface RouteChoice {
  readonly destinations: IpSpace;
  /** Absent when which route decides is not known; `because` then says why. */
  readonly route?: Route;
  readonly because: string;
  readonly basis: Basis;
}

/** Every route a subnet has, in the order in which they win, with those that something removed. */
export interface RouteTableView {
  readonly ordered: readonly Route[];
  /** Routes that do not count, each with the reason. */
  readonly removed: readonly { readonly route: Route; readonly because: string }[];
  readonly user: UserRoutes;
  readonly learnt: LearntRoutes;
}

/**
 * Chooses the route of every destination of a set: longest prefix first; for equal prefixes user over BGP over system, and
 * an explicit prefix over a tag. Exceptions: service endpoints are never overridden; routes of the virtual network and of
 * peerings are preferred to more specific BGP routes; a user default route removes the system routes that drop private ranges.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route, read 2026-11-20.
 */
export function selectRoutes(
  network: Network,
  place: SubnetPlace,
  destinations: IpSpace,
  destinationTags: readonly string[],
): readonly RouteChoice[] {
  const choose = () => chooseRoutes(network, place, destinations, destinationTags);
  const asked = keyOfFlows(headerSpaceOf({ destination: destinations }));
  return asked === undefined
    ? choose()
    : network.memo("route choices", `${place.id} ${destinationTags} ${asked}`, choose);
}

function chooseRoutes(
  network: Network,
  place: SubnetPlace,
  destinations: IpSpace,
  destinationTags: readonly string[],
): readonly RouteChoice[] {
  let left = destinations;
  const unsettled: RouteChoice[] = [];
  for (const { destinations: open, because } of unsettledRoutes(network, place)) {
    const part = intersect(left, open);
    if (part.length > 0) unsettled.push({ destinations: part, because, basis: "geometry" });
    left = subtract(left, open);
  }
  return left.length === 0 ? unsettled : [...unsettled, ...chooseSettled(network, place, left, destinationTags)];
}

function chooseSettled(
  network: Network,
  place: SubnetPlace,
  destinations: IpSpace,
  destinationTags: readonly string[],
): readonly RouteChoice[] {
  const view = routesOfSubnet(network, place, destinationTags);
  if (view.user.missing !== undefined) {
    return [{ destinations, because: `the route table of the subnet: ${view.user.missing}`, basis: "geometry" }];
  }
  const lines = network.memo("route lines", `${place.id} ${destinationTags}`, () => routeLines(view.ordered));
  return firstMatch(lines, headerSpaceOf({ destination: destinations })).map((match): RouteChoice => {
    const space = destinationsOf(match.space);
    const { line } = match;
    if (line === undefined) return { destinations: space, because: "no route covers it", basis: "geometry" };
    const other = match.maybe.find(
      (maybe) => !sameHop(maybe.value, line.value) || maybe.value.name !== line.value.name,
    );
    if (other !== undefined && !sameHop(other.value, line.value)) {
      return { destinations: space, because: other.reason ?? "a route that could not be read", basis: "geometry" };
    }
    const passed = match.passed.filter((each) => !sameHop(each.value, line.value)).map((each) => each.basis);
    return {
      destinations: space,
      route: line.value,
      because: "the longest prefix",
      basis: weakest(line.basis, ...passed),
    };
  });
}

/** The routes of a subnet before any destination is asked for. */
export function routesOfSubnet(
  network: Network,
  place: SubnetPlace,
  destinationTags: readonly string[],
): RouteTableView {
  return network.memo("routes", `${place.id} ${destinationTags}`, () => {
    const user = userRoutes(network, place, destinationTags);
    const learnt = learntRoutes(network, place);
    const removed: { route: Route; because: string }[] = [];
    const system = systemRoutes(network, place).filter((route) => {
      const byDefault = user.routes.find((candidate) => candidate.prefix?.length === 0 && candidate.tag === undefined);
      if (route.nextHopType !== "None" || byDefault === undefined) return true;
      removed.push({
        route,
        because: `user route "${byDefault.name}" 0.0.0.0/0 removes the routes that drop private ranges`,
      });
      return false;
    });
    const endpoints = privateEndpointRoutes(network, place).filter((route) => {
      const over = overridingRoute(network, place, route, user.routes);
      if (over !== undefined) removed.push({ route, because: `overridden by user route "${over.name}"` });
      return over === undefined;
    });
    const propagated = learnt.routes.flatMap((route): readonly Route[] => {
      if (user.propagation === true) return [route];
      if (user.propagation === undefined) {
        return [
          { ...route, certain: [], reason: "whether gateways propagate their routes to the subnet is not known" },
        ];
      }
      removed.push({ route, because: "the route table does not let gateways propagate their routes" });
      return [];
    });
    const preferred = preferredSpace(system);
    const contested = subtract(overriddenSpace(system, user.routes), singleAddresses([...user.routes, ...endpoints]));
    const behind = propagated.map((route): Route => {
      const open = intersects(intersect(route.possible, preferred), contested);
      return {
        ...route,
        certain: subtract(route.certain, preferred),
        possible: subtract(route.possible, subtract(preferred, contested)),
        ...(open && route.reason === undefined ? { reason: contestedReason } : {}),
      };
    });
    const all = [...user.routes, ...behind, ...system, ...endpoints];
    const ordered = [...serviceEndpointRoutes(network, place, destinationTags), ...all.sort(compareRoutes)];
    return { ordered, removed, user, learnt: user.propagation === false ? { routes: [], assumptions: [] } : learnt };
  });
}

/** Longest prefix first. A route without a known prefix comes last here; `routeLines` also lets it come first. */
function compareRoutes(a: Route, b: Route): number {
  return (
    (b.prefix?.length ?? 0.5) - (a.prefix?.length ?? 0.5) || sourceRank(a) - sourceRank(b) || tagRank(a) - tagRank(b)
  );
}

/** Destinations of the virtual network and its peers, where BGP routes do not count. */
function preferredSpace(system: readonly Route[]): IpSpace {
  return system
    .filter((route) => route.nextHopType === "VnetLocal" || route.nextHopType === "VNetPeering")
    .reduce<IpSpace>((all, route) => unite(all, route.certain), []);
}

/**
 * Where a user route invalidates the system route of the network or a peer. Microsoft prefers such a *system* route to a more specific
 * BGP route, and does not say whether the user route in its place is preferred too.
 */
function overriddenSpace(system: readonly Route[], user: readonly Route[]): IpSpace {
  const own = system.filter((route) => route.nextHopType === "VnetLocal" || route.nextHopType === "VNetPeering");
  return user.reduce<IpSpace>((all, { prefix, certain }) => {
    const over = own.filter((route) => prefix !== undefined && prefix.length >= (route.prefix?.length ?? 33));
    return over.reduce<IpSpace>((sum, route) => unite(sum, intersect(certain, route.certain)), all);
  }, []);
}

/** Nothing is longer than a route of one address. */
function singleAddresses(routes: readonly Route[]): IpSpace {
  return routes
    .filter((route) => route.prefix?.length === 32)
    .reduce<IpSpace>((all, route) => unite(all, route.certain), []);
}

const contestedReason =
  "whether a more specific BGP route or the user route wins that overrides the system route is not documented";

/**
 * With route table policies on the endpoint's subnet, a user route that lies within the address space overrides its /32.
 * https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy, read 2026-11-20.
 */
function overridingRoute(
  network: Network,
  place: SubnetPlace,
  endpoint: Route,
  user: readonly Route[],
): Route | undefined {
  const block = endpoint.prefix;
  if (block === undefined) return undefined;
  const home = network.estate.privateEndpoints
    .map((each) => placeOf(network, each.subnetId))
    .find((each) => each?.subnet.addressPrefixes.some((p) => containsKnown(p, block)));
  const policies = knownOr(home?.subnet.privateEndpointNetworkPolicies, "Disabled");
  if (policies !== "Enabled" && policies !== "RouteTableEnabled") return undefined;
  const spaces = (home?.virtualNetwork ?? place.virtualNetwork).addressSpace;
  return user.find(
    ({ prefix }) =>
      prefix !== undefined && containsPrefix(prefix, block) && spaces.some((s) => containsKnown(s, prefix)),
  );
}

function containsKnown(outer: unknown, inner: { readonly base: number; readonly length: number }): boolean {
  if (typeof outer !== "object" || outer === null || !("base" in outer) || !("length" in outer)) return false;
  const { base, length } = outer;
  return typeof base === "number" && typeof length === "number" && containsPrefix({ base, length }, inner);
}

/** A route whose place in the order is not known stands first as a line that may match, and again where it surely counts. */
function routeLines(routes: readonly Route[]): readonly Line<Route>[] {
  const floating = routes.filter(
    (route) => route.prefix === undefined && route.nextHopType !== "VirtualNetworkServiceEndpoint",
  );
  return [
    ...floating.map(
      (route): Line<Route> => ({ ...lineOf(route), certain: [], reason: route.reason ?? tagReason(route) }),
    ),
    ...routes.map(lineOf),
  ];
}

function lineOf(route: Route): Line<Route> {
  const documented = route.tag !== undefined && route.prefix === undefined && route.certain === allAddresses;
  const basis: Basis = route.resolvedTag ? "resolvedSnapshot" : documented ? "documentedTag" : "geometry";
  return {
    value: route,
    certain: headerSpaceOf({ destination: route.certain }),
    possible: headerSpaceOf({ destination: route.possible }),
    basis,
    ...(route.reason === undefined ? {} : { reason: route.reason }),
  };
}

function tagReason(route: Route): string {
  return `whether a prefix of service tag "${route.tag}" is longer than that of another route is not known`;
}

/** Whether two routes send packets the same way. */
function sameHop(a: Route, b: Route): boolean {
  return (
    a.nextHopType === b.nextHopType &&
    a.nextHopIpAddress === b.nextHopIpAddress &&
    a.peering === b.peering &&
    (a.gateway === b.gateway || meansSameGateway(a, b)) &&
    a.hubFirewallId === b.hubFirewallId
  );
}

/** A user route names no gateway: it means the one that the network has, which must be of type Vpn. */
function meansSameGateway(a: Route, b: Route): boolean {
  const known = a.gateway === undefined ? b.gateway : b.gateway === undefined ? a.gateway : undefined;
  return known?.gateway.gatewayType === "Vpn";
}

/** What a route covers, as an answer prints it. */
export function coveredText(route: Route): string {
  if (route.tag !== undefined) return route.tag;
  return route.prefix === undefined ? "(unread)" : formatPrefix(route.prefix);
}

import type { Basis } from "../basis.ts";
import { subtract, unite } from "../intervals.ts";
import { addressSpaceOf, allAddresses, type IpSpace, ipSpaceOf, prefixSpace } from "../ip-space.ts";
import { isUnknown, splitKnown } from "../read.ts";
import { platformAddress, privateAddresses, publicAddresses } from "../special-addresses.ts";
import { gatewaysOf, missingGateway, routesOfGateway } from "../topology/gateways.ts";
import { type Network, type SubnetPlace, virtualNetworkSpace } from "../topology/network.ts";
import { peeringsOf } from "../topology/peerings.ts";

/** A set of addresses of which only a part may be known: `certain` belongs to it, `possible` holds all that may. */
export interface Extent {
  readonly certain: IpSpace;
  readonly possible: IpSpace;
  /** Why the two differ. */
  readonly reason?: string;
  readonly basis: Basis;
}

/** What `VirtualNetwork` and `Internet` mean where a rule is read, in one reading of Microsoft's page. */
export interface TagScope {
  readonly virtualNetwork: Extent;
  readonly internet: Extent;
}

/**
 * The tags of one subnet, in every reading that Microsoft's page leaves open: `VirtualNetwork` is the address space of the
 * virtual network, of its peers, of on-premises behind its gateway, the host's address and the prefixes of its user routes,
 * and "might also contain default routes". When a default route exists there are two readings, without and with it, and an
 * answer must be the same in both.
 *
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview, read 2026-11-20.
 */
export function tagScopesOf(network: Network, place: SubnetPlace): readonly TagScope[] {
  return network.memo("tag scopes", place.id, () => {
    const connected = connectedSpace(network, place);
    const routes = userRouteSpace(network, place);
    const certain = unite(unite(connected.certain, routes.certain), addressSpaceOf(platformAddress));
    const reason = connected.reason ?? routes.reason;
    const possible = unite(certain, unite(connected.possible, routes.possible));
    const narrow: Extent = { certain, possible, basis: "geometry", ...(reason === undefined ? {} : { reason }) };
    const internet: Extent = {
      certain: subtract(publicAddresses, connected.certain),
      possible: publicAddresses,
      basis: "geometry",
    };
    const outside: Extent = { ...internet, possible: internet.certain };
    const scope: TagScope = { virtualNetwork: narrow, internet: outside };
    if (!routes.hasDefault && !connected.mayHaveDefault) return [scope];
    const wide: Extent = { certain: allAddresses, possible: allAddresses, basis: "geometry" };
    return [scope, { virtualNetwork: wide, internet: outside }];
  });
}

interface Connected extends Extent {
  readonly mayHaveDefault: boolean;
}

/** The virtual network, its peers and what lies behind its gateways. Unread spaces are taken to be private ones. */
function connectedSpace(network: Network, place: SubnetPlace): Connected {
  const own = splitKnown(place.virtualNetwork.addressSpace);
  let certain = virtualNetworkSpace(place.virtualNetwork);
  let reason = own.unknown[0]?.unknown;
  let mayHaveDefault = false;
  for (const view of peeringsOf(network, place.virtualNetwork)) {
    if (view.peering.allowVirtualNetworkAccess === false) continue;
    const space = splitKnown(view.addressSpace);
    if (view.connected === true) certain = unite(certain, ipSpaceOf(space.known));
    if (isUnknown(view.connected)) reason ??= view.connected.unknown;
    reason ??= space.unknown[0]?.unknown;
  }
  for (const use of gatewaysOf(network, place.virtualNetwork)) {
    const { routes, mayLearnMore } = routesOfGateway(network, use.gateway);
    const specific = routes.filter((route) => route.prefix.length > 0);
    certain = unite(certain, ipSpaceOf(specific.map((route) => route.prefix)));
    if (specific.length < routes.length) mayHaveDefault = true;
    reason ??= mayLearnMore?.unknown;
  }
  const missing = missingGateway(network, place.virtualNetwork);
  reason ??= missing?.unknown;
  const possible = reason === undefined ? certain : unite(certain, privateAddresses);
  return { certain, possible, basis: "geometry", mayHaveDefault, ...(reason === undefined ? {} : { reason }) };
}

/** The prefixes of the user routes of the subnet; a default route is told apart. */
function userRouteSpace(network: Network, place: SubnetPlace): Extent & { readonly hasDefault: boolean } {
  const table = network.find("routeTables", place.subnet.routeTableId);
  if (table.kind === "none") return { certain: [], possible: [], basis: "geometry", hasDefault: false };
  if (table.kind === "missing") {
    return { certain: [], possible: allAddresses, reason: table.because, basis: "geometry", hasDefault: true };
  }
  let certain: IpSpace = [];
  let possible: IpSpace = [];
  let reason: string | undefined;
  let hasDefault = false;
  for (const route of table.resource.routes) {
    const address = isUnknown(route) ? route : route.addressPrefix;
    if (isUnknown(address)) {
      possible = allAddresses;
      reason ??= address.unknown;
    } else if (address.kind === "prefix") {
      if (address.prefix.length === 0) hasDefault = true;
      else certain = unite(certain, prefixSpace(address.prefix));
    } else if (address.kind === "serviceTag") {
      const tag = network.reference.serviceTag(address.name);
      possible = unite(possible, tag === undefined ? publicAddresses : ipSpaceOf(tag.prefixes));
      reason ??= `whether the tag VirtualNetwork holds the prefixes of the route to "${address.name}" is not documented`;
    }
  }
  return { certain, possible, basis: "geometry", hasDefault, ...(reason === undefined ? {} : { reason }) };
}

import { list, parentOf, record, reference, text, texts } from "./arm-json.ts";
import { silentGateway } from "./blind-spot.ts";
import type { Estate } from "./estate.ts";
import { gatewayPrefixes, gatewaysFor } from "./gateway.ts";
import type { Block } from "./ipv4.ts";
import { block, contains, covers, isPublic, parseAddress, reservedBlocks } from "./ipv4.ts";
import { linksOf } from "./peering.ts";
import type { NextHopType, Route } from "./route-table.ts";
import { propagatesGatewayRoutes, userRoutes } from "./route-table.ts";
import { serviceEndpointRoutes } from "./service-endpoint.ts";
import { hubOf, hubPrefixes } from "./virtual-hub.ts";
import type { Subnet, VirtualNetwork } from "./virtual-network.ts";
import { homeOf, subnetAt, virtualNetworkById } from "./virtual-network.ts";

const defaultRoute = block("0.0.0.0/0");

/**
 * All routes of a subnet, the overridden ones included: system routes, those of peerings, gateways, hub, service endpoints and
 * private endpoints, and user routes.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview (page of 2023-05-27, read 2026-11-21)
 */
export function effectiveRoutes(estate: Estate, subnet: Subnet): readonly Route[] {
  return estate.remember(`effectiveRoutes ${subnet.id}`, () => {
    const home = homeOf(estate, subnet);
    const user = userRoutes(estate, subnet);
    const hub = hubOf(estate, home);
    const learned = propagatesGatewayRoutes(estate, subnet)
      ? [
          ...gatewaysFor(estate, home).flatMap((gateway) => gatewayPrefixes(estate, gateway)),
          ...(hub === undefined ? [] : hubPrefixes(estate, hub, home)),
        ].map((prefix) => route("VirtualNetworkGateway", prefix, "VirtualNetworkGateway"))
      : [];
    return [
      ...home.addressSpace.map((prefix) => route("Default", prefix, "VirtualNetwork")),
      ...linksOf(estate, home).flatMap((link) =>
        link.prefixes.map((prefix) => route("Default", prefix, "VirtualNetworkPeering")),
      ),
      ...reservedRoutes(home, user),
      route("Default", defaultRoute, "Internet"),
      ...privateEndpointRoutes(estate, home, user),
      ...serviceEndpointRoutes(estate, subnet),
      ...learned,
      ...user,
    ];
  });
}

/**
 * The route a packet takes, and other readings where the pages leave the choice open. First the longest prefix, at equal length
 * user over BGP over system; service endpoint routes cannot be overridden; system routes of the network and its peerings are
 * preferred to more specific BGP routes.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route (read 2026-11-21)
 */
export function selectRoutes(estate: Estate, subnet: Subnet, address: number): readonly Route[] {
  const matching = effectiveRoutes(estate, subnet).filter((one) => contains(one.prefix, address));
  const open = isPublic(address) ? matching.filter((one) => !one.certain) : [];
  const chosen = selectCertain(matching.filter((one) => one.certain));
  return [...chosen, ...open, ...untold(estate, subnet, address, chosen[0])];
}

/** A gateway that nobody told the routes of may have learnt a longer prefix of private addresses than a user route has. */
function untold(estate: Estate, subnet: Subnet, address: number, chosen: Route | undefined): readonly Route[] {
  const beaten = chosen?.source === "User" && chosen.nextHop !== "VirtualNetworkGateway" && chosen.prefix.length < 32;
  return beaten && !isPublic(address) && silentGateway(estate, subnet) !== undefined
    ? [{ ...route("VirtualNetworkGateway", single(address), "VirtualNetworkGateway"), certain: false }]
    : [];
}

function selectCertain(matching: readonly Route[]): readonly Route[] {
  const ranked = [...matching].sort(byPreference);
  const [best] = ranked;
  if (best === undefined) {
    return [];
  }
  const endpoint = ranked.find((one) => one.nextHop === "VirtualNetworkServiceEndpoint");
  if (endpoint !== undefined) {
    return [endpoint];
  }
  if (best.source !== "VirtualNetworkGateway") {
    return [best];
  }
  const system = ranked.find(
    (one) => one.source === "Default" && (one.nextHop === "VirtualNetwork" || one.nextHop === "VirtualNetworkPeering"),
  );
  if (system === undefined) {
    return [best];
  }
  const override = ranked.find((one) => one.source === "User" && one.prefix.length >= system.prefix.length);
  // The system route is invalid once a user route overrides it; the page does not say which of the two others wins then.
  return override === undefined ? [system] : [best, override];
}

const sourceOrder = { User: 0, VirtualNetworkGateway: 1, Default: 2 } as const;

function byPreference(a: Route, b: Route): number {
  return b.prefix.length - a.prefix.length || sourceOrder[a.source] - sourceOrder[b.source] || a.tagRank - b.tagRank;
}

/**
 * The None routes of RFC 1918 and RFC 6598. A network range that includes one removes it; a user route for 0.0.0.0/0 removes
 * them all, as the routing example of the page shows.
 */
function reservedRoutes(home: VirtualNetwork, user: readonly Route[]): readonly Route[] {
  if (user.some((one) => one.certain && one.prefix.length === 0)) {
    return [];
  }
  return reservedBlocks
    .filter((reserved) => !home.addressSpace.some((range) => covers(range, reserved)))
    .map((reserved) => route("Default", reserved, "None"));
}

/**
 * A private endpoint puts a /32 into its network and the peers. Where its subnet enables network policies for route tables, a
 * user route at least as long as the network's own prefix invalidates it.
 * https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy (page of 2023-07-26, read 2026-11-21)
 */
function privateEndpointRoutes(estate: Estate, home: VirtualNetwork, user: readonly Route[]): readonly Route[] {
  const reachable = [home.id, ...linksOf(estate, home).map((link) => link.peering.remote)];
  return privateEndpoints(estate)
    .filter((endpoint) => reachable.includes(endpoint.network.id))
    .filter((endpoint) => !isInvalidated(endpoint, user))
    .map((endpoint) => route("Default", single(endpoint.address), "InterfaceEndpoint"));
}

function isInvalidated(endpoint: PrivateEndpoint, user: readonly Route[]): boolean {
  const policies = subnetAt(endpoint.network, endpoint.address)?.privateEndpointNetworkPolicies ?? "Disabled";
  const space = endpoint.network.addressSpace.find((range) => contains(range, endpoint.address));
  return (
    ["Enabled", "RouteTableEnabled"].includes(policies) &&
    user.some((one) => contains(one.prefix, endpoint.address) && one.prefix.length >= (space?.length ?? 0))
  );
}

/** A private endpoint's address and where it lies. */
export interface PrivateEndpoint {
  readonly network: VirtualNetwork;
  readonly address: number;
}

/** The addresses of all private endpoints, from `customDnsConfigs`, `ipConfigurations` or their network interface. */
export function privateEndpoints(estate: Estate): readonly PrivateEndpoint[] {
  return estate.remember("privateEndpoints", () =>
    estate.ofType("Microsoft.Network/privateEndpoints").flatMap((resource) => {
      const properties = record(resource.properties);
      const network = virtualNetworkById(estate, parentOf(reference(properties.subnet) ?? "//"));
      const written = [
        ...list(properties.customDnsConfigs).flatMap((config) => texts(record(config).ipAddresses)),
        ...list(properties.ipConfigurations).flatMap(
          (config) => text(record(record(config).properties).privateIPAddress) ?? [],
        ),
      ].map(parseAddress);
      const attached = estate.networkInterfaces
        .filter((one) => one.privateEndpoint === resource.id.toLowerCase())
        .flatMap((one) => one.ipConfigurations.map((configuration) => configuration.privateAddress));
      const addresses = new Set([...written, ...attached].filter((one) => one !== undefined));
      return network === undefined ? [] : [...addresses].map((address) => ({ network, address }));
    }),
  );
}

function single(address: number): Block {
  return { first: address, last: address, length: 32, text: "private endpoint" };
}

function route(source: Route["source"], prefix: Block, nextHop: NextHopType): Route {
  return { source, name: undefined, prefix, nextHop, nextHopAddress: undefined, tagRank: 0, certain: true };
}

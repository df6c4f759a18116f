import type { Connection, VirtualNetworkGateway } from "../estate/gateway.ts";
import type { VirtualNetwork } from "../estate/virtual-network.ts";
import { formatPrefix, type Prefix } from "../prefix.ts";
import { isUnknown, splitKnown, type Unknown, unknown } from "../read.ts";
import { sameResource } from "../resource-id.ts";
import { type Network, placeOf, refersTo } from "./network.ts";
import { type PeeringView, peeringsOf } from "./peerings.ts";

/** A gateway that a virtual network may use: its own, or that of a peer it borrows. */
export interface GatewayUse {
  readonly gateway: VirtualNetworkGateway;
  readonly virtualNetwork: VirtualNetwork;
  /** The peering through which it is borrowed; absent for the network's own. */
  readonly through?: PeeringView;
}

/** A prefix that a gateway announces into the virtual network. */
export interface GatewayRoute {
  readonly prefix: Prefix;
  /** A local network gateway, a learnt route, a client pool or a connected network: what made it known. */
  readonly because: string;
  /** The gateway at the other end of a connection between virtual networks. */
  readonly behind?: VirtualNetworkGateway;
}

/** What a gateway knows of the other side. */
export interface GatewayRoutes {
  readonly routes: readonly GatewayRoute[];
  /** Why there may be more: learnt routes that nobody told. */
  readonly mayLearnMore?: Unknown;
}

/** A network may use a peer's gateway when it says `useRemoteGateways` and the peer says `allowGatewayTransit`. */
export function gatewaysOf(network: Network, virtualNetwork: VirtualNetwork): readonly GatewayUse[] {
  return network.memo("gateways", virtualNetwork.id, () => {
    const own = gatewaysIn(network, virtualNetwork).map((gateway) => ({ gateway, virtualNetwork }));
    const borrowed = peeringsOf(network, virtualNetwork).flatMap((view) => {
      const { remote } = view;
      if (remote === undefined || view.connected !== true || view.peering.useRemoteGateways !== true) return [];
      if (view.reverse !== undefined && view.reverse.allowGatewayTransit !== true) return [];
      return gatewaysIn(network, remote).map((gateway) => ({ gateway, virtualNetwork: remote, through: view }));
    });
    return [...own, ...borrowed];
  });
}

/** Whether the network borrows a gateway that the input does not hold. */
export function missingGateway(network: Network, virtualNetwork: VirtualNetwork): Unknown | undefined {
  for (const view of peeringsOf(network, virtualNetwork)) {
    const uses = view.peering.useRemoteGateways;
    if (uses === undefined || uses === false) continue;
    if (isUnknown(uses)) return uses;
    if (view.remote === undefined || gatewaysIn(network, view.remote).length === 0) {
      return unknown(`peering "${view.name}" uses the remote gateway, which is not in the input`);
    }
  }
  return undefined;
}

/** The prefixes that a gateway announces, from its connections, client pools and learnt routes. */
export function routesOfGateway(network: Network, gateway: VirtualNetworkGateway): GatewayRoutes {
  return network.memo("gateway routes", gateway.id, () => {
    const routes: GatewayRoute[] = [];
    let more: Unknown | undefined;
    for (const pool of gateway.vpnClientAddressPool) {
      if (isUnknown(pool)) more ??= pool;
      else routes.push({ prefix: pool, because: `client address pool of "${gateway.name}"` });
    }
    for (const connection of connectionsOf(network, gateway)) {
      const behind = routesOfConnection(network, gateway, connection);
      routes.push(...behind.routes);
      more ??= behind.mayLearnMore;
    }
    if (gateway.gatewayDefaultSiteId !== undefined) {
      routes.push({ prefix: { base: 0, length: 0 }, because: `default site of "${gateway.name}"` });
    }
    if (gateway.learnedRoutes === undefined) {
      if (learnsRoutes(network, gateway)) more ??= unknown(`what "${gateway.name}" learns by BGP is not in the input`);
      return more === undefined ? { routes } : { routes, mayLearnMore: more };
    }
    for (const learnt of gateway.learnedRoutes) {
      if (isUnknown(learnt)) more ??= learnt;
      else if (learnt.origin?.toLowerCase() !== "network") {
        routes.push({ prefix: learnt.network, because: `${formatPrefix(learnt.network)} learnt by "${gateway.name}"` });
      }
    }
    return more === undefined ? { routes } : { routes, mayLearnMore: more };
  });
}

/** The connections of a gateway that are in the input. */
export function connectionsOf(network: Network, gateway: VirtualNetworkGateway): readonly Connection[] {
  return network.estate.connections.filter(
    (connection) =>
      refersTo(connection.virtualNetworkGateway1Id, gateway.id) ||
      refersTo(connection.virtualNetworkGateway2Id, gateway.id),
  );
}

/** The gateways that sit in a virtual network. */
export function gatewaysIn(network: Network, virtualNetwork: VirtualNetwork): readonly VirtualNetworkGateway[] {
  return network.estate.virtualNetworkGateways.filter((gateway) =>
    gateway.subnetIds.some((id) => {
      const place = placeOf(network, id);
      return place !== undefined && sameResource(place.virtualNetwork.id, virtualNetwork.id);
    }),
  );
}

function learnsRoutes(network: Network, gateway: VirtualNetworkGateway): boolean {
  if (gateway.gatewayType === "ExpressRoute") return true;
  return gateway.enableBgp === true && connectionsOf(network, gateway).some((c) => c.enableBgp !== false);
}

function routesOfConnection(network: Network, gateway: VirtualNetworkGateway, connection: Connection): GatewayRoutes {
  if (connection.connectionStatus === "NotConnected") return { routes: [] };
  const site = network.find("localNetworkGateways", connection.localNetworkGateway2Id);
  if (site.kind === "missing") {
    return { routes: [], mayLearnMore: unknown(`the site of connection "${connection.name}": ${site.because}`) };
  }
  if (site.kind === "found") {
    const routes: GatewayRoute[] = [];
    let more: Unknown | undefined;
    for (const prefix of site.resource.addressPrefixes) {
      if (isUnknown(prefix)) more ??= prefix;
      else routes.push({ prefix, because: `local network gateway "${site.resource.name}"` });
    }
    return more === undefined ? { routes } : { routes, mayLearnMore: more };
  }
  if (connection.connectionType !== "Vnet2Vnet") return { routes: [] };
  const otherId = refersTo(connection.virtualNetworkGateway1Id, gateway.id)
    ? connection.virtualNetworkGateway2Id
    : connection.virtualNetworkGateway1Id;
  const other = network.find("virtualNetworkGateways", otherId);
  const home = other.kind === "found" ? homeOf(network, other.resource) : undefined;
  if (other.kind !== "found" || home === undefined) {
    const reason = `what lies behind "${connection.name}" (${nameOf(otherId)}) is not in the input`;
    return { routes: [], mayLearnMore: unknown(reason) };
  }
  return routesOfNetwork(network, other.resource, home);
}

/** A connection between virtual networks carries the address space of the other one and of the peers that use its gateway. */
function routesOfNetwork(network: Network, behind: VirtualNetworkGateway, home: VirtualNetwork): GatewayRoutes {
  const borrowers = peeringsOf(network, home).filter(
    (view) =>
      view.connected === true && view.reverse?.useRemoteGateways === true && view.peering.allowGatewayTransit === true,
  );
  const { known, unknown: missing } = splitKnown([
    ...home.addressSpace,
    ...borrowers.flatMap((view) => view.addressSpace),
  ]);
  const because = `virtual network "${home.name}" behind gateway "${behind.name}"`;
  const routes = known.map((prefix) => ({ prefix, because, behind }));
  return missing[0] === undefined ? { routes } : { routes, mayLearnMore: missing[0] };
}

/** The virtual network a gateway sits in. */
function homeOf(network: Network, gateway: VirtualNetworkGateway): VirtualNetwork | undefined {
  return gateway.subnetIds.map((id) => placeOf(network, id)).find((place) => place !== undefined)?.virtualNetwork;
}

function nameOf(reference: string | Unknown | undefined): string {
  return reference === undefined || isUnknown(reference) ? "another gateway" : reference;
}

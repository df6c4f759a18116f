import type { ArmResource } from "./arm-json.ts";
import { list, nameOf, parentOf, record, reference, text, texts } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import type { Block } from "./ipv4.ts";
import { block, contains, containsAny, parseBlocks } from "./ipv4.ts";
import { linksOf } from "./peering.ts";
import type { VirtualNetwork } from "./virtual-network.ts";
import { virtualNetworkById } from "./virtual-network.ts";

/** A virtual network gateway and the network it stands in. */
export interface Gateway {
  readonly id: string;
  readonly name: string;
  readonly home: VirtualNetwork;
  readonly kind: "Vpn" | "ExpressRoute";
  readonly sites: readonly Site[];
  /** Prefixes learnt by BGP; undefined when nobody said and the gateway may learn some. */
  readonly learned: readonly Block[] | undefined;
  /** The gateway sends everything else to one site (forced tunnelling by a default site). */
  readonly hasDefaultSite: boolean;
}

/** What lies behind one connection of a gateway. */
export interface Site {
  readonly name: string;
  readonly prefixes: readonly Block[];
  readonly connected: boolean;
  /** The gateway at the other end when that is one in Azure (Vnet2Vnet). */
  readonly peerGateway: string | undefined;
}

const everything = block("0.0.0.0/0");

/** The gateways that stand in a network itself. */
export function gatewaysIn(estate: Estate, network: VirtualNetwork): readonly Gateway[] {
  return allGateways(estate).filter((gateway) => gateway.home.id === network.id);
}

/**
 * The gateways a network can use: its own, or those of the one peer it uses remote gateways of, if that peer allows transit.
 * https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-peering-gateway-transit (read 2026-11-21)
 */
export function gatewaysFor(estate: Estate, network: VirtualNetwork): readonly Gateway[] {
  return estate.remember(`gatewaysFor ${network.id}`, () => {
    const own = gatewaysIn(estate, network);
    if (own.length > 0) {
      return own;
    }
    return linksOf(estate, network)
      .filter((link) => link.peering.useRemoteGateways)
      .flatMap((link) => {
        const back = link.remote?.peerings.find((peering) => peering.remote === network.id);
        return link.remote !== undefined && back?.allowGatewayTransit === true ? gatewaysIn(estate, link.remote) : [];
      });
  });
}

/** The networks whose traffic a gateway carries: its own and the peers that use it. */
export function networksBehind(estate: Estate, gateway: Gateway): readonly VirtualNetwork[] {
  return estate.remember(`networksBehind ${gateway.id}`, () =>
    estate.virtualNetworks.filter((network) => gatewaysFor(estate, network).some((one) => one.id === gateway.id)),
  );
}

/**
 * Prefixes that a gateway adds to route tables: those of local network gateways, those learnt by BGP, the other network's for
 * Vnet2Vnet, and 0.0.0.0/0 for a default site.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#optional-default-routes (read 2026-11-21)
 * https://learn.microsoft.com/azure/vpn-gateway/about-site-to-site-tunneling (page of 2025-03-31)
 */
export function gatewayPrefixes(estate: Estate, gateway: Gateway): readonly Block[] {
  return estate.remember(`gatewayPrefixes ${gateway.id}`, () => [
    ...gateway.sites.flatMap((site) => sitePrefixes(estate, site)),
    ...(gateway.learned ?? []),
    ...(gateway.hasDefaultSite ? [everything] : []),
  ]);
}

/** Prefixes behind one connection. */
function sitePrefixes(estate: Estate, site: Site): readonly Block[] {
  const peer = allGateways(estate).find((gateway) => gateway.id === site.peerGateway);
  return peer === undefined ? site.prefixes : networksBehind(estate, peer).flatMap((network) => network.addressSpace);
}

/** The site behind which an address lies: the one with the longest prefix; undefined when no connection names it. */
export function siteFor(estate: Estate, gateway: Gateway, address: number): Site | undefined {
  const longest = (site: Site) =>
    Math.max(-1, ...sitePrefixes(estate, site).map((prefix) => (contains(prefix, address) ? prefix.length : -1)));
  return [...gateway.sites].filter((site) => longest(site) >= 0).sort((a, b) => longest(b) - longest(a))[0];
}

/** The gateway through which an on-premises address reaches Azure; 0.0.0.0/0 does not make the whole Internet on-premises. */
export function gatewayKnowing(estate: Estate, address: number): Gateway | undefined {
  return allGateways(estate).find((gateway) =>
    containsAny(
      gatewayPrefixes(estate, gateway).filter((prefix) => prefix.length > 0),
      address,
    ),
  );
}

/** Every gateway of the estate. */
export function allGateways(estate: Estate): readonly Gateway[] {
  return estate.remember("gateways", () =>
    estate
      .ofType("Microsoft.Network/virtualNetworkGateways")
      .flatMap((resource) => readGateway(estate, resource) ?? []),
  );
}

function readGateway(estate: Estate, resource: ArmResource): Gateway | undefined {
  const properties = record(resource.properties);
  const subnet = list(properties.ipConfigurations)
    .map((configuration) => reference(record(record(configuration).properties).subnet))
    .find((id) => id !== undefined);
  const home = subnet === undefined ? undefined : virtualNetworkById(estate, parentOf(subnet));
  if (home === undefined) {
    return undefined;
  }
  const kind = text(properties.gatewayType)?.toLowerCase() === "expressroute" ? "ExpressRoute" : "Vpn";
  const speaksBgp = kind === "ExpressRoute" || properties.enableBgp === true;
  return {
    id: resource.id.toLowerCase(),
    name: nameOf(resource.id),
    home,
    kind,
    sites: readSites(estate, resource.id.toLowerCase()),
    learned: estate.learnedRoutes(resource.id) ?? (speaksBgp ? undefined : []),
    hasDefaultSite: reference(properties.gatewayDefaultSite) !== undefined,
  };
}

function readSites(estate: Estate, gatewayId: string): readonly Site[] {
  return estate.ofType("Microsoft.Network/connections").flatMap((resource) => {
    const properties = record(resource.properties);
    if (reference(properties.virtualNetworkGateway1) !== gatewayId) {
      return [];
    }
    const local = reference(properties.localNetworkGateway2);
    const space = record(record(estate.find(local ?? "")?.properties).localNetworkAddressSpace);
    return [
      {
        name: nameOf(resource.id),
        prefixes: parseBlocks(texts(space.addressPrefixes)),
        connected: text(properties.connectionStatus) !== "NotConnected",
        peerGateway: reference(properties.virtualNetworkGateway2),
      },
    ];
  });
}

import { nameOf, record, text } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import type { Block } from "./ipv4.ts";
import { block, parseAddress, parseBlock } from "./ipv4.ts";
import type { Subnet } from "./virtual-network.ts";

/** Next hop types as Network Watcher's "next hop" names them. */
export type NextHopType =
  | "VirtualNetwork"
  | "VirtualNetworkPeering"
  | "VirtualNetworkGateway"
  | "VirtualNetworkServiceEndpoint"
  | "InterfaceEndpoint"
  | "VirtualAppliance"
  | "Internet"
  | "None";

/** One route of a subnet. */
export interface Route {
  readonly source: "Default" | "User" | "VirtualNetworkGateway";
  readonly name: string | undefined;
  readonly prefix: Block;
  readonly nextHop: NextHopType;
  /** Address of the appliance, for `VirtualAppliance`. */
  readonly nextHopAddress: number | undefined;
  /** 0 for an explicit prefix; else the order among tags of equal prefixes, lower first. */
  readonly tagRank: number;
  /** False when the route may or may not cover an address: a tag of unknown content. It then covers 0.0.0.0/0 as far as known. */
  readonly certain: boolean;
}

/** Whether a subnet refers to a route table that the input does not hold. */
export function routeTableIsMissing(estate: Estate, subnet: Subnet): boolean {
  return subnet.routeTable !== undefined && estate.find(subnet.routeTable) === undefined;
}

/** Whether gateway routes reach a subnet: the propagation switch of its route table. It covers static and BGP routes. */
export function propagatesGatewayRoutes(estate: Estate, subnet: Subnet): boolean {
  return record(estate.find(subnet.routeTable ?? "")?.properties).disableBgpRoutePropagation !== true;
}

/** The user-defined routes of a subnet, one for each prefix of a service tag. */
export function userRoutes(estate: Estate, subnet: Subnet): readonly Route[] {
  return estate.remember(`userRoutes ${subnet.id}`, () => {
    const table = estate.find(subnet.routeTable ?? "");
    if (table === undefined) {
      return [];
    }
    return estate.children(table, "routes").flatMap((resource) => {
      const properties = record(resource.properties);
      const address = parseAddress(text(properties.nextHopIpAddress) ?? "");
      return destinations(estate, text(properties.addressPrefix) ?? "").map((destination) => ({
        source: "User" as const,
        name: nameOf(resource.id),
        nextHop: nextHopOf(text(properties.nextHopType) ?? ""),
        nextHopAddress: address,
        ...destination,
      }));
    });
  });
}

function destinations(estate: Estate, written: string): readonly Pick<Route, "prefix" | "tagRank" | "certain">[] {
  const prefix = parseBlock(written);
  if (prefix !== undefined) {
    return [{ prefix, tagRank: 0, certain: true }];
  }
  const tagRank = rankOf(written);
  const blocks = estate.serviceTag(written);
  return blocks === undefined
    ? [{ prefix: block("0.0.0.0/0"), tagRank, certain: false }]
    : blocks.map((one) => ({ prefix: one, tagRank, certain: true }));
}

/**
 * At equal prefixes: explicit prefix, regional tag, top-level tag, AzureCloud of a region, AzureCloud.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#exact-match (page of 2023-05-27, read 2026-11-21)
 */
function rankOf(tag: string): number {
  const ofAzureCloud = tag.toLowerCase().startsWith("azurecloud");
  const regional = tag.includes(".");
  return ofAzureCloud ? (regional ? 3 : 4) : regional ? 1 : 2;
}

function nextHopOf(written: string): NextHopType {
  switch (written.toLowerCase()) {
    case "vnetlocal":
      return "VirtualNetwork";
    case "virtualnetworkgateway":
      return "VirtualNetworkGateway";
    case "internet":
      return "Internet";
    case "virtualappliance":
      return "VirtualAppliance";
    default:
      // ARM accepts exactly five types; the fifth drops the traffic.
      return "None";
  }
}

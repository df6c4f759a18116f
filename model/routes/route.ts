import type { VirtualNetworkGateway } from "../estate/gateway.ts";
import type { Ipv4Address } from "../estate/resource.ts";
import type { IpSpace } from "../ip-space.ts";
import type { Prefix } from "../prefix.ts";
import type { GatewayUse } from "../topology/gateways.ts";
import type { PeeringView } from "../topology/peerings.ts";

/** ARM's `source` of an effective route. */
export type RouteSource = "Default" | "User" | "VirtualNetworkGateway";

/** ARM's `nextHopType` of an effective route. */
export type NextHopType =
  | "VnetLocal"
  | "VNetPeering"
  | "VirtualNetworkGateway"
  | "VirtualNetworkServiceEndpoint"
  | "InterfaceEndpoint"
  | "VirtualAppliance"
  | "Internet"
  | "None";

/** The same next hop in Network Watcher's words, which answers use. */
export const nextHopNames: Readonly<Record<NextHopType, string>> = {
  VnetLocal: "VirtualNetwork",
  VNetPeering: "VirtualNetworkPeering",
  VirtualNetworkGateway: "VirtualNetworkGateway",
  VirtualNetworkServiceEndpoint: "VirtualNetworkServiceEndpoint",
  InterfaceEndpoint: "InterfaceEndpoint",
  VirtualAppliance: "VirtualAppliance",
  Internet: "Internet",
  None: "None",
};

/** A route that a subnet may have. */
export interface Route {
  readonly source: RouteSource;
  readonly nextHopType: NextHopType;
  readonly nextHopIpAddress?: Ipv4Address;
  /** A user route's name. */
  readonly name?: string;
  /** Absent for a tag whose prefixes are not known and for a prefix that could not be read. */
  readonly prefix?: Prefix;
  /** The service tag it was written with. */
  readonly tag?: string;
  /** Destinations it surely and possibly covers; they differ when something is not known, and `reason` says what. */
  readonly certain: IpSpace;
  readonly possible: IpSpace;
  readonly reason?: string;
  readonly peering?: PeeringView;
  readonly gateway?: GatewayUse;
  /** The gateway of another virtual network at the far end, where that is known. */
  readonly farGateway?: VirtualNetworkGateway;
  /** The firewall of a virtual hub that traffic is sent to by routing intent. */
  readonly hubFirewallId?: string;
  /** Where the route comes from, when that is not plain: a gateway's connection, a private endpoint. */
  readonly origin?: string;
  /** Whether a snapshot of a tag told the prefixes. */
  readonly resolvedTag?: boolean;
}

/** How specific a route's tag is at equal prefixes: explicit, regional, top-level, AzureCloud of a region, AzureCloud. */
export function tagRank(route: Route): number {
  if (route.tag === undefined) return 0;
  const regional = route.tag.includes(".");
  const cloud = /^azurecloud(\.|$)/i.test(route.tag);
  return (cloud ? 3 : 1) + (regional ? 0 : 1);
}

/** User over BGP over system, for equal prefixes. */
export function sourceRank(route: Route): number {
  return { User: 0, VirtualNetworkGateway: 1, Default: 2 }[route.source];
}

/** How an answer names a route: `user route "default"`, `system route 10.0.0.0/8`. */
export function routeLabel(route: Route, prefixText: string): string {
  if (route.source === "User") return `user route "${route.name ?? ""}" ${prefixText}`;
  return route.source === "Default" ? `system route ${prefixText}` : `gateway route ${prefixText}`;
}

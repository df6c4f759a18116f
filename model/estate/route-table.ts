import type { Read } from "../read.ts";
import type { Ipv4Address, Resource, RuleAddress } from "./resource.ts";

/** `Microsoft.Network/routeTables`. */
export interface RouteTable extends Resource {
  readonly routes: readonly Read<UserRoute>[];
  /** `true` keeps the routes that gateways propagate out of the subnet. @default false */
  readonly disableBgpRoutePropagation?: Read<boolean>;
}

/** ARM's `nextHopType` of a route. */
export type UserNextHopType = "VirtualNetworkGateway" | "VnetLocal" | "Internet" | "VirtualAppliance" | "None";

/** One `routes` entry: a user-defined route. */
export interface UserRoute {
  readonly name: string;
  /** A prefix or a service tag. */
  readonly addressPrefix: Read<RuleAddress>;
  readonly nextHopType: Read<UserNextHopType>;
  readonly nextHopIpAddress?: Read<Ipv4Address>;
}

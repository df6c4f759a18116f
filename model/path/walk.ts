import type { Ipv4Address } from "../estate/resource.ts";
import type { Read } from "../read.ts";
import type { InterfacePlace, Network, SubnetPlace } from "../topology/network.ts";
import type { Packet } from "./packet.ts";

/** What stays the same on a whole path. */
export interface Walk {
  readonly network: Network;
  /** The name the flow was opened to, as Host header and server name carry it. */
  readonly fqdn?: string;
  /** The destination is addresses that were asked for or that a name resolved to, not some address of a name or tag. */
  readonly givenAddresses?: boolean;
  /** Service tags that are known to hold the destination although its address is not. */
  readonly destinationTags: readonly string[];
  /** Only whether a query gets to a DNS server is asked; what answers there is asked elsewhere. */
  readonly reachOnly?: boolean;
  /** Where the flow starts; decides what a way back must reach. */
  readonly origin: Origin;
  /** DNS servers of the client. */
  readonly clientDns: readonly Read<Ipv4Address>[];
  /** Sends a packet on from a subnet: routes it and follows the route to its end. */
  readonly send: (walk: Walk, packet: Packet, from: Departure) => readonly Packet[];
}

/** Where a flow starts. */
export type Origin =
  | { readonly kind: "subnet"; readonly place: SubnetPlace; readonly networkInterface?: InterfacePlace }
  | { readonly kind: "onPremises"; readonly gatewayName: string; readonly place: SubnetPlace }
  | { readonly kind: "internet" }
  /** Nobody in the input knows the source: how it comes in and where the answer goes is not known. */
  | { readonly kind: "elsewhere" };

/** A point from which a packet is routed. */
export interface Departure {
  readonly place: SubnetPlace;
  readonly networkInterface?: InterfacePlace | undefined;
  /** The firewall that sends it, whose public addresses carry it to the Internet. */
  readonly firewallId?: string;
}

/** The most appliances a path may pass before it counts as a loop. */
export const hopCountMax = 8;

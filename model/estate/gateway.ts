import type { Prefix } from "../prefix.ts";
import type { Read } from "../read.ts";
import type { Ipv4Address, Reference, Resource } from "./resource.ts";

/** `Microsoft.Network/virtualNetworkGateways`. */
export interface VirtualNetworkGateway extends Resource {
  readonly gatewayType: Read<"Vpn" | "ExpressRoute">;
  readonly vpnType?: Read<"RouteBased" | "PolicyBased">;
  readonly skuName?: Read<string>;
  readonly activeActive?: Read<boolean>;
  /** @default false */
  readonly enableBgp?: Read<boolean>;
  readonly bgpSettings?: BgpSettings;
  /** `ipConfigurations[].subnet.id`: the GatewaySubnet, hence the virtual network. */
  readonly subnetIds: readonly Reference[];
  readonly publicIpAddressIds: readonly Reference[];
  /** `gatewayDefaultSite`: the local network gateway that gets the default route (forced tunnelling). */
  readonly gatewayDefaultSiteId?: Reference;
  /** `vpnClientConfiguration.vpnClientAddressPool`. */
  readonly vpnClientAddressPool: readonly Read<Prefix>[];
  /** `customRoutes`. */
  readonly customRoutes: readonly Read<Prefix>[];
  /** What the gateway learnt by BGP, where a file of learnt routes was given; `undefined` means nobody said. */
  readonly learnedRoutes?: readonly Read<LearnedRoute>[];
}

/** `bgpSettings`. */
export interface BgpSettings {
  readonly asn?: Read<number>;
  readonly bgpPeeringAddress?: Read<Ipv4Address>;
}

/** One row of `az network vnet-gateway list-learned-routes`. */
export interface LearnedRoute {
  readonly network: Prefix;
  /** ARM's `origin`: `Network` (of the virtual network), `IBgp` or `EBgp`. */
  readonly origin?: string;
  readonly nextHop?: Ipv4Address;
  readonly asPath?: string;
}

/** `Microsoft.Network/localNetworkGateways`. */
export interface LocalNetworkGateway extends Resource {
  /** `localNetworkAddressSpace.addressPrefixes`. */
  readonly addressPrefixes: readonly Read<Prefix>[];
  readonly gatewayIpAddress?: Read<Ipv4Address>;
  readonly fqdn?: Read<string>;
  readonly bgpSettings?: BgpSettings;
}

/** `Microsoft.Network/connections`. */
export interface Connection extends Resource {
  readonly connectionType: Read<"IPsec" | "Vnet2Vnet" | "ExpressRoute" | "VPNClient">;
  readonly virtualNetworkGateway1Id?: Reference;
  readonly virtualNetworkGateway2Id?: Reference;
  readonly localNetworkGateway2Id?: Reference;
  /** `peer`: an ExpressRoute circuit. */
  readonly expressRouteCircuitId?: Reference;
  /** @default false */
  readonly enableBgp?: Read<boolean>;
  readonly connectionStatus?: Read<"Unknown" | "Connecting" | "Connected" | "NotConnected">;
}

/** `Microsoft.Network/expressRouteCircuits`: what they carry is learnt, not written. */
export interface ExpressRouteCircuit extends Resource {
  readonly skuTier?: Read<string>;
  readonly circuitProvisioningState?: Read<string>;
  readonly serviceProviderProvisioningState?: Read<string>;
}

/** An Azure Route Server (`Microsoft.Network/virtualHubs` of kind RouteServer). */
export interface RouteServer extends Resource {
  readonly subnetId?: Reference;
  /** @default false */
  readonly allowBranchToBranchTraffic?: Read<boolean>;
  readonly bgpConnections: readonly RouteServerPeer[];
}

/** A network virtual appliance that exchanges routes with a route server. */
export interface RouteServerPeer {
  readonly name: string;
  readonly peerIp?: Read<Ipv4Address>;
  readonly peerAsn?: Read<number>;
  /** What it announces, where it was told; `undefined` means nobody said. */
  readonly learnedRoutes?: readonly Read<LearnedRoute>[];
}

/** `Microsoft.Network/virtualWans`. */
export interface VirtualWan extends Resource {
  readonly wanType?: Read<"Basic" | "Standard">;
}

/** `Microsoft.Network/virtualHubs` of a virtual WAN. */
export interface VirtualHub extends Resource {
  readonly addressPrefix?: Read<Prefix>;
  readonly virtualWanId?: Reference;
  readonly azureFirewallId?: Reference;
  readonly connections: readonly HubVirtualNetworkConnection[];
  readonly routeTables: readonly HubRouteTable[];
  readonly routingPolicies: readonly RoutingPolicy[];
  /** Gateways of the hub (VPN, ExpressRoute, point-to-site): present or not bears on what routes are learnt. */
  readonly gatewayIds: readonly Reference[];
}

/** `Microsoft.Network/virtualHubs/hubVirtualNetworkConnections`. */
export interface HubVirtualNetworkConnection extends Resource {
  readonly remoteVirtualNetworkId: Reference;
  /** Whether the spoke learns the default route. @default false in ARM, true in the portal */
  readonly enableInternetSecurity?: Read<boolean>;
  readonly associatedRouteTableId?: Reference;
  readonly propagatedRouteTableIds: readonly Reference[];
  readonly propagatedLabels: readonly Read<string>[];
  readonly staticRoutes: readonly Read<HubStaticRoute>[];
}

/** A static route of a connection. */
export interface HubStaticRoute {
  readonly name: string;
  readonly addressPrefixes: readonly Read<Prefix>[];
  readonly nextHopIpAddress: Read<Ipv4Address>;
}

/** `Microsoft.Network/virtualHubs/hubRouteTables`. */
export interface HubRouteTable extends Resource {
  readonly labels: readonly Read<string>[];
  readonly routes: readonly Read<HubRoute>[];
}

/** One route of a hub route table. */
export interface HubRoute {
  readonly name: string;
  readonly destinationType: Read<string>;
  readonly destinations: readonly Read<string>[];
  readonly nextHopId: Reference;
}

/** One policy of `virtualHubs/routingIntent`. */
export interface RoutingPolicy {
  readonly name: string;
  readonly destinations: readonly Read<string>[];
  readonly nextHopId: Reference;
}

import type { Prefix } from "../prefix.ts";
import type { Read } from "../read.ts";
import type { Ipv4Address, Reference, Resource } from "./resource.ts";

/** `Microsoft.Network/virtualNetworks` with its subnets and peerings, wherever they were written. */
export interface VirtualNetwork extends Resource {
  /** `addressSpace.addressPrefixes`, IPv4 only. */
  readonly addressSpace: readonly Read<Prefix>[];
  /** `dhcpOptions.dnsServers`; empty means the servers that Azure provides. */
  readonly dnsServers: readonly Read<Ipv4Address>[];
  readonly subnets: readonly Subnet[];
  readonly virtualNetworkPeerings: readonly VirtualNetworkPeering[];
  /** `encryption.enabled`. @default false */
  readonly encryptionEnabled?: Read<boolean>;
}

/** `Microsoft.Network/virtualNetworks/subnets`. */
export interface Subnet extends Resource {
  /** `addressPrefix` or `addressPrefixes`, IPv4 only. */
  readonly addressPrefixes: readonly Read<Prefix>[];
  readonly networkSecurityGroupId?: Reference;
  readonly routeTableId?: Reference;
  readonly natGatewayId?: Reference;
  /** @default - not set: default outbound access, or none, depending on the API version that created it */
  readonly defaultOutboundAccess?: Read<boolean>;
  /** `delegations[].properties.serviceName`. */
  readonly delegations: readonly Read<string>[];
  /** `serviceEndpoints[]`: a service such as `Microsoft.Storage` and the regions it was enabled for. */
  readonly serviceEndpoints: readonly Read<ServiceEndpoint>[];
  readonly serviceEndpointPolicyIds: readonly Reference[];
  /** Whether NSG rules and user routes apply to private endpoints here. @default "Disabled" */
  readonly privateEndpointNetworkPolicies?: Read<PrivateEndpointNetworkPolicies>;
  /** Ids of what sits in the subnet (`ipConfigurations[].id`), where the input tells. */
  readonly ipConfigurationIds: readonly Reference[];
}

/** ARM's values of `privateEndpointNetworkPolicies`. */
export type PrivateEndpointNetworkPolicies =
  | "Disabled"
  | "Enabled"
  | "NetworkSecurityGroupEnabled"
  | "RouteTableEnabled";

/** One service endpoint of a subnet. */
export interface ServiceEndpoint {
  readonly service: string;
  /** Empty means the regions ARM chooses by default. */
  readonly locations: readonly string[];
}

/** `Microsoft.Network/virtualNetworks/virtualNetworkPeerings`: one direction of a peering. */
export interface VirtualNetworkPeering extends Resource {
  readonly remoteVirtualNetworkId: Reference;
  /** `remoteAddressSpace`, what Azure last synchronised; empty in a template. */
  readonly remoteAddressSpace: readonly Read<Prefix>[];
  /** Read-only in ARM, so absent in a template. */
  readonly peeringState?: Read<"Initiated" | "Connected" | "Disconnected">;
  readonly peeringSyncLevel?: Read<"FullyInSync" | "RemoteNotInSync" | "LocalNotInSync" | "LocalAndRemoteNotInSync">;
  /** @default true */
  readonly allowVirtualNetworkAccess?: Read<boolean>;
  /** @default false */
  readonly allowForwardedTraffic?: Read<boolean>;
  /** @default false */
  readonly allowGatewayTransit?: Read<boolean>;
  /** @default false */
  readonly useRemoteGateways?: Read<boolean>;
  /** `false` peers only the named subnets. @default true */
  readonly peerCompleteVnets?: Read<boolean>;
  readonly localSubnetNames: readonly Read<string>[];
  readonly remoteSubnetNames: readonly Read<string>[];
}

/** `Microsoft.Network/serviceEndpointPolicies`. */
export interface ServiceEndpointPolicy extends Resource {
  readonly definitions: readonly Read<ServiceEndpointPolicyDefinition>[];
}

/** One definition: the resources of a service that may be reached. */
export interface ServiceEndpointPolicyDefinition {
  readonly name: string;
  readonly service: Read<string>;
  readonly serviceResources: readonly Read<string>[];
}

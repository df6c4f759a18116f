import type { Prefix } from "../prefix.ts";
import type { Read } from "../read.ts";
import type { ResourceId } from "../resource-id.ts";
import type { Ipv4Address, PortRange, Reference, Resource } from "./resource.ts";

/** `Microsoft.Network/natGateways`. */
export interface NatGateway extends Resource {
  readonly skuName?: Read<"Standard" | "StandardV2">;
  readonly publicIpAddressIds: readonly Reference[];
  readonly publicIpPrefixIds: readonly Reference[];
}

/** `Microsoft.Network/publicIPAddresses`. */
export interface PublicIpAddress extends Resource {
  readonly skuName?: Read<string>;
  /** Known only once deployed. */
  readonly ipAddress?: Read<Ipv4Address>;
  readonly publicIPAddressVersion?: Read<"IPv4" | "IPv6">;
  readonly publicIPAllocationMethod?: Read<"Static" | "Dynamic">;
  /** The ip configuration, NAT gateway or frontend that holds it, where the input tells. */
  readonly ipConfigurationId?: Reference;
}

/** `Microsoft.Network/publicIPPrefixes`. */
export interface PublicIpPrefix extends Resource {
  readonly ipPrefix?: Read<Prefix>;
  /** Of the prefix that Azure chooses; 28 gives 16 addresses. */
  readonly prefixLength?: Read<number>;
}

/** `Microsoft.Network/loadBalancers`. */
export interface LoadBalancer extends Resource {
  readonly skuName?: Read<string>;
  readonly frontendIpConfigurations: readonly FrontendIpConfiguration[];
  readonly backendAddressPools: readonly BackendAddressPool[];
  readonly loadBalancingRules: readonly LoadBalancingRule[];
  readonly outboundRules: readonly OutboundRule[];
  readonly inboundNatRules: readonly LoadBalancingRule[];
}

/** One frontend; private with `subnetId`, else public. */
export interface FrontendIpConfiguration extends Resource {
  readonly privateIpAddress?: Read<Ipv4Address>;
  readonly subnetId?: Reference;
  readonly publicIpAddressId?: Reference;
  readonly publicIpPrefixId?: Reference;
}

/** One pool. Members name the pool (network interfaces) or are listed by address. */
export interface BackendAddressPool extends Resource {
  readonly addresses: readonly Read<Ipv4Address>[];
  /** Where the addresses are, if the pool says it. @default - where the frontends are */
  readonly virtualNetworkId?: Reference;
  readonly ipConfigurationIds: readonly Reference[];
}

/** A load-balancing rule, or an inbound NAT rule (whose pool may be a single ip configuration). */
export interface LoadBalancingRule {
  /** Of an inbound NAT rule, which an ip configuration may name. */
  readonly id?: ResourceId;
  readonly name: string;
  readonly frontendIpConfigurationId?: Reference;
  readonly backendAddressPoolIds: readonly Reference[];
  /** Of an inbound NAT rule, once it is deployed. */
  readonly backendIpConfigurationId?: Reference;
  /** `All` is an HA-ports rule. */
  readonly protocol: Read<"Tcp" | "Udp" | "All">;
  readonly frontendPorts: Read<PortRange>;
  readonly backendPort: Read<number>;
  /** `true` leaves outbound source translation to outbound rules. @default false */
  readonly disableOutboundSnat?: Read<boolean>;
  readonly enableFloatingIP?: Read<boolean>;
}

/** One outbound rule: source translation for the members of a pool. */
export interface OutboundRule {
  readonly name: string;
  readonly protocol: Read<"Tcp" | "Udp" | "All">;
  readonly backendAddressPoolId?: Reference;
  readonly frontendIpConfigurationIds: readonly Reference[];
  /** For each member of the pool. @default - 0: Azure divides the ports by the size of the pool, 32 at least */
  readonly allocatedOutboundPorts?: Read<number>;
}

/** `Microsoft.Network/networkInterfaces`. */
export interface NetworkInterface extends Resource {
  readonly ipConfigurations: readonly IpConfiguration[];
  readonly networkSecurityGroupId?: Reference;
  /** @default false */
  readonly enableIPForwarding?: Read<boolean>;
  /** `dnsSettings.dnsServers`: they win over those of the virtual network. */
  readonly dnsServers: readonly Read<Ipv4Address>[];
  readonly virtualMachineId?: Reference;
  readonly privateEndpointId?: Reference;
}

/** One ip configuration of a network interface. */
export interface IpConfiguration extends Resource {
  /** @default - dynamic: some address of the subnet */
  readonly privateIpAddress?: Read<Ipv4Address>;
  readonly primary?: Read<boolean>;
  readonly subnetId?: Reference;
  readonly publicIpAddressId?: Reference;
  readonly applicationSecurityGroupIds: readonly Reference[];
  readonly loadBalancerBackendAddressPoolIds: readonly Reference[];
  /** Inbound NAT rules that lead here. */
  readonly loadBalancerInboundNatRuleIds: readonly Reference[];
}

/** `Microsoft.Compute/virtualMachines`: which network interface is whose. */
export interface VirtualMachine extends Resource {
  readonly networkInterfaceIds: readonly Reference[];
}

/** `Microsoft.Network/bastionHosts`. */
export interface BastionHost extends Resource {
  readonly subnetId?: Reference;
  readonly publicIpAddressId?: Reference;
  readonly skuName?: Read<string>;
}

import type { ClearSecret } from "./estate/clear-secret.ts";
import type { DnsForwardingRuleset, DnsResolver, PrivateDnsZone, PrivateEndpoint } from "./estate/dns.ts";
import type {
  BastionHost,
  LoadBalancer,
  NatGateway,
  NetworkInterface,
  PublicIpAddress,
  PublicIpPrefix,
  VirtualMachine,
} from "./estate/egress.ts";
import type { AzureFirewall, FirewallPolicy, IpGroup } from "./estate/firewall.ts";
import type {
  Connection,
  ExpressRouteCircuit,
  LocalNetworkGateway,
  RouteServer,
  VirtualHub,
  VirtualNetworkGateway,
  VirtualWan,
} from "./estate/gateway.ts";
import type {
  AzureNetworkConnection,
  Lock,
  PolicyAssignment,
  PolicyDefinition,
  PolicyExemption,
  PolicySetDefinition,
  RoleAssignment,
} from "./estate/governance.ts";
import type { DiagnosticSetting, FlowLog } from "./estate/logging.ts";
import type { ProvisioningPolicy } from "./estate/provisioning.ts";
import type { Resource } from "./estate/resource.ts";
import type { RouteTable } from "./estate/route-table.ts";
import type { ApplicationSecurityGroup, NetworkManager, NetworkSecurityGroup } from "./estate/security-group.ts";
import type { ConditionalAccessPolicy } from "./estate/sign-in.ts";
import type { ServiceEndpointPolicy, VirtualNetwork } from "./estate/virtual-network.ts";
import type { Place } from "./read.ts";
import type { ResourceId } from "./resource-id.ts";

/**
 * Everything that was read about a network, as plain data: what the questions of the model are asked of.
 *
 * Names and enumeration values are ARM's. Lists are in the order of the input; nothing in the model depends on it.
 * What a value means when it is absent or could not be read: `model/read.ts`. Ids compare without case:
 * `model/resource-id.ts`. An id may name a resource that is not here.
 */
export interface Estate {
  readonly virtualNetworks: readonly VirtualNetwork[];
  readonly networkSecurityGroups: readonly NetworkSecurityGroup[];
  readonly applicationSecurityGroups: readonly ApplicationSecurityGroup[];
  readonly networkManagers: readonly NetworkManager[];
  readonly serviceEndpointPolicies: readonly ServiceEndpointPolicy[];
  readonly routeTables: readonly RouteTable[];
  readonly natGateways: readonly NatGateway[];
  readonly publicIPAddresses: readonly PublicIpAddress[];
  readonly publicIPPrefixes: readonly PublicIpPrefix[];
  readonly loadBalancers: readonly LoadBalancer[];
  readonly networkInterfaces: readonly NetworkInterface[];
  readonly virtualMachines: readonly VirtualMachine[];
  readonly bastionHosts: readonly BastionHost[];
  readonly azureFirewalls: readonly AzureFirewall[];
  readonly firewallPolicies: readonly FirewallPolicy[];
  readonly ipGroups: readonly IpGroup[];
  readonly virtualNetworkGateways: readonly VirtualNetworkGateway[];
  readonly localNetworkGateways: readonly LocalNetworkGateway[];
  readonly connections: readonly Connection[];
  readonly expressRouteCircuits: readonly ExpressRouteCircuit[];
  readonly routeServers: readonly RouteServer[];
  readonly virtualWans: readonly VirtualWan[];
  readonly virtualHubs: readonly VirtualHub[];
  readonly dnsResolvers: readonly DnsResolver[];
  readonly dnsForwardingRulesets: readonly DnsForwardingRuleset[];
  readonly privateDnsZones: readonly PrivateDnsZone[];
  readonly privateEndpoints: readonly PrivateEndpoint[];
  readonly flowLogs: readonly FlowLog[];
  readonly diagnosticSettings: readonly DiagnosticSetting[];
  readonly roleAssignments: readonly RoleAssignment[];
  readonly locks: readonly Lock[];
  readonly policyAssignments: readonly PolicyAssignment[];
  readonly policyDefinitions: readonly PolicyDefinition[];
  readonly policySetDefinitions: readonly PolicySetDefinition[];
  readonly policyExemptions: readonly PolicyExemption[];
  readonly azureNetworkConnections: readonly AzureNetworkConnection[];
  readonly provisioningPolicies: readonly ProvisioningPolicy[];
  /** Conditional Access policies of Entra ID. */
  readonly conditionalAccessPolicies: readonly ConditionalAccessPolicy[];
  /** `Microsoft.Resources/resourceGroups`. */
  readonly resourceGroups: readonly Resource[];
  /** Secrets that a file holds in clear: where, never what. */
  readonly clearSecrets: readonly ClearSecret[];
  /** Resources of types that are not read, so that they can be counted and listed. */
  readonly notRead: readonly NotRead[];
  /** What Azure itself would refuse about the input; the value in question is Unknown in the estate. */
  readonly problems: readonly Problem[];
}

/** A resource that was seen but not read. */
export interface NotRead {
  readonly type: string;
  readonly name: string;
  readonly place?: Place;
}

/** One thing that Azure would refuse: `addressPrefix "10.0.0.4/24" has host bits set; did you mean "10.0.0.0/24"?`. */
export interface Problem {
  readonly id: ResourceId;
  readonly message: string;
  readonly place?: Place;
}

/** An estate that holds nothing, to spread over: `{ ...emptyEstate, virtualNetworks: [...] }`. */
export const emptyEstate: Estate = {
  virtualNetworks: [],
  networkSecurityGroups: [],
  applicationSecurityGroups: [],
  networkManagers: [],
  serviceEndpointPolicies: [],
  routeTables: [],
  natGateways: [],
  publicIPAddresses: [],
  publicIPPrefixes: [],
  loadBalancers: [],
  networkInterfaces: [],
  virtualMachines: [],
  bastionHosts: [],
  azureFirewalls: [],
  firewallPolicies: [],
  ipGroups: [],
  virtualNetworkGateways: [],
  localNetworkGateways: [],
  connections: [],
  expressRouteCircuits: [],
  routeServers: [],
  virtualWans: [],
  virtualHubs: [],
  dnsResolvers: [],
  dnsForwardingRulesets: [],
  privateDnsZones: [],
  privateEndpoints: [],
  flowLogs: [],
  diagnosticSettings: [],
  roleAssignments: [],
  locks: [],
  policyAssignments: [],
  policyDefinitions: [],
  policySetDefinitions: [],
  policyExemptions: [],
  azureNetworkConnections: [],
  provisioningPolicies: [],
  conditionalAccessPolicies: [],
  resourceGroups: [],
  clearSecrets: [],
  notRead: [],
  problems: [],
};

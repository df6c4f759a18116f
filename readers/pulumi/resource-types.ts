/** How a resource type of azure-native reads in ARM. */
export interface ResourceType {
  /** ARM's type. `{recordType}` stands for an input of that name. */
  readonly type: string;
  /** The inputs that hold the name of each part of the type, parents first. */
  readonly names: readonly string[];
  /** What the id begins with: a resource group, a subscription, or the id in the input of this name. */
  readonly scope: "resourceGroup" | "subscription" | "scope" | "resourceUri";
}

/** By the token without its version and in lower case: `network:subnet`. Inputs as in azure-native 3.28.0. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map([
  ...inResourceGroup("network", "Microsoft.Network", {
    VirtualNetwork: "virtualNetworks virtualNetworkName",
    Subnet: "virtualNetworks/subnets virtualNetworkName subnetName",
    VirtualNetworkPeering: "virtualNetworks/virtualNetworkPeerings virtualNetworkName virtualNetworkPeeringName",
    NetworkSecurityGroup: "networkSecurityGroups networkSecurityGroupName",
    SecurityRule: "networkSecurityGroups/securityRules networkSecurityGroupName securityRuleName",
    ApplicationSecurityGroup: "applicationSecurityGroups applicationSecurityGroupName",
    RouteTable: "routeTables routeTableName",
    Route: "routeTables/routes routeTableName routeName",
    NatGateway: "natGateways natGatewayName",
    PublicIPAddress: "publicIPAddresses publicIpAddressName",
    PublicIPPrefix: "publicIPPrefixes publicIpPrefixName",
    LoadBalancer: "loadBalancers loadBalancerName",
    LoadBalancerBackendAddressPool: "loadBalancers/backendAddressPools loadBalancerName backendAddressPoolName",
    InboundNatRule: "loadBalancers/inboundNatRules loadBalancerName inboundNatRuleName",
    NetworkInterface: "networkInterfaces networkInterfaceName",
    NetworkManager: "networkManagers networkManagerName",
    NetworkGroup: "networkManagers/networkGroups networkManagerName networkGroupName",
    StaticMember: "networkManagers/networkGroups/staticMembers networkManagerName networkGroupName staticMemberName",
    SecurityAdminConfiguration: "networkManagers/securityAdminConfigurations networkManagerName configurationName",
    AdminRuleCollection:
      "networkManagers/securityAdminConfigurations/ruleCollections networkManagerName configurationName ruleCollectionName",
    AdminRule:
      "networkManagers/securityAdminConfigurations/ruleCollections/rules networkManagerName configurationName ruleCollectionName ruleName",
    ConnectivityConfiguration: "networkManagers/connectivityConfigurations networkManagerName configurationName",
    RoutingConfiguration: "networkManagers/routingConfigurations networkManagerName configurationName",
    RoutingRuleCollection:
      "networkManagers/routingConfigurations/ruleCollections networkManagerName configurationName ruleCollectionName",
    ServiceEndpointPolicy: "serviceEndpointPolicies serviceEndpointPolicyName",
    ServiceEndpointPolicyDefinition:
      "serviceEndpointPolicies/serviceEndpointPolicyDefinitions serviceEndpointPolicyName serviceEndpointPolicyDefinitionName",
    AzureFirewall: "azureFirewalls azureFirewallName",
    FirewallPolicy: "firewallPolicies firewallPolicyName",
    FirewallPolicyRuleCollectionGroup:
      "firewallPolicies/ruleCollectionGroups firewallPolicyName ruleCollectionGroupName",
    IpGroup: "ipGroups ipGroupsName",
    VirtualNetworkGateway: "virtualNetworkGateways virtualNetworkGatewayName",
    LocalNetworkGateway: "localNetworkGateways localNetworkGatewayName",
    VirtualNetworkGatewayConnection: "connections virtualNetworkGatewayConnectionName",
    ExpressRouteCircuit: "expressRouteCircuits circuitName",
    VirtualWan: "virtualWans virtualWANName",
    VirtualHub: "virtualHubs virtualHubName",
    HubRouteTable: "virtualHubs/hubRouteTables virtualHubName routeTableName",
    HubVirtualNetworkConnection: "virtualHubs/hubVirtualNetworkConnections virtualHubName connectionName",
    RoutingIntent: "virtualHubs/routingIntent virtualHubName routingIntentName",
    VirtualHubBgpConnection: "virtualHubs/bgpConnections virtualHubName connectionName",
    VirtualHubIpConfiguration: "virtualHubs/ipConfigurations virtualHubName ipConfigName",
    VpnGateway: "vpnGateways gatewayName",
    ExpressRouteGateway: "expressRouteGateways expressRouteGatewayName",
    P2sVpnGateway: "p2sVpnGateways gatewayName",
    PrivateEndpoint: "privateEndpoints privateEndpointName",
    PrivateDnsZoneGroup: "privateEndpoints/privateDnsZoneGroups privateEndpointName privateDnsZoneGroupName",
    BastionHost: "bastionHosts bastionHostName",
    FlowLog: "networkWatchers/flowLogs networkWatcherName flowLogName",
  }),
  ...inResourceGroup("operationalinsights", "Microsoft.OperationalInsights", { Workspace: "workspaces workspaceName" }),
  ...inResourceGroup("storage", "Microsoft.Storage", { StorageAccount: "storageAccounts accountName" }),
  ...at("resourceUri", "monitor", "Microsoft.Insights", { DiagnosticSetting: "diagnosticSettings name" }),
  ...inResourceGroup("privatedns", "Microsoft.Network", {
    PrivateZone: "privateDnsZones privateZoneName",
    VirtualNetworkLink: "privateDnsZones/virtualNetworkLinks privateZoneName virtualNetworkLinkName",
    PrivateRecordSet: "privateDnsZones/{recordType} privateZoneName relativeRecordSetName",
  }),
  ...inResourceGroup("dnsresolver", "Microsoft.Network", {
    DnsResolver: "dnsResolvers dnsResolverName",
    InboundEndpoint: "dnsResolvers/inboundEndpoints dnsResolverName inboundEndpointName",
    OutboundEndpoint: "dnsResolvers/outboundEndpoints dnsResolverName outboundEndpointName",
    DnsForwardingRuleset: "dnsForwardingRulesets dnsForwardingRulesetName",
    ForwardingRule: "dnsForwardingRulesets/forwardingRules dnsForwardingRulesetName forwardingRuleName",
    PrivateResolverVirtualNetworkLink:
      "dnsForwardingRulesets/virtualNetworkLinks dnsForwardingRulesetName virtualNetworkLinkName",
  }),
  ...inResourceGroup("compute", "Microsoft.Compute", { VirtualMachine: "virtualMachines vmName" }),
  ...inResourceGroup("authorization", "Microsoft.Authorization", {
    ManagementLockAtResourceGroupLevel: "locks lockName",
  }),
  ...at("subscription", "authorization", "Microsoft.Authorization", {
    PolicyDefinition: "policyDefinitions policyDefinitionName",
    PolicySetDefinition: "policySetDefinitions policySetDefinitionName",
    ManagementLockAtSubscriptionLevel: "locks lockName",
  }),
  ...at("scope", "authorization", "Microsoft.Authorization", {
    RoleAssignment: "roleAssignments roleAssignmentName",
    PolicyAssignment: "policyAssignments policyAssignmentName",
    PolicyExemption: "policyExemptions policyExemptionName",
    ManagementLockByScope: "locks lockName",
  }),
  ...at("subscription", "resources", "Microsoft.Resources", { ResourceGroup: "resourceGroups resourceGroupName" }),
]);

/**
 * The key of a token in `resourceTypes`; undefined for a resource of another provider. Reads the default version
 * (`azure-native:network:Subnet`), a versioned module (`azure-native:network/v20240501:Subnet`) and a versioned package
 * (`azure-native_network_v20240501:network/v20240501:Subnet`).
 */
export function azureNativeKey(token: string): string | undefined {
  const found = /^azure-native(?:_[a-z]+_v\w+)?:([a-z]+)(?:\/v\w+)?:(\w+)$/.exec(token);
  return found === null ? undefined : `${found[1]}:${found[2]}`.toLowerCase();
}

type Table = Readonly<Record<string, string>>;

function inResourceGroup(
  module: string,
  namespace: string,
  table: Table,
): readonly (readonly [string, ResourceType])[] {
  return at("resourceGroup", module, namespace, table);
}

function at(
  scope: ResourceType["scope"],
  module: string,
  namespace: string,
  table: Table,
): readonly (readonly [string, ResourceType])[] {
  return Object.entries(table).map(([name, row]) => {
    const [type = "", ...names] = row.split(" ");
    return [`${module}:${name}`.toLowerCase(), { type: `${namespace}/${type}`, names, scope }] as const;
  });
}

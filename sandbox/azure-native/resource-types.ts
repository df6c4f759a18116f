/**
 * How azure-native names and addresses one resource type.
 * Source: the classes of `@pulumi/azure-native` 3.28.0 (tokens, parameter names, API versions) and the request paths of the REST reference
 * (https://learn.microsoft.com/rest/api/azure, read 2026-11-21).
 */
export interface ResourceType {
  /** "azure-native:network:Subnet". */
  readonly token: string;
  /** "Microsoft.Network/virtualNetworks/subnets". */
  readonly armType: string;
  readonly apiVersion: string;
  /** What the id starts with: a resource group, a subscription, or another resource's id given in the named input. */
  readonly scope:
    | { readonly kind: "resourceGroup" | "subscription" }
    | { readonly kind: "extension"; readonly input: string };
  /** The inputs that name the resource and its parents, outermost first; one per segment of the type. */
  readonly names: readonly string[];
  /** Name in the mappers of `@azure/arm-network`. @default - properties are not known beforehand, see `wirePaths` */
  readonly mapper?: string;
  /** Lists of children that azure-native keeps as they are when the program says nothing about them (SDK spelling). */
  readonly maintained: readonly string[];
  /** How a missing name is made. */
  readonly autoname: "random" | "uuid";
  /** Inputs that azure-native itself insists on, besides the names of parents. */
  readonly required: readonly string[];
  /** Whether a missing location is taken from the configuration or the resource group. */
  readonly located: boolean;
  /**
   * Inputs that Azure fills in from the other side of a relation. azure-native reports them as drift at the first refresh, which no program can avoid
   * (https://github.com/pulumi/pulumi-azure-native/issues/3220, read 2026-11-21); the sandbox takes them for outputs.
   */
  readonly backFilled: readonly string[];
  /** Wire paths of the properties that do not follow the rule "envelope or properties under the same name"; without mapper only. */
  readonly wirePaths: { readonly [sdkName: string]: string };
}

/** The type with this token, or undefined if the sandbox does not imitate it. */
export function resourceTypeOf(token: string): ResourceType | undefined {
  return byToken.get(token);
}

/** Every type that the sandbox imitates. */
export function resourceTypes(): readonly ResourceType[] {
  return [...byToken.values()];
}

type Options = Partial<
  Pick<
    ResourceType,
    "maintained" | "autoname" | "required" | "located" | "backFilled" | "wirePaths" | "scope" | "mapper"
  >
>;

function define(
  token: string,
  armType: string,
  apiVersion: string,
  names: readonly string[],
  options: Options = {},
): ResourceType {
  return {
    token: `azure-native:${token}`,
    armType,
    apiVersion,
    names,
    scope: { kind: "resourceGroup" },
    maintained: [],
    autoname: "random",
    required: [],
    located: true,
    backFilled: [],
    wirePaths: {},
    ...options,
  };
}

/** A type of Microsoft.Network, whose mapper has the name of its class unless told. */
function network(className: string, armType: string, names: readonly string[], options: Options = {}): ResourceType {
  const located = names.length === 1;
  return define(`network:${className}`, `Microsoft.Network/${armType}`, "2024-05-01", names, {
    mapper: className,
    located,
    ...options,
  });
}

function resolver(className: string, armType: string, names: readonly string[], options: Options = {}): ResourceType {
  return define(`dnsresolver:${className}`, `Microsoft.Network/${armType}`, "2023-07-01-preview", names, options);
}

const networkTypes = [
  network("VirtualNetwork", "virtualNetworks", ["virtualNetworkName"], {
    maintained: ["subnets", "virtualNetworkPeerings"],
  }),
  network("Subnet", "virtualNetworks/subnets", ["virtualNetworkName", "subnetName"]),
  network("VirtualNetworkPeering", "virtualNetworks/virtualNetworkPeerings", [
    "virtualNetworkName",
    "virtualNetworkPeeringName",
  ]),
  network("NetworkSecurityGroup", "networkSecurityGroups", ["networkSecurityGroupName"], {
    maintained: ["securityRules"],
  }),
  network("SecurityRule", "networkSecurityGroups/securityRules", ["networkSecurityGroupName", "securityRuleName"], {
    required: ["access", "direction", "priority", "protocol"],
  }),
  network("ApplicationSecurityGroup", "applicationSecurityGroups", ["applicationSecurityGroupName"]),
  network("RouteTable", "routeTables", ["routeTableName"], { maintained: ["routes"] }),
  network("Route", "routeTables/routes", ["routeTableName", "routeName"], { required: ["nextHopType"] }),
  network("NatGateway", "natGateways", ["natGatewayName"]),
  network("PublicIPAddress", "publicIPAddresses", ["publicIpAddressName"], { backFilled: ["natGateway"] }),
  network("PublicIPPrefix", "publicIPPrefixes", ["publicIpPrefixName"], { backFilled: ["natGateway"] }),
  network("LoadBalancer", "loadBalancers", ["loadBalancerName"], { maintained: ["inboundNatRules"] }),
  network("NetworkInterface", "networkInterfaces", ["networkInterfaceName"]),
  network("AzureFirewall", "azureFirewalls", ["azureFirewallName"]),
  network("FirewallPolicy", "firewallPolicies", ["firewallPolicyName"]),
  network("FirewallPolicyRuleCollectionGroup", "firewallPolicies/ruleCollectionGroups", [
    "firewallPolicyName",
    "ruleCollectionGroupName",
  ]),
  network("IpGroup", "ipGroups", ["ipGroupsName"]),
  network("VirtualNetworkGateway", "virtualNetworkGateways", ["virtualNetworkGatewayName"]),
  network("LocalNetworkGateway", "localNetworkGateways", ["localNetworkGatewayName"]),
  network("VirtualNetworkGatewayConnection", "connections", ["virtualNetworkGatewayConnectionName"], {
    required: ["connectionType", "virtualNetworkGateway1"],
  }),
  network("NetworkWatcher", "networkWatchers", ["networkWatcherName"]),
  network("FlowLog", "networkWatchers/flowLogs", ["networkWatcherName", "flowLogName"], {
    required: ["storageId", "targetResourceId"],
    located: true,
  }),
  network("BastionHost", "bastionHosts", ["bastionHostName"]),
  network("ExpressRouteCircuit", "expressRouteCircuits", ["circuitName"], {
    maintained: ["authorizations", "peerings"],
  }),
];

const resolverTypes = [
  define("privatedns:PrivateZone", "Microsoft.Network/privateDnsZones", "2024-06-01", ["privateZoneName"], {
    located: false,
  }),
  define(
    "privatedns:VirtualNetworkLink",
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    "2024-06-01",
    ["privateZoneName", "virtualNetworkLinkName"],
    { located: false },
  ),
  resolver("DnsResolver", "dnsResolvers", ["dnsResolverName"], {
    required: ["virtualNetwork"],
  }),
  resolver("InboundEndpoint", "dnsResolvers/inboundEndpoints", ["dnsResolverName", "inboundEndpointName"], {
    required: ["ipConfigurations"],
  }),
  resolver("OutboundEndpoint", "dnsResolvers/outboundEndpoints", ["dnsResolverName", "outboundEndpointName"], {
    required: ["subnet"],
  }),
  resolver("DnsForwardingRuleset", "dnsForwardingRulesets", ["dnsForwardingRulesetName"], {
    required: ["dnsResolverOutboundEndpoints"],
  }),
  resolver(
    "ForwardingRule",
    "dnsForwardingRulesets/forwardingRules",
    ["dnsForwardingRulesetName", "forwardingRuleName"],
    {
      required: ["domainName", "targetDnsServers"],
      located: false,
    },
  ),
  resolver(
    "PrivateResolverVirtualNetworkLink",
    "dnsForwardingRulesets/virtualNetworkLinks",
    ["dnsForwardingRulesetName", "virtualNetworkLinkName"],
    { required: ["virtualNetwork"], located: false },
  ),
];

const otherTypes = [
  define("resources:ResourceGroup", "Microsoft.Resources/resourceGroups", "2024-03-01", ["resourceGroupName"], {
    scope: { kind: "subscription" },
    required: ["location"],
    located: true,
  }),
  define(
    "authorization:RoleAssignment",
    "Microsoft.Authorization/roleAssignments",
    "2022-04-01",
    ["roleAssignmentName"],
    {
      scope: { kind: "extension", input: "scope" },
      autoname: "uuid",
      required: ["principalId", "roleDefinitionId"],
      located: false,
    },
  ),
  define("authorization:ManagementLockByScope", "Microsoft.Authorization/locks", "2020-05-01", ["lockName"], {
    scope: { kind: "extension", input: "scope" },
    required: ["level"],
    located: false,
  }),
  define("operationalinsights:Workspace", "Microsoft.OperationalInsights/workspaces", "2023-09-01", ["workspaceName"], {
    wirePaths: { sku: "properties.sku" },
  }),
  define("monitor:DiagnosticSetting", "Microsoft.Insights/diagnosticSettings", "2021-05-01-preview", ["name"], {
    scope: { kind: "extension", input: "resourceUri" },
    located: false,
  }),
  define("storage:StorageAccount", "Microsoft.Storage/storageAccounts", "2024-01-01", ["accountName"], {
    required: ["kind", "sku"],
    wirePaths: {
      enableHttpsTrafficOnly: "properties.supportsHttpsTrafficOnly",
      networkRuleSet: "properties.networkAcls",
      enableNfsV3: "properties.isNfsV3Enabled",
    },
  }),
];

const byToken: ReadonlyMap<string, ResourceType> = new Map(
  [...networkTypes, ...resolverTypes, ...otherTypes].map((type) => [type.token, type]),
);

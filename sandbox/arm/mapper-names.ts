/** The class in `@azure/arm-network` that describes each Microsoft.Network type imitated here. */
const mapperNames: Readonly<Record<string, string>> = {
  virtualNetworks: "VirtualNetwork",
  "virtualNetworks/subnets": "Subnet",
  "virtualNetworks/virtualNetworkPeerings": "VirtualNetworkPeering",
  networkSecurityGroups: "NetworkSecurityGroup",
  "networkSecurityGroups/securityRules": "SecurityRule",
  applicationSecurityGroups: "ApplicationSecurityGroup",
  routeTables: "RouteTable",
  "routeTables/routes": "Route",
  natGateways: "NatGateway",
  publicIPAddresses: "PublicIPAddress",
  publicIPPrefixes: "PublicIPPrefix",
  loadBalancers: "LoadBalancer",
  networkInterfaces: "NetworkInterface",
  azureFirewalls: "AzureFirewall",
  firewallPolicies: "FirewallPolicy",
  "firewallPolicies/ruleCollectionGroups": "FirewallPolicyRuleCollectionGroup",
  ipGroups: "IpGroup",
  virtualNetworkGateways: "VirtualNetworkGateway",
  localNetworkGateways: "LocalNetworkGateway",
  connections: "VirtualNetworkGatewayConnection",
  networkWatchers: "NetworkWatcher",
  "networkWatchers/flowLogs": "FlowLog",
  bastionHosts: "BastionHost",
  expressRouteCircuits: "ExpressRouteCircuit",
};

const byType = new Map(
  Object.entries(mapperNames).map(([type, mapper]) => [`microsoft.network/${type}`.toLowerCase(), mapper]),
);

/** The mapper of a type, without case; undefined outside the package. */
export function mapperOf(type: string): string | undefined {
  return byType.get(type.toLowerCase());
}

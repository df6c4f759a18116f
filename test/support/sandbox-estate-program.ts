/** A program that uses every kind of resource a Windows 365 landing zone may need, once. The pre-shared key is a secret of the stack's configuration. */
export const estateProgram = `
import { authorization, dnsresolver, monitor, network, operationalinsights, privatedns, resources, storage } from "@pulumi/azure-native";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";

const windows365 = azuread.getServicePrincipalOutput({ clientId: "0af06dc6-e4b5-4f28-818e-e78e62d137a5" });
const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-estate", location: "westeurope" });
const at = { resourceGroupName: group.name };
const { subscriptionId } = authorization.getClientConfigOutput();

const hub = new network.VirtualNetwork("hub", { ...at, virtualNetworkName: "vnet-hub", addressSpace: { addressPrefixes: ["10.10.0.0/16"] } });
const inHub = { ...at, virtualNetworkName: hub.name };
const firewallSubnet = new network.Subnet("firewall-subnet", { ...inHub, subnetName: "AzureFirewallSubnet", addressPrefix: "10.10.0.0/26" });
const gatewaySubnet = new network.Subnet("gateway-subnet", { ...inHub, subnetName: "GatewaySubnet", addressPrefix: "10.10.1.0/27" }, { dependsOn: firewallSubnet });
const delegations = [{ name: "resolver", serviceName: "Microsoft.Network/dnsResolvers" }];
const resolverSubnet = new network.Subnet("resolver-subnet", { ...inHub, subnetName: "snet-dns-in", addressPrefix: "10.10.2.0/28", delegations }, { dependsOn: gatewaySubnet });

const address = (name: string) => new network.PublicIPAddress(name, {
  ...at, publicIpAddressName: "pip-" + name, sku: { name: "Standard" }, publicIPAllocationMethod: "Static", zones: ["1", "2", "3"],
});
const policy = new network.FirewallPolicy("policy", { ...at, firewallPolicyName: "afwp-hub", sku: { tier: "Standard" }, dnsSettings: { enableProxy: true } });
const rules = new network.FirewallPolicyRuleCollectionGroup("rules", {
  ...at, firewallPolicyName: policy.name, ruleCollectionGroupName: "rcg-windows365", priority: 1000,
  ruleCollections: [{
    ruleCollectionType: "FirewallPolicyFilterRuleCollection", name: "required", priority: 1000, action: { type: "Allow" },
    rules: [
      { ruleType: "NetworkRule", name: "kms", ipProtocols: ["TCP"], sourceAddresses: ["10.20.0.0/16"], destinationFqdns: ["azkms.core.windows.net"], destinationPorts: ["1688"] },
    ],
  }, {
    ruleCollectionType: "FirewallPolicyFilterRuleCollection", name: "web", priority: 1100, action: { type: "Allow" },
    rules: [
      { ruleType: "ApplicationRule", name: "w365", protocols: [{ protocolType: "Https", port: 443 }], sourceAddresses: ["10.20.0.0/16"], fqdnTags: ["Windows365"] },
    ],
  }],
});
const firewall = new network.AzureFirewall("firewall", {
  ...at, azureFirewallName: "afw-hub", sku: { name: "AZFW_VNet", tier: "Standard" }, zones: ["1", "2", "3"], firewallPolicy: { id: policy.id },
  ipConfigurations: [{ name: "ipconfig", subnet: { id: firewallSubnet.id }, publicIPAddress: { id: address("firewall").id } }],
}, { dependsOn: [rules, resolverSubnet] });

const gateway = new network.VirtualNetworkGateway("gateway", {
  ...at, virtualNetworkGatewayName: "vgw-hub", gatewayType: "Vpn", vpnType: "RouteBased", sku: { name: "VpnGw1AZ", tier: "VpnGw1AZ" }, vpnGatewayGeneration: "Generation1",
  ipConfigurations: [{ name: "ipconfig", subnet: { id: gatewaySubnet.id }, publicIPAddress: { id: address("gateway").id } }],
}, { dependsOn: firewall });
const onPremises = new network.LocalNetworkGateway("on-premises", {
  ...at, localNetworkGatewayName: "lgw-office", gatewayIpAddress: "203.0.113.10", localNetworkAddressSpace: { addressPrefixes: ["192.168.0.0/16"] },
});
const connection = new network.VirtualNetworkGatewayConnection("connection", {
  ...at, virtualNetworkGatewayConnectionName: "cn-office", connectionType: "IPsec", sharedKey: new pulumi.Config().requireSecret("sharedKey"),
  virtualNetworkGateway1: { id: gateway.id }, localNetworkGateway2: { id: onPremises.id },
});

const spoke = new network.VirtualNetwork("spoke", { ...at, virtualNetworkName: "vnet-spoke", addressSpace: { addressPrefixes: ["10.20.0.0/16"] } });
const routes = new network.RouteTable("routes", {
  ...at, routeTableName: "rt-cloudpc", disableBgpRoutePropagation: true,
  routes: [{ name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: firewall.ipConfigurations.apply((all) => all?.[0]?.privateIPAddress ?? "") }],
});
const nat = new network.NatGateway("nat", { ...at, natGatewayName: "ng-cloudpc", sku: { name: "Standard" }, publicIpAddresses: [{ id: new network.PublicIPAddress("nat-address", {
  ...at, publicIpAddressName: "pip-nat", sku: { name: "Standard" }, publicIPAllocationMethod: "Static" }).id }] });
const nsg = new network.NetworkSecurityGroup("nsg", { ...at, networkSecurityGroupName: "nsg-cloudpc" });
const cloudPcs = new network.Subnet("cloud-pcs", {
  ...at, virtualNetworkName: spoke.name, subnetName: "snet-cloudpc", addressPrefix: "10.20.1.0/24", defaultOutboundAccess: false,
  networkSecurityGroup: { id: nsg.id }, routeTable: { id: routes.id }, natGateway: { id: nat.id },
});

const role = (name: string, roleId: string, scope: pulumi.Input<string>) => new authorization.RoleAssignment(name, {
  roleAssignmentName: "5a9db0c0-0000-4000-8000-0000000000" + name, scope, principalId: windows365.objectId, principalType: "ServicePrincipal",
  roleDefinitionId: pulumi.interpolate\`/subscriptions/\${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/\${roleId}\`,
});
role("e1", "acdd72a7-3385-48ef-bd42-f606fba81ae7", pulumi.interpolate\`/subscriptions/\${subscriptionId}\`);
role("e2", "4d97b98b-1d4f-4787-a291-c67834d212e7", spoke.id);

const workspace = new operationalinsights.Workspace("workspace", { ...at, workspaceName: "log-hub", sku: { name: "PerGB2018" }, retentionInDays: 30 });
new monitor.DiagnosticSetting("diagnostics", {
  name: "to-log-analytics", resourceUri: firewall.id, workspaceId: workspace.id, logAnalyticsDestinationType: "Dedicated",
  logs: [{ categoryGroup: "allLogs", enabled: true }],
});
const account = new storage.StorageAccount("account", {
  ...at, accountName: "stflowlogssandbox", kind: "StorageV2", sku: { name: "Standard_LRS" }, minimumTlsVersion: "TLS1_2", enableHttpsTrafficOnly: true, allowBlobPublicAccess: false,
});
const watcher = new network.NetworkWatcher("watcher", { ...at, networkWatcherName: "nw-westeurope" });
new network.FlowLog("flow-log", {
  ...at, networkWatcherName: watcher.name, flowLogName: "fl-spoke", enabled: true, storageId: account.id, targetResourceId: spoke.id,
}, { dependsOn: cloudPcs });

const zone = new privatedns.PrivateZone("zone", { ...at, privateZoneName: "corp.example", location: "global" });
new privatedns.VirtualNetworkLink("link", {
  ...at, privateZoneName: zone.name, virtualNetworkLinkName: "to-hub", location: "global", registrationEnabled: false, virtualNetwork: { id: hub.id },
}, { dependsOn: connection });
const resolver = new dnsresolver.DnsResolver("resolver", { ...at, dnsResolverName: "dnspr-hub", virtualNetwork: { id: hub.id } }, { dependsOn: connection });
new dnsresolver.InboundEndpoint("inbound", {
  ...at, dnsResolverName: resolver.name, inboundEndpointName: "in", ipConfigurations: [{ subnet: { id: resolverSubnet.id }, privateIpAllocationMethod: "Dynamic" }],
});

export const customerId = workspace.customerId;
export const firewallAddress = firewall.ipConfigurations.apply((all) => all?.[0]?.privateIPAddress);
export const key = connection.sharedKey;
`;

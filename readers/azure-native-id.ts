import { PLACEHOLDER_SUBSCRIPTION } from "../model/resource-id.ts";

/** Stands for the subscription that a provider is signed in to, where nothing names it. */
export const ownSubscription = PLACEHOLDER_SUBSCRIPTION;

/** How azure-native addresses a type: its ARM type and the inputs that name it and its parents, outermost first. */
interface Address {
  readonly type: string;
  readonly names: readonly string[];
  /** What the id starts with. @default "resourceGroup" */
  readonly scope?: "resourceGroup" | "subscription" | { readonly input: string };
}

/**
 * Every azure-native type that this project deploys, by module and class.
 *
 * Source: the parameter names of `@pulumi/azure-native` 3.28.0 and the request paths of the REST reference
 * (https://learn.microsoft.com/rest/api/azure, read 2026-11-21).
 */
const addresses: Readonly<Record<string, Address>> = {
  "resources:ResourceGroup": {
    type: "Microsoft.Resources/resourceGroups",
    names: ["resourceGroupName"],
    scope: "subscription",
  },
  "authorization:RoleAssignment": {
    type: "Microsoft.Authorization/roleAssignments",
    names: ["roleAssignmentName"],
    scope: { input: "scope" },
  },
  "monitor:DiagnosticSetting": {
    type: "Microsoft.Insights/diagnosticSettings",
    names: ["name"],
    scope: { input: "resourceUri" },
  },
  "operationalinsights:Workspace": { type: "Microsoft.OperationalInsights/workspaces", names: ["workspaceName"] },
  "storage:StorageAccount": { type: "Microsoft.Storage/storageAccounts", names: ["accountName"] },
  "network:VirtualNetwork": { type: "Microsoft.Network/virtualNetworks", names: ["virtualNetworkName"] },
  "network:Subnet": { type: "Microsoft.Network/virtualNetworks/subnets", names: ["virtualNetworkName", "subnetName"] },
  "network:VirtualNetworkPeering": {
    type: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
    names: ["virtualNetworkName", "virtualNetworkPeeringName"],
  },
  "network:NetworkSecurityGroup": {
    type: "Microsoft.Network/networkSecurityGroups",
    names: ["networkSecurityGroupName"],
  },
  "network:RouteTable": { type: "Microsoft.Network/routeTables", names: ["routeTableName"] },
  "network:NatGateway": { type: "Microsoft.Network/natGateways", names: ["natGatewayName"] },
  "network:PublicIPAddress": { type: "Microsoft.Network/publicIPAddresses", names: ["publicIpAddressName"] },
  "network:PublicIPPrefix": { type: "Microsoft.Network/publicIPPrefixes", names: ["publicIpPrefixName"] },
  "network:LoadBalancer": { type: "Microsoft.Network/loadBalancers", names: ["loadBalancerName"] },
  "network:AzureFirewall": { type: "Microsoft.Network/azureFirewalls", names: ["azureFirewallName"] },
  "network:FirewallPolicy": { type: "Microsoft.Network/firewallPolicies", names: ["firewallPolicyName"] },
  "network:FirewallPolicyRuleCollectionGroup": {
    type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
    names: ["firewallPolicyName", "ruleCollectionGroupName"],
  },
  "network:VirtualNetworkGateway": {
    type: "Microsoft.Network/virtualNetworkGateways",
    names: ["virtualNetworkGatewayName"],
  },
  "network:LocalNetworkGateway": { type: "Microsoft.Network/localNetworkGateways", names: ["localNetworkGatewayName"] },
  "network:VirtualNetworkGatewayConnection": {
    type: "Microsoft.Network/connections",
    names: ["virtualNetworkGatewayConnectionName"],
  },
  "network:FlowLog": {
    type: "Microsoft.Network/networkWatchers/flowLogs",
    names: ["networkWatcherName", "flowLogName"],
  },
};

/**
 * The ARM id of a resource that this project deploys, computed from its inputs before or after it exists; undefined for a
 * type that is not in the table, or if an input that names it is not known text.
 *
 * @param token - for example `azure-native:network:Subnet`
 * @param subscriptionId - a placeholder if it is not known
 */
export function azureNativeId(
  token: string,
  inputs: Readonly<Record<string, unknown>>,
  subscriptionId: string = ownSubscription,
): string | undefined {
  const address = addresses[token.replace(/^azure-native:/, "")];
  if (address === undefined) return undefined;
  const names = address.names.map((name) => inputs[name]);
  if (!names.every((name) => typeof name === "string")) return undefined;
  const scope = scopeOf(address, inputs, subscriptionId);
  if (scope === undefined) return undefined;
  if (address.scope === "subscription") return `${scope}/resourceGroups/${names.join("/")}`;
  const [provider = "", ...kinds] = address.type.split("/");
  return [scope, "providers", provider, ...kinds.flatMap((kind, index) => [kind, names[index]])].join("/");
}

function scopeOf(
  { scope = "resourceGroup" }: Address,
  inputs: Readonly<Record<string, unknown>>,
  subscriptionId: string,
): string | undefined {
  const subscription = `/subscriptions/${subscriptionId}`;
  if (scope === "subscription") return subscription;
  const value = inputs[scope === "resourceGroup" ? "resourceGroupName" : scope.input];
  if (typeof value !== "string") return undefined;
  return scope === "resourceGroup" ? `${subscription}/resourceGroups/${value}` : value.replace(/\/+$/, "");
}

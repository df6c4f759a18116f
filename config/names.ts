import { identityOf, type Naming, type Renamable, type ResourceKind, resourceName } from "./naming.ts";

/** Names of what a hub is built of; a hub uses those of the parts that it has. */
export type HubNames = ReturnType<typeof hubNames>;

/** Names in Azure of what a hub is built of; indices count from 0. */
export function hubNames(naming: Naming, hub: Renamable) {
  return nameHub((kind, parts) => resourceName(naming, kind, parts), hub);
}

/** Names of what a region is built of; a region uses those of the parts that it has. */
export type RegionNames = ReturnType<typeof regionNames>;

/** Names in Azure of what a region is built of; indices count from 0. */
export function regionNames(naming: Naming, region: Renamable) {
  return nameRegion((kind, parts) => resourceName(naming, kind, parts), region);
}

/** Names in Azure of what all layers share for their logs. */
export function diagnosticsNames(naming: Naming) {
  return nameDiagnostics((kind, parts) => resourceName(naming, kind, parts));
}

/** Makes something of a kind and the parts of a name: the name itself, or what a check wants to know about it. */
export type NameOf<T> = (kind: ResourceKind, parts: readonly string[]) => T;

/** What a hub names, by the role of each resource in the hub. */
export function nameHub<T>(nameOf: NameOf<T>, hub: Renamable) {
  const name = (kind: ResourceKind, ...parts: string[]) => nameOf(kind, ["hub", identityOf(hub), ...parts]);
  return {
    resourceGroup: name("resourceGroup"),
    virtualNetwork: name("virtualNetwork"),
    gatewayRouteTable: name("routeTable", "gateway"),
    azureFirewall: name("azureFirewall"),
    firewallPolicy: name("firewallPolicy"),
    firewallPublicIPAddress: (index: number) => name("publicIPAddress", `firewall-${index + 1}`),
    firewallManagementPublicIPAddress: name("publicIPAddress", "firewall-management"),
    virtualNetworkGateway: name("virtualNetworkGateway"),
    gatewayPublicIPAddress: (index: number) => name("publicIPAddress", `gateway-${index + 1}`),
    localNetworkGateway: (site: Renamable) => name("localNetworkGateway", identityOf(site)),
    connection: (site: Renamable) => name("connection", identityOf(site)),
    virtualNetworkPeering: (region: Renamable) => name("virtualNetworkPeering", identityOf(region)),
    flowLog: name("flowLog"),
    storageAccount: name("storageAccount"),
  };
}

/** What a region names, by the role of each resource in the region. */
export function nameRegion<T>(nameOf: NameOf<T>, region: Renamable) {
  const name = (kind: ResourceKind, ...parts: string[]) => nameOf(kind, [identityOf(region), ...parts]);
  return {
    resourceGroup: name("resourceGroup"),
    networkInterfacesResourceGroup: name("resourceGroup", "nic"),
    virtualNetwork: name("virtualNetwork"),
    subnet: (pool: Renamable) => name("subnet", identityOf(pool)),
    networkSecurityGroup: name("networkSecurityGroup"),
    routeTable: name("routeTable"),
    natGateway: name("natGateway"),
    publicIPAddress: (index: number) => name("publicIPAddress", `egress-${index + 1}`),
    publicIPPrefix: name("publicIPPrefix"),
    loadBalancer: name("loadBalancer"),
    virtualNetworkPeering: (hub: Renamable) => name("virtualNetworkPeering", `hub-${identityOf(hub)}`),
    flowLog: name("flowLog"),
    storageAccount: name("storageAccount"),
  };
}

/** What the logs of all layers name. */
export function nameDiagnostics<T>(nameOf: NameOf<T>) {
  return {
    resourceGroup: nameOf("resourceGroup", ["diagnostics"]),
    workspace: nameOf("workspace", ["diagnostics"]),
  };
}

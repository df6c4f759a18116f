import type { NatGateway } from "./egress.ts";
import type { Environment } from "./environment.ts";
import type { Hub } from "./hub.ts";
import { nameDiagnostics, nameHub, nameRegion } from "./names.ts";
import { type Naming, nameKey, type ResourceKind, resourceName } from "./naming.ts";
import type { Region } from "./region.ts";

/** The name of a resource that is made here. */
export interface PlannedName {
  readonly kind: ResourceKind;
  /** Its key in `naming.overrides`. */
  readonly key: string;
  /** Its name in Azure. */
  readonly name: string;
  /** Within what the name must be unique, beside its kind: a resource group, a virtual network, or nothing. */
  readonly scope: string;
}

/** The name of every resource that an environment makes and that has a name of our choosing. */
export function plannedNames(environment: Environment): readonly PlannedName[] {
  return [
    ...diagnosticsNamesOf(environment),
    ...environment.hubs.flatMap((hub) => hubNamesOf(environment, hub)),
    ...environment.regions.flatMap((region) => regionNamesOf(environment, region)),
  ];
}

function hubNamesOf(environment: Environment, hub: Hub): readonly PlannedName[] {
  const { naming, regions, diagnostics } = environment;
  const scope = scopeOf(hub.resourceGroup, `hub/${hub.name}`);
  const names = nameHub(planned(naming, scope), hub);
  const { firewall, vpn, network } = hub;
  const peered = regions.filter((region) => region.hub === hub.name && region.peering === "both");
  const peerings = peered.map((region) => inNetwork(names.virtualNetworkPeering(region), `hub/${hub.name}`));
  if (network.mode === "use") return peerings;
  return [
    ...made(hub.resourceGroup, names.resourceGroup),
    names.virtualNetwork,
    ...peerings,
    ...(firewall === undefined ? [] : [names.azureFirewall]),
    ...(firewall?.policy.mode === "create" ? [names.firewallPolicy] : []),
    ...times(firewall?.publicIpCount ?? 0, names.firewallPublicIPAddress),
    ...(firewall?.sku === "Basic" ? [names.firewallManagementPublicIPAddress] : []),
    ...(vpn === undefined ? [] : [names.virtualNetworkGateway]),
    ...(vpn !== undefined && firewall !== undefined ? [names.gatewayRouteTable] : []),
    ...times(vpn === undefined ? 0 : vpn.activeActive ? 2 : 1, names.gatewayPublicIPAddress),
    ...(vpn?.sites ?? []).flatMap((site) => [names.localNetworkGateway(site), names.connection(site)]),
    ...(diagnostics.flowLogs ? [names.flowLog, names.storageAccount] : []),
  ];
}

function regionNamesOf(environment: Environment, region: Region): readonly PlannedName[] {
  const { naming, hubs, diagnostics } = environment;
  const scope = scopeOf(region.resourceGroup, region.name);
  const names = nameRegion(planned(naming, scope), region);
  const hub = hubs.find(({ name }) => name === region.hub);
  const { network, egress, natGateway } = region;
  const networkScope = network.mode === "create" ? region.name : network.virtualNetworkId;
  const subnets = region.pools.filter(({ subnet }) => subnet.mode === "create");
  return [
    ...made(region.resourceGroup, names.resourceGroup),
    ...made(region.networkInterfaces, names.networkInterfacesResourceGroup),
    ...(network.mode === "create" ? [names.virtualNetwork] : []),
    ...subnets.map((pool) => inNetwork(names.subnet(pool), networkScope)),
    ...(hub !== undefined && region.peering !== "requested"
      ? [inNetwork(names.virtualNetworkPeering(hub), networkScope)]
      : []),
    ...(network.mode === "use" ? [] : [names.networkSecurityGroup, names.routeTable]),
    ...(natGateway === undefined || network.mode === "use" ? [] : [names.natGateway, ...publicIps(natGateway, names)]),
    ...(egress.via === "loadBalancer" && network.mode !== "use"
      ? [names.loadBalancer, ...times(egress.publicIpCount, names.publicIPAddress)]
      : []),
    // The owner of an existing network decides about its flow logs.
    ...(diagnostics.flowLogs && network.mode === "create" ? [names.flowLog, names.storageAccount] : []),
  ];
}

function diagnosticsNamesOf({ naming, diagnostics }: Environment): readonly PlannedName[] {
  const names = nameDiagnostics(planned(naming, "diagnostics"));
  return diagnostics.logAnalytics.mode === "create" ? [{ ...names.resourceGroup, scope: "" }, names.workspace] : [];
}

function publicIps(
  { publicIps }: NatGateway,
  names: { readonly publicIPPrefix: PlannedName; readonly publicIPAddress: (index: number) => PlannedName },
): readonly PlannedName[] {
  return publicIps.kind === "prefix" ? [names.publicIPPrefix] : times(publicIps.count, names.publicIPAddress);
}

function planned(naming: Naming, scope: string) {
  return (kind: ResourceKind, parts: readonly string[]): PlannedName => ({
    kind,
    key: nameKey(kind, parts),
    name: resourceName(naming, kind, parts),
    scope: kind === "storageAccount" ? "" : scope,
  });
}

function scopeOf(resourceGroup: Hub["resourceGroup"], fallback: string): string {
  return resourceGroup.mode === "use" ? resourceGroup.resourceGroupId : fallback;
}

/** The resource group itself, if it is made: its name is unique in a subscription. */
function made(resourceGroup: Hub["resourceGroup"], name: PlannedName): readonly PlannedName[] {
  return resourceGroup.mode === "create" ? [{ ...name, scope: "" }] : [];
}

function inNetwork(name: PlannedName, network: string): PlannedName {
  return { ...name, scope: network };
}

function times(count: number, name: (index: number) => PlannedName): readonly PlannedName[] {
  return Array.from({ length: count }, (_, index) => name(index));
}

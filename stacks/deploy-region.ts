import * as pulumi from "@pulumi/pulumi";
import { CloudPcSpoke, type SpokeVirtualNetwork } from "../components/cloud-pc-spoke.ts";
import { FlowLogs } from "../components/flow-logs.ts";
import { LoadBalancerEgress } from "../components/load-balancer-egress.ts";
import { NatEgress } from "../components/nat-egress.ts";
import { PeeringPair } from "../components/peering-pair.ts";
import { type ResourceGroupReference, resourceGroup } from "../components/resource-group.ts";
import { spokeRoutes, spokeSecurityRules } from "../components/spoke-rules.ts";
import type { RoleScope } from "../components/windows365-permissions.ts";
import type { Environment } from "../config/environment.ts";
import { hubNames, type RegionNames, regionNames } from "../config/names.ts";
import { identityOf } from "../config/naming.ts";
import { planRegionSubnets } from "../config/plan.ts";
import type { JoinType } from "../config/profile.ts";
import type { Region } from "../config/region.ts";
import { trafficOf } from "./cloud-pc-traffic.ts";
import { flowLogRetentionDays, type HubReference, numbered } from "./deploy-hub.ts";
import type { FlowLogChain } from "./flow-log-chain.ts";
import { type InSubscription, resourceGroupNameOf, resourceNameOf, subscriptionOf } from "./subscriptions.ts";
import { uniqueName } from "./unique-name.ts";

/** Everything that a region is deployed with. */
export interface RegionContext {
  readonly environment: Environment;
  readonly inSubscription: InSubscription;
  /** Where logs go; absent means nowhere. */
  readonly workspaceId: pulumi.Input<string> | undefined;
  readonly chainFlowLogs: FlowLogChain;
  /** The subscription that the provider is signed in to. */
  readonly ownSubscription: string;
  /** The hub it peers with; absent means none. */
  readonly hub: HubReference | undefined;
  /** Earlier peerings of the same hub, which Azure would refuse to write at the same time. */
  readonly after: readonly pulumi.Resource[];
}

/** What an Azure network connection asks for, one for each pool. */
export interface ConnectionDetails {
  readonly region: string;
  readonly pool: string;
  readonly location: string;
  readonly joinType: JoinType;
  readonly subscriptionId: pulumi.Output<string>;
  readonly resourceGroupId: pulumi.Output<string>;
  readonly virtualNetworkId: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
}

/** What a region hands on. */
export interface DeployedRegion {
  readonly name: string;
  readonly connections: readonly ConnectionDetails[];
  /** Where the Windows 365 service principal needs its roles. */
  readonly roleScopes: readonly RoleScope[];
  readonly publicAddresses: pulumi.Output<string[]>;
  /** The peerings made here; the next region of the same hub waits for them. */
  readonly peerings: readonly pulumi.Resource[];
}

/** Builds one region: resource groups, egress, virtual network and subnets, peering, logs. */
export function deployRegion(region: Region, context: RegionContext): DeployedRegion {
  const { environment, inSubscription, ownSubscription } = context;
  const { subscriptions } = environment;
  const key = `region-${identityOf(region)}`;
  const names = regionNames(environment.naming, region);
  const existingNetworkId = region.network.mode === "create" ? undefined : region.network.virtualNetworkId;
  const opts = inSubscription(
    existingNetworkId === undefined ? subscriptions.spokes : subscriptionOf(existingNetworkId),
  );
  const group = networkResourceGroup(key, region, names, environment, opts);
  const site: RegionSite = { region, key, names, resourceGroupName: group.name, context, opts };

  const nat = deployNatEgress(site);
  const spoke = deploySpoke(site, nat);
  const virtualNetworkId = spoke?.virtualNetworkId ?? existingNetworkId ?? "";
  const loadBalancer = deployLoadBalancerEgress(site, spoke);
  const peering = deployPeering(site, virtualNetworkId, spoke?.writes ?? []);
  if (spoke !== undefined && existingNetworkId === undefined) {
    deployFlowLogs(site, spoke, peering === undefined ? spoke.writes : [peering.connected]);
  }
  const networkInterfaces = networkInterfacesResourceGroup(key, region, names, environment, inSubscription);

  return {
    name: region.name,
    connections: region.pools.map((pool) => ({
      region: region.name,
      pool: pool.name,
      location: region.location,
      joinType: pool.joinType,
      subscriptionId: pulumi.output(virtualNetworkId).apply((id) => subscriptionOf(id) ?? ""),
      resourceGroupId: pulumi.output(networkInterfaces.id),
      virtualNetworkId: pulumi.output(virtualNetworkId),
      subnetId: pulumi.output(
        pool.subnet.mode === "use" ? pool.subnet.subnetId : (spoke?.subnetIds[identityOf(pool)] ?? ""),
      ),
    })),
    roleScopes: [
      {
        kind: "virtualNetwork",
        key: `${identityOf(region)}.virtual-network`,
        id: virtualNetworkId,
        subscriptionId: subscriptionOf(existingNetworkId ?? "") ?? subscriptions.spokes ?? ownSubscription,
        ...opts,
      },
      {
        kind: "resourceGroup",
        key: `${identityOf(region)}.network-interfaces`,
        id: networkInterfaces.id,
        subscriptionId: networkInterfaces.subscriptionId ?? ownSubscription,
        ...networkInterfaces.opts,
      },
    ],
    publicAddresses: pulumi
      .all([nat?.publicAddresses ?? [], loadBalancer?.publicAddresses ?? []])
      .apply((lists) => lists.flat()),
    peerings: peering === undefined ? [] : [peering.connected],
  };
}

/** Where in a region its parts are built. */
interface RegionSite {
  readonly region: Region;
  readonly key: string;
  readonly names: RegionNames;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly context: RegionContext;
  readonly opts: pulumi.ComponentResourceOptions;
}

function networkResourceGroup(
  key: string,
  { location, resourceGroup: source }: Region,
  names: RegionNames,
  { tags }: Environment,
  opts: pulumi.CustomResourceOptions,
): ResourceGroupReference {
  return resourceGroup(
    `${key}.rg`,
    {
      name: names.resourceGroup,
      location,
      ...(source.mode === "use" && { existingId: source.resourceGroupId }),
      protect: false,
      tags,
    },
    opts,
  );
}

/** The group that Windows 365 puts the Cloud PCs' network interfaces in: theirs alone, so that nothing locks or crowds it. */
function networkInterfacesResourceGroup(
  key: string,
  { location, networkInterfaces: source }: Region,
  names: RegionNames,
  { subscriptions, protect, tags }: Environment,
  inSubscription: InSubscription,
): ResourceGroupReference & { readonly opts: ReturnType<InSubscription>; readonly subscriptionId: string | undefined } {
  const subscriptionId =
    source.mode === "use"
      ? subscriptionOf(source.resourceGroupId)
      : (subscriptions.networkInterfaces ?? subscriptions.spokes);
  const opts = inSubscription(subscriptionId);
  const group = resourceGroup(
    `${key}.nic-rg`,
    {
      name: names.networkInterfacesResourceGroup,
      location,
      ...(source.mode === "use" && { existingId: source.resourceGroupId }),
      protect,
      tags,
    },
    opts,
  );
  return { id: group.id, name: group.name, opts, subscriptionId };
}

function deployNatEgress({ region, key, names, resourceGroupName, context, opts }: RegionSite): NatEgress | undefined {
  const { natGateway } = region;
  if (natGateway === undefined || region.network.mode === "use") return undefined;
  const { publicIps, idleTimeoutInMinutes } = natGateway;
  return new NatEgress(
    `${key}.nat`,
    {
      resourceGroupName,
      location: region.location,
      natGatewayName: names.natGateway,
      publicIp:
        publicIps.kind === "prefix"
          ? { kind: "prefix", name: names.publicIPPrefix, prefixLength: publicIps.prefixLength }
          : { kind: "addresses", names: numbered(publicIps.count, names.publicIPAddress) },
      idleTimeoutInMinutes,
      tags: context.environment.tags,
    },
    opts,
  );
}

function deploySpoke(
  { region, key, names, resourceGroupName, context, opts }: RegionSite,
  nat: NatEgress | undefined,
): CloudPcSpoke | undefined {
  if (region.network.mode === "use") return undefined;
  const { environment } = context;
  const traffic = trafficOf(environment, [region]);
  const prefixes = planRegionSubnets(region).prefixes;
  const subnets = region.pools.flatMap((pool) => {
    const addressPrefix = prefixes.get(pool.name);
    return pool.subnet.mode === "use" || addressPrefix === undefined
      ? []
      : [{ key: identityOf(pool), name: names.subnet(pool), addressPrefix }];
  });
  return new CloudPcSpoke(
    key,
    {
      resourceGroupName,
      location: region.location,
      virtualNetwork: spokeVirtualNetwork(region, names),
      networkSecurityGroup: {
        name: names.networkSecurityGroup,
        securityRules: spokeSecurityRules(traffic),
      },
      routeTable: {
        name: names.routeTable,
        routes: spokeRoutes(traffic, region.nextHopIpAddress, region.rdp === "direct"),
        disableBgpRoutePropagation: region.nextHopIpAddress !== undefined,
      },
      ...(nat && { natGatewayId: nat.natGatewayId }),
      subnets,
      protect: environment.protect,
      tags: environment.tags,
    },
    opts,
  );
}

function spokeVirtualNetwork({ network, dnsServers }: Region, names: RegionNames): SpokeVirtualNetwork {
  if (network.mode === "create") {
    return { mode: "create", name: names.virtualNetwork, addressSpace: network.addressSpace, dnsServers };
  }
  const id = network.virtualNetworkId;
  return { mode: "extend", id, name: resourceNameOf(id), resourceGroupName: resourceGroupNameOf(id) };
}

function deployLoadBalancerEgress(
  { region, key, names, resourceGroupName, context, opts }: RegionSite,
  spoke: CloudPcSpoke | undefined,
): LoadBalancerEgress | undefined {
  const { egress } = region;
  if (egress.via !== "loadBalancer" || spoke === undefined) return undefined;
  return new LoadBalancerEgress(
    `${key}.lb`,
    {
      resourceGroupName,
      location: region.location,
      loadBalancerName: names.loadBalancer,
      publicIpAddressNames: numbered(egress.publicIpCount, names.publicIPAddress),
      virtualNetworkId: spoke.virtualNetworkId,
      addressPrefixes: [...planRegionSubnets(region).prefixes.values()],
      idleTimeoutInMinutes: egress.idleTimeoutInMinutes,
      tags: context.environment.tags,
    },
    { ...opts, dependsOn: [...spoke.writes] },
  );
}

function deployPeering(
  { region, key, names, resourceGroupName, context, opts }: RegionSite,
  virtualNetworkId: pulumi.Input<string>,
  spokeWrites: readonly pulumi.Resource[],
): PeeringPair | undefined {
  const { hub, environment, after } = context;
  const settings = environment.hubs.find(({ name }) => name === region.hub);
  if (hub === undefined || settings === undefined || region.peering === "requested") return undefined;
  const existing = region.network.mode === "create" ? undefined : region.network.virtualNetworkId;
  return new PeeringPair(
    `${key}.peering`,
    {
      hub: { ...hub, peeringName: hubNames(environment.naming, settings).virtualNetworkPeering(region) },
      spoke: {
        virtualNetworkId,
        virtualNetworkName: existing === undefined ? names.virtualNetwork : resourceNameOf(existing),
        resourceGroupName: existing === undefined ? resourceGroupName : resourceGroupNameOf(existing),
        peeringName: names.virtualNetworkPeering(settings),
      },
      gatewayTransit: settings.hasGateway,
      sides: region.peering,
      after: [...hub.writes, ...spokeWrites, ...after],
    },
    opts,
  );
}

function deployFlowLogs(
  { region, key, names, resourceGroupName, context, opts }: RegionSite,
  { virtualNetworkId }: CloudPcSpoke,
  after: readonly pulumi.Resource[],
): void {
  const { environment, workspaceId } = context;
  if (!environment.diagnostics.flowLogs) return;
  context.chainFlowLogs(
    region.location,
    (earlier) =>
      new FlowLogs(
        `${key}.flow-logs`,
        {
          resourceGroupName,
          location: region.location,
          flowLogName: names.flowLog,
          storageAccountName: uniqueName(environment.naming, (naming) => regionNames(naming, region).storageAccount),
          virtualNetworkId,
          retentionDays: flowLogRetentionDays,
          ...(workspaceId !== undefined && { workspaceId }),
          after: [...after, ...earlier],
          tags: environment.tags,
        },
        opts,
      ),
  );
}

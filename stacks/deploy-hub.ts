import * as pulumi from "@pulumi/pulumi";
import { sendFirewallLogs } from "../components/firewall-diagnostics.ts";
import { FlowLogs } from "../components/flow-logs.ts";
import { HubFirewall } from "../components/hub-firewall.ts";
import { HubNetwork, type ReservedSubnetName } from "../components/hub-network.ts";
import { resourceGroup } from "../components/resource-group.ts";
import { SiteToSiteVpn } from "../components/site-to-site-vpn.ts";
import type { Environment } from "../config/environment.ts";
import type { Hub } from "../config/hub.ts";
import { type HubNames, hubNames } from "../config/names.ts";
import { identityOf } from "../config/naming.ts";
import { planHubSubnets } from "../config/plan.ts";
import { trafficBehind } from "./cloud-pc-traffic.ts";
import type { FlowLogChain } from "./flow-log-chain.ts";
import { type InSubscription, resourceGroupNameOf, resourceNameOf, subscriptionOf } from "./subscriptions.ts";
import { uniqueName } from "./unique-name.ts";

/** A hub as its spokes need it: made here, owned by somebody else, or deployed by the stack of another layer. */
export interface HubReference {
  readonly name: string;
  readonly virtualNetworkId: pulumi.Input<string>;
  readonly virtualNetworkName: pulumi.Input<string>;
  readonly resourceGroupName: pulumi.Input<string>;
  /** Where the hub's side of a peering is written. */
  readonly provider?: pulumi.ProviderResource;
  /** What the next write to the virtual network waits for. */
  readonly writes: readonly pulumi.Resource[];
}

/** What the output says about a hub. */
export interface HubOutput {
  readonly name: string;
  readonly virtualNetworkId: pulumi.Input<string>;
  readonly virtualNetworkName: pulumi.Input<string>;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly firewallPrivateIpAddress?: pulumi.Input<string>;
  readonly publicAddresses: pulumi.Output<string[]>;
}

/** Everything that a hub is deployed with. */
export interface HubContext {
  readonly environment: Environment;
  readonly inSubscription: InSubscription;
  /** Where logs go; absent means nowhere. */
  readonly workspaceId: pulumi.Input<string> | undefined;
  readonly chainFlowLogs: FlowLogChain;
  /** Values of the secrets that the environment names. */
  readonly secret: (key: string) => pulumi.Output<string>;
}

/** Refers to a hub that exists, or builds one: network, firewall, gateway, logs. */
export function deployHub(
  hub: Hub,
  context: HubContext,
): { readonly reference: HubReference; readonly output: HubOutput } {
  const { environment, inSubscription } = context;
  if (hub.network.mode === "use") return existingHub(hub, hub.network.virtualNetworkId, inSubscription);

  const names = hubNames(environment.naming, hub);
  const opts = inSubscription(environment.subscriptions.hubs);
  const { protect, tags } = environment;
  const key = `hub-${identityOf(hub)}`;
  const group = resourceGroup(
    `${key}.rg`,
    {
      name: names.resourceGroup,
      location: hub.location,
      ...(hub.resourceGroup.mode === "use" && { existingId: hub.resourceGroup.resourceGroupId }),
      protect: false,
      tags,
    },
    opts,
  );
  const subnets = planHubSubnets(hub).prefixes;
  const hubNetwork = new HubNetwork(
    key,
    {
      resourceGroupName: group.name,
      location: hub.location,
      virtualNetworkName: names.virtualNetwork,
      addressSpace: hub.network.addressSpace,
      reservedSubnets: [...subnets].map(([name, addressPrefix]) => ({
        name: name as ReservedSubnetName,
        addressPrefix,
      })),
      ...gatewayRoutes(environment, hub, names),
      protect,
      tags,
    },
    opts,
  );
  const site: HubSite = {
    hub,
    key,
    names,
    resourceGroupName: group.name,
    subnetIds: hubNetwork.subnetIds,
    context,
    opts,
  };
  const firewall = deployFirewall(site);
  const vpn = deployVpn(site);
  if (environment.diagnostics.flowLogs) {
    context.chainFlowLogs(
      hub.location,
      (after) =>
        new FlowLogs(
          `${key}.flow-logs`,
          {
            resourceGroupName: group.name,
            location: hub.location,
            flowLogName: names.flowLog,
            storageAccountName: uniqueName(environment.naming, (naming) => hubNames(naming, hub).storageAccount),
            virtualNetworkId: hubNetwork.virtualNetworkId,
            retentionDays: flowLogRetentionDays,
            ...(context.workspaceId !== undefined && { workspaceId: context.workspaceId }),
            after: [...hubNetwork.writes, ...after],
            tags,
          },
          opts,
        ),
    );
  }
  return {
    reference: {
      name: hub.name,
      virtualNetworkId: hubNetwork.virtualNetworkId,
      virtualNetworkName: names.virtualNetwork,
      resourceGroupName: group.name,
      ...opts,
      writes: [...hubNetwork.writes, ...(firewall?.ready ?? []), ...(vpn ? [vpn.gateway, ...vpn.connections] : [])],
    },
    output: {
      name: hub.name,
      virtualNetworkId: hubNetwork.virtualNetworkId,
      virtualNetworkName: names.virtualNetwork,
      resourceGroupName: group.name,
      ...(firewall && { firewallPrivateIpAddress: firewall.privateIpAddress }),
      publicAddresses: pulumi
        .all([firewall?.publicAddresses ?? [], vpn?.publicAddresses ?? []])
        .apply((lists) => lists.flat()),
    },
  };
}

/** Days that raw flow records are kept: a month to look back, as the default of the workspace. */
export const flowLogRetentionDays = 30;

function existingHub(
  hub: Hub,
  id: string,
  inSubscription: InSubscription,
): { readonly reference: HubReference; readonly output: HubOutput } {
  return {
    reference: {
      name: hub.name,
      virtualNetworkId: id,
      virtualNetworkName: resourceNameOf(id),
      resourceGroupName: resourceGroupNameOf(id),
      ...inSubscription(subscriptionOf(id)),
      writes: [],
    },
    output: {
      name: hub.name,
      virtualNetworkId: id,
      virtualNetworkName: resourceNameOf(id),
      resourceGroupName: resourceGroupNameOf(id),
      ...(hub.firewallPrivateIpAddress !== undefined && { firewallPrivateIpAddress: hub.firewallPrivateIpAddress }),
      publicAddresses: pulumi.output([]),
    },
  };
}

/** On-premises reaches the spokes through the firewall, when there is one: the way back of what the spokes send. */
function gatewayRoutes(environment: Environment, hub: Hub, names: HubNames) {
  const { firewallPrivateIpAddress } = hub;
  if (hub.vpn === undefined || firewallPrivateIpAddress === undefined) return {};
  const spokePrefixes = environment.regions
    .filter((region) => region.hub === hub.name && region.egress.via === "firewall")
    .flatMap((region) => region.network.addressSpace);
  return { gatewayRouteTable: { name: names.gatewayRouteTable, spokePrefixes, firewallPrivateIpAddress } };
}

/** Where in a hub its firewall and gateway are built. */
interface HubSite {
  readonly hub: Hub;
  readonly key: string;
  readonly names: HubNames;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly subnetIds: HubNetwork["subnetIds"];
  readonly context: HubContext;
  readonly opts: pulumi.ComponentResourceOptions;
}

function deployFirewall({
  hub,
  key,
  names,
  resourceGroupName,
  subnetIds,
  context,
  opts,
}: HubSite): HubFirewall | undefined {
  const { environment, workspaceId } = context;
  const { firewall: settings, firewallPrivateIpAddress: privateIpAddress } = hub;
  const subnetId = subnetIds.AzureFirewallSubnet;
  if (settings === undefined || privateIpAddress === undefined || subnetId === undefined) return undefined;
  const { policy } = settings;
  const managementSubnetId = subnetIds.AzureFirewallManagementSubnet;
  const name = `${key}.firewall`;
  const firewall = new HubFirewall(
    name,
    {
      resourceGroupName,
      location: hub.location,
      azureFirewallName: names.azureFirewall,
      sku: settings.sku,
      publicIpAddressNames: numbered(settings.publicIpCount, names.firewallPublicIPAddress),
      subnetId,
      ...(managementSubnetId !== undefined && {
        management: { subnetId: managementSubnetId, publicIpAddressName: names.firewallManagementPublicIPAddress },
      }),
      privateIpAddress,
      policy:
        policy.mode === "use"
          ? policy
          : {
              ...policy,
              name: names.firewallPolicy,
              threatIntelMode: settings.threatIntelMode,
              dnsProxy: settings.dnsProxy,
              dnsServers: settings.dnsServers,
              traffic: trafficBehind(environment, hub),
              acceptedLosses: settings.acceptedLosses,
            },
      tags: environment.tags,
    },
    opts,
  );
  if (workspaceId !== undefined) {
    sendFirewallLogs(name, { firewallId: firewall.firewallId, workspaceId }, { ...opts, parent: firewall });
  }
  return firewall;
}

function deployVpn({
  hub,
  key,
  names,
  resourceGroupName,
  subnetIds,
  context,
  opts,
}: HubSite): SiteToSiteVpn | undefined {
  const { environment, secret } = context;
  const { vpn } = hub;
  const gatewaySubnetId = subnetIds.GatewaySubnet;
  if (vpn === undefined || gatewaySubnetId === undefined) return undefined;
  return new SiteToSiteVpn(
    `${key}.vpn`,
    {
      resourceGroupName,
      location: hub.location,
      virtualNetworkGatewayName: names.virtualNetworkGateway,
      sku: vpn.sku,
      publicIpAddressNames: numbered(vpn.activeActive ? 2 : 1, names.gatewayPublicIPAddress),
      gatewaySubnetId,
      bgpAsn: vpn.bgpAsn,
      sites: vpn.sites.map((site) => ({
        key: identityOf(site),
        localNetworkGatewayName: names.localNetworkGateway(site),
        connectionName: names.connection(site),
        ...(site.gatewayIpAddress !== undefined && { gatewayIpAddress: site.gatewayIpAddress }),
        ...(site.fqdn !== undefined && { fqdn: site.fqdn }),
        addressPrefixes: site.addressPrefixes,
        ...(site.bgp && { bgp: site.bgp }),
        sharedKey: secret(site.sharedKeySecret),
        ...(site.ipsecPolicy && { ipsecPolicy: site.ipsecPolicy }),
      })),
      tags: environment.tags,
    },
    opts,
  );
}

/** One name for each of `count` addresses. */
export function numbered(count: number, name: (index: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, index) => name(index));
}

import { network } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { formatPrefix, type Prefix } from "../model/prefix.ts";
import { inSeries } from "./in-series.ts";

/** Arguments of `HubNetwork`. */
export interface HubNetworkArgs {
  /** Resource group that everything is made in. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Azure region as ARM spells it. */
  readonly location: string;
  /** Name of the virtual network in Azure. */
  readonly virtualNetworkName: string;
  /** Address space of the virtual network. */
  readonly addressSpace: readonly Prefix[];
  /** Subnets whose names Azure reserves, each with its prefix; only those that the hub needs. */
  readonly reservedSubnets: readonly { readonly name: ReservedSubnetName; readonly addressPrefix: Prefix }[];
  /**
   * Routes of GatewaySubnet, so that what comes from on-premises passes the firewall in both directions.
   * @default - GatewaySubnet has no route table
   */
  readonly gatewayRouteTable?: {
    readonly name: string;
    /** Prefixes of the spokes; never a default route, which Azure does not support on GatewaySubnet. */
    readonly spokePrefixes: readonly Prefix[];
    readonly firewallPrivateIpAddress: string;
  };
  /** Refuse to delete or replace the virtual network and its subnets. */
  readonly protect: boolean;
  /** Tags on everything that can have them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Subnets that Azure finds by name. */
export type ReservedSubnetName = "AzureFirewallSubnet" | "AzureFirewallManagementSubnet" | "GatewaySubnet";

/**
 * Virtual network of a hub, with the subnets that firewall and gateway need.
 *
 * Cost to run: none of its own.
 */
export class HubNetwork extends pulumi.ComponentResource {
  /** ARM id of the virtual network. */
  readonly virtualNetworkId: pulumi.Output<string>;
  /** Subnet ids by reserved name. */
  readonly subnetIds: Readonly<Partial<Record<ReservedSubnetName, pulumi.Output<string>>>>;
  /** Every write to the virtual network; what writes to it next waits for these. */
  readonly writes: readonly pulumi.Resource[];

  constructor(name: string, args: HubNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:HubNetwork", name, {}, opts);
    const { resourceGroupName, location, protect, tags } = args;
    const child = { parent: this };

    const virtualNetwork = new network.VirtualNetwork(
      `${name}-vnet`,
      {
        resourceGroupName,
        virtualNetworkName: args.virtualNetworkName,
        location,
        addressSpace: { addressPrefixes: args.addressSpace.map(formatPrefix) },
        tags: { ...tags },
      },
      { ...child, protect },
    );
    const routeTable = args.gatewayRouteTable && gatewayRouteTable(name, args, args.gatewayRouteTable, child);
    const subnetIds: Partial<Record<ReservedSubnetName, pulumi.Output<string>>> = {};
    const subnets = inSeries(args.reservedSubnets, [virtualNetwork], (subnet, dependsOn) => {
      const routes = subnet.name === "GatewaySubnet" && routeTable !== undefined;
      const created = new network.Subnet(
        `${name}-${subnet.name}`,
        {
          resourceGroupName,
          virtualNetworkName: virtualNetwork.name,
          subnetName: subnet.name,
          addressPrefix: formatPrefix(subnet.addressPrefix),
          ...(routes && { routeTable: { id: routeTable.id } }),
          privateEndpointNetworkPolicies: "Enabled",
          privateLinkServiceNetworkPolicies: "Enabled",
        },
        { ...child, protect, dependsOn },
      );
      subnetIds[subnet.name] = created.id;
      return created;
    });

    this.virtualNetworkId = virtualNetwork.id;
    this.subnetIds = subnetIds;
    this.writes = [virtualNetwork, ...subnets];
    this.registerOutputs({ virtualNetworkId: this.virtualNetworkId, subnetIds: this.subnetIds });
  }
}

/**
 * One route per spoke prefix to the firewall. Propagation stays on, as the gateway needs it
 * (https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways, read 2026-11-20).
 */
function gatewayRouteTable(
  name: string,
  { resourceGroupName, location, tags }: HubNetworkArgs,
  { name: routeTableName, spokePrefixes, firewallPrivateIpAddress }: NonNullable<HubNetworkArgs["gatewayRouteTable"]>,
  opts: pulumi.CustomResourceOptions,
): network.RouteTable {
  return new network.RouteTable(
    `${name}-gateway-rt`,
    {
      resourceGroupName,
      routeTableName,
      location,
      disableBgpRoutePropagation: false,
      routes: spokePrefixes.map((spokePrefix) => ({
        name: `spoke-${formatPrefix(spokePrefix).replace("/", "-")}`,
        addressPrefix: formatPrefix(spokePrefix),
        nextHopType: "VirtualAppliance",
        nextHopIpAddress: firewallPrivateIpAddress,
      })),
      tags: { ...tags },
    },
    opts,
  );
}

import { network } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { formatPrefix, type Prefix } from "../model/prefix.ts";
import { inSeries } from "./in-series.ts";
import type { Route, SecurityRule } from "./spoke-rules.ts";

/** A virtual network that is made here, or one that exists and gets our subnets. */
export type SpokeVirtualNetwork =
  | {
      readonly mode: "create";
      readonly name: string;
      /** Address space of the virtual network. */
      readonly addressSpace: readonly Prefix[];
      /** DNS servers of the virtual network; empty means Azure-provided DNS. */
      readonly dnsServers: readonly string[];
    }
  | { readonly mode: "extend"; readonly id: string; readonly name: string; readonly resourceGroupName: string };

/** A subnet for one pool of Cloud PCs. */
export interface CloudPcSubnet {
  /** Suffix of the logical name; changing it replaces the subnet. */
  readonly key: string;
  readonly name: string;
  readonly addressPrefix: Prefix;
}

/** Arguments of `CloudPcSpoke`. */
export interface CloudPcSpokeArgs {
  /** Resource group that everything is made in. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Azure region as ARM spells it. */
  readonly location: string;
  /** The virtual network: made here, or one that exists and gets our subnets. */
  readonly virtualNetwork: SpokeVirtualNetwork;
  /** The security group of every subnet. */
  readonly networkSecurityGroup: { readonly name: string; readonly securityRules: readonly SecurityRule[] };
  /** The route table; gateway routes are kept out when the default route goes to a firewall, which they would bypass. */
  readonly routeTable: {
    readonly name: string;
    readonly routes: readonly Route[];
    readonly disableBgpRoutePropagation: boolean;
  };
  /**
   * NAT gateway of the subnets.
   * @default - the subnets have none: their egress is elsewhere
   */
  readonly natGatewayId?: pulumi.Input<string>;
  /** The subnets, in the order in which they are written. */
  readonly subnets: readonly CloudPcSubnet[];
  /** Refuse to delete or replace the virtual network and its subnets. */
  readonly protect: boolean;
  /** Tags on everything that can have them. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The network that Cloud PCs live in: private subnets, each with its NSG, route table and NAT gateway.
 *
 * Subnets are written one after another, always whole: a subnet written without its NSG would lose it.
 *
 * Cost to run: none of its own.
 */
export class CloudPcSpoke extends pulumi.ComponentResource {
  /** ARM id of the virtual network. */
  readonly virtualNetworkId: pulumi.Output<string>;
  /** Subnet ids by the `key` of the subnet. */
  readonly subnetIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** Every write to the virtual network; what writes to it next waits for these. */
  readonly writes: readonly pulumi.Resource[];

  constructor(name: string, args: CloudPcSpokeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:CloudPcSpoke", name, {}, opts);
    const { resourceGroupName, location, protect, tags } = args;
    const child = { parent: this };

    const networkSecurityGroup = new network.NetworkSecurityGroup(
      `${name}-nsg`,
      {
        resourceGroupName,
        networkSecurityGroupName: args.networkSecurityGroup.name,
        location,
        securityRules: structuredClone([...args.networkSecurityGroup.securityRules]),
        tags: { ...tags },
      },
      child,
    );
    const routeTable = new network.RouteTable(
      `${name}-rt`,
      {
        resourceGroupName,
        routeTableName: args.routeTable.name,
        location,
        disableBgpRoutePropagation: args.routeTable.disableBgpRoutePropagation,
        routes: structuredClone([...args.routeTable.routes]),
        tags: { ...tags },
      },
      child,
    );
    const { virtualNetwork, ...parent } = spokeVirtualNetwork(name, args, { ...child, protect });
    const subnetIds: Record<string, pulumi.Output<string>> = {};
    const subnets = inSeries(args.subnets, virtualNetwork ? [virtualNetwork] : [], (subnet, dependsOn) => {
      const created = new network.Subnet(
        `${name}.${subnet.key}-snet`,
        {
          resourceGroupName: parent.resourceGroupName,
          virtualNetworkName: parent.virtualNetworkName,
          subnetName: subnet.name,
          addressPrefix: formatPrefix(subnet.addressPrefix),
          defaultOutboundAccess: false,
          networkSecurityGroup: { id: networkSecurityGroup.id },
          routeTable: { id: routeTable.id },
          ...(args.natGatewayId !== undefined && { natGateway: { id: args.natGatewayId } }),
          privateEndpointNetworkPolicies: "Enabled",
          privateLinkServiceNetworkPolicies: "Enabled",
        },
        { ...child, protect, dependsOn },
      );
      subnetIds[subnet.key] = created.id;
      return created;
    });

    this.virtualNetworkId = pulumi.output(parent.virtualNetworkId);
    this.subnetIds = subnetIds;
    this.writes = virtualNetwork === undefined ? subnets : [virtualNetwork, ...subnets];
    this.registerOutputs({ virtualNetworkId: this.virtualNetworkId, subnetIds: this.subnetIds });
  }
}

/** The virtual network, made or found, as its subnets name it. */
function spokeVirtualNetwork(
  name: string,
  { virtualNetwork, resourceGroupName, location, tags }: CloudPcSpokeArgs,
  opts: pulumi.CustomResourceOptions,
): {
  readonly virtualNetwork?: network.VirtualNetwork;
  /** ARM id of the virtual network. */
  readonly virtualNetworkId: pulumi.Input<string>;
  /** Name of the virtual network in Azure. */
  readonly virtualNetworkName: pulumi.Input<string>;
  /** Resource group that everything is made in. */
  readonly resourceGroupName: pulumi.Input<string>;
} {
  if (virtualNetwork.mode === "extend") {
    return {
      virtualNetworkId: virtualNetwork.id,
      virtualNetworkName: virtualNetwork.name,
      resourceGroupName: virtualNetwork.resourceGroupName,
    };
  }
  const created = new network.VirtualNetwork(
    `${name}-vnet`,
    {
      resourceGroupName,
      virtualNetworkName: virtualNetwork.name,
      location,
      addressSpace: { addressPrefixes: virtualNetwork.addressSpace.map(formatPrefix) },
      ...(virtualNetwork.dnsServers.length > 0 && { dhcpOptions: { dnsServers: [...virtualNetwork.dnsServers] } }),
      tags: { ...tags },
    },
    opts,
  );
  return {
    virtualNetwork: created,
    virtualNetworkId: created.id,
    virtualNetworkName: created.name,
    resourceGroupName,
  };
}

import { network } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";

/** One end of a peering. */
export interface PeeringEnd {
  /** ARM id of the virtual network. */
  readonly virtualNetworkId: pulumi.Input<string>;
  /** Name of the virtual network in Azure. */
  readonly virtualNetworkName: pulumi.Input<string>;
  /** Resource group that everything is made in. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Name of the peering at this end. */
  readonly peeringName: string;
  /**
   * Provider of the subscription that this end is in.
   * @default - the provider of the component
   */
  readonly provider?: pulumi.ProviderResource;
}

/** Arguments of `PeeringPair`. */
export interface PeeringPairArgs {
  /** The end that may offer its gateway. */
  readonly hub: PeeringEnd;
  /** The end that Cloud PCs are in. */
  readonly spoke: PeeringEnd;
  /** Whether spokes use a VPN or ExpressRoute gateway of the hub. */
  readonly gatewayTransit: boolean;
  /** Which ends are made here: both, or only the spoke's, when the hub's owner makes the other one. */
  readonly sides: "both" | "ours";
  /** Azure writes both virtual networks at each end, so a peering waits for every other write to either of them. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Peering of a hub and a spoke, both directions, with flags that agree: the hub offers its gateway exactly when the spoke
 * uses it, and forwarded traffic is admitted at both ends because the firewall forwards
 * (https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-peering-gateway-transit, read 2026-11-20).
 *
 * Cost to run: data in both directions per GB, more between regions.
 */
export class PeeringPair extends pulumi.ComponentResource {
  /** The last write; the next one on either virtual network waits for it. */
  readonly connected: pulumi.Resource;

  constructor(name: string, args: PeeringPairArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:PeeringPair", name, {}, opts);
    const { hub, spoke, gatewayTransit, sides, after } = args;
    const child = { parent: this };

    const hubToSpoke =
      sides === "both" &&
      createPeering(
        `${name}-hub`,
        hub,
        spoke,
        { allowGatewayTransit: gatewayTransit, useRemoteGateways: false },
        {
          ...child,
          dependsOn: [...after],
        },
      );
    this.connected = createPeering(
      `${name}-spoke`,
      spoke,
      hub,
      { allowGatewayTransit: false, useRemoteGateways: gatewayTransit },
      { ...child, dependsOn: hubToSpoke ? [hubToSpoke] : [...after] },
    );
    this.registerOutputs({});
  }
}

function createPeering(
  name: string,
  local: PeeringEnd,
  remote: PeeringEnd,
  flags: { readonly allowGatewayTransit: boolean; readonly useRemoteGateways: boolean },
  opts: pulumi.CustomResourceOptions,
): network.VirtualNetworkPeering {
  return new network.VirtualNetworkPeering(
    `${name}-peer`,
    {
      resourceGroupName: local.resourceGroupName,
      virtualNetworkName: local.virtualNetworkName,
      virtualNetworkPeeringName: local.peeringName,
      remoteVirtualNetwork: { id: remote.virtualNetworkId },
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: true,
      // What it becomes when both ends exist: azure-native takes the state for an input, and without it calls it drift.
      peeringState: "Connected",
      ...flags,
    },
    {
      ...opts,
      ...(local.provider && { provider: local.provider }),
    },
  );
}

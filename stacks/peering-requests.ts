import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../config/environment.ts";
import type { HubReference } from "./deploy-hub.ts";
import type { DeployedRegion } from "./deploy-region.ts";

/** One side of a peering that its owner is asked to make. */
export interface PeeringRequest {
  readonly region: string;
  readonly virtualNetworkId: pulumi.Output<string>;
  readonly remoteVirtualNetworkId: pulumi.Output<string>;
  readonly allowForwardedTraffic: true;
  readonly allowGatewayTransit: boolean;
  readonly useRemoteGateways: boolean;
}

/** What the owners of existing virtual networks must make, because the configuration says that they do. */
export function peeringRequestsOf(
  environment: Environment,
  deployed: readonly DeployedRegion[],
  hubs: readonly HubReference[],
): readonly PeeringRequest[] {
  return environment.regions.flatMap((region): readonly PeeringRequest[] => {
    const hub = hubs.find(({ name }) => name === region.hub);
    const spokeId = deployed.find(({ name }) => name === region.name)?.connections[0]?.virtualNetworkId;
    if (hub === undefined || spokeId === undefined || region.peering === "both") return [];
    const transit = environment.hubs.some(({ name, hasGateway }) => name === hub.name && hasGateway);
    const common = { region: region.name, allowForwardedTraffic: true } as const;
    const hubId = pulumi.output(hub.virtualNetworkId);
    const hubSide: PeeringRequest = {
      ...common,
      virtualNetworkId: hubId,
      remoteVirtualNetworkId: spokeId,
      allowGatewayTransit: transit,
      useRemoteGateways: false,
    };
    const spokeSide: PeeringRequest = {
      ...common,
      virtualNetworkId: spokeId,
      remoteVirtualNetworkId: hubId,
      allowGatewayTransit: false,
      useRemoteGateways: transit,
    };
    return region.peering === "ours" ? [hubSide] : [hubSide, spokeSide];
  });
}

import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../config/environment.ts";
import type { Region } from "../config/region.ts";
import type { HubReference } from "./deploy-hub.ts";
import { type DeployedRegion, deployRegion } from "./deploy-region.ts";
import type { FlowLogChain } from "./flow-log-chain.ts";
import { grantOnRegions } from "./grant-windows365.ts";
import type { InSubscription } from "./subscriptions.ts";

/** Everything that regions are deployed with. */
export interface RegionsContext {
  readonly environment: Environment;
  readonly inSubscription: InSubscription;
  readonly hubs: readonly HubReference[];
  /** Where logs go; absent means nowhere. */
  readonly workspaceId: pulumi.Input<string> | undefined;
  readonly chainFlowLogs: FlowLogChain;
  /** The subscription that the provider is signed in to. */
  readonly ownSubscription: string;
}

/** Deploys regions side by side, but the peerings of one hub one after another, and grants the roles on what was made. */
export function deployRegions(
  regions: readonly Region[],
  { environment, inSubscription, hubs, workspaceId, chainFlowLogs, ownSubscription }: RegionsContext,
): readonly DeployedRegion[] {
  const lastPeerings = new Map<string, readonly pulumi.Resource[]>();
  const deployed = regions.map((region) => {
    const hub = hubs.find(({ name }) => name === region.hub);
    const after = lastPeerings.get(region.hub ?? "") ?? [];
    const deployedRegion = deployRegion(region, {
      environment,
      inSubscription,
      workspaceId,
      chainFlowLogs,
      ownSubscription,
      hub,
      after,
    });
    if (region.hub !== undefined && deployedRegion.peerings.length > 0) {
      lastPeerings.set(region.hub, deployedRegion.peerings);
    }
    return deployedRegion;
  });
  if (deployed.length > 0) {
    grantOnRegions(
      environment,
      deployed.flatMap(({ roleScopes }) => roleScopes),
    );
  }
  return deployed;
}

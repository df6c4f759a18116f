import {
  CloudPcPlan,
  type CloudPcPlanArgs,
  type PlannedCloudPcConnection,
  type PlannedCloudPcPool,
  type PlannedDirectory,
} from "../components/cloud-pc-plan.ts";
import type { Environment } from "../config/environment.ts";
import { regionNames } from "../config/names.ts";
import type { JoinType } from "../config/profile.ts";
import type { Region } from "../config/region.ts";

/** Registers what this stack's network is for: the pools of its regions, and the domain they join. */
export function planCloudPcs(
  environment: Environment,
  regions: readonly Region[],
  ownSubscription: string,
): CloudPcPlan {
  return new CloudPcPlan("cloud-pcs", cloudPcPlanArgs(environment, regions, ownSubscription));
}

/** What a network is for: the pools of these regions, and the domain they join. */
export function cloudPcPlanArgs(
  environment: Environment,
  regions: readonly Region[],
  ownSubscription: string,
): CloudPcPlanArgs {
  return {
    pools: regions.flatMap((region) => plannedPools(environment, region, ownSubscription)),
    directories: directoriesOf(environment),
  };
}

function plannedPools(
  environment: Environment,
  region: Region,
  ownSubscription: string,
): readonly PlannedCloudPcPool[] {
  const { naming, cloud, intuneLocation, features } = environment;
  const { network } = region;
  const names = regionNames(naming, region);
  return region.pools.map((pool) => {
    const name = names.subnet(pool);
    const made =
      network.mode === "create" ? `${names.virtualNetwork}/${name}` : `${network.virtualNetworkId}/subnets/${name}`;
    return {
      subnet: pool.subnet.mode === "use" ? pool.subnet.subnetId : made,
      kind: { cloud, joinType: pool.joinType, intuneLocation, features },
      cloudPcCount: pool.cloudPcCount,
      growth: pool.growth,
      connection: plannedConnection(environment, region, pool.joinType, ownSubscription),
    };
  });
}

function plannedConnection(
  { naming, profile, subscriptions, subscriptionRoleAssignment }: Environment,
  region: Region,
  joinType: JoinType,
  ownSubscription: string,
): PlannedCloudPcConnection {
  const { networkInterfaces: group } = region;
  const subscription = subscriptions.networkInterfaces ?? subscriptions.spokes ?? ownSubscription;
  const name = regionNames(naming, region).networkInterfacesResourceGroup;
  const domain = joinType === "hybridAzureADJoin" && profile.kind === "hybrid" ? profile.domain : undefined;
  return {
    resourceGroupId:
      group.mode === "use" ? group.resourceGroupId : `/subscriptions/${subscription}/resourceGroups/${name}`,
    subscriptionRoleAssignment,
    ...(domain && { adDomainName: domain.name }),
    ...(domain?.organizationalUnit !== undefined && { organizationalUnit: domain.organizationalUnit }),
  };
}

function directoriesOf({ profile }: Environment): readonly PlannedDirectory[] {
  if (profile.kind !== "hybrid") return [];
  return [{ domainName: profile.domain.name, dnsServers: profile.domainControllers }];
}

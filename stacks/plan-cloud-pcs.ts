import { CloudPcPlan, type PlannedCloudPcPool, type PlannedDirectory } from "../components/cloud-pc-plan.ts";
import type { Environment } from "../config/environment.ts";
import { regionNames } from "../config/names.ts";
import type { Region } from "../config/region.ts";

/** Registers what this stack's network is for: the pools of its regions, and the domain they join. */
export function planCloudPcs(environment: Environment, regions: readonly Region[]): CloudPcPlan {
  return new CloudPcPlan("cloud-pcs", {
    pools: regions.flatMap((region) => plannedPools(environment, region)),
    directories: directoriesOf(environment),
  });
}

function plannedPools(
  { naming, cloud, intuneLocation, features }: Environment,
  region: Region,
): readonly PlannedCloudPcPool[] {
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
    };
  });
}

function directoriesOf({ profile }: Environment): readonly PlannedDirectory[] {
  if (profile.kind !== "hybrid") return [];
  return [{ domainName: profile.domain.name, dnsServers: profile.domainControllers }];
}

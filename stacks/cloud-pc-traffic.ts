import type { CloudPcTraffic } from "../components/cloud-pc-traffic.ts";
import type { Environment } from "../config/environment.ts";
import type { Hub } from "../config/hub.ts";
import { planRegionSubnets } from "../config/plan.ts";
import type { Region } from "../config/region.ts";

/** What the Cloud PCs of these regions need, those that join alike together. */
export function trafficOf(environment: Environment, regions: readonly Region[]): readonly CloudPcTraffic[] {
  const { cloud, intuneLocation, features, profile } = environment;
  const pools = regions.flatMap((region) => {
    const { prefixes } = planRegionSubnets(region);
    return region.pools.map(({ name, joinType }) => ({ joinType, prefix: prefixes.get(name) }));
  });
  return [...Map.groupBy(pools, ({ joinType }) => joinType)].map(([joinType, alike]) => ({
    selection: { cloud, joinType, intuneLocation, features },
    sources: alike.flatMap(({ prefix }) => prefix ?? []),
    domainControllers: joinType === "hybridAzureADJoin" && profile.kind === "hybrid" ? profile.domainControllers : [],
  }));
}

/** What the Cloud PCs need whose traffic leaves through the firewall of a hub. */
export function trafficBehind(environment: Environment, hub: Hub): readonly CloudPcTraffic[] {
  return trafficOf(
    environment,
    environment.regions.filter((region) => region.hub === hub.name && region.egress.via === "firewall"),
  );
}

import * as pulumi from "@pulumi/pulumi";
import { SingleSignOn } from "../components/single-sign-on.ts";
import { poolReference, type Windows365 } from "../config/windows365.ts";
import { CloudPcProvisioningPolicy } from "../provider/resources/cloud-pc-provisioning-policy.ts";
import { CloudPcUserSetting } from "../provider/resources/cloud-pc-user-setting.ts";
import type { DeployedConnection } from "./deploy-connections.ts";

/** Makes what uses connections, and what users meet: single sign-on, user settings, provisioning policies. */
export function deployWindows365(
  { provisioningPolicies, userSettings, singleSignOn }: Windows365,
  connections: readonly DeployedConnection[],
): void {
  const switches = singleSignOn === undefined ? [] : new SingleSignOn("single-sign-on", singleSignOn).switches;
  for (const { name, groupIds, ...setting } of userSettings) {
    new CloudPcUserSetting(name, { displayName: name, ...setting, groupIds: [...groupIds] });
  }
  for (const { name, pools, locale, groupIds, ...policy } of provisioningPolicies) {
    new CloudPcProvisioningPolicy(
      name,
      {
        displayName: name,
        ...policy,
        ...(locale !== undefined && { windowsSetting: { locale } }),
        domainJoinConfigurations: pools.map((pool) => joinOn(pool, connections)),
        groupIds: [...groupIds],
      },
      // A Cloud PC that is made before the tenant lets its users in would be a bad first day.
      { dependsOn: [...switches] },
    );
  }
}

function joinOn(pool: string, connections: readonly DeployedConnection[]) {
  const connection = connections.find((each) => poolReference(each.region, each.pool) === pool);
  if (connection === undefined) throw new pulumi.RunError(`pool "${pool}" has no connection in this stack`);
  return { domainJoinType: connection.joinType, onPremisesConnectionId: connection.connectionId };
}

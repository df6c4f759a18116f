import type { Check, Observation, Rule } from "../../rule.ts";
import { networkInterfaceGroups } from "../../tenant/connection-places.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { findFact } from "../../tenant/find-fact.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import { resourceGroupSubject } from "../../tenant/tenant-subject.ts";
import type { ResourceGroupFact, TenantFacts } from "../../tenant-facts.ts";

const full = "resourceAvailabilityCheckDeploymentQuotaLimitReached";

/**
 * Deployments that the history of a resource group holds, and how many of them make Azure delete the oldest.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-history-deletions (read 2026-11-21).
 */
const deploymentCountMax = 800;
const deletionFrom = 775;

/** Windows 365 makes network interfaces by deployments; a full history refuses each further one. */
export const deploymentHistoryHasRoom: Rule = {
  name: "deployment-history-has-room",
  pack: "network",
  description: "The deployment history of the resource group of the network interfaces has room.",
  severity: "high",
  errorTypes: [],
  tenantErrorTypes: [full],
  url: "https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-history-deletions",
  remediation: "Remove the lock that keeps Azure from deleting old deployments, or delete them.",
  judge: (design) => {
    const tenant = factsOf(design, "resourceGroups");
    const facts = tenant?.resourceGroups;
    if (tenant === undefined || facts === undefined) return [];
    return networkInterfaceGroups(design).flatMap((id): readonly Check[] => {
      const fact = findFact(facts, id);
      if (fact?.deploymentCount === undefined) return [];
      return [{ subject: resourceGroupSubject(id), observations: observe(fact, fact.deploymentCount, tenant) }];
    });
  },
};

function observe({ id }: ResourceGroupFact, count: number, tenant: TenantFacts): readonly Observation[] {
  const which = `resource group "${resourceGroupSubject(id).name}" has ${count} deployments in its history`;
  if (count >= deploymentCountMax) {
    const message = `${which}, and ${deploymentCountMax} is the most; Windows 365 can make no network interface`;
    return [tenantObservation(tenant, "fail", "history", [full], message)];
  }
  if (count <= deletionFrom) return [];
  const message = `${which} of ${deploymentCountMax}; Azure deletes old ones from ${deletionFrom} on, so something such as a lock may keep it from doing so`;
  return [tenantObservation(tenant, "undecided", "history", [full], message)];
}

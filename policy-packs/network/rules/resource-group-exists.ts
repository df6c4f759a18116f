import { indexById } from "../../../model/resource-id.ts";
import type { Check, Design, Observation, Rule } from "../../rule.ts";
import { networkInterfaceGroups } from "../../tenant/connection-places.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { findFact } from "../../tenant/find-fact.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import { resourceGroupSubject } from "../../tenant/tenant-subject.ts";
import type { ResourceGroupFact, TenantFacts } from "../../tenant-facts.ts";

const invalid = "resourceAvailabilityCheckResourceGroupInvalid";
const beingDeleted = "resourceAvailabilityCheckResourceGroupBeingDeleted";

/** A group that somebody deleted, or is deleting, takes no network interface. One that the design makes need not exist yet. */
export const resourceGroupExists: Rule = {
  name: "resource-group-exists",
  pack: "network",
  description:
    "The resource group of the network interfaces exists, or the design makes it, and nobody is deleting it.",
  severity: "critical",
  errorTypes: [],
  tenantErrorTypes: [invalid, beingDeleted],
  url: "https://learn.microsoft.com/troubleshoot/windows-365/troubleshoot-azure-network-connection",
  remediation: "Make the resource group again, or name one that exists in the connection.",
  judge: (design) => {
    const tenant = factsOf(design, "resourceGroups");
    const facts = tenant?.resourceGroups;
    if (tenant === undefined || facts === undefined) return [];
    return networkInterfaceGroups(design).map((id): Check => {
      const observations = observe(id, findFact(facts, id), tenant, isMade(design, id));
      return { subject: resourceGroupSubject(id), observations };
    });
  },
};

function isMade({ network }: Design, id: string): boolean {
  return indexById(network.estate.resourceGroups).find(id) !== undefined;
}

function observe(
  id: string,
  fact: ResourceGroupFact | undefined,
  tenant: TenantFacts,
  made: boolean,
): readonly Observation[] {
  const which = `resource group "${resourceGroupSubject(id).name}"`;
  if (fact === undefined) {
    if (made) return [];
    const message = `whether ${which} exists is not known: it is not among the resource groups of the facts`;
    return [tenantObservation(tenant, "undecided", "state", [invalid, beingDeleted], message)];
  }
  switch (fact.state.toLowerCase()) {
    case "notfound": {
      if (made) return [];
      const message = `${which} was looked for and is not there, and the design does not make it`;
      return [tenantObservation(tenant, "fail", "state", [invalid], message)];
    }
    case "deleting":
    case "deprovisioning": {
      const message = `${which} is being deleted; no network interface can be made in it`;
      return [tenantObservation(tenant, "fail", "state", [beingDeleted], message)];
    }
    case "succeeded":
      return [];
    default: {
      const message = `${which} is in state "${fact.state}", expected "Succeeded"`;
      return [tenantObservation(tenant, "undecided", "state", [invalid], message)];
    }
  }
}

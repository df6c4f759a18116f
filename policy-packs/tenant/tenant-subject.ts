import type { Subject } from "../subject.ts";
import type { TenantFacts } from "../tenant-facts.ts";

/** The tenant, as what a rule judged. */
export function tenantSubject({ tenantId }: TenantFacts): Subject {
  return { type: "Microsoft.Resources/tenants", name: tenantId, id: `/tenants/${tenantId}` };
}

/** A subscription, as what a rule judged. */
export function subscriptionSubject(subscriptionId: string): Subject {
  return { type: "Microsoft.Resources/subscriptions", name: subscriptionId, id: `/subscriptions/${subscriptionId}` };
}

/** A resource group, as what a rule judged. */
export function resourceGroupSubject(id: string): Subject {
  return { type: "Microsoft.Resources/resourceGroups", name: id.slice(id.lastIndexOf("/") + 1), id };
}

/** An Active Directory domain, as what a rule judged. */
export function domainSubject(domainName: string): Subject {
  return { type: "Active Directory domain", name: domainName, id: `/domains/${domainName}` };
}

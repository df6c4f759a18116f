import { PLACEHOLDER_SUBSCRIPTION } from "../../../model/resource-id.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { connectionSubscriptions } from "../../tenant/connection-places.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import { subscriptionSubject } from "../../tenant/tenant-subject.ts";
import type { SubscriptionFact, TenantFacts } from "../../tenant-facts.ts";

const disabled = "resourceAvailabilityCheckSubscriptionDisabled";
const notFound = "resourceAvailabilityCheckSubscriptionNotFound";
const transferred = "resourceAvailabilityCheckSubscriptionTransferred";
const general = "resourceAvailabilityCheckGeneralSubscriptionError";

/** Windows 365 makes network interfaces in the subscription, which Azure lets nobody do in one that is not in good standing. */
export const subscriptionUsable: Rule = {
  name: "subscription-usable",
  pack: "network",
  description: "The subscriptions that Windows 365 works in are enabled, and belong to its tenant.",
  severity: "critical",
  errorTypes: [],
  tenantErrorTypes: [disabled, notFound, transferred, general],
  url: "https://learn.microsoft.com/azure/cost-management-billing/manage/subscription-states",
  remediation: "Enable the subscription, settle what it owes, or connect another one of the tenant.",
  judge: (design) => {
    const tenant = factsOf(design, "subscriptions");
    const facts = tenant?.subscriptions;
    if (tenant === undefined || facts === undefined) return [];
    return connectionSubscriptions(design).flatMap((id) =>
      id === PLACEHOLDER_SUBSCRIPTION ? unnamed(tenant, facts) : [named(id, tenant, facts)],
    );
  },
};

function named(id: string, tenant: TenantFacts, facts: readonly SubscriptionFact[]): Check {
  const subject = subscriptionSubject(id);
  const fact = facts.find(({ subscriptionId }) => subscriptionId === id);
  if (fact !== undefined) return { subject, observations: observe(fact, tenant) };
  const message = `whether subscription "${id}" can be used is not known: it is not among the subscriptions of the facts`;
  return { subject, observations: [tenantObservation(tenant, "undecided", "subscription", [notFound], message)] };
}

/** The design does not name its subscription: it is one of those that were read. */
function unnamed(tenant: TenantFacts, facts: readonly SubscriptionFact[]): readonly Check[] {
  const [only, second] = facts;
  if (only !== undefined && second === undefined) return [named(only.subscriptionId, tenant, facts)];
  const usable = facts.filter((fact) => observe(fact, tenant).length === 0);
  if (facts.length > 0 && usable.length === facts.length) {
    return [{ subject: subscriptionSubject(PLACEHOLDER_SUBSCRIPTION), observations: [] }];
  }
  const message =
    facts.length === 0
      ? "whether the subscription can be used is not known: the facts list none"
      : "the design does not name its subscription, and not every subscription of the facts can be used";
  return [
    {
      subject: subscriptionSubject(PLACEHOLDER_SUBSCRIPTION),
      observations: [
        tenantObservation(tenant, "undecided", "subscription", [disabled, notFound, transferred, general], message),
      ],
    },
  ];
}

function observe({ subscriptionId, state, tenantId }: SubscriptionFact, tenant: TenantFacts): readonly Observation[] {
  const which = `subscription "${subscriptionId}"`;
  const fail = (type: string, message: string) => [tenantObservation(tenant, "fail", "state", [type], message)];
  switch (state) {
    case "NotFound":
      return fail(notFound, `${which} was looked for in tenant "${tenant.tenantId}" and is not there`);
    case "Disabled":
    case "Deleted":
      return fail(disabled, `${which} is ${state.toLowerCase()}; it must be enabled`);
    case "Warned":
      return fail(general, `${which} is warned: Azure lets resources be read and deleted only; it must be enabled`);
    case "PastDue":
    case "Enabled":
      break;
  }
  if (tenantId === undefined) {
    const message = `which tenant ${which} belongs to is not among the facts`;
    return [tenantObservation(tenant, "undecided", "tenant", [transferred], message)];
  }
  if (tenantId !== tenant.tenantId) {
    return fail(transferred, `${which} belongs to tenant "${tenantId}", Windows 365 to tenant "${tenant.tenantId}"`);
  }
  if (state === "Enabled") return [];
  const message = `${which} is past due: it works, and will be disabled unless it is paid`;
  return [tenantObservation(tenant, "undecided", "state", [general], message)];
}

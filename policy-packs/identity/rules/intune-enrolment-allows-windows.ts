import type { Observation, Rule } from "../../rule.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import { tenantSubject } from "../../tenant/tenant-subject.ts";
import type { PlatformRestrictionFact, TenantFacts } from "../../tenant-facts.ts";

const byDefault = "resourceAvailabilityCheckIntuneDefaultWindowsRestrictionViolation";
const custom = "resourceAvailabilityCheckIntuneCustomWindowsRestrictionViolation";

/** Every Cloud PC enrols in Intune as a Windows device when it is provisioned. */
export const intuneEnrolmentAllowsWindows: Rule = {
  name: "intune-enrolment-allows-windows",
  pack: "identity",
  description: "No platform restriction of Intune keeps Windows devices from enrolling.",
  severity: "critical",
  errorTypes: [],
  tenantErrorTypes: [byDefault, custom],
  url: "https://learn.microsoft.com/intune/intune-service/enrollment/enrollment-restrictions-set",
  remediation: "Allow the platform Windows (MDM) in the restriction, for the users of Cloud PCs at least.",
  judge: (design) => {
    const tenant = factsOf(design, "intune");
    const restrictions = tenant?.intune?.platformRestrictions;
    if (tenant === undefined || restrictions === undefined) return [];
    return [{ subject: tenantSubject(tenant), observations: observe(restrictions, tenant) }];
  },
};

function observe(restrictions: readonly PlatformRestrictionFact[], tenant: TenantFacts): readonly Observation[] {
  const blocking = restrictions.filter(({ windowsBlocked }) => windowsBlocked);
  const failing = blocking.map(({ kind, name }) =>
    tenantObservation(
      tenant,
      "fail",
      `${kind} ${name}`,
      [kind === "default" ? byDefault : custom],
      kind === "default"
        ? `the default platform restriction "${name}" of Intune blocks Windows; no Cloud PC can enrol`
        : `platform restriction "${name}" of Intune blocks Windows; Cloud PCs of the users it is assigned to cannot enrol`,
      `allow Windows (MDM) in platform restriction "${name}"`,
    ),
  );
  if (restrictions.some(({ kind }) => kind === "default")) return failing;
  const message = "whether the default platform restriction of Intune allows Windows is not among the facts";
  return [...failing, tenantObservation(tenant, "undecided", "default", [byDefault], message)];
}

import type { Rule } from "../../rule.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import { tenantSubject } from "../../tenant/tenant-subject.ts";

const noReader = "resourceAvailabilityCheckNoIntuneReaderRoleError";

/** The health check of enrolment reads the restrictions; without the right to, it cannot pass. */
export const intuneReadableByWindows365: Rule = {
  name: "intune-readable-by-windows-365",
  pack: "identity",
  description: "The service principal of Windows 365 may read the platform restrictions of Intune.",
  severity: "high",
  errorTypes: [],
  tenantErrorTypes: [noReader],
  url: "https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnectionhealthcheck",
  remediation:
    "Give the service principal of Windows 365 its Reader role on the subscription again, and retry the health checks.",
  judge: (design) => {
    const tenant = factsOf(design, "intune");
    const mayRead = tenant?.intune?.windows365MayRead;
    if (tenant === undefined || mayRead === undefined) return [];
    const message = "the service principal of Windows 365 may not read the platform restrictions of Intune";
    const observations = mayRead ? [] : [tenantObservation(tenant, "fail", "reader", [noReader], message)];
    return [{ subject: tenantSubject(tenant), observations }];
  },
};

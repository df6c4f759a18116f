import type { Rule } from "../../rule.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import { tenantSubject } from "../../tenant/tenant-subject.ts";

/** Days for which facts are believed: restrictions, policies and accounts change, a month's old answer is no proof. */
export const tenantFactsAgeDaysMax = 30;

/** What was true of a tenant last quarter says little about today. */
export const tenantFactsRecent: Rule = {
  name: "tenant-facts-recent",
  pack: "identity",
  description: `The facts of the tenant are at most ${tenantFactsAgeDaysMax} days old.`,
  severity: "medium",
  errorTypes: [],
  url: "https://learn.microsoft.com/troubleshoot/windows-365/health-checks",
  remediation: "Read the facts again with w365 capture.",
  judge: (design) => {
    const tenant = factsOf(design, "readOn");
    if (tenant === undefined) return [];
    const stale = [
      { what: `the facts of tenant "${tenant.tenantId}" were read`, on: tenant.readOn, days: tenant.ageDays },
      ...(tenant.domainAccounts ?? []).map(({ username, owner, attestedOn }) => ({
        what: `${owner} looked at account "${username}"`,
        on: attestedOn,
        days: tenant.ageDays + daysBetween(attestedOn, tenant.readOn),
      })),
    ].filter(({ days }) => days > tenantFactsAgeDaysMax);
    const observations = stale.map(({ what, on, days }) =>
      tenantObservation(
        tenant,
        "undecided",
        what,
        [],
        `${what} on ${on}, ${days} days ago; after ${tenantFactsAgeDaysMax} days nobody knows whether they still hold`,
      ),
    );
    return [{ subject: tenantSubject(tenant), observations }];
  },
};

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

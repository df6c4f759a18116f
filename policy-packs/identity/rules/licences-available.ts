import type { Observation, Rule } from "../../rule.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import { tenantSubject } from "../../tenant/tenant-subject.ts";
import type { LicenceFact, TenantFacts } from "../../tenant-facts.ts";

/**
 * What users of Cloud PCs need, and how Graph's `subscribedSkus` shows it.
 * https://learn.microsoft.com/windows-365/enterprise/requirements (dated 2026-03-06) and
 * https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference, read 2026-11-21.
 */
const needed: readonly { readonly name: string; readonly isIn: (licence: LicenceFact) => boolean }[] = [
  // Windows 365 Business (CPC_B_…) knows no Azure network connection.
  { name: "Windows 365", isIn: ({ skuPartNumber }) => /^(?!CPC_B_)(CPC_|Windows_365)/i.test(skuPartNumber) },
  { name: "Microsoft Intune", isIn: ({ servicePlans }) => has(servicePlans, /^INTUNE_/i) },
  { name: "Microsoft Entra ID P1", isIn: ({ servicePlans }) => has(servicePlans, /^AAD_PREMIUM/i) },
];

function has(servicePlans: readonly string[], pattern: RegExp): boolean {
  return servicePlans.some((name) => pattern.test(name));
}

/** Provisioning starts when a user has all the licences; without Intune the tenant has nothing to enrol Cloud PCs with. */
export const licencesAvailable: Rule = {
  name: "licences-available",
  pack: "identity",
  description: "The tenant has licences of Windows 365, Intune and Entra ID P1.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/windows-365/enterprise/requirements",
  remediation: "Buy the licence, and assign it to the users of Cloud PCs.",
  judge: (design) => {
    const tenant = factsOf(design, "licences");
    const licences = tenant?.licences;
    if (tenant === undefined || licences === undefined) return [];
    return [
      { subject: tenantSubject(tenant), observations: needed.flatMap((each) => observe(each, licences, tenant)) },
    ];
  },
};

function observe(
  { name, isIn }: (typeof needed)[number],
  licences: readonly LicenceFact[],
  tenant: TenantFacts,
): readonly Observation[] {
  const holding = licences.filter(isIn);
  const enabled = holding.reduce((sum, licence) => sum + licence.enabled, 0);
  if (enabled > 0) return [];
  const message =
    holding.length === 0
      ? `tenant "${tenant.tenantId}" has no licence of ${name}`
      : `the licences of ${name} of tenant "${tenant.tenantId}" (${holding.map(({ skuPartNumber }) => skuPartNumber).join(", ")}) have all ended`;
  return [tenantObservation(tenant, "fail", name, [], message)];
}

import { errorTypes } from "../../catalogue/health-checks.ts";
import type { Rule } from "../../policy-packs/rule.ts";

/** How many causes of failing health checks are predicted, by what that takes; the last three add up to the first. */
export interface ErrorTypeCoverage {
  readonly causes: number;
  readonly fromDesign: number;
  /** Only with facts read from the tenant. */
  readonly withTenantFacts: number;
  readonly atRunTimeOnly: number;
}

/** Counts what the rules predict. */
export function errorTypeCoverage(rules: readonly Rule[]): ErrorTypeCoverage {
  const causes = realCauses();
  const [design, tenant] = [predictedErrorTypes(rules, false), predictedErrorTypes(rules, true)];
  const fromDesign = causes.filter((id) => design.has(id)).length;
  const withTenantFacts = causes.filter((id) => tenant.has(id)).length - fromDesign;
  return {
    causes: causes.length,
    fromDesign,
    withTenantFacts,
    atRunTimeOnly: causes.length - fromDesign - withTenantFacts,
  };
}

/**
 * Error types that some rule predicts.
 *
 * @param tenant - whether facts of the tenant are given
 */
export function predictedErrorTypes(rules: readonly Rule[], tenant: boolean): ReadonlySet<string> {
  return new Set(rules.flatMap((rule) => [...rule.errorTypes, ...(tenant ? (rule.tenantErrorTypes ?? []) : [])]));
}

/**
 * Error types with a cause that somebody can mend: all but the unknown errors, what passes by itself, and Windows 365's own faults.
 */
export function realCauses(): readonly string[] {
  return errorTypes()
    .filter(
      ({ id, severity, family }) =>
        !id.endsWith("UnknownError") && severity !== "transient" && !family.startsWith("internal"),
    )
    .map(({ id }) => id);
}

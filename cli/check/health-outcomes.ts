import { errorTypes, type HealthCheck, healthChecksFor } from "../../catalogue/health-checks.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import type { Finding } from "../../policy-packs/finding.ts";
import type { Rule } from "../../policy-packs/rule.ts";
import type { RunResult } from "../../policy-packs/run-rules.ts";

/** What is to be expected of a health check of Windows 365. */
export interface HealthOutcome {
  readonly check: HealthCheck;
  /** `runtime`: no rule says anything about it before deployment. */
  readonly outcome: "pass" | "fail" | "undecided" | "runtime";
  readonly because: string;
  /** The error types that are predicted, for a pass those that are ruled out. */
  readonly errorTypes: readonly string[];
}

/** One outcome for each health check that concerns one of the subnets, in the catalogue's order. */
export function healthOutcomes(
  subnets: readonly CloudPcSubnet[],
  { findings, runs }: RunResult,
): readonly HealthOutcome[] {
  const joinTypes = new Set(subnets.flatMap(({ kinds }) => kinds.map(({ joinType }) => joinType)));
  const checks = new Map([...joinTypes].flatMap(healthChecksFor).map((check) => [check.id, check]));
  const predicted = predictedErrorTypes(runs.map(({ rule }) => rule));
  return [...checks.values()].map((check) => outcomeOf(check, findings, predicted));
}

/** Error types that some rule predicts. */
export function predictedErrorTypes(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.flatMap((rule) => rule.errorTypes));
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

function outcomeOf(check: HealthCheck, findings: readonly Finding[], predicted: ReadonlySet<string>): HealthOutcome {
  const own = errorTypes()
    .filter((type) => type.check === check.id)
    .map(({ id }) => id);
  const open = own.filter((id) => predicted.has(id));
  if (open.length === 0) {
    return { check, outcome: "runtime", because: "no rule predicts it before deployment", errorTypes: [] };
  }
  for (const outcome of ["fail", "undecided"] as const) {
    const concerned = findings.filter(
      (finding) => finding.outcome === outcome && finding.errorTypes?.some((id) => open.includes(id)),
    );
    const [first] = concerned;
    if (first !== undefined) {
      const more = concerned.length === 1 ? "" : ` (and ${concerned.length - 1} more)`;
      const types = new Set(concerned.flatMap((finding) => finding.errorTypes ?? []).filter((id) => open.includes(id)));
      return { check, outcome, because: `${first.message}${more}`, errorTypes: [...types].sort() };
    }
  }
  const later = own.filter((id) => realCauses().includes(id) && !open.includes(id));
  const because =
    later.length === 0
      ? "every documented cause is ruled out"
      : `what the design shows is ruled out; only known at run time: ${later.join(", ")}`;
  return { check, outcome: "pass", because, errorTypes: open };
}

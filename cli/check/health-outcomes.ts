import { errorTypes, type HealthCheck, healthChecksFor } from "../../catalogue/health-checks.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import type { Finding } from "../../policy-packs/finding.ts";
import type { RunResult } from "../../policy-packs/run-rules.ts";
import { predictedErrorTypes, realCauses } from "./error-type-coverage.ts";

/** What is to be expected of a health check of Windows 365. */
export interface HealthOutcome {
  readonly check: HealthCheck;
  /** `runtime`: no rule says anything about it before deployment. `notApplicable`: Windows 365 does not run it here. */
  readonly outcome: "pass" | "fail" | "undecided" | "runtime" | "notApplicable";
  readonly because: string;
  /** The error types that are predicted, for a pass those that are ruled out. */
  readonly errorTypes: readonly string[];
  /** Those with a cause that somebody can mend, but of which nothing is known with what is given. */
  readonly openErrorTypes: readonly string[];
}

/**
 * One outcome for each health check, in the catalogue's order.
 *
 * @param tenant - whether facts of the tenant are given
 */
export function healthOutcomes(
  subnets: readonly CloudPcSubnet[],
  { findings, runs }: RunResult,
  tenant: boolean,
): readonly HealthOutcome[] {
  const joinTypes = new Set(subnets.flatMap(({ kinds }) => kinds.map(({ joinType }) => joinType)));
  const concerned = new Set([...joinTypes].flatMap(healthChecksFor).map(({ id }) => id));
  const rules = runs.map(({ rule }) => rule);
  // Facts come in parts: what a rule needs may not be among those that were given.
  const judged = tenant ? runs.filter(({ checks }) => checks.length > 0).map(({ rule }) => rule) : [];
  const now = new Set([...predictedErrorTypes(rules, false), ...predictedErrorTypes(judged, true)]);
  const later = predictedErrorTypes(rules, true);
  return allHealthChecks().map((check) => {
    if (subnets.length === 0) return foundOutcome(check, findings) ?? nothingJudged(check);
    if (concerned.has(check.id)) return outcomeOf(check, findings, now, later);
    return {
      check,
      outcome: "notApplicable",
      because: `concerns only ${joinText(check)}`,
      errorTypes: [],
      openErrorTypes: [],
    };
  });
}

function allHealthChecks(): readonly HealthCheck[] {
  const both = (["hybridAzureADJoin", "azureADJoin"] as const).flatMap(healthChecksFor);
  return [...new Map(both.map((check) => [check.id, check])).values()];
}

function joinText({ joinTypes }: HealthCheck): string {
  const words = { azureADJoin: "Entra join", hybridAzureADJoin: "hybrid join" } as const;
  return joinTypes.map((joinType) => words[joinType]).join(" and ");
}

/** Without a subnet that is there, no rule has judged anything that could rule a cause out. */
function nothingJudged(check: HealthCheck): HealthOutcome {
  const because = "no subnet for Cloud PCs is in the input, so nothing was judged";
  return { check, outcome: "undecided", because, errorTypes: [], openErrorTypes: ownErrorTypes(check) };
}

function ownErrorTypes(check: HealthCheck): readonly string[] {
  return errorTypes()
    .filter((type) => type.check === check.id)
    .map(({ id }) => id);
}

/** What findings say of a health check; undefined where none concerns it. */
function foundOutcome(check: HealthCheck, findings: readonly Finding[]): HealthOutcome | undefined {
  const own = ownErrorTypes(check);
  // What somebody accepts is still what Windows 365 will say.
  for (const outcome of ["fail", "undecided"] as const) {
    const concerned = findings.filter(
      ({ observed, errorTypes: types = [] }) => observed === outcome && types.some((id) => own.includes(id)),
    );
    const [first] = concerned;
    if (first === undefined) continue;
    const more = concerned.length === 1 ? "" : ` (and ${concerned.length - 1} more)`;
    const waived = concerned.every((finding) => finding.outcome === "waived") ? "; waived" : "";
    const types = new Set(concerned.flatMap((finding) => finding.errorTypes ?? []).filter((id) => own.includes(id)));
    return {
      check,
      outcome,
      because: `${first.message}${more}${waived}`,
      errorTypes: [...types].sort(),
      openErrorTypes: [],
    };
  }
  return undefined;
}

/**
 * @param now - error types that rules predict with what is given
 * @param later - those that they predict with facts of the tenant
 */
function outcomeOf(
  check: HealthCheck,
  findings: readonly Finding[],
  now: ReadonlySet<string>,
  later: ReadonlySet<string>,
): HealthOutcome {
  const found = foundOutcome(check, findings);
  if (found !== undefined) return found;
  const own = ownErrorTypes(check);
  const open = own.filter((id) => now.has(id));
  const openErrorTypes = own.filter((id) => realCauses().includes(id) && !open.includes(id));
  const withFacts = openErrorTypes.filter((id) => later.has(id)).length;
  const atRunTime = openErrorTypes.length - withFacts;
  const rest = [
    ...(withFacts === 0 ? [] : [`${causes(withFacts)} only with facts of the tenant (--tenant)`]),
    ...(atRunTime === 0 ? [] : [`${causes(atRunTime)} only at run time`]),
  ].join("; ");
  if (open.length === 0) {
    const because = rest || "no rule predicts it before deployment";
    return { check, outcome: "runtime", because, errorTypes: [], openErrorTypes };
  }
  const because = rest === "" ? "every documented cause is ruled out" : `nothing known speaks against it; ${rest}`;
  return { check, outcome: "pass", because, errorTypes: open, openErrorTypes };
}

function causes(count: number): string {
  return count === 1 ? "1 cause shows" : `${count} causes show`;
}

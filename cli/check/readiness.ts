import { catalogueAsOf, catalogueDigest } from "../../catalogue/catalogue-digest.ts";
import type { Fix } from "../../model/fix/smallest-fix.ts";
import type { Finding } from "../../policy-packs/finding.ts";
import type { Design } from "../../policy-packs/rule.ts";
import { checkOutcomes, type RunResult } from "../../policy-packs/run-rules.ts";
import { type ErrorTypeCoverage, errorTypeCoverage } from "./error-type-coverage.ts";
import type { Location } from "./finding-locations.ts";
import { type HealthOutcome, healthOutcomes } from "./health-outcomes.ts";

/** What `w365 check` reports, before it is written in some form. */
export interface Readiness {
  readonly ready: boolean;
  readonly input: { readonly kind: "stack" | "arm" | "state"; readonly name: string; readonly digest: string };
  readonly catalogue: { readonly asOf: string; readonly digest: string };
  readonly design: Design;
  readonly result: RunResult;
  readonly summary: Summary;
  readonly healthChecks: readonly HealthOutcome[];
  readonly coverage: ErrorTypeCoverage;
  /** What was not in the input and had to be taken as given. */
  readonly assumptions: readonly string[];
  /** The smallest change for the first finding of each cause that does not name its remedy itself. */
  readonly fixes: ReadonlyMap<Finding, Fix>;
  readonly locations: ReadonlyMap<Finding, Location>;
}

/** What `readinessOf` sums up. */
export interface Judged extends Pick<Readiness, "input" | "design" | "result" | "assumptions" | "fixes" | "locations"> {
  /** Whether what is undecided stands in the way. */
  readonly undecided: "fail" | "warn";
}

/** Counts of rules times what they were applied to. */
export interface Summary {
  readonly pass: number;
  readonly fail: number;
  readonly undecided: number;
  /** Accepted by somebody for a while. */
  readonly waived: number;
  /** Rules that apply to nothing in the input. */
  readonly notApplicable: number;
}

/** Sums up what the rules found. */
export function readinessOf({ undecided, ...judged }: Judged): Readiness {
  const { design, result, assumptions } = judged;
  return {
    ...judged,
    // Where no subnet is left to judge, nothing vouches for any.
    ready:
      design.cloudPcSubnets.length > 0 &&
      !result.findings.some(({ outcome }) => outcome === "fail" || (outcome === "undecided" && undecided === "fail")),
    catalogue: { asOf: catalogueAsOf(), digest: catalogueDigest() },
    summary: summaryOf(result),
    healthChecks: healthOutcomes(design.cloudPcSubnets, result, design.tenant !== undefined),
    coverage: errorTypeCoverage(result.runs.map(({ rule }) => rule)),
    assumptions: [...new Set([...assumptions, ...assumptionsOf(result)])],
  };
}

function summaryOf(result: RunResult): Summary {
  const outcomes = checkOutcomes(result);
  const count = (wanted: (typeof outcomes)[number]) => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    pass: count("pass"),
    fail: count("fail"),
    undecided: count("undecided"),
    waived: count("waived"),
    notApplicable: result.runs.filter(({ checks }) => checks.length === 0).length,
  };
}

function assumptionsOf({ runs, findings }: RunResult): readonly string[] {
  const checks = runs.flatMap((run) => run.checks);
  const asked = checks.flatMap((check) => check.asked ?? []);
  const answered = [
    ...asked.map(({ evidence }) => evidence),
    ...findings.flatMap(({ evidence }) => (evidence === undefined ? [] : [evidence])),
  ].flatMap(({ answer }) => answer.assumptions);
  return [...checks.flatMap((check) => check.assumptions ?? []), ...answered];
}

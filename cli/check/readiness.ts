import { catalogueAsOf, catalogueDigest } from "../../catalogue/catalogue-digest.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import type { Finding } from "../../policy-packs/finding.ts";
import { outcomeOf, type RunResult } from "../../policy-packs/run-rules.ts";
import { type HealthOutcome, healthOutcomes, predictedErrorTypes, realCauses } from "./health-outcomes.ts";

/** What `w365 check` reports, before it is written in some form. */
export interface Readiness {
  readonly ready: boolean;
  readonly input: { readonly kind: "stack" | "arm" | "state"; readonly name: string };
  readonly catalogue: { readonly asOf: string; readonly digest: string };
  readonly subnets: readonly CloudPcSubnet[];
  readonly result: RunResult;
  readonly summary: Summary;
  readonly healthChecks: readonly HealthOutcome[];
  readonly coverage: { readonly causes: number; readonly fromDesign: number };
  /** What was not in the input and had to be taken as given. */
  readonly assumptions: readonly string[];
}

/** Counts of rules times what they were applied to. */
export interface Summary {
  readonly pass: number;
  readonly fail: number;
  readonly undecided: number;
  /** Rules that apply to nothing in the input. */
  readonly notApplicable: number;
}

/**
 * Sums up what the rules found.
 *
 * @param assumptions - taken as given whatever is asked
 * @param undecided - whether what is undecided stands in the way
 */
export function readinessOf(
  input: Readiness["input"],
  subnets: readonly CloudPcSubnet[],
  result: RunResult,
  assumptions: readonly string[],
  undecided: "fail" | "warn",
): Readiness {
  const causes = realCauses();
  const predicted = predictedErrorTypes(result.runs.map(({ rule }) => rule));
  return {
    ready: !result.findings.some(({ outcome }) => outcome === "fail" || undecided === "fail"),
    input: { kind: input.kind, name: input.name },
    catalogue: { asOf: catalogueAsOf(), digest: catalogueDigest() },
    subnets,
    result,
    summary: summaryOf(result),
    healthChecks: healthOutcomes(subnets, result),
    coverage: { causes: causes.length, fromDesign: causes.filter((id) => predicted.has(id)).length },
    assumptions: [...new Set([...assumptions, ...assumptionsOf(result)])],
  };
}

/** Findings with one cause: the first stands for the others. */
export function groupFindings(findings: readonly Finding[]): readonly (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { rule, outcome, checked, subject, evidence, remedy, about } = finding;
    const cause = evidence === undefined ? about : (remedy ?? evidence.answer.disposition);
    const key = [rule.name, outcome, checked.id, subject.id, cause].join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function summaryOf({ runs }: RunResult): Summary {
  const outcomes = runs.flatMap(({ checks }) => checks.map(outcomeOf));
  const count = (wanted: (typeof outcomes)[number]) => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    pass: count("pass"),
    fail: count("fail"),
    undecided: count("undecided"),
    notApplicable: runs.filter(({ checks }) => checks.length === 0).length,
  };
}

function assumptionsOf({ runs, findings }: RunResult): readonly string[] {
  const asked = runs.flatMap(({ checks }) => checks.flatMap((check) => check.asked ?? []));
  return [
    ...asked.map(({ evidence }) => evidence),
    ...findings.flatMap(({ evidence }) => (evidence === undefined ? [] : [evidence])),
  ].flatMap(({ answer }) => answer.assumptions);
}

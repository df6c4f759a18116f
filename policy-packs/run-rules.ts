import { type Finding, findingOf } from "./finding.ts";
import { type Check, type Design, type Rule, severities } from "./rule.ts";

/** A rule and everything that it was applied to. */
export interface RuleRun {
  readonly rule: Rule;
  /** Empty where the rule does not apply to the design. */
  readonly checks: readonly Check[];
}

/** What a set of rules found. */
export interface RunResult {
  /** In the order of the rules that were given. */
  readonly runs: readonly RuleRun[];
  /** Fails first, then undecided and waived ones; each the most severe first, then by rule, subject and what is wrong. */
  readonly findings: readonly Finding[];
}

/** Runs every rule over a design. Pure: the same design gives the same result. */
export function runRules(rules: readonly Rule[], design: Design): RunResult {
  return resultOf(rules.map((rule) => ({ rule, checks: rule.judge(design) })));
}

/** What rules that have been run found. */
export function resultOf(runs: readonly RuleRun[]): RunResult {
  const findings = runs.flatMap(({ rule, checks }) =>
    checks.flatMap(({ subject, observations }) => observations.map((each) => findingOf(rule, subject, each))),
  );
  return { runs, findings: findings.sort(compareFindings) };
}

/** What is to be said of one application of a rule: its worst finding. */
export type CheckOutcome = "pass" | Finding["outcome"];

const worstFirst = ["fail", "undecided", "waived"] as const;

/** The outcome of every check of every rule. */
export function checkOutcomes({ runs, findings }: RunResult): readonly CheckOutcome[] {
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  return runs.flatMap(({ rule, checks }) =>
    checks.map(({ subject, observations }) => {
      if (observations.length === 0) return "pass";
      const own = byRule.get(rule)?.filter(({ checked }) => checked === subject) ?? [];
      return worstFirst.find((outcome) => own.some((finding) => finding.outcome === outcome)) ?? "pass";
    }),
  );
}

/** The order in which reports list findings. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    worstFirst.indexOf(a.outcome) - worstFirst.indexOf(b.outcome) ||
    severities.indexOf(a.rule.severity) - severities.indexOf(b.rule.severity) ||
    compareText(a.rule.name, b.rule.name) ||
    compareText(a.checked.id, b.checked.id) ||
    compareText(a.about, b.about) ||
    compareText(a.id, b.id)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

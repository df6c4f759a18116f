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
  /** Fails before undecided ones, the most severe first, then by rule, subject and what is wrong. */
  readonly findings: readonly Finding[];
}

/** Runs every rule over a design. Pure: the same design gives the same result. */
export function runRules(rules: readonly Rule[], design: Design): RunResult {
  const runs = rules.map((rule) => ({ rule, checks: rule.judge(design) }));
  const findings = runs.flatMap(({ rule, checks }) =>
    checks.flatMap(({ subject, observations }) => observations.map((each) => findingOf(rule, subject, each))),
  );
  return { runs, findings: findings.sort(compareFindings) };
}

/** A check with a failing observation fails, whatever else is undecided about it. */
export function outcomeOf({ observations }: Check): "pass" | "fail" | "undecided" {
  if (observations.length === 0) return "pass";
  return observations.some(({ outcome }) => outcome === "fail") ? "fail" : "undecided";
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    Number(a.outcome === "undecided") - Number(b.outcome === "undecided") ||
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

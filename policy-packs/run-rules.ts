import { type Finding, findingOf } from "./finding.ts";
import { type Check, type Design, type Rule, severities } from "./rule.ts";

/** What a rule came to, over everything that it applied to. */
export interface RuleTally {
  readonly rule: Rule;
  readonly pass: number;
  readonly fail: number;
  readonly undecided: number;
}

/** What a set of rules found. */
export interface RunResult {
  /** In the order of the rules that were given. */
  readonly tallies: readonly RuleTally[];
  /** Fails before undecided ones, the most severe first, then by rule, subject and what is wrong. */
  readonly findings: readonly Finding[];
}

/** Runs every rule over a design. Pure: the same design gives the same result. */
export function runRules(rules: readonly Rule[], design: Design): RunResult {
  const runs = rules.map((rule) => ({ rule, checks: rule.judge(design) }));
  const findings = runs.flatMap(({ rule, checks }) =>
    checks.flatMap(({ subject, observations }) => observations.map((each) => findingOf(rule, subject, each))),
  );
  return {
    tallies: runs.map(({ rule, checks }) => tallyOf(rule, checks)),
    findings: findings.sort(compareFindings),
  };
}

/** A check with a failing observation fails, whatever else is undecided about it. */
export function outcomeOf({ observations }: Check): "pass" | "fail" | "undecided" {
  if (observations.length === 0) return "pass";
  return observations.some(({ outcome }) => outcome === "fail") ? "fail" : "undecided";
}

function tallyOf(rule: Rule, checks: readonly Check[]): RuleTally {
  const count = (wanted: ReturnType<typeof outcomeOf>) => checks.filter((check) => outcomeOf(check) === wanted).length;
  return { rule, pass: count("pass"), fail: count("fail"), undecided: count("undecided") };
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

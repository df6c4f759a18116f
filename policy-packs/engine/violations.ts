import { type Fix, smallestFix } from "../../model/fix/smallest-fix.ts";
import type { Step } from "../../model/path/step.ts";
import type { Network } from "../../model/topology/network.ts";
import { knownAfterDeployment } from "../../readers/pulumi/pulumi-value.ts";
import type { Finding } from "../finding.ts";
import { groupFindings } from "../group-findings.ts";

/** What a policy reports: findings of one cause, as the engine prints them. */
export interface Violation {
  /** The rule's name. */
  readonly rule: string;
  readonly message: string;
  readonly outcome: "fail" | "undecided";
  /** Undecided only because something is not made yet; the update decides it. */
  readonly waitsForDeployment: boolean;
  /** ARM id of the resource to change. */
  readonly subjectId: string;
  /** ARM id of what was judged. */
  readonly checkedId: string;
}

/** One violation for each cause. */
export function violationsOf(findings: readonly Finding[], network: Network): readonly Violation[] {
  return groupFindings(findings).flatMap(([first, ...others]) => {
    if (first.outcome === "waived") return [];
    const waitsForDeployment = first.outcome === "undecided" && waits(first);
    return [
      {
        rule: first.rule.name,
        message: messageOf(first, others, network, waitsForDeployment),
        outcome: first.outcome,
        waitsForDeployment,
        subjectId: first.subject.id,
        checkedId: first.checked.id,
      },
    ];
  });
}

/** What somebody accepts, with who, why and until when: one message for each cause. */
export function waivedMessages(findings: readonly Finding[]): readonly string[] {
  return groupFindings(findings).flatMap(([{ waiver, message }, ...others]) => {
    if (waiver === undefined) return [];
    const lines = [
      `waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`,
      `  ${message}`,
      ...(others.length === 0 ? [] : [alsoOf(others)]),
    ];
    return [lines.map(printable).join("\n")];
  });
}

/** Whether what makes a finding undecided is a value that only a deployment brings. */
function waits({ message, evidence }: Finding): boolean {
  const steps = evidence === undefined ? [] : [...evidence.answer.steps, ...evidence.answer.returnSteps];
  return [message, ...steps.map(({ because }) => because)].some((text) => text.includes(knownAfterDeployment));
}

function messageOf(first: Finding, others: readonly Finding[], network: Network, waiting: boolean): string {
  const { message, evidence, rule, outcome } = first;
  const lines = [
    outcome === "fail" ? message : `undecided: ${message}`,
    ...(waiting ? ["  This is judged again at `pulumi up`, when the value is known."] : []),
    ...(evidence === undefined ? [] : traceOf([...evidence.answer.steps, ...evidence.answer.returnSteps])),
    ...remedyOf(first, network).map((remedy) => `  fix: ${remedy}`),
    ...(others.length === 0 ? [] : [alsoOf(others)]),
    `  see: ${rule.url}`,
  ];
  return lines.map(printable).join("\n");
}

/** The layers up to the one that decided. */
function traceOf(steps: readonly Step[]): readonly string[] {
  return steps
    .filter(({ reached }) => reached)
    .map(({ kind, at, verdict, because }) => `  ${verdict.toLowerCase().padEnd(7)} ${kind} ${at}: ${because}`);
}

/** What to change: what the rule names, else the smallest change that is enough, else what the rule advises. */
function remedyOf({ remedy, evidence, outcome, rule }: Finding, network: Network): readonly string[] {
  if (remedy !== undefined) return [remedy];
  if (outcome !== "fail") return [];
  const fix: Fix | undefined =
    evidence === undefined ? undefined : smallestFix(network, evidence.question, evidence.answer);
  return [fix?.summary ?? rule.remediation];
}

const listedMax = 6;

/** `also: 2 more for the same reason: a, b`. */
function alsoOf(findings: readonly Finding[]): string {
  const names = findings.slice(0, listedMax).map(({ about }) => about);
  const rest = findings.length - names.length;
  const listed = `${names.join(", ")}${rest === 0 ? "" : ` and ${rest} others`}`;
  return `  also: ${findings.length} more for the same reason: ${listed}`;
}

/** Text from a program as a terminal may show it: terminal codes in names are shown, not obeyed. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

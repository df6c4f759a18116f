import { normalizeId, type ResourceId } from "../model/resource-id.ts";
import type { Finding } from "./finding.ts";
import type { Check, Observation, PackName, Rule } from "./rule.ts";
import { compareFindings, type RuleRun, type RunResult, resultOf } from "./run-rules.ts";
import type { Subject } from "./subject.ts";
import type { Waiver } from "./waiver.ts";

/**
 * Marks what people accept as waived, and adds what is wrong with the waivers themselves: one that has expired accepts nothing any
 * more, and one that matches nothing would one day hide what nobody has looked at. Those are findings of rule `waivers-current`, in
 * the pack of the rule that they waive.
 *
 * @param today - ISO date; a waiver holds up to and including the day on which it expires
 */
export function applyWaivers(result: RunResult, waivers: readonly Waiver[], today: string): RunResult {
  const current = waivers.filter(({ expires }) => expires >= today);
  const findings = result.findings.map((finding) => {
    const waiver = current.find((each) => waives(each, finding));
    return waiver === undefined ? finding : ({ ...finding, outcome: "waived", waiver } as const);
  });
  const judged = resultOf(judgeWaivers(result, waivers, today));
  return {
    runs: [...result.runs, ...judged.runs],
    findings: [...findings, ...judged.findings].sort(compareFindings),
  };
}

/** Whether a waiver is meant for a finding, whatever the day. Names and ids compare without case. */
export function waives({ rule, subject, about }: Waiver, finding: Finding): boolean {
  if (rule !== finding.rule.name || (about !== undefined && about !== finding.about)) return false;
  const named = subject.toLowerCase();
  return (
    subject === finding.id ||
    [finding.checked, finding.subject].some(
      ({ name, id }) => name.toLowerCase() === named || normalizeId(id) === normalizeId(subject),
    )
  );
}

/** The name of the rule that judges waivers. It cannot be waived itself. */
export const waiversCurrentName = "waivers-current";

function judgeWaivers({ runs, findings }: RunResult, waivers: readonly Waiver[], today: string): readonly RuleRun[] {
  const packs = new Map(runs.map(({ rule }) => [rule.name, rule.pack]));
  return [...new Set(packs.values())].flatMap((pack) => {
    // A waiver of a rule that did not run here cannot be judged here.
    const own = waivers.filter(({ rule }) => packs.get(rule) === pack);
    if (own.length === 0) return [];
    const checks = own.map((waiver): Check => ({ subject: subjectOfWaiver(waiver), observations: judge(waiver) }));
    return [{ rule: waiversCurrent(pack, checks), checks }];
  });

  function judge(waiver: Waiver): readonly Observation[] {
    const { rule, subject, owner, expires, place } = waiver;
    const base = { outcome: "fail", ...(place && { place }) } as const;
    const what = `the waiver of "${rule}" for "${subject}"`;
    if (!findings.some((finding) => waives(waiver, finding))) {
      const message = `${what} is not used: there is no such finding`;
      return [{ ...base, about: "unused", message, remedy: "remove the waiver, or correct its rule or subject" }];
    }
    const earlier = waivers.slice(0, waivers.indexOf(waiver)).find((each) => sameTarget(each, waiver));
    if (earlier !== undefined) {
      const message = `${what} is a duplicate: another one accepts the same until ${earlier.expires}`;
      return [{ ...base, about: "duplicate", message, remedy: "keep one of them" }];
    }
    if (expires >= today) return [];
    const message = `${what} expired on ${expires}; what ${owner} accepted counts again`;
    return [
      { ...base, about: "expired", message, remedy: "mend what it waives, or decide anew and set a later expiry" },
    ];
  }
}

/** Whether two waivers accept the same of the same. */
function sameTarget(a: Waiver, b: Waiver): boolean {
  return a.rule === b.rule && a.about === b.about && a.subject.toLowerCase() === b.subject.toLowerCase();
}

function subjectOfWaiver({ rule, subject, about }: Waiver): Subject {
  const id: ResourceId = ["waivers", rule, subject, about ?? ""].join("/");
  return { type: "waiver", name: `${rule} of ${subject}`, id };
}

/** A waiver is a decision for a while; whether it is still right has to be asked again. */
function waiversCurrent(pack: PackName, checks: readonly Check[]): Rule {
  return {
    name: waiversCurrentName,
    pack,
    description: "Every waiver is in force and waives something.",
    severity: "low",
    errorTypes: [],
    url: "https://learn.microsoft.com/azure/governance/policy/concepts/exemption-structure",
    remediation: "Remove the waiver, or decide anew and give it a later expiry (docs/waivers.md).",
    judge: () => checks,
  };
}

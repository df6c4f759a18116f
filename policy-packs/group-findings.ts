import type { Finding } from "./finding.ts";

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

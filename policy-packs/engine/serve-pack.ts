import { PolicyPack } from "@pulumi/policy";
import type { PackName, Rule } from "../rule.ts";
import { ProgramJudge } from "./program-judge.ts";
import { programUnderstoodPolicy } from "./program-understood.ts";
import { rulePolicy } from "./rule-policy.ts";

/** Serves rules to the engine as a policy pack, until the engine ends. */
export function servePack(name: PackName, description: string, rules: readonly Rule[]): void {
  const judge = new ProgramJudge();
  const today = () => new Date().toISOString().slice(0, 10);
  new PolicyPack(`windows365-${name}`, {
    description,
    enforcementLevel: "mandatory",
    policies: [programUnderstoodPolicy(judge), ...rules.map((rule) => rulePolicy(rule, judge, today))],
  });
}

import { describe, expect, test } from "vitest";
import type { Check, Observation, Rule } from "../../policy-packs/rule.ts";
import { checkOutcomes, resultOf, runRules } from "../../policy-packs/run-rules.ts";
import { subjectOf } from "../../policy-packs/subject.ts";
import { design } from "./design.ts";

const subject = subjectOf("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/a");
const fail: Observation = { outcome: "fail", about: "size", message: "too small" };
const undecided: Observation = { outcome: "undecided", about: "place", message: "not known" };

function rule(name: string, severity: Rule["severity"], ...observations: readonly Observation[]): Rule {
  const check: Check = { subject, observations };
  return {
    name,
    pack: "network",
    severity,
    description: "",
    errorTypes: [],
    url: "",
    remediation: "",
    judge: () => [check],
  };
}

function run(...rules: readonly Rule[]) {
  return runRules(rules, design()).findings;
}

describe("the id of a finding", () => {
  const [base] = run(rule("a", "low", fail));

  test.each([
    { case: "other words", observation: { ...fail, message: "far too small" } },
    { case: "another outcome", observation: { ...fail, outcome: "undecided" } as const },
    { case: "the same subject named apart", observation: { ...fail, blamed: subjectOf(subject.id.toUpperCase()) } },
  ])("stays with $case", ({ observation }) => {
    expect(run(rule("a", "low", observation))[0]?.id).toBe(base?.id);
  });

  test.each([
    { case: "another rule", rules: rule("b", "low", fail) },
    { case: "something else wrong", rules: rule("a", "low", { ...fail, about: "shape" }) },
    { case: "another resource to blame", rules: rule("a", "low", { ...fail, blamed: subjectOf(`${subject.id}b`) }) },
  ])("changes with $case", ({ rules }) => {
    expect(run(rules)[0]?.id).not.toBe(base?.id);
  });

  test("is 16 hexadecimal digits", () => {
    expect(base?.id).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe("the order of findings", () => {
  test("is fails first, then severity, then rule, whatever the order of the rules", () => {
    const rules = [
      rule("d", "critical", undecided),
      rule("c", "low", fail),
      rule("b", "critical", fail),
      rule("a", "low", fail),
    ];
    const order = ["b", "a", "c", "d"];
    expect(run(...rules).map((finding) => finding.rule.name)).toEqual(order);
    expect(run(...rules.toReversed()).map((finding) => finding.rule.name)).toEqual(order);
  });
});

describe("the outcome of a check", () => {
  test.each([
    { case: "nothing observed", observations: [], outcome: "pass" },
    { case: "a fail beside something undecided", observations: [undecided, fail], outcome: "fail" },
    { case: "only something undecided", observations: [undecided], outcome: "undecided" },
  ])("of $case is $outcome", ({ observations, outcome }) => {
    const checks = [{ subject, observations }];
    expect(checkOutcomes(resultOf([{ rule: rule("a", "low"), checks }]))).toEqual([outcome]);
  });
});

describe("the subject of an id", () => {
  test.each([
    { id: subject.id, type: "Microsoft.Network/virtualNetworks/subnets", name: "v/a" },
    {
      id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/natGateways/n",
      type: "Microsoft.Network/natGateways",
      name: "n",
    },
    { id: "something/else", type: "", name: "else" },
  ])("$id is $name", ({ id, type, name }) => {
    expect(subjectOf(id)).toEqual({ id, type, name });
  });
});

import { describe, expect, test } from "vitest";
import { healthOutcomes } from "../../../cli/check/health-outcomes.ts";
import { readinessOf } from "../../../cli/check/readiness.ts";
import { healthWord } from "../../../cli/report/finding-words.ts";
import type { CloudPcSubnet } from "../../../policy-packs/cloud-pc-subnet.ts";
import type { Observation, Rule } from "../../../policy-packs/rule.ts";
import { resultOf } from "../../../policy-packs/run-rules.ts";
import { subjectOf } from "../../../policy-packs/subject.ts";
import { applyWaivers } from "../../../policy-packs/waivers.ts";
import { design, entra } from "../../policy-packs/design.ts";

const subject = subjectOf("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v");
const small = "resourceAvailabilityCheckNoSubnetIP";
const moved = "resourceAvailabilityCheckVNetBeingMoved";
const region = "resourceAvailabilityCheckUnsupportedVNetRegion";

function rule(changes: Partial<Rule>): Rule {
  return {
    name: "a-rule",
    pack: "network",
    description: "",
    severity: "high",
    errorTypes: [],
    url: "",
    remediation: "",
    judge: () => [],
    ...changes,
  };
}

function run(one: Rule, ...observations: readonly Observation[]) {
  return resultOf([{ rule: one, checks: [{ subject, observations }] }]);
}

/** The outcome of a health check for Cloud PCs of a join type. */
function outcomeOf(
  id: string,
  result: ReturnType<typeof run>,
  {
    tenant = false,
    joinType = "azureADJoin",
  }: { tenant?: boolean; joinType?: "azureADJoin" | "hybridAzureADJoin" } = {},
) {
  const subnets: readonly CloudPcSubnet[] = design({ kinds: [{ ...entra, joinType }] }).cloudPcSubnets;
  const found = healthOutcomes(subnets, result, tenant).find(({ check }) => check.id === id);
  if (found === undefined) throw new Error(`no health check "${id}"`);
  return { outcome: found.outcome, word: healthWord(found), because: found.because, errorTypes: found.errorTypes };
}

const fail: Observation = { outcome: "fail", about: "size", message: "the subnet is too small", errorTypes: [small] };

describe("a health check", () => {
  const judged = rule({ errorTypes: [small] });

  test.each([
    {
      case: "passes when every cause is ruled out",
      observations: [],
      outcome: "pass",
      because: "every documented cause is ruled out",
    },
    { case: "fails when one is found", observations: [fail], outcome: "fail", because: "the subnet is too small" },
    {
      case: "is undecided when one cannot be decided",
      observations: [{ ...fail, outcome: "undecided" } as const],
      outcome: "undecided",
      because: "the subnet is too small",
    },
    {
      case: "fails when one is found and another not decided, and counts those of the outcome",
      observations: [{ ...fail, outcome: "undecided", about: "a" } as const, fail, { ...fail, about: "b" }],
      outcome: "fail",
      because: "the subnet is too small (and 1 more)",
    },
  ])("$case", ({ observations, outcome, because }) => {
    expect(outcomeOf("subnetIp", run(judged, ...observations))).toMatchObject({ outcome, because });
  });

  test("is only known at run time when no rule predicts any of its causes", () => {
    expect(outcomeOf("udp", run(judged))).toMatchObject({
      outcome: "runtime",
      because: "3 causes show only at run time",
    });
  });

  test("passes so far while facts of the tenant or the run would tell more", () => {
    const one = rule({ errorTypes: [region], tenantErrorTypes: [moved] });
    expect(outcomeOf("vnetReady", run(one))).toMatchObject({
      outcome: "pass",
      word: "passes so far",
      because:
        "nothing known speaks against it; 1 cause shows only with facts of the tenant (--tenant); 4 causes show only at run time",
      errorTypes: [region],
    });
    expect(outcomeOf("vnetReady", run(one), { tenant: true })).toMatchObject({
      because: "nothing known speaks against it; 4 causes show only at run time",
      errorTypes: [region, moved],
    });
  });

  test("of Active Directory is not run for Entra join", () => {
    expect(outcomeOf("dns", run(judged))).toMatchObject({
      outcome: "notApplicable",
      because: "concerns only hybrid join",
    });
    expect(outcomeOf("dns", run(judged), { joinType: "hybridAzureADJoin" }).outcome).toBe("runtime");
  });

  test("still fails when somebody waives the finding, while the network counts as ready", () => {
    const waiver = { rule: "a-rule", subject: "v", reason: "r", owner: "o", expires: "2026-12-31" };
    const result = applyWaivers(run(judged, fail), [waiver], "2026-11-21");
    expect(outcomeOf("subnetIp", result)).toMatchObject({
      outcome: "fail",
      because: "the subnet is too small; waived",
    });
    const input = { kind: "arm", name: "a", digest: "" } as const;
    const rest = { assumptions: [], fixes: new Map(), locations: new Map(), undecided: "fail" } as const;
    const { ready, summary } = readinessOf({ input, design: design(), result, ...rest });
    expect(ready).toBe(true);
    expect(summary).toEqual({ pass: 1, fail: 0, undecided: 0, waived: 1, notApplicable: 0 });
  });
});

import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { noLateralMovement } from "../../../policy-packs/network/rules/no-lateral-movement.ts";
import { runRules } from "../../../policy-packs/run-rules.ts";
import { design, findingsOf } from "../design.ts";

const inside = "10.1.1.0/24";

describe("no-lateral-movement", () => {
  test("fails default rules: they let a virtual network talk to itself", () => {
    expect(findingsOf(noLateralMovement)).toEqual([
      'fail: Tcp from spoke/cpc to spoke/cpc is let in: default rule "AllowVnetInBound" allows it (network security group "nsg")',
      'fail: Udp from spoke/cpc to spoke/cpc is let in: default rule "AllowVnetInBound" allows it (network security group "nsg")',
    ]);
  });

  test.each([
    {
      case: "a deny of one protocol only",
      rules: [{ priority: 100, access: "Deny", protocol: "Tcp", to: inside } as const],
      finding:
        'fail: Udp from spoke/cpc to spoke/cpc is let in: default rule "AllowVnetInBound" allows it (network security group "nsg")',
    },
    {
      case: "a port that an earlier allow opens",
      rules: [
        { name: "rdp", priority: 90, access: "Allow", protocol: "Tcp", to: inside, ports: "3389" } as const,
        { priority: 100, access: "Deny", to: inside } as const,
      ],
      finding:
        'fail: Tcp from spoke/cpc to spoke/cpc is let in, for example 10.1.1.4 to 10.1.1.4 port 3389: default rule "AllowVnetInBound" allows it (network security group "nsg")',
    },
  ])("fails $case", ({ rules, finding }) => {
    expect(findingsOf(noLateralMovement, { rules })).toEqual([finding]);
  });

  test("shows the flow that is let in, not one beside it that is denied", () => {
    const rules = [{ priority: 100, access: "Deny", to: "10.1.1.0/25" } as const];
    const [finding] = runRules([noLateralMovement], design({ rules })).findings;
    expect(finding?.evidence).toMatchObject({
      question: { from: "10.1.1.4", to: "10.1.1.128", protocol: "Tcp" },
      answer: { verdict: "Allow" },
    });
  });

  test("leaves a rule undecided whose access nobody could read", () => {
    const access = unknown('parameter "access" has no default');
    const found = findingsOf(noLateralMovement, { rules: [{ name: "perhaps", priority: 100, access, to: inside }] });
    expect(found).toEqual([
      'undecided: Tcp from spoke/cpc to spoke/cpc is not known to be denied: whether rule "perhaps" decides is not known: its access is not known (network security group "nsg")',
      'undecided: Udp from spoke/cpc to spoke/cpc is not known to be denied: whether rule "perhaps" decides is not known: its access is not known (network security group "nsg")',
    ]);
  });

  test.each([
    { case: "an outbound deny", rules: [{ priority: 100, access: "Deny", to: inside } as const] },
    {
      case: "an inbound deny",
      rules: [{ priority: 100, access: "Deny", direction: "Inbound", from: inside } as const],
    },
  ])("passes $case", ({ rules }) => {
    expect(findingsOf(noLateralMovement, { rules })).toEqual([]);
  });

  test("looks at every pair of Cloud PC subnets of a virtual network", () => {
    const rules = [{ priority: 100, access: "Deny", to: inside } as const];
    const found = findingsOf(noLateralMovement, { rules, subnets: ["spoke/cpc", "spoke/servers"] });
    expect(found.map((line) => line.split(" is ")[0])).toEqual([
      "fail: Tcp from spoke/cpc to spoke/servers",
      "fail: Udp from spoke/cpc to spoke/servers",
      "fail: Tcp from spoke/servers to spoke/cpc",
      "fail: Tcp from spoke/servers to spoke/servers",
      "fail: Udp from spoke/servers to spoke/cpc",
      "fail: Udp from spoke/servers to spoke/servers",
    ]);
  });
});

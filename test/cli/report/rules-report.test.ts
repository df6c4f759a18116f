import { describe, expect, test } from "vitest";
import { plainPaint } from "../../../cli/report/paint.ts";
import { rulesText } from "../../../cli/report/rules-report.ts";
import type { EffectiveRule } from "../../../model/rules/effective-rules.ts";

const rule: EffectiveRule = {
  direction: "Outbound",
  scope: "Subnet",
  priority: 100,
  name: "allow",
  default: false,
  access: "Allow",
  protocol: "Tcp",
  sources: ["*"],
  sourcePorts: ["*"],
  destinations: ["a", "b", "c", "d", "e"],
  destinationPorts: ["443"],
  expanded: {},
};
const text = (...rules: readonly EffectiveRule[]) => rulesText({ subnet: "v/s", rules, assumptions: [] }, plainPaint);

describe("rulesText", () => {
  test("says it plainly when nothing filters a subnet", () => {
    expect(text()).toBe("v/s: no security group and no admin rule filters it\n");
  });

  test("shows the first entries of a long list and counts the others", () => {
    expect(text(rule)).toContain("  a, b, c and 2 more  443\n");
  });

  test.each([
    { expanded: "10.0.0.0/8", shown: "10.0.0.0/8" },
    {
      expanded: "1.0.0.0/8, 2.0.0.0/8, 3.0.0.0/8, 4.0.0.0/8, 5.0.0.0/8",
      shown: "1.0.0.0/8, 2.0.0.0/8, 3.0.0.0/8, 4.0.0.0/8 and 1 more",
    },
    {
      expanded: "1.0.0.0/8, 2.0.0.0/8, 3.0.0.0/8, 4.0.0.0/8, 5.0.0.0/8 and 15 more",
      shown: "1.0.0.0/8, 2.0.0.0/8, 3.0.0.0/8, 4.0.0.0/8 and 16 more",
    },
    { expanded: "no address; perhaps more: not read", shown: "no address; perhaps more: not read" },
  ])("a tag that comes to $expanded is shown as $shown", ({ expanded, shown }) => {
    expect(text({ ...rule, expanded: { Tag: expanded } })).toContain(`  Tag  ${shown}\n`);
  });

  test("marks a rule that could not be read", () => {
    const unread: EffectiveRule = {
      ...rule,
      priority: null,
      name: "unknown",
      access: "unknown",
      expanded: { unknown: "a parameter" },
    };
    expect(text(unread)).toMatch(/Subnet +unknown +unknown +unknown/);
    expect(text(unread)).toContain("  unknown  a parameter\n");
  });
});

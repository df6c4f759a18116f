import { describe, expect, test } from "vitest";
import { guardConnection } from "../../policy-packs/guard.ts";
import { networkRules } from "../../policy-packs/network/rules.ts";
import type { Rule } from "../../policy-packs/rule.ts";
import { subjectOf } from "../../policy-packs/subject.ts";
import { design } from "./design.ts";

const today = "2026-11-21";
const closed = design({ routes: { "0.0.0.0/0": "None" } });

/** A rule that observes something of every subnet. */
function observing(outcome: "fail" | "undecided"): Rule {
  return {
    name: "some-rule",
    pack: "network",
    description: "Something holds.",
    severity: "high",
    errorTypes: [],
    url: "https://learn.microsoft.com/windows-365/",
    remediation: "Change something.",
    judge: ({ cloudPcSubnets }) =>
      cloudPcSubnets.map(({ place }) => ({
        subject: subjectOf(place.id),
        observations: [{ outcome, about: "it", message: "it does not hold" }],
      })),
  };
}

const waiver = { rule: "some-rule", subject: "spoke/cpc", reason: "tested by hand", owner: "net@example.com" } as const;

describe("a connection that guards itself", () => {
  test("is refused where a rule fails, with what to change", () => {
    expect(guardConnection(design(), [], today, [observing("fail")])).toEqual({
      passed: false,
      message: [
        "one thing stands in the way of Cloud PCs on this network",
        "some-rule: it does not hold",
        "  fix: Change something.",
        "  see: https://learn.microsoft.com/windows-365/",
      ].join("\n"),
    });
  });

  test("is refused where a rule is undecided", () => {
    const answer = guardConnection(design(), [], today, [observing("undecided")]);
    expect(answer).toMatchObject({ passed: false, message: expect.stringContaining("undecided: it does not hold") });
  });

  test.each<{ case: string; expires: string; passed: boolean }>([
    { case: "on its last day", expires: today, passed: true },
    { case: "a day too late", expires: "2026-11-20", passed: false },
  ])("is let through by a waiver, $case: $passed", ({ expires, passed }) => {
    for (const outcome of ["fail", "undecided"] as const) {
      expect(guardConnection(design(), [{ ...waiver, expires }], today, [observing(outcome)]).passed).toBe(passed);
    }
  });

  test("is not refused for a waiver that is not used", () => {
    expect(guardConnection(design(), [{ ...waiver, expires: today }], today, [])).toEqual({ passed: true });
  });

  test("is refused where no subnet is for Cloud PCs", () => {
    expect(guardConnection({ ...design(), cloudPcSubnets: [] }, [], today)).toEqual({
      passed: false,
      message: "no subnet for Cloud PCs is known, so nothing vouches for the connection",
    });
  });

  test("is refused by the rules of the packs, which say why and where", () => {
    const answer = guardConnection(closed, [], today, networkRules);
    expect(answer).toMatchObject({
      passed: false,
      message: expect.stringMatching(
        /required-endpoints-reachable: spoke\/cpc to .* is denied: user route .* drops it/,
      ),
    });
  });
});

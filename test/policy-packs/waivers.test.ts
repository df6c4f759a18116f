import { describe, expect, test } from "vitest";
import type { Check, Observation, Rule } from "../../policy-packs/rule.ts";
import { checkOutcomes, resultOf } from "../../policy-packs/run-rules.ts";
import { subjectOf } from "../../policy-packs/subject.ts";
import type { Waiver } from "../../policy-packs/waiver.ts";
import { applyWaivers } from "../../policy-packs/waivers.ts";

const network = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network";
const subnet = subjectOf(`${network}/virtualNetworks/vnet/subnets/staff`);
const group = subjectOf(`${network}/networkSecurityGroups/nsg-staff`);
const open: Observation = { outcome: "fail", about: "Tcp", message: "TCP is open", blamed: group };
const unsure: Observation = { outcome: "undecided", about: "Udp", message: "UDP is not known" };

function rule(name: string, pack: Rule["pack"]): Rule {
  return { name, pack, severity: "high", description: "", errorTypes: [], url: "", remediation: "", judge: () => [] };
}

const lateral = rule("no-lateral-movement", "network");
const roles = rule("roles-present", "identity");
const checks: readonly Check[] = [{ subject: subnet, observations: [open, unsure] }];
const result = resultOf([
  { rule: lateral, checks },
  { rule: roles, checks: [{ subject: subnet, observations: [] }] },
]);
const waiver: Waiver = {
  rule: "no-lateral-movement",
  subject: "vnet/staff",
  reason: "remote help",
  owner: "Anna",
  expires: "2026-12-31",
};

function outcomes(waivers: readonly Waiver[], today = "2026-11-21") {
  return applyWaivers(result, waivers, today).findings.map(
    ({ rule: { name }, outcome, about }) => `${outcome}: ${name} ${about}`,
  );
}

describe("a waiver", () => {
  test.each([
    { case: "by the name of what was judged", subject: "vnet/staff" },
    { case: "by that name in other letters", subject: "VNET/Staff" },
    { case: "by the id of what was judged", subject: `${subnet.id.toUpperCase()}/` },
  ])("accepts everything that the rule says of its subject: $case", ({ subject }) => {
    expect(outcomes([{ ...waiver, subject }])).toEqual([
      "waived: no-lateral-movement Tcp",
      "waived: no-lateral-movement Udp",
    ]);
  });

  test.each([
    { case: "the resource to change", change: { subject: "nsg-staff" } },
    { case: "one thing that is wrong", change: { about: "Tcp" } },
    { case: "one finding by its id", change: { subject: result.findings[0]?.id ?? "" } },
  ])("can be as narrow as $case", ({ change }) => {
    expect(outcomes([{ ...waiver, ...change }])).toEqual([
      "undecided: no-lateral-movement Udp",
      "waived: no-lateral-movement Tcp",
    ]);
  });

  test("keeps what the rule said, and who accepts it", () => {
    const [finding] = applyWaivers(result, [waiver], "2026-11-21").findings;
    expect(finding).toMatchObject({ outcome: "waived", observed: "fail", waiver, message: "TCP is open" });
  });

  test("makes a check waived only when nothing else is wrong with it", () => {
    expect(checkOutcomes(applyWaivers(result, [waiver], "2026-11-21"))).toEqual(["waived", "pass", "pass"]);
    const narrow = { ...waiver, about: "Tcp" };
    expect(checkOutcomes(applyWaivers(result, [narrow], "2026-11-21"))).toEqual(["undecided", "pass", "pass"]);
  });

  test("holds up to and including the day on which it expires", () => {
    expect(outcomes([waiver], "2026-12-31")).toEqual([
      "waived: no-lateral-movement Tcp",
      "waived: no-lateral-movement Udp",
    ]);
    expect(outcomes([waiver], "2027-01-01")).toEqual([
      "fail: no-lateral-movement Tcp",
      "fail: waivers-current expired",
      "undecided: no-lateral-movement Udp",
    ]);
  });
});

describe("what is wrong with a waiver", () => {
  const about = (waivers: readonly Waiver[], today = "2026-11-21") =>
    applyWaivers(result, waivers, today).findings.filter((finding) => finding.rule.name === "waivers-current");

  test("is told when it has expired", () => {
    expect(about([waiver], "2027-01-01").map(({ message }) => message)).toEqual([
      'the waiver of "no-lateral-movement" for "vnet/staff" expired on 2026-12-31; what Anna accepted counts again',
    ]);
  });

  test.each([
    { case: "another subject", change: { subject: "vnet/guests" } },
    { case: "something else wrong", change: { about: "Icmp" } },
    { case: "a rule that passes", change: { rule: "roles-present" } },
  ])("is told when it is not used: $case", ({ change }) => {
    const unused = { ...waiver, ...change, place: { file: "waivers.yaml", line: 3 } };
    const [finding, ...others] = about([waiver, unused]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ outcome: "fail", about: "unused", place: { file: "waivers.yaml", line: 3 } });
    expect(finding?.message).toBe(
      `the waiver of "${unused.rule}" for "${unused.subject}" is not used: there is no such finding`,
    );
  });

  test.each([
    { case: "as it was", second: { ...waiver } },
    { case: "in other letters, for longer", second: { ...waiver, subject: "VNET/Staff", expires: "2027-06-30" } },
  ])("is told when another accepts the same: $case", ({ second }) => {
    const found = about([waiver, second]);
    expect(found.map((finding) => [finding.outcome, finding.about, finding.message])).toEqual([
      [
        "fail",
        "duplicate",
        `the waiver of "no-lateral-movement" for "${second.subject}" is a duplicate: another one accepts the same until 2026-12-31`,
      ],
    ]);
    expect(about([waiver, { ...waiver, about: "Tcp" }])).toEqual([]);
  });

  test("belongs to the pack of the rule that it waives", () => {
    expect(about([{ ...waiver, rule: "roles-present" }]).map(({ rule: { pack } }) => pack)).toEqual(["identity"]);
  });

  test("is not judged where its rule did not run", () => {
    expect(about([{ ...waiver, rule: "explicit-egress" }])).toEqual([]);
  });

  test("cannot be waived", () => {
    const watcher = { ...waiver, rule: "waivers-current", subject: "no-lateral-movement of vnet/guests" };
    expect(about([{ ...waiver, subject: "vnet/guests" }, watcher])).toMatchObject([{ outcome: "fail" }]);
  });
});

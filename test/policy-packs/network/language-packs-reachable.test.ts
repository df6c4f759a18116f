import { describe, expect, test } from "vitest";
import { catalogueReferenceData } from "../../../catalogue/reference-data.ts";
import { languagePacksReachable } from "../../../policy-packs/network/rules/language-packs-reachable.ts";
import { findingsOf } from "../design.ts";

const reference = catalogueReferenceData();
const deny = (to: string, ports: string) =>
  ({ reference, rules: [{ name: "deny", priority: 100, access: "Deny", to, ports }] }) as const;

describe("language-packs-reachable", () => {
  test("fails what is downloaded over a port that a security rule denies", () => {
    expect(findingsOf(languagePacksReachable, deny("Internet", "80"))).toEqual([
      'fail: spoke/cpc to *.delivery.mp.microsoft.com, Tcp 80 (language packs and features on demand) is denied: rule "deny" denies it (network security group "nsg")',
      'fail: spoke/cpc to *.windowsupdate.com, Tcp 80 (language packs and features on demand) is denied: rule "deny" denies it (network security group "nsg")',
    ]);
  });

  test("leaves a download undecided that only some of its possible addresses reach", () => {
    const found = findingsOf(languagePacksReachable, deny("203.0.113.0/24", "80"));
    expect(found).toHaveLength(2);
    expect(found.every((line) => line.startsWith("undecided: "))).toBe(true);
  });

  test.each([
    { case: "default rules", words: { reference } },
    { case: "a deny for a port that no download uses", words: deny("Internet", "1688") },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(languagePacksReachable, words)).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { securityGroupAttached } from "../../../policy-packs/network/rules/security-group-attached.ts";
import { idOf } from "../../model/support/build.ts";
import { findingsOf } from "../design.ts";

describe("security-group-attached", () => {
  test("fails a subnet without a group", () => {
    expect(findingsOf(securityGroupAttached, { subnets: ["spoke/servers"] })).toEqual([
      'fail: subnet "spoke/servers" has no network security group',
    ]);
  });

  test("leaves a group undecided that is not in the input", () => {
    const elsewhere = idOf("networkSecurityGroups", "of-others");
    expect(findingsOf(securityGroupAttached, { cpc: { networkSecurityGroupId: elsewhere } })).toEqual([
      `undecided: the network security group of subnet "spoke/cpc" is not known: "${elsewhere}" is not in the input`,
    ]);
  });

  test("passes a group without rules of its own: the default ones hold", () => {
    expect(findingsOf(securityGroupAttached, { rules: [] })).toEqual([]);
  });
});

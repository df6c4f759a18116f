import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { subnetAddressesFree } from "../../../policy-packs/network/rules/subnet-addresses-free.ts";
import { idOf } from "../../model/support/build.ts";
import { tenantFindings } from "../tenant.ts";

const facts = (usedAddressCount: number) => ({
  virtualNetworks: [
    { id: idOf("virtualNetworks", "spoke"), state: "Succeeded", subnets: [{ name: "cpc", usedAddressCount }] },
  ],
});

describe("subnet-addresses-free", () => {
  test.each([
    { used: 251, free: 0 },
    { used: 248, free: 3 },
    { used: 300, free: 0 },
  ])("fails a /24 of which $used addresses are taken", ({ used, free }) => {
    expect(tenantFindings(subnetAddressesFree, facts(used))).toEqual([
      `fail [resourceAvailabilityCheckNoSubnetIP]: subnet "spoke/cpc" has ${free} addresses free, ${used} are taken; a provisioning and its 3 retries need 4`,
    ]);
  });

  test("passes a /24 of which 247 addresses are taken", () => {
    expect(tenantFindings(subnetAddressesFree, facts(247))).toEqual([]);
  });

  test("leaves a subnet undecided whose prefix nobody could read", () => {
    const addressPrefixes = [unknown('parameter "prefix" has no default')];
    expect(tenantFindings(subnetAddressesFree, facts(10), { cpc: { addressPrefixes } as object })).toEqual([
      'undecided [resourceAvailabilityCheckNoSubnetIP]: how many addresses of subnet "spoke/cpc" are free is not known: parameter "prefix" has no default',
    ]);
  });

  test("does not apply where nobody counted", () => {
    expect(tenantFindings(subnetAddressesFree, { virtualNetworks: [] })).toBeUndefined();
    expect(tenantFindings(subnetAddressesFree, {})).toBeUndefined();
  });
});

import { describe, expect, test } from "vitest";
import { prefix } from "../../../model/prefix.ts";
import { unknown } from "../../../model/read.ts";
import { subnetLargeEnough } from "../../../policy-packs/network/rules/subnet-large-enough.ts";
import { findingsOf } from "../design.ts";

describe("subnet-large-enough", () => {
  test.each([
    {
      case: "one Cloud PC more than a /24 holds",
      demands: [{ cloudPcCount: 126, growth: 0 }],
      finding:
        'fail: subnet "spoke/cpc" (10.1.1.0/24) has 256 addresses, but 126 Cloud PCs (growth included) and room to provision them anew need 257; it holds 125',
    },
    {
      case: "two pools that only together are too many",
      demands: [
        { cloudPcCount: 100, growth: 0 },
        { cloudPcCount: 20, growth: 0.5 },
      ],
      finding:
        'fail: subnet "spoke/cpc" (10.1.1.0/24) has 256 addresses, but 130 Cloud PCs (growth included) and room to provision them anew need 265; it holds 125',
    },
  ])("fails $case", ({ demands, finding }) => {
    expect(findingsOf(subnetLargeEnough, { demands })).toEqual([finding]);
  });

  test.each([
    { case: "as many as a /24 holds", demands: [{ cloudPcCount: 125, growth: 0 }] },
    { case: "fewer today, as many after growth", demands: [{ cloudPcCount: 100, growth: 0.25 }] },
    { case: "an unknown number", demands: [] },
  ])("passes $case", ({ demands }) => {
    expect(findingsOf(subnetLargeEnough, { demands })).toEqual([]);
  });

  test("fails a subnet that holds no Cloud PC at all, even if nobody says how many there are", () => {
    expect(findingsOf(subnetLargeEnough, { cpc: cpcOf("10.1.1.0/29") })).toEqual([
      'fail: subnet "spoke/cpc" (10.1.1.0/29) has 8 addresses, but one Cloud PC and room to provision them anew need 9; it holds 0',
    ]);
  });

  test("leaves a subnet undecided whose prefix nobody could read", () => {
    const addressPrefixes = [unknown('parameter "prefix" has no default')];
    expect(findingsOf(subnetLargeEnough, { cpc: { addressPrefixes } as object })).toEqual([
      'undecided: how large subnet "spoke/cpc" is, is not known: parameter "prefix" has no default',
    ]);
  });
});

/** The words for subnets leave the prefix out; here it is the point. */
function cpcOf(block: string): object {
  return { addressPrefixes: [prefix(block)] };
}

import { describe, expect, test } from "vitest";
import { prefix } from "../../../model/prefix.ts";
import { unknown } from "../../../model/read.ts";
import { addressSpacePrivate } from "../../../policy-packs/network/rules/address-space-private.ts";
import { findingsOf, withSpoke } from "../design.ts";

const spaces = (...blocks: readonly string[]) => ({
  change: withSpoke((spoke) => ({ ...spoke, addressSpace: blocks.map(prefix) })),
});

describe("address-space-private", () => {
  test.each([
    {
      case: "public addresses",
      block: "198.51.100.0/24",
      finding:
        'fail: virtual network "spoke" uses 198.51.100.0/24, which is not within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
    },
    {
      case: "a block half of which is private",
      block: "172.0.0.0/11",
      finding:
        'fail: virtual network "spoke" uses 172.0.0.0/11, which is not within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
    },
  ])("fails $case", ({ block, finding }) => {
    expect(findingsOf(addressSpacePrivate, spaces("10.1.0.0/16", block))).toEqual([finding]);
  });

  test.each(["10.1.0.0/16", "172.31.255.0/24", "192.168.0.0/16", "100.64.0.0/10"])("passes %s", (block) => {
    expect(findingsOf(addressSpacePrivate, spaces(block))).toEqual([]);
  });

  test("leaves an address space undecided that nobody could read", () => {
    const change = withSpoke((spoke) => ({ ...spoke, addressSpace: [unknown('parameter "space" has no default')] }));
    expect(findingsOf(addressSpacePrivate, { change })).toEqual([
      'undecided: whether the address space of virtual network "spoke" is private is not known: parameter "space" has no default',
    ]);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memberCount, subtract } from "../../model/intervals.ts";
import { allAddresses, formatIpSpace, ipSpaceOf, prefixSpace, toPrefixes } from "../../model/ip-space.ts";
import { formatPrefix, prefix } from "../../model/prefix.ts";

const arbitraryPrefix = fc
  .tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 0, max: 32 }))
  .map(([address, length]) => ({ base: address - (address % 2 ** (32 - length)), length }));

describe("IpSpace", () => {
  test.each([
    { prefixes: ["10.0.0.0/25", "10.0.0.128/25"], becomes: ["10.0.0.0/24"], because: "neighbours merge" },
    { prefixes: ["10.0.0.0/24", "10.0.0.4/32"], becomes: ["10.0.0.0/24"], because: "a block absorbs what it holds" },
    { prefixes: ["0.0.0.0/0"], becomes: ["0.0.0.0/0"], because: "the whole space is one block" },
    { prefixes: [], becomes: [], because: "nothing stays nothing" },
  ])("$prefixes is $becomes: $because", ({ prefixes, becomes }) => {
    expect(toPrefixes(ipSpaceOf(prefixes.map(prefix))).map(formatPrefix)).toEqual(becomes);
  });

  test("a block without one address is the prefixes around it", () => {
    const rest = subtract(prefixSpace(prefix("10.0.0.0/29")), prefixSpace(prefix("10.0.0.3/32")));
    expect(toPrefixes(rest).map(formatPrefix)).toEqual(["10.0.0.0/31", "10.0.0.2/32", "10.0.0.4/30"]);
  });

  test("prefixes of a set make the set again", () => {
    fc.assert(
      fc.property(fc.array(arbitraryPrefix, { maxLength: 8 }), (prefixes) => {
        const space = ipSpaceOf(prefixes);
        expect(ipSpaceOf(toPrefixes(space))).toEqual(space);
        expect(memberCount(subtract(allAddresses, space)) + memberCount(space)).toBe(2 ** 32);
      }),
    );
  });

  test("a long list is counted, not printed", () => {
    const space = ipSpaceOf(["192.0.2.0/30", "192.0.2.8/30", "192.0.2.16/30"].map(prefix));
    expect(formatIpSpace(space, 2)).toBe("192.0.2.0/30, 192.0.2.8/30 and 1 more");
    expect(formatIpSpace([])).toBe("no address");
  });
});

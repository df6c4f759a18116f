import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prefix } from "../../model/prefix.ts";
import {
  cloudPcCountMax,
  cloudPcCountPeak,
  requiredAddressCount,
  requiredSubnetLength,
  usableAddresses,
} from "../../model/subnet-size.ts";

describe("requiredSubnetLength", () => {
  test.each([
    { cloudPcCount: 1, growth: 0, length: 28, because: "1 + 3 retries + 5 reserved are 9, and a /29 has 8" },
    { cloudPcCount: 5, growth: 0, length: 28, because: "2 × 5 + 5 fill a /28 but one" },
    { cloudPcCount: 6, growth: 0, length: 27, because: "2 × 6 + 5 are one more than a /28" },
    { cloudPcCount: 100, growth: 0.2, length: 24, because: "2 × 120 + 5 are 245" },
    { cloudPcCount: 125, growth: 0, length: 24, because: "2 × 125 + 5 are 255, the last that fits" },
    { cloudPcCount: 126, growth: 0, length: 23, because: "2 × 126 + 5 are 257" },
    { cloudPcCount: 5000, growth: 0.5, length: 18, because: "2 × 7500 + 5 are 15,005" },
  ])("$cloudPcCount Cloud PCs growing by $growth need a /$length: $because", ({ cloudPcCount, growth, length }) => {
    expect(requiredSubnetLength({ cloudPcCount, growth })).toBe(length);
  });

  test("is the longest prefix that holds the demand", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 65_536 }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (cloudPcCount, growth) => {
          const demand = { cloudPcCount, growth };
          const length = requiredSubnetLength(demand);
          expect(2 ** (32 - length)).toBeGreaterThanOrEqual(requiredAddressCount(demand));
          expect(2 ** (31 - length)).toBeLessThan(requiredAddressCount(demand));
        },
      ),
    );
  });

  test("never gives a larger pool a smaller subnet", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), fc.nat(5000), (cloudPcCount, more) => {
        const smaller = requiredSubnetLength({ cloudPcCount, growth: 0.2 });
        expect(requiredSubnetLength({ cloudPcCount: cloudPcCount + more, growth: 0.2 })).toBeLessThanOrEqual(smaller);
      }),
    );
  });
});

describe("cloudPcCountPeak", () => {
  test.each([
    { cloudPcCount: 100, growth: 0.1, peak: 110, because: "100 × 1.1 is 110.00000000000001 in binary" },
    { cloudPcCount: 3, growth: 0.5, peak: 5, because: "half a Cloud PC is one" },
    { cloudPcCount: 7, growth: 0, peak: 7, because: "nothing grows" },
  ])("$cloudPcCount growing by $growth become $peak: $because", ({ cloudPcCount, growth, peak }) => {
    expect(cloudPcCountPeak({ cloudPcCount, growth })).toBe(peak);
  });
});

describe("what a subnet holds", () => {
  // Usable addresses as published for each length: 2^n less the five that Azure keeps.
  test.each([
    { subnet: "10.0.0.0/24", usable: 251, max: 125 },
    { subnet: "10.0.0.0/26", usable: 59, max: 29 },
    { subnet: "10.0.0.0/28", usable: 11, max: 5 },
    { subnet: "10.0.0.0/29", usable: 3, max: 0 },
    { subnet: "10.0.0.0/30", usable: 0, max: 0 },
    { subnet: "10.0.0.0/32", usable: 0, max: 0 },
  ])("$subnet has $usable usable addresses and room for $max Cloud PCs", ({ subnet, usable, max }) => {
    expect(usableAddresses(prefix(subnet))).toBe(usable);
    expect(cloudPcCountMax(prefix(subnet))).toBe(max);
  });

  test("cloudPcCountMax and requiredSubnetLength agree at the boundary", () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 28 }), (length) => {
        const max = cloudPcCountMax({ base: 0, length });
        expect(requiredSubnetLength({ cloudPcCount: max, growth: 0 })).toBeGreaterThanOrEqual(length);
        expect(requiredSubnetLength({ cloudPcCount: max + 1, growth: 0 })).toBeLessThan(length);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  covers,
  hasMember,
  type Intervals,
  intersect,
  intersects,
  intervalsOf,
  memberCount,
  sameIntervals,
  smallest,
  subtract,
  toRanges,
  unite,
} from "../../model/intervals.ts";

const universe = Array.from({ length: 24 }, (_, n) => n);

/** A set over 0..23 and the same set as an array of booleans. */
const arbitrarySet = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 23 })), { maxLength: 6 })
  .map((pairs) => intervalsOf(pairs.map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))));

const members = (set: Intervals) => universe.filter((n) => hasMember(set, n));

describe("interval sets", () => {
  test("every operation agrees with membership, one number at a time", () => {
    fc.assert(
      fc.property(arbitrarySet, arbitrarySet, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        expect(members(unite(a, b))).toEqual(universe.filter((n) => inA.includes(n) || inB.includes(n)));
        expect(members(intersect(a, b))).toEqual(inA.filter((n) => inB.includes(n)));
        expect(members(subtract(a, b))).toEqual(inA.filter((n) => !inB.includes(n)));
        expect(covers(a, b)).toBe(inB.every((n) => inA.includes(n)));
        expect(intersects(a, b)).toBe(inA.some((n) => inB.includes(n)));
        expect(memberCount(a)).toBe(inA.length);
        expect(smallest(a)).toBe(inA[0]);
      }),
      { numRuns: 2000 },
    );
  });

  test("equal sets are equal lists, however they were made", () => {
    fc.assert(
      fc.property(arbitrarySet, arbitrarySet, (a, b) => {
        expect(sameIntervals(unite(intersect(a, b), subtract(a, b)), a)).toBe(true);
        expect(sameIntervals(unite(a, b), unite(b, a))).toBe(true);
        expect(intervalsOf(toRanges(a))).toEqual(a);
      }),
    );
  });
});

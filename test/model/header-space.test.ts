import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  coversFlows,
  type Header,
  type HeaderBox,
  type HeaderSpace,
  hasFlow,
  headerSpaceOf,
  intersectFlows,
  sameFlows,
  smallestFlow,
  subtractFlows,
  uniteFlows,
} from "../../model/header-space.ts";
import { type Intervals, intervalsOf } from "../../model/intervals.ts";
import { protocols } from "../../model/protocol.ts";

const small = (max: number): fc.Arbitrary<Intervals> =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max })), { minLength: 1, maxLength: 2 })
    .map((pairs) => intervalsOf(pairs.map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))));

const arbitraryBox: fc.Arbitrary<HeaderBox> = fc.record({
  source: small(2),
  destination: small(3),
  protocol: small(1),
  sourcePort: small(1),
  destinationPort: small(2),
});

const arbitrarySpace: fc.Arbitrary<HeaderSpace> = fc
  .array(arbitraryBox, { maxLength: 4 })
  .map((boxes) => boxes.reduce<HeaderSpace>((all, box) => uniteFlows(all, headerSpaceOf(box)), []));

const everyHeader: readonly Header[] = [0, 1, 2].flatMap((source) =>
  [0, 1, 2, 3].flatMap((destination) =>
    protocols
      .slice(0, 2)
      .flatMap((protocol) =>
        [0, 1].flatMap((sourcePort) =>
          [0, 1, 2].map((destinationPort) => ({ source, destination, protocol, sourcePort, destinationPort })),
        ),
      ),
  ),
);

const members = (space: HeaderSpace) => everyHeader.filter((header) => hasFlow(space, header));

describe("HeaderSpace", () => {
  test("agrees with membership, one flow at a time", () => {
    fc.assert(
      fc.property(arbitrarySpace, arbitrarySpace, (a, b) => {
        const inB = new Set(members(b));
        expect(members(intersectFlows(a, b))).toEqual(members(a).filter((flow) => inB.has(flow)));
        expect(members(subtractFlows(a, b))).toEqual(members(a).filter((flow) => !inB.has(flow)));
        expect(new Set(members(uniteFlows(a, b)))).toEqual(new Set([...members(a), ...inB]));
        expect(coversFlows(b, a)).toBe(members(a).every((flow) => inB.has(flow)));
      }),
      { numRuns: 500 },
    );
  });

  test("keeps the laws of sets", () => {
    fc.assert(
      fc.property(arbitrarySpace, arbitrarySpace, arbitrarySpace, (a, b, c) => {
        expect(sameFlows(uniteFlows(intersectFlows(a, b), subtractFlows(a, b)), a)).toBe(true);
        expect(
          sameFlows(intersectFlows(a, uniteFlows(b, c)), uniteFlows(intersectFlows(a, b), intersectFlows(a, c))),
        ).toBe(true);
        expect(sameFlows(subtractFlows(a, uniteFlows(b, c)), subtractFlows(subtractFlows(a, b), c))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("boxes stay disjoint", () => {
    fc.assert(
      fc.property(arbitrarySpace, arbitrarySpace, (a, b) => {
        for (const header of everyHeader) {
          expect(uniteFlows(a, b).filter((box) => hasFlow([box], header)).length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("the witness is the smallest flow, by destination first", () => {
    fc.assert(
      fc.property(arbitrarySpace, (space) => {
        const witness = smallestFlow(space);
        const all = members(space);
        expect(witness === undefined).toBe(all.length === 0);
        if (witness === undefined) return;
        expect(hasFlow(space, witness)).toBe(true);
        expect(witness.destination).toBe(Math.min(...all.map((flow) => flow.destination)));
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planAddresses, type SubnetRequest } from "../../model/address-plan.ts";
import { containsPrefix, formatPrefix, type Prefix, prefix, prefixesOverlap } from "../../model/prefix.ts";

const space = (...texts: string[]) => texts.map(prefix);

function plan(addressSpace: readonly Prefix[], requests: readonly SubnetRequest[]) {
  const { prefixes, unplaced } = planAddresses(addressSpace, requests);
  return { placed: Object.fromEntries([...prefixes].map(([name, block]) => [name, formatPrefix(block)])), unplaced };
}

describe("planAddresses", () => {
  test.each([
    {
      because: "computed subnets follow each other in listed order",
      addressSpace: ["10.0.0.0/24"],
      requests: [
        { name: "a", length: 26 },
        { name: "b", length: 26 },
      ],
      placed: { a: "10.0.0.0/26", b: "10.0.0.64/26" },
      unplaced: [],
    },
    {
      because: "a larger subnet starts at its own boundary, and a smaller one fills the gap",
      addressSpace: ["10.0.0.0/24"],
      requests: [
        { name: "a", length: 27 },
        { name: "b", length: 25 },
        { name: "c", length: 27 },
      ],
      placed: { a: "10.0.0.0/27", b: "10.0.0.128/25", c: "10.0.0.32/27" },
      unplaced: [],
    },
    {
      because: "a prefix that is given is kept free, wherever it is listed",
      addressSpace: ["10.0.0.0/24"],
      requests: [
        { name: "a", length: 26 },
        { name: "given", addressPrefix: prefix("10.0.0.0/26") },
      ],
      placed: { a: "10.0.0.64/26", given: "10.0.0.0/26" },
      unplaced: [],
    },
    {
      because: "a given prefix that is larger than the block still blocks all of it",
      addressSpace: ["10.0.0.0/24", "10.0.9.0/24"],
      requests: [
        { name: "given", addressPrefix: prefix("10.0.0.0/21") },
        { name: "a", length: 26 },
      ],
      placed: { given: "10.0.0.0/21", a: "10.0.9.0/26" },
      unplaced: [],
    },
    {
      because: "the second block is used when the first is too small",
      addressSpace: ["10.0.0.0/27", "10.1.0.0/24"],
      requests: [{ name: "a", length: 26 }],
      placed: { a: "10.1.0.0/26" },
      unplaced: [],
    },
    {
      because: "what finds no room is named, and smaller ones after it are still placed",
      addressSpace: ["10.0.0.0/26"],
      requests: [
        { name: "a", length: 27 },
        { name: "b", length: 26 },
        { name: "c", length: 27 },
      ],
      placed: { a: "10.0.0.0/27", c: "10.0.0.32/27" },
      unplaced: ["b"],
    },
    {
      because: "the last block of all addresses is one like any other",
      addressSpace: ["255.255.255.0/24"],
      requests: [
        { name: "a", length: 25 },
        { name: "b", length: 25 },
        { name: "c", length: 25 },
      ],
      placed: { a: "255.255.255.0/25", b: "255.255.255.128/25" },
      unplaced: ["c"],
    },
  ])("$because", ({ addressSpace, requests, placed, unplaced }) => {
    expect(plan(space(...addressSpace), requests)).toEqual({ placed, unplaced });
  });
});

// Small numbers, so that spaces fill up and given prefixes collide with computed ones.
const block = (lengthMin: number, lengthMax: number) =>
  fc.tuple(fc.integer({ min: lengthMin, max: lengthMax }), fc.nat(4095)).map(([length, offset]): Prefix => {
    const size = 2 ** (32 - length);
    return { base: 0x0a00_0000 + Math.floor(offset / size) * size, length };
  });
const request = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 22, max: 30 }).map((length) => ({ length })) },
  { weight: 1, arbitrary: block(23, 30).map((addressPrefix) => ({ addressPrefix })) },
);
const requests = fc
  .array(request, { maxLength: 12 })
  .map((list) => list.map((item, index): SubnetRequest => ({ name: `s${index}`, ...item })));
const addressSpace = fc.array(block(20, 27), { minLength: 1, maxLength: 3 });

describe("properties of planAddresses", () => {
  test("computed subnets lie in the space, have the length asked for, are aligned and overlap nothing", () => {
    fc.assert(
      fc.property(addressSpace, requests, (blocks, asked) => {
        const { prefixes } = planAddresses(blocks, asked);
        for (const item of asked) {
          const placed = prefixes.get(item.name);
          if (placed === undefined || !("length" in item)) continue;
          expect(placed.length).toBe(item.length);
          expect(placed.base % 2 ** (32 - placed.length)).toBe(0);
          expect(blocks.some((outer) => containsPrefix(outer, placed))).toBe(true);
          const others = [...prefixes].filter(([name]) => name !== item.name);
          expect(others.filter(([, other]) => prefixesOverlap(other, placed))).toEqual([]);
        }
      }),
    );
  });

  test("every subnet is placed or named as unplaced, and given ones stay where they are", () => {
    fc.assert(
      fc.property(addressSpace, requests, (blocks, asked) => {
        const { prefixes, unplaced } = planAddresses(blocks, asked);
        expect([...prefixes.keys(), ...unplaced].sort()).toEqual(asked.map(({ name }) => name).sort());
        for (const item of asked)
          if ("addressPrefix" in item) expect(prefixes.get(item.name)).toEqual(item.addressPrefix);
      }),
    );
  });

  test("a subnet is unplaced only if no aligned block of its length is free", () => {
    fc.assert(
      fc.property(addressSpace, requests, fc.integer({ min: 22, max: 30 }), (blocks, asked, length) => {
        const { prefixes, unplaced } = planAddresses(blocks, [...asked, { name: "last", length }]);
        if (!unplaced.includes("last")) return;
        const size = 2 ** (32 - length);
        for (const outer of blocks) {
          for (let base = outer.base; base + size <= outer.base + 2 ** (32 - outer.length); base += size) {
            const candidate = { base, length };
            if (!containsPrefix(outer, candidate)) continue;
            expect([...prefixes.values()].some((taken) => prefixesOverlap(taken, candidate))).toBe(true);
          }
        }
      }),
    );
  });

  test("a computed subnet that is appended moves none before it", () => {
    fc.assert(
      fc.property(addressSpace, requests, fc.integer({ min: 22, max: 30 }), (blocks, asked, length) => {
        const before = planAddresses(blocks, asked);
        const after = planAddresses(blocks, [...asked, { name: "last", length }]);
        expect([...after.prefixes].filter(([name]) => name !== "last")).toEqual([...before.prefixes]);
      }),
    );
  });

  test("the same requests give the same plan", () => {
    fc.assert(
      fc.property(addressSpace, requests, (blocks, asked) => {
        expect(planAddresses(structuredClone(blocks), structuredClone(asked))).toEqual(planAddresses(blocks, asked));
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isInside, overlaps, readAddress, readCidr, readRange, writeAddress } from "../../../sandbox/arm/addresses.ts";

describe("readCidr", () => {
  test.each([
    { text: "10.20.0.0/16", canonical: "10.20.0.0/16", isCanonical: true },
    { text: "10.20.1.4/24", canonical: "10.20.1.0/24", isCanonical: false },
    { text: "0.0.0.0/0", canonical: "0.0.0.0/0", isCanonical: true },
    { text: "255.255.255.255/32", canonical: "255.255.255.255/32", isCanonical: true },
  ])("reads $text as $canonical", ({ text, canonical, isCanonical }) => {
    expect(readCidr(text)).toMatchObject({ canonical, isCanonical });
  });

  test.each(["10.0.0.0", "10.0.0.0/33", "010.0.0.0/8", "10.0.0.256/32", "10.0/16", " 10.0.0.0/8", "2001:db8::/32", ""])(
    'reads "%s" as nothing',
    (text) => {
      expect(readCidr(text)).toBeUndefined();
    },
  );
});

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const cidr = fc
  .tuple(address, fc.integer({ min: 0, max: 32 }))
  .map(([base, length]) => `${writeAddress(base)}/${length}`);

test("an address survives being written and read", () => {
  fc.assert(fc.property(address, (value) => readAddress(writeAddress(value)) === value));
});

test("the canonical form of a block is canonical and holds the address it was written with", () => {
  fc.assert(
    fc.property(cidr, (text) => {
      const block = readCidr(text);
      const again = readCidr(block?.canonical ?? "");
      const written = readAddress(text.split("/")[0] ?? "") ?? -1;
      expect(again).toEqual({ ...block, isCanonical: true });
      expect(block && isInside({ first: written, last: written }, block)).toBe(true);
    }),
  );
});

test("two blocks overlap exactly when one is inside the other", () => {
  fc.assert(
    fc.property(cidr, cidr, (a, b) => {
      const [one, two] = [readCidr(a), readCidr(b)];
      if (!one || !two) throw new Error("both are blocks");
      expect(overlaps(one, two)).toBe(isInside(one, two) || isInside(two, one));
    }),
  );
});

test.each([
  { text: "10.0.0.1", first: "10.0.0.1", last: "10.0.0.1" },
  { text: "10.0.0.0/30", first: "10.0.0.0", last: "10.0.0.3" },
  { text: "10.0.0.1-10.0.0.9", first: "10.0.0.1", last: "10.0.0.9" },
])("reads the range $text", ({ text, first, last }) => {
  expect(readRange(text)).toMatchObject({ first: readAddress(first), last: readAddress(last) });
});

test.each(["10.0.0.9-10.0.0.1", "10.0.0.1-", "10.0.0.1-10.0.0.2-10.0.0.3", "fe80::1"])('"%s" is no range', (text) => {
  expect(readRange(text)).toBeUndefined();
});

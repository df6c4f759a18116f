import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearest, oneOf } from "../../config/suggest.ts";

describe("nearest", () => {
  const regions = ["westeurope", "northeurope", "westus2", "westus3", "eastus", "eastus2"];

  test.each([
    { word: "westeurop", found: "westeurope", because: "a letter is missing" },
    { word: "westeuorpe", found: "westeurope", because: "two letters are swapped" },
    { word: "West Europe", found: "westeurope", because: "case does not count, a space does little" },
    { word: "eastus3", found: "eastus", because: "the first of equals wins" },
    { word: "northeu", found: "northeurope", because: "it is the start of only one" },
    { word: "west", found: undefined, because: "it is the start of several" },
    { word: "antarctica", found: undefined, because: "it is like none" },
  ])("$word is $found: $because", ({ word, found }) => {
    expect(nearest(word, regions)).toBe(found);
  });

  test("a word is nearest to itself", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, selector: (word) => word.toLowerCase() }),
        (words) => {
          for (const word of words) expect(nearest(word, words)).toBe(word);
        },
      ),
    );
  });
});

describe("oneOf", () => {
  test.each([
    { values: [], text: "" },
    { values: ["a"], text: '"a"' },
    { values: ["a", "b"], text: '"a" or "b"' },
    { values: ["a", "b", 3], text: '"a", "b" or 3' },
  ])("$text", ({ values, text }) => {
    expect(oneOf(values)).toBe(text);
  });
});

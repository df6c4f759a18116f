import { describe, expect, test } from "vitest";
import { problemsOf, readData, template } from "../read.ts";

const named = (name: string) => ({ type: "Microsoft.Network/routeTables", name: "rt", location: name, properties: {} });
const nested = (depth: number): object =>
  depth === 0
    ? named("westeurope")
    : {
        type: "Microsoft.Resources/deployments",
        name: "d",
        copy: { name: "c", count: 800 },
        properties: { template: template([nested(depth - 1)]) },
      };

/** `v0`, then `v1` made of `v0` twice, and so on. */
const doubling = (first: string, twice: (previous: string) => string) =>
  Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`v${index}`, index === 0 ? first : twice(`variables('v${index - 1}')`)]),
  );

describe("a template cannot keep the reader busy or fill its memory", () => {
  test.each([
    {
      because: "a text that doubles in each line",
      variables: doubling("aaaaaaaaaa", (previous) => `[concat(${previous}, ${previous})]`),
      value: "[variables('v59')]",
      reason: "the text is too long",
    },
    {
      because: "an array that doubles in each line",
      variables: doubling("[createArray(1, 2)]", (previous) => `[createArray(${previous}, ${previous})]`),
      value: "[string(variables('v59'))]",
      reason: "the value is too large",
    },
    {
      because: "an unknown value that doubles in each line",
      variables: doubling("[parameters('p')]", (previous) => `[concat(${previous}, ${previous})]`),
      value: "[variables('v59')]",
      reason: 'parameter "p" has no default and no value',
    },
    {
      because: "a chain of thousands of variables",
      variables: Object.fromEntries(
        Array.from({ length: 5000 }, (_, index) => [`v${index}`, index === 0 ? "x" : `[variables('v${index - 1}')]`]),
      ),
      value: "[variables('v4999')]",
      reason: "expressions refer to one another over more than 150 levels",
    },
  ])("$because", ({ variables, value, reason }) => {
    const input = template([named(value)], { parameters: { p: { type: "string" } }, variables });
    expect(readData(input).estate.routeTables[0]?.location).toMatchObject({ unknown: reason });
  });

  test("loops inside loops end with a problem, once", () => {
    const path = "resources[0].properties.template.".repeat(4);
    expect(problemsOf({ name: "t.json", text: JSON.stringify(template([nested(4)])) })).toEqual([
      `t.json:1: ${path}resources[0]: the templates declare more resources than can be read`,
    ]);
  }, 60_000);
});

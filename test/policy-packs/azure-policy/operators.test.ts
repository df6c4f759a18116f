import { describe, expect, test } from "vitest";
import { jsonValue } from "../../../policy-packs/azure-policy/json-value.ts";
import { compare } from "../../../policy-packs/azure-policy/operators.ts";

const none = Symbol("no such property");
const answer = (operator: string, actual: unknown, expected: unknown) =>
  compare(operator, actual === none ? undefined : jsonValue(actual), jsonValue(expected));

describe("an operator of Azure Policy", () => {
  test.each([
    { operator: "equals", actual: "WestEurope", expected: "westeurope", holds: true, because: "case does not count" },
    {
      operator: "equals",
      actual: true,
      expected: "true",
      holds: true,
      because: "a truth value is also written as text",
    },
    { operator: "equals", actual: 443, expected: "443", holds: true, because: "so is a number" },
    { operator: "equals", actual: none, expected: "x", holds: false, because: "what is not there equals no text" },
    { operator: "equals", actual: ["a"], expected: "a", holds: false, because: "an array is no text" },
    { operator: "equals", actual: [], expected: [], holds: true, because: "an empty array equals one" },
    { operator: "notEquals", actual: none, expected: "x", holds: true, because: "a negation is the opposite" },
    { operator: "like", actual: "rg-w365-nic", expected: "RG-*-nic", holds: true, because: "a star is any text" },
    { operator: "like", actual: "a.b", expected: "a?b", holds: false, because: "nothing else is a wildcard" },
    { operator: "notLike", actual: none, expected: "*", holds: true, because: "what is not there is like nothing" },
    { operator: "match", actual: "vm-01a", expected: "vm-##?", holds: true, because: "digits and letters" },
    { operator: "match", actual: "VM-01a", expected: "vm-##?", holds: false, because: "case counts here" },
    { operator: "matchInsensitively", actual: "VM-01a", expected: "vm-##?", holds: true, because: "but not here" },
    { operator: "match", actual: "a-b", expected: "a.b", holds: true, because: "a dot is any character" },
    { operator: "notMatchInsensitively", actual: "vm", expected: "###", holds: true, because: "negated" },
    { operator: "contains", actual: "snet-CloudPC", expected: "cloudpc", holds: true, because: "without case" },
    { operator: "contains", actual: ["a", "b"], expected: "B", holds: true, because: "a member of an array" },
    { operator: "notContains", actual: none, expected: "x", holds: true, because: "nothing contains nothing" },
    { operator: "in", actual: "A", expected: ["a", "b"], holds: true, because: "without case" },
    { operator: "notIn", actual: none, expected: ["a"], holds: true, because: "what is not there is in no list" },
    {
      operator: "containsKey",
      actual: { CostCentre: "1" },
      expected: "costcentre",
      holds: true,
      because: "keys have no case",
    },
    { operator: "notContainsKey", actual: {}, expected: "x", holds: true, because: "no key" },
    { operator: "exists", actual: none, expected: "false", holds: true, because: "it is not there" },
    { operator: "exists", actual: "x", expected: true, holds: true, because: "it is there" },
    { operator: "less", actual: 3, expected: 4, holds: true, because: "numbers" },
    {
      operator: "greaterOrEquals",
      actual: "2026-11-21T00:00:00Z",
      expected: "2026-11-20T00:00:00Z",
      holds: true,
      because: "dates as texts",
    },
    { operator: "lessOrEquals", actual: "B", expected: "b", holds: true, because: "texts without case" },
  ])("$operator of $actual and $expected is $holds: $because", ({ operator, actual, expected, holds }) => {
    expect(answer(operator, actual, expected)).toBe(holds);
  });

  test.each([
    {
      operator: "less",
      actual: "3",
      expected: 4,
      reason: "Azure does not order a value of type string and a value of type number",
    },
    {
      operator: "greater",
      actual: none,
      expected: 4,
      reason: "Azure does not order nothing and a value of type number",
    },
    { operator: "in", actual: "a", expected: "a", reason: '"in" needs an array, not a value of type string' },
    { operator: "less", actual: "ä", expected: "b", reason: "how these texts are ordered is not known" },
    {
      operator: "equals",
      actual: none,
      expected: "",
      reason: "whether a property that is not there equals an empty text is not documented",
    },
  ])("does not know $operator of $actual and $expected", ({ operator, actual, expected, reason }) => {
    expect(answer(operator, actual, expected)).toEqual({ unknown: reason });
  });

  test("that Azure does not have is none", () => {
    expect(answer("equalsAlmost", "a", "a")).toBeUndefined();
    expect(answer("notLess", 1, 2)).toBeUndefined();
  });
});

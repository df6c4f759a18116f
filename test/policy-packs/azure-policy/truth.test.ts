import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUnknown, unknown } from "../../../model/read.ts";
import { allOf, anyOf, not, type Truth } from "../../../policy-packs/azure-policy/truth.ts";

/** A formula whose leaves are numbered; each number occurs once. */
type Formula =
  | { readonly leaf: number }
  | { readonly not: Formula }
  | { readonly allOf: readonly Formula[] }
  | { readonly anyOf: readonly Formula[] };

function evaluate(formula: Formula, leaves: readonly Truth[]): Truth {
  if ("leaf" in formula) return leaves[formula.leaf] ?? false;
  if ("not" in formula) return not(evaluate(formula.not, leaves));
  if ("allOf" in formula) return allOf(formula.allOf.map((part) => evaluate(part, leaves)));
  return anyOf(formula.anyOf.map((part) => evaluate(part, leaves)));
}

/** Numbers the leaves of a formula from 0. */
function numbered(formula: Formula, next = { leaf: 0 }): Formula {
  if ("leaf" in formula) return { leaf: next.leaf++ };
  if ("not" in formula) return { not: numbered(formula.not, next) };
  if ("allOf" in formula) return { allOf: formula.allOf.map((part) => numbered(part, next)) };
  return { anyOf: formula.anyOf.map((part) => numbered(part, next)) };
}

const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4, depthIdentifier: "formula" },
    fc.constant({ leaf: 0 }),
    tie("formula").map((part) => ({ not: part })),
    fc.array(tie("formula"), { maxLength: 3, depthIdentifier: "formula" }).map((parts) => ({ allOf: parts })),
    fc.array(tie("formula"), { maxLength: 3, depthIdentifier: "formula" }).map((parts) => ({ anyOf: parts })),
  ),
}));

const open = unknown("nobody knows");
const leaves = fc.array(fc.constantFrom<Truth>(true, false, open), { minLength: 8, maxLength: 8 });

/** Every way to fill in what is not known. */
function completions([first, ...rest]: readonly Truth[]): readonly (readonly boolean[])[] {
  if (first === undefined) return [[]];
  const tails = completions(rest);
  return (isUnknown(first) ? [true, false] : [first]).flatMap((value) => tails.map((tail) => [value, ...tail]));
}

describe("the three-valued logic of policies", () => {
  test("answers what every way to fill in the unknown answers, and otherwise that it is not known", () => {
    fc.assert(
      fc.property(
        formula.map((each) => numbered(each)),
        leaves,
        (each, given) => {
          const answer = evaluate(each, given);
          const possible = new Set(completions(given).map((filled) => evaluate(each, filled)));
          expect(isUnknown(answer) ? 2 : 1).toBe(possible.size);
          if (!isUnknown(answer)) expect(possible).toEqual(new Set([answer]));
        },
      ),
    );
  });

  test("lets all of nothing hold, and none of it", () => {
    expect([allOf([]), anyOf([])]).toEqual([true, false]);
  });
});

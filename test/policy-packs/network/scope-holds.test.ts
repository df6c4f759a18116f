import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scopeHolds } from "../../../policy-packs/network/scope-holds.ts";

const group = "/subscriptions/s/resourceGroups/rg";
const segment = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);

describe("scopeHolds", () => {
  test.each([
    { scope: group, id: group, holds: true },
    { scope: "/subscriptions/s", id: group, holds: true },
    { scope: "/SUBSCRIPTIONS/S/", id: group, holds: true },
    { scope: group, id: "/subscriptions/s", holds: false },
    { scope: group, id: `${group}-2`, holds: false },
    { scope: "/subscriptions/t", id: group, holds: false },
    { scope: "/subscriptions/{subscription}/resourceGroups/other", id: group, holds: false },
  ])("$scope holds $id: $holds", ({ scope, id, holds }) => {
    expect(scopeHolds(scope, id)).toBe(holds);
  });

  test("is not known where only a placeholder tells two ids apart", () => {
    expect(scopeHolds("/subscriptions/{subscription}/resourceGroups/rg", group)).toEqual({
      unknown: `"/subscriptions/{subscription}/resourceGroups/rg" and "${group}" compare only once the template is deployed`,
    });
  });

  test("every scope holds itself and what is below it, and nothing above it", () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), segment, (path, below) => {
        const scope = `/${path.join("/")}`;
        expect(scopeHolds(scope, scope)).toBe(true);
        expect(scopeHolds(scope, `${scope}/${below}`)).toBe(true);
        expect(scopeHolds(`${scope}/${below}`, scope)).toBe(false);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  describeScope,
  encloses,
  indexByScope,
  sameScope,
  scopeKind,
} from "../../../policy-packs/identity/azure-scope.ts";

const subscription = "/subscriptions/s";
const group = `${subscription}/resourceGroups/rg`;
const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
const managementGroup = "/providers/Microsoft.Management/managementGroups/corp";

describe("scopes", () => {
  test.each([
    { scope: "/", kind: "managementGroup" },
    { scope: managementGroup, kind: "managementGroup" },
    { scope: subscription, kind: "subscription" },
    { scope: `${group}/`, kind: "resourceGroup" },
    { scope: network, kind: "virtualNetwork" },
    { scope: `${network}/subnets/cpc`, kind: "resource" },
  ])("$scope is of kind $kind", ({ scope, kind }) => {
    expect(scopeKind(scope)).toBe(kind);
  });

  test.each([
    { a: group, b: group.toUpperCase(), same: true, because: "ids compare without case" },
    {
      a: group,
      b: "/subscriptions/{subscription}/resourceGroups/rg",
      same: true,
      because: "a placeholder is any subscription",
    },
    { a: group, b: "/subscriptions/other/resourceGroups/rg", same: false, because: "the subscriptions differ" },
    { a: group, b: `${group}-2`, same: false, because: "a name is compared whole" },
  ])("$a and $b are one: $same, because $because", ({ a, b, same }) => {
    expect(sameScope(a, b)).toBe(same);
    expect(encloses(a, b)).toBe(false);
  });

  test("each encloses those below it, and a management group may hold any subscription", () => {
    const chain = ["/", managementGroup, subscription, group, network];
    for (const [index, outer] of chain.entries()) {
      expect(chain.filter((inner) => encloses(outer, inner))).toEqual(chain.slice(index + 1));
    }
  });

  test("are named in words", () => {
    expect([managementGroup, subscription, group, network].map(describeScope)).toEqual([
      'management group "corp"',
      'subscription "s"',
      'resource group "rg"',
      'virtual network "vnet"',
    ]);
  });
});

test("an index finds what comparing with each finds", () => {
  const name = fc.constantFrom("a", "B", "b");
  const id = fc.constantFrom("s", "t", "{subscription}");
  const scope = fc.oneof(
    fc.constantFrom("/", managementGroup),
    id.map((one) => `/subscriptions/${one}`),
    fc.tuple(id, name).map(([one, rg]) => `/subscriptions/${one}/resourceGroups/${rg}`),
    fc
      .tuple(id, name, name)
      .map(
        ([one, rg, vnet]) =>
          `/subscriptions/${one}/resourceGroups/${rg}/providers/Microsoft.Network/virtualNetworks/${vnet}`,
      ),
  );
  fc.assert(
    fc.property(fc.array(scope), scope, (scopes, wanted) => {
      const index = indexByScope(scopes, (each) => each);
      expect([...index.at(wanted)].sort()).toEqual(scopes.filter((each) => sameScope(each, wanted)).sort());
      expect([...index.above(wanted)].sort()).toEqual(scopes.filter((each) => encloses(each, wanted)).sort());
    }),
  );
});

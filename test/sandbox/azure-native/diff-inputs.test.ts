import { describe, expect, test } from "vitest";
import { diffInputs } from "../../../sandbox/azure-native/diff-inputs.ts";
import { refreshedInputs } from "../../../sandbox/azure-native/refreshed-inputs.ts";
import { resourceTypeOf } from "../../../sandbox/azure-native/resource-types.ts";
import type { PropertyMap } from "../../../sandbox/protocol/property-values.ts";

const address = resourceTypeOf("azure-native:network:PublicIPAddress");
const diff = (olds: PropertyMap, news: PropertyMap, replaceOn: readonly string[] = []) => {
  if (address === undefined) throw new Error("no type");
  return diffInputs(address, olds, news, replaceOn);
};

describe("the difference of inputs", () => {
  test.each([
    {
      case: "a tag that is added",
      olds: { tags: {} },
      news: { tags: { a: "1" } },
      change: { path: "tags.a", kind: "add", replaces: false },
    },
    {
      case: "an element that is gone",
      olds: { zones: ["1", "2"] },
      news: { zones: ["1"] },
      change: { path: "zones[1]", kind: "delete", replaces: false },
    },
    {
      case: "a name",
      olds: { publicIpAddressName: "a" },
      news: { publicIpAddressName: "b" },
      change: { path: "publicIpAddressName", kind: "update", replaces: true },
    },
    {
      case: "a part of what replaces",
      olds: { sku: { name: "a" } },
      news: { sku: { name: "b" } },
      change: { path: "sku.name", kind: "update", replaces: true },
    },
    {
      case: "a whole object with what replaces in it",
      olds: {},
      news: { publicIPPrefix: { id: "/p" } },
      change: { path: "publicIPPrefix", kind: "add", replaces: true },
    },
  ])("$case is seen", ({ olds, news, change }) => {
    expect(diff(olds, news, ["sku", "properties.publicIPPrefix.id"]).changes).toEqual([change]);
  });

  test.each([
    { case: "case and spaces of the location", olds: { location: "West Europe" }, news: { location: "westeurope" } },
    { case: "azure-native's mark of a random name", olds: { __createBeforeDelete: true }, news: {} },
    { case: "the API version that an import lacks", olds: {}, news: { azureApiVersion: "2024-05-01" } },
  ])("$case is none", ({ olds, news }) => {
    expect(diff(olds, news).changes).toEqual([]);
  });

  test("a replacement deletes first, unless the name was made at random", () => {
    expect(diff({ publicIpAddressName: "a" }, { publicIpAddressName: "b" }).deleteBeforeReplace).toBe(true);
    const random = { publicIpAddressName: "a", __createBeforeDelete: true };
    expect(diff(random, { publicIpAddressName: "b" }).deleteBeforeReplace).toBe(false);
  });
});

describe("inputs after a refresh", () => {
  test.each([
    {
      case: "what did not change stays as it was written",
      inputs: { a: "A" },
      before: { a: "a" },
      now: { a: "a" },
      expected: { a: "A" },
    },
    { case: "a default of Azure does not become an input", inputs: {}, before: { a: 4 }, now: { a: 4 }, expected: {} },
    { case: "a changed default does", inputs: {}, before: { a: 4 }, now: { a: 5 }, expected: { a: 5 } },
    {
      case: "what was removed is gone",
      inputs: { a: { id: "/x" } },
      before: { a: { id: "/x" } },
      now: {},
      expected: {},
    },
    {
      case: "only the changed part of an object is taken",
      inputs: { a: { b: 1 } },
      before: { a: { b: 1, c: 2 } },
      now: { a: { b: 9, c: 2 } },
      expected: { a: { b: 9 } },
    },
    {
      case: "a list grows",
      inputs: { a: [{ b: 1 }] },
      before: { a: [{ b: 1, c: 2 }] },
      now: { a: [{ b: 1, c: 2 }, { b: 3 }] },
      expected: { a: [{ b: 1 }, { b: 3 }] },
    },
  ])("$case", ({ inputs, before, now, expected }) => {
    expect(refreshedInputs(inputs, before, now)).toEqual(expected);
  });
});

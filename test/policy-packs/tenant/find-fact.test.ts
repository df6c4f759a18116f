import { describe, expect, test } from "vitest";
import { findFact } from "../../../policy-packs/tenant/find-fact.ts";

const facts = [
  "/subscriptions/a/resourceGroups/rg-nic",
  "/subscriptions/a/resourceGroups/rg-net",
  "/subscriptions/b/resourceGroups/rg-net",
].map((id) => ({ id }));
const network = (scope: string) => `${scope}/providers/Microsoft.Network/virtualNetworks/vnet`;

describe("findFact", () => {
  test.each([
    { id: "/subscriptions/A/resourceGroups/RG-NIC/", finds: 0, because: "ids have no case" },
    {
      id: "/subscriptions/{subscription}/resourceGroups/rg-nic",
      finds: 0,
      because: "only one subscription has the group",
    },
    {
      id: "/subscriptions/{subscription}/resourceGroups/rg-net",
      finds: -1,
      because: "two subscriptions have the group",
    },
    { id: "/subscriptions/c/resourceGroups/rg-nic", finds: -1, because: "another subscription is another group" },
    { id: "/subscriptions/{subscription}/resourceGroups/rg-new", finds: -1, because: "nobody has the group" },
  ])("$id: $because", ({ id, finds }) => {
    expect(findFact(facts, id)).toBe(facts[finds]);
  });

  test("takes a network of a template by what is behind its placeholders, if there is one only", () => {
    const [own, twin] = [
      { id: network("/subscriptions/a/resourceGroups/rg-net") },
      { id: network("/subscriptions/a/resourceGroups/rg-b") },
    ];
    const wanted = network("/subscriptions/{subscription}/resourceGroups/{resource-group}");
    expect(findFact([own], wanted)).toBe(own);
    expect(findFact([own, twin], wanted)).toBeUndefined();
    expect(findFact([own, twin], network("/subscriptions/{subscription}/resourceGroups/rg-net"))).toBe(own);
  });
});

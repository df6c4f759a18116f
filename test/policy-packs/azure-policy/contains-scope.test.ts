import { describe, expect, test } from "vitest";
import { isUnknown } from "../../../model/read.ts";
import { containsScope } from "../../../policy-packs/azure-policy/contains-scope.ts";
import type { TenantFacts } from "../../../policy-packs/tenant-facts.ts";
import { tenant } from "../tenant.ts";

const groups: TenantFacts = {
  ...tenant,
  subscriptions: [{ subscriptionId: "a", state: "Enabled", managementGroups: ["mg-near", "mg-root"] }],
};
const managementGroup = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`;
const nic = "/subscriptions/a/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/n";

describe("containsScope", () => {
  test.each([
    { scope: "/subscriptions/A", id: nic, answer: true, because: "a subscription holds all of it, ids have no case" },
    { scope: "/subscriptions/a/resourceGroups/rg", id: nic, answer: true, because: "a group holds its resources" },
    {
      scope: "/subscriptions/a/resourceGroups/r",
      id: nic,
      answer: false,
      because: "a beginning of a name is another name",
    },
    { scope: nic, id: "/subscriptions/a/resourceGroups/rg", answer: false, because: "a resource holds no group" },
    { scope: "/", id: nic, answer: true, because: "the tenant holds all" },
    { scope: managementGroup("MG-root"), id: nic, answer: true, because: "it is above the subscription" },
    { scope: managementGroup("mg-other"), id: nic, answer: false, because: "it is not" },
    { scope: managementGroup("tenant-a"), id: nic, answer: true, because: "the group of the tenant is above all" },
    {
      scope: managementGroup("mg-root"),
      id: nic.replace("/a/", "/b/"),
      answer: "unknown",
      because: "nobody read what is above that subscription",
    },
    {
      scope: "/subscriptions/a",
      id: nic.replace("/a/", "/{subscription}/"),
      answer: true,
      because: "the facts know one subscription only",
    },
    {
      scope: "/subscriptions/b",
      id: nic.replace("/a/", "/{subscription}/"),
      answer: false,
      because: "and that is another one",
    },
    {
      scope: "/subscriptions/a/resourceGroups/x",
      id: nic.replace("/rg/", "/{resource-group}/"),
      answer: "unknown",
      because: "the group is known later",
    },
    {
      scope: "/subscriptions/b/resourceGroups/x",
      id: nic.replace("/rg/", "/{resource-group}/"),
      answer: false,
      because: "in another subscription it cannot be",
    },
  ])("$scope and $id: $because", ({ scope, id, answer }) => {
    const truth = containsScope(scope, id, groups);
    expect(isUnknown(truth) ? "unknown" : truth).toBe(answer);
  });

  test("takes no subscription for a placeholder where the facts know several, or none", () => {
    const several = {
      ...groups,
      subscriptions: ["a", "b"].map((subscriptionId) => ({ subscriptionId, state: "Enabled" as const })),
    };
    const id = nic.replace("/a/", "/{subscription}/");
    expect([several, undefined].map((facts) => isUnknown(containsScope("/subscriptions/a", id, facts)))).toEqual([
      true,
      true,
    ]);
  });
});

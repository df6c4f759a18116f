import { describe, expect, test } from "vitest";
import { builtInRole } from "../../../catalogue/roles.ts";
import type { Lock } from "../../../model/estate/governance.ts";
import type { Estate } from "../../../model/estate.ts";
import { unknown } from "../../../model/read.ts";
import { resourceGroupUnlocked } from "../../../policy-packs/network/rules/resource-group-unlocked.ts";
import { design, findingsOf } from "../design.ts";
import { tenant, tenantFindings } from "../tenant.ts";

const group = "/subscriptions/s/resourceGroups/rg-nics";
const roleDefinition = builtInRole("windows365-network-interface-contributor").roleDefinitionId;

/** The grant that tells where the network interfaces go. */
const granted = {
  id: `${group}/providers/Microsoft.Authorization/roleAssignments/a`,
  name: "a",
  scope: group,
  principalId: "p",
  roleDefinitionId: `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${roleDefinition}`,
};

const lock = (scope: string, level: Lock["level"] = "CanNotDelete"): Lock => ({
  id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
  name: "keep",
  scope,
  level,
});

const locked = (one: Lock, more: Partial<Estate> = { roleAssignments: [granted] }) => ({
  more: { ...more, locks: [one] },
});
const where = 'resource group "rg-nics", where Windows 365 makes and deletes network interfaces';

describe("resource-group-unlocked", () => {
  test.each([
    {
      case: "a lock of the group",
      words: locked(lock(group)),
      finding: `fail: lock "keep" (CanNotDelete) covers ${where}`,
    },
    {
      case: "a lock of the subscription, in other letters",
      words: locked(lock("/SUBSCRIPTIONS/S", "ReadOnly")),
      finding: `fail: lock "keep" (ReadOnly) covers ${where}`,
    },
    {
      case: "a lock whose level nobody could read, as undecided",
      words: locked(lock(group, unknown('parameter "level" has no default'))),
      finding: `undecided: whether lock "keep" stands in the way in ${where} is not known: parameter "level" has no default`,
    },
    {
      case: "a lock of a template's resource group, as undecided",
      words: locked(lock("/subscriptions/{subscription}/resourceGroups/{resource-group}")),
      finding: `undecided: whether lock "keep" stands in the way in ${where} is not known: "/subscriptions/{subscription}/resourceGroups/{resource-group}" and "${group}" compare only once the template is deployed`,
    },
    {
      case: "a lock of some group, where nothing tells which one matters, as undecided",
      words: locked(lock(group), {}),
      finding:
        'undecided: whether lock "keep" covers the resource group of the network interfaces is not known: neither a connection nor a role assignment of the input names the group',
    },
  ])("finds $case", ({ words, finding }) => {
    expect(findingsOf(resourceGroupUnlocked, words)).toEqual([finding]);
  });

  test("names the error types of each kind of lock", () => {
    const types = (level: Lock["level"]) =>
      resourceGroupUnlocked.judge(design(locked(lock(group, level))))[0]?.observations[0]?.errorTypes;
    expect(types("ReadOnly")).toEqual(["resourceAvailabilityCheckResourceGroupLockedForReadonly"]);
    expect(types("CanNotDelete")).toEqual([
      "resourceAvailabilityCheckResourceGroupLockedForDelete",
      "resourceAvailabilityCheckDeploymentQuotaLimitReached",
    ]);
  });

  test.each([
    { case: "a lock of the next group", scope: "/subscriptions/s/resourceGroups/rg-nics-2" },
    { case: "a lock of another subscription", scope: "/subscriptions/t" },
    {
      case: "a lock of the virtual network",
      scope: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/spoke",
    },
  ])("passes $case", ({ scope }) => {
    expect(findingsOf(resourceGroupUnlocked, locked(lock(scope)))).toEqual([]);
  });

  test("says what it takes as given", () => {
    expect(resourceGroupUnlocked.judge(design({ more: { roleAssignments: [granted] } }))[0]?.assumptions).toEqual([
      "no lock outside of the input covers the resource group of the network interfaces",
    ]);
    expect(resourceGroupUnlocked.judge(design())[0]?.assumptions).toEqual([
      "no lock covers the resource group of the network interfaces, which the input does not name",
    ]);
  });

  test("takes locks of the facts of the tenant, and assumes nothing about others then", () => {
    const words = { more: { roleAssignments: [granted] } };
    expect(tenantFindings(resourceGroupUnlocked, { locks: [lock("/subscriptions/s")] }, words)).toEqual([
      `fail [resourceAvailabilityCheckResourceGroupLockedForDelete, resourceAvailabilityCheckDeploymentQuotaLimitReached]: lock "keep" (CanNotDelete) covers ${where}`,
    ]);
    const judged = { ...design(words), tenant: { ...tenant, locks: [] } };
    expect(resourceGroupUnlocked.judge(judged).flatMap(({ assumptions }) => assumptions)).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { resourceGroupExists } from "../../../policy-packs/network/rules/resource-group-exists.ts";
import { connection, tenantFindings } from "../tenant.ts";

const id = "/subscriptions/s/resourceGroups/rg-nic";
const made = {
  more: { azureNetworkConnections: [connection()], resourceGroups: [{ id, name: "rg-nic" }] },
};

describe("resource-group-exists", () => {
  test.each([
    {
      case: "a group that nobody finds",
      state: "NotFound",
      finding:
        'fail [resourceAvailabilityCheckResourceGroupInvalid]: resource group "rg-nic" was looked for and is not there, and the design does not make it',
    },
    {
      case: "a group that is being deleted",
      state: "Deleting",
      finding:
        'fail [resourceAvailabilityCheckResourceGroupBeingDeleted]: resource group "rg-nic" is being deleted; no network interface can be made in it',
    },
    {
      case: "a group in another state, as undecided",
      state: "Failed",
      finding:
        'undecided [resourceAvailabilityCheckResourceGroupInvalid]: resource group "rg-nic" is in state "Failed", expected "Succeeded"',
    },
  ])("tells of $case", ({ state, finding }) => {
    expect(tenantFindings(resourceGroupExists, { resourceGroups: [{ id, state }] })).toEqual([finding]);
  });

  test("passes a group that exists, and one that the design makes", () => {
    const upper = id.toUpperCase();
    expect(tenantFindings(resourceGroupExists, { resourceGroups: [{ id: upper, state: "Succeeded" }] })).toEqual([]);
    expect(tenantFindings(resourceGroupExists, { resourceGroups: [{ id, state: "NotFound" }] }, made)).toEqual([]);
    expect(tenantFindings(resourceGroupExists, { resourceGroups: [] }, made)).toEqual([]);
  });

  test("fails a group that the design has, while it is being deleted", () => {
    expect(tenantFindings(resourceGroupExists, { resourceGroups: [{ id, state: "Deleting" }] }, made)).toHaveLength(1);
  });

  test("leaves a group undecided that is neither made nor among the facts", () => {
    expect(tenantFindings(resourceGroupExists, { resourceGroups: [] })).toEqual([
      'undecided [resourceAvailabilityCheckResourceGroupInvalid, resourceAvailabilityCheckResourceGroupBeingDeleted]: whether resource group "rg-nic" exists is not known: it is not among the resource groups of the facts',
    ]);
  });

  test("does not apply without the facts", () => {
    expect(tenantFindings(resourceGroupExists, {})).toBeUndefined();
  });
});

import { describe, expect, test } from "vitest";
import { deploymentHistoryHasRoom } from "../../../policy-packs/network/rules/deployment-history-has-room.ts";
import { tenantFindings } from "../tenant.ts";

const facts = (deploymentCount: number) => ({
  resourceGroups: [{ id: "/subscriptions/s/resourceGroups/rg-nic", state: "Succeeded", deploymentCount }],
});

describe("deployment-history-has-room", () => {
  test("fails a history that is full", () => {
    expect(tenantFindings(deploymentHistoryHasRoom, facts(800))).toEqual([
      'fail [resourceAvailabilityCheckDeploymentQuotaLimitReached]: resource group "rg-nic" has 800 deployments in its history, and 800 is the most; Windows 365 can make no network interface',
    ]);
  });

  test.each([799, 776])("leaves %i deployments undecided, which Azure should have deleted by itself", (count) => {
    expect(tenantFindings(deploymentHistoryHasRoom, facts(count))).toEqual([
      `undecided [resourceAvailabilityCheckDeploymentQuotaLimitReached]: resource group "rg-nic" has ${count} deployments in its history of 800; Azure deletes old ones from 775 on, so something such as a lock may keep it from doing so`,
    ]);
  });

  test.each([775, 0])("passes %i deployments", (count) => {
    expect(tenantFindings(deploymentHistoryHasRoom, facts(count))).toEqual([]);
  });

  test("does not apply where nobody counted", () => {
    const [{ id, state } = { id: "", state: "" }] = facts(0).resourceGroups;
    expect(tenantFindings(deploymentHistoryHasRoom, { resourceGroups: [{ id, state }] })).toBeUndefined();
    expect(tenantFindings(deploymentHistoryHasRoom, {})).toBeUndefined();
  });
});

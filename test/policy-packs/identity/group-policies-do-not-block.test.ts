import { describe, expect, test } from "vitest";
import { groupPoliciesDoNotBlock } from "../../../policy-packs/identity/rules/group-policies-do-not-block.ts";
import { entra } from "../design.ts";
import { hybrid, tenantFindings } from "../tenant.ts";

const words = { kinds: [hybrid] };

describe("group-policies-do-not-block", () => {
  test.each([
    {
      setting: "denyWriteToFixedDrivesWithoutBitLocker",
      title: "Deny write access to fixed drives not protected by BitLocker",
    },
    {
      setting: "denyWriteToRemovableDrivesWithoutBitLocker",
      title: "Deny write access to removable drives not protected by BitLocker",
    },
    {
      setting: "disallowStorageOfNetworkCredentials",
      title: "Network access: Do not allow storage of passwords and credentials for network authentication",
    },
  ] as const)("fails a group policy with $setting", ({ setting, title }) => {
    expect(
      tenantFindings(groupPoliciesDoNotBlock, { groupPolicies: [{ name: "Baseline", blocks: [setting] }] }, words),
    ).toEqual([
      `fail [groupPolicySettingCheckFailed]: group policy "Baseline" sets "${title}", which stops provisioning`,
    ]);
  });

  test("passes group policies without such a setting, and no group policy at all", () => {
    expect(
      tenantFindings(groupPoliciesDoNotBlock, { groupPolicies: [{ name: "Baseline", blocks: [] }] }, words),
    ).toEqual([]);
    expect(tenantFindings(groupPoliciesDoNotBlock, { groupPolicies: [] }, words)).toEqual([]);
  });

  test("leaves undecided what matters only if Cloud PCs join Active Directory and the input does not tell", () => {
    const found = tenantFindings(
      groupPoliciesDoNotBlock,
      { groupPolicies: [{ name: "Baseline", blocks: ["disallowStorageOfNetworkCredentials"] }] },
      { kinds: [entra, hybrid], kindsAreCertain: false },
    );
    expect(found).toEqual([expect.stringMatching(/^undecided .+ which the input does not tell$/)]);
  });

  test("does not apply to Cloud PCs that join Entra ID, nor without the facts", () => {
    expect(tenantFindings(groupPoliciesDoNotBlock, { groupPolicies: [] }, {})).toBeUndefined();
    expect(tenantFindings(groupPoliciesDoNotBlock, {}, words)).toBeUndefined();
  });
});

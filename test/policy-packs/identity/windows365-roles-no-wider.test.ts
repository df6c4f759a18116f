import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { windows365RolesNoWider } from "../../../policy-packs/identity/rules/windows365-roles-no-wider.ts";
import { documentedGrants, grant, scopes } from "./grants.ts";
import { identityFindings } from "./identity-design.ts";

const managementGroup = "/providers/Microsoft.Management/managementGroups/corp";

describe("windows365-roles-no-wider", () => {
  test.each([
    {
      case: "the role of earlier years, left behind",
      more: grant("legacy", scopes.virtualNetwork),
      finding:
        'fail: Windows 365 has "Network Contributor" on virtual network "spoke"; no page of Windows 365 asks for it there',
    },
    {
      case: "Owner of the subscription",
      more: grant("owner", scopes.subscription),
      finding: 'fail: Windows 365 has "Owner" on subscription "s"; no page of Windows 365 asks for it there',
    },
    {
      case: "a documented role on the whole subscription",
      more: grant("nic", scopes.subscription),
      finding:
        'fail: Windows 365 has "Windows 365 Network Interface Contributor" on subscription "s"; it needs it on resource group "nic" only',
    },
    {
      case: "Reader on a management group",
      more: grant("reader", managementGroup),
      finding: 'fail: Windows 365 has "Reader" on management group "corp"; it needs it on subscription "s" only',
    },
    {
      case: "a role that nobody could read, as undecided",
      more: { ...grant("reader", scopes.subscription), id: "x", roleDefinitionId: unknown("it is an output") },
      finding: 'undecided: what role assignment "reader-on-s" gives Windows 365 is not known: it is an output',
    },
  ])("finds $case", ({ more, finding }) => {
    expect(identityFindings(windows365RolesNoWider, { roleAssignments: [...documentedGrants(), more] })).toEqual([
      finding,
    ]);
  });

  test.each([
    { case: "the three documented roles", more: [] },
    { case: "Reader on less than a subscription", more: [grant("reader", scopes.resourceGroup)] },
    {
      case: "a role on a storage account, which other features ask for",
      more: [grant("contributor", "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st")],
    },
    { case: "what others have", more: [grant("owner", scopes.subscription, "an administrator")] },
    { case: "a role in another subscription", more: [grant("owner", "/subscriptions/other")] },
  ])("passes $case", ({ more }) => {
    expect(identityFindings(windows365RolesNoWider, { roleAssignments: [...documentedGrants(), ...more] })).toEqual([]);
  });
});

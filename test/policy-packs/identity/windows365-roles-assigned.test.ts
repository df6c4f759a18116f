import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { windows365RolesAssigned } from "../../../policy-packs/identity/rules/windows365-roles-assigned.ts";
import { documentedGrants, grant, scopes, windows365 } from "./grants.ts";
import { assumptionsOf, identityFindings, predicted } from "./identity-design.ts";

const [reader, nic, user] = documentedGrants();
const without = (...left: readonly unknown[]) =>
  [reader, nic, user].flatMap((each) => (each === undefined || left.includes(each) ? [] : [each]));
const planned = [
  {
    joinType: "azureADJoin",
    resourceGroupId: "/subscriptions/{subscription}/resourceGroups/NIC",
    subscriptionRoleAssignment: "create",
  },
] as const;
const objectId = "11111111-1111-1111-1111-111111111111";

describe("windows365-roles-assigned", () => {
  test.each([
    {
      case: "a role that is missing on the virtual network, as now and before 2023-11-26",
      words: { roleAssignments: without(user) },
      findings: [
        'fail: Windows 365 does not have "Windows 365 Network User" on virtual network "spoke"; the health check looks for exactly this role',
      ],
      errorTypes: ["permissionCheckNoVNetContributorRole", "permissionCheckNoWindows365NetworkUserRole"],
    },
    {
      case: "a role that is missing on the planned resource group",
      words: { roleAssignments: without(nic), planned },
      findings: [
        'fail: Windows 365 does not have "Windows 365 Network Interface Contributor" on resource group "NIC"; the health check looks for exactly this role',
      ],
      errorTypes: [
        "permissionCheckNoResourceGroupNetworkContributorRole",
        "permissionCheckNoResourceGroupOwnerRole",
        "permissionCheckNoWindows365NetworkInterfaceContributorRole",
      ],
    },
    {
      case: "Reader that the plan says the design grants, and it does not",
      words: { roleAssignments: without(reader), planned },
      findings: [
        'fail: Windows 365 does not have "Reader" on subscription "s"; the health check looks for exactly this role',
      ],
      errorTypes: ["permissionCheckNoSubscriptionReaderRole", "resourceAvailabilityCheckNoIntuneReaderRoleError"],
    },
    {
      case: "a broader role in place of the documented one",
      words: { roleAssignments: [...without(nic), grant("contributor", scopes.resourceGroup)], planned },
      findings: [
        'fail: Windows 365 has "Contributor" on resource group "NIC", not "Windows 365 Network Interface Contributor", which the health check looks for',
      ],
      errorTypes: ["permissionCheckNoWindows365NetworkInterfaceContributorRole"],
    },
    {
      case: "the role of earlier years on the virtual network",
      words: { roleAssignments: [...without(user), grant("legacy", scopes.virtualNetwork)] },
      findings: [
        'fail: Windows 365 has "Network Contributor" on virtual network "spoke", not "Windows 365 Network User", which the health check looks for',
      ],
      errorTypes: ["permissionCheckNoWindows365NetworkUserRole"],
    },
    {
      case: "a GUID that no role has",
      words: {
        roleAssignments: [...without(user), grant("7e5e59c4-06c5-4b8c-a3f9-2f3d8e1c5b9a", scopes.virtualNetwork)],
      },
      findings: [
        'fail: Windows 365 has role definition "7e5e59c4-06c5-4b8c-a3f9-2f3d8e1c5b9a" on virtual network "spoke", not "Windows 365 Network User", which the health check looks for; no role has that id, which comes from a readme of a community landing zone',
      ],
      errorTypes: ["permissionCheckNoWindows365NetworkUserRole"],
    },
    {
      case: "a role given to another application",
      words: {
        roleAssignments: [...without(user), grant("user", scopes.virtualNetwork, "{object id of application other}")],
      },
      findings: [
        'fail: "Windows 365 Network User" on virtual network "spoke" is given to principal "{object id of application other}", which is not Windows 365',
      ],
      errorTypes: ["permissionCheckNoVNetContributorRole", "permissionCheckNoWindows365NetworkUserRole"],
    },
    {
      case: "the application id where an object id belongs",
      words: {
        roleAssignments: [
          ...without(user),
          grant("user", scopes.virtualNetwork, "0af06dc6-e4b5-4f28-818e-e78e62d137a5"),
        ],
      },
      findings: [
        'fail: "Windows 365 Network User" on virtual network "spoke" is given to principal "0af06dc6-e4b5-4f28-818e-e78e62d137a5", which is the application id of Windows 365; a role is given to the object id of its service principal in this tenant',
      ],
      errorTypes: ["permissionCheckNoVNetContributorRole", "permissionCheckNoWindows365NetworkUserRole"],
    },
    {
      case: "what is missing when the tenant's assignments were listed",
      words: {
        roleAssignments: without(reader, nic, user),
        planned,
        tenant: { roleAssignments: without(reader), servicePrincipals: [] },
      },
      findings: [
        'fail: Windows 365 does not have "Reader" on subscription "s"; the health check looks for exactly this role',
      ],
      errorTypes: ["permissionCheckNoSubscriptionReaderRole", "resourceAvailabilityCheckNoIntuneReaderRoleError"],
    },
  ])("finds $case", ({ words, findings, errorTypes }) => {
    expect(identityFindings(windows365RolesAssigned, words)).toEqual(findings);
    expect(predicted(windows365RolesAssigned, words)).toEqual(errorTypes);
  });

  test.each([
    {
      case: "Reader that another stack may grant",
      words: { roleAssignments: without(reader) },
      because:
        'whether Windows 365 has "Reader" on subscription "s" is not known: no role assignment on subscription "s" is in the input',
    },
    {
      case: "a role that is inherited, which no page speaks of",
      words: { roleAssignments: [...without(user), grant("user", "/subscriptions/s/resourceGroups/rg")] },
      because:
        'whether Windows 365 has "Windows 365 Network User" on virtual network "spoke" is not known: it has the role on resource group "rg", and no page says whether the health check counts that',
    },
    {
      case: "a scope that nobody could read",
      words: { roleAssignments: [...without(user), grant("user", unknown("known after the deployment"))] },
      because:
        'whether Windows 365 has "Windows 365 Network User" on virtual network "spoke" is not known: a role assignment of the input cannot be read: known after the deployment',
    },
    {
      case: "a principal that nobody could read",
      words: {
        roleAssignments: [...without(user), grant("user", scopes.virtualNetwork, unknown("it is an output"))],
      },
      because:
        'whether Windows 365 has "Windows 365 Network User" on virtual network "spoke" is not known: to whom it is given is not known: it is an output',
    },
  ])("is undecided for $case", ({ words, because }) => {
    expect(identityFindings(windows365RolesAssigned, words)).toEqual([`undecided: ${because}`]);
  });

  test("is undecided about all three roles without role assignments in the input", () => {
    expect(identityFindings(windows365RolesAssigned)).toHaveLength(3);
    expect(identityFindings(windows365RolesAssigned).every((each) => each.startsWith("undecided: "))).toBe(true);
  });

  test("is undecided who Windows 365 is where two principals have its roles", () => {
    const roleAssignments = [...documentedGrants(objectId), grant("user", scopes.virtualNetwork, "other")];
    expect(identityFindings(windows365RolesAssigned, { roleAssignments })[0]).toBe(
      `undecided: whether Windows 365 has "Reader" on subscription "s" is not known: it is given to principal "${objectId}"; principals "${objectId}" and "other" have roles made for Windows 365, and which of them it is only facts of the tenant tell`,
    );
    const appId = "0af06dc6-e4b5-4f28-818e-e78e62d137a5";
    const tenant = { servicePrincipals: [{ appId, objectId }] };
    expect(identityFindings(windows365RolesAssigned, { roleAssignments, tenant })).toEqual([]);
  });

  test.each([
    { case: "the three roles for the principal that a program looks up", words: { roleAssignments: without() } },
    {
      case: "the three roles where the plan names the resource group and a connection is there",
      words: { roleAssignments: without(), planned, connections: [{}] },
    },
    {
      case: "further roles of others",
      words: { roleAssignments: [...without(), grant("owner", scopes.subscription, "an administrator")] },
    },
    {
      case: "Reader for Windows 365 beside Reader for others",
      words: { roleAssignments: [grant("reader", scopes.subscription, "an auditor"), ...without()] },
    },
  ])("passes $case", ({ words }) => {
    expect(identityFindings(windows365RolesAssigned, words)).toEqual([]);
  });

  test("takes the only holder of Windows 365's own roles for Windows 365, and says so", () => {
    const words = { roleAssignments: documentedGrants(objectId), connections: [{}] };
    expect(identityFindings(windows365RolesAssigned, words)).toEqual([]);
    expect(assumptionsOf(windows365RolesAssigned, words)).toEqual([
      `principal "${objectId}" is Windows 365, since it is the only one with a role made for Windows 365`,
    ]);
  });

  test("takes the word of a person for Reader on the subscription, and says so", () => {
    const vouched = [{ ...planned[0], subscriptionRoleAssignment: "existing" as const }];
    const words = { roleAssignments: without(reader), planned: vouched };
    expect(identityFindings(windows365RolesAssigned, words)).toEqual([]);
    expect(assumptionsOf(windows365RolesAssigned, words)).toEqual([
      'Windows 365 was given "Reader" on subscription "s" before, as the configuration says',
    ]);
    expect(windows365).toContain("0af06dc6");
  });
});

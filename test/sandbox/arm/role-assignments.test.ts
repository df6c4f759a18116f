import { describe, expect, test } from "vitest";
import { servicePrincipals } from "../../../sandbox/azuread/tenant.ts";
import { armBench, group, networkId, subscription } from "./support.ts";

const reader = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
const networkUser = "/providers/Microsoft.Authorization/roleDefinitions/7eabc9a4-85f7-4f71-b8ab-75daaccc1033";
const windows365 = servicePrincipals[0]?.objectId ?? "";
const one = "aaaaaaaa-0000-4000-8000-000000000001";
const two = "aaaaaaaa-0000-4000-8000-000000000002";
const at = (scope: string, name = one) => `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
const body = (properties: object = {}) => ({
  properties: { roleDefinitionId: `${subscription}${reader}`, principalId: windows365, ...properties },
});

describe("role assignments", () => {
  test.each([
    { case: "at a subscription", id: at(subscription), body: body(), verdict: "accepted" },
    { case: "at a resource group", id: at(group), body: body(), verdict: "accepted" },
    {
      case: "at a group that is not there",
      id: at(`${subscription}/resourceGroups/none`),
      body: body(),
      verdict: "ResourceGroupNotFound",
    },
    {
      case: "at a network that is not there",
      id: at(networkId("virtualNetworks/none")),
      body: body(),
      verdict: "ResourceNotFound",
    },
    { case: "with a name that is no GUID", id: at(group, "reader"), body: body(), verdict: "InvalidRoleAssignmentId" },
    {
      case: "of a role without the subscription in its id",
      id: at(group),
      body: body({ roleDefinitionId: reader }),
      verdict: "accepted",
    },
    {
      case: "of a role that does not exist",
      id: at(group),
      body: body({ roleDefinitionId: `${subscription}${reader.replace("acdd72a7", "00000000")}` }),
      verdict: "RoleDefinitionDoesNotExist",
    },
    {
      case: "to the GUID of a role seen in the wild, which is wrong",
      id: at(group),
      body: body({
        roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/1f135831-5de7-4ab3-a68b-e0926a04114a`,
      }),
      verdict: "RoleDefinitionDoesNotExist",
    },
    {
      case: "to an application id instead of an object id",
      id: at(group),
      body: body({ principalId: "0af06dc6-e4b5-4f28-818e-e78e62d137a5" }),
      verdict: "PrincipalNotFound",
    },
    { case: "to a name", id: at(group), body: body({ principalId: "Windows 365" }), verdict: "InvalidPrincipalId" },
    {
      case: "with the right principal type",
      id: at(group),
      body: body({ principalType: "ServicePrincipal" }),
      verdict: "accepted",
    },
    { case: "with another", id: at(group), body: body({ principalType: "User" }), verdict: "UnmatchedPrincipalType" },
  ])("one $case is $verdict", ({ id, body, verdict }) => {
    expect(armBench().verdict(id, body)).toBe(verdict);
  });

  test("the same role for the same principal at the same scope exists once, whatever its name", () => {
    const bench = armBench((azure) => azure.put(at(group), body()));
    expect(bench.refusals(at(group, two), body())).toEqual([
      "RoleAssignmentExists: The role assignment already exists. The ID of the existing role assignment is aaaaaaaa000040008000000000000001.",
    ]);
    expect(bench.verdict(at(group, two), body({ roleDefinitionId: `${subscription}${networkUser}` }))).toBe("accepted");
    expect(bench.verdict(at(subscription, two), body())).toBe("accepted");
    expect(bench.verdict(at(group), body({ description: "again" }))).toBe("accepted");
  });

  test("role and principal are fixed", () => {
    const bench = armBench((azure) => azure.put(at(group), body()));
    expect(bench.verdict(at(group), body({ roleDefinitionId: `${subscription}${networkUser}` }))).toBe(
      "RoleAssignmentUpdateNotPermitted",
    );
  });

  test("a GET shows scope and principal type", () => {
    const bench = armBench((azure) => azure.put(at(group), body()));
    expect(bench.get(at(group)).properties).toMatchObject({
      scope: group,
      principalType: "ServicePrincipal",
      principalId: windows365,
    });
  });
});

import { servicePrincipals } from "../../azuread/tenant.ts";
import { nameOf, parseArmId, sameId, subscriptionOf } from "../arm-id.ts";
import type { ArmError, ArmPut, ArmResource, EstateView } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { badRequest, conflict, notFound } from "../refusal.ts";
import { builtInRole } from "../roles.ts";
import { sameText, text } from "../wire.ts";

const type = "Microsoft.Authorization/roleAssignments";
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Role assignments. Sources (as of 2026-11-21): https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
 * and public reports of each code, listed in README.md.
 */
export const roleAssignments = defineRules({
  type,
  apiVersion: "2022-04-01",
  name: {
    min: 36,
    max: 36,
    pattern: guid,
    code: "InvalidRoleAssignmentId",
    characters: "The role assignment ID must be a GUID.",
  },
  place: "none",
  refusePut,
  computed: ({ id, body }) => ({
    scope: scopeOf(id),
    principalType: text(body.properties.principalType) ?? principalType(text(body.properties.principalId)),
  }),
  // Source: provider/pkg/gen/replacement.go of pulumi-azure-native, read 2026-11-21.
  replaceOn: ["properties.principalId", "scope"],
  duration: { create: 3, update: 3, delete: 3 },
});

function* refusePut({ id, body, previous, estate }: ArmPut): Generator<ArmError> {
  const principalId = text(body.properties.principalId) ?? "";
  const roleId = text(body.properties.roleDefinitionId) ?? "";
  const scope = scopeOf(id);
  if (!isScope(scope, estate)) {
    yield notFound("ResourceNotFound", `The Resource '${scope}' was not found.`);
  }
  if (builtInRole(nameOf(roleId)) === undefined || !/\/roleDefinitions\/[^/]+$/i.test(roleId)) {
    yield badRequest(
      "RoleDefinitionDoesNotExist",
      `The specified role definition with ID '${nameOf(roleId).replaceAll("-", "")}' does not exist.`,
    );
  }
  if (!guid.test(principalId)) {
    yield badRequest(
      "InvalidPrincipalId",
      `A valid principal ID must be provided for role assignment: '${principalId}' is no GUID.`,
    );
  } else {
    yield* checkPrincipal(principalId, body, estate);
  }
  if (previous !== undefined && isOther(previous, body)) {
    yield badRequest(
      "RoleAssignmentUpdateNotPermitted",
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    );
    return;
  }
  const twin = estate
    .list(type)
    .find((other) => !sameId(other.id, id) && sameId(scopeOf(other.id), scope) && !isOther(other, body));
  if (twin !== undefined) {
    yield conflict(
      "RoleAssignmentExists",
      `The role assignment already exists. The ID of the existing role assignment is ${nameOf(twin.id).replaceAll("-", "")}.`,
    );
  }
}

function* checkPrincipal(principalId: string, body: ArmResource, estate: EstateView): Generator<ArmError> {
  const actual = principalType(principalId) ?? directoryType(principalId, estate);
  const stated = text(body.properties.principalType);
  if (actual === undefined) {
    yield badRequest(
      "PrincipalNotFound",
      `Principal ${principalId.replaceAll("-", "")} does not exist in the directory of the sandbox. If you are creating this ` +
        "principal and then immediately assigning a role, this error might be related to a replication delay. In this case, " +
        "set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.",
    );
  } else if (stated !== undefined && !sameText(stated, actual)) {
    yield badRequest(
      "UnmatchedPrincipalType",
      `The PrincipalId '${principalId.replaceAll("-", "")}' has type '${actual}', which is different from specified PrinciaplType '${stated}'.`,
    );
  }
}

function isScope(scope: string, estate: EstateView): boolean {
  const kind = parseArmId(scope)?.type.toLowerCase();
  const isManagementGroup = kind === "microsoft.management/managementgroups";
  return kind === "microsoft.resources/subscriptions" || isManagementGroup || estate.get(scope) !== undefined;
}

function principalType(principalId: string | undefined): string | undefined {
  return servicePrincipals.some((principal) => sameId(principal.objectId, principalId))
    ? "ServicePrincipal"
    : undefined;
}

// Principals that a program made through azuread, if the estate holds any.
function directoryType(principalId: string, estate: EstateView): string | undefined {
  const kinds = {
    User: "Microsoft.Graph/users",
    Group: "Microsoft.Graph/groups",
    ServicePrincipal: "Microsoft.Graph/servicePrincipals",
  };
  return Object.entries(kinds).find(([, kind]) =>
    estate.list(kind).some((one) => sameText(one.name, principalId)),
  )?.[0];
}

function isOther(a: ArmResource, b: ArmResource): boolean {
  const role = (one: ArmResource) => nameOf(text(one.properties.roleDefinitionId) ?? "").toLowerCase();
  return role(a) !== role(b) || !sameText(a.properties.principalId, text(b.properties.principalId) ?? "");
}

function scopeOf(id: string): string {
  return parseArmId(id)?.scope ?? `/subscriptions/${subscriptionOf(id)}`;
}

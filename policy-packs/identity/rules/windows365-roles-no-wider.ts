import { rolesFor } from "../../../catalogue/roles.ts";
import type { RoleAssignment } from "../../../model/estate/governance.ts";
import { isUnknown, knownOr } from "../../../model/read.ts";
import { type ResourceId, resourceName } from "../../../model/resource-id.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { describeScope, encloses, scopeKind } from "../azure-scope.ts";
import { grantScopes } from "../grant-scopes.ts";
import { assignmentsByScope, describeRole, roleAssignmentsOf, roleGuid, windows365Principal } from "../role-grants.ts";

/** Network Contributor was asked for before 2023-11-26 and is left behind; a role on more than it is for lets Windows 365 do more. */
export const windows365RolesNoWider: Rule = {
  name: "windows365-roles-no-wider",
  pack: "identity",
  description: "Windows 365 has no other role, and none further up, than the documented ones.",
  severity: "medium",
  errorTypes: [],
  url: "https://learn.microsoft.com/windows-365/enterprise/role-based-access",
  remediation: "Remove the role assignments of Windows 365 that no page asks for.",
  judge: (design) => {
    const principal = windows365Principal(design);
    if (!principal.known) return [];
    const scopes = grantScopes(design).map(({ id }) => id);
    const own = roleAssignmentsOf(design).filter(({ principalId }) => principal.is(knownOr(principalId, "")));
    const byScope = assignmentsByScope(own);
    const concerned = new Set(scopes.flatMap((id) => [...byScope.at(id), ...byScope.above(id)]));
    return own
      .filter((assignment) => isUnknown(assignment.scope) || concerned.has(assignment))
      .map(
        (assignment): Check => ({
          subject: subjectOf(assignment.id),
          observations: observe(assignment, scopes),
          assumptions: principal.assumptions,
        }),
      );
  },
};

function observe(assignment: RoleAssignment, scopes: readonly ResourceId[]): readonly Observation[] {
  const { scope, roleDefinitionId } = assignment;
  const open = [scope, roleDefinitionId].find(isUnknown);
  if (open !== undefined || isUnknown(scope)) {
    const because = open === undefined ? "" : `: ${open.unknown}`;
    const message = `what role assignment "${assignment.name}" gives Windows 365 is not known${because}`;
    return [{ outcome: "undecided", about: "assignment", message }];
  }
  const guid = roleGuid(assignment) ?? "";
  const required = rolesFor("windows365").find(({ role }) => role.roleDefinitionId === guid);
  if (
    required !== undefined &&
    (required.scope === scopeKind(scope) || required.scope === "subscription") &&
    !isAbove(scope)
  )
    return [];
  const [narrowest] = scopes.filter((id) => required?.scope === scopeKind(id) && encloses(scope, id));
  const held = `Windows 365 has ${describeRole(guid)} on ${describeScope(scope)}`;
  const enough =
    required === undefined || narrowest === undefined
      ? "no page of Windows 365 asks for it there"
      : `it needs it on ${describeScope(narrowest)} only`;
  return [
    {
      outcome: "fail",
      about: guid,
      message: `${held}; ${enough}`,
      remedy: `remove role assignment "${resourceName(assignment.id)}" (${describeRole(guid)} on ${describeScope(scope)})`,
    },
  ];
}

/** Above every subscription. */
function isAbove(scope: ResourceId): boolean {
  return scopeKind(scope) === "managementGroup";
}

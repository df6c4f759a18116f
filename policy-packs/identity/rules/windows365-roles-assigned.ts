import { type RequiredRole, rolesFor, sourceOfWrongRole, windows365ApplicationId } from "../../../catalogue/roles.ts";
import type { RoleAssignment } from "../../../model/estate/governance.ts";
import { isUnknown, knownOr } from "../../../model/read.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { describeScope, type ScopeIndex, scopeKind, scopeSubject } from "../azure-scope.ts";
import { type GrantScope, grantScopes } from "../grant-scopes.ts";
import {
  assignmentsByScope,
  describeRole,
  roleAssignmentsOf,
  roleGuid,
  type Windows365Principal,
  windows365Principal,
} from "../role-grants.ts";

/**
 * Windows 365 looks for exactly these built-in roles: a broader role stands in for none of them.
 * Where nothing at all is granted, a connection made before 2023-11-26 reports the role that it asked for then.
 */
export const windows365RolesAssigned: Rule = {
  name: "windows365-roles-assigned",
  pack: "identity",
  description:
    "Windows 365 has its three roles: on the subscription, the resource group of the network interfaces and the virtual network.",
  severity: "critical",
  errorTypes: [
    "permissionCheckNoSubscriptionReaderRole",
    "permissionCheckNoWindows365NetworkInterfaceContributorRole",
    "permissionCheckNoWindows365NetworkUserRole",
    "permissionCheckNoResourceGroupOwnerRole",
    "permissionCheckNoResourceGroupNetworkContributorRole",
    "permissionCheckNoVNetContributorRole",
    "resourceAvailabilityCheckNoIntuneReaderRoleError",
  ],
  url: "https://learn.microsoft.com/windows-365/enterprise/role-based-access",
  remediation: "Assign the documented role to the service principal of Windows 365 at the documented scope.",
  judge: (design) => {
    const assignments = roleAssignmentsOf(design);
    const grants: Grants = {
      assignments,
      byScope: assignmentsByScope(assignments),
      principal: windows365Principal(design),
      listed: design.tenant?.roleAssignments !== undefined,
    };
    return grantScopes(design).flatMap((scope) =>
      rolesFor("windows365")
        .filter((required) => required.scope === scope.kind)
        .map((required) => check({ ...grants, scope, required, errorTypes: errorTypesOf(required) })),
    );
  },
};

interface Grants {
  readonly assignments: readonly RoleAssignment[];
  readonly byScope: ScopeIndex<RoleAssignment>;
  readonly principal: Windows365Principal;
  /** Whether what is not among the assignments does not exist. */
  readonly listed: boolean;
}

/** One role at one scope. */
interface Wanted extends Grants {
  readonly scope: GrantScope;
  readonly required: RequiredRole;
  readonly errorTypes: ErrorTypes;
}

/** What Windows 365 reports where its role is missing, and what besides where it has no role at all. */
interface ErrorTypes {
  readonly missing: readonly string[];
  readonly nothing: readonly string[];
}

/** Roles of earlier years: the statement `role-migration` of the catalogue; Reader is also the remedy for Intune's restrictions. */
function errorTypesOf({ scope, errorType }: RequiredRole): ErrorTypes {
  const older = {
    subscription: [],
    resourceGroup: ["permissionCheckNoResourceGroupOwnerRole", "permissionCheckNoResourceGroupNetworkContributorRole"],
    virtualNetwork: ["permissionCheckNoVNetContributorRole"],
  }[scope];
  const missing =
    scope === "subscription" ? [errorType, "resourceAvailabilityCheckNoIntuneReaderRoleError"] : [errorType];
  return { missing, nothing: [...missing, ...older] };
}

function check(wanted: Wanted): Check {
  const { scope, principal } = wanted;
  const subject = scopeSubject(scope.id);
  const observations = judgeRole(wanted);
  if (scope.vouched && observations.length > 0) {
    const granted = `Windows 365 was given ${describeRequired(wanted)} before, as the configuration says`;
    return { subject, observations: [], assumptions: [granted] };
  }
  const taken = principal.known ? principal.assumptions : [];
  return { subject, observations, assumptions: [...taken, ...scope.assumptions] };
}

function describeRequired({ required, scope }: Wanted): string {
  return `"${required.role.name}" on ${describeScope(scope.id)}`;
}

/** Whether any role assignment at this very scope is in the input. */
function hasAssignments({ byScope, scope }: Wanted): boolean {
  return byScope.at(scope.id).length > 0;
}

function judgeRole(wanted: Wanted): readonly Observation[] {
  const { assignments, byScope, principal, scope, required } = wanted;
  const atScope = byScope.at(scope.id);
  const right = atScope.filter((each) => roleGuid(each) === required.role.roleDefinitionId);
  if (right.length > 0) return judgeHolders(wanted, right);
  const possible = assignments.filter((each) => [undefined, required.role.roleDefinitionId].includes(roleGuid(each)));
  const open = [...possible.map((each) => each.scope), ...atScope.map((each) => each.roleDefinitionId)].find(isUnknown);
  if (open !== undefined) {
    return [undecided(wanted, `a role assignment of the input cannot be read: ${open.unknown}`)];
  }
  const own = atScope.filter((each) => principal.known && principal.is(knownOr(each.principalId, "")));
  const [wrong] = own;
  if (wrong !== undefined) return [instead(wanted, wrong, own)];
  const wider = byScope
    .above(scope.id)
    .filter((each) => roleGuid(each) === required.role.roleDefinitionId)
    .find(({ principalId }) => !principal.known || principal.is(knownOr(principalId, "")));
  if (wider !== undefined) {
    const outer = describeScope(knownOr(wider.scope, ""));
    return [undecided(wanted, `it has the role on ${outer}, and no page says whether the health check counts that`)];
  }
  return [isKnownMissing(wanted) ? missing(wanted) : notInInput(wanted)];
}

/** The role is assigned here: to Windows 365, or to whom? */
function judgeHolders(wanted: Wanted, right: readonly RoleAssignment[]): readonly Observation[] {
  const { principal } = wanted;
  if (right.some(({ principalId }) => principal.known && principal.is(knownOr(principalId, "")))) return [];
  const open = right.map(({ principalId }) => principalId).find(isUnknown);
  if (open !== undefined) return [undecided(wanted, `to whom it is given is not known: ${open.unknown}`)];
  const [first] = right;
  const holder = knownOr(first?.principalId, "");
  const blamed = first === undefined ? {} : { blamed: subjectOf(first.id) };
  if (holder.toLowerCase() === windows365ApplicationId()) {
    const message = `${describeRequired(wanted)} is given to principal "${holder}", which is the application id of Windows 365; a role is given to the object id of its service principal in this tenant`;
    return [{ ...fail(wanted, message, wanted.errorTypes.nothing), ...blamed, remedy: remedyFor(wanted) }];
  }
  if (!principal.known) return [undecided(wanted, `it is given to principal "${holder}"; ${principal.because}`)];
  const message = `${describeRequired(wanted)} is given to principal "${holder}", which is not Windows 365`;
  return [{ ...fail(wanted, message, wanted.errorTypes.nothing), ...blamed }];
}

function instead(wanted: Wanted, wrong: RoleAssignment, own: readonly RoleAssignment[]): Observation {
  const guids = own.flatMap((each) => roleGuid(each) ?? []);
  const held = guids.map(describeRole).join(" and ");
  const source = guids.map(sourceOfWrongRole).find((each) => each !== undefined);
  const known = source === undefined ? "" : `; no role has that id, which comes from a ${source}`;
  const message = `Windows 365 has ${held} on ${describeScope(wanted.scope.id)}, not "${wanted.required.role.name}", which the health check looks for${known}`;
  return { ...fail(wanted, message, wanted.errorTypes.missing), blamed: subjectOf(wrong.id) };
}

function missing(wanted: Wanted): Observation {
  const message = `Windows 365 does not have ${describeRequired(wanted)}; the health check looks for exactly this role`;
  return fail(wanted, message, wanted.errorTypes.nothing);
}

/**
 * What an export leaves out may exist all the same. It is missing where the plan says that the design grants it, where everything of
 * the tenant was listed, or where what else is granted shows that the assignments of this scope were exported. Reader on a
 * subscription is often granted by another stack, so for it other scopes show nothing.
 */
function isKnownMissing(wanted: Wanted): boolean {
  const { assignments, principal, listed, scope } = wanted;
  if (listed || scope.planned || hasAssignments(wanted)) return true;
  if (scope.kind === "subscription" || !principal.known) return false;
  return assignments.some(
    ({ scope: other, principalId }) =>
      ["resourceGroup", "virtualNetwork"].includes(scopeKind(knownOr(other, ""))) &&
      principal.is(knownOr(principalId, "")),
  );
}

function notInInput(wanted: Wanted): Observation {
  const { id } = wanted.scope;
  return {
    ...undecided(wanted, `no role assignment on ${describeScope(id)} is in the input`),
    remedy: `add to the input what "az role assignment list --scope ${id} --include-inherited" prints`,
  };
}

function fail(wanted: Wanted, message: string, errorTypes: readonly string[]): Observation {
  return { outcome: "fail", about: wanted.required.id, message, errorTypes, remedy: remedyFor(wanted) };
}

function undecided(wanted: Wanted, because: string): Observation {
  return {
    outcome: "undecided",
    about: wanted.required.id,
    message: `whether Windows 365 has ${describeRequired(wanted)} is not known: ${because}`,
    errorTypes: wanted.errorTypes.missing,
  };
}

function remedyFor({ required, scope }: Wanted): string {
  return `assign "${required.role.name}" (${required.role.roleDefinitionId}) to the service principal of Windows 365 at scope "${scope.id}"`;
}

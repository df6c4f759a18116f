import { builtInRoleDefinedBy, rolesFor, windows365ApplicationId } from "../../catalogue/roles.ts";
import type { RoleAssignment } from "../../model/estate/governance.ts";
import { isUnknown, knownOr } from "../../model/read.ts";
import { normalizeId, resourceName } from "../../model/resource-id.ts";
import type { Design } from "../rule.ts";
import { indexByScope, type ScopeIndex } from "./azure-scope.ts";

/** Which object of the tenant Windows 365 is, as far as the input tells. */
export type Windows365Principal =
  | {
      readonly known: true;
      readonly is: (principalId: string) => boolean;
      /** What had to be taken as given to know it. */
      readonly assumptions: readonly string[];
    }
  | { readonly known: false; readonly because: string };

/** Every role assignment that the input or the facts of the tenant hold, once each. */
export function roleAssignmentsOf({ network, tenant }: Design): readonly RoleAssignment[] {
  const all = [...network.estate.roleAssignments, ...(tenant?.roleAssignments ?? [])];
  return [...new Map(all.map((assignment) => [normalizeId(assignment.id), assignment])).values()];
}

/** The assignments by their scope; those whose scope is not known are not among them. */
export function assignmentsByScope(assignments: readonly RoleAssignment[]): ScopeIndex<RoleAssignment> {
  const placed = assignments.filter(({ scope }) => !isUnknown(scope));
  return indexByScope(placed, ({ scope }) => knownOr(scope, ""));
}

/**
 * Finds the service principal of Windows 365 among the principals of role assignments: by its application id where a program looks it
 * up or facts of the tenant name it, else as the only principal that has a role which Azure made for Windows 365.
 */
export function windows365Principal(design: Design): Windows365Principal {
  const applicationId = windows365ApplicationId();
  const named = (design.tenant?.servicePrincipals ?? [])
    .filter(({ appId }) => appId.toLowerCase() === applicationId)
    .map(({ objectId }) => objectId.toLowerCase());
  const assignments = roleAssignmentsOf(design);
  const lookedUp = `{object id of application ${applicationId}}`;
  const sure = new Set([lookedUp, ...named]);
  const isLookedUp = assignments.some(({ principalId }) => knownOr(principalId, "").toLowerCase() === lookedUp);
  if (named.length > 0 || isLookedUp) return knownAs(sure, []);
  const holders = holdersOfOwnRoles(assignments);
  const [only, ...others] = holders;
  if (only === undefined) {
    return {
      known: false,
      because: "no principal of the input is known to be Windows 365; facts of the tenant tell it",
    };
  }
  if (others.length > 0) {
    const names = holders.map((holder) => `"${holder}"`).join(" and ");
    return {
      known: false,
      because: `principals ${names} have roles made for Windows 365, and which of them it is only facts of the tenant tell`,
    };
  }
  const assumption = `principal "${only}" is Windows 365, since it is the only one with a role made for Windows 365`;
  return knownAs(new Set([...sure, only]), [assumption]);
}

function knownAs(ids: ReadonlySet<string>, assumptions: readonly string[]): Windows365Principal {
  return { known: true, is: (principalId) => ids.has(principalId.toLowerCase()), assumptions };
}

/** Principals, in lower case, that have one of the two roles that nobody but Windows 365 has a use for. */
function holdersOfOwnRoles(assignments: readonly RoleAssignment[]): readonly string[] {
  const own = rolesFor("windows365").filter(({ scope }) => scope !== "subscription");
  const holders = assignments
    .filter((assignment) => own.some(({ role }) => role.roleDefinitionId === roleGuid(assignment)))
    .map(({ principalId }) => knownOr(principalId, "").toLowerCase())
    // An application id is no principal: whoever wrote it meant Windows 365, but gave the role to nobody.
    .filter((holder) => holder !== "" && holder !== windows365ApplicationId());
  return [...new Set(holders)];
}

/** The GUID of the role that is assigned, in lower case; `undefined` where it is not known. */
export function roleGuid({ roleDefinitionId }: Pick<RoleAssignment, "roleDefinitionId">): string | undefined {
  return isUnknown(roleDefinitionId) ? undefined : resourceName(roleDefinitionId).toLowerCase();
}

/** `"Network Contributor"`, or the GUID of a role that the catalogue does not know. */
export function describeRole(guid: string): string {
  const known = builtInRoleDefinedBy(guid);
  return known === undefined ? `role definition "${guid}"` : `"${known.name}"`;
}

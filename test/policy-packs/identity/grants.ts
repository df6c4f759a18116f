import { builtInRole, windows365ApplicationId } from "../../../catalogue/roles.ts";
import type { RoleAssignment } from "../../../model/estate/governance.ts";
import type { Read } from "../../../model/read.ts";
import { idOf } from "../../model/support/build.ts";

/** Windows 365 as a program names it that looks it up by its application id. */
export const windows365 = `{object id of application ${windows365ApplicationId()}}`;

/** Scopes of the hub and spoke of the tests. */
export const scopes = {
  subscription: "/subscriptions/s",
  resourceGroup: "/subscriptions/s/resourceGroups/nic",
  virtualNetwork: idOf("virtualNetworks", "spoke"),
};

const roleIds = {
  reader: "reader",
  nic: "windows365-network-interface-contributor",
  user: "windows365-network-user",
  contributor: "contributor",
  owner: "owner",
  legacy: "network-contributor",
} as const;

/** A role assignment in few words: `grant("reader", scopes.subscription)`; a role is a word of `roleIds` or a GUID. */
export function grant(role: string, scope: Read<string>, principalId: Read<string> = windows365): RoleAssignment {
  const known = Object.entries(roleIds).find(([word]) => word === role)?.[1];
  const guid = known === undefined ? role : builtInRole(known).roleDefinitionId;
  const where = typeof scope === "string" ? scope.slice(scope.lastIndexOf("/") + 1) : "unknown";
  const name = principalId === windows365 ? `${role}-on-${where}` : `${role}-on-${where}-for-${String(principalId)}`;
  const id = `${typeof scope === "string" ? scope : ""}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const roleDefinitionId = `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${guid.toUpperCase()}`;
  return { id, name, scope, principalId, roleDefinitionId };
}

/** The three documented assignments. */
export function documentedGrants(principalId: string = windows365): readonly RoleAssignment[] {
  return [
    grant("reader", scopes.subscription, principalId),
    grant("nic", scopes.resourceGroup, principalId),
    grant("user", scopes.virtualNetwork, principalId),
  ];
}

import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

type Roles = CatalogueData["roles"];

/** An Azure built-in role. */
export type BuiltInRole = Roles["roles"][number];

/** An application of Microsoft's that has a service principal in the tenant. */
export type Application = Roles["applications"][number];

/** A role that a principal needs at a scope, with the health check that looks for it. */
export interface RequiredRole {
  /** Permanent id of the row. */
  readonly id: string;
  /** Where the role is assigned. */
  readonly scope: "subscription" | "resourceGroup" | "virtualNetwork";
  /** The role to assign there. */
  readonly role: BuiltInRole;
  /** The health check that fails without it. */
  readonly healthCheck: string;
  /** The error type it reports. */
  readonly errorType: string;
}

/**
 * The Azure roles that the service principal of Windows 365 needs, in the order in which they are checked: Reader on the
 * subscription, Windows 365 Network Interface Contributor on the resource group of the network interfaces, Windows 365
 * Network User on the virtual network.
 *
 * Source: https://learn.microsoft.com/windows-365/enterprise/role-based-access (2024-05-08, read 2026-11-20).
 * The check looks for these roles by name: no page says that a broader role replaces one.
 */
export function rolesFor(application: "windows365"): readonly RequiredRole[] {
  return loadData("roles")
    .assignments.filter((assignment) => assignment.application === application)
    .map(({ id, scope, role, healthCheck, errorType }) => ({
      id,
      scope,
      role: builtInRole(role),
      healthCheck,
      errorType,
    }));
}

/** A built-in role by the catalogue's id, such as `network-contributor`. Throws for an unknown id. */
export function builtInRole(id: string): BuiltInRole {
  return rowWithId(loadData("roles").roles, id, "built-in role");
}

/** The built-in role with a role definition id (a GUID, in lower case), if the catalogue has it. */
export function builtInRoleDefinedBy(roleDefinitionId: string): BuiltInRole | undefined {
  return loadData("roles").roles.find((role) => role.roleDefinitionId === roleDefinitionId);
}

/** Where a GUID comes from that people take for a role of Windows 365, though no role has it. */
export function sourceOfWrongRole(roleDefinitionId: string): string | undefined {
  return loadData("roles").wrongIdentifiers.find(({ wrong }) => wrong.includes(roleDefinitionId))?.where;
}

/** An application by the catalogue's id, such as `windows-cloud-login`. Throws for an unknown id. */
export function application(id: string): Application {
  return rowWithId(loadData("roles").applications, id, "application");
}

/** Application id of Windows 365, by which its service principal is found in any tenant. */
export function windows365ApplicationId(): string {
  return application("windows365").applicationId;
}

function rowWithId<Row extends { readonly id: string }>(rows: readonly Row[], id: string, kind: string): Row {
  const row = rows.find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`${kind} "${id}" is not in the catalogue`);
  return row;
}

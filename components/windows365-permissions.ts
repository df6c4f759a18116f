import { authorization } from "@pulumi/azure-native";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { v5 as uuidV5 } from "uuid";
import { type RequiredRole, rolesFor, windows365ApplicationId } from "../catalogue/roles.ts";

/** Something that the Windows 365 service principal needs its role on. */
export interface RoleScope {
  /** What it is; decides the role. */
  readonly kind: RequiredRole["scope"];
  /** Suffix of the logical name; changing it replaces the assignment. */
  readonly key: string;
  /** ARM id. Two scopes with the same known id are one. */
  readonly id: pulumi.Input<string>;
  /**
   * The subscription that it is in. Given, the role definition is known before what the role is on exists, so that a preview can
   * judge it.
   * @default - read off the id
   */
  readonly subscriptionId?: string;
  /**
   * Provider of the subscription that it is in.
   * @default - the provider of the component
   */
  readonly provider?: pulumi.ProviderResource;
}

/** Arguments of `Windows365Permissions`. */
export interface Windows365PermissionsArgs {
  /**
   * Object id of the service principal in this tenant.
   * @default - looked up by the application id of Windows 365
   */
  readonly principalId?: string;
  /** What the service principal needs a role on. */
  readonly scopes: readonly RoleScope[];
}

/**
 * The role assignments of the Windows 365 service principal, exactly the documented ones.
 *
 * Their names are computed from scope, principal and role, so a second deployment finds them instead of asking for a
 * duplicate, which Azure refuses. `principalType` is given, so that Azure does not look for the principal before it has
 * replicated (https://learn.microsoft.com/azure/role-based-access-control/troubleshooting, read 2026-11-20).
 *
 * Cost to run: none.
 */
export class Windows365Permissions extends pulumi.ComponentResource {
  /** The assignments, in the order of the scopes. */
  readonly roleAssignments: readonly authorization.RoleAssignment[];

  constructor(name: string, args: Windows365PermissionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:Windows365Permissions", name, {}, opts);
    const principalId =
      args.principalId ??
      azuread.getServicePrincipalOutput({ clientId: windows365ApplicationId() }, { parent: this }).objectId;
    const roles = rolesFor("windows365");

    this.roleAssignments = withoutRepeats(args.scopes).flatMap((scope) =>
      roles
        .filter((required) => required.scope === scope.kind)
        .map(({ role }) => assignRole(`${name}-${scope.key}`, scope, role, principalId, { parent: this })),
    );
    this.registerOutputs({});
  }
}

/** The same GUID for the same grant, always: a version 5 UUID of scope, principal and role, which compare without case. */
export function roleAssignmentName(scope: string, principalId: string, roleDefinitionId: string): string {
  return uuidV5([scope, principalId, roleDefinitionId].join("|").toLowerCase(), roleAssignmentNamespace);
}

/** Namespace of the names above, itself derived from a name; a change would replace every role assignment. */
const roleAssignmentNamespace = uuidV5("windows365-network/role-assignments", uuidV5.URL);

function assignRole(
  name: string,
  { id: scope, subscriptionId, provider }: RoleScope,
  { name: roleName, roleDefinitionId }: RequiredRole["role"],
  principalId: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): authorization.RoleAssignment {
  return new authorization.RoleAssignment(
    name,
    {
      scope,
      principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: pulumi.interpolate`${subscriptionId === undefined ? subscriptionOf(scope) : `/subscriptions/${subscriptionId}`}/providers/Microsoft.Authorization/roleDefinitions/${roleDefinitionId}`,
      roleAssignmentName: pulumi
        .all([scope, principalId])
        .apply(([scopeId, principal]) => roleAssignmentName(scopeId, principal, roleDefinitionId)),
      description: `Windows 365: ${roleName}`,
    },
    { ...opts, ...(provider && { provider }) },
  );
}

function subscriptionOf(scope: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.output(scope).apply((id) => id.split("/").slice(0, 3).join("/"));
}

/** Regions may share a resource group or network that exists; Azure refuses the same assignment twice. */
function withoutRepeats(scopes: readonly RoleScope[]): readonly RoleScope[] {
  const seen = new Set<string>();
  return scopes.filter(
    ({ id }) => typeof id !== "string" || (!seen.has(id.toLowerCase()) && seen.add(id.toLowerCase())),
  );
}

import { authorization } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { v5 as uuidV5 } from "uuid";

/** One role that the Windows 365 service principal needs. */
export interface RoleGrant {
  /** Suffix of the logical name. */
  readonly key: string;
  /** ARM id of what the role is granted on. */
  readonly scope: pulumi.Input<string>;
  /** GUID of the built-in role. */
  readonly roleDefinitionId: string;
  /** Name of the role, for people. */
  readonly roleName: string;
  /**
   * Provider of the subscription that the scope is in.
   * @default - the provider of the component
   */
  readonly provider?: pulumi.ProviderResource;
}

/** Arguments of `Windows365Permissions`. */
export interface Windows365PermissionsArgs {
  /** Object id of the service principal in this tenant; not its application id. */
  readonly principalId: pulumi.Input<string>;
  readonly grants: readonly RoleGrant[];
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
  readonly roleAssignments: readonly authorization.RoleAssignment[];

  constructor(name: string, args: Windows365PermissionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:Windows365Permissions", name, {}, opts);
    this.roleAssignments = args.grants.map(
      ({ key, scope, roleDefinitionId, roleName, provider }) =>
        new authorization.RoleAssignment(
          `${name}-${key}`,
          {
            scope,
            principalId: args.principalId,
            principalType: "ServicePrincipal",
            roleDefinitionId: pulumi.interpolate`${subscriptionOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/${roleDefinitionId}`,
            roleAssignmentName: pulumi
              .all([scope, args.principalId])
              .apply(([scopeId, principal]) => roleAssignmentName(scopeId, principal, roleDefinitionId)),
            description: `Windows 365: ${roleName}`,
          },
          { parent: this, ...(provider && { provider }) },
        ),
    );
    this.registerOutputs({});
  }
}

/** The same GUID for the same grant, always: a version 5 UUID of scope, principal and role, which compare without case. */
export function roleAssignmentName(scope: string, principalId: string, roleDefinitionId: string): string {
  return uuidV5([scope, principalId, roleDefinitionId].join("|").toLowerCase(), roleAssignmentNamespace);
}

/** Namespace of the names above; changing it would replace every role assignment. */
const roleAssignmentNamespace = "6d1a1f0e-1c5b-5b8e-9f0c-5c2f6b7c365a";

function subscriptionOf(scope: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.output(scope).apply((id) => id.split("/").slice(0, 3).join("/"));
}

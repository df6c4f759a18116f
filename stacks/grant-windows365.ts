import { authorization } from "@pulumi/azure-native";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { type RequiredRole, rolesFor, windows365ApplicationId } from "../catalogue/roles.ts";
import { type RoleGrant, Windows365Permissions } from "../components/windows365-permissions.ts";
import type { Environment } from "../config/environment.ts";
import { type InSubscription, subscriptionOf } from "./subscriptions.ts";

/** A scope that a role is granted on, and the provider of its subscription. */
export interface RoleScope {
  readonly id: pulumi.Input<string>;
  readonly provider?: pulumi.ProviderResource;
}

/** The scopes that a region brings. */
export interface RegionRoleScopes {
  /** Identity of the region. */
  readonly key: string;
  readonly virtualNetwork: RoleScope;
  readonly networkInterfaces: RoleScope;
}

/**
 * The roles on whole subscriptions. They belong to the layer that is deployed once, because two stacks cannot both make
 * the assignment that regions of one subscription share.
 */
export function grantOnSubscriptions(environment: Environment, inSubscription: InSubscription): Windows365Permissions {
  const scopes = [...new Set(subscriptionsOfRegions(environment))].map((subscriptionId) => ({
    key: subscriptionId ?? "own",
    id:
      subscriptionId === undefined
        ? pulumi.interpolate`/subscriptions/${authorization.getClientConfigOutput().subscriptionId}`
        : `/subscriptions/${subscriptionId}`,
    ...inSubscription(subscriptionId),
  }));
  return new Windows365Permissions("windows365-subscriptions", {
    principalId: windows365Principal(environment),
    grants: rolesOn("subscription").flatMap((role) =>
      scopes.map((scope) => grant(`subscription-${scope.key}`, scope, role)),
    ),
  });
}

/** The roles on what the regions bring: virtual networks, and resource groups of network interfaces. */
export function grantOnRegions(environment: Environment, scopes: readonly RegionRoleScopes[]): Windows365Permissions {
  const networks = scopes.flatMap(({ key, virtualNetwork }) =>
    rolesOn("virtualNetwork").map((role) => grant(`${key}-virtual-network`, virtualNetwork, role)),
  );
  const groups = scopes.flatMap(({ key, networkInterfaces }) =>
    rolesOn("resourceGroup").map((role) => grant(`${key}-network-interfaces`, networkInterfaces, role)),
  );
  return new Windows365Permissions("windows365-regions", {
    principalId: windows365Principal(environment),
    grants: uniqueByScope([...networks, ...groups]),
  });
}

/** Object id of the Windows 365 service principal: as configured, else looked up by its application id. */
function windows365Principal({ windows365PrincipalId }: Environment): pulumi.Input<string> {
  return windows365PrincipalId ?? azuread.getServicePrincipalOutput({ clientId: windows365ApplicationId() }).objectId;
}

/** Subscriptions that an Azure network connection can name; undefined is the provider's own. */
function subscriptionsOfRegions({ regions, subscriptions }: Environment): readonly (string | undefined)[] {
  return regions.flatMap(({ network, networkInterfaces }) => [
    network.mode === "create" ? subscriptions.spokes : subscriptionOf(network.virtualNetworkId)?.toLowerCase(),
    networkInterfaces.mode === "use"
      ? subscriptionOf(networkInterfaces.resourceGroupId)?.toLowerCase()
      : (subscriptions.networkInterfaces ?? subscriptions.spokes),
  ]);
}

function rolesOn(scope: RequiredRole["scope"]): readonly RequiredRole[] {
  return rolesFor("windows365").filter((role) => role.scope === scope);
}

function grant(key: string, { id, provider }: RoleScope, { role }: RequiredRole): RoleGrant {
  return {
    key,
    scope: id,
    roleDefinitionId: role.roleDefinitionId,
    roleName: role.name,
    ...(provider && { provider }),
  };
}

/** Regions may share a resource group that exists; Azure refuses the same assignment twice. */
function uniqueByScope(grants: readonly RoleGrant[]): readonly RoleGrant[] {
  const seen = new Set<string>();
  return grants.filter(({ scope, roleDefinitionId }) => {
    if (typeof scope !== "string") return true;
    const key = `${scope}|${roleDefinitionId}`.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

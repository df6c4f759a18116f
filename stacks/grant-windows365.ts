import { type RoleScope, Windows365Permissions } from "../components/windows365-permissions.ts";
import type { Environment } from "../config/environment.ts";
import { type InSubscription, subscriptionOf } from "./subscriptions.ts";

/**
 * The role on whole subscriptions. It belongs to the layer that is deployed once, because two stacks cannot both make
 * the assignment that regions of one subscription share.
 */
export function grantOnSubscriptions(
  environment: Environment,
  ownSubscription: string,
  inSubscription: InSubscription,
): void {
  const named = new Map(
    subscriptionsOfRegions(environment).map((subscription) => [
      (subscription ?? ownSubscription).toLowerCase(),
      subscription,
    ]),
  );
  const scopes = [...named].map(
    ([id, subscription]): RoleScope => ({
      kind: "subscription",
      key: id,
      id: `/subscriptions/${id}`,
      ...inSubscription(subscription),
    }),
  );
  grant("windows365-subscriptions", environment, scopes);
}

/** The roles on what regions bring: virtual networks, and resource groups of network interfaces. */
export function grantOnRegions(environment: Environment, scopes: readonly RoleScope[]): void {
  grant("windows365-regions", environment, scopes);
}

function grant(name: string, { windows365PrincipalId }: Environment, scopes: readonly RoleScope[]): void {
  new Windows365Permissions(name, {
    ...(windows365PrincipalId !== undefined && { principalId: windows365PrincipalId }),
    scopes,
  });
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

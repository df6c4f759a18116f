/**
 * An ARM resource id as it was written, for example
 * `/subscriptions/…/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-a`.
 * Ids compare without case; use `ResourceIndex` or `sameResource`, never `===`.
 */
export type ResourceId = string;

/** Stands where a template says `subscription().subscriptionId`; no real subscription is spelt so. */
export const PLACEHOLDER_SUBSCRIPTION = "{subscription}";

/** Stands where a template says `resourceGroup().name`. */
export const PLACEHOLDER_RESOURCE_GROUP = "{resource-group}";

/** The form in which ids are compared: lower case, no trailing slash. */
export function normalizeId(id: ResourceId): string {
  return id.toLowerCase().replace(/\/+$/, "");
}

/** The part from the last `/providers/` on, normalised: what is left to compare when the scope is a placeholder. */
export function providerPart(id: ResourceId): string {
  const normalized = normalizeId(id);
  const at = normalized.lastIndexOf("/providers/");
  return at < 0 ? normalized : normalized.slice(at);
}

/** Whether the subscription or resource group of the id is a placeholder of the template it was read from. */
export function hasPlaceholderScope(id: ResourceId): boolean {
  const normalized = id.toLowerCase();
  return normalized.includes(PLACEHOLDER_SUBSCRIPTION) || normalized.includes(PLACEHOLDER_RESOURCE_GROUP);
}

/** Whether two ids name one resource: without case, and from `/providers/` on where one of them has a placeholder scope. */
export function sameResource(a: ResourceId, b: ResourceId): boolean {
  if (normalizeId(a) === normalizeId(b)) return true;
  return (hasPlaceholderScope(a) || hasPlaceholderScope(b)) && providerPart(a) === providerPart(b);
}

/** The last segment of the id: the resource's own name. */
export function resourceName(id: ResourceId): string {
  return id.slice(id.replace(/\/+$/, "").lastIndexOf("/") + 1).replace(/\/+$/, "");
}

/** The id of the parent (`…/virtualNetworks/v` of `…/virtualNetworks/v/subnets/s`). */
export function parentId(id: ResourceId): ResourceId {
  return id.split("/").slice(0, -2).join("/");
}

/** Finds resources by id. Two resources that differ only behind a placeholder scope make the lookup ambiguous, so it finds none. */
export interface ResourceIndex<T extends { readonly id: ResourceId }> {
  readonly find: (id: ResourceId) => T | undefined;
}

/** Builds the index once for many lookups. */
export function indexById<T extends { readonly id: ResourceId }>(resources: readonly T[]): ResourceIndex<T> {
  const byId = new Map<string, T>();
  const byProviderPart = new Map<string, T[]>();
  for (const resource of resources) {
    byId.set(normalizeId(resource.id), resource);
    const part = providerPart(resource.id);
    const same = byProviderPart.get(part);
    if (same === undefined) byProviderPart.set(part, [resource]);
    else same.push(resource);
  }
  return {
    find: (id) => {
      const exact = byId.get(normalizeId(id));
      if (exact !== undefined) return exact;
      const similar = (byProviderPart.get(providerPart(id)) ?? []).filter((found) => sameResource(found.id, id));
      return similar.length === 1 ? similar[0] : undefined;
    },
  };
}

import { normalizeId, PLACEHOLDER_SUBSCRIPTION, type ResourceId, resourceName } from "../../model/resource-id.ts";
import { type Subject, subjectOf } from "../subject.ts";

/**
 * Scopes of role assignments: ids of management groups, subscriptions, resource groups and resources. They compare without case, and
 * a subscription that is a placeholder is any subscription.
 */

/** Whether two ids are one scope. */
export function sameScope(a: ResourceId, b: ResourceId): boolean {
  const [left, right] = [segmentsOf(a), segmentsOf(b)];
  return left.length === right.length && startsWith(left, right);
}

/** Whether what is granted at `outer` also holds at `inner`, a smaller scope in it; a management group may hold any subscription. */
export function encloses(outer: ResourceId, inner: ResourceId): boolean {
  const [big, small] = [segmentsOf(outer), segmentsOf(inner)];
  if (isManagementGroup(outer)) return !isManagementGroup(inner);
  return big.length < small.length && startsWith(small, big);
}

/** `/providers/Microsoft.Management/managementGroups/…` */
export function isManagementGroup(scope: ResourceId): boolean {
  return /^\/providers\/microsoft\.management\/managementgroups\//i.test(scope);
}

/** The subscription that a resource id is in: `/subscriptions/…`. */
export function subscriptionScope(id: ResourceId): ResourceId {
  return id.split("/").slice(0, 3).join("/");
}

/** What kind of scope an id is, as far as it matters here. */
export function scopeKind(
  scope: ResourceId,
): "managementGroup" | "subscription" | "resourceGroup" | "virtualNetwork" | "resource" {
  if (isManagementGroup(scope) || segmentsOf(scope).length === 0) return "managementGroup";
  if (/^\/subscriptions\/[^/]+\/?$/i.test(scope)) return "subscription";
  if (/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/?$/i.test(scope)) return "resourceGroup";
  return /\/providers\/microsoft\.network\/virtualnetworks\/[^/]+\/?$/i.test(scope) ? "virtualNetwork" : "resource";
}

const words = {
  managementGroup: "management group",
  subscription: "subscription",
  resourceGroup: "resource group",
  virtualNetwork: "virtual network",
  resource: "resource",
} as const;

/** `resource group "rg-nic"`, for messages. */
export function describeScope(scope: ResourceId): string {
  return `${words[scopeKind(scope)]} "${resourceName(scope)}"`;
}

/** A scope as the subject of a check. */
export function scopeSubject(scope: ResourceId): Subject {
  const kind = scopeKind(scope);
  if (kind === "subscription")
    return { type: "Microsoft.Resources/subscriptions", name: resourceName(scope), id: scope };
  if (kind === "resourceGroup")
    return { type: "Microsoft.Resources/resourceGroups", name: resourceName(scope), id: scope };
  return subjectOf(scope);
}

/** Scopes once each, the first of those that are one. */
export function distinctScopes(scopes: readonly ResourceId[]): readonly ResourceId[] {
  return scopes.filter((scope, index) => scopes.findIndex((other) => sameScope(other, scope)) === index);
}

function segmentsOf(id: ResourceId): readonly string[] {
  return normalizeId(id).split("/").filter(Boolean);
}

function startsWith(segments: readonly string[], first: readonly string[]): boolean {
  return first.every((segment, index) => {
    const other = segments[index] ?? "";
    const isSubscription = index === 1 && first[0] === "subscriptions";
    return segment === other || (isSubscription && [segment, other].includes(PLACEHOLDER_SUBSCRIPTION));
  });
}

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
  if (isManagementGroup(outer)) return scopeKind(inner) !== "managementGroup";
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

/** Things by their scope, to be found without comparing each with each. */
export interface ScopeIndex<T> {
  /** At this very scope. */
  readonly at: (scope: ResourceId) => readonly T[];
  /** At a scope that encloses this one, the nearest first. */
  readonly above: (scope: ResourceId) => readonly T[];
}

/** Builds the index once for many lookups. */
export function indexByScope<T>(things: readonly T[], scopeOf: (thing: T) => ResourceId): ScopeIndex<T> {
  const byKey = Map.groupBy(things, (thing) => keyOf(segmentsOf(scopeOf(thing))));
  return {
    at: (scope) => (byKey.get(keyOf(segmentsOf(scope))) ?? []).filter((thing) => sameScope(scopeOf(thing), scope)),
    above: (scope) => {
      const segments = segmentsOf(scope);
      const lengths = segments.map((_, index) => segments.length - 1 - index).filter((length) => length > 0);
      const keys = new Set([...lengths.map((length) => keyOf(segments.slice(0, length))), managementGroups]);
      return [...keys].flatMap((key) => byKey.get(key) ?? []).filter((thing) => encloses(scopeOf(thing), scope));
    },
  };
}

/** Scopes of one key may be one; those of several are not. */
function keyOf(segments: readonly string[]): string {
  if (segments[0] === "providers" || segments.length === 0) return managementGroups;
  return segments.map((segment, index) => (index === 1 ? "*" : segment)).join("/");
}

const managementGroups = "management groups";

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
